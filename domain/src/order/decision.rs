//! Later decisions about an order: what they change, and what they end.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Change, Classification, Order, PurposeAmount, PurposeKind, amount_violations};
use crate::{case::PersonStatus, error::Violation, names::PersonId, order_work::Ending};

/// A decision that changes an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Modification {
    /// The decision.
    #[serde(flatten)]
    pub change: Change,
    /// The persons it concerns from now on; empty: as before.
    #[serde(default)]
    pub persons: Vec<PersonId>,
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
    /// The most that is to be recovered for a purpose from now on.
    #[serde(default)]
    pub amounts: Vec<PurposeAmount>,
    /// Day from which no appeal is possible.
    #[serde(default)]
    pub final_date: Option<NaiveDate>,
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
        self.persons.iter().chain(&self.ended_for).copied().collect()
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
