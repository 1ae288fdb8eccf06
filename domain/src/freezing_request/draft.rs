//! Writing a request: draft, update, mark ready, amend.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    Changes, FreezingRequest, Measure, Origin, Recorded, RequestContent, content::Capacity, payload::Payload,
};
use crate::{
    error::Violation,
    names::{CaseId, OrderId, OrganizationId},
};

/// What a new request is made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewFreezingRequest {
    /// Whose request it is.
    pub origin: Origin,
    /// The case.
    pub case: CaseId,
    /// The order: of a Chamber's request only.
    pub order: Option<OrderId>,
    /// The State addressed.
    pub requested_state: OrganizationId,
    /// What is asked for.
    pub measures: Vec<Measure>,
    /// What it says.
    #[serde(default)]
    pub content: RequestContent,
}

impl NewFreezingRequest {
    /// What is wrong with it, beside what the completeness check will find.
    #[must_use]
    pub fn violations(&self) -> Vec<Violation> {
        let mut violations = Vec::new();
        match (self.origin, self.order) {
            (Origin::Chamber, None) => violations.push(Violation::new(
                "freezing_request.order",
                "a request of a Chamber rests on an order: name it",
            )),
            (Origin::Prosecutor | Origin::Registry, Some(_)) => violations.push(Violation::new(
                "freezing_request.order",
                "only a request of a Chamber rests on an order",
            )),
            _ => {}
        }
        violations.extend(content_violations("freezing_request.content", &self.content, self.case));
        violations
    }
}

/// Persons of a content must be of the request's own case, and a target is one of them.
fn content_violations(path: &str, content: &RequestContent, case: CaseId) -> Vec<Violation> {
    let check = |(position, person): (usize, &super::content::ConcernedPerson)| {
        let field = format!("{path}.persons[{position}].person");
        match person.person {
            Some(name) if name.parent != case => Some(Violation::new(field, "is not a person of this case")),
            None if person.capacity == Capacity::Target => {
                Some(Violation::new(field, "a target is a person of the case: name it"))
            }
            _ => None,
        }
    };
    content.persons.iter().enumerate().filter_map(check).collect()
}

/// New measures or content for a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Update {
    /// What is asked for from now on.
    pub measures: Option<Vec<Measure>>,
    /// What it says from now on.
    pub content: Option<RequestContent>,
}

impl Payload for Update {
    fn violations(&self, request: &FreezingRequest, _: DateTime<Utc>) -> Vec<Violation> {
        let content = self.content.as_ref();
        content.map_or_else(Vec::new, |c| content_violations("freezing_request.content", c, request.case))
    }

    fn perform(&self, request: &mut FreezingRequest, _: Recorded) -> Changes {
        if let Some(measures) = &self.measures {
            request.measures.clone_from(measures);
        }
        if let (Some(content), Some(version)) = (&self.content, &mut request.versions.unsent) {
            version.content.clone_from(content);
        }
        request.facts.override_reason = None;
        Changes { versions: self.content.is_some(), ..Changes::default() }
    }
}

/// The declaration that a draft is complete; the use case checks completeness.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkReady {
    /// Why it may leave although it is not complete.
    pub override_reason: Option<String>,
}

impl Payload for MarkReady {
    fn perform(&self, request: &mut FreezingRequest, _: Recorded) -> Changes {
        request.facts.override_reason.clone_from(&self.override_reason);
        Changes::default()
    }
}

/// A new version of the content of a request that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amend {
    /// The whole new content.
    pub content: RequestContent,
    /// Why; the State reads it with the new version.
    pub reason: String,
    /// Why it may leave although it is not complete.
    pub override_reason: Option<String>,
}

impl Payload for Amend {
    fn violations(&self, request: &FreezingRequest, _: DateTime<Utc>) -> Vec<Violation> {
        let mut violations = content_violations("content", &self.content, request.case);
        let sent = request.sent().map(|version| &version.content);
        let kept = sent.is_none_or(|sent| {
            let new = &self.content.persons;
            let same = |(position, old): (usize, &super::content::ConcernedPerson)| {
                new.get(position).is_some_and(|p| p.person == old.person)
            };
            sent.persons.iter().enumerate().all(same)
        });
        if !kept {
            violations.push(Violation::new(
                "content.persons",
                "persons keep their places: append new ones, and end the obligation for others by ceasing",
            ));
        }
        let dropped = sent.into_iter().flat_map(|sent| &sent.purposes);
        if dropped.clone().any(|old| self.content.purposes.iter().all(|new| new.purpose != old.purpose)) {
            violations
                .push(Violation::new("content.purposes", "a purpose ends by ceasing, not by an amendment"));
        }
        violations
    }

    fn perform(&self, request: &mut FreezingRequest, _: Recorded) -> Changes {
        let sent = request.sent();
        let changed_paths = sent.map_or_else(Vec::new, |old| difference(&old.content, &self.content));
        request.facts.override_reason.clone_from(&self.override_reason);
        request.versions.write(self.content.clone(), changed_paths, Some(self.reason.clone()));
        Changes { versions: true, ..Changes::default() }
    }
}

/// How many paths a version tells.
pub const PATHS: usize = 200;

/// Paths at which two contents differ, as `assets[1].location`, in the order of the content; where there are too many,
/// only what they begin with, as `assets[1]` or, at last, `assets`.
fn difference(old: &RequestContent, new: &RequestContent) -> Vec<String> {
    let (Ok(old), Ok(new)) = (serde_json::to_value(old), serde_json::to_value(new)) else {
        return Vec::new();
    };
    let mut paths = Vec::new();
    compare("", &old, &new, &mut paths);
    for ends in [&['.'][..], &['.', '[']] {
        if paths.len() > PATHS {
            for path in &mut paths {
                path.truncate(path.find(ends).unwrap_or(path.len()));
            }
            paths.dedup();
        }
    }
    paths
}

fn compare(path: &str, old: &serde_json::Value, new: &serde_json::Value, paths: &mut Vec<String>) {
    use serde_json::Value::{Array, Null, Object};
    match (old, new) {
        (Object(a), Object(b)) => {
            let absent = a.keys().filter(|key| !b.contains_key(*key));
            for key in b.keys().chain(absent) {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                compare(&path, a.get(key).unwrap_or(&Null), b.get(key).unwrap_or(&Null), paths);
            }
        }
        (Array(a), Array(b)) => {
            for position in 0..a.len().max(b.len()) {
                let (a, b) = (a.get(position).unwrap_or(&Null), b.get(position).unwrap_or(&Null));
                compare(&format!("{path}[{position}]"), a, b, paths);
            }
        }
        _ if old != new => paths.push(path.to_owned()),
        _ => {}
    }
}
