//! Time as a parameter: everything that happens in focalnet is dated by a `Clock`, never by the system's time itself.

use chrono::{DateTime, Duration, NaiveDate, SubsecRound, Utc};

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

/// The latest day anywhere on Earth at an instant, which is the day in the time zone UTC+14. What has happened somewhere is
/// dated this day at the latest.
#[must_use]
pub fn latest_day(at: DateTime<Utc>) -> NaiveDate {
    (at + Duration::hours(14)).date_naive()
}

/// What is wrong with the day of something that is said to have happened.
#[must_use]
pub fn not_yet(day: NaiveDate, latest_day: NaiveDate) -> Option<String> {
    (day > latest_day).then(|| format!("is in the future: the latest day anywhere on Earth is {latest_day}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_first_where_it_is_utc_plus_14() {
        for (at, day) in [
            ("2026-12-01T09:59:59Z", "2026-12-01"),
            ("2026-12-01T10:00:00Z", "2026-12-02"),
            ("2026-12-31T23:00:00Z", "2027-01-01"),
        ] {
            let latest = latest_day(at.parse().unwrap());
            assert_eq!(latest, day.parse().unwrap(), "{at}");
            assert_eq!(not_yet(latest, latest), None);
            let told = format!("is in the future: the latest day anywhere on Earth is {day}");
            assert_eq!(not_yet(latest.succ_opt().unwrap(), latest), Some(told));
        }
    }
}
