//! Execution by the State: its beginning, and reports of what was found and done.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Changes, FreezingRequest, State, payload::Payload};
use crate::{
    asset::{Asset, FreezeLimits, NewAsset, Parent, Recorded, act::asset_violations},
    error::{Obstacle, Reason, Refusal, Result, Violation},
    words::words,
};

/// Most assets of one request, or of what the Court holds under one order.
pub const MAX_ASSETS: usize = 500;

/// The beginning of execution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartExecution {
    /// National proceeding or order.
    pub national_proceeding: String,
}

impl Payload for StartExecution {
    fn perform(&self, request: &mut FreezingRequest, _: Recorded) -> Changes {
        request.facts.national_proceeding = Some(self.national_proceeding.clone());
        Changes::default()
    }
}

words! {
    /// The result of an execution.
    pub enum ExecutionOutcome {
        /// Executed in part.
        ExecutedInPart = "executed_in_part",
        /// Executed.
        Executed = "executed",
        /// Nothing was found.
        NothingFound = "nothing_found",
        /// Could not be executed.
        Impossible = "impossible",
    }
}

impl ExecutionOutcome {
    /// The state of a request with this result.
    #[must_use]
    pub const fn state(self) -> State {
        match self {
            Self::ExecutedInPart => State::ExecutedInPart,
            Self::Executed => State::Executed,
            Self::NothingFound => State::NothingFound,
            Self::Impossible => State::Impossible,
        }
    }
}

words! {
    /// Why nothing was found or nothing could be done (Regulation (EU) 2018/1805, art. 13, as a model).
    pub enum ExecutionObstacle {
        /// Confiscated already.
        AlreadyConfiscated = "already_confiscated",
        /// Disappeared.
        Disappeared = "disappeared",
        /// Destroyed.
        Destroyed = "destroyed",
        /// Not at the place given.
        NotAtPlace = "not_at_place",
        /// The place given is too vague, after consultation.
        PlaceTooVague = "place_too_vague",
        /// Nobody and nothing of the kind is known.
        NotKnown = "not_known",
    }
}

/// A report of what was found and done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportExecution {
    /// The result so far.
    pub outcome: ExecutionOutcome,
    /// Why nothing was found or done.
    pub obstacle: Option<ExecutionObstacle>,
    /// Assets found and measures taken.
    #[serde(default)]
    pub assets: Vec<NewAsset>,
    /// Third parties met.
    pub third_parties_met: Option<String>,
    /// A note.
    pub note: Option<String>,
}

impl ReportExecution {
    /// What stands against it: that the request has no room for so many assets.
    pub(super) fn obstacle(&self, request: &FreezingRequest) -> Result<()> {
        check_room(&request.name, request.asset_counts.total as usize, self.assets.len())
    }
}

/// Whether there is room for more assets under a request or an order.
pub fn check_room(parent: &impl ToString, count: usize, more: usize) -> Result<()> {
    if count + more <= MAX_ASSETS {
        return Ok(());
    }
    let text = format!("has {count} assets of at most {MAX_ASSETS}");
    let obstacles = vec![Obstacle::new(parent.to_string(), text)];
    Err(Refusal::new(
        Reason::LimitReached,
        "there is no room for so many assets; nothing was done",
        obstacles,
    ))
}

impl Payload for ReportExecution {
    fn violations(&self, request: &FreezingRequest, at: DateTime<Utc>) -> Vec<Violation> {
        let mut violations = Vec::new();
        let mut wrong = |field: String, text: &str| violations.push(Violation::new(field, text));
        match self.outcome {
            ExecutionOutcome::NothingFound | ExecutionOutcome::Impossible => {
                if self.obstacle.is_none() {
                    wrong("obstacle".into(), "say why nothing was found or done, from the closed list");
                }
                if !self.assets.is_empty() {
                    wrong("assets".into(), "with this result no assets are reported");
                }
            }
            ExecutionOutcome::ExecutedInPart | ExecutionOutcome::Executed => {
                if self.assets.is_empty() && request.asset_counts.total == 0 {
                    wrong("assets".into(), "say which assets were found: at least one");
                }
            }
        }
        let context = request.asset_context(at, FreezeLimits::default());
        for (position, asset) in self.assets.iter().enumerate() {
            violations.extend(asset_violations(asset, &format!("assets[{position}]."), &context));
        }
        violations
    }

    fn perform(&self, request: &mut FreezingRequest, recorded: Recorded) -> Changes {
        let parent = Parent::Request(request.name);
        let assets = Asset::all_of(parent, &self.assets, recorded);
        for asset in &assets {
            request.asset_counts.recount(None, asset, recorded.create_time.date_naive());
        }
        Changes { assets, ..Changes::default() }
    }
}
