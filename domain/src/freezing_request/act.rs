//! All acts on a request as one type: what is proposed, approved, performed and journaled.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    Changes, FreezingRequest, Recorded, State, acknowledge, cease, consultation, deny, draft, execution,
    payload::Payload as _, postpone, release, transmit, withdraw,
};
use crate::{
    error::{Obstacle, Reason, Refusal, Result, Violation},
    words::words,
};

macro_rules! acts {
    ($($(#[$doc:meta])* $variant:ident($payload:ty) = $word:literal,)*) => {
        words! {
            /// The acts of the lifecycle.
            pub enum ActKind {
                /// Draft a request.
                Create = "create",
                $($(#[$doc])* $variant = $word,)*
            }
        }

        /// An act with what accompanies it.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Act { $($(#[$doc])* $variant($payload),)* }

        impl Act {
            /// Which act it is.
            #[must_use]
            pub const fn kind(&self) -> ActKind {
                match self { $(Self::$variant(_) => ActKind::$variant,)* }
            }

            /// What is wrong with what accompanies it, all at once.
            #[must_use]
            pub fn violations(&self, request: &FreezingRequest, at: DateTime<Utc>) -> Vec<Violation> {
                match self { $(Self::$variant(payload) => payload.violations(request, at),)* }
            }

            fn apply(&self, request: &mut FreezingRequest, recorded: Recorded) -> Changes {
                match self { $(Self::$variant(payload) => payload.perform(request, recorded),)* }
            }
        }
    };
}

acts! {
    /// Change a draft.
    Update(draft::Update) = "update",
    /// Declare it complete.
    MarkReady(draft::MarkReady) = "mark_ready",
    /// Send it.
    Transmit(transmit::Transmit) = "transmit",
    /// Confirm an urgent transmission.
    ConfirmUrgentTransmission(transmit::ConfirmUrgentTransmission) = "confirm_urgent_transmission",
    /// Confirm receipt.
    Acknowledge(acknowledge::Acknowledge) = "acknowledge",
    /// Assign it to an authority.
    AssignAuthority(acknowledge::AssignAuthority) = "assign_authority",
    /// Begin execution.
    StartExecution(execution::StartExecution) = "start_execution",
    /// Report what was found and done.
    ReportExecution(execution::ReportExecution) = "report_execution",
    /// Postpone execution.
    Postpone(postpone::Postpone) = "postpone",
    /// End a postponement.
    Resume(postpone::Resume) = "resume",
    /// Deny it.
    Deny(deny::Deny) = "deny",
    /// Open a consultation.
    OpenConsultation(consultation::OpenConsultation) = "open_consultation",
    /// End a consultation.
    CloseConsultation(consultation::CloseConsultation) = "close_consultation",
    /// Write a new version.
    Amend(draft::Amend) = "amend",
    /// Take it back.
    Withdraw(withdraw::Withdraw) = "withdraw",
    /// End the obligation for persons and purposes.
    Cease(cease::Cease) = "cease",
    /// Report what became of assets.
    ReportRelease(release::ReportRelease) = "report_release",
    /// Close the dossier.
    Close(release::Close) = "close",
}

impl Act {
    /// The state the act itself asks for, where the lifecycle leaves a choice.
    #[must_use]
    pub fn target(&self, request: &FreezingRequest) -> Option<State> {
        match self {
            Self::ReportExecution(report) => Some(report.outcome.state()),
            Self::Withdraw(withdraw) => Some(withdraw.target()),
            Self::Cease(cease) => cease.leaves_nothing(request).then_some(State::Ceased),
            _ => None,
        }
    }
}

impl FreezingRequest {
    /// The row that allows the act now, or the error that says why none does.
    pub fn row_for(&self, act: &Act, at: DateTime<Utc>) -> Result<&'static super::lifecycle::Row> {
        let flags = self.flags(at);
        super::lifecycle::row(act.kind(), act.target(self), self.state, &flags).ok_or_else(|| {
            let rows: Vec<_> = super::lifecycle::rows(act.kind()).collect();
            let states: Vec<&str> =
                rows.iter().flat_map(|row| row.from).map(|state| state.as_str()).collect();
            let mut obstacles = Vec::new();
            if !states.contains(&self.state.as_str()) {
                obstacles.push(Obstacle::new(
                    "state",
                    format!("is {}; allowed: {}", self.state, states.join(", ")),
                ));
            }
            for row in rows.iter().filter(|row| row.from.contains(&self.state)) {
                if let Some(flag) = row.needs.filter(|flag| !flags.contains(flag)) {
                    obstacles.push(Obstacle::new("flags", format!("{flag} is not set")));
                }
                if let Some(flag) = row.bars.filter(|flag| flags.contains(flag)) {
                    obstacles.push(Obstacle::new("flags", format!("{flag} is set")));
                }
            }
            if obstacles.is_empty() {
                obstacles.push(Obstacle::new(
                    "state",
                    format!("is {}, from which this result is not reached", self.state),
                ));
            }
            Refusal::new(Reason::WrongState, format!("{} is not allowed now", act.kind()), obstacles)
        })
    }

    /// What stands against the act beside the lifecycle: assets nobody has accounted for.
    pub fn obstacle_to(&self, act: &Act, at: DateTime<Utc>) -> Result<()> {
        match act {
            Act::Close(_) => {
                let held = self.touched.iter().filter(|asset| !asset.is_settled_on(at.date_naive()));
                let text = "assets are neither released, returned, transferred nor documented as lost";
                let text = format!("{text}: {}", self.asset_counts.outstanding);
                refuse(Reason::AssetsOutstanding, &text, held.map(release::obstacle).collect())
            }
            Act::ReportExecution(report) => report.obstacle(self),
            Act::ReportRelease(report) => report.obstacle(self, at),
            _ => Ok(()),
        }
    }

    /// Performs an act that [`Self::row_for`] allowed, and moves the state.
    pub fn perform(&mut self, act: &Act, row: &super::lifecycle::Row, recorded: Recorded) -> Changes {
        let target = act.target(self);
        let changes = act.apply(self, recorded);
        match (row.to, target) {
            (super::lifecycle::To::State(state), _) | (super::lifecycle::To::OneOf(_), Some(state)) => {
                self.state = state;
            }
            (super::lifecycle::To::Same | super::lifecycle::To::OneOf(_), _) => {}
        }
        changes
    }
}

fn refuse(reason: Reason, text: &str, obstacles: Vec<Obstacle>) -> Result<()> {
    if obstacles.is_empty() { Ok(()) } else { Err(Refusal::new(reason, text, obstacles)) }
}
