//! What became known of the assets in Portugal after 2008, year by year. The figures are the story's own.

use focalnet_contract::proto::{
    Asset, AssetType, Claim, Cost, Measure, Owner, Ownership, Share, Valuation,
    asset_identifier::Kind::DomesticAccountNumber,
    claim::{Forum, Right},
    cost::{Bearer, Kind},
    measure::Kind::Freeze,
    ownership::Layer,
    valuation::Method,
};

use super::{euros, worth};

const HOLDER: &str = "Jean-Pierre Bemba Gombo";
const WIFE: &str = "The wife of Jean-Pierre Bemba Gombo";

/// What Faro reports once a year: values, and the airport's bill.
pub(in super::super) struct Year {
    /// When it is reported.
    pub(in super::super) time: &'static str,
    /// What the aircraft is worth.
    pub(in super::super) aircraft: &'static str,
    /// What the house is worth.
    pub(in super::super) house: &'static str,
    /// Balance of the account at Lisbon.
    pub(in super::super) lisbon: &'static str,
    /// Balance of the account at Porto.
    pub(in super::super) porto: &'static str,
    /// Whether Portugal has paid the parking.
    pub(in super::super) paid: bool,
}

const fn year(time: &'static str, worth: [&'static str; 4], paid: bool) -> Year {
    let [aircraft, house, lisbon, porto] = worth;
    Year { time, aircraft, house, lisbon, porto, paid }
}

/// All years.
pub(in super::super) const YEARS: [Year; 10] = [
    year("2009-06-15T09:00:00Z", ["520000.00", "1090000.00", "150551.12", "61357.56"], true),
    year("2010-06-14T09:00:00Z", ["410000.00", "1040000.00", "152056.63", "61971.14"], true),
    year("2011-06-13T09:00:00Z", ["320000.00", "990000.00", "153577.20", "62590.85"], true),
    year("2012-06-18T09:00:00Z", ["240000.00", "930000.00", "155112.97", "63216.76"], true),
    year("2013-06-17T09:00:00Z", ["170000.00", "900000.00", "155888.53", "63532.84"], false),
    year("2014-06-16T09:00:00Z", ["110000.00", "940000.00", "156667.97", "63850.50"], false),
    year("2015-06-15T09:00:00Z", ["60000.00", "1010000.00", "156981.31", "63978.20"], false),
    year("2016-06-13T09:00:00Z", ["25000.00", "1080000.00", "156981.31", "63978.20"], false),
    year("2017-06-12T09:00:00Z", ["8000.00", "1150000.00", "156981.31", "63978.20"], false),
    year("2018-03-19T09:00:00Z", ["0.00", "1240000.00", "156981.31", "63978.20"], false),
];

/// When the freeze of the account at Porto is renewed, and to which day.
pub(in super::super) const RENEWALS: [(&str, &str); 4] = [
    ("2010-12-20T09:00:00Z", "2013-02-26"),
    ("2012-12-17T09:00:00Z", "2015-02-26"),
    ("2014-12-15T09:00:00Z", "2017-02-26"),
    ("2016-12-19T09:00:00Z", "2019-02-26"),
];

/// The values of a year, in the order aircraft, house, account at Lisbon, account at Porto.
pub(in super::super) fn values(year: &Year, day: &str) -> [Valuation; 4] {
    [
        worth(year.aircraft, day, Method::Appraisal),
        worth(year.house, day, Method::Appraisal),
        worth(year.lisbon, day, Method::Book),
        worth(year.porto, day, Method::Book),
    ]
}

/// A year of parking: EUR 40 a day.
pub(in super::super) fn parking(day: &str, paid: bool) -> Cost {
    Cost {
        kind: Kind::Storage.into(),
        amount: Some(euros("14600.00")),
        due_date: day.to_owned(),
        bearer: Bearer::RequestedState.into(),
        paid_date: if paid { day.to_owned() } else { String::new() },
        description: "Parking at Faro airport, one year".to_owned(),
        ..Cost::default()
    }
}

/// What the Court has agreed to bear.
pub(in super::super) fn preservation(clarification: &str) -> Cost {
    Cost {
        kind: Kind::Upkeep.into(),
        amount: Some(euros("38400.00")),
        due_date: "2009-06-10".to_owned(),
        extraordinary: true,
        bearer: Bearer::Court.into(),
        agreed_in: clarification.to_owned(),
        description: "Engines preserved, airframe sealed".to_owned(),
        ..Cost::default()
    }
}

/// The account that is found late: frozen in February 2009, reported in March, for 24 months.
pub(in super::super) fn porto() -> Asset {
    let freeze = Measure {
        kind: Freeze.into(),
        national_reference: "Proc. 12/08, n.º 4".to_owned(),
        authority: "Public Prosecution Service, Faro".to_owned(),
        start_date: "2009-02-27".to_owned(),
        end_date: "2011-02-26".to_owned(),
        ..Measure::default()
    };
    Asset {
        r#type: AssetType::BankAccount.into(),
        jurisdiction: "PT".to_owned(),
        description: "Account at a bank in Porto".to_owned(),
        location: "Porto".to_owned(),
        identifiers: vec![super::identifier(DomesticAccountNumber, "0045-1180-73920")],
        holder: HOLDER.to_owned(),
        measures: vec![freeze],
        valuations: vec![worth("61204.55", "2009-02-27", Method::Book)],
        ..Asset::default()
    }
}

const fn share(numerator: i32, denominator: i32) -> Share {
    Share { numerator, denominator }
}

fn owners(layer: Layer, day: &str, his: Share, hers: Share) -> Ownership {
    let owner =
        |name: &str, position, share| Owner { display_name: name.to_owned(), position, share: Some(share) };
    Ownership {
        layer: layer.into(),
        from_date: day.to_owned(),
        owners: vec![owner(HOLDER, Some(0), his), owner(WIFE, None, hers)],
        ..Ownership::default()
    }
}

/// Whose the house is by the land register.
pub(in super::super) fn by_register() -> Ownership {
    owners(Layer::LegalOwner, "2003-05-14", share(1, 2), share(1, 2))
}

/// Whose it is in truth, by the judgment.
pub(in super::super) fn by_judgment() -> Ownership {
    owners(Layer::BeneficialOwner, "2012-04-30", share(3, 4), share(1, 4))
}

/// What the wife claims.
pub(in super::super) fn claim() -> Claim {
    Claim {
        claimant: WIFE.to_owned(),
        right: Right::SpouseShare.into(),
        share: Some(share(1, 2)),
        forum: Forum::National.into(),
        lodged_date: "2010-02-01".to_owned(),
        acquisition_date: "2003-05-14".to_owned(),
        acquisition_price: Some(euros("350000.00")),
        evidence: "Extract of the land register; deed of purchase.".to_owned(),
        ..Claim::default()
    }
}

/// What of it is upheld.
pub(in super::super) const UPHELD: Option<Share> = Some(share(1, 4));
