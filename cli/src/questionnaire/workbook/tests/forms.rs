//! What the workbook looks like to the person who fills it in.

use super::*;

fn shown(cell: &Cell) -> String {
    parse::text(cell).unwrap().unwrap_or_default()
}

fn cell(edited: &mut Edited, name: &str, column: Column) -> String {
    let row = usize::try_from(edited.row(name)).unwrap();
    shown(&edited.sheet(ANSWERS)[(row, usize::from(column.place()))])
}

#[test]
fn each_question_has_its_rows_in_the_order_of_the_document() {
    let mut edited = Edited::new(&[]);
    let keys: Vec<_> = edited
        .sheet(ANSWERS)
        .rows()
        .skip(1)
        .map(|row| shown(&row[0]))
        .filter(|key| !key.is_empty())
        .collect();
    let rows = |key: &str| keys.iter().filter(|other| *other == key).count();
    let expected = [("A1", 1), ("A2", 13), ("A3", 7), ("B1", 3), ("B2", 1), ("B3", 1), ("B4", 1), ("B8", 7)];
    for (key, count) in expected {
        assert_eq!(rows(key), count, "{key}");
    }
    let mut order = keys.clone();
    order.dedup();
    let questions: Vec<_> = sample().questions.into_iter().map(|question| question.key).collect();
    assert_eq!(order, questions);
    let names: Vec<_> = edited.sheets.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, [ANSWERS, READ_ME, OPTIONS, MADE_OF]);
}

#[test]
fn what_there_is_to_know_of_a_question_is_told_in_words() {
    let mut edited = Edited::new(&answers());
    let mut about = |key: &str| cell(&mut edited, key, Column::About);
    assert_eq!(about("A1"), "required\nyes or no\nA decree is a law here.");
    assert_eq!(about("A2"), "asked if A1 is yes\nlegislation: rows below");
    assert_eq!(
        about("B2"),
        "asked if B1 includes “Direct” or the number of options chosen in B1 is more than 1\n\
         required if A1 is yes\nlength of time: number and unit"
    );
    assert_eq!(
        cell(&mut edited, "A1", Column::Question),
        "A1. Is there a law on cooperation with the Court?"
    );
    assert_eq!(cell(&mut edited, "B3", Column::Status), "not yet confirmed");
    assert_eq!(cell(&mut edited, "B4", Column::Status), "");
}

#[test]
fn each_section_has_a_heading_above_its_questions() {
    let mut edited = Edited::new(&[]);
    let first = edited.row("A1");
    let (above, of_b) = (first - 1, edited.row("B1") - 1);
    let mut heading = |row: u32| {
        let row = edited.sheet(ANSWERS).rows().nth(usize::try_from(row).unwrap()).unwrap().to_vec();
        row.iter().map(shown).collect::<Vec<_>>().join("|")
    };
    assert_eq!(heading(above).trim_matches('|'), "Authorities");
    assert_eq!(heading(of_b).trim_matches('|'), "Freezing");
}

/// The page set-up as it stands in the file.
#[test]
fn it_prints_as_wide_as_a_page_without_what_only_the_program_needs() {
    let bytes = write(&origin("en"), &sample(), &answers()).unwrap();
    let part = |name: &str| {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
        std::io::read_to_string(archive.by_name(name).unwrap()).unwrap()
    };
    let (sheet, book) = (part("xl/worksheets/sheet1.xml"), part("xl/workbook.xml"));
    assert!(sheet.contains("<pageSetUpPr fitToPage=\"1\"/>"), "{sheet:.400}");
    assert!(
        sheet.contains("orientation=\"landscape\"") && sheet.contains("fitToHeight=\"0\""),
        "{sheet:.400}"
    );
    for hidden in ["min=\"1\" max=\"2\"", "min=\"15\" max=\"15\""] {
        let column = sheet.split("<col ").find(|column| column.starts_with(hidden));
        assert!(column.is_some_and(|column| column.contains("hidden=\"1\"")), "{hidden}: {column:?}");
    }
    assert!(book.contains("answers!$A$1:$K$41") && book.contains("answers!$1:$1"), "{book}");
}

#[test]
fn there_is_always_room_for_another_law() {
    let mut edited = Edited::new(&answers());
    assert_eq!(cell(&mut edited, "A2 3.title", Column::Question), "Law 3: title");
    let law = LegislationReference { title: fr("Loi"), article: None, url: None, in_force_from_date: None };
    let laws = Value::Legislation(LegislationReferences { references: vec![law; 5] });
    let mut edited = Edited::new(&[answer("A2", laws)]);
    assert_eq!(cell(&mut edited, "A2 6.in_force_from", Column::Question), "Law 6: in force from");
}

#[test]
fn options_that_look_the_same_show_their_keys() {
    let mut document = sample();
    let question = document.questions.iter_mut().find(|question| question.key == "B3").unwrap();
    question.options[1].label.insert("en", "  once ".to_owned());
    assert_eq!(options::shown(question, "en"), ["Once", "once"]);
    assert_eq!(options::chosen(question, "en", "once"), Some("always".to_owned()));
    question.options[1].label.insert("en", "Once".to_owned());
    assert_eq!(options::shown(question, "en"), ["once: Once", "always: Once"]);
    assert_eq!(options::chosen(question, "en", "always:  once"), Some("always".to_owned()));
    assert_eq!(options::chosen(question, "en", "Once"), Some("once".to_owned()));
}

#[test]
fn languages_fall_back_and_the_program_speaks_french() {
    let workbook = write(&origin("fr"), &sample(), &answers()).unwrap();
    let mut edited = Edited { sheets: sheets::open(&workbook).unwrap() };
    assert_eq!(cell(&mut edited, "A1", Column::Answer), "oui");
    assert_eq!(
        cell(&mut edited, "A1", Column::Question),
        "A1. Existe-t-il une loi sur la coopération avec la Cour ?"
    );
    assert_eq!(cell(&mut edited, "A3", Column::Question), "A3. Who is the focal point?");
    assert_eq!(cell(&mut edited, "B2", Column::Unit), "mois");
    assert_eq!(
        cell(&mut edited, "A2", Column::About),
        "posée si A1 est oui\nlégislation : lignes ci-dessous"
    );
    assert_eq!(shown(&edited.sheet(READ_ME)[(0, 0)]), "Comment répondre");
}

#[test]
fn a_note_is_a_row_to_read() {
    let mut edited = Edited::new(&answers());
    assert_eq!(cell(&mut edited, "B9", Column::Question), "B9. Thank you.");
    assert_eq!(
        cell(&mut edited, "B9", Column::About),
        "asked if A1 is yes\na text to read, without an answer\nSomebody else of the State confirms the answers."
    );
    for column in [Column::Answer, Column::Absence, Column::ValidFrom, Column::Confirm] {
        assert_eq!(cell(&mut edited, "B9", column), "", "{column:?}");
    }
}
