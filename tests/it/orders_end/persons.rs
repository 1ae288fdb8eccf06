//! The proceedings against a person end.

use focalnet_contract::{
    Rpc,
    proto::{
        FreezingRequest, Person, PurposeKind, freezing_request::State as WireState, order_work::Outcome,
        request_person::Status,
    },
};
use focalnet_domain::freezing_request::{ActKind, State};
use serde_json::{Value, json};

use super::done;
use crate::support::{content, new_id, world::World};

/// Somebody else who is accused.
async fn second(world: &World) -> String {
    let add = json!({
        "parent": world.cast().case, "request_id": new_id(),
        "person": { "family_name": "Mbala", "given_names": "Aimé", "warrant_date": "2008-05-23" },
    });
    let person: Person =
        world.registry().officer().call(Rpc::AddPerson, add).await.unwrap().transcode_to().unwrap();
    world.concerns(&[&person.name]).await;
    person.name
}

/// A request to Portugal that was sent with a content.
async fn sent(world: &World, content: Value) -> String {
    let officer = world.registry().officer();
    let name = world.draft_for(&world.portugal()).await;
    let etag = officer.reads(&name).await.unwrap().etag;
    let update = json!({
        "freezing_request": { "name": name, "content": content }, "etag": etag, "request_id": new_id(),
    });
    officer.call(Rpc::UpdateFreezingRequest, update).await.unwrap();
    let etag = officer.reads(&name).await.unwrap().etag;
    let ready = json!({ "name": name, "etag": etag, "request_id": new_id(), "override_reason": "A sketch" });
    officer.call(Rpc::MarkFreezingRequestReady, ready).await.unwrap();
    world.performs(ActKind::Transmit, &name).await;
    name
}

/// About two accused, for legal aid too, and with an owner who is not accused.
async fn about_two_and_an_owner(world: &World, second: &str) -> String {
    let mut content = content::json(&world.cast().person);
    let mut other = content["persons"][0].clone();
    other["person"] = second.into();
    let mut owner = content["persons"][0].clone();
    owner["capacity"] = "CAPACITY_OWNER".into();
    owner.as_object_mut().unwrap().remove("person");
    content["persons"].as_array_mut().unwrap().extend([other, owner]);
    let aid = json!({ "purpose": "PURPOSE_KIND_LEGAL_AID", "basis": "RoC 83" });
    content["purposes"].as_array_mut().unwrap().push(aid);
    sent(world, content).await
}

fn persons(read: &FreezingRequest) -> Vec<(Status, Vec<PurposeKind>)> {
    read.persons.iter().map(|person| (person.status(), person.active_purposes().collect())).collect()
}

const FORFEITURE: PurposeKind = PurposeKind::Forfeiture;
const REPARATIONS: PurposeKind = PurposeKind::Reparations;
const AID: PurposeKind = PurposeKind::LegalAid;

#[tokio::test]
async fn one_of_two_is_acquitted_and_owes_legal_aid() {
    let world = World::new().await;
    let second = second(&world).await;
    let both = about_two_and_an_owner(&world, &second).await;
    let first_only = world.in_state(State::Executed).await;
    world.stands(&second, "STATUS_ACQUITTED").await;
    let order = world.all_ended().await;
    assert_eq!(order.work.iter().map(done).collect::<Vec<_>>(), [(both.as_str(), Outcome::Ceased)]);
    let portugal = world.portugal().focal_point();
    let read = portugal.reads(&both).await.unwrap();
    assert_eq!(read.state(), WireState::Transmitted, "the other one's goes on");
    let whole = (Status::Active, vec![FORFEITURE, AID, REPARATIONS]);
    let owner = |status| (status, Vec::new());
    assert_eq!(persons(&read), [whole, (Status::Acquitted, vec![AID]), owner(Status::Active)]);
    let untouched = portugal.reads(&first_only).await.unwrap();
    assert_eq!(untouched.state(), WireState::Executed);

    world.stands(&world.cast().person, "STATUS_LAPSED").await;
    world.all_ended().await;
    let read = portugal.reads(&both).await.unwrap();
    let left = |status| (status, vec![AID]);
    assert_eq!(persons(&read), [left(Status::Lapsed), left(Status::Acquitted), owner(Status::Active)]);
    assert_eq!(read.state(), WireState::Transmitted, "for legal aid");
    assert_eq!(portugal.reads(&first_only).await.unwrap().state(), WireState::Ceased);

    // No text says what becomes of a debt after death: nothing ends by itself.
    world.stands(&second, "STATUS_DECEASED").await;
    let read = portugal.reads(&both).await.unwrap();
    assert_eq!(persons(&read)[1], left(Status::Acquitted));

    // With the last of those whom it is about, it ends for the owner, who is not accused of anything.
    let ended =
        json!({ "summary": "Paid.", "ended_purposes": ["PURPOSE_KIND_LEGAL_AID"], "end_reason": "Paid." });
    world.decides(Rpc::ModifyOrder, ended).await.unwrap();
    world.all_ended().await;
    let read = portugal.reads(&both).await.unwrap();
    let none = |status| (status, Vec::new());
    assert_eq!(persons(&read), [none(Status::Lapsed), none(Status::Acquitted), none(Status::Lapsed)]);
    assert_eq!(read.state(), WireState::Ceased);
}

#[tokio::test]
async fn a_conviction_ends_nothing() {
    let world = World::new().await;
    let name = world.in_state(State::Executed).await;
    world.stands(&world.cast().person, "STATUS_CONVICTED").await;
    assert_eq!(world.count("order_work").await, 0);
    assert_eq!(world.registry().officer().reads(&name).await.unwrap().state(), WireState::Executed);
}

#[tokio::test]
async fn a_request_stays_open_until_the_state_has_reported_on_each_asset() {
    let world = World::new().await;
    let name = world.in_state(State::Executed).await;
    world.stands(&world.cast().person, "STATUS_ACQUITTED").await;
    world.all_ended().await;
    let officer = world.registry().officer();
    officer.does(ActKind::Close, &name).await.unwrap_err();
    world.performed(&name, &[ActKind::ReportRelease.into(), ActKind::Close.into()]).await;
    assert_eq!(officer.reads(&name).await.unwrap().state(), WireState::Closed);
}
