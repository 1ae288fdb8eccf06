//! What accompanies an act, and what an act leaves for the store to save.

use chrono::{DateTime, Utc};

use super::FreezingRequest;
use crate::{
    asset::{Asset, Recorded},
    error::Violation,
    names::AssetId,
};

/// What an act changed beside the row of the request, for the store to save.
#[derive(Debug, Default)]
pub struct Changes {
    /// Versions were added, changed or sent.
    pub versions: bool,
    /// Reference of the confirmation of all that was sent by an urgent medium.
    pub confirmation: Option<String>,
    /// Persons or purposes changed.
    pub persons: bool,
    /// Assets that were reported.
    pub assets: Vec<Asset>,
    /// Assets whose last disposition is new.
    pub disposed: Vec<AssetId>,
}

/// What accompanies an act: what can be wrong with it, and what it does.
pub(super) trait Payload {
    /// What is wrong with it, all at once.
    fn violations(&self, _request: &FreezingRequest, _at: DateTime<Utc>) -> Vec<Violation> {
        Vec::new()
    }

    /// Does to the request what the act means, apart from the state.
    fn perform(&self, request: &mut FreezingRequest, recorded: Recorded) -> Changes;
}
