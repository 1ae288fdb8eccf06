//! The way through the questions: what is asked when, forwards and back, and how it ends.

use focalnet_contract::client::{Exit, escape};
use focalnet_domain::questionnaire::answer::{Absence, Value};
use serde_json::json;
use tonic::Code;

use super::{Meanwhile, NAME, Scene, from_before, refused, theirs};

#[test]
fn a_question_is_shown_with_all_there_is_to_know() {
    let played = Scene::empty().hears(&["y"]);
    let expected = "\
Asset recovery, version 2: the response of Portugal to NV/2026/1 is due on 2026-06-01.
Each answer is saved at once. `?` shows what can be written.

A1 · 0 answered, 9 open, 2 not asked
Authorities
Is there a law on cooperation with the Court?
  A decree is a law here.
  Legal basis: RS 88
  An answer is required.
y or n> y
  Saved:
    yes
    valid from 2026-03-02

A2 · 1 answered, 9 open, 1 not asked
Authorities
Which law?
title of a law (en)> 

1 answered, 9 open, none of them required; go on with `focalnet questionnaire answer ";
    assert!(played.text.starts_with(expected), "{}", played.text);
    let played = Scene::with([theirs("B1", &json!({ "options": { "keys": ["direct"] } }), "Rui Costa")]);
    let played = played.only("B1").hears(&[]);
    played.says("\n   1  Diplomatic (diplomatic)\n   2  Direct (direct)\n");
    played.says("\n  Answered by Rui Costa on 2026-03-02 at 09:30 UTC; Enter keeps it:\n    Direct (direct)\n    valid from 2026-03-02\nnumbers or keys> ");
}

#[test]
fn the_language_is_chosen_and_falls_back_to_english() {
    let played = Scene::empty().in_language("fr").hears(&["oui", ":skip", ":skip", ":skip", ":skip", "Mot."]);
    played.says(
        "\nAutorités\nExiste-t-il une loi sur la coopération avec la Cour ?\n  A decree is a law here.\n",
    );
    played.says("\n   1  Voie diplomatique (diplomatic)\n   2  Direct (direct)\n");
    played.says("Who is the focal point?");
    assert_eq!(json!(played.saved[1].value), json!({ "text": { "text": "Mot.", "language_code": "fr" } }));
    assert!(played.last().ends_with(&format!("`focalnet questionnaire answer {NAME} --language fr`, ou soumettez avec `focalnet questionnaire submit-response {NAME}`")));
}

#[test]
fn answers_decide_what_is_asked() {
    // A2 comes with A1, B2 with B1 and is required then.
    let played = Scene::empty().hears(&["y", ":n/a", ":unknown", "2", ":quit"]);
    assert_eq!(played.shown(), ["A1", "A2", "A3", "B1", "B2"]);
    assert_eq!(
        played.last(),
        format!(
            "4 answered, 7 open, 1 of them required (B2); go on with `focalnet questionnaire answer {NAME}`"
        )
    );
    let played = Scene::empty().hears(&["n", ":unknown", "1", ":quit"]);
    assert_eq!(played.shown(), ["A1", "A3", "B1", "B3"]);
    // A question that was asked goes away, and comes back.
    let played = Scene::empty().hears(&["y", ":back", "n", ":back", "y", ":quit"]);
    assert_eq!(played.shown(), ["A1", "A2", "A1", "A3", "A1", "A2"]);
    played.says("\nA3 · 1 answered, 8 open, 2 not asked\n");
}

#[test]
fn back_passes_over_what_is_not_asked_any_more() {
    let played = Scene::empty().hears(&["y", ":skip", ":back", ":back", "n", ":back", ":back", ":quit"]);
    assert_eq!(played.shown(), ["A1", "A2", "A3", "A2", "A1", "A3", "A1", "A1"]);
    played.says("There is no question before this one.");
}

#[test]
fn what_is_skipped_stays_open_and_is_not_asked_twice() {
    let skips = [":skip"; 9];
    let played = Scene::empty().hears(&skips);
    assert_eq!(played.shown(), ["A1", "A3", "B1", "B3", "B4", "B5", "B6", "B7", "B8"]);
    assert!(
        played.saved.is_empty()
            && played.last().starts_with("0 answered, 9 open, 1 of them required (A1); go on")
    );
}

#[test]
fn answered_questions_are_passed_over_unless_they_are_wanted() {
    let scene = || Scene::with([theirs("A1", &json!({ "boolean": false }), "Rui Costa")]);
    assert_eq!(scene().hears(&[]).shown(), ["A3"]);
    let played = scene().all().hears(&["", ":quit"]);
    assert_eq!((played.shown(), played.saved.len()), (vec!["A1", "A3"], 0));
    let played = scene().only("A1").hears(&["y", "never read"]);
    assert_eq!((played.shown(), played.questions()), (vec!["A1"], vec!["A1"]));
    assert_eq!(played.saved[0].etag.as_deref(), Some("etag-1"));
    let failure = scene().only("A2").hears(&[]).end.unwrap_err();
    assert_eq!(
        (failure.exit(), failure.explanation().as_str()),
        (Exit::Usage, "A2 is not asked, as the other answers are")
    );
}

#[test]
fn enter_confirms_what_is_filled_in_as_it_was() {
    let played = Scene::with([from_before("A1", &json!({ "boolean": false }))]).hears(&["", ":quit"]);
    played.says("\n  Filled in from an earlier response; Enter confirms it:\n    no\n    valid from 2024-01-01\n    shared with other States Parties\n    comment: As ever.\n");
    let saved = &played.saved[0];
    assert_eq!((saved.value.clone(), saved.shared, saved.etag.as_ref()), (Value::Boolean(false), true, None));
    assert_eq!(saved.valid_from_date, Some("2024-01-01".parse().unwrap()));
    assert_eq!(saved.comment.as_ref().unwrap().text, "As ever.");
    // A value of its own is so from now on.
    let played = Scene::with([from_before("A1", &json!({ "boolean": false }))]).hears(&["y", ":quit"]);
    assert_eq!((&played.saved[0].value, played.saved[0].valid_from_date), (&Value::Boolean(true), None));
    Scene::empty().hears(&["", ":quit"]).says("Nothing was written: `:skip` leaves the question open.");
}

#[test]
fn a_word_a_day_and_sharing_go_with_the_answer() {
    let lines =
        [":comment Since the reform.", ":since 2025-13-01", ":since 2025-01-01", ":share", "n", ":quit"];
    let played = Scene::empty().hears(&lines);
    played.says("Write a day");
    let saved = &played.saved[0];
    assert_eq!((saved.comment.as_ref().unwrap().text.as_str(), saved.shared), ("Since the reform.", true));
    assert_eq!(saved.valid_from_date, Some("2025-01-01".parse().unwrap()));
    // They can be said of the answer there is.
    let answer = || Scene::with([theirs("A1", &json!({ "boolean": true }), "Rui Costa")]).only("A1");
    let played = answer().hears(&[":share", ":share", ":comment Yes.", ":comment", ":share", ""]);
    let saved = &played.saved[0];
    assert_eq!((saved.shared, &saved.comment, &saved.value), (true, &None, &Value::Boolean(true)));
    assert_eq!(saved.valid_from_date, Some("2026-03-02".parse().unwrap()));
    assert!(answer().hears(&[""]).saved.is_empty());
}

#[test]
fn an_answer_is_taken_back_and_the_question_asked_again() {
    let played = Scene::empty().hears(&[":takeback", "y", ":back", ":takeback", ":quit"]);
    assert_eq!(played.shown(), ["A1", "A2", "A1"]);
    played.says("y or n> :takeback\n  There is no answer to take back.\n");
    played.says("y or n> :takeback\n  The answer is taken back: A1 is open.\ny or n> ");
    assert_eq!(played.saved[1].value, Value::Absence(Absence::TakenBack));
    assert_eq!(played.saved[1].etag.as_deref(), Some("A1-1"));
    assert!(played.last().starts_with("0 answered, 9 open"), "{}", played.text);
    // What was taken back is nothing that Enter could keep, and the next answer takes nothing over from it.
    let taken_back = theirs("A1", &json!({ "absence": "taken_back" }), "Rui Costa");
    let played = Scene::with([taken_back]).hears(&["", "n", ":quit"]);
    played.says("An answer was taken back by Rui Costa on 2026-03-02 at 09:30 UTC.");
    played.says("Nothing was written");
    assert_eq!(played.answers(), [("A1", &Value::Boolean(false))]);
}

#[test]
fn an_editor_is_for_texts_at_a_terminal() {
    Scene::empty().hears(&[":edit", ":quit"]).says("`:edit` writes answers in words, at a terminal.");
}

#[test]
fn a_long_text_is_shown_by_its_beginning_and_its_end() {
    let text = format!("Begins.{}Ends.", "x".repeat(4_000));
    let played = Scene::empty().only("B4").hears(&[&text]);
    played.says("  Saved, 4,012 characters:\n    Begins.xxx");
    played.says("xxx\n    … 3,412 characters more …\n    xxx");
    played.says("xxxEnds.\n    valid from 2026-03-02\n");
}

#[test]
fn help_and_wrong_commands_lose_nothing() {
    let played = Scene::empty().hears(&["?", ":maybe", ":skip it", ":", "y", ":quit"]);
    played.says("\n    :withheld        it is known and not said\n");
    played.says("`:maybe` is no command");
    played.says("`:skip` stands alone on its line.");
    assert_eq!(played.answers(), [("A1", &Value::Boolean(true))]);
}

#[test]
fn at_the_end_it_is_said_how_to_submit() {
    let all = [":unknown"; 11];
    let played = Scene::empty().hears(&all);
    assert_eq!(played.saved.len(), 9);
    assert_eq!(
        played.last(),
        format!("nothing is open; submit with `focalnet questionnaire submit-response {NAME}`")
    );
    assert!(played.end.is_ok());
}

#[test]
fn a_refusal_of_the_server_is_explained_and_the_question_asked_again() {
    let refusal = refused(Code::InvalidArgument, "INVALID_ARGUMENT", "must have at most 20,000 characters");
    let played = Scene::empty().meanwhile([Meanwhile::Fails(refusal)]).hears(&["y", "n", ":quit"]);
    played.says("Not saved: must have at most 20,000 characters\n");
    assert_eq!(played.answers(), [("A1", &Value::Boolean(false))]);
}

/// What does not fit is refused where it is written, in the language of the conversation.
#[test]
fn a_text_that_is_too_long_is_not_sent() {
    let long = "é".repeat(20_001);
    let comment = format!(":comment {long}");
    for (language, words) in
        [("en", "At most 20,000 characters fit."), ("fr", "Au plus 20\u{202f}000 caractères")]
    {
        let scene = Scene::empty().in_language(language);
        let lines = ["y", ":skip", ":skip", ":skip", ":skip", &long, &comment, ":quit"];
        let played = scene.hears(&lines);
        assert_eq!(played.text.matches(words).count(), 2, "{}", played.text);
        assert_eq!(played.questions(), ["A1"]);
    }
}

#[test]
fn any_other_failure_ends_the_walk_and_tells_how_far_it_is() {
    let lost = refused(Code::Unavailable, "STORE_UNAVAILABLE", "");
    let played =
        Scene::empty().meanwhile([Meanwhile::Nothing, Meanwhile::Fails(lost)]).hears(&["n", ":unknown", "1"]);
    assert_eq!(played.end.as_ref().unwrap_err().exit(), Exit::Unavailable);
    played.says("Your answer to A3 is not saved.");
    assert_eq!(played.questions(), ["A1"]);
    assert!(played.last().starts_with("1 answered, 8 open"));
}

#[test]
fn at_a_terminal_a_lost_answer_can_be_sent_again() {
    let lost = || Meanwhile::Fails(refused(Code::Unavailable, "STORE_UNAVAILABLE", ""));
    let mut scene = Scene::empty().meanwhile([lost(), lost()]);
    scene.terminal = true;
    let played = scene.hears(&["n", "", "", ":quit"]);
    assert_eq!(played.answers(), [("A1", &Value::Boolean(false))]);
    played.says("\u{1b}[1mIs there a law on cooperation with the Court?\u{1b}[0m\n");
}

#[test]
fn texts_of_others_do_not_act_on_the_terminal() {
    let mut scene = Scene::with([theirs("A1", &json!({ "boolean": true }), "R\u{1b}[2J\nui")]).all();
    scene.document.questions[0].help = [focalnet_domain::text::LocalizedText {
        text: "One.\nTwo\u{202e}.\u{9b}".to_owned(),
        language_code: "en".to_owned(),
    }]
    .into_iter()
    .collect();
    let played = scene.hears(&["\u{1b}[A", "\u{202e}", "y"]);
    played.says("\n  One.\n  Two\\u{202e}.\\u{9b}\n");
    played.says("Answered by R\\u{1b}[2J\\u{a}ui on");
    played.says("The line holds control characters");
    assert!(played.text.lines().all(|line| escape::line(line) == line));
}
