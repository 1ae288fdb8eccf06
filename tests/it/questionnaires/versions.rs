//! Versions: each says how every question differs from the version before, and whether an earlier answer
//! still counts.

use focalnet_contract::Rpc;
use serde_json::{Value, json};
use tonic::Code;

use super::documents::publishes;
use crate::support::{
    asking::{answer, column, complaints, entry, fields, words_of},
    cast::Org,
    questionnaires::{answers, document, question, words},
    refusals::why,
    samples::Read,
    world::World,
};

/// The small questionnaire with something said of each question's change.
fn changed(changes: &[(&str, &str)]) -> Value {
    let mut document = document();
    for question in document["questions"].as_array_mut().unwrap() {
        let (_, change) = changes.iter().find(|(key, _)| question["key"] == *key).unwrap();
        question["change"] = format!("CHANGE_{change}").into();
        if *change == "REWORDED" {
            question["label"] = words("The same in other words");
        }
    }
    document
}

const SAME: &[(&str, &str)] = &[("A1", "UNCHANGED"), ("A2", "UNCHANGED"), ("D2", "UNCHANGED")];

#[tokio::test]
async fn a_second_version_says_of_each_question_what_it_is_to_the_first() {
    let world = World::new().await;
    let officer = world.registry().officer();
    world.published(document()).await;
    let create = async |document: Value| {
        let made = officer.asks(Rpc::CreateQuestionnaire, json!({ "questionnaire": document })).await;
        let made = made.unwrap();
        let text = |field: &str| made[field].as_str().unwrap().to_owned();
        Read { name: text("name"), etag: text("etag") }
    };

    // Nothing is said: what is equal says so by itself, and what differs is asked about.
    let mut silent = document();
    silent["questions"][1]["label"] = words("Another label");
    let told = publishes(&officer, &create(silent).await).await.unwrap_err();
    assert_eq!(why(&told), (Code::InvalidArgument, "INCOMPLETE".into()));
    let change = |place: usize| format!("questionnaire.questions[{place}].change");
    assert_eq!(fields(&told), [change(1)]);

    // The stated changes are not true, and a question is missing.
    let mut untrue = changed(&[("A1", "UNCHANGED"), ("A2", "NEW"), ("D2", "RETIRED")]);
    untrue["questions"][0]["required"] = "false()".into();
    untrue["questions"][2] = question("E1", "BOOLEAN", json!({ "change": "CHANGE_UNCHANGED" }));
    let told = publishes(&officer, &create(untrue).await).await.unwrap_err();
    let found = complaints(&told);
    assert_eq!(
        fields(&told),
        [change(0), change(1), change(2), "questionnaire.questions".into()],
        "{found:?}"
    );
    assert!(found[3].1.contains("`D2` of the version before is missing"), "{found:?}");

    let published = publishes(&officer, &create(changed(SAME)).await).await.unwrap();
    assert_eq!(published["version_number"], 2);
    let newest = officer.asks(Rpc::ListQuestionnaires, json!({ "filter": "state = STATE_PUBLISHED" })).await;
    let third = publishes(&officer, &create(document()).await).await.unwrap();
    assert!(third["questions"].as_array().unwrap().iter().all(|known| known["change"] == "CHANGE_UNCHANGED"));
    let numbers: Vec<_> = newest.unwrap()["questionnaires"]
        .as_array()
        .unwrap()
        .iter()
        .map(|q| q["version_number"].clone())
        .collect();
    assert_eq!(numbers, [2, 1], "the newest first; the first stays");
}

/// Portugal answers the first version. In the second, a question has other words and another one another meaning.
#[tokio::test]
async fn what_was_answered_before_is_filled_in_and_holds_once_it_is_confirmed() {
    let world = World::new().await;
    let portugal = world.respondents(Org::Portugal);
    let first = world.published(document()).await;
    let response = world.circulates(&first.name, &[&portugal.name], "2100-01-01").await.remove(0);
    portugal.attest(&response, answers()).await;

    let second = changed(&[("A1", "REWORDED"), ("A2", "UNCHANGED"), ("D2", "CHANGED_IN_MEANING")]);
    let second = world.published(second).await;
    let response = world.circulates(&second.name, &[&portugal.name], "2100-01-01").await.remove(0);

    let read = portugal.focal_point.reads_response(&response).await.unwrap();
    for key in ["A1", "D2"] {
        let filled = entry(&read["answers"], "question", key);
        assert_eq!(filled["unconfirmed"], true, "{key}: {filled}");
        assert_eq!((&filled["number"], &filled["author_display_name"]), (&Value::Null, &Value::Null));
    }
    assert_eq!(words_of(&read["progress"]["asked"]), ["A1", "A2", "D2"], "it counts for what is asked");
    assert_eq!(words_of(&read["progress"]["open"]), ["A1", "A2", "D2"], "but for no answer");

    // The old answer to D2 does not count for the new question: nobody knows, until it is given again.
    let gaps = async || {
        let message = json!({ "parent": portugal.name });
        let found = world.registry().officer().asks(Rpc::GetGapAnalysis, message).await.unwrap();
        assert_eq!(found["version_number"], 2);
        found["states"][0].clone()
    };
    let found = gaps().await;
    assert_eq!((words_of(&found["not_known"]), words_of(&found["no_gap"])), (vec!["D2"], vec!["A1"]));

    let told = portugal.focal_point.acts_on(Rpc::SubmitResponse, &response, json!({})).await.unwrap_err();
    assert_eq!(complaints(&told), [("answers.A1".into(), "is filled in from before: confirm it".into())]);

    // Who saves what was filled in confirms it.
    let confirm = json!([answer("A1", json!({ "boolean": true }), json!({}))]);
    let read = portugal.focal_point.saves(&response, confirm).await.unwrap();
    assert_eq!(words_of(&read["progress"]["open"]), ["A2", "D2"]);
    assert_eq!(entry(&read["answers"], "question", "A1")["number"], 1);
    portugal.attest(&response, json!([])).await;
    assert_eq!(words_of(&gaps().await["not_known"]), ["D2"], "confirmed was A1 alone");

    portugal.reopen(&response).await;
    portugal.attest(&response, json!([answers()[1]])).await;
    let found = gaps().await;
    assert_eq!((words_of(&found["not_known"]), words_of(&found["no_gap"])), (vec![], vec!["A1", "D2"]));
}

/// Whether a question is asked may rest on an answer that is only filled in. What is answered to it counts all the same.
#[tokio::test]
async fn an_answer_counts_that_rests_on_what_was_filled_in() {
    let world = World::new().await;
    let portugal = world.respondents(Org::Portugal);
    let mut optional = document();
    optional["questions"][0].as_object_mut().unwrap().remove("required");
    for (round, given) in
        [answers(), json!([answer("A2", json!({ "text": words("The Ministry")[0] }), json!({}))])]
            .into_iter()
            .enumerate()
    {
        let questionnaire = world.published(optional.clone()).await;
        let response = world.circulates(&questionnaire.name, &[&portugal.name], "2100-01-01").await.remove(0);
        let submitted = portugal.submit(&response, given).await;
        assert_eq!(words_of(&submitted["progress"]["hidden"]), Vec::<&str>::new(), "{round}");
        portugal.deputy.acts_on(Rpc::AttestResponse, &response, json!({})).await.unwrap();
    }
    let in_force = portugal.in_force().await;
    let questions = column(&in_force, "question");
    assert!(questions.contains(&"A2"), "{in_force:?}");
}
