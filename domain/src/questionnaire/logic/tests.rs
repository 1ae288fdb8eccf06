use super::*;
use crate::questionnaire::{QuestionType, samples};

mod flaws;
mod vectors;

/// Text questions, each as its key and the condition under which it is asked, which may be empty.
fn document(questions: &[(&str, &str)]) -> Document {
    samples::document(questions.iter().map(|(key, relevant)| Question {
        relevant: (!relevant.is_empty()).then(|| (*relevant).to_owned()),
        ..samples::question(key, QuestionType::Text)
    }))
}

fn given(answers: &[(&str, &str)]) -> Given {
    answers.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

/// Keys of the questions that are asked.
fn asked<'a>(document: &'a Document, answers: &[(&str, &str)]) -> Vec<&'a str> {
    let standings = Logic::of(document).unwrap().evaluate(&given(answers));
    let questions = document.questions.iter().zip(standings);
    questions.filter(|(_, standing)| standing.asked).map(|(question, _)| question.key.as_str()).collect()
}

#[test]
fn a_number_is_what_xpath_takes_for_one() {
    let document = document(&[("N", ""), ("A", "${N} > 4")]);
    for (text, counts) in [
        ("5", true),
        (" 5.0 ", true),
        ("+5", false),
        ("5e0", false),
        ("1e3", false),
        ("inf", false),
        ("Infinity", false),
        ("0x10", false),
        ("2024-01-01", false),
        ("", false),
    ] {
        assert_eq!(asked(&document, &[("N", text)]).contains(&"A"), counts, "{text:?}");
    }
}

#[test]
fn what_is_hidden_hides_what_follows_from_it() {
    // The last comes first, so that the order of the document helps nobody.
    let document = document(&[("C", "${B} = 'x'"), ("B", "${A} = 'x'"), ("A", ""), ("D", "${B} = ''")]);
    let answers = [("B", "x"), ("C", "x")];
    assert_eq!(asked(&document, &[&answers[..], &[("A", "x")]].concat()), ["C", "B", "A"]);
    assert_eq!(asked(&document, &[&answers[..], &[("A", "y")]].concat()), ["A", "D"]);
    assert_eq!(asked(&document, &answers), ["A", "D"]);
}

#[test]
fn a_question_must_be_answered_only_when_it_is_asked() {
    let mut document = document(&[("A", ""), ("B", "${A} = 'x'"), ("C", "")]);
    document.questions[1].required = Some("true()".into());
    document.questions[2].required = Some("${B} = 'x'".into());
    let required = |answers: &[(&str, &str)]| -> Vec<bool> {
        let standings = Logic::of(&document).unwrap().evaluate(&given(answers));
        standings.iter().map(|standing| standing.required).collect()
    };
    assert_eq!(required(&[]), [false, false, false]);
    assert_eq!(required(&[("B", "x")]), [false, false, false]);
    assert_eq!(required(&[("A", "x")]), [false, true, false]);
    assert_eq!(required(&[("A", "x"), ("B", "x")]), [false, true, true]);
}

#[test]
fn a_retired_question_is_not_asked_whatever_was_answered() {
    let mut document = document(&[("A", ""), ("B", "")]);
    document.questions[0].change = Some(Change::Retired);
    assert_eq!(asked(&document, &[("A", "x"), ("B", "x")]), ["B"]);
}

#[test]
fn what_keeps_a_question_from_being_asked_must_be_settled_too() {
    let mut document = document(&[("A", ""), ("B", "${A} = 'x'"), ("C", "${B} = 'x'"), ("D", "${A} = 'x'")]);
    document.questions[3].change = Some(Change::Retired);
    let logic = Logic::of(&document).unwrap();
    let settled = |answers: &[(&str, &str)]| {
        let given = given(answers);
        logic.settled(&logic.evaluate(&given), |key| given.contains_key(key))
    };
    assert_eq!(settled(&[]), [false, false, false, true]);
    assert_eq!(settled(&[("A", "y")]), [true, true, true, true]);
    assert_eq!(settled(&[("A", "x")]), [true, false, false, true]);
    assert_eq!(settled(&[("A", "x"), ("B", "y")]), [true, true, true, true]);
}

#[test]
fn numbers_are_compared_as_numbers_and_texts_as_texts() {
    use crate::questionnaire::answer::{Period, Unit, Value};
    let kinds = [
        ("d1", QuestionType::Decimal),
        ("d2", QuestionType::Decimal),
        ("zero", QuestionType::Decimal),
        ("i1", QuestionType::Integer),
        ("p1", QuestionType::Period),
        ("p2", QuestionType::Period),
        ("t1", QuestionType::Text),
        ("none", QuestionType::Decimal),
    ];
    let given: Given = [
        ("d1", Value::Decimal("2.0".into())),
        ("d2", Value::Decimal("0.30".into())),
        ("zero", Value::Decimal("-0".into())),
        ("i1", Value::Integer(2)),
        ("p1", Value::Period(Period { amount: 1, unit: Unit::Years })),
        ("p2", Value::Period(Period { amount: 365, unit: Unit::Days })),
        ("t1", Value::Text(samples::english("2.0"))),
    ]
    .map(|(key, value)| (key.to_owned(), value.given()))
    .into();
    for (condition, holds) in [
        ("${d1} = 2", true),
        ("${d1} = '2'", true),
        ("${d1} = '2.0'", true),
        ("${d1} != '2'", false),
        ("${d1} = ${i1}", true),
        ("${d1} != ${i1}", false),
        ("${d1} - ${i1} = 0", true),
        ("${d1} = 1.9 + 0.1", true),
        ("${d2} = 0.3", true),
        ("${d2} = '0.3'", true),
        ("${zero} = 0", true),
        ("${zero} = '0'", true),
        ("${zero} = -0", true),
        ("${zero} != ${none}", true),
        ("${none} = ''", true),
        ("${none} = 0", false),
        ("${p1} = 365", true),
        ("${p1} = '365.0'", true),
        ("${p1} = ${p2}", true),
        ("${t1} = 2", true),
        ("${t1} = '2'", false),
        ("${t1} = ${d1}", true),
    ] {
        let mut document = samples::document(kinds.map(|(key, kind)| samples::question(key, kind)));
        let asked =
            Question { relevant: Some(condition.into()), ..samples::question("Q", QuestionType::Text) };
        document.questions.push(asked);
        let standings = Logic::of(&document).unwrap().evaluate(&given);
        assert_eq!(standings.last().unwrap().asked, holds, "{condition}");
    }
}

#[test]
fn a_constraint_is_about_values_of_questions_that_are_asked() {
    let mut document = document(&[("A", ""), ("B", "${A} != 'x'")]);
    document.questions[1].constraint = Some(". != 'no' and . != ${A}".into());
    let violated =
        |answers: &[(&str, &str)]| Logic::of(&document).unwrap().evaluate(&given(answers))[1].violated;
    assert!(!violated(&[("B", "yes")]));
    assert!(violated(&[("B", "no")]));
    assert!(violated(&[("A", "yes"), ("B", "yes")]));
    // Nothing is said against a question that is not asked, or that has no value.
    assert!(!violated(&[("A", "x"), ("B", "no")]));
    assert!(!violated(&[]));
    assert!(!violated(&[("A", "yes"), ("B", "")]));
}
