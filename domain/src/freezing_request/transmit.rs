//! Sending a request to the State, and confirming an urgent transmission.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    Changes, FreezingRequest, Recorded, RequestPerson, RequestPurpose,
    content::{Capacity, PurposeBasis},
    national::AnswersUsed,
    payload::Payload,
};
use crate::{
    case::PersonStatus,
    directory::Channel,
    error::Violation,
    order::bearing::{Bearing, bearing},
    words::words,
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
#[serde(deny_unknown_fields)]
pub struct Transmission {
    /// By what.
    pub medium: Medium,
    /// Reference of the note verbale or message.
    pub reference: String,
    /// Grounds for the urgent medium.
    pub urgency_grounds: Option<String>,
    /// Reference of the confirmation through the formal channel.
    pub confirmation_reference: Option<String>,
    /// Channel and languages in force when it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// The State's answers in force when it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers_used: Option<AnswersUsed>,
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
#[serde(deny_unknown_fields)]
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
    fn perform(&self, request: &mut FreezingRequest, recorded: Recorded) -> Changes {
        let transmission = Transmission { confirmation_reference: None, ..self.transmission.clone() };
        let (unconfirmed, channel) = (transmission.is_unconfirmed(), transmission.channel.clone());
        let Some(version) = request.versions.send(transmission, recorded.create_time) else {
            return Changes::default();
        };
        request.facts.urgent_unconfirmed |= unconfirmed;
        if request.transmit_time.is_none() {
            request.facts.channel = channel;
        }
        request.transmit_time.get_or_insert(recorded.create_time);
        for (position, person) in (0..).zip(&version.content.persons) {
            let display_name = person.display_name();
            let known = request.persons.iter_mut().find(|known| known.position == position);
            let status = known.as_ref().map_or(PersonStatus::Active, |known| known.status);
            if let Some(known) = known {
                known.display_name = display_name;
            } else {
                request.persons.push(RequestPerson {
                    position,
                    display_name,
                    person: person.person,
                    status,
                    status_date: None,
                });
            }
            // Owners and third parties carry no purposes.
            let is_target = person.capacity == Capacity::Target;
            for PurposeBasis { purpose, basis } in version.content.purposes.iter().filter(|_| is_target) {
                let known =
                    request.purposes.iter_mut().find(|p| p.position == position && p.purpose == *purpose);
                match known {
                    Some(known) => known.basis.clone_from(basis),
                    // A purpose that has ended for a person does not begin again by an amendment.
                    None if bearing(status, *purpose) != Bearing::Ends => {
                        request.purposes.push(RequestPurpose {
                            position,
                            purpose: *purpose,
                            basis: basis.clone(),
                            end_date: None,
                            end_time: None,
                        });
                    }
                    None => {}
                }
            }
        }
        Changes { versions: true, persons: true, ..Changes::default() }
    }
}

/// The confirmation of an urgent transmission through the formal channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfirmUrgentTransmission {
    /// Reference of the confirmation.
    pub confirmation_reference: String,
}

impl Payload for ConfirmUrgentTransmission {
    fn perform(&self, request: &mut FreezingRequest, _: Recorded) -> Changes {
        request.versions.confirm(&self.confirmation_reference);
        request.facts.urgent_unconfirmed = false;
        Changes { confirmation: Some(self.confirmation_reference.clone()), ..Changes::default() }
    }
}
