//! A State learns nothing of what is held elsewhere.

use focalnet_contract::Rpc;
use focalnet_domain::freezing_request::State;
use serde_json::json;

use super::{executed, house};
use crate::support::{refusals::all_of, samples::elsewhere, world::World};

#[tokio::test]
async fn belgium_finds_nothing_of_what_portugal_holds() {
    let world = World::new().await;
    let (name, asset) = executed(&world, house("")).await;
    let belgium = world.belgium();
    for stranger in [belgium.focal_point(), belgium.deputy(), belgium.admin()] {
        let who = &stranger.login;
        for (rpc, there) in [
            (Rpc::GetAsset, json!({ "name": asset.name })),
            (Rpc::GetCaseAssetStatus, json!({ "name": world.cast().case })),
            (Rpc::GetPatrimony, json!({ "name": world.cast().person })),
        ] {
            let mut absent = there.clone();
            absent["name"] = elsewhere(there["name"].as_str().unwrap()).into();
            let told = stranger.call(rpc, there).await.unwrap_err();
            assert_eq!(
                all_of(&told),
                all_of(&stranger.call(rpc, absent).await.unwrap_err()),
                "{rpc:?} by {who}"
            );
        }
        let listed =
            stranger.lists(Rpc::ListAssets, json!({ "parent": "freezingRequests/-" })).await.unwrap();
        assert_eq!(listed, <[serde_json::Value; 0]>::default(), "{who}");
        let told = stranger.lists(Rpc::ListAssets, json!({ "parent": name })).await.unwrap_err();
        let absent =
            stranger.lists(Rpc::ListAssets, json!({ "parent": elsewhere(&name) })).await.unwrap_err();
        assert_eq!(all_of(&told), all_of(&absent), "{who}");
    }
}

/// A State cannot ask for the case at all: its filter is not there.
#[tokio::test]
async fn the_filter_by_case_is_the_courts() {
    let world = World::new().await;
    world.in_state(State::Executed).await;
    let filter = format!("case = {}", world.cast().case);
    let message = json!({ "parent": "freezingRequests/-", "filter": filter });
    assert!(!world.registry().officer().lists(Rpc::ListAssets, message.clone()).await.unwrap().is_empty());
    let told = world.portugal().focal_point().lists(Rpc::ListAssets, message).await.unwrap_err();
    assert_eq!(crate::wire::fields(&told), ["filter"]);
}
