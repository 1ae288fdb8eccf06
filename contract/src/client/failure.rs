//! What went wrong, in words that say what to do next.

use std::{fmt::Write as _, time::Duration};

use focalnet_domain::questionnaire::response::AnswerConflict;
use serde_json::json;
use tonic::{Code, Status};
use tonic_types::StatusExt;

use super::{conflicts, escape, exit::Exit, hints};
use crate::wire::Misfit;

/// The end of a command that did not do what it was told.
#[derive(Debug)]
pub struct Failure {
    exit: Exit,
    message: String,
    next: Option<String>,
    said: Box<Said>,
}

/// What the server said, as far as it was the server.
#[derive(Debug, Default)]
struct Said {
    code: Option<Code>,
    reason: Option<String>,
    violations: Vec<Violation>,
    obstacles: Vec<(String, String)>,
    conflicts: Vec<AnswerConflict>,
    retry: Option<Duration>,
    /// The id that the server gave the call.
    call: Option<String>,
}

#[derive(Debug)]
struct Violation {
    field: String,
    flag: Option<String>,
    description: String,
}

impl Failure {
    /// A failure with its exit code and one sentence.
    pub fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: message.into(), next: None, said: Box::default() }
    }

    /// An error nobody foresaw.
    pub fn unexpected(message: impl Into<String>) -> Self {
        Self::new(Exit::Unexpected, message)
    }

    /// What the user wrote is not valid.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, message)
    }

    /// The same, and what to do next.
    #[must_use]
    pub fn next(mut self, next: impl Into<String>) -> Self {
        self.next = Some(next.into());
        self
    }

    /// The same for the operator: hints are for those who call a server.
    #[must_use]
    pub fn without_hint(self) -> Self {
        Self { next: None, ..self }
    }

    /// How the program will end.
    #[must_use]
    pub fn exit(&self) -> Exit {
        self.exit
    }

    /// The reason that the server gave, if it was the server.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.said.reason.as_deref()
    }

    /// What is wrong, in one sentence, for a conversation that goes on.
    #[must_use]
    pub fn explanation(&self) -> String {
        let told: Vec<_> =
            self.said.violations.iter().map(|violation| violation.description.as_str()).collect();
        if told.is_empty() { self.message.clone() } else { told.join("; ") }
    }

    /// The same, with the places where the user wrote the fields that the server names, as `place` finds them: flags of a
    /// command, cells of a file.
    #[must_use]
    pub fn at(mut self, place: impl Fn(&str) -> Option<String>) -> Self {
        for violation in &mut self.said.violations {
            violation.flag = place(&violation.field);
        }
        self
    }

    /// The same, with what is wrong with a file, each by its place; an empty place is the whole file.
    #[must_use]
    pub fn problems(mut self, problems: Vec<(String, String)>) -> Self {
        let violation = |(field, description)| Violation { field, flag: None, description };
        self.said.violations.extend(problems.into_iter().map(violation));
        self
    }

    /// The answers that stand against those that were sent.
    #[must_use]
    pub fn conflicts(&self) -> &[AnswerConflict] {
        &self.said.conflicts
    }

    /// The same, with conflicts found on this side where the server had no room to tell its own.
    #[must_use]
    pub fn or_conflicts(mut self, conflicts: Vec<AnswerConflict>) -> Self {
        let untold = self.said.conflicts.is_empty() && self.said.reason.as_deref() == Some("ANSWER_CONFLICT");
        if untold {
            self.said.conflicts = conflicts;
        }
        self
    }

    /// In lines for people.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!("focalnet: {}\n", escape::line(&self.message));
        for Violation { field, flag, description } in &self.said.violations {
            let place = escape::line(flag.as_ref().unwrap_or(field));
            let colon = if place.is_empty() { "" } else { ": " };
            let _ = writeln!(text, "  {place}{colon}{}", escape::line(description));
        }
        for (subject, description) in &self.said.obstacles {
            let _ = writeln!(text, "  {}: {}", escape::line(subject), escape::line(description));
        }
        text.push_str(&conflicts::text(&self.said.conflicts));
        if let Some(retry) = self.said.retry {
            let _ = writeln!(text, "  The server asks to wait {:.0} s.", retry.as_secs_f64().ceil());
        }
        if let Some(next) = &self.next {
            let _ = writeln!(text, "Next: {next}");
        }
        if let Some(call) = &self.said.call {
            let _ = writeln!(text, "Call: {}", escape::line(call));
        }
        text
    }

    /// In one line of JSON for programs.
    #[must_use]
    pub fn json(&self) -> String {
        let violations = self.said.violations.iter().map(
            |Violation { field, flag, description }| json!({"field": field, "flag": flag, "description": description}),
        );
        let obstacles = self
            .said
            .obstacles
            .iter()
            .map(|(subject, text)| json!({"subject": subject, "description": text}));
        let error = json!({"error": {
            "exit": self.exit as u8,
            "code": self.said.code.map(name),
            "reason": self.said.reason,
            "message": self.message,
            "violations": violations.collect::<Vec<_>>(),
            "obstacles": obstacles.collect::<Vec<_>>(),
            "conflicts": conflicts::json(&self.said.conflicts),
            "retry_after_seconds": self.said.retry.map(|retry| retry.as_secs_f64()),
            "next": self.next,
            "call": self.said.call,
        }});
        escape::json(&error.to_string()) + "\n"
    }
}

impl From<Status> for Failure {
    fn from(status: Status) -> Self {
        let details = status.get_error_details();
        let reason = details.error_info().map(|info| info.reason.clone());
        // A status with a source was made on this side: the connection broke.
        let lost = std::error::Error::source(&status).is_some();
        let mut failure = if lost {
            Self::new(Exit::Unavailable, format!("no connection to the server: {}", causes(&status)))
        } else {
            Self::new(status.code().into(), status.message())
        };
        failure.said.code = Some(if lost { Code::Unavailable } else { status.code() });
        failure.next = hints::next(reason.as_deref(), failure.exit).map(str::to_owned);
        failure.said.reason = reason;
        failure.said.call = details.request_info().map(|info| info.request_id.clone());
        failure.said.retry = details.retry_info().and_then(|info| info.retry_delay);
        failure.said.conflicts = conflicts::of(&status);
        failure.said.violations = details.bad_request().map_or_else(Vec::new, |bad| {
            let violation = |v: &tonic_types::FieldViolation| Violation {
                field: v.field.clone(),
                flag: None,
                description: v.description.clone(),
            };
            bad.field_violations.iter().map(violation).collect()
        });
        failure.said.obstacles = details.precondition_failure().map_or_else(Vec::new, |failed| {
            failed.violations.iter().map(|v| (v.subject.clone(), v.description.clone())).collect()
        });
        failure
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::unexpected(error.to_string())
    }
}

impl From<Misfit> for Failure {
    fn from(misfit: Misfit) -> Self {
        Self::unexpected(misfit.0)
    }
}

/// The last cause says most: `connection refused`, `invalid peer certificate`.
fn causes(error: &dyn std::error::Error) -> String {
    let mut last = error;
    while let Some(cause) = last.source() {
        last = cause;
    }
    last.to_string()
}

/// The name in the gRPC specification.
#[must_use]
pub fn name(code: Code) -> &'static str {
    match code {
        Code::Ok => "OK",
        Code::Cancelled => "CANCELLED",
        Code::Unknown => "UNKNOWN",
        Code::InvalidArgument => "INVALID_ARGUMENT",
        Code::DeadlineExceeded => "DEADLINE_EXCEEDED",
        Code::NotFound => "NOT_FOUND",
        Code::AlreadyExists => "ALREADY_EXISTS",
        Code::PermissionDenied => "PERMISSION_DENIED",
        Code::ResourceExhausted => "RESOURCE_EXHAUSTED",
        Code::FailedPrecondition => "FAILED_PRECONDITION",
        Code::Aborted => "ABORTED",
        Code::OutOfRange => "OUT_OF_RANGE",
        Code::Unimplemented => "UNIMPLEMENTED",
        Code::Internal => "INTERNAL",
        Code::Unavailable => "UNAVAILABLE",
        Code::DataLoss => "DATA_LOSS",
        Code::Unauthenticated => "UNAUTHENTICATED",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn violations_name_the_flags() {
        let mut details = tonic_types::ErrorDetails::new();
        details.set_error_info(
            "INVALID_ARGUMENT",
            "focalnet",
            std::collections::HashMap::<String, String>::new(),
        );
        details.add_bad_request_violation("case.case_number", "must look like \x1b ICC-01/05-01/08");
        let status = Status::with_error_details(Code::InvalidArgument, "invalid argument", details);
        let flag = |field: &str| (field == "case.case_number").then(|| "--case-number".to_owned());
        let failure = Failure::from(status).at(flag);
        assert_eq!(failure.exit(), Exit::Usage);
        let text = failure.text();
        assert!(text.contains("\n  --case-number: must look like \\u{1b} ICC-01/05-01/08\n"), "{text}");
        assert!(text.contains("\nNext: "), "{text}");
        let json: serde_json::Value = serde_json::from_str(&failure.json()).unwrap();
        assert_eq!(json["error"]["violations"][0]["flag"], "--case-number");
        assert_eq!(json["error"]["code"], "INVALID_ARGUMENT");
    }
}
