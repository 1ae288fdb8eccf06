//! Measures that end.

use focalnet_contract::{Rpc, proto::asset::State};
use serde_json::json;
use tonic::Code;

use super::{count, executed, house, status, total};
use crate::support::{refusals::refused, world::World};

/// Scenario 4, without renewal. A freeze of 24 months ends in 30 days: it shows among what expires, and nobody needs to do anything for it to end.
#[tokio::test]
async fn a_freeze_that_nobody_renews_ends_by_itself() {
    let world = World::new().await;
    let (_, asset) = executed(&world, house("2027-06-30")).await;
    assert_eq!(
        asset.measures[0].reminder_date, "2027-05-31",
        "thirty days before, where the State has not said"
    );

    world.turns_to("2027-06-01").await;
    let officer = world.registry().officer();
    let of_case = status(&officer, &world, json!({})).await;
    assert_eq!(count(total(&of_case).expiring.as_ref()), 1);
    assert_eq!(of_case.assets[0].asset, asset.name, "what is open stands first");
    let list = async |filter: &str| {
        let message = json!({ "parent": "freezingRequests/-", "filter": filter });
        let who = world.registry().officer();
        who.lists(Rpc::ListAssets, message).await.unwrap().len()
    };
    assert_eq!(list("ends_by = 2027-06-30").await, 1);
    assert_eq!(list("ends_by = 2027-06-29").await, 0);
    assert_eq!(list("renew_by = 2027-06-01").await, 1);

    world.turns_to("2027-06-30").await;
    let read = world.registry().officer().reads_asset(&asset.name).await.unwrap();
    assert_eq!(read.state(), State::Frozen, "its last day counts");
    world.turns_to("2027-07-01").await;
    let read = world.registry().officer().reads_asset(&asset.name).await.unwrap();
    assert_eq!(read.state(), State::Expired);
    assert_eq!(list("ends_by = 2100-01-01").await, 0, "what has run out does not end any more");
    assert_eq!(list("renew_by = 2100-01-01").await, 0);
    let renew = json!({ "measure": asset.measures[0].name, "end_date": "2028-06-30", "national_reference": "118/08-2" });
    let told = refused(world.portugal().focal_point().does_to(&asset.name, Rpc::RenewMeasure, renew).await);
    assert_eq!(told, (Code::FailedPrecondition, "WRONG_STATE".into()), "what has run out is ordered anew");
}

/// The order has run out and nobody has said that the obligation ended: the freeze holds, and is found to rest on nothing.
#[tokio::test]
async fn a_freeze_outlives_the_last_day_of_its_order() {
    let world = World::new().await;
    executed(&world, house("")).await;
    let until = json!({ "summary": "Until further order, at most to the end of June.", "valid_until_date": "2027-06-30" });
    world.decides(Rpc::ModifyOrder, until).await.unwrap();
    let outlived = json!({ "parent": "freezingRequests/-", "filter": "outlived = true" });
    for (today, number) in [("2027-06-30", 0), ("2027-07-01", 2)] {
        world.turns_to(today).await;
        let officer = world.registry().officer();
        let of_case = status(&officer, &world, json!({})).await;
        assert_eq!(count(total(&of_case).outlived.as_ref()), number, "{today}");
        assert_eq!(
            count(total(&of_case).releases_outstanding.as_ref()),
            0,
            "{today}: the Chamber has not ended it"
        );
        for who in [officer, world.portugal().focal_point()] {
            let listed = who.lists(Rpc::ListAssets, outlived.clone()).await.unwrap();
            assert_eq!(i32::try_from(listed.len()), Ok(number), "{today}");
        }
    }
}

/// Scenario 4, with renewal: the Registry asks, the State renews, and it stays frozen.
#[tokio::test]
async fn a_renewal_moves_the_end_and_the_reminder() {
    let world = World::new().await;
    let (name, asset) = executed(&world, house("2027-06-30")).await;
    world.turns_to("2027-06-01").await;
    let (officer, portugal) = (world.registry().officer(), world.portugal().focal_point());
    let due = json!({ "parent": "freezingRequests/-", "filter": "renew_by = 2027-06-01" });
    assert_eq!(officer.lists(Rpc::ListAssets, due.clone()).await.unwrap()[0]["name"], asset.name);
    let ask = json!({
        "parent": name, "clarification": { "topic": "TOPIC_DURATION" },
        "text": { "text": "The freeze ends on 30 June. Will it be renewed?", "language_code": "en" },
    });
    let asked = officer.asks(Rpc::OpenClarification, ask).await.unwrap();
    let heard = portugal.lists(Rpc::ListClarifications, json!({ "parent": name })).await.unwrap();
    assert_eq!(heard[0]["name"], asked["name"]);
    let renew = json!({ "measure": asset.measures[0].name, "end_date": "2028-06-30", "national_reference": "118/08-2" });
    let read = portugal.does_to(&asset.name, Rpc::RenewMeasure, renew).await.unwrap();
    let measure = &read.measures[0];
    assert_eq!((measure.end_date.as_str(), measure.last_date.as_str()), ("2027-06-30", "2028-06-30"));
    assert_eq!(measure.reminder_date, "2028-05-31");
    assert_eq!(measure.changes.len(), 1);
    assert_eq!(officer.lists(Rpc::ListAssets, due).await.unwrap().len(), 0, "nothing is due");
    world.turns_to("2027-12-01").await;
    assert_eq!(world.registry().officer().reads_asset(&asset.name).await.unwrap().state(), State::Frozen);
}
