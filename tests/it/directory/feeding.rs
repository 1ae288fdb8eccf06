//! What attested answers put into the directory.

use focalnet_contract::Rpc;
use serde_json::{Value, json};

use super::designations::{authorities, on};
use crate::support::{
    asking::answer,
    cast::Org,
    questionnaires::{feed, feeding, words},
    world::World,
};

/// Portugal, asked whom to turn to, on 1 January 2040; and its response.
async fn asked(world: &World, document: Value) -> String {
    world.turns_to("2040-01-01").await;
    let questionnaire = world.published(document).await;
    world.circulates(&questionnaire.name, &[world.portugal().name()], "2041-01-01").await.remove(0)
}

async fn entry_on(world: &World, day: &str) -> Value {
    on(&world.registry().officer(), world.portugal().name(), day).await
}

fn focal_point(name: &str, since: &str) -> Value {
    let contact = json!({ "contact": { "authority": name } });
    json!([answer("A3_focal_point", contact, json!({ "valid_from_date": since }))])
}

#[tokio::test]
async fn what_a_second_person_confirms_goes_into_the_directory() {
    let world = World::new().await;
    let response = asked(&world, feeding()).await;
    let portugal = world.respondents(Org::Portugal);
    portugal.submit(&response, feed()).await;
    let entry = entry_on(&world, "2040-01-01").await;
    assert!(entry["designations"].is_null() && entry["channels"].is_null(), "nothing of it yet: {entry}");

    portugal.deputy.acts_on(Rpc::AttestResponse, &response, json!({})).await.unwrap();
    let entry = entry_on(&world, "2040-01-01").await;
    assert_eq!(authorities(&entry["focal_points"]), ["Ministry of Justice", "Prosecutor General"]);
    assert_eq!(entry["focal_points"][0]["start_date"], "2020-01-01");
    assert_eq!(
        (&entry["channel"]["kind"], &entry["channel"]["languages"]),
        (&json!("KIND_MINISTRY"), &json!(["pt", "en"]))
    );
    assert_eq!(entry["channel"]["effective_date"], "2040-01-01");
    let acts = world.registry().officer().events_of("feed_directory", world.portugal().name()).await;
    assert_eq!(acts.len(), 1);
}

#[tokio::test]
async fn another_contact_ends_the_designation_before() {
    let world = World::new().await;
    let response = asked(&world, feeding()).await;
    world.respondents(Org::Portugal).attest(&response, feed()).await;
    world.turns_to("2040-05-01").await;
    world
        .respondents(Org::Portugal)
        .attest_again(&response, focal_point("Ministry of the Interior", "2040-04-01"))
        .await;

    let entry = entry_on(&world, "2040-05-01").await;
    assert_eq!(authorities(&entry["focal_points"]), ["Ministry of the Interior", "Prosecutor General"]);
    let ends: Vec<_> =
        entry["designations"].as_array().unwrap().iter().map(|one| one["end_date"].as_str()).collect();
    // Who it was in April is known, and stays known: the other begins on the day on which it is confirmed.
    assert_eq!(ends.iter().flatten().collect::<Vec<_>>(), [&"2040-05-01"], "of the first alone");
    for (day, expected) in [("2040-04-30", "Ministry of Justice"), ("2040-05-01", "Ministry of the Interior")]
    {
        assert_eq!(authorities(&entry_on(&world, day).await["focal_points"])[0], expected);
    }
    // Channel and languages are as they were, and no version of their own.
    assert_eq!(entry["channels"].as_array().unwrap().len(), 1);
}

/// What was confirmed long ago does not come back with a later confirmation of something else.
#[tokio::test]
async fn an_old_answer_does_not_undo_what_was_recorded_since() {
    let world = World::new().await;
    let response = asked(&world, feeding()).await;
    world.respondents(Org::Portugal).attest(&response, feed()).await;

    // The Registry is told by letter that the focal point has gone, and of another channel.
    world.turns_to("2040-02-01").await;
    let officer = world.registry().officer();
    let entry = entry_on(&world, "2040-02-01").await;
    let gone =
        json!({ "name": entry["focal_points"][0]["name"], "etag": entry["etag"], "end_date": "2040-02-01" });
    officer.asks(Rpc::EndDesignation, gone).await.unwrap();
    let channel = json!({ "kind": "KIND_DIPLOMATIC", "languages": ["fr"], "agreed_date": "2040-02-01" });
    let message = json!({ "parent": world.portugal().name(), "channel": channel });
    officer.asks(Rpc::SetChannel, message).await.unwrap();

    world.turns_to("2040-06-01").await;
    let deputy = json!({ "contact": { "authority": "Court of Appeal" } });
    let deputy = json!([answer("A3_deputy", deputy, json!({ "valid_from_date": "2040-06-01" }))]);
    world.respondents(Org::Portugal).attest_again(&response, deputy).await;
    let entry = entry_on(&world, "2041-01-01").await;
    assert_eq!(authorities(&entry["focal_points"]), ["Court of Appeal"]);
    assert_eq!(
        (&entry["channel"]["kind"], &entry["channel"]["languages"]),
        (&json!("KIND_DIPLOMATIC"), &json!(["fr"]))
    );
}

/// A State may say that it has chosen nothing, or something that is not on the list.
#[tokio::test]
async fn of_languages_those_count_that_are_languages() {
    let world = World::new().await;
    let mut document = feeding();
    for (place, key) in [(2, "none"), (3, "other"), (3, "none")] {
        let option = json!({ "key": key, "label": words(key) });
        document["questions"][place]["options"].as_array_mut().unwrap().push(option);
    }
    let response = asked(&world, document).await;
    let answers = |kind: &str, languages: &[&str]| {
        let languages = json!({ "options": { "keys": languages } });
        json!([answer("A4", json!({ "option": kind }), json!({})), answer("A5", languages, json!({}))])
    };
    let portugal = world.respondents(Org::Portugal);
    portugal.attest(&response, answers("none", &["none"])).await;
    assert!(entry_on(&world, "2040-01-01").await["channels"].is_null());
    portugal.attest_again(&response, answers("ministry", &["pt", "other"])).await;
    let entry = entry_on(&world, "2040-01-01").await;
    assert_eq!(
        (&entry["channel"]["kind"], &entry["channel"]["languages"]),
        (&json!("KIND_MINISTRY"), &json!(["pt"]))
    );
}
