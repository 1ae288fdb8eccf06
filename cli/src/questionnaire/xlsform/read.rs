//! A workbook read into a questionnaire.

use std::collections::BTreeMap;

use focalnet_domain::questionnaire::{
    Document,
    expression::{Expression, ParseError},
};

use super::{
    super::sheets, Finding, Findings, Places, choices, columns::truth, gap_rules, own, settings, sheet,
    survey,
};

/// The sheets that are read, and of each the columns that are part of the questionnaire.
const SHEETS: [(&str, &[&str]); 5] = [
    ("survey", survey::READ),
    ("choices", choices::READ),
    ("settings", settings::READ),
    (own::TITLES, settings::READ),
    (own::GAP_RULES, gap_rules::READ),
];

/// A questionnaire from a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Imported {
    /// What was read.
    pub(crate) document: Document,
    /// What of the workbook is not kept, in the order of its rows.
    pub(crate) remarks: Vec<Finding>,
    /// Where each part of the document stands.
    pub(crate) places: Places,
}

/// What to say after a name that is no key.
pub(super) const NO_KEY: &str =
    "is no key: letters, digits, `_` and `-`, not beginning with a digit or `-`, 60 at most";

/// Reads a workbook, xlsx or xls. Without a document come all the reasons why, sheet by sheet.
///
/// White space around a text is not part of it. Groups within a group are one section with it, and each question keeps
/// the conditions of its groups. Questions outside any group are in sections of their own, `general`.
pub(crate) fn read(workbook: &[u8]) -> Result<Imported, Vec<Finding>> {
    let mut findings = Findings::default();
    let mut sheets: BTreeMap<String, Vec<sheet::Row>> = BTreeMap::new();
    for (name, range) in sheets::open(workbook).map_err(|unreadable| vec![unreadable.into()])? {
        let rows = sheet_rows(&name, &range, &mut findings);
        if let Some(rows) = rows {
            sheets.insert(name.to_lowercase(), rows);
        }
    }
    let mut take = |name: &str| sheets.remove(name);
    let (form, choices) = (take("settings").unwrap_or_default(), take("choices").unwrap_or_default());
    let (titles, gap_rules) =
        (take(own::TITLES).unwrap_or_default(), take(own::GAP_RULES).unwrap_or_default());
    let Some(survey) = take("survey") else {
        return Err(vec![Finding::of_sheet("survey", "the workbook has no such sheet")]);
    };

    let default = settings::default_language(&form, &survey, &mut findings.problems);
    let settings = settings::read(&form, &titles, &default, &mut findings);
    let mut choices = choices::read(&choices, &default, &mut findings);
    let survey::Read { sections, mut questions, mut places } =
        survey::read(&survey, &mut choices, &default, &mut findings);
    choices.finish(&mut findings);
    gap_rules::read(&gap_rules, &default, &mut questions, &mut places, &mut findings);
    places.form = [titles, form].concat();

    let Findings { mut problems, mut remarks } = findings;
    if questions.is_empty() && problems.is_empty() {
        problems.push(Finding::of_sheet("survey", "there is no question in it"));
    }
    if problems.is_empty() {
        remarks.sort();
        let document = Document { key: settings.key, title: settings.title, sections, questions };
        return Ok(Imported { document, remarks, places });
    }
    problems.sort();
    Err(problems)
}

/// The rows of a sheet that is read; of any other that is not empty, a remark.
fn sheet_rows(
    name: &str,
    range: &calamine::Range<sheets::Cell>,
    findings: &mut Findings,
) -> Option<Vec<sheet::Row>> {
    if let Some((_, kept)) = SHEETS.iter().find(|(known, _)| *known == name.to_lowercase()) {
        return Some(sheet::rows(name, kept, range, findings));
    }
    if !range.is_empty() {
        findings.remarks.push(Finding::of_sheet(name, "this sheet is not read"));
    }
    None
}

/// The condition in a column as it is written, once it is one.
pub(super) fn condition(row: &sheet::Row, column: &str, problems: &mut Vec<Finding>) -> Option<String> {
    parsed(row, column, Expression::parse, problems)
}

/// The constraint of a question in its column.
pub(super) fn constraint(row: &sheet::Row, key: &str, problems: &mut Vec<Finding>) -> Option<String> {
    parsed(row, "constraint", |source| Expression::constraint(source, key), problems)
}

/// A word for true or false, or a condition that can be parsed.
fn parsed(
    row: &sheet::Row,
    column: &str,
    parse: impl Fn(&str) -> Result<Expression, ParseError>,
    problems: &mut Vec<Finding>,
) -> Option<String> {
    let text = row.find(column)?;
    if let Some(is_true) = truth(&text) {
        return Some(format!("{is_true}()"));
    }
    if let Err(reason) = parse(&text) {
        problems.push(row.finding(column, format!("not a condition that is known here: {reason}")));
    }
    Some(text)
}
