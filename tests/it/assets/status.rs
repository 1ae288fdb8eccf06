//! What is frozen in a case, where, worth what, until when: told from the same facts that the assets themselves tell.

use std::collections::BTreeMap;

use focalnet::{authz::Rpc, grpc::proto::Asset};
use serde_json::json;

use super::{executed, house, patrimony, status, total};
use crate::support::{assets::yacht, world::World};

#[tokio::test]
async fn the_totals_are_those_of_the_assets_one_by_one() {
    let world = World::new().await;
    let (name, _) = executed(&world, house("2027-01-31")).await;
    let portugal = world.portugal().focal_point();
    portugal.reports_asset(&name, yacht()).await.unwrap();
    let officer = world.registry().officer();
    let of_case = status(&officer, &world, json!({})).await;

    let listed = officer.lists(Rpc::ListAssets, json!({ "parent": "freezingRequests/-" })).await.unwrap();
    let mut assets: Vec<Asset> = Vec::new();
    for asset in &listed {
        assets.push(officer.reads_asset(asset["name"].as_str().unwrap()).await.unwrap());
    }
    assert_eq!(usize::try_from(total(&of_case).count).unwrap(), assets.len());
    let mut states: BTreeMap<i32, i32> = BTreeMap::new();
    for asset in &assets {
        *states.entry(asset.state).or_default() += 1;
    }
    let told: BTreeMap<i32, i32> =
        total(&of_case).states.iter().map(|group| (group.state, group.count)).collect();
    assert_eq!(told, states);
    let mut events: Vec<_> =
        assets.iter().flat_map(|asset| &asset.measures).map(|measure| measure.event.clone()).collect();
    let mut resting: Vec<_> = total(&of_case).measures_in_force.clone().unwrap().events;
    events.sort();
    events.dedup();
    resting.sort();
    resting.dedup();
    assert_eq!(resting, events, "every number rests on events");
    for event in &resting {
        officer.call(Rpc::GetReceipt, json!({ "name": event })).await.unwrap();
    }
}

#[tokio::test]
async fn the_patrimony_of_a_person_spans_states_and_names_what_may_be_the_same() {
    let world = World::new().await;
    let (name, _) = executed(&world, yacht()).await;
    world.portugal().focal_point().reports_asset(&name, yacht()).await.unwrap();
    let officer = world.registry().officer();
    let all = patrimony(&officer, &world.cast().person).await;
    assert_eq!(all.name, world.cast().person);
    let yachts =
        all.duplicates.iter().find(|same| same.identifier.as_ref().unwrap().value == "9074729").unwrap();
    assert_eq!(yachts.assets.len(), 2, "linked, and counted as the two that were reported");
    assert_eq!(total(&all).count, 3, "beside what the request was executed with");
}
