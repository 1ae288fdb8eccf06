//! The one place where an error becomes a status: code, reason and details, and nothing that a caller may not know.

use std::{collections::HashMap, time::Duration};

use focalnet_contract::{schema, wire};
use focalnet_domain::{
    error::{Obstacle, Reason, Violation},
    questionnaire::response::AnswerConflict,
};
use prost::Message as _;
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt as _, pb};

use crate::error::Error;

/// Details travel in one header, of which clients take 16 KiB: more entries, or longer ones, would cost the status.
const MAX_ENTRIES: usize = 50;
const MAX_BYTES: usize = 8_000;

/// When to try again while the store is away.
const RETRY: Duration = Duration::from_secs(1);

impl From<Error> for Status {
    fn from(error: Error) -> Self {
        let text = error.to_string();
        match error {
            Error::Unauthenticated(reason) => {
                status(Code::Unauthenticated, reason, text, ErrorDetails::new())
            }
            Error::NotFound(absent) => {
                tracing::Span::current().record("absent", absent);
                status(Code::NotFound, Reason::NotFound, text, ErrorDetails::new())
            }
            Error::PermissionDenied(reason, _) => {
                status(Code::PermissionDenied, reason, text, ErrorDetails::new())
            }
            Error::Invalid(violations) => invalid(Reason::InvalidArgument, &text, &violations),
            Error::RequestIdReused => {
                let violation =
                    Violation::new("request_id", "was used before with other content; take a new one");
                invalid(Reason::RequestIdReused, &text, &[violation])
            }
            Error::Incomplete(violations) => invalid(Reason::Incomplete, &text, &violations),
            Error::Precondition(reason, text, obstacles) => precondition(reason, &text, &obstacles),
            Error::Stale => status(Code::Aborted, Reason::Stale, text, ErrorDetails::new()),
            Error::AnswerConflict(conflicts) => conflict(&text, &conflicts),
            Error::Exists(field) => {
                let mut details = ErrorDetails::new();
                details.add_bad_request_violation(field, "is taken");
                status(Code::AlreadyExists, Reason::AlreadyExists, text, details)
            }
            Error::Exhausted(reason, wait) => {
                status(Code::ResourceExhausted, reason, text, ErrorDetails::with_retry_info(Some(wait)))
            }
            Error::Unavailable => {
                let details = ErrorDetails::with_retry_info(Some(RETRY));
                status(Code::Unavailable, Reason::StoreUnavailable, text, details)
            }
            Error::Deadline => {
                status(Code::DeadlineExceeded, Reason::DeadlineExceeded, text, ErrorDetails::new())
            }
            Error::Internal(source) => {
                tracing::error!(error = source.as_ref(), "internal error");
                status(Code::Internal, Reason::Internal, text, ErrorDetails::new())
            }
        }
    }
}

fn status(code: Code, reason: Reason, text: String, mut details: ErrorDetails) -> Status {
    details.set_error_info(reason.as_str(), "focalnet", HashMap::<String, String>::new());
    Status::with_error_details(code, text, details)
}

fn invalid(reason: Reason, text: &str, violations: &[Violation]) -> Status {
    let mut details = ErrorDetails::new();
    let told = fitting(violations.iter().map(|v| v.field.len() + v.description.len()));
    for violation in &violations[..told] {
        details.add_bad_request_violation(&violation.field, &violation.description);
    }
    status(Code::InvalidArgument, reason, counted(text, told, violations.len()), details)
}

fn precondition(reason: Reason, text: &str, obstacles: &[Obstacle]) -> Status {
    let mut details = ErrorDetails::new();
    let told = fitting(obstacles.iter().map(|o| o.subject.len() + o.description.len()));
    for obstacle in &obstacles[..told] {
        details.add_precondition_failure_violation(reason.as_str(), &obstacle.subject, &obstacle.description);
    }
    status(Code::FailedPrecondition, reason, counted(text, told, obstacles.len()), details)
}

/// Both answers of each conflict travel as a detail of our own, beside the reason.
fn conflict(text: &str, conflicts: &[AnswerConflict]) -> Status {
    let plain = status(Code::Aborted, Reason::AnswerConflict, text.to_owned(), ErrorDetails::new());
    let Ok(mut details) = pb::Status::decode(plain.details()) else { return plain };
    let Ok(told) = detail("AnswerConflicts", &serde_json::json!({ "conflicts": conflicts })) else {
        return plain;
    };
    // A detail that does not fit into the header would cost the status: then reading the response again tells all.
    if told.value.len() > MAX_BYTES {
        return plain;
    }
    details.details.push(told);
    Status::with_details(Code::Aborted, text, details.encode_to_vec().into())
}

/// A message of the contract as a detail.
fn detail(name: &str, value: &serde_json::Value) -> focalnet_contract::wire::Result<prost_types::Any> {
    let full = format!("focalnet.v1.{name}");
    let value = wire::write(schema::shape(&full)?, value, &wire::Everything)?;
    Ok(prost_types::Any { type_url: format!("type.googleapis.com/{full}"), value })
}

/// How many entries of these lengths fit.
fn fitting(lengths: impl Iterator<Item = usize>) -> usize {
    let mut bytes = 0;
    let fits = |length: &usize| {
        bytes += length;
        bytes <= MAX_BYTES
    };
    lengths.take(MAX_ENTRIES).take_while(fits).count()
}

fn counted(text: &str, told: usize, all: usize) -> String {
    if told < all { format!("{text}: the first {told} of {all} problems are named") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use focalnet_contract::schema::POOL;

    use super::*;

    #[test]
    fn reasons_are_those_of_the_contract() {
        let list = POOL.get_enum_by_name("focalnet.v1.ErrorReason").unwrap();
        let named = |value: prost_reflect::EnumValueDescriptor| value.name().replacen("ERROR_REASON_", "", 1);
        let contract: BTreeSet<_> = list.values().filter(|value| value.number() != 0).map(named).collect();
        let code: BTreeSet<_> = Reason::ALL.iter().map(|reason| reason.as_str().to_owned()).collect();
        assert_eq!(contract, code);
        assert_eq!(code.len(), Reason::ALL.len());
    }

    #[test]
    fn every_error_has_code_and_reason() {
        let table = [
            (Error::Unauthenticated(Reason::LoginFailed), Code::Unauthenticated, "LOGIN_FAILED"),
            (Error::NotFound("order"), Code::NotFound, "NOT_FOUND"),
            (Error::PermissionDenied(Reason::RoleMissing, "no"), Code::PermissionDenied, "ROLE_MISSING"),
            (Error::invalid("a", "b"), Code::InvalidArgument, "INVALID_ARGUMENT"),
            (Error::RequestIdReused, Code::InvalidArgument, "REQUEST_ID_REUSED"),
            (Error::Incomplete(vec![]), Code::InvalidArgument, "INCOMPLETE"),
            (
                Error::Precondition(Reason::WrongState, "x".into(), vec![]),
                Code::FailedPrecondition,
                "WRONG_STATE",
            ),
            (Error::Stale, Code::Aborted, "STALE"),
            (Error::Exists("login"), Code::AlreadyExists, "ALREADY_EXISTS"),
            (Error::Exhausted(Reason::Throttled, RETRY), Code::ResourceExhausted, "THROTTLED"),
            (Error::Unavailable, Code::Unavailable, "STORE_UNAVAILABLE"),
            (Error::Deadline, Code::DeadlineExceeded, "DEADLINE_EXCEEDED"),
            (Error::internal("secret"), Code::Internal, "INTERNAL"),
        ];
        for (error, code, reason) in table {
            let status = Status::from(error);
            let details = status.get_error_details();
            let info = details.error_info().unwrap();
            assert_eq!(
                (status.code(), info.reason.as_str(), info.domain.as_str()),
                (code, reason, "focalnet")
            );
            assert!(!status.message().contains("secret"));
            let waits = matches!(code, Code::ResourceExhausted | Code::Unavailable);
            assert_eq!(details.retry_info().is_some(), waits, "{reason}");
        }
    }

    #[test]
    fn details_fit_a_header() {
        for (length, told) in [(20, 50), (1_000, 8)] {
            let violations = (0..300).map(|n| Violation::new(format!("f[{n:03}]"), "x".repeat(length - 6)));
            let status = Status::from(Error::Invalid(violations.collect()));
            assert_eq!(status.get_error_details().bad_request().unwrap().field_violations.len(), told);
            assert!(status.message().contains(&format!("first {told} of 300")));
            assert!(status.details().len() < 12_000, "base64 makes it a third longer");
        }
        let obstacles =
            (0..60).map(|n| Obstacle::new(format!("assets/{n}"), "is neither released nor returned"));
        let status = Status::from(Error::Precondition(
            Reason::AssetsOutstanding,
            "assets".into(),
            obstacles.collect(),
        ));
        assert_eq!(status.get_error_details().precondition_failure().unwrap().violations.len(), 50);
    }
}
