//! What the Court sees of a State's work on its response: nothing but what a second person has confirmed.

use focalnet_contract::Rpc;
use serde_json::json;

use crate::support::{
    actor::Clients,
    asking::{answer, column},
    cast::Org,
    questionnaires::{answers, document},
    world::World,
};

/// Everything that people of the Court can ask about a response, its questionnaire and its State.
async fn by_the_court(world: &World, questionnaire: &str, response: &str) -> Vec<Vec<u8>> {
    let readers: [Clients; 5] = [
        world.registry().officer().clients,
        world.registry().approver().clients,
        world.otp().investigator().clients,
        world.chamber().legal_officer().clients,
        world.chamber().judge().clients,
    ];
    let mut seen = Vec::new();
    for reader in &readers {
        for (rpc, message) in [
            (Rpc::GetResponse, json!({ "name": response })),
            (Rpc::ListResponses, json!({})),
            (Rpc::ListResponses, json!({ "filter": "state = STATE_DRAFT" })),
            (Rpc::ListResponses, json!({ "filter": "state = STATE_SUBMITTED" })),
            (Rpc::ListResponses, json!({ "filter": "state = STATE_REOPENED" })),
            (Rpc::ListEvents, json!({ "parent": response })),
            (Rpc::ListEvents, json!({ "parent": questionnaire })),
            (Rpc::GetQuestionnaire, json!({ "name": questionnaire })),
            (Rpc::ListAnswers, json!({ "parent": "organizations/-" })),
            (Rpc::GetGapAnalysis, json!({ "parent": "organizations/-" })),
            (Rpc::ListFocalPoints, json!({ "parent": "organizations/-" })),
        ] {
            seen.push(reader.bytes_of(rpc, message).await);
        }
    }
    seen
}

#[tokio::test]
async fn the_court_learns_nothing_of_a_response_until_it_is_attested() {
    let world = World::new().await;
    let portugal = world.respondents(Org::Portugal);
    let questionnaire = world.published(document()).await;
    let response = world.circulates(&questionnaire.name, &[&portugal.name], "2100-01-01").await.remove(0);
    let seen = async || by_the_court(&world, &questionnaire.name, &response).await;

    let officer = world.registry().officer();
    let read = officer.reads_response(&response).await.unwrap();
    assert_eq!(read["state"], "STATE_DRAFT");
    for hidden in ["answers", "progress", "submitter_display_name", "reopen_reason", "attest_time"] {
        assert!(read[hidden].is_null(), "{hidden}: {read}");
    }
    let before = seen().await;
    portugal.focal_point.saves(&response, answers()).await.unwrap();
    assert_eq!(seen().await, before, "saved");
    portugal.submit(&response, json!([])).await;
    assert_eq!(seen().await, before, "submitted");
    portugal.reopen(&response).await;
    assert_eq!(seen().await, before, "reopened");
    portugal.submit(&response, answers()).await;
    assert_eq!(seen().await, before, "submitted again");

    portugal.deputy.acts_on(Rpc::AttestResponse, &response, json!({})).await.unwrap();
    let after = seen().await;
    assert_ne!(after, before);
    let read = officer.reads_response(&response).await.unwrap();
    assert_eq!(read["state"], "STATE_ATTESTED");
    assert_eq!(column(read["answers"].as_array().unwrap(), "question"), ["A1", "D2"]);
    // Who of its people answered is the State's own affair.
    for hidden in ["author_display_name", "create_time", "etag", "number"] {
        assert!(read["answers"][0][hidden].is_null(), "{hidden}: {read}");
    }
    let events = officer.events(&response).await.unwrap();
    let acts: Vec<_> = events.iter().map(|event| event.act.as_str()).collect();
    assert_eq!(acts, ["circulate_questionnaire", "attest_response"]);

    portugal.reopen(&response).await;
    assert_eq!(seen().await, after, "reopened after attestation");
    let other = json!([answer("A1", json!({ "boolean": false }), json!({ "shared": true }))]);
    portugal.submit(&response, other).await;
    assert_eq!(seen().await, after, "answered anew");
    portugal.deputy.acts_on(Rpc::AttestResponse, &response, json!({})).await.unwrap();
    assert_ne!(seen().await, after);
}

/// A reminder is the Court's own affair in the same way.
#[tokio::test]
async fn the_state_learns_nothing_of_reminders() {
    let world = World::new().await;
    let portugal = world.respondents(Org::Portugal);
    let questionnaire = world.published(document()).await;
    let response = world.circulates(&questionnaire.name, &[&portugal.name], "2100-01-01").await.remove(0);
    let seen = async || {
        let mut seen = Vec::new();
        for (rpc, message) in [
            (Rpc::GetResponse, json!({ "name": response })),
            (Rpc::ListResponses, json!({})),
            (Rpc::ListEvents, json!({ "parent": response })),
        ] {
            seen.push(portugal.focal_point.bytes_of(rpc, message).await);
        }
        seen
    };
    let before = seen().await;
    let officer = world.registry().officer();
    let reminder = json!({ "reminder": { "reference": "NV/8" } });
    let told = officer.acts_on(Rpc::RecordReminder, &response, reminder).await.unwrap();
    assert_eq!(told["reminders"][0]["reference"], "NV/8");
    assert_eq!(seen().await, before);
    // Nor is the work of the State on it disturbed.
    portugal.attest(&response, answers()).await;
}
