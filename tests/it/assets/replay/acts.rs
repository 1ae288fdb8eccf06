//! Somebody does something to an asset, or tries to.

use chrono::{Days, NaiveDate};
use focalnet_contract::{Rpc, proto::Asset};
use serde_json::{Value, json};

use crate::support::dice::Dice;

/// What is tried, each as often as it stands here.
const TRIED: &[Rpc] = &[
    Rpc::UpdateAsset,
    Rpc::RecordMeasure,
    Rpc::RecordMeasure,
    Rpc::RenewMeasure,
    Rpc::LiftMeasure,
    Rpc::RecordValuation,
    Rpc::RecordValuation,
    Rpc::RecordCost,
    Rpc::SettleCost,
    Rpc::RecordClaim,
    Rpc::DecideClaim,
    Rpc::DecideClaim,
    Rpc::DecideClaim,
    Rpc::DecideClaim,
    Rpc::RecordSale,
    Rpc::RecordDisposition,
    Rpc::RecordDisposition,
    Rpc::RecordDisposition,
    Rpc::AllocateProceeds,
];

const FATES: &[&str] = &[
    "RELEASED",
    "RELEASED",
    "RETURNED",
    "TRANSFERRED",
    "TRANSFERRED",
    "CONTINUED_BLOCKING",
    "LOST",
    "FORFEITURE_ORDERED",
    "APPLIED_TO_REPARATIONS",
    "REALISED",
    "IN_TRUST_FUND",
    "PAID_TO_VICTIMS",
];

/// An act that the State, or the Court, may try.
pub(super) struct Try {
    pub(super) rpc: Rpc,
    pub(super) with: Value,
    pub(super) by_the_court: bool,
}

impl Dice {
    fn ago(&mut self, today: NaiveDate, most: u64) -> NaiveDate {
        today - Days::new(self.below(most))
    }

    fn ahead(&mut self, day: NaiveDate, most: u64) -> NaiveDate {
        day + Days::new(1 + self.below(most))
    }

    fn share(&mut self) -> Value {
        let below = *self.one(&[2, 3, 4, 6, 12]);
        json!({ "numerator": 1 + self.below(below), "denominator": below })
    }

    fn money(&mut self) -> Value {
        let amount = 1 + self.below(100_000);
        match self.below(4) {
            0 => json!({ "currency_code": "XAF", "amount": amount.to_string() }),
            1 => json!({ "currency_code": "USD", "amount": format!("{amount}.99") }),
            _ => json!({ "currency_code": "EUR", "amount": format!("{amount}.{:02}", self.below(100)) }),
        }
    }

    fn measure(&mut self, today: NaiveDate) -> Value {
        let start = self.ago(today, 400);
        let mut measure = json!({
            "kind": self.one(&["KIND_FREEZE", "KIND_SEIZURE", "KIND_FREEZE", "KIND_MANAGEMENT_ORDER"]),
            "national_reference": "1/27", "start_date": start,
        });
        if self.once_in(2) {
            measure["end_date"] = json!(self.ahead(start, 500));
        }
        measure
    }

    fn value(&mut self, today: NaiveDate) -> Value {
        json!({ "value": self.money(), "valuation_date": self.ago(today, 400), "method": "METHOD_MARKET" })
    }

    /// Whose it is, of so many.
    fn persons(&mut self, of: usize) -> Vec<usize> {
        let mut persons: Vec<_> = (0..of).collect();
        persons.retain(|_| !self.once_in(3));
        persons
    }

    /// Something new, of some of so many.
    pub(super) fn thing(&mut self, today: NaiveDate, persons: usize) -> Value {
        let measures: Vec<_> = (0..self.below(3)).map(|_| self.measure(today)).collect();
        let values: Vec<_> = (0..self.below(3)).map(|_| self.value(today)).collect();
        json!({
            "type": "ASSET_TYPE_PRECIOUS", "jurisdiction": "PT", "description": "Something of his", "holder": "A cousin",
            "persons": self.persons(persons), "measures": measures, "valuations": values,
        })
    }

    /// An act on an asset as it was read; something may stand against the act.
    pub(super) fn act(&mut self, asset: &Asset, today: NaiveDate, persons: usize) -> Option<Try> {
        let rpc = *self.one(TRIED);
        let mut by_the_court = rpc == Rpc::AllocateProceeds;
        let last = asset.dispositions.iter().map(|fate| fate.disposition_date.as_str()).max();
        let since = |day: NaiveDate| last.map_or(day, |last| day.max(last.parse().unwrap()));
        let with = match rpc {
            Rpc::UpdateAsset => {
                json!({ "asset": { "name": asset.name, "persons": self.persons(persons) }, "update_mask": "persons" })
            }
            Rpc::RecordMeasure => json!({ "measure": self.measure(today) }),
            Rpc::RenewMeasure | Rpc::LiftMeasure => {
                let measure = asset.measures.get(usize::try_from(self.below(4)).unwrap())?;
                let last = measure.last_date.parse().unwrap_or(today);
                match rpc {
                    Rpc::RenewMeasure => {
                        json!({ "measure": measure.name, "end_date": self.ahead(last, 400), "national_reference": "2/27" })
                    }
                    _ => {
                        json!({ "measure": measure.name, "lift_date": self.ago(today, 60), "reason": "Not his" })
                    }
                }
            }
            Rpc::RecordValuation => json!({ "valuation": self.value(today) }),
            Rpc::RecordCost => {
                let mut cost = json!({ "kind": "KIND_STORAGE", "amount": self.money(), "due_date": self.ago(today, 90), "bearer": "BEARER_OWNER" });
                if self.once_in(3) {
                    cost = json!({ "kind": "KIND_RENT", "amount": self.money(), "due_date": self.ago(today, 90) });
                }
                json!({ "cost": cost })
            }
            Rpc::SettleCost => json!({ "number": 1 + self.below(3), "paid_date": self.ago(today, 60) }),
            Rpc::RecordClaim => {
                let forum = *self.one(&["FORUM_NATIONAL", "FORUM_CHAMBER"]);
                let right = *self.one(&["RIGHT_SPOUSE_SHARE", "RIGHT_CO_OWNERSHIP", "RIGHT_MORTGAGE"]);
                let mut claim =
                    json!({ "claimant": "His wife", "right": right, "forum": forum, "share": self.share() });
                if !self.once_in(3) {
                    claim["lodged_date"] = json!(self.ago(today, 60));
                }
                json!({ "claim": claim })
            }
            Rpc::DecideClaim => {
                let claim = asset.claims.last()?;
                by_the_court = claim.forum().as_str_name() == "FORUM_CHAMBER";
                let state = match claim.state().as_str_name() {
                    "STATE_NOTIFIED" => "LODGED",
                    "STATE_LODGED" => "UNDER_REVIEW",
                    "STATE_UNDER_REVIEW" | "STATE_UNDER_APPEAL" => {
                        *self.one(&["UPHELD", "UPHELD_IN_PART", "REJECTED"])
                    }
                    _ => *self.one(&["FINAL", "FINAL", "UNDER_APPEAL"]),
                };
                let mut step = json!({ "claim": claim.name, "state": format!("STATE_{state}"), "decision_date": self.ago(today, 8) });
                if state == "UPHELD_IN_PART" {
                    step["upheld"] = self.share();
                }
                step
            }
            Rpc::RecordSale => json!({
                "sale_date": since(self.ago(today, 60)), "proceeds": self.money(), "national_reference": "3/27",
                "reason": "It rots", "holder": "The treasury",
            }),
            Rpc::RecordDisposition => {
                let kind = *self.one(FATES);
                by_the_court =
                    ["FORFEITURE_ORDERED", "APPLIED_TO_REPARATIONS", "IN_TRUST_FUND", "PAID_TO_VICTIMS"]
                        .contains(&kind);
                let day = since(self.ago(today, 30));
                let mut fate =
                    json!({ "kind": format!("KIND_{kind}"), "disposition_date": day, "reason": "So it was" });
                if kind == "REALISED" {
                    fate["proceeds"] = self.money();
                }
                if self.once_in(2) && ["RELEASED", "RETURNED", "TRANSFERRED", "LOST"].contains(&kind) {
                    fate["share"] = self.share();
                }
                json!({ "disposition": fate })
            }
            _ => json!({ "allocations": [{
                "purpose": "PURPOSE_KIND_REPARATIONS", "amount": { "currency_code": "EUR", "amount": "0.01" },
                "decision_date": self.ago(today, 30), "reference": "ICC-Pres-1",
            }]}),
        };
        Some(Try { rpc, with, by_the_court })
    }
}
