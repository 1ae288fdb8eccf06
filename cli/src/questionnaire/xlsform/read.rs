//! A workbook read into a questionnaire.

use std::collections::BTreeMap;

use focalnet_domain::questionnaire::Document;

use super::{Finding, Findings, choices, gap_rules, own, settings, sheet, survey};

/// Tells why a text is no condition.
pub(crate) type Parse = fn(&str) -> Result<(), String>;

/// A questionnaire from a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Imported {
    /// What was read.
    pub(crate) document: Document,
    /// What of the workbook is not kept, in the order of its rows.
    pub(crate) remarks: Vec<Finding>,
}

/// What to say after a name that is no key.
pub(super) const NO_KEY: &str =
    "is no key: letters, digits, `_` and `-`, not beginning with a digit or `-`, 60 at most";

/// Reads a workbook, xlsx or xls. Without a document come all the reasons why, sheet by sheet.
///
/// White space around a text is not part of it. Groups within a group are one section with it, and each question keeps
/// the conditions of its groups. Questions outside any group are in sections of their own, `general`.
pub(crate) fn read(workbook: &[u8], parse: Parse) -> Result<Imported, Vec<Finding>> {
    let mut findings = Findings::default();
    let mut sheets: BTreeMap<String, Vec<sheet::Row>> = BTreeMap::new();
    for (name, range) in sheet::open(workbook).map_err(|problem| vec![problem])? {
        let rows = sheet_rows(&name, &range, &mut findings);
        if let Some(rows) = rows {
            sheets.insert(name.to_lowercase(), rows);
        }
    }
    let mut take = |name: &str| sheets.remove(name);
    let (settings, choices) = (take("settings").unwrap_or_default(), take("choices").unwrap_or_default());
    let (titles, gap_rules) =
        (take(own::TITLES).unwrap_or_default(), take(own::GAP_RULES).unwrap_or_default());
    let Some(survey) = take("survey") else {
        return Err(vec![Finding::of_sheet("survey", "the workbook has no such sheet")]);
    };

    let default = settings::default_language(&settings, &survey, &mut findings.problems);
    let settings = settings::read(&settings, &titles, &default, &mut findings);
    let mut choices = choices::read(&choices, &default, &mut findings);
    let (sections, mut questions) = survey::read(&survey, &mut choices, &default, parse, &mut findings);
    choices.finish(&mut findings);
    gap_rules::read(&gap_rules, &default, parse, &mut questions, &mut findings);

    let Findings { mut problems, mut remarks } = findings;
    if questions.is_empty() && problems.is_empty() {
        problems.push(Finding::of_sheet("survey", "there is no question in it"));
    }
    if problems.is_empty() {
        remarks.sort();
        let document = Document { key: settings.key, title: settings.title, sections, questions };
        return Ok(Imported { document, remarks });
    }
    problems.sort();
    Err(problems)
}

/// The rows of a sheet that is read; of any other that is not empty, a remark.
fn sheet_rows(
    name: &str,
    range: &calamine::Range<calamine::Data>,
    findings: &mut Findings,
) -> Option<Vec<sheet::Row>> {
    let known = ["survey", "choices", "settings", own::TITLES, own::GAP_RULES];
    if known.contains(&name.to_lowercase().as_str()) {
        return Some(sheet::rows(name, range, findings));
    }
    if !range.is_empty() {
        findings.remarks.push(Finding::of_sheet(name, "this sheet is not read"));
    }
    None
}

/// A condition as it is written, once it is one.
pub(super) fn condition(
    row: &sheet::Row,
    column: &str,
    text: Option<String>,
    parse: Parse,
    problems: &mut Vec<Finding>,
) -> Option<String> {
    if let Some(Err(reason)) = text.as_deref().map(parse) {
        problems.push(row.finding(column, format!("not a condition that is known here: {reason}")));
    }
    text
}
