//! What else is known of an asset: its worth, owners, costs, claims, and what became of it. All of it rests on the one
//! report of the request's execution.

use chrono::{DateTime, NaiveDate, Utc};
use focalnet_domain::{
    asset::{
        DispositionKind, Encumbrance, ValuationMethod,
        claim::{ClaimState, Forum, NewClaim, Right},
        cost::{Bearer, CostKind, EncumbranceKind},
        ownership::{Layer, Owner},
    },
    order::PurposeKind,
    share::Share,
};
use uuid::Uuid;

use crate::{
    Error,
    copy::{Field, Rows, Table},
    random::Random,
    requests::{Request, day},
};

const CURRENCIES: [&str; 4] = ["EUR", "EUR", "USD", "XOF"];

/// An asset with what its facts rest on.
struct Of<'a> {
    rows: &'a mut Rows,
    random: &'a mut Random,
    request: &'a Request<'a>,
    asset: Uuid,
    currency: &'static str,
}

/// Makes what is known of an asset, and tells whether nothing of it is left; `organs` are those that it can be shared with.
pub(crate) fn make(
    (rows, random): (&mut Rows, &mut Random),
    request: &Request<'_>,
    asset: Uuid,
    organs: &[Uuid],
) -> Result<bool, Error> {
    let currency = *random.pick(&CURRENCIES);
    let mut of = Of { rows, random, request, asset, currency };
    let valuations = [0, 1, 1, 1, 1, 2, 2, 3][of.random.place(8)];
    for position in 0..valuations {
        of.valuation(position);
    }
    if of.random.percent(30) {
        of.ownership()?;
    }
    if of.random.percent(10) {
        of.encumbrance()?;
    }
    if of.random.percent(25) {
        of.costs();
    }
    let excluded = of.random.percent(8) && of.claim()?;
    let left = request.over && of.disposition();
    if of.random.percent(4) {
        of.share(organs);
    }
    Ok(excluded || left)
}

impl Of<'_> {
    /// Adds a fact: its fields, and what it rests on.
    fn add(&mut self, table: Table, fields: &[&dyn Field]) {
        let (time, event) = (self.request.recorded.create_time, self.request.report.event);
        let fields: Vec<&dyn Field> = fields.iter().copied().chain([&time as &dyn Field, &event]).collect();
        self.rows.add(table, &fields);
    }

    fn day(&self, later: u64) -> NaiveDate {
        day(self.request, later)
    }

    /// An amount of whole units: not every currency has smaller ones.
    fn amount(&mut self, most: u64) -> String {
        (1 + self.random.below(most)).to_string()
    }

    fn valuation(&mut self, position: i32) {
        let (asset, currency) = (self.asset, self.currency);
        let amount = self.amount(5_000_000);
        let day = self.day(u64::from(position.unsigned_abs()) * 200);
        let method = self.random.pick(ValuationMethod::ALL).as_str();
        let fields: [&dyn Field; 7] = [&asset, &position, &amount, &currency, &day, &method, &None::<&str>];
        self.add(Table::Valuation, &fields);
    }

    fn ownership(&mut self) -> Result<(), Error> {
        let asset = self.asset;
        let half = Share { numerator: 1, denominator: 2 };
        let owners = [
            Owner { display_name: "The person of the request".into(), position: Some(0), share: half },
            Owner { display_name: "The spouse".into(), position: None, share: half },
        ];
        let layer = self.random.pick(Layer::ALL).as_str();
        let fields: [&dyn Field; 5] = [&asset, &0, &layer, &self.day(0), &serde_json::to_value(&owners)?];
        self.add(Table::Ownership, &fields);
        Ok(())
    }

    fn encumbrance(&mut self) -> Result<(), Error> {
        let asset = self.asset;
        let facts = Encumbrance {
            kind: *self.random.pick(EncumbranceKind::ALL),
            creditor: "A bank".into(),
            amount: None,
            rank: Some(1),
            from_date: self.day(0),
            end_date: None,
        };
        let fields: [&dyn Field; 3] = [&asset, &0, &serde_json::to_value(&facts)?];
        self.add(Table::Encumbrance, &fields);
        Ok(())
    }

    fn costs(&mut self) {
        let (asset, currency) = (self.asset, self.currency);
        let last = 1 + i32::from(self.random.percent(40));
        for number in 1..=last {
            let kind = *self.random.pick(CostKind::ALL);
            let bearer = Some(Bearer::RequestedState.as_str()).filter(|_| !kind.is_income());
            let amount = self.amount(20_000);
            let due = self.day(100);
            let paid = Some(due).filter(|_| kind.is_income() || self.random.percent(50));
            let fields: [&dyn Field; 10] = [
                &asset,
                &number,
                &kind.as_str(),
                &amount,
                &currency,
                &due,
                &false,
                &bearer,
                &paid,
                &None::<&str>,
            ];
            self.add(Table::Cost, &fields);
            if paid.is_none() && self.random.percent(60) {
                let paid = self.day(150);
                self.add(Table::Settlement, &[&asset, &number, &paid]);
            }
        }
    }

    /// Makes a claim, and tells whether it takes the asset out.
    fn claim(&mut self) -> Result<bool, Error> {
        let asset = self.asset;
        let facts = NewClaim {
            claimant: "The spouse".into(),
            right: *self.random.pick(Right::ALL),
            share: None,
            amount: None,
            forum: Forum::National,
            lodged_date: Some(self.day(60)),
            acquisition_date: None,
            acquisition_price: None,
            evidence: None,
        };
        let id = self.random.id();
        self.add(Table::Claim, &[&id, &asset, &0, &serde_json::to_value(&facts)?]);
        let result = if self.random.percent(30) { ClaimState::Upheld } else { ClaimState::Rejected };
        let steps = [ClaimState::UnderReview, result, ClaimState::Final];
        let made = self.random.place(steps.len() + 1);
        for (position, state) in (0..).zip(&steps[..made]) {
            let day = self.day(90 * (1 + u64::from(i32::unsigned_abs(position))));
            self.add(Table::Decision, &[&id, &position, &state.as_str(), &day, &None::<&str>]);
        }
        let owns = matches!(facts.right, Right::Ownership | Right::CoOwnership | Right::SpouseShare);
        Ok(owns && result == ClaimState::Upheld && made == steps.len())
    }

    /// What became of it once the obligation had ended: mostly it was released. Tells whether nothing is left of it.
    fn disposition(&mut self) -> bool {
        let (asset, currency) = (self.asset, self.currency);
        let kinds: &[DispositionKind] = match self.random.below(100) {
            0..50 => &[DispositionKind::Released],
            50..70 => &[DispositionKind::Returned],
            70..85 => &[DispositionKind::Transferred, DispositionKind::Allocated],
            _ => &[],
        };
        for (position, kind) in (0..).zip(kinds) {
            let day = self.day(410 + u64::from(i32::unsigned_abs(position)));
            self.add(
                Table::Disposition,
                &[&asset, &position, &kind.as_str(), &day, &None::<&str>, &None::<&str>],
            );
        }
        if kinds.contains(&DispositionKind::Allocated) {
            let amount = self.amount(100_000);
            let purpose = PurposeKind::Reparations.as_str();
            let (day, reference) = (self.day(411), "ICC-01/16-D");
            let fields: [&dyn Field; 7] = [&asset, &0, &purpose, &amount, &currency, &day, &reference];
            self.add(Table::Allocation, &fields);
        }
        !kinds.is_empty()
    }

    /// Shares it with an organ that is no party to its request; some shares were taken back.
    fn share(&mut self, organs: &[Uuid]) {
        let audience = &self.request.audience;
        let Some(recipient) = organs.iter().find(|organ| !audience.contains(organ)) else { return };
        let revoked = self.random.percent(20);
        let (time, event) = (self.request.recorded.create_time, self.request.report.event);
        let reason = Some("No longer needed").filter(|_| revoked);
        let revoke_time: Option<DateTime<Utc>> = Some(time).filter(|_| revoked);
        let purpose = "The plan of reparations";
        let fields: [&dyn Field; 8] =
            [&self.asset, &0, recipient, &purpose, &time, &event, &reason, &revoke_time];
        self.rows.add(Table::Share, &fields);
    }
}
