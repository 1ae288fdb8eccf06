//! The sheet `choices`: lists of options.

use std::collections::{BTreeMap, BTreeSet};

use focalnet_domain::questionnaire::QuestionOption;

use super::{Finding, Findings, columns::Leftovers, sheet::Row};

/// Columns that are read.
pub(super) const READ: &[&str] = &["list_name", "name", "label"];

/// A list of options, and what is wrong with it.
#[derive(Debug)]
struct List {
    first: Finding,
    options: Vec<QuestionOption>,
    rows: Vec<Row>,
    problems: Vec<Finding>,
    used: bool,
}

/// The lists by their names.
#[derive(Debug)]
pub(super) struct Choices(BTreeMap<String, List>);

/// Reads the lists.
pub(super) fn read(rows: &[Row], default: &str, findings: &mut Findings) -> Choices {
    let mut lists: BTreeMap<String, List> = BTreeMap::new();
    let mut leftovers = Leftovers::default();
    for row in rows {
        let (list, key) = (row.get("list_name"), row.get("name"));
        if list.is_empty() {
            let finding = row.finding("list_name", "this row names no list");
            if key.is_empty() { &mut findings.remarks } else { &mut findings.problems }.push(finding);
            continue;
        }
        let list = lists.entry(list.to_owned()).or_insert_with(|| List {
            first: row.finding("list_name", format!("the list `{list}` is not used")),
            options: Vec::new(),
            rows: Vec::new(),
            problems: Vec::new(),
            used: false,
        });
        leftovers.check(row, READ, &mut list.problems);
        let label = row.texts("label", default, &mut list.problems);
        if key.is_empty() || key.len() > 60 || key.chars().any(char::is_whitespace) {
            let text = format!("`{key}` must be 1 to 60 characters without a blank");
            list.problems.push(row.finding("name", text));
        } else if list.options.iter().any(|option| option.key == key) {
            list.problems.push(row.finding("name", format!("the list has the option `{key}` already")));
        }
        if label.is_empty() {
            list.problems.push(row.finding("label", "this option has no words"));
        }
        list.options.push(QuestionOption { key: key.to_owned(), label });
        list.rows.push(row.clone());
    }
    leftovers.finish(findings);
    Choices(lists)
}

impl Choices {
    /// The options of a list and their rows, nothing when there is no such list. Its problems are told when it is first
    /// used.
    pub(super) fn options(
        &mut self,
        list: &str,
        problems: &mut Vec<Finding>,
    ) -> Option<(Vec<QuestionOption>, Vec<Row>)> {
        let list = self.0.get_mut(list)?;
        list.used = true;
        problems.append(&mut list.problems);
        Some((list.options.clone(), list.rows.clone()))
    }

    /// Remarks on the lists that no question uses.
    pub(super) fn finish(self, findings: &mut Findings) {
        findings.remarks.extend(self.0.into_values().filter(|list| !list.used).map(|list| list.first));
    }
}

/// Whether these are the options of a question of yes or no.
pub(super) fn are_yes_and_no(options: &[QuestionOption]) -> bool {
    options.len() == 2
        && options.iter().map(|option| &*option.key).collect::<BTreeSet<_>>() == ["no", "yes"].into()
}
