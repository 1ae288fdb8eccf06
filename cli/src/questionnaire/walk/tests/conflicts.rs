//! Somebody else answers the same question meanwhile.

use focalnet_contract::client::Exit;
use focalnet_domain::questionnaire::{
    answer::{Against, Value},
    response::AnswerView,
};
use serde_json::json;
use tonic::Code;

use super::{Meanwhile, Scene, refused, theirs};

fn rui(etag: &str, value: bool) -> AnswerView {
    let mut answer = theirs("A1", &json!({ "boolean": value }), "Rui Costa");
    answer.etag = etag.to_owned();
    answer
}

fn meanwhile(etag: &str, value: bool) -> Meanwhile {
    Meanwhile::Answered(rui(etag, value))
}

#[test]
fn both_answers_are_shown_and_mine_can_be_kept() {
    let lines = [":comment I know.", "n", "both", "mine", ":quit"];
    let played = Scene::empty().meanwhile([meanwhile("r1", true)]).hears(&lines);
    played.says(
        "\
  A1 was answered meanwhile.
  Theirs, by Rui Costa on 2026-03-02 at 09:30 UTC:
    yes
    valid from 2026-03-02
  Mine, not saved yet:
    no
    comment: I know.
keep mine or theirs> both
  Write mine or theirs; `:quit` leaves theirs and ends.
keep mine or theirs> mine
  Saved:
    no
    valid from 2026-03-02
",
    );
    assert_eq!(played.answers(), [("A1", &Value::Boolean(false))]);
    assert_eq!(played.saved[0].etag.as_deref(), Some("r1"));
    assert_eq!(played.saved[0].comment.as_ref().unwrap().text, "I know.");
}

#[test]
fn theirs_can_be_kept_and_counts() {
    let played = Scene::empty().meanwhile([meanwhile("r1", true)]).hears(&["n", "T", ":quit"]);
    assert!(played.saved.is_empty());
    // As A1 is yes, A2 is asked.
    assert_eq!(played.shown(), ["A1", "A2"]);
}

#[test]
fn one_conflict_may_follow_another() {
    let scene = Scene::with([rui("r1", true)]).only("A1");
    let played =
        scene.meanwhile([meanwhile("r2", true), meanwhile("r3", true)]).hears(&["n", "mine", "mine"]);
    assert_eq!(played.text.matches("was answered meanwhile").count(), 2);
    assert_eq!(played.saved[0].etag.as_deref(), Some("r3"));
}

#[test]
fn who_agrees_is_not_asked() {
    // Also the own answer, saved by a call of which nothing was heard.
    let played = Scene::empty().meanwhile([meanwhile("r1", true)]).hears(&["y", ":quit"]);
    played.says("Saved by Rui Costa on 2026-03-02 at 09:30 UTC.");
    assert!(played.saved.is_empty() && !played.text.contains("meanwhile"));
}

#[test]
fn leaving_a_conflict_leaves_theirs() {
    for lines in [&["n"][..], &["n", ":quit"]] {
        let played = Scene::empty().meanwhile([meanwhile("r1", true)]).hears(lines);
        played.says("Your answer to A1 is not saved.");
        assert!(played.saved.is_empty() && played.end.is_ok());
        assert!(played.last().starts_with("1 answered, 9 open"));
    }
}

#[test]
fn an_answer_that_came_with_a_refusal_is_seen_before_it_is_answered_over() {
    let refusal = refused(Code::InvalidArgument, "INVALID_ARGUMENT", "must not be blank");
    let scene = Scene::with([rui("r1", true)]).only("A1");
    let played = scene.meanwhile([Meanwhile::FailsAfter(rui("r2", false), refusal)]).hears(&["y", "y"]);
    assert_eq!(played.shown(), ["A1", "A1"]);
    assert_eq!(played.saved[0].etag.as_deref(), Some("r2"));
}

#[test]
fn a_question_that_others_make_go_away_is_left() {
    let refusal =
        refused(Code::InvalidArgument, "INVALID_ARGUMENT", "`A2` is not asked, as the other answers are");
    let scene = Scene::with([rui("r1", true)]);
    let played =
        scene.meanwhile([Meanwhile::FailsAfter(rui("r2", false), refusal)]).hears(&[":unknown", ":quit"]);
    played.says("Not saved: A2 is not asked, as the other answers are");
    assert_eq!(played.shown(), ["A2", "A3"]);
}

#[test]
fn the_state_of_the_response_is_no_conflict_of_answers() {
    let submitted = refused(Code::FailedPrecondition, "WRONG_STATE", "");
    let played = Scene::empty().meanwhile([Meanwhile::Fails(submitted)]).hears(&["y", "mine"]);
    assert_eq!(played.end.unwrap_err().exit(), Exit::Conflict);
}

/// What only the server can refuse is said in the language of the conversation, and never in English alone.
#[test]
fn what_the_server_refuses_is_said_in_french() {
    for against in Against::ALL {
        let sentence = format!("`A1` {against}");
        let refusal = refused(Code::InvalidArgument, "INVALID_ARGUMENT", &sentence);
        let scene = Scene::empty().in_language("fr").only("A1");
        let played =
            scene.meanwhile([Meanwhile::FailsAfter(rui("r2", false), refusal)]).hears(&["o", ":quit"]);
        played.says("Non enregistré : ");
        assert!(!played.text.contains(against.as_str()), "{}", played.text);
        assert!(!played.text.contains("en anglais"), "{against}: {}", played.text);
    }
    let refusal = refused(Code::InvalidArgument, "INVALID_ARGUMENT", "must not be blank");
    let played =
        Scene::empty().in_language("fr").meanwhile([Meanwhile::Fails(refusal)]).hears(&["o", ":quit"]);
    played.says("Non enregistré : Ce n'est pas valable (en anglais : must not be blank)");
    let ends = [
        (Code::Internal, "inattendue"),
        (Code::Unauthenticated, "focalnet auth login"),
        (Code::PermissionDenied, "autorisé"),
        (Code::NotFound, "introuvable"),
        (Code::FailedPrecondition, "L'état de la réponse"),
        (Code::Unavailable, "injoignable"),
    ];
    for (code, words) in ends {
        let scene = Scene::empty().in_language("fr");
        let end = scene.meanwhile([Meanwhile::Fails(refused(code, "", ""))]).hears(&["o"]).end.unwrap_err();
        let text = end.text();
        assert!(text.contains(words) && text.contains("(en anglais : refused)"), "{text}");
        assert!(!text.contains("Next:"), "{text}");
    }
}
