//! Each thing that can be wrong with a document is found, and found where it is.

use super::*;

type Case = (&'static str, &'static str, fn(&mut Document));

/// Nothing but this one thing must be found: its path, a word of what is said, and what was done to the document.
const CASES: &[Case] = &[
    ("key", "1 to 60 letters", |d| d.key.clear()),
    ("key", "1 to 60 letters", |d| d.key = "asset recovery".into()),
    ("title", "at least one language", |d| d.title = Texts::default()),
    ("title", "BCP 47", |d| d.title = ["Law", "Right"].map(english).into_iter().collect()),
    ("title", "needs words", |d| d.title = texts(" ")),
    ("sections[0].key", "of its own", |d| {
        d.sections.insert(0, Section { key: "1".into(), label: texts("First") });
    }),
    ("sections[2].key", "of its own", |d| d.sections.push(d.sections[0].clone())),
    ("sections[1].label", "at least one language", |d| d.sections[1].label = Texts::default()),
    ("questions", "at least one question", |d| d.questions.clear()),
    ("questions[4].key", "of its own", |d| d.questions[4].key = "B 2".into()),
    ("questions[4].key", "of its own", |d| d.questions[4].key = "B1".into()),
    ("questions[4].section", "the key of a section", |d| d.questions[4].section = "C".into()),
    ("questions[4].section", "stand together", |d| d.questions[4].section = "A".into()),
    ("questions[4].label", "at least one language", |d| d.questions[4].label = Texts::default()),
    ("questions[4].label", "BCP 47", |d| {
        let label = crate::text::LocalizedText { language_code: "english".into(), ..english("What?") };
        d.questions[4].label = [label].into_iter().collect();
    }),
    ("questions[2].help", "needs words", |d| d.questions[2].help = texts("")),
    ("questions[4].options", "a closed question", |d| d.questions[4].options.push(option("x"))),
    ("questions[1].options", "a closed question", |d| d.questions[1].options.clear()),
    ("questions[1].options[4].key", "without a blank", |d| one_more_option(d, "")),
    ("questions[1].options[4].key", "without a blank", |d| one_more_option(d, "the\u{a0}other")),
    ("questions[1].options[4].key", "of its own", |d| one_more_option(d, "other")),
    ("questions[1].options[4].key", "of its own", |d| one_more_option(d, &"o".repeat(61))),
    ("questions[1].options[0].label", "at least one language", |d| {
        d.questions[1].options[0].label = Texts::default();
    }),
    ("questions[3].feeds", "a contact", |d| d.questions[3].kind = QuestionType::Text),
    ("questions[4].feeds", "a contact", |d| d.questions[4].feeds = Some(Feed::DeputyFocalPoint)),
    ("questions[1].feeds", "the channel", |d| one_more_option_of(d, 1, "pigeon")),
    ("questions[2].feeds", "the channel", |d| d.questions[2].feeds = Some(Feed::Channel)),
    ("questions[1].feeds", "the languages", |d| d.questions[1].feeds = Some(Feed::Languages)),
    ("questions[1].relevant", "position 7: write `=`", |d| relevant(d, 1, "${A1} == 'yes'")),
    ("questions[1].relevant", "`A2`: refers to `Z`, which is no question", |d| {
        relevant(d, 1, "${Z} = 'yes'");
    }),
    ("questions[1].relevant", "circle of `A2`", |d| relevant(d, 1, "${A2} = 'other'")),
    ("questions[1].relevant", "`maybe` is no option of `A1`", |d| relevant(d, 1, "${A1} = 'maybe'")),
    ("questions[4].relevant", "`french` is no option of `A3`", |d| {
        relevant(d, 4, "selected(${A3}, 'french')");
    }),
    ("questions[4].relevant", "`pigeon` is no option of `A2`", |d| relevant(d, 4, "'pigeon' != ${A2}")),
    ("questions[0].required", "position 6", |d| required(d, 0, "true(")),
    ("questions[0].required", "`A1`: refers to `Z`", |d| required(d, 0, "${Z} = ''")),
    ("questions[0].required", "`fax` is no option of `A2`", |d| required(d, 0, "${A2} = 'fax'")),
    ("questions[4].required", "`B2`: an answer to `A1`, of the type boolean, is no number", |d| {
        required(d, 4, "${A1} > 0");
    }),
    ("questions[4].relevant", "compare it by `=` or `!=`", |d| relevant(d, 4, "number(${B1}) != 1")),
    ("questions[0].gap_rules[0].when", "is no number", |d| rule(d, 0).when = Some("-${A1} < 2".into())),
    ("questions[4].constraint", "position 5: expected", |d| constraint(d, 4, ". > ")),
    ("questions[4].constraint", "a condition is needed here", |d| constraint(d, 4, ".")),
    ("questions[4].constraint", "`B2`: refers to `Z`, which is no question", |d| {
        constraint(d, 4, ". = ${Z}");
    }),
    ("questions[1].constraint", "`fax` is no option of `A2`", |d| constraint(d, 1, ". != 'fax'")),
    ("questions[2].constraint", "`fr-CA` is no option of `A3`", |d| constraint(d, 2, "selected(., 'fr-CA')")),
    ("questions[4].constraint", "type date, is no number", |d| {
        d.questions[4].kind = QuestionType::Date;
        constraint(d, 4, ". > '2020-01-01'");
    }),
    ("questions[4].constraint_message", "no constraint", |d| {
        d.questions[4].constraint_message = texts("Too long");
    }),
    ("questions[4].constraint_message", "needs words", |d| {
        constraint(d, 4, "string-length(.) < 9");
        d.questions[4].constraint_message = texts(" ");
    }),
    ("questions[4].required", "a note has no answer", |d| {
        note(d);
        required(d, 4, "true()");
    }),
    ("questions[4].constraint", "a note has no answer", |d| {
        note(d);
        constraint(d, 4, "${A1} = 'yes'");
    }),
    ("questions[4].gap_rules", "a note has no answer", |d| {
        note(d);
        d.questions[4].gap_rules = d.questions[3].gap_rules.clone();
    }),
    ("questions[4].feeds", "a contact", |d| {
        note(d);
        d.questions[4].feeds = Some(Feed::Languages);
    }),
    ("questions[4].options", "a closed question", |d| {
        note(d);
        d.questions[4].options.push(option("x"));
    }),
    ("questions[3].relevant", "`B1`: refers to `B2`, which is a note", |d| {
        note(d);
        relevant(d, 3, "${B2} = ''");
    }),
    ("questions[0].gap_rules[0].when", "`A1`: refers to `B2`, which is a note", |d| {
        note(d);
        rule(d, 0).when = Some("${B2} = ''".into());
    }),
    ("questions[0].gap_rules[0].provision", "name the obligation", |d| rule(d, 0).provision = " ".into()),
    ("questions[0].gap_rules[0].description", "at least one language", |d| {
        rule(d, 0).description = Texts::default();
    }),
    ("questions[3].gap_rules[0].stale_after_months", "1 to 120", |d| rule(d, 3).stale_after_months = Some(0)),
    ("questions[3].gap_rules[0].stale_after_months", "1 to 120", |d| {
        rule(d, 3).stale_after_months = Some(121);
    }),
    ("questions[0].gap_rules[0].when", "`A1`: position 1", |d| rule(d, 0).when = Some("${A1}".into())),
    ("questions[0].gap_rules[0].when", "`A1`: refers to `Z`, which is no question", |d| {
        rule(d, 0).when = Some("${Z} = 'no'".into());
    }),
    ("questions[0].gap_rules[0].when", "`No` is no option of `A1`", |d| {
        rule(d, 0).when = Some("${A1} = 'No'".into());
    }),
    ("questions[0].gap_rules[0].when", "either this or", |d| rule(d, 0).stale_after_months = Some(12)),
    ("questions[3].gap_rules[0].when", "either this or", |d| rule(d, 3).stale_after_months = None),
];

fn one_more_option_of(document: &mut Document, place: usize, key: &str) {
    document.questions[place].options.push(option(key));
}

/// An option of the question that feeds the channel, which no longer feeds it.
fn one_more_option(document: &mut Document, key: &str) {
    document.questions[1].feeds = None;
    one_more_option_of(document, 1, key);
}

fn relevant(document: &mut Document, place: usize, condition: &str) {
    document.questions[place].relevant = Some(condition.into());
}

fn required(document: &mut Document, place: usize, condition: &str) {
    document.questions[place].required = Some(condition.into());
}

fn constraint(document: &mut Document, place: usize, condition: &str) {
    document.questions[place].constraint = Some(condition.into());
}

/// Makes the last question a note.
fn note(document: &mut Document) {
    document.questions[4].kind = QuestionType::Note;
}

fn rule(document: &mut Document, place: usize) -> &mut GapRule {
    &mut document.questions[place].gap_rules[0]
}

#[test]
fn nothing_stands_against_a_sound_document() {
    assert_eq!(violations(&sound(), None), []);
}

#[test]
fn every_violation_is_named_with_its_place() {
    for (path, words, spoil) in CASES {
        let mut document = sound();
        spoil(&mut document);
        let found = violations(&document, None);
        assert_eq!(paths(&found), [*path], "{words}: {found:?}");
        assert!(found[0].description.contains(words), "{path}: {}", found[0].description);
    }
}

#[test]
fn everything_is_named_at_once() {
    let nothing = Document { sections: Vec::new(), ..sound() };
    let found = violations(&nothing, None);
    let mut expected = vec!["sections".to_owned()];
    expected.extend((0..5).map(|place| format!("questions[{place}].section")));
    assert_eq!(paths(&found), expected);
    assert!(found[0].description.contains("at least one section"));

    let empty = Document { key: "é".into(), title: Texts::default(), sections: vec![], questions: vec![] };
    assert_eq!(paths(&violations(&empty, None)), ["key", "title", "sections", "questions"]);
}

#[test]
fn a_gap_rule_asks_nothing_of_a_retired_question() {
    let before = sound();
    let mut document = sound();
    for question in &mut document.questions {
        question.change = Some(Change::Unchanged);
    }
    document.questions[4].change = Some(Change::Retired);
    document.questions[0].change = Some(Change::ChangedInMeaning);
    document.questions[0].gap_rules[0].when = Some("${B2} = ''".into());
    let found = violations(&document, Some(&before));
    assert_eq!(paths(&found), ["questions[0].gap_rules[0].when"]);
    assert!(found[0].description.contains("refers to `B2`, which is no longer asked"));
    // A rule of the retired question itself does no harm: it is never applied.
    document.questions[4].gap_rules = before.questions[0].gap_rules.clone();
    document.questions[4].gap_rules[0].when = Some("${B2} = ''".into());
    document.questions[0].gap_rules.clear();
    assert_eq!(violations(&document, Some(&before)), []);
}

#[test]
fn a_constraint_may_look_at_other_answers_and_at_later_ones() {
    let mut document = sound();
    note(&mut document);
    relevant(&mut document, 4, "${A1} = 'yes'");
    document.questions[4].legal_basis = Some("RS 88".into());
    constraint(
        &mut document,
        0,
        ". = 'no' or ${A1} = 'yes' and ${A2} != 'none' and count-selected(${A3}) > 0",
    );
    document.questions[0].constraint_message = texts("Yes needs a channel.");
    assert_eq!(violations(&document, None), []);
}

#[test]
fn a_condition_may_hold_an_open_question_against_anything() {
    let mut document = sound();
    document.questions[0].required = Some("${B2} = 'anything' or ${B2} = ''".into());
    assert_eq!(violations(&document, None), []);
}
