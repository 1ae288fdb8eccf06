//! What publication has against a form is told where it stands in the workbook.

use focalnet_domain::questionnaire::publication;

use super::{
    super::{super::samples::sample, write},
    foreign::{Table, workbook},
    read,
};

/// What publication has against a form, as the command line tells it.
fn told(sheets: &[(&str, Table)]) -> Vec<String> {
    let imported = read(&workbook(sheets)).unwrap();
    let violations = publication::violations(&imported.document, None);
    let line = |found: &focalnet_domain::error::Violation| {
        format!("{}: {}", imported.places.of(&found.field).unwrap(), found.description)
    };
    violations.iter().map(line).collect()
}

#[test]
fn a_question_that_refers_to_itself_is_told_by_sheet_and_row() {
    let survey: Table = &[&["type", "name", "label", "relevant"], &["text", "q1", "Q1", "${q1} != ''"]];
    assert_eq!(
        told(&[("survey", survey)]),
        ["survey, row 2, column relevant: `q1`: depends on itself, in the circle of `q1`"]
    );
}

#[test]
fn everything_that_publication_refuses_has_its_row() {
    let survey: Table = &[
        &["type", "name", "label", "Required", "constraint", "relevance", "focalnet_feeds", "hint"],
        &["begin group", "g", "G"],
        &["integer", "q1", "Q1", "${q9} = ''", ". > ${q8}", "", "interpol"],
        &["select_one l", "q2", "Q2", "", ". = 'z'"],
        &["note", "", "Read this.", "yes", ". != ''"],
        &[],
        &["text", "q3", "Q3", "", "", "${generated_note_name_5} = ''"],
        &["end group"],
    ];
    let choices: Table = &[&["list_name", "name", "label"], &["l", "a", "A"], &["l", "b", "B"]];
    let rules: Table = &[
        &["question", "when", "severity", "provision", "description"],
        &["q2", "${q2} = 'x'", "minor", "RS 88", "None"],
        &["q2", "${q2} = 'a'", "minor", " ", "None"],
    ];
    let settings: Table = &[&["form_id", "form_title"], &["f", "F"]];
    let sheets = [("survey", survey), ("choices", choices), ("gap_rules", rules), ("settings", settings)];
    assert_eq!(
        told(&sheets),
        [
            "survey, row 3, column focalnet_feeds: a contact feeds focal points; one of the options diplomatic, ministry, \
             other and none the channel; a choice of several options, or a text, of which language tags count, the languages; \
             a text the description of the channel; yes or no whether INTERPOL is accepted",
            "survey, row 4, column constraint: `q2`: `z` is no option of `q2`",
            "gap_rules, row 2, column when: `q2`: `x` is no option of `q2`",
            "gap_rules, row 3, column provision: name the obligation",
            "survey, row 5, column Required: a note has no answer: leave this out",
            "survey, row 5, column constraint: a note has no answer: leave this out",
            "survey, row 7, column relevance: `q3`: refers to `generated_note_name_5`, which is a note and has no answer",
            "survey, row 3, column Required: `q1`: refers to `q9`, which is no question",
            "survey, row 3, column constraint: `q1`: refers to `q8`, which is no question",
        ]
    );
}

#[test]
fn every_part_of_a_document_has_a_place() {
    let places = read(&write(&sample()).unwrap()).unwrap().places;
    for (path, place) in [
        ("questionnaire.key", "settings, row 2, column form_id"),
        ("questionnaire.title[1].text", "focalnet, row 2, column title::English (en)"),
        ("sections[1].key", "survey, row 7, column name"),
        ("questionnaire.sections[0].label", "survey, row 2, column label::English (en)"),
        ("questionnaire.questions[0].help[0].text", "survey, row 3, column hint::English (en)"),
        ("questions[0].key", "survey, row 3, column name"),
        ("questions[0].legal_basis", "survey, row 3, column focalnet_legal_basis"),
        ("questions[0].gap_rules", "survey, row 3"),
        ("questions[0].gap_rules[1].stale_after_months", "gap_rules, row 3, column stale_after_months"),
        ("questions[3].options", "survey, row 8, column type"),
        ("questions[3].options[1].key", "choices, row 5, column name"),
        ("questions[7].constraint_message", "survey, row 12, column constraint_message::English (en)"),
    ] {
        assert_eq!(places.of(path).as_deref(), Some(place), "{path}");
    }
    for path in ["", "questions", "questions[99].label", "questions[x].label", "sections[0", "etag"] {
        assert_eq!(places.of(path), None, "{path}");
    }
}
