use super::*;
use crate::{
    organization::Kind,
    questionnaire::{
        Question, QuestionType,
        answer::{Absence, Value},
        logic::Logic,
        samples,
        samples::question,
    },
};

#[test]
fn each_act_has_one_row_and_each_state_a_way_on() {
    for act in ResponseAct::ALL {
        assert_eq!(ROWS.iter().filter(|row| row.act == *act).count(), 1, "{act}");
    }
    for state in State::ALL {
        assert!(ROWS.iter().any(|row| row.from.contains(state) && row.to.is_some()), "{state}");
    }
}

#[test]
fn the_lifecycle_is_this() {
    // The state after each act, from draft, submitted, attested and reopened; a dot where it is refused.
    let table = "
        save_answers     draft      .         .         reopened   one
        submit_response  submitted  .         .         submitted  one
        attest_response  .          attested  .         .          two
        reopen_response  .          reopened  reopened  .          one
        record_reminder  draft      submitted .         reopened   one
    ";
    let rows: Vec<Vec<&str>> = table
        .lines()
        .map(|line| line.split_whitespace().collect())
        .filter(|row: &Vec<_>| !row.is_empty())
        .collect();
    assert_eq!(rows.len(), ResponseAct::ALL.len());
    for row in rows {
        let found = row[0].parse::<ResponseAct>().unwrap().row().unwrap();
        let after = |state: &State| {
            if found.from.contains(state) { found.to.unwrap_or(*state).as_str() } else { "." }
        };
        assert_eq!(State::ALL.iter().map(after).collect::<Vec<_>>(), row[1..5], "{}", row[0]);
        assert_eq!(found.second_person, row[5] == "two", "{}", row[0]);
    }
}

fn response(state: State, attested: Option<&str>) -> Response {
    Response {
        name: ResponseId::random(),
        circulation: CirculationId { parent: QuestionnaireId::random(), id: crate::ids::new() },
        questionnaire_key: "law".into(),
        version_number: 1,
        requested_state: OrganizationId::random(),
        requested_state_display_name: "Belgium".into(),
        note_verbale: "NV/2026/1".into(),
        due_date: "2026-06-30".parse().unwrap(),
        state,
        reminders: Vec::new(),
        submitter: None,
        submitter_display_name: None,
        reopen_reason: None,
        attest_time: attested.map(|time| time.parse().unwrap()),
        create_time: "2026-01-01T12:00:00Z".parse().unwrap(),
    }
}

#[test]
fn the_court_learns_of_nothing_but_attestation() {
    for state in State::ALL {
        for (attested, seen) in [(None, State::Draft), (Some("2026-05-01T12:00:00Z"), State::Attested)] {
            let response = response(*state, attested);
            assert_eq!(response.state_for(true), seen, "{state} {attested:?}");
            assert_eq!(response.state_for(false), *state);
            let today = "2026-06-01".parse().unwrap();
            assert_eq!(response.view(Kind::Registry, today).state, seen);
            assert_eq!(response.view(Kind::State, today).state, *state);
        }
    }
}

#[test]
fn it_is_overdue_from_the_day_after_until_it_is_attested() {
    for (day, attested, overdue) in [
        ("2026-06-30", None, false),
        ("2026-07-01", None, true),
        ("2026-07-01", Some("2026-05-01T12:00:00Z"), false),
        ("2026-08-01", Some("2026-07-31T12:00:00Z"), false),
    ] {
        let response = response(State::Draft, attested);
        for kind in [Kind::Registry, Kind::State] {
            assert_eq!(response.view(kind, day.parse().unwrap()).overdue, overdue, "{day} {attested:?}");
        }
    }
}

/// How far a response is to questions `A`, which must be answered, `B`, asked and to be answered if `A` is yes, and
/// `C`, which is up to the State: keys asked, open, required and hidden.
fn far(answers: &[(&str, Value, bool)]) -> [String; 4] {
    let document = samples::document([
        Question { required: Some("true()".into()), ..question("A", QuestionType::Boolean) },
        Question {
            relevant: Some("${A} = 'yes'".into()),
            required: Some("true()".into()),
            ..question("B", QuestionType::Boolean)
        },
        question("C", QuestionType::Text),
    ]);
    let logic = Logic::of(&document).unwrap();
    let Progress { asked, open, required, hidden } =
        progress(&logic, answers.iter().map(|(key, value, confirmed)| (*key, value, *confirmed)));
    [asked, open, required, hidden].map(|keys| keys.concat())
}

#[test]
fn progress_counts_what_is_confirmed() {
    let yes = |key, confirmed| (key, Value::Boolean(true), confirmed);
    let no = |key, confirmed| (key, Value::Boolean(false), confirmed);
    let unknown = |key| (key, Value::Absence(Absence::Unknown), true);
    let words = |confirmed| ("C", Value::Text(samples::english("None.")), confirmed);
    for (answers, expected) in [
        (vec![], ["AC", "AC", "A", "B"]),
        // What was filled in from before says what is asked, but is open until it is confirmed.
        (vec![yes("A", false)], ["ABC", "ABC", "AB", ""]),
        (vec![yes("A", false), yes("B", false), words(false)], ["ABC", "ABC", "AB", ""]),
        (vec![yes("A", true)], ["ABC", "BC", "B", ""]),
        (vec![yes("A", true), yes("B", false)], ["ABC", "BC", "B", ""]),
        (vec![yes("A", true), no("B", true)], ["ABC", "C", "", ""]),
        (vec![yes("A", true), no("B", true), words(true)], ["ABC", "", "", ""]),
        (vec![no("A", true)], ["AC", "C", "", "B"]),
        // An answer to a question that is no longer asked does no harm.
        (vec![no("A", true), yes("B", true)], ["AC", "C", "", "B"]),
        // That there is no value is an answer as well.
        (vec![unknown("A")], ["AC", "C", "", "B"]),
        (vec![yes("A", true), unknown("B"), unknown("C")], ["ABC", "", "", ""]),
    ] {
        assert_eq!(far(&answers), expected, "{answers:?}");
    }
}

#[test]
fn a_note_is_neither_asked_nor_hidden_and_never_open() {
    let note = |key, relevant: &str| Question {
        relevant: Some(relevant.into()),
        ..question(key, QuestionType::Note)
    };
    let document = samples::document([
        note("N", "true()"),
        question("A", QuestionType::Text),
        note("M", "${A} != ''"),
        note("L", "false()"),
    ]);
    let logic = Logic::of(&document).unwrap();
    let found = progress(&logic, std::iter::empty());
    let expected = Progress { asked: vec!["A".into()], open: vec!["A".into()], ..Progress::default() };
    assert_eq!(found, expected);
    let words = Value::Text(samples::english("None."));
    let found = progress(&logic, [("A", &words, true)].into_iter());
    assert_eq!(found, Progress { asked: vec!["A".into()], ..Progress::default() });
}

#[test]
fn an_answer_that_its_constraint_no_longer_allows_is_open_and_must_be_given_again() {
    let document = samples::document([
        question("A", QuestionType::Integer),
        Question { constraint: Some(". > ${A}".into()), ..question("B", QuestionType::Integer) },
    ]);
    let logic = Logic::of(&document).unwrap();
    let far = |a: i64, b: Value, confirmed: bool| {
        let Progress { asked, open, required, .. } =
            progress(&logic, [("A", &Value::Integer(a), true), ("B", &b, confirmed)].into_iter());
        [asked, open, required].map(|keys| keys.concat())
    };
    assert_eq!(far(3, Value::Integer(4), true), ["AB", "", ""]);
    assert_eq!(far(4, Value::Integer(4), true), ["AB", "B", "B"]);
    // What is filled in from before may be left unconfirmed, as B need not be answered.
    assert_eq!(far(4, Value::Integer(4), false), ["AB", "B", ""]);
    // That there is no value breaks no constraint.
    assert_eq!(far(4, Value::Absence(Absence::Unknown), true), ["AB", "", ""]);
}
