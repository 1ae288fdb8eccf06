//! When things happen: over ten years, the same whenever the load is made.

use chrono::{DateTime, Duration, NaiveDate, Utc};

/// Seconds of ten years.
const LENGTH: i64 = 10 * 365 * 24 * 3_600;

/// When everything begins: 1 January 2016, 8 o'clock.
pub(crate) fn first() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + Duration::seconds(1_451_635_200)
}

/// When one of so many things happens that happen one after the other.
pub(crate) fn of(place: usize, all: usize) -> DateTime<Utc> {
    let [place, all] = [place, all.max(1)].map(|number| i64::try_from(number).unwrap_or(i64::MAX));
    first() + Duration::seconds(LENGTH / all * place)
}

/// The day so many days later.
pub(crate) fn later(time: DateTime<Utc>, days: u64) -> NaiveDate {
    let days = Duration::days(i64::try_from(days).unwrap_or_default());
    (time + days).date_naive()
}
