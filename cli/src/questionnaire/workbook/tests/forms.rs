//! What the workbook looks like to the person who fills it in.

use super::*;

fn cell(edited: &mut Edited, name: &str, column: Column) -> String {
    let row = usize::try_from(edited.row(name)).unwrap();
    edited.sheet(ANSWERS)[(row, usize::from(column.place()))].to_string()
}

#[test]
fn each_question_has_its_rows_in_the_order_of_the_document() {
    let mut edited = Edited::new(&[]);
    let keys: Vec<_> = edited.sheet(ANSWERS).rows().skip(1).map(|row| row[0].to_string()).collect();
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
fn conditions_are_told_in_words_and_as_they_are() {
    let mut edited = Edited::new(&answers());
    assert_eq!(cell(&mut edited, "A1", Column::Asked), "");
    assert_eq!(cell(&mut edited, "A2", Column::Asked), "asked when A1 is yes\n[${A1} = 'yes']");
    assert_eq!(
        cell(&mut edited, "B2", Column::Asked),
        "asked when B1 includes “Direct” or the number of options chosen in B1 is more than 1\n\
         [selected(${B1}, 'direct') or count-selected(${B1}) > 1]"
    );
    assert_eq!(cell(&mut edited, "A1", Column::Required), "yes");
    assert_eq!(cell(&mut edited, "A2", Column::Required), "no");
    assert_eq!(cell(&mut edited, "B2", Column::Required), "when A1 is yes\n[${A1} = 'yes']");
    assert_eq!(cell(&mut edited, "A1", Column::Section), "Authorities");
    assert_eq!(cell(&mut edited, "A1", Column::Help), "A decree is a law here.");
    assert_eq!(cell(&mut edited, "A1", Column::Kind), "yes or no");
    assert_eq!(cell(&mut edited, "B3", Column::Status), "not yet confirmed");
    assert_eq!(cell(&mut edited, "B4", Column::Status), "");
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
    let mut edited = Edited { sheets: xlsform::open(&workbook).unwrap() };
    assert_eq!(cell(&mut edited, "A1", Column::Answer), "oui");
    assert_eq!(
        cell(&mut edited, "A1", Column::Question),
        "Existe-t-il une loi sur la coopération avec la Cour ?"
    );
    assert_eq!(cell(&mut edited, "A3", Column::Question), "Who is the focal point?");
    assert_eq!(cell(&mut edited, "B2", Column::Unit), "mois");
    assert_eq!(cell(&mut edited, "A2", Column::Asked), "posée si A1 est oui\n[${A1} = 'yes']");
    assert_eq!(edited.sheet(READ_ME)[(0, 0)].to_string(), "Comment répondre");
}

#[test]
fn a_note_is_a_row_to_read() {
    let mut edited = Edited::new(&answers());
    assert_eq!(cell(&mut edited, "B9", Column::Question), "Thank you.");
    assert_eq!(cell(&mut edited, "B9", Column::Help), "Somebody else of the State confirms the answers.");
    assert_eq!(cell(&mut edited, "B9", Column::Asked), "asked when A1 is yes\n[${A1} = 'yes']");
    assert_eq!(cell(&mut edited, "B9", Column::Kind), "a text to read, without an answer");
    for column in [Column::Required, Column::Answer, Column::Absence, Column::ValidFrom, Column::Confirm] {
        assert_eq!(cell(&mut edited, "B9", column), "", "{column:?}");
    }
}
