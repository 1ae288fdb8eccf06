//! What another engine makes of the same questionnaires and answers; `tools/oracle/README.md` tells how it was asked.

use std::sync::LazyLock;

use proptest::{prelude::*, sample::select};
use serde::Deserialize;

use super::*;

#[derive(Deserialize)]
struct Line {
    id: u32,
    questions: Vec<Row>,
    answers: Given,
    visible: Vec<String>,
    required: Vec<String>,
    violated: Vec<String>,
}

#[derive(Deserialize)]
struct Row {
    key: String,
    #[serde(rename = "type")]
    kind: QuestionType,
    options: Vec<String>,
    relevant: Option<String>,
    required: Option<String>,
    constraint: Option<String>,
}

struct Vector {
    line: Line,
    document: Document,
}

static VECTORS: LazyLock<Vec<Vector>> = LazyLock::new(|| {
    let question = |row: &Row| Question {
        options: row.options.iter().map(|key| samples::option(key)).collect(),
        relevant: row.relevant.clone(),
        required: row.required.clone(),
        constraint: row.constraint.clone(),
        ..samples::question(&row.key, row.kind)
    };
    let read = |line: &str| {
        let line: Line = serde_json::from_str(line).unwrap();
        Vector { document: samples::document(line.questions.iter().map(question)), line }
    };
    include_str!("../../../../../tests/vectors/logic.jsonl").lines().map(read).collect()
});

#[test]
fn another_engine_comes_to_the_same_result() {
    for Vector { line, document } in VECTORS.iter() {
        let standings = Logic::of(document).unwrap().evaluate(&line.answers);
        let keys = |of: fn(&Standing) -> bool| -> Vec<&String> {
            let questions = document.questions.iter().zip(&standings);
            questions.filter(|(_, standing)| of(standing)).map(|(question, _)| &question.key).collect()
        };
        assert_eq!(keys(|standing| standing.asked), line.visible.iter().collect::<Vec<_>>(), "{}", line.id);
        assert_eq!(
            keys(|standing| standing.required),
            line.required.iter().collect::<Vec<_>>(),
            "{}",
            line.id
        );
        assert_eq!(
            keys(|standing| standing.violated),
            line.violated.iter().collect::<Vec<_>>(),
            "{}",
            line.id
        );
    }
    let mut forms: Vec<&Document> = VECTORS.iter().map(|vector| &vector.document).collect();
    forms.dedup();
    assert!(forms.len() >= 500, "{} forms were compared", forms.len());
    let violated: usize = VECTORS.iter().map(|vector| vector.line.violated.len()).sum();
    assert!(violated >= 500, "{violated} answers were against their constraints");
}

/// A questionnaire of the vectors, answered anyhow: with its own options and answers, and a few others.
fn forms() -> impl Strategy<Value = (Document, Given)> {
    (0..VECTORS.len()).prop_flat_map(|place| {
        let Vector { line, document } = &VECTORS[place];
        let options = document.questions.iter().flat_map(|question| &question.options);
        let mut values: Vec<String> = options.map(|option| option.key.clone()).collect();
        values.extend(line.answers.values().cloned());
        values.extend(["yes", "no", "", "0", "-1.5", "100"].map(str::to_owned));
        let answers = prop::collection::vec(prop::option::of(select(values)), document.questions.len());
        answers.prop_map(|answers| {
            let answered = document.questions.iter().zip(answers);
            let given = answered.filter_map(|(question, value)| Some((question.key.clone(), value?)));
            (document.clone(), given.collect())
        })
    })
}

proptest! {
    #[test]
    fn an_answer_to_a_question_that_is_not_asked_changes_nothing((document, given) in forms()) {
        let logic = Logic::of(&document).unwrap();
        let standings = logic.evaluate(&given);
        prop_assert_eq!(logic.evaluate(&logic.counting(&given)), standings.clone());
        let hidden = document.questions.iter().zip(&standings).filter(|(_, standing)| !standing.asked);
        for (question, _) in hidden {
            prop_assert!(!logic.counting(&given).contains_key(&question.key));
            for value in question.options.iter().map(|option| option.key.as_str()).chain(["", "yes", "5"]) {
                let mut other = given.clone();
                other.insert(question.key.clone(), value.to_owned());
                prop_assert_eq!(logic.evaluate(&other), standings.clone(), "{} = {:?}", question.key, value);
            }
        }
    }

    #[test]
    fn the_order_of_questions_does_not_matter(
        ((document, given), order) in forms().prop_flat_map(|form| {
            let places = (0..form.0.questions.len()).collect::<Vec<_>>();
            (Just(form), Just(places).prop_shuffle())
        })
    ) {
        let questions = order.iter().map(|place| document.questions[*place].clone()).collect();
        let shuffled = Document { questions, ..document.clone() };
        let standings = Logic::of(&document).unwrap().evaluate(&given);
        let expected: Vec<_> = order.iter().map(|place| standings[*place]).collect();
        prop_assert_eq!(Logic::of(&shuffled).unwrap().evaluate(&given), expected);
    }
}
