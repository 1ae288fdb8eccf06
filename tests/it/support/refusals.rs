//! What a refusal tells.

use tonic::{Code, Status};
use tonic_types::StatusExt as _;

/// Code and reason.
pub(crate) fn why(status: &Status) -> (Code, String) {
    let details = status.get_error_details();
    (status.code(), details.error_info().map(|info| info.reason.clone()).unwrap_or_default())
}

/// Code and reason of a call that must have been refused.
#[track_caller]
pub(crate) fn refused<T: std::fmt::Debug>(outcome: Result<T, Status>) -> (Code, String) {
    why(&outcome.unwrap_err())
}

/// All that a caller can tell refusals apart by: everything on the wire but the time of day.
pub(crate) fn all_of(status: &Status) -> (Code, String, String, Vec<String>) {
    let headers = status.metadata().clone().into_headers();
    let mut headers: Vec<_> = headers
        .iter()
        .filter(|(name, _)| *name != "date")
        .map(|(name, value)| format!("{name}: {}", String::from_utf8_lossy(value.as_bytes())))
        .collect();
    headers.sort();
    (status.code(), status.message().to_owned(), status.details().escape_ascii().to_string(), headers)
}
