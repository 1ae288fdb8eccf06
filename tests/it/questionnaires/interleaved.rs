//! A thousand saves by two people at the same time: what was answered as saved is there, each once and in its place.

use std::collections::BTreeMap;

use focalnet::testing::store::provision::OWNER;
use focalnet_contract::Rpc;
use serde_json::{Value, json};
use tokio::sync::Barrier;

use crate::support::{
    actor::Clients,
    asking::{answer, entry, following},
    cast::Org,
    ledger::texts,
    questionnaires::{document, question},
    refusals::why,
    waiting::until,
    world::World,
};

const QUESTIONS: [&str; 10] = ["Q0", "Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7", "Q8", "Q9"];
const SAVES: i64 = 500;

/// What somebody was told is saved: by question and number the value.
type Saved = BTreeMap<(String, i64), i64>;

/// Saves one answer after the other, each of a value of its own; whoever was overtaken reads again. Gives what was saved,
/// and how often somebody else was faster.
async fn works(who: &Clients, response: &str, first: i64, both: &Barrier) -> (Saved, usize) {
    let (mut saved, mut conflicts) = (Saved::new(), 0);
    let mut read = who.reads_response(response).await.unwrap();
    // Both have read before one saves, and begin with the same question: one of them is overtaken.
    both.wait().await;
    for value in first..first + SAVES {
        let key = QUESTIONS[usize::try_from(value).unwrap() % QUESTIONS.len()];
        until("a save that nobody overtakes", async || {
            let sent = json!([answer(key, json!({ "integer": value.to_string() }), json!({}))]);
            let message = json!({ "name": response, "answers": following(&read, sent) });
            match who.asks(Rpc::SaveAnswers, message).await {
                Ok(now) => {
                    read = now;
                    Some(())
                }
                Err(told) => {
                    assert_eq!(why(&told).1, "ANSWER_CONFLICT", "{told:?}");
                    conflicts += 1;
                    read = who.reads_response(response).await.unwrap();
                    None
                }
            }
        })
        .await;
        let own = entry(&read["answers"], "question", key);
        assert_eq!(own["value"]["integer"], value.to_string(), "the answer shows what was saved");
        saved.insert((key.into(), own["number"].as_i64().unwrap()), value);
    }
    (saved, conflicts)
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_thousand_saves_by_two_people_none_is_lost() {
    let world = World::new().await;
    let portugal = world.respondents(Org::Portugal);
    let mut document = document();
    document["questions"] = QUESTIONS.iter().map(|key| question(key, "INTEGER", json!({}))).collect();
    let questionnaire = world.published(document).await;
    let response = world.circulates(&questionnaire.name, &[&portugal.name], "2100-01-01").await.remove(0);

    let both = Barrier::new(2);
    let ((one, conflicts), (other, more)) = tokio::join!(
        works(&portugal.focal_point, &response, 0, &both),
        works(&portugal.deputy, &response, 10_000, &both),
    );
    assert!(conflicts + more > 0, "they were never in each other's way");
    let told = one.len() + other.len();
    let mut saved = one;
    saved.extend(other);
    assert_eq!((told, saved.len()), (1_000, 1_000), "no number was given twice");

    let mut database = world.database_as(OWNER).await;
    let rows =
        "SELECT concat_ws(' ', question, number, value ->> 'integer') FROM answer ORDER BY question, number";
    let expected: Vec<_> =
        saved.iter().map(|((key, number), value)| format!("{key} {number} {value}")).collect();
    assert_eq!(texts(&mut database, rows).await, expected);

    let latest: BTreeMap<_, _> =
        saved.iter().map(|((key, number), value)| (key, (*number, *value))).collect();
    let read = portugal.deputy.reads_response(&response).await.unwrap();
    for (key, (number, value)) in latest {
        let numbers = saved.keys().filter(|(question, _)| question == key).count();
        assert_eq!(usize::try_from(number).unwrap(), numbers, "{key} is numbered without a gap");
        let present = entry(&read["answers"], "question", key);
        assert_eq!(
            (&present["number"], &present["value"]["integer"]),
            (&Value::from(number), &Value::from(value.to_string())),
        );
    }
    let events = format!(
        "SELECT concat_ws(' ', count(*), min(index), max(index), count(DISTINCT index)) FROM journal_event
         WHERE stream = '{response}/state' AND act = 'save_answers'"
    );
    let found = texts(&mut database, &events).await.remove(0);
    let first: i64 = found.split(' ').nth(1).unwrap().parse().unwrap();
    assert_eq!(found, format!("1000 {first} {} 1000", first + 999), "one event for each, without a gap");
}
