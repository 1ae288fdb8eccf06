//! A questionnaire written as a workbook.

use std::collections::BTreeSet;

use focalnet_domain::questionnaire::{Document, GapRule, Question, QuestionType, Texts};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::{languages, own, types};

/// Yes and no in the official languages of the United Nations.
const YES_NO: &[(&str, &str, &str)] = &[
    ("ar", "نعم", "لا"),
    ("en", "Yes", "No"),
    ("es", "Sí", "No"),
    ("fr", "Oui", "Non"),
    ("ru", "Да", "Нет"),
    ("zh", "是", "否"),
];

/// A sheet as lines of text, the headers first.
type Table = Vec<Vec<String>>;

/// Writes a workbook: the same bytes for the same document. It fails when a text is longer than a cell can hold,
/// 32,767 characters.
///
/// The document must be sound: each question is written into its section.
pub(crate) fn write(document: &Document) -> Result<Vec<u8>, XlsxError> {
    let languages = languages_of(document);
    let default = default_language(document);
    let mut workbook = Workbook::new();
    // The time of writing would make each file another one.
    let epoch = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&epoch));
    sheet(&mut workbook, "survey", &survey(document, &languages))?;
    sheet(&mut workbook, "choices", &choices(document, &languages))?;
    sheet(&mut workbook, "settings", &settings(document, default))?;
    sheet(&mut workbook, own::GAP_RULES, &gap_rules(document, &languages))?;
    sheet(&mut workbook, own::TITLES, &titles(document, &languages))?;
    workbook.save_to_buffer()
}

fn sheet(workbook: &mut Workbook, name: &str, table: &Table) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let sheet = workbook.add_worksheet().set_name(name)?;
    sheet.set_freeze_panes(1, 0)?;
    for (row, cells) in (0..).zip(table) {
        for (column, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
            if row == 0 {
                sheet.write_string_with_format(row, column, text, &bold)?;
            } else {
                sheet.write_string(row, column, text)?;
            }
        }
    }
    Ok(())
}

fn survey(document: &Document, languages: &[&str]) -> Table {
    let mut header = strings(["type", "name"]);
    header.extend(headers("label", languages));
    header.extend(headers("hint", languages));
    header.extend(strings(["relevant", "required", "constraint"]));
    header.extend(headers("constraint_message", languages));
    header.extend(strings([own::TYPE, own::LEGAL_BASIS, own::FEEDS, own::CHANGE]));
    let mut table = vec![header];
    let yes_no = yes_no_list(document);
    for section in &document.sections {
        let mut begin = strings(["begin_group", &section.key]);
        begin.extend(cells(&section.label, languages));
        table.push(begin);
        for question in document.questions.iter().filter(|question| question.section == section.key) {
            table.push(question_row(question, &yes_no, languages));
        }
        table.push(strings(["end_group"]));
    }
    table
}

fn question_row(question: &Question, yes_no: &str, languages: &[&str]) -> Vec<String> {
    let written = types::written(question.kind);
    let kind = match question.kind {
        QuestionType::Boolean => format!("{written} {yes_no}"),
        QuestionType::SelectOne | QuestionType::SelectMultiple => format!("{written} {}", question.key),
        _ => written.to_owned(),
    };
    let mut row = vec![kind, question.key.clone()];
    row.extend(cells(&question.label, languages));
    row.extend(cells(&question.help, languages));
    row.extend(strings([
        question.relevant.as_deref().unwrap_or_default(),
        question.required.as_deref().unwrap_or_default(),
        question.constraint.as_deref().unwrap_or_default(),
    ]));
    row.extend(cells(&question.constraint_message, languages));
    row.extend(strings([
        question.kind.as_str(),
        question.legal_basis.as_deref().unwrap_or_default(),
        question.feeds.map_or("", |feed| feed.as_str()),
        question.change.map_or("", |change| change.as_str()),
    ]));
    row
}

fn choices(document: &Document, languages: &[&str]) -> Table {
    let mut header = strings(["list_name", "name"]);
    header.extend(headers("label", languages));
    let mut table = vec![header];
    if document.questions.iter().any(|question| question.kind == QuestionType::Boolean) {
        let list = yes_no_list(document);
        let words = |language: &str| {
            *YES_NO.iter().find(|(code, ..)| *code == language).unwrap_or(&("", "Yes", "No"))
        };
        let label = |pick: fn((&'static str, &'static str, &'static str)) -> &'static str| {
            languages.iter().map(|language| pick(words(language)).to_owned()).collect::<Vec<_>>()
        };
        table.push([strings([&list, "yes"]), label(|(_, yes, _)| yes)].concat());
        table.push([strings([&list, "no"]), label(|(_, _, no)| no)].concat());
    }
    for question in &document.questions {
        for option in &question.options {
            let mut row = strings([&question.key, &option.key]);
            row.extend(cells(&option.label, languages));
            table.push(row);
        }
    }
    table
}

fn settings(document: &Document, default: &str) -> Table {
    let title = document.title.in_language(default);
    vec![
        strings(["form_title", "form_id", "default_language"]),
        strings([title, &document.key, &languages::header(default)]),
    ]
}

fn gap_rules(document: &Document, languages: &[&str]) -> Table {
    let mut header = strings(["question", "when", "stale_after_months", "severity", "provision"]);
    header.extend(headers("description", languages));
    let mut table = vec![header];
    for question in &document.questions {
        for GapRule { when, stale_after_months, severity, provision, description } in &question.gap_rules {
            let months = stale_after_months.map(|months| months.to_string()).unwrap_or_default();
            let when = when.as_deref().unwrap_or_default();
            let mut row = strings([&question.key, when, &months, severity.as_str(), provision]);
            row.extend(cells(description, languages));
            table.push(row);
        }
    }
    table
}

fn titles(document: &Document, languages: &[&str]) -> Table {
    vec![headers("title", languages).collect(), cells(&document.title, languages).collect()]
}

/// The name of the list with yes and no. Lists go by the keys of their questions, and a question may have this one.
fn yes_no_list(document: &Document) -> String {
    let mut name = "yes_no".to_owned();
    while document.questions.iter().any(|question| question.key == name) {
        name.push('_');
    }
    name
}

/// The languages of all texts, in the order of their codes.
fn languages_of(document: &Document) -> Vec<&str> {
    let Document { title, sections, questions, .. } = document;
    let of_sections = sections.iter().map(|section| &section.label);
    let of_questions = questions.iter().flat_map(|question| {
        let options = question.options.iter().map(|option| &option.label);
        let rules = question.gap_rules.iter().map(|rule| &rule.description);
        let words = [&question.label, &question.help, &question.constraint_message];
        words.into_iter().chain(options).chain(rules)
    });
    let texts = std::iter::once(title).chain(of_sections).chain(of_questions);
    texts.flatten().map(|entry| entry.language_code.as_str()).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The language a form opens in: English, else the first of the title.
fn default_language(document: &Document) -> &str {
    let title = &document.title;
    let first = title.iter().next().map_or("en", |entry| entry.language_code.as_str());
    if title.get("en").is_some() { "en" } else { first }
}

fn headers<'a>(column: &'a str, languages: &'a [&str]) -> impl Iterator<Item = String> + 'a {
    languages.iter().map(move |code| format!("{column}::{}", languages::header(code)))
}

fn cells<'a>(texts: &'a Texts, languages: &'a [&str]) -> impl Iterator<Item = String> + 'a {
    languages.iter().map(|code| texts.get(code).unwrap_or_default().to_owned())
}

fn strings<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).into()
}
