//! The end of the obligation, for persons and purposes. It is not release: that is for the State, under its law.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Changes, FreezingRequest, Recorded, RequestPurpose, payload::Payload};
use crate::{case::PersonStatus, clock, error::Violation, order::PurposeKind};

/// The end of the obligation for persons × purposes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cease {
    /// Positions of the persons; zero is a position.
    #[serde(default)]
    pub persons: Vec<i32>,
    /// The purposes.
    pub purposes: Vec<PurposeKind>,
    /// The status of these persons from then on; none: as before, where a purpose ends by decision of the Chamber.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<PersonStatus>,
    /// Day from which the obligation no longer holds.
    pub effective_date: NaiveDate,
    /// The decision or fact it rests on.
    pub reason: String,
}

impl Cease {
    fn names(&self, pair: &RequestPurpose) -> bool {
        self.persons.contains(&pair.position) && self.purposes.contains(&pair.purpose)
    }

    /// Whether no active pair of person and purpose is left after it.
    #[must_use]
    pub fn leaves_nothing(&self, request: &FreezingRequest) -> bool {
        request.purposes.iter().all(|pair| pair.end_date.is_some() || self.names(pair))
    }
}

impl Payload for Cease {
    fn violations(&self, request: &FreezingRequest, at: DateTime<Utc>) -> Vec<Violation> {
        let mut violations = Vec::new();
        if let Some(text) = clock::not_yet(self.effective_date, clock::latest_day(at)) {
            violations.push(Violation::new("effective_date", format!("{text}; cease on that day")));
        }
        if request.order_date.is_some_and(|order| self.effective_date < order) {
            violations.push(Violation::new("effective_date", "is before the order"));
        }
        for (number, position) in self.persons.iter().enumerate() {
            let field = || format!("persons[{number}]");
            if request.persons.iter().all(|person| person.position != *position) {
                violations.push(Violation::new(field(), "is no position of a person"));
            } else if !request.is_target(*position) {
                let text = "is an owner or third party, who carries no purposes: name the target";
                violations.push(Violation::new(field(), text));
            }
        }
        for (number, purpose) in self.purposes.iter().enumerate() {
            if request.purposes.iter().all(|pair| pair.purpose != *purpose) {
                violations
                    .push(Violation::new(format!("purposes[{number}]"), "is no purpose of this request"));
            }
        }
        let ends_one = request.purposes.iter().any(|pair| pair.end_date.is_none() && self.names(pair));
        if violations.is_empty() && !ends_one {
            violations.push(Violation::new("purposes", "have all ended for these persons already"));
        }
        violations
    }

    fn perform(&self, request: &mut FreezingRequest, recorded: Recorded) -> Changes {
        for pair in request.purposes.iter_mut().filter(|pair| pair.end_date.is_none() && self.names(pair)) {
            pair.end_date = Some(self.effective_date);
            pair.end_time = Some(recorded.create_time);
        }
        // Owners and third parties are in a request only because of its targets. Once no purpose holds for any of these,
        // the obligation has lapsed for them, whatever became of the targets.
        let over = request.purposes.iter().all(|pair| pair.end_date.is_some());
        let targets: Vec<_> = request.purposes.iter().map(|pair| pair.position).collect();
        for person in &mut request.persons {
            let status = if targets.contains(&person.position) {
                self.status.filter(|_| self.persons.contains(&person.position))
            } else {
                (over && person.status == PersonStatus::Active).then_some(PersonStatus::Lapsed)
            };
            if let Some(status) = status {
                person.status = status;
                person.status_date = Some(self.effective_date);
            }
        }
        Changes { persons: true, ..Changes::default() }
    }
}
