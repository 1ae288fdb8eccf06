//! Every way in which a workbook can be wrong, with the cell that is named.

use super::*;

/// Changes one cell of the workbook with all answers.
fn problems(name: &str, column: Column, cell: impl Into<Data>) -> Vec<String> {
    let mut edited = Edited::new(&answers());
    edited.set(name, column, cell);
    edited.changes(&answers()).unwrap_err()
}

#[test]
fn each_cell_that_cannot_be_read_is_named() {
    use Column::{
        Absence, Answer, Comment, CommentLanguage, Confirm, Language, Part, Shared, Unit, ValidFrom,
    };
    let error = || Data::Error(calamine::CellErrorType::Ref);
    let date = "must be a date, or text as 2026-03-31";
    let list = "must be one of: unknown or unclear, does not apply, under reform, withheld, taken back";
    let tag = "must be a BCP 47 language tag, as fr or pt-BR";
    let below = "the answer belongs into the rows below";
    let above = "this belongs into the row of the question";
    let whole = "must be a whole number";
    let table: &[(&str, Column, Data, &str, &str)] = &[
        ("A1", Answer, text("perhaps"), "E3", "must be yes or no"),
        ("A1", Answer, error(), "E3", "the formula of this cell has the error #REF!: write what is meant"),
        ("A1", Unit, text("days"), "G3", "only a length of time has a unit"),
        (
            "A1",
            Absence,
            text("unknown or unclear"),
            "H3",
            "there is an answer and a reason why there is none: one of them must go",
        ),
        ("A1", Absence, text("no idea"), "H3", list),
        ("A1", ValidFrom, text("1 March"), "I3", date),
        ("A1", ValidFrom, 2026.0.into(), "I3", date),
        ("A1", ValidFrom, text("2026-02-30"), "I3", date),
        ("A1", Shared, text("perhaps"), "J3", "must be yes or no"),
        ("A1", Comment, error(), "K3", "the formula of this cell has the error #REF!: write what is meant"),
        ("A1", CommentLanguage, text("français"), "L3", tag),
        ("A1", Confirm, text("perhaps"), "N3", "must be yes or no"),
        ("A1", Part, text("x"), "B3", "`x` is no part of an answer to `A1`"),
        ("A1", Column::Key, text("Z9"), "A3", "`Z9` is no question of this questionnaire"),
        ("A1", Column::Key, Data::Empty, "A3", "the key of the question is missing"),
        ("A2", Answer, text("Law"), "E4", below),
        ("A2 1.title", Answer, Data::Empty, "E5", "the title of the law is missing"),
        ("A2 1.title", Language, text("EN"), "F5", tag),
        ("A2 1.title", Shared, text("yes"), "J5", above),
        ("A2 1.in_force_from", Answer, text("1905"), "E8", date),
        ("A2 1.url", Part, text("0.url"), "B7", "`0.url` is no part of an answer to `A2`"),
        ("A3 authority", Answer, Data::Empty, "E18", "name the authority, the person, or both"),
        ("A3 email", Answer, text("nobody"), "E21", "is not an address of the form `name@domain`"),
        ("A3 around_the_clock", Answer, text("at night"), "E23", "must be yes or no"),
        ("B1", Answer, text("Direct"), "E25", below),
        ("B1 direct", Answer, text("perhaps"), "E27", "must be yes or no"),
        ("B2", Answer, text("three"), "E28", whole),
        ("B2", Answer, Data::Empty, "E28", "there is a unit and no number"),
        ("B2", Answer, Data::Float(-1.0), "E28", "must be from 0 to 10000"),
        ("B2", Answer, Data::Float(1e12), "E28", "must be from 0 to 10000"),
        ("B2", Unit, Data::Empty, "G28", "the unit of the answer is missing"),
        ("B2", Unit, text("weeks"), "G28", "must be one of: hours, days, months, years"),
        ("B3", Answer, text("Twice"), "E29", "is none of the options: Once; Always"),
        ("B4", Language, text("english"), "F30", tag),
        ("B5", Answer, Data::Float(1.5), "E31", whole),
        ("B5", Answer, Data::Float(1e17), "E31", "the spreadsheet has rounded this number: write it as text"),
        ("B5", Answer, text("12b"), "E31", whole),
        ("B6", Answer, text("1e5"), "E32", "must be a decimal number, as 12.5"),
        (
            "B6",
            Answer,
            text("1,234"),
            "E32",
            "`1,234` can be read in two ways: write it without a comma, as 12.5",
        ),
        ("B6", Answer, text("1,2,3"), "E32", "must be a decimal number, as 12.5"),
        ("B7", Answer, text("31/12/2026"), "E33", date),
        ("B8 sha256", Answer, text("abc"), "E37", "must be 64 hexadecimal digits"),
        ("B8 size_bytes", Answer, Data::Float(-1.0), "E38", "must be at least 1"),
        ("B8 size_bytes", Answer, Data::Empty, "E38", "must be said of a file"),
        ("B8 language", Answer, text("?"), "E39", tag),
    ];
    for (name, column, cell, place, reason) in table {
        let found = problems(name, *column, cell.clone());
        let expected = format!("answers!{place}: {reason}");
        assert!(found.contains(&expected), "{name} {cell:?}: {found:#?}, not {expected}");
        // A row without its key is also one that is missing.
        assert!(
            found.len() == 1 || [Column::Key, Column::Part].contains(column),
            "{name} {cell:?}: {found:#?}"
        );
    }
}

#[test]
fn all_problems_are_named_at_once() {
    let mut edited = Edited::new(&answers());
    edited.set("A1", Column::Answer, text("perhaps")).set("A1", Column::ValidFrom, text("soon"));
    edited.set("B5", Column::Answer, text("many")).set("B8 kind", Column::Answer, Data::Empty);
    let found = edited.changes(&answers()).unwrap_err();
    let cells: Vec<_> = found.iter().map(|problem| problem.split(": ").next().unwrap()).collect();
    assert_eq!(cells, ["answers!E3", "answers!I3", "answers!E31", "answers!E35"]);
}

#[test]
fn what_belongs_to_no_answer_is_named() {
    let mut edited = Edited::new(&[]);
    edited.set("A1", Column::ValidFrom, text("2026-01-01")).set("A1", Column::Shared, text("yes"));
    edited.set("A1", Column::Comment, text("?")).set("A1", Column::Confirm, text("yes"));
    let found = edited.changes(&[]).unwrap_err();
    let expected = ["I3", "J3", "K3", "N3"]
        .map(|cell| format!("answers!{cell}: there is no answer that this belongs to"));
    assert_eq!(found, expected);
}

#[test]
fn answers_are_not_taken_back() {
    let mut edited = Edited::new(&answers());
    let blank = [Column::Answer, Column::ValidFrom, Column::Shared, Column::Comment];
    for column in blank {
        edited.set("B5", column, Data::Empty);
    }
    let reason =
        "deleting a saved answer does not take it back: choose “taken back” in the column `no value because`";
    assert_eq!(edited.changes(&answers()), Err(vec![format!("answers!E31: {reason}")]));
    // But may go from the workbook where the question is not asked any more.
    let mut edited = Edited::new(&answers());
    edited.set("A1", Column::Answer, text("no"));
    for part in ["1.title", "1.article", "1.in_force_from", "2.title", "2.in_force_from"] {
        edited.set(&format!("A2 {part}"), Column::Answer, Data::Empty);
    }
    for column in blank {
        edited.set("A2", column, Data::Empty);
    }
    assert_eq!(edited.changes(&answers()).map(|changes| changes.len()), Ok(1));
}

#[test]
fn questions_that_are_not_asked_are_not_answered() {
    let mut edited = Edited::new(&answers());
    edited.set("A1", Column::Answer, text("no")).set("A2 1.article", Column::Answer, text("5"));
    let reason = "`A2` is not asked, as the other answers are";
    assert_eq!(edited.changes(&answers()), Err(vec![format!("answers!E5: {reason}")]));
    // Nobody can say so while what it depends on cannot be read.
    edited.set("A1", Column::Answer, text("perhaps"));
    assert_eq!(edited.changes(&answers()), Err(vec!["answers!E3: must be yes or no".to_owned()]));
}

#[test]
fn rows_are_there_once_and_whole() {
    let mut edited = Edited::new(&answers());
    edited.set("A2 1.article", Column::Part, text("1.url")).set(
        "B1 direct",
        Column::Part,
        text("diplomatic"),
    );
    let found = edited.changes(&answers()).unwrap_err();
    let expected = [
        "answers!A4: rows of this question are missing: 1.article",
        "answers!A7: this row is there twice",
        "answers!A25: rows of this question are missing: direct",
        "answers!A27: this row is there twice",
    ];
    assert_eq!(found, expected);

    let mut edited = Edited::new(&answers());
    edited.set("A3", Column::Part, text("email"));
    let found = edited.changes(&answers()).unwrap_err();
    assert!(
        found.contains(&"answers!A17: the row of the question `A3` itself is missing".to_owned()),
        "{found:?}"
    );

    // A law may go with all of its rows, and so may a question: of it nothing is said.
    let mut edited = Edited::new(&answers());
    for part in LAW {
        edited.set(&format!("A2 2.{part}"), Column::Key, Data::Empty);
    }
    edited.set("B4", Column::Key, Data::Empty);
    let range = edited.sheet(ANSWERS).clone();
    let rest = range.used_cells().filter(|(row, ..)| range[(*row, 0)] != Cell::Blank);
    let cells = rest.map(|(row, column, cell)| {
        calamine::Cell::new((u32::try_from(row).unwrap(), u32::try_from(column).unwrap()), cell.clone())
    });
    *edited.sheet(ANSWERS) = Range::from_sparse(cells.collect());
    let changes = edited.changes(&answers()).unwrap();
    let Value::Legislation(laws) = &changes[0].value else { panic!("{changes:?}") };
    assert_eq!((changes.len(), laws.references.len()), (1, 1));
}

#[test]
fn headings_are_needed() {
    let mut edited = Edited::new(&answers());
    edited.sheet(ANSWERS).set_value((0, 4), text("my answer").into());
    let reason = "answers!E1: the column `answer` or `réponse` is missing";
    assert_eq!(edited.changes(&answers()), Err(vec![reason.to_owned()]));
}

#[test]
fn other_workbooks_are_refused() {
    let refused = |sheets: Vec<(String, Range<Cell>)>| Workbook::of(sheets).unwrap_err().to_string();
    let again = "export the response again and answer there";
    assert_eq!(refused(vec![]), format!("the sheet `focalnet` is missing: {again}"));
    let mut edited = Edited::new(&[]);
    edited.sheets.retain(|(name, _)| name != ANSWERS);
    assert_eq!(refused(edited.sheets), format!("the sheet `answers` is missing: {again}"));
    let mut edited = Edited::new(&[]);
    edited.sheet(MADE_OF).set_value((0, 1), text("2").into());
    let other = "the workbook was made by another version of this program: export the response again";
    assert_eq!(refused(edited.sheets), other);
    let text = Workbook::open(b"key;answer").unwrap_err().to_string();
    assert!(text.starts_with("this is no workbook: "), "{text}");
}

#[test]
fn an_answer_that_breaks_its_constraint_is_named_by_its_cell() {
    let message = "Say that it is unknown instead of -1.";
    assert_eq!(problems("B5", Column::Answer, -1.0), [format!("answers!E31: {message}")]);
    // In the language of the workbook.
    let mut edited =
        Edited { sheets: sheets::open(&write(&origin("fr"), &sample(), &answers()).unwrap()).unwrap() };
    edited.set("B5", Column::Answer, -1.0);
    assert_eq!(
        edited.changes(&answers()).unwrap_err(),
        ["answers!E31: Dites que c'est inconnu au lieu de -1."]
    );
    // With an answer of the same workbook that allows it, it can be saved.
    let mut edited = Edited::new(&[]);
    edited.set("B5", Column::Answer, -1.0).set("A1", Column::Answer, text("no"));
    assert_eq!(edited.changes(&[]).unwrap().len(), 2);
    // What cannot be known is not accused.
    edited.set("A1", Column::Answer, text("perhaps"));
    assert_eq!(edited.changes(&[]).unwrap_err(), ["answers!E3: must be yes or no"]);
    // Nobody is told of an answer that was not touched.
    let minus = [answer("B5", Value::Integer(-1))];
    let mut edited = Edited::new(&minus);
    edited.set("B6", Column::Answer, text("1.5"));
    assert_eq!(edited.changes(&minus).unwrap().len(), 1);
}

#[test]
fn nothing_is_answered_in_the_row_of_a_note() {
    for (column, written) in [(Column::Answer, "yes"), (Column::Comment, "A word"), (Column::Confirm, "yes")]
    {
        let told = problems("B9", column, text(written));
        assert!(
            matches!(&told[..], [one] if one.ends_with("`B9` is a note: there is nothing to answer in its row")),
            "{told:?}"
        );
    }
}
