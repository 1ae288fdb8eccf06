//! The words of a request: whose it is, what it asks for, where it stands, and who is what to it.

use crate::{names::OrganizationId, organization::Kind, words::words};

words! {
    /// Whose request it is; it decides the channel (RPE 176(2)).
    pub enum Origin {
        /// A Chamber's, through the Registry.
        Chamber = "chamber",
        /// The Prosecutor's own, directly.
        Prosecutor = "prosecutor",
        /// The Registry's own.
        Registry = "registry",
    }
}

impl Origin {
    /// The organ through which the State answers.
    #[must_use]
    pub const fn channel(self) -> Kind {
        match self {
            Self::Chamber | Self::Registry => Kind::Registry,
            Self::Prosecutor => Kind::Otp,
        }
    }
}

words! {
    /// What is asked for.
    pub enum Measure {
        /// Identification and tracing.
        Trace = "trace",
        /// Freezing or seizure.
        Freeze = "freeze",
        /// Enforcement of a fine, forfeiture or reparation order.
        Enforce = "enforce",
        /// Recovery of legal aid.
        RecoverLegalAid = "recover_legal_aid",
    }
}

words! {
    /// Where a request stands.
    pub enum State {
        /// Being written.
        Draft = "draft",
        /// Checked and complete.
        Ready = "ready",
        /// Sent to the State.
        Transmitted = "transmitted",
        /// Received by the focal point.
        Acknowledged = "acknowledged",
        /// With a competent authority.
        UnderExamination = "under_examination",
        /// Being executed.
        Executing = "executing",
        /// Executed in part.
        ExecutedInPart = "executed_in_part",
        /// Executed.
        Executed = "executed",
        /// Nothing was found.
        NothingFound = "nothing_found",
        /// Could not be executed.
        Impossible = "impossible",
        /// Denied by the State.
        Denied = "denied",
        /// The obligation has ended.
        Ceased = "ceased",
        /// The State has reported on release.
        ReleaseReported = "release_reported",
        /// Withdrawn.
        Withdrawn = "withdrawn",
        /// Replaced by another request.
        Superseded = "superseded",
        /// Closed.
        Closed = "closed",
    }
}

words! {
    /// What is true beside the state.
    pub enum Flag {
        /// Sent urgently, not yet confirmed through the formal channel.
        UrgentUnconfirmed = "urgent_unconfirmed",
        /// Execution is postponed.
        Postponed = "postponed",
        /// A consultation is open.
        ConsultationOpen = "consultation_open",
        /// There is a newer version that was not sent.
        AmendmentUnsent = "amendment_unsent",
        /// The State has not acknowledged the version it was sent last.
        AmendmentUnacknowledged = "amendment_unacknowledged",
    }
}

words! {
    /// What somebody is to a request.
    pub enum Party {
        /// The organ through which it is sent and answered.
        Channel = "channel",
        /// The Chamber seised.
        Chamber = "chamber",
        /// The Office of the Prosecutor, as applicant of the order.
        Applicant = "applicant",
        /// The requested State.
        State = "state",
        /// The competent authority it is assigned to.
        Authority = "authority",
    }
}

impl Party {
    /// Whether the party belongs to the issuing side.
    #[must_use]
    pub const fn is_issuer(self) -> bool {
        matches!(self, Self::Channel | Self::Chamber | Self::Applicant)
    }
}

/// Which organization is which party of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parties {
    /// The organ through which it is sent and answered.
    pub channel: OrganizationId,
    /// The Chamber seised.
    pub chamber: Option<OrganizationId>,
    /// The applicant of the order.
    pub applicant: Option<OrganizationId>,
    /// The requested State, once it was sent.
    pub state: Option<OrganizationId>,
    /// The competent authority it is assigned to.
    pub authority: Option<OrganizationId>,
}

impl Parties {
    /// What an organization is, if anything.
    #[must_use]
    pub fn of(&self, organization: OrganizationId) -> Option<Party> {
        let roles = [
            (Some(self.channel), Party::Channel),
            (self.chamber, Party::Chamber),
            (self.applicant, Party::Applicant),
            (self.state, Party::State),
            (self.authority, Party::Authority),
        ];
        roles.into_iter().find(|(known, _)| *known == Some(organization)).map(|(_, party)| party)
    }
}
