//! Taking a request back, and closing its dossier.

use focalnet_contract::{
    Rpc,
    proto::{asset, freezing_request::State as WireState},
};
use focalnet_domain::freezing_request::{ActKind, State};
use serde_json::{Value, json};
use tonic::Code;

use super::{day, wrong_state};
use crate::{
    support::{
        acts::Deed,
        refusals::{refused, why},
        samples::elsewhere,
        world::World,
    },
    wire::{fields, obstacles},
};

fn withdraw(successor: &str) -> Value {
    json!({ "reason": "The address was wrong", "successor": successor })
}

#[tokio::test]
async fn a_request_is_replaced_by_another_to_the_same_state() {
    let world = World::new().await;
    let (officer, portugal) = (world.registry().officer(), world.portugal().focal_point());
    let name = world.transmitted(&world.portugal()).await;
    let hidden = (Code::NotFound, "NOT_FOUND".to_owned());
    let to_belgium = world.draft_for(&world.belgium()).await;
    let of_otp = world.otp().investigator().drafts_to(world.portugal().name()).await.unwrap().name;
    for successor in [&to_belgium, &of_otp, &elsewhere(&name)] {
        let told = officer.acts(Rpc::WithdrawFreezingRequest, &name, withdraw(successor)).await;
        assert_eq!(refused(told), hidden);
    }
    let told = officer.acts(Rpc::WithdrawFreezingRequest, &name, withdraw(&name)).await.unwrap_err();
    assert_eq!(fields(&told), ["successor"]);

    let successor = world.draft_for(&world.portugal()).await;
    let done = officer.acts(Rpc::WithdrawFreezingRequest, &name, withdraw(&successor)).await.unwrap();
    assert_eq!(done.state(), WireState::Superseded);
    // The State learns that, and why; the successor it will know when it is sent.
    assert_eq!(portugal.reads(&name).await.unwrap().state(), WireState::Superseded);
    let [event] = &portugal.events_of("withdraw", &name).await[..] else { unreachable!("one event") };
    assert!(event.content.contains("The address was wrong"));
    let id = successor.strip_prefix("freezingRequests/").unwrap();
    for event in portugal.events(&name).await.unwrap() {
        assert!(!format!("{event:?}").contains(id), "{}", event.act);
    }
    assert_eq!(refused(portugal.reads(&successor).await), hidden);
}

#[tokio::test]
async fn a_draft_is_taken_back_without_the_state() {
    let world = World::new().await;
    let (officer, portugal) = (world.registry().officer(), world.portugal().focal_point());
    for state in [State::Draft, State::Ready] {
        let name = world.in_state(state).await;
        let done = officer.does(ActKind::Withdraw, &name).await.unwrap();
        assert_eq!(done.state(), WireState::Withdrawn);
        officer.does(ActKind::Close, &name).await.unwrap();
        assert_eq!(refused(portugal.reads(&name).await).0, Code::NotFound);
        assert_eq!(refused(portugal.events(&name).await).0, Code::NotFound);
    }
}

#[tokio::test]
async fn after_a_result_it_ceases_and_is_not_taken_back() {
    let world = World::new().await;
    for state in [State::Executed, State::ExecutedInPart, State::NothingFound, State::Denied] {
        let name = world.in_state(state).await;
        let told = world.registry().officer().does(ActKind::Withdraw, &name).await;
        assert_eq!(refused(told), wrong_state(), "{state}");
    }
}

fn disposition(kind: &str, reason: &str) -> Value {
    json!({ "kind": kind, "disposition_date": "2018-07-01", "reason": reason })
}

/// The reports of a State that has three assets, whose obligation has ceased.
async fn three_assets(world: &World) -> (String, Vec<String>) {
    let name = world.in_state(State::Executing).await;
    world.performs(Deed::Report(State::ExecutedInPart), &name).await;
    world.performs(Deed::Report(State::ExecutedInPart), &name).await;
    world.performs(Deed::Report(State::Executed), &name).await;
    world.performs(ActKind::Cease, &name).await;
    let held = world.portugal().focal_point().holds(&name).await;
    (name, held.into_iter().map(|asset| asset.name).collect())
}

#[tokio::test]
async fn a_dossier_is_closed_when_every_asset_is_accounted_for() {
    let world = World::new().await;
    let (officer, portugal) = (world.registry().officer(), world.portugal().focal_point());
    let (name, assets) = three_assets(&world).await;
    let open = async |outstanding: &[String]| {
        let told = officer.does(ActKind::Close, &name).await.unwrap_err();
        assert_eq!(why(&told), (Code::FailedPrecondition, "ASSETS_OUTSTANDING".into()));
        assert_eq!(obstacles(&told), outstanding);
    };
    open(&assets).await;
    let release = |asset: &String, disposition| json!({ "asset": asset, "disposition": disposition });
    let reports = async |releases: Value| {
        portugal.acts(Rpc::ReportRelease, &name, json!({ "releases": releases })).await.unwrap()
    };
    let lost = disposition("KIND_LOST", "Scrapped for its parking fees");
    let blocked = disposition("KIND_CONTINUED_BLOCKING", "A tax debt");
    reports(json!([release(&assets[0], lost), release(&assets[1], blocked)])).await;
    open(&assets[1..]).await;
    reports(json!([release(&assets[2], disposition("KIND_RETURNED", ""))])).await;
    open(&assets[1..2]).await;
    let read = reports(json!([release(&assets[1], disposition("KIND_TRANSFERRED", ""))])).await;
    assert_eq!(read.asset_counts.map(|counts| (counts.total, counts.outstanding)), Some((3, 0)));
    let held = portugal.holds(&name).await;
    let states = held.iter().map(focalnet_contract::proto::Asset::state);
    let settled = [asset::State::Lost, asset::State::Transferred, asset::State::Returned];
    assert_eq!(states.collect::<Vec<_>>(), settled);
    assert_eq!(held[1].dispositions.len(), 2, "what was reported before stays");
    officer.does(ActKind::Close, &name).await.unwrap();
}

#[tokio::test]
async fn what_became_of_an_asset_is_told_once_with_its_day_and_reason() {
    let world = World::new().await;
    let portugal = world.portugal().focal_point();
    let (name, assets) = three_assets(&world).await;
    let reports = async |releases: Value| {
        portugal.acts(Rpc::ReportRelease, &name, json!({ "releases": releases })).await
    };
    let mut tomorrow = disposition("KIND_RELEASED", "");
    tomorrow["disposition_date"] = day(2).into();
    let releases = json!([
        { "asset": assets[0], "disposition": disposition("KIND_LOST", "") },
        { "asset": assets[1], "disposition": disposition("KIND_CONTINUED_BLOCKING", "") },
        { "asset": assets[2], "disposition": tomorrow },
        { "asset": assets[2], "disposition": disposition("KIND_RELEASED", "") },
    ]);
    let told = reports(releases).await.unwrap_err();
    let expected = [
        "releases[0].disposition.reason",
        "releases[1].disposition.reason",
        "releases[2].disposition.disposition_date",
        "releases[3].asset",
    ];
    assert_eq!(fields(&told), expected);
    let free = disposition("KIND_RELEASED", "");
    let told = reports(json!([{ "asset": elsewhere(&assets[0]), "disposition": free }])).await;
    assert_eq!(refused(told), (Code::NotFound, "NOT_FOUND".into()));
    reports(json!([{ "asset": assets[0], "disposition": free }])).await.unwrap();
    let told = reports(json!([{ "asset": assets[0], "disposition": free }])).await.unwrap_err();
    assert_eq!(fields(&told), ["releases[0].asset"], "settled by the earlier report");
}

#[tokio::test]
async fn a_note_about_the_assets_of_another_request_is_about_nothing() {
    let world = World::new().await;
    let (_, assets) = three_assets(&world).await;
    let (other, _) = three_assets(&world).await;
    let releases = json!([{ "asset": assets[0], "disposition": disposition("KIND_RELEASED", "") }]);
    let told = world.portugal().focal_point();
    let told = told.acts(Rpc::ReportRelease, &other, json!({ "releases": releases })).await;
    assert_eq!(refused(told), (Code::NotFound, "NOT_FOUND".into()));
}
