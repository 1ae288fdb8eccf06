//! What a refusal tells.

use prost::Message as _;
use tonic::{Code, Status};
use tonic_types::{StatusExt as _, pb};

use crate::wire::obstacles;

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

/// Whether something was refused because what is named has as many entries as it may have, and nothing else.
pub(crate) fn is_full(told: &Status, named: &str) -> bool {
    why(told) == (Code::FailedPrecondition, "LIMIT_REACHED".into()) && obstacles(told) == [named]
}

/// All that a caller can tell refusals apart by: everything on the wire but the time of day and the id of the call, which
/// the server makes anew for each.
pub(crate) fn all_of(status: &Status) -> (Code, String, String, Vec<String>) {
    let headers = status.metadata().clone().into_headers();
    let mut headers: Vec<_> = headers
        .iter()
        .filter(|(name, _)| *name != "date")
        .map(|(name, value)| format!("{name}: {}", String::from_utf8_lossy(value.as_bytes())))
        .collect();
    headers.sort();
    (status.code(), status.message().to_owned(), without_call_id(status.details()), headers)
}

/// The details without the one that tells the id of the call; it must be there, and be an id.
fn without_call_id(details: &[u8]) -> String {
    let mut all = pb::Status::decode(details).unwrap();
    let is_id = |detail: &&mut prost_types::Any| detail.type_url.ends_with("/google.rpc.RequestInfo");
    let mut ids: Vec<_> = all.details.iter_mut().filter(is_id).collect();
    assert_eq!(ids.len(), 1, "each refusal tells the id of its call, once");
    let id = pb::RequestInfo::decode(ids[0].value.as_slice()).unwrap();
    assert_eq!(id, pb::RequestInfo { serving_data: String::new(), ..id.clone() });
    assert_eq!(id.request_id.len(), 36);
    uuid::Uuid::parse_str(&id.request_id).unwrap();
    ids[0].value.clear();
    all.encode_to_vec().escape_ascii().to_string()
}
