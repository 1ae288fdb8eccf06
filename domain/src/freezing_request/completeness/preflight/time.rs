//! Whether the day asked for leaves the State the time it says it needs.

use chrono::NaiveDate;

use super::Told;
use crate::{
    freezing_request::completeness::{Facts, Severity},
    questionnaire::answer::{Period, Value},
};

/// The day by which execution is asked for.
pub(super) fn execution_date(facts: &Facts<'_>) -> Option<NaiveDate> {
    facts.content.urgency.as_ref()?.execution_date
}

/// Whether it is urgent, with grounds.
pub(super) fn is_urgent(facts: &Facts<'_>) -> bool {
    let urgency = facts.content.urgency.as_ref();
    urgency.is_some_and(|urgency| {
        urgency.urgent && urgency.grounds.as_ref().is_some_and(|grounds| !grounds.trim().is_empty())
    })
}

/// A finding, if the day asked for does not leave the time that the State needs by its answer.
pub(super) fn too_soon(facts: &Facts<'_>, value: &Value, severity: Severity) -> Vec<Told> {
    let Value::Period(period) = value else { return Vec::new() };
    let earliest = period.after(facts.today);
    match (execution_date(facts), earliest) {
        (Some(asked), Some(earliest)) if asked < earliest => {
            let Period { amount, unit } = period;
            let text =
                format!("the State needs {amount} {unit}: not before {earliest}, or urgent with grounds");
            vec![Told(severity, None, text)]
        }
        _ => Vec::new(),
    }
}
