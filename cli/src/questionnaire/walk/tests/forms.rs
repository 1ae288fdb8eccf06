//! What holds of any input.

use focalnet_domain::questionnaire::{
    QuestionType, Texts,
    answer::{Period, Unfit, Unit},
    response::State,
};
use proptest::prelude::*;
use serde_json::json;

use super::{Scene, from_before};
use crate::questionnaire::{
    samples,
    tongue::Tongue,
    walk::{input::Input, parse, phrases::Phrase, refusal},
};

/// Lines as a person, a script or an accident may write them.
fn line() -> impl Strategy<Value = String> {
    let words = vec![
        "",
        "?",
        "y",
        "n",
        "1",
        "2 1",
        "direct,",
        "once",
        "24 months",
        "12.5",
        "2026-03-02",
        "2026-02-30",
        "mine",
        "theirs",
        ":skip",
        ":back",
        ":unknown",
        ":n/a",
        ":share",
        ":since 2026-01-01",
        ":since",
        ":comment é",
        "::x",
        ":",
        "::",
        "-",
        "a@b",
        "é\u{1b}[A",
        "\u{202e}",
        "/dev/null",
    ];
    prop_oneof![4 => prop::sample::select(words).prop_map(str::to_owned), 1 => any::<String>()]
}

proptest! {
    #[test]
    fn a_length_of_time_is_read_as_it_is_printed(amount in 0..=Period::MAX, unit in prop::sample::select(Unit::ALL)) {
        let period = Period { amount, unit };
        for tongue in [Tongue::English, Tongue::French] {
            prop_assert_eq!(parse::period(&parse::print_period(period, tongue), tongue), Ok(period));
        }
    }

    #[test]
    fn no_line_breaks_the_reading(text in any::<String>()) {
        let text = text.trim();
        let tongue = Tongue::English;
        let _ = Input::read(text, tongue);
        let (_, _, _) = (parse::period(text, tongue), parse::day(text, tongue), parse::boolean(text, tongue));
        for question in Scene::empty().document.questions {
            // Whether an answer fits its question is said by the domain, which every answer passes.
            let _ = parse::value(&question, text, "en").map(|value| value.problem(&question));
        }
    }

    #[test]
    fn no_conversation_fails(lines in prop::collection::vec(line(), 0..40), all in any::<bool>()) {
        let scene = Scene::with([from_before("A1", &json!({ "boolean": true }))]);
        let scene = if all { scene.all() } else { scene };
        let document = scene.document.clone();
        let lines: Vec<_> = lines.iter().map(String::as_str).collect();
        let played = scene.hears(&lines);
        prop_assert!(played.end.is_ok());
        prop_assert!(played.last().contains("focalnet questionnaire "));
        for answer in &played.saved {
            let question = document.questions.iter().find(|question| question.key == answer.question).unwrap();
            prop_assert_eq!(answer.value.problem(question), None);
        }
    }

    #[test]
    fn no_bytes_fail(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(Scene::empty().reads(&bytes).end.is_ok());
    }
}

#[test]
fn a_line_that_is_not_utf8_is_asked_for_again() {
    let played = Scene::empty().reads(b"\xff\xfe\ny");
    played.says("The line is not in UTF-8: write it again.");
    assert_eq!(played.questions(), ["A1"]);
}

/// What a phrase tells, it tells in both languages.
#[test]
fn phrases_have_the_same_parts_in_all_languages() {
    let parts = |text: &str| -> std::collections::BTreeSet<String> {
        let begun = text.split('{').skip(1);
        begun.map(|rest| rest.split_once('}').unwrap().0.to_owned()).collect()
    };
    for phrase in Phrase::ALL {
        let [english, french] = [Tongue::English, Tongue::French].map(|tongue| phrase.text(tongue));
        assert_eq!(parts(english), parts(french), "{phrase:?}");
        assert_ne!(english, french, "{phrase:?}");
    }
    let braces = Tongue::English.say(Phrase::Unsaved, &["{0}{1}"]);
    assert_eq!(braces, "Your answer to {0}{1} is not saved.");
}

#[test]
fn one_is_said_otherwise_than_two() {
    let said = |amount, unit, tongue| parse::print_period(Period { amount, unit }, tongue);
    for (amount, unit, english, french) in [
        (1, Unit::Months, "1 month", "1 mois"),
        (2, Unit::Years, "2 years", "2 ans"),
        (0, Unit::Days, "0 days", "0 jour"),
    ] {
        assert_eq!(said(amount, unit, Tongue::English), english);
        assert_eq!(said(amount, unit, Tongue::French), french);
    }
    for (words, amount, unit) in [
        ("6 mois", 6, Unit::Months),
        ("1 jour", 1, Unit::Days),
        ("3 Heures", 3, Unit::Hours),
        ("2 années", 2, Unit::Years),
    ] {
        assert_eq!(parse::period(words, Tongue::English), Ok(Period { amount, unit }));
    }
}

#[test]
fn every_type_has_a_sample() {
    let document = Scene::empty().document;
    assert!(
        QuestionType::ALL.iter().all(|kind| document.questions.iter().any(|question| question.kind == *kind))
    );
}

/// Whatever is wrong with a value or a constraint, each tongue has its own words for it.
#[test]
fn what_does_not_fit_is_said_in_each_language() {
    let all = [
        Unfit::Note,
        Unfit::Type(QuestionType::Date),
        Unfit::NoOption(vec!["a".into(), "b".into()]),
        Unfit::NothingChosen,
        Unfit::ChosenTwice,
        Unfit::NoDecimal,
        Unfit::Length,
        Unfit::NoLaw,
        Unfit::Contact(".email", "is no address"),
        Unfit::Contact(".telephone", "is no number"),
        Unfit::Contact("", "name somebody"),
    ];
    let [english, french] = [Tongue::English, Tongue::French]
        .map(|tongue| all.each_ref().map(|unfit| refusal::unfit(unfit, tongue)));
    for (english, french) in english.iter().zip(&french) {
        assert_ne!(english, french);
        assert!(french.ends_with('.') && !french.contains("The answer"), "{french}");
    }
    assert_eq!(french[2], "La réponse n'est pas une des options : a, b.");
    let mut question = samples::sample().questions.remove(0);
    question.constraint = Some(". > 1".into());
    question.constraint_message = Texts::default();
    assert_eq!(refusal::constraint(&question, "fr", Tongue::French), "doit satisfaire la contrainte `. > 1`");
    for state in State::ALL {
        assert_ne!(refusal::state(*state, Tongue::French), refusal::state(*state, Tongue::English));
    }
}
