//! Time as a parameter: everything that happens in focalnet is dated by a `Clock`, never by the system's time itself.

use chrono::{DateTime, Duration, SubsecRound, Utc};

/// Hands out the present instant, cut to the microseconds that the store keeps.
///
/// In the development profile an offset, kept in the database so that all processes agree, is added; it is zero
/// everywhere else.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clock;

impl Clock {
    /// The system's time plus `offset`.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the system's time")]
    pub fn now(self, offset: Duration) -> DateTime<Utc> {
        (Utc::now() + offset).trunc_subsecs(6)
    }
}
