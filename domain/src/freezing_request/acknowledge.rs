//! Receipt by the State's focal point, and assignment to a competent authority.

use serde::{Deserialize, Serialize};

use super::{Changes, FreezingRequest, Recorded, payload::Payload};
use crate::names::OrganizationId;

/// What a focal point says on receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acknowledgement {
    /// The State's reference.
    pub national_reference: String,
    /// Authority responsible for the request.
    pub responsible_authority: String,
    /// Who can be asked.
    pub contact: String,
}

/// The acknowledgement of the version sent last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acknowledge {
    /// What the focal point says.
    pub acknowledgement: Acknowledgement,
}

impl Payload for Acknowledge {
    fn perform(&self, request: &mut FreezingRequest, _: Recorded) -> Changes {
        request.facts.acknowledged_version = request.sent().map_or(0, |version| version.number);
        request.facts.acknowledgement = Some(self.acknowledgement.clone());
        Changes::default()
    }
}

/// The assignment to a competent authority of the State; the use case looks it up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssignAuthority {
    /// The authority. It concerns the State alone: the Court reads only the display name, and what is written
    /// for the Court leaves this field out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority: Option<OrganizationId>,
    /// Its name, found by the use case.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub authority_display_name: String,
}

impl Payload for AssignAuthority {
    fn perform(&self, request: &mut FreezingRequest, _: Recorded) -> Changes {
        request.authority = self.authority;
        request.authority_display_name = Some(self.authority_display_name.clone());
        Changes::default()
    }
}
