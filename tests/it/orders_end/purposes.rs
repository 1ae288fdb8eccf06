//! A purpose of an order ends.

use focalnet_contract::{
    Rpc,
    proto::{
        Order, PurposeKind, freezing_request::State as WireState, order_work::Outcome, request_person::Status,
    },
};
use focalnet_domain::freezing_request::State;
use serde_json::{Value, json};

use super::done;
use crate::{support::world::World, wire::fields};

fn ends(purposes: &[&str], persons: &[&str], reason: &str) -> Value {
    json!({ "summary": "As said", "ended_purposes": purposes, "ended_for": persons, "end_reason": reason })
}

const FORFEITURE: &str = "PURPOSE_KIND_FORFEITURE";

#[tokio::test]
async fn it_ends_for_all_persons_and_the_other_goes_on() {
    let world = World::new().await;
    let name = world.in_state(State::Executed).await;
    let modified = world.decides(Rpc::ModifyOrder, ends(&[FORFEITURE], &[], "No proceeds.")).await.unwrap();
    let modified: Order = modified.transcode_to().unwrap();
    assert_eq!(modified.purposes().collect::<Vec<_>>(), [PurposeKind::Reparations, PurposeKind::LegalAid]);
    let order = world.all_ended().await;
    assert_eq!(order.work.iter().map(done).collect::<Vec<_>>(), [(name.as_str(), Outcome::Ceased)]);
    let read = world.portugal().focal_point().reads(&name).await.unwrap();
    assert_eq!(read.state(), WireState::Executed);
    assert_eq!(read.persons[0].status(), Status::Active, "as before");
    assert_eq!(read.persons[0].active_purposes().collect::<Vec<_>>(), [PurposeKind::Reparations]);

    let rest = ends(&["PURPOSE_KIND_REPARATIONS", "PURPOSE_KIND_LEGAL_AID"], &[], "Over.");
    let told = world.decides(Rpc::ModifyOrder, rest).await;
    assert_eq!(fields(&told.unwrap_err()), ["ended_purposes"], "that is a revocation");
}

#[tokio::test]
async fn it_ends_for_a_person_and_the_order_serves_it_still() {
    let world = World::new().await;
    let name = world.transmitted(&world.portugal()).await;
    let person = world.cast().person.as_str();
    let both = [FORFEITURE, "PURPOSE_KIND_REPARATIONS"];
    let modified = world.decides(Rpc::ModifyOrder, ends(&both, &[person], "Paid.")).await.unwrap();
    let modified: Order = modified.transcode_to().unwrap();
    assert_eq!(modified.purposes.len(), 3);
    world.all_ended().await;
    let read = world.portugal().focal_point().reads(&name).await.unwrap();
    assert_eq!((read.state(), read.persons[0].status()), (WireState::Ceased, Status::Active));
}

#[tokio::test]
async fn a_purpose_of_the_order_ends_with_a_reason() {
    let world = World::new().await;
    let person = world.cast().person.as_str();
    for (what, named) in [
        (ends(&["PURPOSE_KIND_FINE"], &[], "Over."), "ended_purposes[0]"),
        (ends(&[FORFEITURE], &[], ""), "end_reason"),
        (ends(&[], &[], "Over."), "end_reason"),
        (ends(&[], &[person], ""), "ended_for"),
    ] {
        let told = world.decides(Rpc::ModifyOrder, what).await.unwrap_err();
        assert_eq!(fields(&told), [named]);
    }
    assert_eq!(world.count("order_work").await, 0);
}
