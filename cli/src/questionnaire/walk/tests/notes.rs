//! Notes between questions, and constraints.

use focalnet_domain::questionnaire::response::AnswerView;
use serde_json::json;

use crate::questionnaire::tongue::Tongue;

use super::{Scene, from_before, theirs};
use crate::questionnaire::toml_file;

const FORM: &str = r#"
key = "orders"
title = { en = "Orders" }
sections = [{ key = "A", label = { en = "Orders" } }]

[[questions]]
key = "welcome"
section = "A"
type = "note"
label = { en = "Welcome.", fr = "Bienvenue." }

[[questions]]
key = "least"
section = "A"
type = "integer"
label = { en = "At least?" }

[[questions]]
key = "many"
section = "A"
type = "note"
label = { en = "So many?" }
help = { en = "Count again." }
relevant = "${least} > 100"

[[questions]]
key = "extra"
section = "A"
type = "text"
label = { en = "Why so many?" }
relevant = "${least} > 100"

[[questions]]
key = "figures"
section = "A"
type = "note"
label = { en = "Now the most." }

[[questions]]
key = "most"
section = "A"
type = "integer"
label = { en = "At most?" }
constraint = ". >= ${least}"
constraint_message = { en = "Not less than the least.", fr = "Pas moins que le minimum." }

[[questions]]
key = "thanks"
section = "A"
type = "note"
label = { en = "Thank you." }
"#;

fn scene(answers: impl IntoIterator<Item = AnswerView>) -> Scene {
    Scene { document: toml_file::read(FORM).unwrap(), ..Scene::with(answers) }
}

/// The lines that are words of the questionnaire, in their order.
fn order(text: &str) -> Vec<&str> {
    let words =
        ["Welcome.", "So many?", "  Count again.", "Now the most.", "Thank you.", "At least?", "At most?"];
    text.lines().filter(|line| words.contains(line)).collect()
}

#[test]
fn notes_stand_between_the_questions_while_their_condition_holds() {
    let played = scene([]).hears(&["5", "7"]);
    assert_eq!(order(&played.text), ["Welcome.", "At least?", "Now the most.", "At most?", "Thank you."]);
    played.says("least · 0 answered, 2 open, 1 not asked");
    assert!(played.last().starts_with("nothing is open; submit"), "{}", played.last());

    let played = scene([]).hears(&["500", "", ":skip", ":quit"]);
    let expected = ["Welcome.", "At least?", "So many?", "  Count again.", "Now the most.", "At most?"];
    assert_eq!(order(&played.text), expected);

    // Only those before a question that is asked alone.
    let played = scene([theirs("least", &json!({ "integer": 5 }), "Ana")]).only("most").hears(&["7"]);
    assert_eq!(order(&played.text), ["Now the most.", "At most?"]);
    assert!(scene([]).in_language("fr").hears(&[":quit"]).text.contains("\nBienvenue.\n"));
}

#[test]
fn a_note_cannot_be_answered_alone() {
    let document = scene([]).document;
    let refused = super::super::which(&document, Some("welcome"), false, Tongue::English).unwrap_err();
    assert_eq!(refused.explanation(), "welcome is a note: there is nothing to answer");
}

#[test]
fn an_answer_that_breaks_its_constraint_is_asked_for_again_and_never_sent() {
    let played = scene([theirs("least", &json!({ "integer": 5 }), "Ana")]).hears(&["4", "5"]);
    played.says("whole number> 4\n  Not less than the least.\nwhole number> 5\n  Saved:");
    assert_eq!(played.questions(), ["most"]);
    let played = scene([theirs("least", &json!({ "integer": 5 }), "Ana")]).in_language("fr").hears(&["4"]);
    played.says("  Pas moins que le minimum.");
    // That there is no value breaks no constraint.
    let played = scene([theirs("least", &json!({ "integer": 5 }), "Ana")]).hears(&[":unknown"]);
    assert_eq!(played.questions(), ["most"]);
    // Neither does what is filled in from before pass by being confirmed.
    let before = from_before("most", &json!({ "integer": 4 }));
    let played = scene([theirs("least", &json!({ "integer": 5 }), "Ana"), before]).hears(&[""]);
    played.says("  Not less than the least.");
    assert_eq!(played.questions(), [""; 0]);
}

#[test]
fn an_answer_that_others_have_made_impossible_is_open_again() {
    let answers = || {
        [theirs("least", &json!({ "integer": 5 }), "Ana"), theirs("most", &json!({ "integer": 7 }), "Ana")]
    };
    let played = scene(answers()).only("least").hears(&["9"]);
    played.says("1 answered, 1 open, 1 of them required (most)");
    let played = scene(answers()).all().hears(&["9", "8", "9"]);
    played.says("  The answer there is cannot stay: Not less than the least.\n");
    assert_eq!(played.questions(), ["least", "most"]);
    assert!(played.last().starts_with("nothing is open"), "{}", played.last());
}
