//! Assets that States report: facts only. What can be said of one on a day follows from its measures and
//! dispositions and is never written.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    identifiers::IdentifierKind,
    money::Money,
    names::{AssetId, MeasureId},
    questionnaire::answer::{Period, Unit},
    words::words,
};

words! {
    /// What kind of thing an asset is.
    pub enum AssetType {
        /// Bank or payment account.
        BankAccount = "bank_account",
        /// Securities or fund units.
        Securities = "securities",
        /// Interest in a company.
        CompanyInterest = "company_interest",
        /// Land, building or flat.
        RealEstate = "real_estate",
        /// Road vehicle.
        Vehicle = "vehicle",
        /// Vessel.
        Vessel = "vessel",
        /// Aircraft.
        Aircraft = "aircraft",
        /// Crypto-assets.
        Crypto = "crypto",
        /// Cash.
        Cash = "cash",
        /// Precious metals or stones.
        Precious = "precious",
        /// Art or cultural goods.
        Art = "art",
        /// Livestock or crops.
        Livestock = "livestock",
        /// Receivable, insurance, pension, intellectual property or trust interest.
        Receivable = "receivable",
        /// Anything else.
        Other = "other",
    }
}

words! {
    /// How a value was found.
    pub enum ValuationMethod {
        /// In the books.
        Book = "book",
        /// On a market.
        Market = "market",
        /// By an appraiser.
        Appraisal = "appraisal",
        /// Expected from a quick sale.
        Liquidation = "liquidation",
        /// Stated by the holder.
        SelfDeclared = "self_declared",
    }
}

words! {
    /// What a measure does.
    pub enum MeasureKind {
        /// May not be dealt with.
        Freeze = "freeze",
        /// Taken into custody.
        Seizure = "seizure",
        /// Under an administrator.
        ManagementOrder = "management_order",
    }
}

words! {
    /// What became of an asset after the obligation ended.
    pub enum DispositionKind {
        /// Free to be dealt with.
        Released = "released",
        /// Handed back.
        Returned = "returned",
        /// Transferred to the Court.
        Transferred = "transferred",
        /// Stays blocked for a reason of the State's own.
        ContinuedBlocking = "continued_blocking",
        /// Lost.
        Lost = "lost",
    }
}

words! {
    /// What can be said of an asset on a day.
    pub enum AssetState {
        /// Reported, no measure in force.
        Reported = "reported",
        /// A measure is in force.
        Frozen = "frozen",
        /// Measures have ended by their date.
        Expired = "expired",
        /// Released or returned.
        Released = "released",
        /// Transferred to the Court.
        Transferred = "transferred",
        /// Blocked for a reason of the State's own.
        Blocked = "blocked",
        /// Documented as lost.
        Lost = "lost",
    }
}

/// A number or mark by which an asset can be found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssetIdentifier {
    /// Standard or register.
    pub kind: IdentifierKind,
    /// The identifier.
    pub value: String,
}

/// What something was worth, on which day, according to whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Valuation {
    /// The value.
    pub value: Money,
    /// The day it holds for.
    pub valuation_date: NaiveDate,
    /// How it was found.
    pub method: ValuationMethod,
    /// Who valued.
    pub appraiser: Option<String>,
}

/// A measure on an asset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// Its name.
    pub name: MeasureId,
    /// What was reported.
    #[serde(flatten)]
    pub facts: NewMeasure,
}

/// A measure as reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewMeasure {
    /// What it does.
    pub kind: MeasureKind,
    /// Number of the national order.
    pub national_reference: String,
    /// Authority that ordered it.
    pub authority: Option<String>,
    /// First day.
    pub start_date: NaiveDate,
    /// Last day, where known.
    pub end_date: Option<NaiveDate>,
    /// Day on which to think of its renewal, where its end is known or follows from the State's answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminder_date: Option<NaiveDate>,
}

/// What a State's answers say of the end of a freeze.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FreezeLimits {
    /// The longest time that a freeze lasts (D2); none when it ends by no law, or nobody knows.
    pub length: Option<Period>,
    /// How long before its end a renewal is asked for (`D2_notice`).
    pub notice: Option<Period>,
}

/// How long before the end of a measure to think of its renewal, when the State has not said.
const NOTICE: Period = Period { amount: 30, unit: Unit::Days };

impl NewMeasure {
    /// The day on which to think of its renewal: some time before its end, given or by law; not before it begins.
    #[must_use]
    pub fn reminder(&self, limits: FreezeLimits) -> Option<NaiveDate> {
        let by_law = limits.length.filter(|_| self.kind != MeasureKind::ManagementOrder);
        let end = self.end_date.or_else(|| by_law?.after(self.start_date))?;
        limits.notice.unwrap_or(NOTICE).before(end).map(|day| day.max(self.start_date))
    }

    /// Whether it is in force on a day.
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.start_date <= day && self.end_date.is_none_or(|last| day <= last)
    }
}

/// What became of an asset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disposition {
    /// What happened.
    pub kind: DispositionKind,
    /// When.
    pub disposition_date: NaiveDate,
    /// Reason or circumstances.
    pub reason: Option<String>,
    /// Number of the national act.
    pub national_reference: Option<String>,
}

/// An asset as reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewAsset {
    /// What kind of thing it is.
    #[serde(rename = "type")]
    pub kind: AssetType,
    /// ISO 3166-1 alpha-2 code of the country it is in.
    pub jurisdiction: String,
    /// Description.
    pub description: String,
    /// Where it is.
    pub location: Option<String>,
    /// Identifiers.
    #[serde(default)]
    pub identifiers: Vec<AssetIdentifier>,
    /// Who holds it.
    pub holder: String,
    /// Measures on it.
    #[serde(default)]
    pub measures: Vec<NewMeasure>,
    /// Values, each with its day.
    #[serde(default)]
    pub valuations: Vec<Valuation>,
}

/// An asset that a State reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asset {
    /// Its name.
    pub name: AssetId,
    /// What kind of thing it is.
    #[serde(rename = "type")]
    pub kind: AssetType,
    /// ISO 3166-1 alpha-2 code of the country it is in.
    pub jurisdiction: String,
    /// Description.
    pub description: String,
    /// Where it is.
    pub location: Option<String>,
    /// Identifiers.
    pub identifiers: Vec<AssetIdentifier>,
    /// Who holds it.
    pub holder: String,
    /// Measures on it.
    pub measures: Vec<Measure>,
    /// Values, each with its day.
    pub valuations: Vec<Valuation>,
    /// What became of it, in the order reported.
    pub dispositions: Vec<Disposition>,
    /// When it was reported.
    pub create_time: DateTime<Utc>,
}

impl Asset {
    /// An asset from what was reported.
    #[must_use]
    pub fn new(name: AssetId, reported: &NewAsset, at: DateTime<Utc>) -> Self {
        let reported = reported.clone();
        let measure = |facts| Measure { name: MeasureId { parent: name, id: super::ids::new() }, facts };
        Self {
            name,
            kind: reported.kind,
            jurisdiction: reported.jurisdiction,
            description: reported.description,
            location: reported.location,
            identifiers: reported.identifiers,
            holder: reported.holder,
            measures: reported.measures.into_iter().map(measure).collect(),
            valuations: reported.valuations,
            dispositions: Vec::new(),
            create_time: at,
        }
    }

    /// What can be said of it on a day: the last disposition, else its measures.
    #[must_use]
    pub fn state_on(&self, day: NaiveDate) -> AssetState {
        match self.dispositions.last().map(|d| d.kind) {
            Some(DispositionKind::Released | DispositionKind::Returned) => AssetState::Released,
            Some(DispositionKind::Transferred) => AssetState::Transferred,
            Some(DispositionKind::ContinuedBlocking) => AssetState::Blocked,
            Some(DispositionKind::Lost) => AssetState::Lost,
            None if self.measures.iter().any(|m| m.facts.holds_on(day)) => AssetState::Frozen,
            None if self.measures.iter().any(|m| m.facts.start_date <= day) => AssetState::Expired,
            None => AssetState::Reported,
        }
    }

    /// Whether its dossier may be closed as far as this asset goes: released, returned, transferred, or documented
    /// as lost. Continued blocking keeps the dossier open, for the State still owes an account of the asset.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.dispositions.last().is_some_and(|d| d.kind != DispositionKind::ContinuedBlocking)
    }
}
