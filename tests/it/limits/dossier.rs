//! One dossier, filled by both sides as far as messages and limits go.

use focalnet_contract::{Rpc, proto::Asset};
use focalnet_domain::freezing_request::{ActKind, State};
use prost::Message as _;
use prost_reflect::DynamicMessage;
use serde_json::{Value, json};

use super::{long, most};
use crate::{
    statements::{counted, statements},
    support::{
        actor::Actor, assets::accompaniment, content, content::CONTRACT, new_id, refusals::is_full,
        world::World,
    },
};

/// What the server accepts, and what a client takes.
const CALL: usize = 1 << 20;
const ANSWER: usize = 4 << 20;

/// The content of the cast with so many assets, each of which says as much as it can, and a plan that fills the rest of a
/// call.
fn full_content(person: &str) -> Value {
    let mut all = content::json(person);
    let asset = json!({
        "type": "ASSET_TYPE_OTHER", "description": long(2000), "location": long(2000), "grounds": long(2000),
        "link": long(2000),
    });
    all["assets"] = vec![asset; 29].into();
    all["facts"] = json!({ "text": long(20_000), "language_code": "en" });
    let message = CONTRACT.get_message_by_name("focalnet.v1.RequestContent").unwrap();
    let size = DynamicMessage::deserialize(message, all.clone()).unwrap().encoded_len();
    all["management_plan"] = long((CALL - 20_000 - size) / 4).into();
    all
}

/// The same with as many small fields as there can be.
fn many_fields(person: &str) -> Value {
    let mut all = content::json(person);
    let identifiers = vec![json!({ "kind": "KIND_OTHER", "value": "A" }); 20];
    let asset = json!({ "type": "ASSET_TYPE_OTHER", "description": "A", "identifiers": identifiers });
    all["assets"] = vec![asset; 200].into();
    all
}

/// An asset with as many facts as it can have, but for owners, of whom a call has not room for all.
fn full_asset() -> Value {
    let name = long(200);
    let measure = json!({
        "kind": "KIND_FREEZE", "national_reference": name, "authority": name, "start_date": "2008-06-02",
    });
    let right = json!({ "kind": "KIND_LIEN", "creditor": name, "from_date": "2005-01-01" });
    json!({
        "type": "ASSET_TYPE_OTHER", "jurisdiction": "PT", "description": long(2000), "location": long(2000),
        "holder": name, "identifiers": vec![json!({ "kind": "KIND_OTHER", "value": long(128) }); 20],
        "measures": vec![measure; most("Asset", "measures")],
        "encumbrances": vec![right; most("Asset", "encumbrances")],
        "ownerships": vec![full_layer(); 20],
    })
}

fn full_layer() -> Value {
    let owner = json!({ "display_name": long(200), "share": { "numerator": 1, "denominator": 1_000_000 } });
    json!({ "layer": "LAYER_HOLDER", "from_date": "2001-05-01", "owners": vec![owner; 50] })
}

/// Does an act on an asset until it is refused because what is named is full; how often it was done.
async fn until_full(who: &Actor, asset: &str, rpc: Rpc, with: Value, named: &str) -> usize {
    for done in 0.. {
        if let Err(told) = who.does_to(asset, rpc, with.clone()).await {
            assert!(is_full(&told, named), "{rpc:?}: {told:?}");
            return done;
        }
    }
    unreachable!("it has no end")
}

/// Everything in the dossier is read by somebody, in messages that a client takes.
async fn reads_all(who: &Actor, name: &str) {
    let read = who.call(Rpc::GetFreezingRequest, json!({ "name": name })).await.unwrap();
    assert!(read.encoded_len() < ANSWER);
    for (rpc, parent) in [
        (Rpc::ListAssets, name),
        (Rpc::ListEvents, name),
        (Rpc::ListClarifications, name),
        (Rpc::ListFreezingRequests, ""),
    ] {
        let list = if parent.is_empty() { json!({}) } else { json!({ "parent": parent }) };
        assert!(!who.lists(rpc, list).await.unwrap().is_empty(), "{rpc:?}");
    }
    for asset in who.holds(name).await {
        assert!(who.reads_asset(&asset.name).await.unwrap().encoded_len() < ANSWER);
    }
}

/// Does an act on an asset, in as many statements as it states.
async fn does_counted(world: &World, who: &Actor, asset: &str, rpc: Rpc, mut with: Value) {
    with["name"] = asset.into();
    with["etag"] = who.reads_asset(asset).await.unwrap().etag.into();
    with["request_id"] = new_id().into();
    assert_eq!(counted(world, who, rpc, with).await.1.len(), statements(rpc), "{rpc:?}");
}

#[tokio::test]
async fn a_dossier_that_is_full_stays_readable_and_every_act_on_it_works() {
    let world = World::with_statements_logged().await;
    let (officer, portugal) = (world.registry().officer(), world.portugal().focal_point());
    let name = world.in_state(State::Executed).await;
    let aircraft = portugal.holds(&name).await.remove(0).name;
    claims(&portugal, &aircraft).await;
    consults(&officer, &portugal, &name).await;
    talks(&world, &officer, &portugal, &name).await;
    amends(&world, &officer, &name).await;
    let full = fills_an_asset(&portugal, &name).await;
    for who in [&officer, &portugal] {
        reads_all(who, &name).await;
        let get = json!({ "name": name, "version_number": 1 });
        let (_, sent) = counted(&world, who, Rpc::GetFreezingRequest, get).await;
        assert_eq!(sent.len(), statements(Rpc::GetFreezingRequest));
    }
    let lift = accompaniment(Rpc::LiftMeasure, &full.measures[29].name, "");
    does_counted(&world, &portugal, &full.name, Rpc::LiftMeasure, lift).await;
    let cost = accompaniment(Rpc::RecordCost, "", "");
    does_counted(&world, &portugal, &full.name, Rpc::RecordCost, cost).await;
    let share = accompaniment(Rpc::ShareAsset, "", "");
    does_counted(&world, &officer, &full.name, Rpc::ShareAsset, share).await;

    world.performs(ActKind::Cease, &name).await;
    disposes(&portugal, &aircraft).await;
    let rest: Vec<Value> = portugal.holds(&name).await.iter().map(release).collect();
    portugal.acts(Rpc::ReportRelease, &name, json!({ "releases": rest })).await.unwrap();
    officer.does(ActKind::Close, &name).await.unwrap();
    for who in [&officer, &portugal] {
        reads_all(who, &name).await;
    }
}

fn release(asset: &Asset) -> Value {
    let released = json!({ "kind": "KIND_RELEASED", "disposition_date": "2018-07-01", "reason": long(2000) });
    json!({ "asset": asset.name, "disposition": released })
}

/// The Court amends the request again and again, each time with as much as a call holds.
async fn amends(world: &World, officer: &Actor, name: &str) {
    let person = &world.cast().person;
    for content in [full_content(person), many_fields(person), full_content(person)] {
        let amendment = json!({ "content": content, "reason": long(2000), "override_reason": long(2000) });
        officer.acts(Rpc::AmendFreezingRequest, name, amendment).await.unwrap();
        world.performs(ActKind::Transmit, name).await;
    }
    let read = officer.reads(name).await.unwrap();
    let paths = read.versions.iter().map(|version| version.changed_paths.len());
    assert!(paths.clone().all(|paths| paths <= most("RequestVersion", "changed_paths")));
    let of_assets = |path: &String| path == "assets";
    assert!(
        read.versions.iter().any(|version| version.changed_paths.iter().any(of_assets)),
        "each of them differs"
    );
}

/// The State opens consultations, and the Court ends them, until there is no room for another.
async fn consults(officer: &Actor, portugal: &Actor, name: &str) {
    let asked = || json!({ "consultation": { "problem": "PROBLEM_OTHER", "description": long(20_000) } });
    for _ in 0..most("FreezingRequest", "consultations") {
        portugal.acts(Rpc::OpenConsultation, name, asked()).await.unwrap();
        let told = json!({ "resolution": long(20_000) });
        officer.acts(Rpc::CloseConsultation, name, told).await.unwrap();
    }
    let told = portugal.acts(Rpc::OpenConsultation, name, asked()).await.unwrap_err();
    assert!(is_full(&told, "consultations"), "{told:?}");
}

/// The State asks, and the Court replies, as long as they can.
async fn talks(world: &World, officer: &Actor, portugal: &Actor, name: &str) {
    let text = json!({ "text": long(20_000), "language_code": "en" });
    let question = json!({ "parent": name, "clarification": { "topic": "TOPIC_COSTS" }, "text": text });
    let thread = portugal.asks(Rpc::OpenClarification, question).await.unwrap()["name"].clone();
    let etag = officer.asks(Rpc::GetClarification, json!({ "name": thread })).await.unwrap()["etag"].clone();
    let reply = json!({ "name": thread, "etag": etag, "request_id": new_id(), "text": text });
    let (_, sent) = counted(world, officer, Rpc::ReplyToClarification, reply).await;
    assert_eq!(sent.len(), statements(Rpc::ReplyToClarification));
}

/// The State reports an asset with as much as a call holds, and adds to it until each of its lists is full.
async fn fills_an_asset(portugal: &Actor, name: &str) -> Asset {
    let asset = portugal.reports_asset(name, full_asset()).await.unwrap().name;
    for (list, rpc, with) in [
        ("measures", Rpc::RecordMeasure, accompaniment(Rpc::RecordMeasure, "", "")),
        ("encumbrances", Rpc::RecordEncumbrance, accompaniment(Rpc::RecordEncumbrance, "", "")),
        ("ownerships", Rpc::RecordOwnership, json!({ "ownership": full_layer() })),
    ] {
        let before = if list == "ownerships" { 20 } else { most("Asset", list) };
        assert_eq!(before + until_full(portugal, &asset, rpc, with, list).await, most("Asset", list));
    }
    portugal.reads_asset(&asset).await.unwrap()
}

/// A claim goes from appeal to appeal, until only the last step is left.
async fn claims(portugal: &Actor, asset: &str) {
    let claim = json!({ "claim": {
        "claimant": long(200), "right": "RIGHT_LIEN", "forum": "FORUM_NATIONAL", "lodged_date": "2008-07-01",
        "evidence": long(2000),
    }});
    let claimed = portugal.does_to(asset, Rpc::RecordClaim, claim).await.unwrap();
    let claim = claimed.claims[0].name.clone();
    let step = |state: &str| json!({ "claim": claim, "state": state, "decision_date": "2008-08-01", "reference": long(200) });
    portugal.does_to(asset, Rpc::DecideClaim, step("STATE_UNDER_REVIEW")).await.unwrap();
    let told = loop {
        portugal.does_to(asset, Rpc::DecideClaim, step("STATE_REJECTED")).await.unwrap();
        if let Err(told) = portugal.does_to(asset, Rpc::DecideClaim, step("STATE_UNDER_APPEAL")).await {
            break told;
        }
    };
    assert!(is_full(&told, asset), "{told:?}");
    portugal.does_to(asset, Rpc::DecideClaim, step("STATE_FINAL")).await.unwrap();
}

/// The State says what became of shares of an asset, until only the rest is left to be accounted for.
async fn disposes(portugal: &Actor, asset: &str) {
    let part = json!({ "disposition": {
        "kind": "KIND_RELEASED", "disposition_date": "2018-07-01", "reason": long(2000),
        "share": { "numerator": 1, "denominator": 1000 },
    }});
    assert_eq!(until_full(portugal, asset, Rpc::RecordDisposition, part, asset).await, 20);
}
