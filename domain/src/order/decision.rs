//! Later decisions about an order: what they change, and what they end.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Change, Classification, Order, OrderPerson, PurposeAmount, PurposeKind, amount_violations};
use crate::{
    case::PersonStatus, error::Violation, freezing_request::Measure, names::PersonId, order_work::Ending,
};

/// A decision that changes an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Modification {
    /// The decision.
    #[serde(flatten)]
    pub change: Change,
    /// The persons it concerns from now on; empty: as before.
    #[serde(default)]
    pub persons: Vec<PersonId>,
    /// The measures that it orders from now on; empty: as before.
    #[serde(default)]
    pub measures: Vec<Measure>,
    /// How widely it may be known from now on.
    pub classification: Option<Classification>,
    /// Last day it holds for.
    pub valid_until_date: Option<NaiveDate>,
    /// The purposes that end.
    #[serde(default)]
    pub ended_purposes: Vec<PurposeKind>,
    /// For whom; empty: for all.
    #[serde(default)]
    pub ended_for: Vec<PersonId>,
    /// Why they end, in words for the States concerned.
    pub end_reason: Option<String>,
    /// The purposes that stay although no text says what becomes of them.
    #[serde(default)]
    pub kept_purposes: Vec<PurposeKind>,
    /// For whom.
    #[serde(default)]
    pub kept_for: Vec<PersonId>,
    /// The most that is to be recovered for a purpose from now on.
    #[serde(default)]
    pub amounts: Vec<PurposeAmount>,
    /// Day from which no appeal is possible.
    #[serde(default)]
    pub final_date: Option<NaiveDate>,
}

impl Modification {
    /// What is wrong with the purposes that it keeps.
    fn unkept(&self, order: &Order) -> Vec<Violation> {
        let mut violations = Vec::new();
        if self.kept_purposes.is_empty() != self.kept_for.is_empty() {
            let text = "names purposes and persons: both, or neither";
            violations.push(Violation::new("kept_for", text));
        }
        for (number, person) in self.kept_for.iter().enumerate() {
            let named = order.named_persons.iter().find(|named| named.person == *person);
            let holds = |purpose: &PurposeKind| {
                let held = named.into_iter().flat_map(|named| &named.purposes);
                held.clone().any(|held| held.purpose == *purpose && held.end_date.is_none())
            };
            if !self.kept_purposes.iter().all(holds) {
                let text = "is a person for whom one of these purposes is none of the order, or has ended";
                violations.push(Violation::new(format!("kept_for[{number}]"), text));
            }
        }
        violations
    }

    /// A person leaves an order only once none of its purposes holds for that person: requests would ask for more than the
    /// order does.
    fn dropped(&self, order: &Order) -> Vec<Violation> {
        let ends = |person: &PersonId, purpose: &PurposeKind| {
            let for_all = self.ended_for.is_empty();
            self.ended_purposes.contains(purpose) && (for_all || self.ended_for.contains(person))
        };
        let holds = |named: &&OrderPerson| {
            let held = named.purposes.iter().filter(|held| held.end_date.is_none());
            held.filter(|held| !ends(&named.person, &held.purpose)).count() > 0
        };
        let leaves = |named: &&OrderPerson| !self.persons.contains(&named.person);
        let held = order.named_persons.iter().filter(holds).filter(leaves).count();
        let text = format!(
            "leaves out {held} for whom purposes hold: end these, by `ended_purposes` and `ended_for`"
        );
        let wrong = held > 0 && !self.persons.is_empty();
        wrong.then(|| Violation::new("persons", text)).into_iter().collect()
    }

    /// Measures that are asked for already cannot be taken back by leaving them out.
    fn narrowed(&self, order: &Order) -> Vec<Violation> {
        let kept = order.facts.measures.iter().all(|measure| self.measures.contains(measure));
        let text = "must contain the measures that the order has: what was asked for under them ends by its purposes";
        let wrong = !self.measures.is_empty() && !kept;
        wrong.then(|| Violation::new("measures", text)).into_iter().collect()
    }
}

/// A decision that revokes an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revocation {
    /// Number of the revoking decision.
    pub document_number: String,
    /// Day of the revoking decision.
    pub decision_date: NaiveDate,
    /// Why, in words for the States concerned.
    pub reason: String,
}

/// A later decision about an order.
pub trait Decision: Sync {
    /// Its day.
    fn date(&self) -> NaiveDate;

    /// The persons of the case that it names.
    fn persons(&self) -> Vec<PersonId> {
        Vec::new()
    }

    /// The amounts that it states anew.
    fn amounts(&self) -> &[PurposeAmount] {
        &[]
    }

    /// What is wrong with it for this order.
    fn violations(&self, _order: &Order) -> Vec<Violation> {
        Vec::new()
    }

    /// Does to the order what it says.
    fn apply(&self, order: &mut Order);

    /// What it ends in the requests under the order.
    fn ending(&self) -> Option<Ending>;
}

impl Decision for Modification {
    fn date(&self) -> NaiveDate {
        self.change.decision_date
    }

    fn persons(&self) -> Vec<PersonId> {
        self.persons.iter().chain(&self.ended_for).chain(&self.kept_for).copied().collect()
    }

    fn amounts(&self) -> &[PurposeAmount] {
        &self.amounts
    }

    fn violations(&self, order: &Order) -> Vec<Violation> {
        let (own, ended) = (&order.facts.purposes, &self.ended_purposes);
        let mut violations = Vec::new();
        for (number, _) in ended.iter().enumerate().filter(|(_, purpose)| !own.contains(purpose)) {
            let field = format!("ended_purposes[{number}]");
            violations.push(Violation::new(field, "is no purpose of the order"));
        }
        if self.ended_for.is_empty() && own.iter().all(|purpose| ended.contains(purpose)) {
            let text = "are all that the order serves: record that it was revoked";
            violations.push(Violation::new("ended_purposes", text));
        }
        if ended.is_empty() && !self.ended_for.is_empty() {
            violations.push(Violation::new("ended_for", "says for whom, where purposes end"));
        }
        if ended.is_empty() != self.end_reason.is_none() {
            violations.push(Violation::new("end_reason", "tells the States why, where purposes end"));
        }
        violations.extend(self.unkept(order));
        violations.extend(self.dropped(order));
        violations.extend(self.narrowed(order));
        if self
            .final_date
            .is_some_and(|day| day < order.facts.decision_date || day > self.change.decision_date)
        {
            violations
                .push(Violation::new("final_date", "is before the order, or after this decision about it"));
        }
        violations.extend(amount_violations(&self.amounts, own, "amounts"));
        for (number, stated) in self.amounts.iter().enumerate() {
            violations.extend(
                order.unfit(stated).map(|text| Violation::new(format!("amounts[{number}].amount"), text)),
            );
        }
        violations
    }

    fn apply(&self, order: &mut Order) {
        order.modify(self);
    }

    fn ending(&self) -> Option<Ending> {
        let reason = self.end_reason.clone().filter(|_| !self.ended_purposes.is_empty())?;
        Some(Ending {
            persons: self.ended_for.clone(),
            purposes: self.ended_purposes.clone(),
            status: None,
            effective_date: self.change.decision_date,
            reason,
        })
    }
}

impl Decision for Revocation {
    fn date(&self) -> NaiveDate {
        self.decision_date
    }

    fn apply(&self, order: &mut Order) {
        order.revoke(self);
    }

    fn ending(&self) -> Option<Ending> {
        Some(Ending {
            persons: Vec::new(),
            purposes: Vec::new(),
            status: Some(PersonStatus::Lapsed),
            effective_date: self.decision_date,
            reason: self.reason.clone(),
        })
    }
}
