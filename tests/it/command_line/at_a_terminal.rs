//! Answering at a real terminal: what is pasted, typed or written in an editor arrives whole, as one answer.

use std::{fs, os::unix::fs::PermissionsExt as _};

use serde_json::{Value, json};

use super::questionnaires::Desks;
use crate::support::screen::Screen;

const DOCUMENT: &str = r#"
key = "texts"
title = { en = "Texts", fr = "Textes" }
sections = [{ key = "A", label = { en = "Authorities", fr = "Autorités" } }]

[[questions]]
key = "A1"
section = "A"
type = "text"
label = { en = "Which authority executes requests of the Court, and by which procedure does it do so?", fr = "Quelle autorité exécute les demandes de la Cour, et selon quelle procédure le fait-elle ?" }
required = "true()"

[[questions]]
key = "A2"
section = "A"
type = "text"
label = { en = "And who is told?", fr = "Et qui est averti ?" }
"#;

/// Desks, and a response that waits.
async fn asked() -> (Desks, String) {
    let desks = Desks::new().await;
    let document = desks.officer.writes("texts.toml", DOCUMENT);
    let response = desks.circulated(document.to_str().unwrap());
    (desks, response)
}

fn begins(desks: &Desks, term: &str, response: &str, other: &[&str]) -> Screen {
    desks.ana.sits_at(term, &[&["questionnaire", "answer", response], other].concat())
}

/// The answers that the server has, by question.
fn answers(desks: &Desks, response: &str) -> Vec<(String, Value)> {
    let read = desks.ana.asks(&["questionnaire", "get-response", response]);
    let answers = read["answers"].as_array().cloned().unwrap_or_default();
    let value = |answer: &Value| answer["value"]["text"]["text"].clone();
    answers.iter().map(|answer| (answer["question"].as_str().unwrap().to_owned(), value(answer))).collect()
}

fn is(question: &str, text: &str) -> (String, Value) {
    (question.to_owned(), json!(text))
}

/// A text of 4,994 characters in many lines, which a line of a terminal cannot hold.
fn long() -> String {
    let line = "The Prosecutor General executes requests; the judge authorises coercive measures.\n";
    let mut text = line.repeat(62);
    text.truncate(4_993);
    text + "."
}

#[tokio::test]
async fn a_pasted_text_is_one_answer_and_whole() {
    let (desks, response) = asked().await;
    let mut screen = begins(&desks, "xterm", &response, &[]);
    screen.shows("text (en)> ");
    screen.pastes(&long());
    screen.enters();
    screen.shows("Saved, 4,994 characters:");
    screen.shows("A2 · 1 answered, 1 open");
    screen.shows("text (en)> ");
    screen.writes(":quit");
    assert_eq!(screen.ends(), 0);
    assert_eq!(answers(&desks, &response), [is("A1", &long())]);
}

/// Some terminals do not mark what is pasted: its lines come like keys, but faster than a hand. Where the program itself is
/// held up between two of them, the first line is the answer, and the second one none to another question.
#[tokio::test]
async fn a_paste_that_is_not_marked_answers_no_other_question() {
    let (desks, response) = asked().await;
    let mut screen = begins(&desks, "xterm", &response, &[]);
    screen.shows("text (en)> ");
    screen.presses("The Prosecutor General.\rThe judge.\r");
    screen.shows("General.");
    screen.enters();
    screen.shows("Saved:");
    screen.shows("text (en)> ");
    screen.writes(":quit");
    assert_eq!(screen.ends(), 0);
    let found = answers(&desks, &response);
    let whole = [is("A1", "The Prosecutor General.\nThe judge.")];
    assert!(found == whole || found == [is("A1", "The Prosecutor General.")], "{found:?}");
}

#[tokio::test]
async fn a_terminal_that_cuts_lines_is_not_believed() {
    let (desks, response) = asked().await;
    let mut screen = begins(&desks, "dumb", &response, &[]);
    screen.shows("text (en)> ");
    screen.presses(&format!("{}\n", "x".repeat(5_000)));
    screen.shows("This terminal cuts lines after 4,095");
    screen.shows("text (en)> ");
    screen.presses("The Prosecutor General.\n");
    screen.shows("Saved:");
    screen.shows("text (en)> ");
    screen.presses(":quit\n");
    assert_eq!(screen.ends(), 0);
    assert_eq!(answers(&desks, &response), [is("A1", "The Prosecutor General.")]);
}

#[tokio::test]
async fn a_long_text_is_written_in_an_editor_and_an_answer_is_taken_back() {
    let (desks, response) = asked().await;
    let editor =
        desks.ana.writes("editor", "#!/bin/sh\nprintf 'First line.\\n\\nThird line.\\n' >> \"$1\"\n");
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o700)).unwrap();
    let mut screen = begins(&desks, "xterm", &response, &[]);
    screen.shows("text (en)> ");
    screen.writes(":edit");
    screen.shows("Saved:");
    screen.shows("Third line.");
    screen.shows("A2 · 1 answered");
    screen.shows("text (en)> ");
    screen.writes(":back");
    screen.shows("Enter keeps it:");
    screen.shows("text (en)> ");
    // The editor begins with the answer there is.
    screen.writes(":edit");
    screen.shows("text (en)> ");
    assert_eq!(
        answers(&desks, &response),
        [is("A1", "First line.\n\nThird line.First line.\n\nThird line.")]
    );
    screen.writes(":back");
    screen.shows("text (en)> ");
    screen.writes(":takeback");
    screen.shows("The answer is taken back: A1 is open.");
    screen.shows("text (en)> ");
    screen.writes(":quit");
    screen.shows("0 answered, 2 open");
    assert_eq!(screen.ends(), 0);
    let read = desks.ana.asks(&["questionnaire", "get-response", &response]);
    assert_eq!(read["progress"]["required"], json!(["A1"]));
}

#[tokio::test]
async fn in_french_all_is_french_and_lines_break_between_words() {
    let (desks, response) = asked().await;
    let mut screen = begins(&desks, "xterm", &response, &["--language", "fr"]);
    screen.shows("texte (fr)> ");
    screen.writes("?");
    screen.shows("texte (fr)> ");
    screen.writes("Le procureur général.");
    screen.shows("Enregistré");
    screen.shows("texte (fr)> ");
    screen.writes(":quit");
    screen.shows("continuez avec");
    let all = screen.all.clone();
    assert_eq!(screen.ends(), 0);
    for english in ["answered", "Saved", "Answer", "required", "valid from", "leaves", "text ("] {
        assert!(!all.contains(english), "{english}: {all}");
    }
    assert!(all.contains("Quelle autorité exécute"), "{all}");
    for line in all.lines().filter(|line| !line.contains('>')) {
        let plain = line.replace("\u{1b}[1m", "").replace("\u{1b}[0m", "").replace('\r', "");
        assert!(plain.chars().count() <= 60, "{plain:?}");
    }
}
