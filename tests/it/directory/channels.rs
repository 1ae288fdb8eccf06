//! By which channel and in which languages a State receives requests, and from which day a change of it counts.

use focalnet_contract::Rpc;
use focalnet_domain::freezing_request::ActKind;
use serde_json::{Value, json};
use tonic::Status;

use super::designations::on;
use crate::support::{
    actor::Clients,
    asking::{answer, fields},
    cast::Org,
    questionnaires::{answers, document},
    world::World,
};

fn channel(kind: &str, languages: &[&str]) -> Value {
    json!({ "kind": format!("KIND_{kind}"), "languages": languages })
}

async fn sets(who: &Clients, state: &str, channel: Value) -> Result<Value, Status> {
    who.asks(Rpc::SetChannel, json!({ "parent": state, "channel": channel })).await
}

#[tokio::test]
async fn a_change_counts_after_forty_five_days_or_from_the_day_agreed() {
    let world = World::new().await;
    let state = world.portugal().name();
    world.turns_to("2040-01-01").await;
    let entry = sets(&world.portugal().focal_point(), state, channel("DIPLOMATIC", &["en"])).await.unwrap();
    assert_eq!(entry["channel"]["effective_date"], "2040-01-01", "a first choice changes nothing");
    world.turns_to("2040-02-01").await;
    let entry = sets(&world.portugal().admin(), state, channel("MINISTRY", &["pt", "en"])).await.unwrap();
    assert_eq!(entry["channel"]["number"], 1, "still the first");
    assert_eq!(entry["channels"][1]["effective_date"], "2040-03-17", "2040 has a 29 February");

    let number_today = async || {
        let listed =
            world.portugal().focal_point().lists(Rpc::ListFocalPoints, json!({ "parent": state })).await;
        listed.unwrap()[0]["channel"]["number"].clone()
    };
    world.turns_to("2040-03-16").await;
    assert_eq!(number_today().await, 1);
    world.turns_to("2040-03-17").await;
    assert_eq!(number_today().await, 2);

    // The Registry has received another choice in writing, and agreed on a day.
    let mut agreed = channel("DIPLOMATIC", &["fr"]);
    (agreed["received_date"], agreed["agreed_date"]) = ("2040-03-10".into(), "2040-04-01".into());
    sets(&world.registry().officer(), state, agreed).await.unwrap();
    // And one that was received a while ago, without such a day.
    let mut received = channel("MINISTRY", &["en"]);
    received["received_date"] = "2040-03-12".into();
    sets(&world.registry().officer(), state, received).await.unwrap();
    let who = world.registry().officer().clients;
    for (day, number) in [("2040-03-31", 2), ("2040-04-01", 3), ("2040-04-25", 3), ("2040-04-26", 4)] {
        assert_eq!(on(&who, state, day).await["channel"]["number"], number, "{day}");
    }
    let entry = on(&who, state, "2039-12-31").await;
    assert!(entry["channel"].is_null(), "before the first choice there was none");
    assert_eq!((entry["channels"].as_array().unwrap().len(), &entry["channel_count"]), (4, &json!(4)));
    let listed = who.lists(Rpc::ListChannels, json!({ "parent": state, "page_size": 3 })).await.unwrap();
    assert_eq!(listed.iter().map(|one| one["number"].clone()).collect::<Vec<_>>(), [4, 3, 2, 1]);
}

#[tokio::test]
async fn what_a_state_cannot_choose_is_named() {
    let world = World::new().await;
    let (portugal, state) = (world.portugal(), world.portugal().name());
    for (change, expected) in [
        (json!({ "languages": ["pt", "de"] }), vec!["channel.languages[1]"]),
        (json!({ "languages": [] }), vec!["channel.languages"]),
        (json!({ "kind": "KIND_OTHER" }), vec!["channel.description"]),
        (json!({ "received_date": "2008-01-01" }), vec!["channel.received_date"]),
        (json!({ "agreed_date": "2040-01-01" }), vec!["channel.agreed_date"]),
        (
            json!({ "received_date": "2008-01-01", "agreed_date": "2040-01-01", "languages": ["zh"] }),
            vec!["channel.languages[0]", "channel.received_date", "channel.agreed_date"],
        ),
    ] {
        let mut wrong = channel("MINISTRY", &["pt"]);
        wrong.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        for who in [portugal.focal_point(), portugal.admin()] {
            let told = sets(&who, state, wrong.clone()).await.unwrap_err();
            assert_eq!(fields(&told), expected, "{change}");
        }
    }
    // The Registry sets these days, but none that cannot be.
    for (days, field) in [
        (json!({ "received_date": "2100-01-01" }), "channel.received_date"),
        (json!({ "received_date": "2020-01-02", "agreed_date": "2020-01-01" }), "channel.agreed_date"),
    ] {
        let mut wrong = channel("MINISTRY", &["pt"]);
        wrong.as_object_mut().unwrap().extend(days.as_object().unwrap().clone());
        let told = sets(&world.registry().officer(), state, wrong).await.unwrap_err();
        assert_eq!(fields(&told), [field]);
    }
    for languages in [&["pt"][..], &["en"], &["fr", "pt-BR"]] {
        sets(&portugal.focal_point(), state, channel("MINISTRY", languages)).await.unwrap();
    }
}

/// A request keeps what it was sent under, whatever the State changes later (RPE 180).
#[tokio::test]
async fn a_request_keeps_the_channel_and_the_answers_it_was_sent_under() {
    let world = World::new().await;
    world.turns_to("2040-01-01").await;
    let state = world.portugal().name();
    let questionnaire = world.published(document()).await;
    let response = world.circulates(&questionnaire.name, &[state], "2041-01-01").await.remove(0);
    world.respondents(Org::Portugal).attest(&response, answers()).await;
    sets(&world.portugal().focal_point(), state, channel("DIPLOMATIC", &["en"])).await.unwrap();
    world.turns_to("2040-01-10").await;
    let earlier = world.transmitted(&world.portugal()).await;
    let read = async |name: &str| {
        let sides = [world.registry().officer(), world.portugal().focal_point()];
        let [court, own] = sides
            .map(|side| async move { side.asks(Rpc::GetFreezingRequest, json!({ "name": name })).await });
        let (court, own) = (court.await.unwrap(), own.await.unwrap());
        assert_eq!(court["transmission"]["channel"], own["transmission"]["channel"]);
        (court["transmission"].clone(), court["versions"].clone())
    };
    let sent = read(&earlier).await;
    assert_eq!(
        (&sent.0["channel"]["number"], &sent.0["channel"]["kind"]),
        (&json!(1), &json!("KIND_DIPLOMATIC"))
    );
    let used = &sent.0["answers_used"];
    assert_eq!(
        (&used["questionnaire"], &used["as_of_date"]),
        (&json!(questionnaire.name), &json!("2040-01-10"))
    );
    assert!(used["attest_time"].as_str().unwrap().starts_with("2040-01-01T12"), "{used}");

    sets(&world.portugal().focal_point(), state, channel("MINISTRY", &["pt", "en"])).await.unwrap();
    let no = json!([answer("A1", json!({ "boolean": false }), json!({}))]);
    world.respondents(Org::Portugal).attest_again(&response, no).await;
    world.turns_to("2040-06-01").await;
    assert_eq!(read(&earlier).await, sent);
    world.portugal().focal_point().does(ActKind::Acknowledge, &earlier).await.unwrap();
    assert_eq!(read(&earlier).await, sent);

    let later = read(&world.transmitted(&world.portugal()).await).await.0;
    assert_eq!(
        (&later["channel"]["number"], &later["channel"]["kind"]),
        (&json!(2), &json!("KIND_MINISTRY"))
    );
    assert!(later["answers_used"]["attest_time"].as_str().unwrap().starts_with("2040-01-10T12"));
}
