//! Cells as people fill them in: words for yes and no, ticks, days, formulas.

use focalnet_domain::questionnaire::Question;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

use super::{
    Finding, Imported,
    foreign::{Table, workbook},
    read,
};

/// A cell that is no text.
#[derive(Clone, Copy)]
enum Cell {
    Text(&'static str),
    Tick(bool),
    Number(f64),
    Day,
    Error,
}

use Cell::{Day, Error, Number, Text, Tick};

/// A form of two questions, the second with one more column, and with one more setting.
fn form(column: (&str, Cell), setting: (&str, Cell)) -> Result<Imported, Vec<Finding>> {
    let mut workbook = Workbook::new();
    let mut table = |name: &str, lines: &[&[Cell]]| {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        for (row, cells) in (0..).zip(lines) {
            for (place, cell) in (0..).zip(*cells) {
                match *cell {
                    Text(text) => sheet.write_string(row, place, text).unwrap(),
                    Tick(yes) => sheet.write_boolean(row, place, yes).unwrap(),
                    Number(number) => sheet.write_number(row, place, number).unwrap(),
                    Day => {
                        let day = ExcelDateTime::from_ymd(2024, 3, 1).unwrap();
                        let shown = Format::new().set_num_format("yyyy-mm-dd");
                        sheet.write_datetime_with_format(row, place, &day, &shown).unwrap()
                    }
                    Error => {
                        let formula = Formula::new("=NA()").set_result("#N/A");
                        sheet.write_formula(row, place, formula).unwrap()
                    }
                };
            }
        }
    };
    let header = |name: &str| Text(name.to_owned().leak());
    let first = [Text("integer"), Text("q1"), Text("Q1")];
    let second = [Text("integer"), Text("q2"), Text("Q2"), column.1];
    table("survey", &[&[Text("type"), Text("name"), Text("label"), header(column.0)], &first, &second]);
    table("settings", &[&[Text("form_id"), header(setting.0)], &[Text("f1"), setting.1]]);
    read(&workbook.save_to_buffer().unwrap())
}

fn second(column: &str, cell: Cell) -> Question {
    form((column, cell), ("style", Text("pages"))).unwrap().document.questions.remove(1)
}

fn told(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(ToString::to_string).collect()
}

#[test]
fn the_words_for_yes_and_no_stand_where_conditions_stand() {
    let yes = ["yes", "Yes", "YES", "true", "True", "TRUE", "true()"].map(Text);
    let no = ["no", "No", "NO", "false", "False", "FALSE", "false()"].map(Text);
    let yes = yes.into_iter().chain([Tick(true), Number(1.0)]).map(|cell| (cell, "true()"));
    let no = no.into_iter().chain([Tick(false), Number(0.0)]).map(|cell| (cell, "false()"));
    for (cell, expected) in yes.chain(no) {
        for column in ["relevant", "relevance", "bind::relevant"] {
            assert_eq!(second(column, cell).relevant.as_deref(), Some(expected));
        }
        assert_eq!(second("constraint", cell).constraint.as_deref(), Some(expected));
        // A question that need not be answered has no condition, unless one is written.
        let need = second("required", cell).required;
        assert!(need.as_deref() == Some(expected) || (expected == "false()" && need.is_none()), "{need:?}");
    }
    // In no other spelling, as for the converter of this format.
    for word in ["yES", "y", "oui", "2"] {
        let problems = form(("relevant", Text(word)), ("style", Text("pages"))).unwrap_err();
        assert!(told(&problems)[0].starts_with("survey, row 3, column relevant: not a condition"), "{word}");
    }
}

#[test]
fn a_row_is_disabled_by_a_word_for_yes() {
    for (cell, questions) in [
        (Text("yes"), 1),
        (Text("TRUE"), 1),
        (Tick(true), 1),
        (Text("no"), 2),
        (Tick(false), 2),
        (Text("later"), 2),
        (Number(1.0), 2),
        (Day, 2),
    ] {
        let imported = form(("disabled", cell), ("style", Text("pages"))).unwrap();
        assert_eq!(imported.document.questions.len(), questions);
    }
}

#[test]
fn what_is_not_kept_may_be_anything() {
    for cell in [Day, Error, Tick(true), Number(2.5)] {
        let Imported { document, remarks, .. } = form(("my notes", cell), ("version", cell)).unwrap();
        assert_eq!(document.questions.len(), 2);
        let told = told(&remarks);
        for remark in [
            "settings, row 2, column version: this setting is not kept",
            "survey, row 3, column my notes: what this column says is not kept",
        ] {
            assert!(told.iter().any(|other| other == remark), "{told:?}");
        }
    }
    // Not even two columns of one name that say different things stand against a form.
    let survey: Table =
        &[&["type", "name", "label", "my notes", "my notes"], &["text", "q", "Q", "one", "other"]];
    assert!(read(&workbook(&[("survey", survey)])).is_ok());
    // What is refused is refused for what it is.
    let problems = form(("default", Day), ("style", Text("pages"))).unwrap_err();
    assert_eq!(
        told(&problems),
        ["survey, row 3, column default: `default` is not supported: no answer is filled in beforehand"]
    );
    // What is kept must be a text.
    for (column, setting, place) in [
        (("hint", Day), ("style", Day), "survey, row 3, column hint: a date must be written as text"),
        (
            ("hint", Error),
            ("style", Error),
            "survey, row 3, column hint: the formula of this cell has the error #N/A: write what is meant",
        ),
        (
            ("note", Day),
            ("form_title", Day),
            "settings, row 2, column form_title: a date must be written as text",
        ),
    ] {
        assert_eq!(told(&form(column, setting).unwrap_err()), [place]);
    }
}

#[test]
fn a_language_is_known_in_upper_and_lower_case() {
    for (language, code) in [
        ("English (EN)", "en"),
        ("English (En)", "en"),
        ("EN", "en"),
        ("Portuguese (pt-br)", "pt-BR"),
        ("FRENCH", "fr"),
        ("twi", "twi"),
        ("Ewe (EWE)", "ewe"),
    ] {
        let header = format!("hint::{language}");
        let question = second(&header, Text("Words"));
        assert_eq!(question.help.get(code), Some("Words"), "{language}");
        let imported = form(("hint", Text("Words")), ("default_language", Text(language.to_owned().leak())));
        assert_eq!(imported.unwrap().document.questions[1].help.get(code), Some("Words"), "{language}");
    }
    for language in ["Eng", "Klingon", "English (English)"] {
        let problems = form((&format!("hint::{language}"), Text("x")), ("style", Text("pages"))).unwrap_err();
        assert!(told(&problems)[0].contains("the language has no code here"), "{language}");
    }
    // A language of words that are not kept is nobody's affair.
    assert!(form(("media_description::Klingon", Text("x")), ("description::Klingon", Text("x"))).is_ok());
}
