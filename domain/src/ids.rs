//! Identifiers. All are random (version 4): an id that tells its age would tell a State when drafting began.

use uuid::Uuid;

/// A new random id.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one place that makes ids")]
pub fn new() -> Uuid {
    Uuid::new_v4()
}
