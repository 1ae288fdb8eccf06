//! The sheet `gap_rules`, which is ours: the rules that tell a gap, one a row.

use focalnet_domain::questionnaire::{GapRule, GapSeverity, Question};

use super::{Findings, Places, read::condition, sheet::Row};

/// Columns that are read.
pub(super) const READ: &[&str] =
    &["question", "when", "stale_after_months", "severity", "provision", "description"];

/// Reads the rules into their questions.
pub(super) fn read(
    rows: &[Row],
    default: &str,
    questions: &mut [Question],
    places: &mut Places,
    findings: &mut Findings,
) {
    let problems = &mut findings.problems;
    for row in rows {
        let when = condition(row, "when", problems);
        let months = row.get("stale_after_months");
        let stale_after_months = months.parse::<i32>().ok();
        if stale_after_months.is_none() && !months.is_empty() {
            problems.push(row.finding("stale_after_months", format!("`{months}` is no number of months")));
        }
        let severity = row.get("severity").parse::<GapSeverity>().ok();
        if severity.is_none() {
            problems.push(row.finding("severity", "must be critical, major or minor"));
        }
        let description = row.texts("description", default, problems);
        let place = questions.iter().position(|question| question.key == row.get("question"));
        if let Some(rows) = place.and_then(|place| places.questions.get_mut(place)) {
            rows.gap_rules.push(row.clone());
        }
        let question = place.and_then(|place| questions.get_mut(place));
        match (question, severity) {
            (Some(question), Some(severity)) => question.gap_rules.push(GapRule {
                when,
                stale_after_months,
                severity,
                provision: row.get("provision").to_owned(),
                description,
            }),
            (None, _) => {
                problems
                    .push(row.finding("question", format!("there is no question `{}`", row.get("question"))));
            }
            (Some(_), None) => {}
        }
    }
}
