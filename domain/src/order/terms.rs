//! What an order allows its requests to ask for: its live pairs of person and purpose, and its measures.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    OrderPerson, PurposeKind, State,
    bearing::{Bearing, bearing},
};
use crate::{case::PersonStatus, freezing_request::Measure, names::PersonId};

/// What an order allows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// The measures that it orders.
    pub measures: Vec<Measure>,
    /// The persons whom it concerns now.
    pub persons: Vec<PersonId>,
    /// The persons whom it names or has named, with their purposes.
    pub named: Vec<OrderPerson>,
    /// Whether it was revoked.
    pub state: State,
    /// Last day it holds for.
    pub valid_until_date: Option<NaiveDate>,
}

impl Terms {
    /// Whether it binds on a day.
    #[must_use]
    pub fn binds_on(&self, day: NaiveDate) -> bool {
        self.state == State::InForce && self.valid_until_date.is_none_or(|last| day <= last)
    }

    /// Whether it concerns a person now.
    #[must_use]
    pub fn concerns(&self, person: PersonId) -> bool {
        self.persons.contains(&person)
    }

    /// What stands against a request for a purpose of a person whom the order concerns, in words after the purpose.
    #[must_use]
    pub fn against(&self, person: PersonId, purpose: PurposeKind, status: PersonStatus) -> Option<String> {
        let named = self.named.iter().find(|named| named.person == person);
        let held = named.and_then(|named| named.purposes.iter().find(|held| held.purpose == purpose));
        let Some(held) = held else { return Some("is no purpose of the order for this person".to_owned()) };
        if let Some(day) = held.end_date {
            return Some(format!("has ended for this person on {day}, or was recovered in full"));
        }
        match bearing(status, purpose) {
            Bearing::Bears => None,
            Bearing::Ends => Some(format!("is not borne by a person who is {status}")),
            Bearing::Open if held.kept_by.is_some() => None,
            Bearing::Open => Some(format!(
                "is open for a person who is {status}: only a decision that names it keeps it (ModifyOrder)"
            )),
        }
    }
}
