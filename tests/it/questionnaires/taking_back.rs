//! An answer that was given by mistake is taken back: the question is open again, and nothing is erased.

use focalnet_contract::Rpc;
use serde_json::{Value, json};

use crate::support::{
    asking::{answer, complaints, entry, fields},
    cast::Org,
    questionnaires::{answers, document},
    respondents::Respondents,
    world::World,
};

async fn asked(world: &World) -> (Respondents, String) {
    let portugal = world.respondents(Org::Portugal);
    let questionnaire = world.published(document()).await;
    let response = world.circulates(&questionnaire.name, &[&portugal.name], "2100-01-01").await.remove(0);
    (portugal, response)
}

fn taken_back(question: &str) -> Value {
    json!([answer(question, json!({ "absence": "ABSENCE_TAKEN_BACK" }), json!({}))])
}

#[tokio::test]
async fn a_question_is_open_again_when_its_answer_is_taken_back() {
    let world = World::new().await;
    let (portugal, response) = asked(&world).await;
    portugal.focal_point.saves(&response, answers()).await.unwrap();
    portugal.deputy.saves(&response, taken_back("A1")).await.unwrap();

    let read = portugal.focal_point.reads_response(&response).await.unwrap();
    let a1 = entry(&read["answers"], "question", "A1");
    assert_eq!((&a1["value"]["absence"], &a1["number"]), (&json!("ABSENCE_TAKEN_BACK"), &json!(2)));
    assert_eq!(read["progress"]["open"], json!(["A1"]));
    assert_eq!(read["progress"]["hidden"], json!(["A2"]), "which a yes to A1 would ask");
    let told = portugal.focal_point.acts_on(Rpc::SubmitResponse, &response, json!({})).await.unwrap_err();
    assert_eq!(complaints(&told), [("answers.A1".to_owned(), "is required and not answered".to_owned())]);

    // Answered anew, it counts; what is taken back never does.
    let no = json!([answer("A1", json!({ "boolean": false }), json!({}))]);
    portugal.focal_point.saves(&response, no).await.unwrap();
    portugal.focal_point.saves(&response, taken_back("D2")).await.unwrap();
    portugal.attest(&response, json!([])).await;
    let in_force = portugal.in_force().await;
    assert_eq!(in_force.len(), 1, "{in_force:?}");
    assert_eq!((&in_force[0]["question"], &in_force[0]["value"]["boolean"]), (&json!("A1"), &json!(false)));
}

#[tokio::test]
async fn only_what_stands_and_was_not_attested_is_taken_back() {
    let world = World::new().await;
    let (portugal, response) = asked(&world).await;
    let told = portugal.focal_point.saves(&response, taken_back("D2")).await.unwrap_err();
    assert_eq!(fields(&told), ["answers[0].value.absence"], "nobody has answered");
    portugal.attest(&response, answers()).await;
    portugal.reopen(&response).await;
    let told = portugal.focal_point.saves(&response, taken_back("D2")).await.unwrap_err();
    assert!(complaints(&told)[0].1.contains("what was attested is not taken back"), "{told:?}");

    // A mistake after the attestation is taken back, and what was attested stays in force.
    let short = answer("D2", json!({ "period": { "amount": 1, "unit": "UNIT_DAYS" } }), json!({}));
    portugal.focal_point.saves(&response, json!([short])).await.unwrap();
    portugal.focal_point.saves(&response, taken_back("D2")).await.unwrap();
    let told = portugal.focal_point.saves(&response, taken_back("D2")).await.unwrap_err();
    assert_eq!(fields(&told), ["answers[0].value.absence"], "once is enough");
    portugal.attest(&response, json!([])).await;
    let in_force = portugal.in_force().await;
    let d2 = in_force.iter().find(|answer| answer["question"] == "D2").unwrap();
    assert_eq!(d2["value"]["period"]["amount"], 24);
}
