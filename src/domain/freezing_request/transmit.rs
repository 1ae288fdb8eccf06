//! Sending a request to the State, and confirming an urgent transmission.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Changes, FreezingRequest, RequestPerson, RequestPurpose, payload::Payload};
use crate::{
    domain::{case::PersonStatus, words::words},
    error::Violation,
};

words! {
    /// By what a request is sent.
    pub enum Medium {
        /// The channel the State has designated.
        FormalChannel = "formal_channel",
        /// In urgency, another medium that leaves a written record (RS 96(1)).
        Urgent = "urgent",
    }
}

/// How a version is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transmission {
    /// By what.
    pub medium: Medium,
    /// Reference of the note verbale or message.
    pub reference: String,
    /// Grounds for the urgent medium.
    pub urgency_grounds: Option<String>,
    /// Reference of the confirmation through the formal channel.
    pub confirmation_reference: Option<String>,
}

impl Transmission {
    /// Whether a confirmation through the formal channel is owed.
    #[must_use]
    pub fn is_unconfirmed(&self) -> bool {
        self.medium == Medium::Urgent && self.confirmation_reference.is_none()
    }
}

/// The transmission of the newest version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transmit {
    /// How it is sent.
    pub transmission: Transmission,
}

impl Payload for Transmit {
    fn violations(&self, _: &FreezingRequest, _: DateTime<Utc>) -> Vec<Violation> {
        let Transmission { medium, urgency_grounds, .. } = &self.transmission;
        let text = match (medium, urgency_grounds) {
            (Medium::Urgent, None) => "an urgent medium needs grounds (RS 96(1))",
            (Medium::FormalChannel, Some(_)) => "only an urgent medium has grounds",
            _ => return Vec::new(),
        };
        vec![Violation::new("transmission.urgency_grounds", text)]
    }

    /// The newest version becomes immutable; its persons and purposes get a status of their own.
    fn perform(&self, request: &mut FreezingRequest, at: DateTime<Utc>) -> Changes {
        let mut transmission = self.transmission.clone();
        transmission.confirmation_reference = None;
        request.facts.transmission = Some(transmission);
        request.transmit_time.get_or_insert(at);
        if let Some(version) = request.versions.last_mut() {
            version.transmit_time = Some(at);
            for (position, person) in (0..).zip(&version.content.persons) {
                if request.persons.iter().all(|known| known.position != position) {
                    request.persons.push(RequestPerson {
                        position,
                        display_name: person.display_name(),
                        person: person.person,
                        status: PersonStatus::Active,
                        status_date: None,
                    });
                }
                for basis in &version.content.purposes {
                    let known = |p: &RequestPurpose| p.position == position && p.purpose == basis.purpose;
                    if !request.purposes.iter().any(known) {
                        request.purposes.push(RequestPurpose {
                            position,
                            purpose: basis.purpose,
                            basis: basis.basis.clone(),
                            end_date: None,
                        });
                    }
                }
            }
        }
        Changes { versions: true, persons: true, ..Changes::default() }
    }
}

/// The confirmation of an urgent transmission through the formal channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfirmUrgentTransmission {
    /// Reference of the confirmation.
    pub confirmation_reference: String,
}

impl Payload for ConfirmUrgentTransmission {
    fn perform(&self, request: &mut FreezingRequest, _: DateTime<Utc>) -> Changes {
        if let Some(transmission) = &mut request.facts.transmission {
            transmission.confirmation_reference = Some(self.confirmation_reference.clone());
        }
        Changes::default()
    }
}
