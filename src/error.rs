//! The one error of the program, free of any transport.
//!
//! `grpc::status` is the only place where it becomes a status. Text that a caller may read is in `Reason`,
//! `Violation` and `Precondition`; whatever comes from a driver stays inside `Internal` and is only logged.

use std::time::Duration;

use crate::domain::questionnaire::response::AnswerConflict;

/// The result of everything that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// One thing that is wrong with what the caller sent.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Violation {
    /// Path of the field in the message of the call, as in `freezing_request.content.assets[2].identifiers[0].value`.
    pub field: String,
    /// What is wrong and what would be right, in one sentence.
    pub description: String,
}

impl Violation {
    /// A violation of `field`.
    pub fn new(field: impl Into<String>, description: impl Into<String>) -> Self {
        Self { field: field.into(), description: description.into() }
    }
}

/// One fact about the world that stands against an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    /// What stands in the way: a resource name the caller may see, or a word such as `state`.
    pub subject: String,
    /// Why, and what would remove it.
    pub description: String,
}

impl Obstacle {
    /// An obstacle that `subject` puts up.
    pub fn new(subject: impl Into<String>, description: impl Into<String>) -> Self {
        Self { subject: subject.into(), description: description.into() }
    }
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $wire:literal,)*) => {
        /// The machine-readable reasons of `error_reason.proto`, under the same names.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Reason { $($(#[$doc])* $name,)* }
        impl Reason {
            /// All reasons, for the test that holds them against the proto.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];
            /// The name on the wire, without the enum's prefix.
            #[must_use]
            pub const fn as_str(self) -> &'static str { match self { $(Self::$name => $wire,)* } }
        }
    };
}

reasons! {
    /// Not signed in: no token, an unusable one, or a session that has ended.
    NotSignedIn = "NOT_SIGNED_IN",
    /// Login or password is not right, or the account cannot sign in.
    LoginFailed = "LOGIN_FAILED",
    /// The session was begun with a one-time code and can only change the password.
    PasswordChangeRequired = "PASSWORD_CHANGE_REQUIRED",
    /// Does not exist, or the caller may not see it.
    NotFound = "NOT_FOUND",
    /// No mandate in force allows the call.
    RoleMissing = "ROLE_MISSING",
    /// The caller's organization has no part in this call.
    WrongParty = "WRONG_PARTY",
    /// The second person must be another human being.
    SecondPersonRequired = "SECOND_PERSON_REQUIRED",
    /// What was sent is not valid.
    InvalidArgument = "INVALID_ARGUMENT",
    /// The `request_id` was used before with other content.
    RequestIdReused = "REQUEST_ID_REUSED",
    /// The state of the resource does not allow the act.
    WrongState = "WRONG_STATE",
    /// An approval for this act is open already.
    ApprovalPending = "APPROVAL_PENDING",
    /// The approval is no longer open.
    ApprovalNotOpen = "APPROVAL_NOT_OPEN",
    /// The request is not complete.
    Incomplete = "INCOMPLETE",
    /// Assets are neither released, transferred nor documented as lost.
    AssetsOutstanding = "ASSETS_OUTSTANDING",
    /// The State gave it only to generate new evidence.
    LeadOnly = "LEAD_ONLY",
    /// A claim to the asset is pending.
    DisposalHold = "DISPOSAL_HOLD",
    /// The resource was changed since it was read.
    Stale = "STALE",
    /// Somebody else answered the same question since.
    AnswerConflict = "ANSWER_CONFLICT",
    /// It exists already.
    AlreadyExists = "ALREADY_EXISTS",
    /// Too many attempts.
    Throttled = "THROTTLED",
    /// The server is at its limit.
    Overloaded = "OVERLOADED",
    /// The store is not reachable.
    StoreUnavailable = "STORE_UNAVAILABLE",
    /// The call took longer than the server allows.
    DeadlineExceeded = "DEADLINE_EXCEEDED",
    /// An error of the server.
    Internal = "INTERNAL",
}

/// Everything that can go wrong, by what the caller can do about it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Sign in (again).
    #[error("{}", match .0 { Reason::LoginFailed => "login or password is not right", _ => "not signed in" })]
    Unauthenticated(Reason),
    /// Does not exist or is not for the caller: deliberately without any detail.
    #[error("not found")]
    NotFound,
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
