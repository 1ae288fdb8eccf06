//! The exit codes, which scripts may rely on.

use std::fmt::Write as _;

use tonic::Code;

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done.
    Ok = 0,
    /// An error nobody foresaw, on this side or the server's, or a proof that does not hold.
    Unexpected = 1,
    /// What was written or sent is not valid.
    Usage = 2,
    /// Not signed in, or not any more.
    NotSignedIn = 3,
    /// Signed in, but not allowed.
    Denied = 4,
    /// Not there, or not for the caller's eyes.
    NotFound = 5,
    /// The state of the world is against it.
    Conflict = 6,
    /// The server cannot be reached, is at its limit or too slow.
    Unavailable = 7,
}

/// What each code means, as `--help` prints it.
pub const EXITS: &[(Exit, &str)] = &[
    (Exit::Ok, "done"),
    (
        Exit::Unexpected,
        "unexpected or internal error; a receipt or journal that does not verify, a receipt without its event",
    ),
    (Exit::Usage, "wrong usage or invalid argument"),
    (Exit::NotSignedIn, "not signed in"),
    (Exit::Denied, "permission denied"),
    (Exit::NotFound, "not found, or not visible"),
    (Exit::Conflict, "refused by the state of the resource, stale, or exists already"),
    (Exit::Unavailable, "server unavailable, at its limit, or deadline exceeded"),
];

impl From<Code> for Exit {
    fn from(code: Code) -> Self {
        match code {
            Code::Ok => Self::Ok,
            Code::InvalidArgument | Code::OutOfRange => Self::Usage,
            Code::Unauthenticated => Self::NotSignedIn,
            Code::PermissionDenied => Self::Denied,
            Code::NotFound => Self::NotFound,
            Code::FailedPrecondition | Code::Aborted | Code::AlreadyExists => Self::Conflict,
            Code::Unavailable | Code::ResourceExhausted | Code::DeadlineExceeded => Self::Unavailable,
            Code::Cancelled | Code::Unknown | Code::Unimplemented | Code::Internal | Code::DataLoss => {
                Self::Unexpected
            }
        }
    }
}

/// The table for `--help`.
#[must_use]
pub fn help() -> String {
    let mut text = String::from("Exit codes:\n");
    for (exit, meaning) in EXITS {
        let _ = writeln!(text, "  {}  {meaning}", *exit as u8);
    }
    text
}
