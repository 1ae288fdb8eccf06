//! What an asset costs and brings in, and the rights of others, which are paid first.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Fact, Recorded};
use crate::{
    clock,
    error::Violation,
    money::Money,
    names::{ClarificationId, FreezingRequestId},
    words::words,
};

words! {
    /// What an entry of the ledger is for.
    pub enum CostKind {
        /// Storage or parking.
        Storage = "storage",
        /// Upkeep and repair.
        Upkeep = "upkeep",
        /// Insurance.
        Insurance = "insurance",
        /// Tax or duty.
        Tax = "tax",
        /// An administrator's fee.
        Administration = "administration",
        /// A valuation.
        Valuation = "valuation",
        /// Costs of a sale.
        Sale = "sale",
        /// Another cost.
        Other = "other",
        /// Rent.
        Rent = "rent",
        /// Interest, dividends, coupons.
        Interest = "interest",
        /// Another income.
        OtherIncome = "other_income",
    }
}

impl CostKind {
    /// Whether it brings something in.
    #[must_use]
    pub const fn is_income(self) -> bool {
        matches!(self, Self::Rent | Self::Interest | Self::OtherIncome)
    }
}

words! {
    /// Who bears a cost (RS 100).
    pub enum Bearer {
        /// The requested State.
        RequestedState = "requested_state",
        /// The Court.
        Court = "court",
        /// The asset itself.
        Asset = "asset",
        /// The owner or holder.
        Owner = "owner",
    }
}

words! {
    /// What right somebody else has.
    pub enum EncumbranceKind {
        /// Mortgage.
        Mortgage = "mortgage",
        /// Lien or pledge.
        Lien = "lien",
        /// Lease.
        Lease = "lease",
        /// Attachment by another creditor.
        Attachment = "attachment",
        /// Any other.
        Other = "other",
    }
}

/// An entry of the ledger as reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewCost {
    /// What for.
    pub kind: CostKind,
    /// How much.
    pub amount: Money,
    /// The day it fell due or came in.
    pub due_date: NaiveDate,
    /// Whether it is extraordinary.
    #[serde(default)]
    pub extraordinary: bool,
    /// Who bears it.
    pub bearer: Option<Bearer>,
    /// Where it was agreed that the Court bears it.
    pub agreed_in: Option<ClarificationId>,
    /// The day it was paid.
    pub paid_date: Option<NaiveDate>,
    /// A word about it.
    pub description: Option<String>,
}

impl NewCost {
    /// What is wrong with it.
    #[must_use]
    pub fn violations(
        &self,
        path: &str,
        request: Option<FreezingRequestId>,
        latest_day: NaiveDate,
    ) -> Vec<Violation> {
        let mut violations = Vec::new();
        let mut wrong =
            |field: &str, text: &str| violations.push(Violation::new(format!("{path}.{field}"), text));
        if self.kind.is_income() {
            if self.bearer.is_some() {
                wrong("bearer", "is for costs: nobody bears an income");
            }
            if self.extraordinary {
                wrong("extraordinary", "is for costs");
            }
            if let Some(text) = clock::not_yet(self.due_date, latest_day) {
                wrong("due_date", &format!("{text}; record an income when it came in"));
            }
        } else if self.bearer.is_none() {
            wrong("bearer", "say who bears the cost");
        }
        if self.bearer == Some(Bearer::Court) && !self.extraordinary {
            wrong("extraordinary", "the Court bears extraordinary costs only (RS 100): mark the cost as one");
        }
        // The Court needs nobody's agreement to the costs of an asset that it holds itself.
        let agreed = self.bearer == Some(Bearer::Court) && request.is_some();
        match self.agreed_in {
            None if agreed => {
                wrong(
                    "agreed_in",
                    "name the clarification in which the Court agreed to bear it (RS 97, 100)",
                );
            }
            Some(_) if !agreed => wrong("agreed_in", "is for costs that the Court bears by agreement"),
            _ => {}
        }
        if let Some(text) = self.paid_date.and_then(|day| clock::not_yet(day, latest_day)) {
            wrong("paid_date", &text);
        }
        violations
    }
}

/// An entry of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// Its number, from 1.
    pub number: i32,
    /// What was reported.
    #[serde(flatten)]
    pub facts: NewCost,
    /// That it was paid later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settlement: Option<Fact<Settlement>>,
    /// When, and by which event.
    #[serde(flatten)]
    pub recorded: Recorded,
}

/// That a cost was paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settlement {
    /// The day.
    pub paid_date: NaiveDate,
}

impl Cost {
    /// Leaves out that it was paid, where that became known later.
    pub fn forget_after(&mut self, at: DateTime<Utc>) {
        self.settlement = self.settlement.take().filter(|paid| paid.recorded.create_time <= at);
    }

    /// The entry as it is shown: with the day on which it was paid, also if that day was reported later.
    #[must_use]
    pub fn view(&self) -> Self {
        let facts = NewCost { paid_date: self.paid_date(), ..self.facts.clone() };
        Self { facts, settlement: None, ..self.clone() }
    }

    /// The day it was paid.
    #[must_use]
    pub fn paid_date(&self) -> Option<NaiveDate> {
        self.facts.paid_date.or(self.settlement.as_ref().map(|settled| settled.facts.paid_date))
    }

    /// Whether it is a cost that is open on a day.
    #[must_use]
    pub fn is_open_on(&self, day: NaiveDate) -> bool {
        !self.facts.kind.is_income()
            && self.facts.due_date <= day
            && self.paid_date().is_none_or(|paid| day < paid)
    }
}

/// A right of somebody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Encumbrance {
    /// What right.
    pub kind: EncumbranceKind,
    /// Whose.
    pub creditor: String,
    /// Amount secured.
    pub amount: Option<Money>,
    /// Rank, from 1.
    pub rank: Option<i32>,
    /// Day since which it stands.
    pub from_date: NaiveDate,
    /// Last day it stands.
    pub end_date: Option<NaiveDate>,
}

impl Encumbrance {
    /// What is wrong with it.
    #[must_use]
    pub fn violations(&self, path: &str) -> Vec<Violation> {
        let mut violations = Vec::new();
        if self.rank.is_some_and(|rank| rank < 1) {
            violations.push(Violation::new(format!("{path}.rank"), "counts from 1"));
        }
        if self.end_date.is_some_and(|end| end < self.from_date) {
            violations.push(Violation::new(format!("{path}.end_date"), "is before from_date"));
        }
        violations
    }

    /// Whether it stands on a day.
    #[must_use]
    pub fn stands_on(&self, day: NaiveDate) -> bool {
        self.from_date <= day && self.end_date.is_none_or(|end| day <= end)
    }
}
