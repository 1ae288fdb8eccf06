//! What a request rests on: an order that binds, and a content that is complete or overridden with a reason.

use chrono::Duration;
use focalnet_contract::{
    Rpc,
    proto::{CheckFreezingRequestRequest, freezing_request::State as WireState},
};
use focalnet_domain::freezing_request::{ActKind, State};
use serde_json::{Value, json};
use tonic::Code;

use super::{day, wrong_state};
use crate::{
    support::{
        new_id,
        refusals::{refused, why},
        world::World,
    },
    wire::{fields, obstacles},
};

/// Nothing goes out under the order any more.
async fn nothing_leaves(world: &World, draft: &str, ready: &str, proposed: &str) {
    let (officer, approver) = (world.registry().officer(), world.registry().approver());
    for told in [
        officer.does(ActKind::MarkReady, draft).await.unwrap_err(),
        officer.does(ActKind::Transmit, ready).await.unwrap_err(),
        approver.approves(proposed).await.unwrap_err(),
    ] {
        assert_eq!(why(&told), (Code::InvalidArgument, "INCOMPLETE".into()));
        assert!(fields(&told).iter().any(|field| field.ends_with("order")), "{:?}", fields(&told));
    }
    let told = officer.drafts_to(world.portugal().name()).await.unwrap_err();
    assert_eq!(why(&told), wrong_state());
    assert_eq!(obstacles(&told), [world.cast().order.clone()]);
    assert_eq!(officer.reads(proposed).await.unwrap().state(), WireState::Ready);
}

async fn draft_ready_and_proposed(world: &World) -> [String; 3] {
    let names = [
        world.in_state(State::Draft).await,
        world.in_state(State::Ready).await,
        world.in_state(State::Ready).await,
    ];
    world.registry().officer().does(ActKind::Transmit, &names[2]).await.unwrap();
    names
}

#[tokio::test]
async fn a_revoked_order_sends_nothing() {
    let world = World::new().await;
    let [draft, ready, proposed] = draft_ready_and_proposed(&world).await;
    let sent = world.in_state(State::Transmitted).await;
    world.revokes().await;
    nothing_leaves(&world, &draft, &ready, &proposed).await;
    world.all_ended().await;
    let officer = world.registry().officer();
    assert_eq!(officer.reads(&sent).await.unwrap().state(), WireState::Ceased, "what was sent ends");
    let told = refused(officer.does(ActKind::Amend, &sent).await);
    assert_eq!(told, (Code::InvalidArgument, "INCOMPLETE".into()));
}

#[tokio::test]
async fn an_order_binds_to_its_last_day() {
    let world = World::new().await;
    let [draft, ready, proposed] = draft_ready_and_proposed(&world).await;
    let another = world.in_state(State::Draft).await;
    let until = json!({ "summary": "For a time", "valid_until_date": day(2) });
    world.decides(Rpc::ModifyOrder, until).await.unwrap();
    world.set_clock_ahead(Duration::days(1)).await;
    world.performed(&another, &[ActKind::MarkReady.into(), ActKind::Transmit.into()]).await;
    world.set_clock_ahead(Duration::days(4)).await;
    nothing_leaves(&world, &draft, &ready, &proposed).await;
    // The State goes on with what it has.
    world.performed(&another, &[ActKind::Acknowledge.into(), ActKind::AssignAuthority.into()]).await;
}

/// A fine, forfeiture or reparations are enforced once no appeal is possible any more.
#[tokio::test]
async fn what_is_enforced_is_final() {
    let world = World::new().await;
    let officer = world.registry().officer();
    let name = world.draft_for(&world.portugal()).await;
    let read = officer.reads(&name).await.unwrap();
    let update = json!({
        "freezing_request": { "name": name, "measures": ["MEASURE_ENFORCE"] }, "etag": read.etag,
        "request_id": new_id(), "update_mask": "measures",
    });
    officer.call(Rpc::UpdateFreezingRequest, update).await.unwrap();
    let lacks = async || {
        let check = CheckFreezingRequestRequest { name: name.clone() };
        let found = officer.requests().check_freezing_request(check).await.unwrap().into_inner().findings;
        found.iter().any(|finding| finding.field == "freezing_request.order")
    };
    assert!(lacks().await);
    let modified = json!({ "summary": "Final", "final_date": "2008-06-12" });
    world.decides(Rpc::ModifyOrder, modified).await.unwrap();
    assert!(!lacks().await);
}

#[tokio::test]
async fn an_incomplete_request_leaves_with_a_reason_that_is_recorded() {
    let world = World::new().await;
    let (officer, portugal) = (world.registry().officer(), world.portugal().focal_point());
    let name = world.draft_for(&world.portugal()).await;
    let mut content = crate::support::content::json(&world.cast().person);
    content.as_object_mut().unwrap().remove("grounds");
    let read = officer.reads(&name).await.unwrap();
    let update = json!({
        "freezing_request": { "name": name, "content": content }, "etag": read.etag, "request_id": new_id(),
    });
    officer.call(Rpc::UpdateFreezingRequest, update).await.unwrap();
    let told = refused(officer.does(ActKind::MarkReady, &name).await);
    assert_eq!(told, (Code::InvalidArgument, "INCOMPLETE".into()));

    let reason = "The grounds follow tomorrow; the account is being emptied.";
    let with = json!({ "override_reason": reason });
    let ready = officer.acts(Rpc::MarkFreezingRequestReady, &name, with).await.unwrap();
    assert_eq!((ready.state(), ready.override_reason.as_str()), (WireState::Ready, reason));
    let [event] = &officer.events_of("mark_ready", &name).await[..] else { unreachable!("one event") };
    let recorded: Value = serde_json::from_str(&event.content).unwrap();
    assert_eq!(recorded["mark_ready"]["override_reason"], reason);

    world.performs(ActKind::Transmit, &name).await;
    let read = portugal.reads(&name).await.unwrap();
    assert_eq!(read.override_reason, "", "it is the issuing side's own");
    for event in portugal.events(&name).await.unwrap() {
        assert!(!event.content.contains(reason), "{}", event.act);
    }
}

#[tokio::test]
async fn what_is_written_anew_needs_a_new_reason() {
    let world = World::new().await;
    let officer = world.registry().officer();
    let name = world.draft_for(&world.portugal()).await;
    let with = json!({ "override_reason": "Haste" });
    officer.acts(Rpc::MarkFreezingRequestReady, &name, with).await.unwrap();
    let updated = officer.does(ActKind::Update, &name).await.unwrap();
    assert_eq!((updated.state(), updated.override_reason.as_str()), (WireState::Draft, ""));
}
