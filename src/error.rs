//! The errors of the server, free of any transport: what the domain has against a call, and what else can go wrong.
//!
//! `grpc::status` is the only place where an error becomes a status. Text that a caller may read is in `Reason`,
//! `Violation` and `Refusal`; whatever comes from a driver stays inside `Internal` and is only logged.

use std::time::Duration;

use focalnet_contract::wire::Misfit;
pub use focalnet_domain::error::{Obstacle, Reason, Refusal, Violation};
use focalnet_domain::questionnaire::response::AnswerConflict;

/// The result of everything that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Everything that can go wrong, by what the caller can do about it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Sign in (again).
    #[error("{}", match .0 { Reason::LoginFailed => "login or password is not right", _ => "not signed in" })]
    Unauthenticated(Reason),
    /// Does not exist or is not for the caller: deliberately without any detail. The word for what was looked for is for
    /// the log only.
    #[error("not found")]
    NotFound(&'static str),
    /// The caller sees the resource but may not do this.
    #[error("permission denied: {1}")]
    PermissionDenied(Reason, &'static str),
    /// What was sent is wrong; all violations at once.
    #[error("invalid argument")]
    Invalid(Vec<Violation>),
    /// The request is not complete; all violations at once.
    #[error("incomplete")]
    Incomplete(Vec<Violation>),
    /// The `request_id` was used before with other content.
    #[error("request_id was used before with other content")]
    RequestIdReused,
    /// The state of the world does not allow it.
    #[error("failed precondition: {1}")]
    Precondition(Reason, String, Vec<Obstacle>),
    /// Changed since it was read: read again and decide anew.
    #[error("stale etag")]
    Stale,
    /// Somebody else answered the same questions since; both answers are told.
    #[error("an answer was changed since it was read")]
    AnswerConflict(Vec<AnswerConflict>),
    /// The natural key named by this field is taken.
    #[error("{0} already exists")]
    Exists(&'static str),
    /// Too much; try again after that time.
    #[error("{}", match .0 { Reason::Throttled => "too many attempts: wait a moment", _ => "the server is at its limit" })]
    Exhausted(Reason, Duration),
    /// The store is away; try again.
    #[error("unavailable")]
    Unavailable,
    /// The server's own deadline passed.
    #[error("deadline exceeded")]
    Deadline,
    /// Our own mistake. The text is for the log only and may not quote what a caller sent.
    #[error("internal error")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// One violation.
    pub fn invalid(field: impl Into<String>, description: impl Into<String>) -> Self {
        Self::Invalid(vec![Violation::new(field, description)])
    }

    /// An error of ours, with a text for the log.
    pub fn internal(text: impl Into<String>) -> Self {
        Self::Internal(text.into().into())
    }

    /// `Ok` when there are no violations.
    pub fn check(violations: Vec<Violation>) -> Result<()> {
        if violations.is_empty() { Ok(()) } else { Err(Self::Invalid(violations)) }
    }
}

impl From<Refusal> for Error {
    fn from(Refusal { reason, text, obstacles }: Refusal) -> Self {
        Self::Precondition(reason, text, obstacles)
    }
}

impl From<Misfit> for Error {
    fn from(misfit: Misfit) -> Self {
        Self::Internal(Box::new(misfit))
    }
}
