//! What is frozen in a case, where, worth what, until when: told from the same facts that the assets themselves tell.

use std::collections::BTreeMap;

use focalnet_contract::{Rpc, proto::Asset};
use focalnet_domain::freezing_request::{ActKind, State};
use serde_json::json;

use super::{BOTH, ceases, executed, house, patrimony, status, total};
use crate::support::{acts::Deed, assets::yacht, world::World};

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

/// What a State found under a request about two persons is of neither until somebody says so, and shown to who asks for one.
#[tokio::test]
async fn what_nobody_has_attributed_is_shown_beside_a_patrimony_and_not_in_it() {
    let world = World::new().await;
    let (name, officer) = (world.about_two().await, world.registry().officer());
    let way = [ActKind::Acknowledge.into(), ActKind::StartExecution.into()];
    world.performed(&name, &way).await;
    world.performed(&name, &[Deed::Report(State::Executed)]).await;
    let mut yacht = yacht();
    yacht["persons"] = json!([]);
    let yacht = world.portugal().focal_point().reports_asset(&name, yacht).await.unwrap();
    let all = patrimony(&officer, &world.cast().person).await;
    assert!(all.assets.iter().all(|line| line.asset != yacht.name));
    let nobodys = all.unattributed.as_ref().unwrap().count;
    let say = json!({
        "asset": { "name": yacht.name, "persons": [0] }, "update_mask": "persons", "etag": yacht.etag,
    });
    world.portugal().focal_point().asks(Rpc::UpdateAsset, say).await.unwrap();
    let after = patrimony(&officer, &world.cast().person).await;
    assert_eq!(total(&after).count, total(&all).count + 1);
    assert_eq!(after.unattributed.map_or(0, |group| group.count), nobodys - 1);
}

#[tokio::test]
async fn an_outstanding_release_rests_on_the_act_that_ended_the_obligation() {
    let world = World::new().await;
    let (name, _) = executed(&world, house("")).await;
    ceases(&world, &name, &[0], &BOTH, "STATUS_ACQUITTED").await;
    let officer = world.registry().officer();
    let of_case = status(&officer, &world, json!({})).await;
    let resting = total(&of_case).releases_outstanding.clone().unwrap();
    let [ceased] = &officer.events_of("cease", &name).await[..] else { panic!("one end") };
    assert_eq!((resting.count, resting.events), (2, vec![ceased.name.clone()]));
}
