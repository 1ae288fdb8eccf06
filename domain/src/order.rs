//! Decisions of Chambers: the legal basis of requests.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{
    asset::Asset,
    freezing_request::Measure,
    money::Money,
    names::{ApprovalId, CaseId, OrderId, OrganizationId, PersonId},
    order_work::OrderWork,
    series::Series,
    words::words,
};
use crate::error::Violation;

pub mod act;
pub mod bearing;
mod decision;
mod terms;

pub use act::{Act, ActKind};
pub use decision::{Decision, Modification, Revocation};
pub use terms::Terms;

words! {
    /// What frozen assets are to serve.
    pub enum PurposeKind {
        /// A fine (RS 77(2)(a)).
        Fine = "fine",
        /// Forfeiture (RS 77(2)(b)).
        Forfeiture = "forfeiture",
        /// Reparations (RS 75).
        Reparations = "reparations",
        /// Recovery of legal aid.
        LegalAid = "legal_aid",
    }
}

words! {
    /// Whether an order binds.
    pub enum State {
        /// It does.
        InForce = "in_force",
        /// It was revoked.
        Revoked = "revoked",
    }
}

words! {
    /// How widely an order may be known.
    pub enum Classification {
        /// By everybody.
        Public = "public",
        /// By parties and participants of the case.
        Confidential = "confidential",
        /// By the Chamber and named recipients.
        ExParte = "ex_parte",
        /// Its existence is hidden.
        UnderSeal = "under_seal",
    }
}

impl PurposeKind {
    /// Each of these once, in the order of the table.
    #[must_use]
    pub fn each_once(purposes: impl Iterator<Item = Self>) -> Vec<Self> {
        purposes.collect::<BTreeSet<_>>().into_iter().collect()
    }
}

/// An amount for a purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PurposeAmount {
    /// The purpose.
    pub purpose: PurposeKind,
    /// How much.
    pub amount: Money,
}

/// The amount for a purpose.
#[must_use]
pub fn amount_for(amounts: &[PurposeAmount], purpose: PurposeKind) -> Option<&Money> {
    amounts.iter().find(|stated| stated.purpose == purpose).map(|stated| &stated.amount)
}

/// Puts an amount in the place of the one for its purpose.
fn state(amounts: &mut Vec<PurposeAmount>, stated: PurposeAmount) {
    amounts.retain(|before| before.purpose != stated.purpose);
    amounts.push(stated);
}

/// What is wrong with amounts that are stated for purposes.
fn amount_violations(amounts: &[PurposeAmount], purposes: &[PurposeKind], field: &str) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (number, stated) in amounts.iter().enumerate() {
        let mut wrong = |of: &str, text: &str| {
            violations.push(Violation::new(format!("{field}[{number}].{of}"), text));
        };
        if !purposes.contains(&stated.purpose) {
            wrong("purpose", "is no purpose of the order");
        } else if amount_for(&amounts[..number], stated.purpose).is_some() {
            wrong("purpose", "has an amount already");
        }
        if stated.amount.amount().is_zero() {
            wrong("amount", "must be more than nothing");
        }
    }
    violations
}

/// An order as it is recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewOrder {
    /// The case.
    pub case: CaseId,
    /// As `ICC-01/05-01/08-8-US-Exp`.
    pub document_number: String,
    /// The Chamber that decided.
    pub chamber: OrganizationId,
    /// Who applied for it.
    pub applicant: Option<OrganizationId>,
    /// Day of the decision.
    pub decision_date: NaiveDate,
    /// How widely it may be known.
    pub classification: Classification,
    /// What it asks for.
    pub summary: String,
    /// The purposes it serves.
    pub purposes: Vec<PurposeKind>,
    /// The measures that it orders.
    pub measures: Vec<Measure>,
    /// The persons it concerns.
    pub persons: Vec<PersonId>,
    /// Last day it holds for.
    pub valid_until_date: Option<NaiveDate>,
    /// The most that is to be recovered for a purpose.
    #[serde(default)]
    pub amounts: Vec<PurposeAmount>,
    /// Day from which no appeal is possible.
    #[serde(default)]
    pub final_date: Option<NaiveDate>,
}

/// A decision of a Chamber.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Its name.
    pub name: OrderId,
    /// What it says.
    #[serde(flatten)]
    pub facts: NewOrder,
    /// Whether it binds.
    pub state: State,
    /// Later decisions about it. At hand are the newest.
    pub changes: Series<Change>,
    /// How many there are.
    pub change_count: usize,
    /// When it was recorded here.
    pub create_time: DateTime<Utc>,
    /// The pieces of work that end obligations in its requests; empty in lists.
    #[serde(default)]
    pub work: Series<OrderWork>,
    /// How many pieces of work there are, on requests that the reader sees.
    #[serde(default)]
    pub work_count: usize,
    /// How many of these pieces are pending.
    #[serde(default)]
    pub pending_work_count: usize,
    /// What is left to recover of its amounts after all allocations; empty in lists.
    #[serde(default)]
    pub outstanding: Vec<PurposeAmount>,
    /// The persons it names or has named; empty in lists.
    #[serde(default)]
    pub named_persons: Vec<OrderPerson>,
    /// The proposal that waits for a second person; empty in lists.
    #[serde(default)]
    pub pending_approval: Option<ApprovalId>,
}

/// A person that an order names or has named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderPerson {
    /// Position among all of them, which never moves.
    pub position: i32,
    /// The person of the case.
    pub person: PersonId,
    /// The purposes that hold, or have held, for that person.
    pub purposes: Vec<OrderPurpose>,
}

/// A purpose of an order, for one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderPurpose {
    /// The purpose.
    pub purpose: PurposeKind,
    /// Day from which it no longer holds.
    pub end_date: Option<NaiveDate>,
    /// When that was recorded.
    pub end_time: Option<DateTime<Utc>>,
    /// Number of the decision that keeps it although no text says what becomes of it, as the person stands now.
    #[serde(default)]
    pub kept_by: Option<String>,
}

/// How much an order asks for a purpose, and how much of it was recovered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recovery {
    /// The order.
    pub order: OrderId,
    /// Its number.
    pub document_number: String,
    /// The purpose.
    pub purpose: PurposeKind,
    /// The most that is to be recovered.
    pub amount: Money,
    /// How much of it was recovered, over all States.
    pub recovered: Money,
    /// What is left.
    pub outstanding: Money,
    /// Day from which the purpose no longer holds for any of the persons asked about.
    pub end_date: Option<NaiveDate>,
}

/// A later decision about an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Number of the later decision.
    pub document_number: String,
    /// Day of the later decision.
    pub decision_date: NaiveDate,
    /// What it changed.
    pub summary: String,
}

impl NewOrder {
    /// What is wrong with its amounts.
    #[must_use]
    pub fn amount_violations(&self) -> Vec<Violation> {
        amount_violations(&self.amounts, &self.purposes, "order.amounts")
    }
}

impl Order {
    /// What was recovered of the amount for a purpose.
    #[must_use]
    pub fn recovered(&self, purpose: PurposeKind) -> Decimal {
        let of = |amounts| amount_for(amounts, purpose).map(Money::amount).unwrap_or_default();
        of(&self.facts.amounts) - of(&self.outstanding)
    }

    /// Why an amount cannot take the place of the one for its purpose.
    fn unfit(&self, stated: &PurposeAmount) -> Option<String> {
        let before = amount_for(&self.facts.amounts, stated.purpose)?;
        let recovered = self.recovered(stated.purpose);
        if recovered.is_zero() {
            return None;
        }
        if recovered == before.amount() {
            return Some(
                "has been recovered in full and has ended: record another order for more".to_owned(),
            );
        }
        if before.currency_code() != stated.amount.currency_code() {
            return Some(format!("must stay in {}, of which some is recovered", before.currency_code()));
        }
        (stated.amount.amount() <= recovered).then(|| {
            format!("must be more than the {recovered} that are recovered already; else end the purpose")
        })
    }

    /// Whether it binds on a day: in force and not past its last day.
    #[must_use]
    pub fn binds_on(&self, day: NaiveDate) -> bool {
        self.state == State::InForce && self.facts.valid_until_date.is_none_or(|last| day <= last)
    }

    /// Applies a later decision.
    pub fn modify(&mut self, modification: &Modification) {
        let facts = &mut self.facts;
        if !modification.persons.is_empty() {
            facts.persons.clone_from(&modification.persons);
        }
        if !modification.measures.is_empty() {
            facts.measures.clone_from(&modification.measures);
        }
        facts.classification = modification.classification.unwrap_or(facts.classification);
        facts.final_date = modification.final_date.or(facts.final_date);
        facts.valid_until_date = modification.valid_until_date.or(facts.valid_until_date);
        if modification.ended_for.is_empty() {
            facts.purposes.retain(|purpose| !modification.ended_purposes.contains(purpose));
        }
        for stated in &modification.amounts {
            let recovered = self.recovered(stated.purpose);
            let left = Money::new(stated.amount.currency_code(), stated.amount.amount() - recovered);
            state(&mut self.facts.amounts, stated.clone());
            if let Ok(amount) = left {
                state(&mut self.outstanding, PurposeAmount { purpose: stated.purpose, amount });
            }
        }
        for named in
            self.named_persons.iter_mut().filter(|named| modification.kept_for.contains(&named.person))
        {
            let kept = |held: &&mut OrderPurpose| {
                held.end_date.is_none() && modification.kept_purposes.contains(&held.purpose)
            };
            for held in named.purposes.iter_mut().filter(kept) {
                held.kept_by = Some(modification.change.document_number.clone());
            }
        }
        self.decided(modification.change.clone());
        self.name_persons();
    }

    /// Gives each person whom the order concerns a position, after the persons that it has named before, and
    /// all purposes that it serves and for which something is left to recover.
    pub fn name_persons(&mut self) {
        let is_left = |purpose: &PurposeKind| {
            amount_for(&self.outstanding, *purpose).is_none_or(|left| !left.amount().is_zero())
        };
        for person in &self.facts.persons {
            if self.named_persons.iter().all(|named| named.person != *person) {
                let held = |purpose: &PurposeKind| OrderPurpose {
                    purpose: *purpose,
                    end_date: None,
                    end_time: None,
                    kept_by: None,
                };
                self.named_persons.push(OrderPerson {
                    position: i32::try_from(self.named_persons.len()).unwrap_or(i32::MAX),
                    person: *person,
                    purposes: self
                        .facts
                        .purposes
                        .iter()
                        .filter(|purpose| is_left(purpose))
                        .map(held)
                        .collect(),
                });
            }
        }
    }

    /// The purposes that still hold for the persons of an asset that the Court holds under it.
    #[must_use]
    pub fn purposes_of(&self, asset: &Asset) -> Vec<PurposeKind> {
        let is_named = |position| self.named_persons.iter().any(|named| named.position == position);
        let serves = asset.serves(is_named);
        let whose = self.named_persons.iter().filter(|named| serves(named.position));
        let held = whose.flat_map(|named| named.purposes.iter().filter(|held| held.end_date.is_none()));
        PurposeKind::each_once(held.map(|held| held.purpose))
    }

    /// Whether the obligation has ended for such an asset.
    #[must_use]
    pub fn obligation_over(&self, asset: &Asset) -> bool {
        self.state == State::Revoked || self.purposes_of(asset).is_empty()
    }

    /// Applies the revoking decision.
    pub fn revoke(&mut self, revocation: &Revocation) {
        self.state = State::Revoked;
        self.decided(Change {
            document_number: revocation.document_number.clone(),
            decision_date: revocation.decision_date,
            summary: revocation.reason.clone(),
        });
    }

    fn decided(&mut self, change: Change) {
        self.changes.push(change);
        self.change_count = self.changes.count();
    }
}
