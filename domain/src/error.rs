//! What can stand against an act: violations of what was sent, and obstacles in the world. Free of any transport.

/// The result of a rule that can refuse an act.
pub type Result<T, E = Refusal> = std::result::Result<T, E>;

/// The state of the world does not allow an act.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text}")]
pub struct Refusal {
    /// Which rule refuses.
    pub reason: Reason,
    /// What is refused, in one sentence.
    pub text: String,
    /// The facts that stand against it, all of them.
    pub obstacles: Vec<Obstacle>,
}

impl Refusal {
    /// A refusal for these obstacles.
    pub fn new(reason: Reason, text: impl Into<String>, obstacles: Vec<Obstacle>) -> Self {
        Self { reason, text: text.into(), obstacles }
    }
}

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
    /// The answer would be larger than a client can take.
    AnswerTooLarge = "ANSWER_TOO_LARGE",
    /// A list has as many entries as it may have.
    LimitReached = "LIMIT_REACHED",
    /// The store is not reachable.
    StoreUnavailable = "STORE_UNAVAILABLE",
    /// The call took longer than the server allows.
    DeadlineExceeded = "DEADLINE_EXCEEDED",
    /// An error of the server.
    Internal = "INTERNAL",
}
