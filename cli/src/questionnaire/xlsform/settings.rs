//! The sheet `settings`, and the sheet of ours with the titles.

use focalnet_domain::questionnaire::{Texts, publication::is_key};

use super::{Finding, Findings, languages, read::NO_KEY, sheet::Row};

/// Columns that are read.
pub(super) const READ: &[&str] = &["form_title", "form_id", "default_language"];

/// What is said of the form as a whole.
#[derive(Debug)]
pub(super) struct Settings {
    /// Key of the questionnaire.
    pub(super) key: String,
    /// Its title.
    pub(super) title: Texts,
}

/// The language of the words that say none: the one of the settings, else the first that a column of the survey names.
pub(super) fn default_language(settings: &[Row], survey: &[Row], problems: &mut Vec<Finding>) -> String {
    if let Some(row) = settings.first().filter(|row| !row.get("default_language").is_empty()) {
        return languages::code(row.get("default_language")).unwrap_or_else(|| {
            problems
                .push(row.finding("default_language", "the language has no code: write as `French (fr)`"));
            "en".to_owned()
        });
    }
    let labels = || survey.iter().flat_map(|row| &row.cells).filter(|cell| cell.column == "label");
    if labels().any(|cell| cell.language.is_none()) {
        return "en".to_owned();
    }
    labels().find_map(|cell| cell.language.clone()).unwrap_or_else(|| "en".to_owned())
}

/// Reads the settings. Titles of the sheet of ours come before the title of the form.
pub(super) fn read(settings: &[Row], titles: &[Row], default: &str, findings: &mut Findings) -> Settings {
    let mut title = Texts::default();
    for row in titles {
        for entry in &row.texts("form_title", default, &mut findings.problems) {
            title.insert(&entry.language_code, entry.text.clone());
        }
    }
    let Some((row, more)) = settings.split_first() else {
        findings
            .remarks
            .push(Finding::of_sheet("settings", "there is no `form_id`: the key is `questionnaire`"));
        return Settings { title: titled(title, "questionnaire", default), key: "questionnaire".to_owned() };
    };
    if title.is_empty() {
        title = row.texts("form_title", default, &mut findings.problems);
    }
    let key = row.find("form_id").unwrap_or_else(|| {
        findings.remarks.push(row.finding("form_id", "there is no `form_id`: the key is `questionnaire`"));
        "questionnaire".to_owned()
    });
    if !is_key(&key) {
        findings.problems.push(row.finding("form_id", format!("`{key}` {NO_KEY}")));
    }
    for cell in row.cells.iter().filter(|cell| !READ.contains(&cell.column.as_str())) {
        findings.remarks.push(row.finding_at(&cell.header, "this setting is not kept"));
    }
    findings
        .remarks
        .extend(more.iter().map(|row| row.finding("", "there is one row of settings: this one is not read")));
    Settings { title: titled(title, &key, default), key }
}

/// A form without a title goes by its key, as in ODK.
fn titled(mut title: Texts, key: &str, default: &str) -> Texts {
    if title.is_empty() {
        title.insert(default, key.to_owned());
    }
    title
}
