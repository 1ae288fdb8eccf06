//! Answers on any day, as known by any day: random answers and attestations against a model that looks through a list.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use focalnet_contract::Rpc;
use serde_json::{Value, json};

use crate::support::{
    asking::{answer, column, words_of},
    cast::Org,
    dice::Dice,
    questionnaires::{document, question, words},
    world::World,
};

const ROUNDS: u64 = 14;
const PAIRS: u64 = 240;

fn first_day() -> NaiveDate {
    "2040-01-01".parse().unwrap()
}

/// `Q1` decides whether `Q2` is asked; `Q3` stands alone.
fn three_questions() -> Value {
    let gap = |when: &str| {
        json!({ "gap_rules": [{ "when": when, "severity": "SEVERITY_MAJOR", "provision": "RS 88",
                "description": words("A gap") }] })
    };
    let mut second = gap("${Q2} < 10");
    second["relevant"] = "${Q1} >= 10".into();
    let mut document = document();
    document["questions"] = json!([
        question("Q1", "INTEGER", gap("${Q1} < 10")),
        question("Q2", "INTEGER", second),
        question("Q3", "INTEGER", gap("${Q3} < 10")),
    ]);
    document
}

/// An answer as it was saved.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Saved {
    value: u64,
    valid_from: NaiveDate,
    number: u64,
}

/// What was attested, in the order of attestation.
#[derive(Default)]
struct Model {
    newest: BTreeMap<&'static str, Saved>,
    attested: Vec<(&'static str, NaiveDate, Saved)>,
}

impl Model {
    fn saves(&mut self, question: &'static str, value: u64, valid_from: NaiveDate) {
        let number = self.newest.get(question).map_or(0, |saved| saved.number) + 1;
        self.newest.insert(question, Saved { value, valid_from, number });
    }

    fn asks_second(&self) -> bool {
        self.newest.get("Q1").is_some_and(|first| first.value >= 10)
    }

    /// What is asked, and not attested already.
    fn attests(&mut self, day: NaiveDate) {
        for (question, saved) in &self.newest {
            let known = self.attested.iter().any(|(other, _, old)| other == question && old == saved);
            if !known && (*question != "Q2" || self.asks_second()) {
                self.attested.push((question, day, *saved));
            }
        }
    }

    /// The answers in force: of those that hold and were known the one attested last.
    fn in_force(&self, day: NaiveDate, known: NaiveDate) -> BTreeMap<&'static str, Saved> {
        let mut found: BTreeMap<&str, Saved> = BTreeMap::new();
        for (question, attested, saved) in &self.attested {
            if saved.valid_from <= day && *attested <= known {
                found.insert(question, *saved);
            }
        }
        found
    }
}

/// Gaps, what is not known, and what shows no gap.
fn analysed(answers: &BTreeMap<&'static str, Saved>) -> [Vec<&'static str>; 3] {
    let value = |question| answers.get(question).map(|saved| saved.value);
    let [mut gaps, mut not_known, mut no_gap] = [const { Vec::new() }; 3];
    for question in ["Q1", "Q2", "Q3"] {
        match (question, value("Q1"), value(question)) {
            ("Q2", Some(..10), _) => {}
            // Whether it is asked at all, nobody knows.
            ("Q2", None, _) | (_, _, None) => not_known.push(question),
            (_, _, Some(..10)) => gaps.push(question),
            _ => no_gap.push(question),
        }
    }
    [gaps, not_known, no_gap]
}

#[tokio::test]
async fn on_any_day_as_known_by_any_day_the_answers_are_those_of_the_model() {
    let (mut dice, mut model) = (Dice::thrown(), Model::default());
    let world = World::new().await;
    world.turns_to("2040-01-01").await;
    let questionnaire = world.published(three_questions()).await;
    let state = world.portugal().name();
    let response = world.circulates(&questionnaire.name, &[state], "2045-01-01").await.remove(0);

    let mut today = first_day();
    for round in 0..ROUNDS {
        // Two rounds may fall on one day, and the clock goes back between them.
        today = today + Days::new(dice.below(4) * 20);
        world.turns_to(&today.to_string()).await;
        let portugal = world.respondents(Org::Portugal);
        if round > 0 {
            portugal.reopen(&response).await;
        }
        for question in ["Q1", "Q2", "Q3"] {
            if dice.below(3) == 0 || question == "Q2" && !model.asks_second() {
                continue;
            }
            let value = dice.below(20);
            let valid_from = dice.day(first_day() - Days::new(200), 700);
            let sent = answer(
                question,
                json!({ "integer": value.to_string() }),
                json!({ "valid_from_date": valid_from }),
            );
            portugal.focal_point.saves(&response, json!([sent])).await.unwrap();
            model.saves(question, value, valid_from);
        }
        portugal.attest(&response, json!([])).await;
        model.attests(today);
    }

    let officer = world.registry().officer();
    for _ in 0..PAIRS {
        let (day, known) = (dice.day(first_day() - Days::new(250), 900), dice.day(first_day(), 400));
        let message = json!({ "parent": state, "as_of_date": day, "known_date": known });
        let expected = model.in_force(day, known);
        let listed = officer.lists(Rpc::ListAnswers, message.clone()).await.unwrap();
        let facts = |answer: &Value| {
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            (text(&answer["question"]), text(&answer["value"]["integer"]), text(&answer["valid_from_date"]))
        };
        let mut found: Vec<_> = listed.iter().map(facts).collect();
        found.sort();
        let known_answers = expected.iter().map(|(question, saved)| {
            ((*question).to_owned(), saved.value.to_string(), saved.valid_from.to_string())
        });
        assert_eq!(
            found,
            known_answers.collect::<Vec<_>>(),
            "{day} as known by {known}: {:?}",
            model.attested
        );

        let gaps = officer.asks(Rpc::GetGapAnalysis, message).await.unwrap();
        let shown = &gaps["states"][0];
        let found = [
            column(shown["gaps"].as_array().into_iter().flatten(), "question"),
            words_of(&shown["not_known"]),
            words_of(&shown["no_gap"]),
        ];
        assert_eq!(found, analysed(&expected), "{day} as known by {known}: {expected:?}");
    }
}
