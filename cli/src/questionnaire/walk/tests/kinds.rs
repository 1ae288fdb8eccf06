//! Each type of question: what can be written, and what is explained and asked again.

use focalnet_domain::{
    journal::{Bytes, sha256},
    questionnaire::QuestionType,
};
use serde_json::{Value as Json, json};

use super::{Scene, theirs};

/// All questions are asked.
fn scene() -> Scene {
    Scene::with([
        theirs("A1", &json!({ "boolean": true }), "Rui Costa"),
        theirs("B1", &json!({ "options": { "keys": ["direct"] } }), "Rui Costa"),
    ])
}

#[track_caller]
fn becomes(question: &str, lines: &[&str], expected: &Json) {
    let played = scene().only(question).hears(lines);
    assert!(played.end.is_ok());
    let saved = played.saved.last().unwrap_or_else(|| panic!("nothing saved:\n{}", played.text));
    assert_eq!((saved.question.as_str(), &json!(saved.value)), (question, expected), "{}", played.text);
}

#[track_caller]
fn is_asked_again(question: &str, wrong: &str, why: &str) {
    let played = scene().only(question).hears(&[wrong, ":unknown"]);
    played.says(why);
    assert_eq!(json!(played.saved[0].value), json!({ "absence": "unknown" }), "{}", played.text);
    assert_eq!(played.saved.len(), 1);
}

#[test]
fn yes_and_no() {
    for (word, expected) in
        [("y", true), ("YES", true), ("oui", true), ("n", false), (" no ", false), ("non", false)]
    {
        becomes("A1", &[word], &json!({ "boolean": expected }));
    }
    is_asked_again("A1", "maybe", "Write y or n.");
}

#[test]
fn options() {
    for word in ["2", "always"] {
        becomes("B3", &[word], &json!({ "option": "always" }));
    }
    for words in ["1 2", "2,1", "direct, diplomatic", "diplomatic direct 2"] {
        becomes("B1", &[words], &json!({ "options": { "keys": ["diplomatic", "direct"] } }));
    }
    is_asked_again("B3", "3", "`3` is none of the options: write a number from 1 to 2, or a key.");
    is_asked_again("B3", "0", "`0` is none of the options");
    is_asked_again("B1", "1 twice", "`twice` is none of the options");
    is_asked_again("B1", ",", "The answer must choose at least one option.");
}

#[test]
fn options_whose_keys_are_numbers_are_chosen_by_key_alone() {
    let mut scene = scene();
    let place = scene.place("B3");
    scene.document.questions[place].options[0].key = "2".to_owned();
    let played = scene.only("B3").hears(&["1", "2"]);
    played.says("\n  Once (2)\n");
    played.says("key> ");
    assert_eq!(json!(played.saved[0].value), json!({ "option": "2" }));
}

#[test]
fn words_and_numbers() {
    becomes(
        "B4",
        &["Since 2008, yes."],
        &json!({ "text": { "text": "Since 2008, yes.", "language_code": "en" } }),
    );
    becomes("B4", &["::skip"], &json!({ "text": { "text": ":skip", "language_code": "en" } }));
    becomes("B5", &["-12"], &json!({ "integer": -12 }));
    becomes("B6", &["12.50"], &json!({ "decimal": "12.50" }));
    becomes("B7", &["2008-05-27"], &json!({ "date": "2008-05-27" }));
    is_asked_again("B5", "12.5", "Write a whole number");
    is_asked_again("B6", "12,5", "Write a number in figures with a point and without blanks, as 12.5.");
    for wrong in ["yesterday", "2008-02-30", "0000-01-01", "+12008-01-01"] {
        is_asked_again("B7", wrong, "Write a day as year, month and day: 2026-03-02.");
    }
}

#[test]
fn lengths_of_time() {
    for (words, amount, unit) in
        [("24 months", 24, "months"), ("48h", 48, "hours"), ("5 d", 5, "days"), ("2 ans", 2, "years")]
    {
        becomes("B2", &[words], &json!({ "period": { "amount": amount, "unit": unit } }));
    }
    is_asked_again("B2", "two years", "Write a whole number of hours, days, months or years");
    is_asked_again("B2", "10001 d", "The number must be from 0 to 10000.");
    is_asked_again("B2", "99999999999999999999 d", "The number must be from 0 to 10000.");
}

#[test]
fn laws_until_an_empty_title() {
    let lines =
        ["Code of procedure", "627-3", "https://example.org", "May", "2002-07-01", "Another", "", "", "", ""];
    let laws = json!([
        { "title": { "text": "Code of procedure", "language_code": "en" }, "article": "627-3",
          "url": "https://example.org", "in_force_from_date": "2002-07-01" },
        { "title": { "text": "Another", "language_code": "en" } },
    ]);
    becomes("A2", &lines, &json!({ "legislation": { "references": laws } }));
}

#[test]
fn a_contact_is_asked_for_line_by_line() {
    let lines = [
        "Ministry",
        "",
        "1 Rua, Lisbon",
        "not an address",
        "a@example.org",
        "12",
        "+351 21 000 0000",
        "perhaps",
        "y",
    ];
    let contact = json!({ "authority": "Ministry", "postal_address": "1 Rua, Lisbon", "email": "a@example.org",
        "telephone": "+351 21 000 0000", "around_the_clock": true });
    becomes("A3", &lines, &json!({ "contact": contact }));
    let somebody = ["-", "", "Ana Silva", "", "", "", ""];
    let contact = json!({ "person_display_name": "Ana Silva", "around_the_clock": false });
    becomes("A3", &somebody, &json!({ "contact": contact }));
    scene().only("A3").hears(&["-", ""]).says("Name an authority or a person.");
}

#[test]
fn a_file_is_measured_where_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("form.pdf");
    std::fs::write(&path, "A form.").unwrap();
    let (path, folder) = (path.to_str().unwrap(), folder.path().to_str().unwrap());
    let lines = ["request form", "/nowhere/form.pdf", folder, path, "French", "fr"];
    let file = json!({ "kind": "request form", "file_name": "form.pdf", "size_bytes": 7, "language_code": "fr",
        "sha256": Bytes(sha256(&[b"A form."]).to_vec()).hex(), "translation_of": null });
    becomes("B8", &lines, &json!({ "file": file }));
    scene().only("B8").hears(&lines).says(&format!("  {folder}: is no file."));
}

#[test]
fn an_answer_of_several_lines_can_be_begun_anew_or_left() {
    let played =
        scene().only("A2").hears(&["Wrong title", ":back", "Right title", ":comment x", "", "", "", ""]);
    played.says("The answer begins anew.");
    played.says("Within an answer there are only `:back` and `:quit`");
    let title = &json!(played.saved[0].value)["legislation"]["references"][0]["title"]["text"];
    assert_eq!((title, played.saved.len()), (&json!("Right title"), 1));
    for lines in [&["Title", ":quit"][..], &["Title", "1"]] {
        let played = scene().only("A2").hears(lines);
        played.says("Your answer to A2 is not saved.");
        assert!(played.saved.is_empty());
    }
}

#[test]
fn why_there_is_no_value_can_be_said_of_each_question() {
    let document = scene().document;
    let questions = document.questions.iter().filter(|question| question.kind != QuestionType::Note);
    for key in questions.map(|question| &question.key) {
        for (command, absence) in [
            (":unknown", "unknown"),
            (":n/a", "does_not_apply"),
            (":REFORM", "under_reform"),
            (":withheld", "withheld"),
        ] {
            becomes(key, &[command], &json!({ "absence": absence }));
        }
    }
}
