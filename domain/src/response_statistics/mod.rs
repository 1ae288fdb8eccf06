//! How many States answered the questionnaires they were asked to answer, by year and regional group, in a form that
//! may be published: no number tells how one or two States behaved. `suppression` says which numbers are left out, and
//! why the others do not give them away.
//!
//! A cell counts States, not circulations. A State asked several times within a period counts once as asked; it
//! counts as answered when it answered every circulation of the period by the day the statistics are taken, and as
//! answered in time when it answered each of them on or before its due date. A State whose time is still running
//! counts as not answered. A circulation belongs to the period of the day it was circulated.
//!
//! What is left out is safe within one table. Two tables that differ by a few days can be subtracted from
//! each other: so whoever publishes tables must keep to one sequence of periods, and to one day for each
//! period at which its statistics are taken.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use uuid::Uuid;

use self::suppression::{Counts, Hidden};
use super::states::RegionalGroup;

mod suppression;
#[cfg(test)]
mod tests;

/// A State asked to answer a questionnaire: one per State and circulation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The regional group of the State. When it differs within a period, that of the latest circulation counts.
    pub group: RegionalGroup,
    /// The State.
    pub state: Uuid,
    /// Day the questionnaire was circulated.
    pub circulate_date: NaiveDate,
    /// Last day to answer.
    pub due_date: NaiveDate,
    /// Day the answer was attested.
    pub attest_date: Option<NaiveDate>,
}

/// What the statistics cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Query {
    /// First day of the first period; each period is a year from here, as from 16 September to 15 September.
    pub start: NaiveDate,
    /// Day after the last period, which may be shorter than a year.
    pub end: NaiveDate,
    /// The day the statistics are taken: later circulations and answers do not count.
    pub known: NaiveDate,
}

/// The statistics of one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub start: NaiveDate,
    /// Day after the last.
    pub end: NaiveDate,
    /// One row per regional group in their order, then the row of all States.
    pub rows: Vec<Row>,
}

/// Numbers of States; `None` where a number is suppressed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Row {
    /// The regional group; `None` is the row of all States.
    pub group: Option<RegionalGroup>,
    /// Asked at least once.
    pub asked: Option<i64>,
    /// Answered all they were asked.
    pub answered: Option<i64>,
    /// Answered all they were asked, each by its due date.
    pub answered_in_time: Option<i64>,
    /// Did not answer, or not all.
    pub not_answered: Option<i64>,
    /// Answered out of asked, in percent with one decimal, half rounded up, as `62.5`; `None` also where nobody was
    /// asked.
    pub rate: Option<String>,
}

/// Where a State stands, from best to worst: over several circulations the worst counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    InTime,
    Late,
    NotAnswered,
}

/// The statistics of every period of `query`, in their order; none when it ends before it starts.
///
/// `asked` is gone through once per period: who calls limits the years.
#[must_use]
pub fn response_statistics(asked: &[Asked], query: &Query) -> Vec<Period> {
    let year = |months| query.start.checked_add_months(Months::new(months));
    (0..)
        .step_by(12)
        .map_while(|months| {
            Some((year(months)?, year(months + 12).map_or(query.end, |end| end.min(query.end))))
        })
        .take_while(|(start, _)| *start < query.end)
        .map(|(start, end)| {
            let within = asked.iter().filter(|row| (start..end).contains(&row.circulate_date));
            Period { start, end, rows: rows(&count(within, query.known)) }
        })
        .collect()
}

/// The counts of each group of which a State was asked by the day `known`.
fn count<'a>(asked: impl Iterator<Item = &'a Asked>, known: NaiveDate) -> BTreeMap<RegionalGroup, Counts> {
    let mut states = BTreeMap::new();
    for row in asked.filter(|row| row.circulate_date <= known) {
        let standing = match row.attest_date {
            Some(day) if day <= known && day <= row.due_date => Standing::InTime,
            Some(day) if day <= known => Standing::Late,
            _ => Standing::NotAnswered,
        };
        let latest = (row.circulate_date, row.group);
        let state = states.entry(row.state).or_insert((latest, standing));
        *state = (state.0.max(latest), state.1.max(standing));
    }
    let mut counted = BTreeMap::<_, Counts>::new();
    for ((_, group), standing) in states.into_values() {
        let counts = counted.entry(group).or_default();
        match standing {
            Standing::InTime => counts.in_time += 1,
            Standing::Late => counts.late += 1,
            Standing::NotAnswered => counts.not_answered += 1,
        }
    }
    counted
}

/// The rows of a period as they may be published.
fn rows(counted: &BTreeMap<RegionalGroup, Counts>) -> Vec<Row> {
    let hidden = Hidden::of(counted);
    let groups = RegionalGroup::ALL
        .iter()
        .map(|group| (Some(*group), counted.get(group).copied().unwrap_or_default()));
    groups
        .chain([(None, counted.values().copied().sum())])
        .map(|(group, counts)| row(group, counts, &hidden))
        .collect()
}

fn row(group: Option<RegionalGroup>, counts: Counts, hidden: &Hidden) -> Row {
    let shown = |number| (!hidden.answers.contains(&group)).then_some(number);
    Row {
        group,
        asked: shown(counts.asked()),
        answered: shown(counts.answered()),
        answered_in_time: (!hidden.times.contains(&group)).then_some(counts.in_time),
        not_answered: shown(counts.not_answered),
        rate: shown(counts.asked()).and_then(|asked| percent(counts.answered(), asked)),
    }
}

/// `part` of `whole` in percent with one decimal, half rounded up; nothing of nothing has no rate.
fn percent(part: i64, whole: i64) -> Option<String> {
    let per_mille = (2000 * part + whole).checked_div(2 * whole)?;
    Some(format!("{}.{}", per_mille / 10, per_mille % 10))
}
