//! An order is revoked.

use focalnet_contract::{
    Rpc,
    proto::{
        Order, freezing_request::State as WireState, order_work, order_work::Outcome, request_person::Status,
        request_purpose::Status as PurposeStatus,
    },
};
use focalnet_domain::{
    freezing_request::{ActKind, State},
    organization::{Kind, Role},
};
use serde_json::{Value, json};

use super::done;
use crate::support::{
    actor::Actor,
    ledger::run,
    orders::REASON,
    samples::{Read, Things, sample},
    world::World,
};

async fn states(who: &Actor, names: &[&String]) -> Vec<WireState> {
    let mut states = Vec::new();
    for name in names {
        states.push(who.reads(name).await.unwrap().state());
    }
    states
}

#[tokio::test]
async fn it_ends_once_in_each_request_that_was_sent() {
    let world = World::new().await;
    let (officer, portugal) = (world.registry().officer(), world.portugal().focal_point());
    let belgium = world.belgium().focal_point();
    let executed = world.in_state(State::Executed).await;
    let sent = world.transmitted(&world.belgium()).await;
    let unsent = [world.in_state(State::Draft).await, world.in_state(State::Ready).await];
    let of_prosecutor = world.otp().investigator().drafts_to(world.portugal().name()).await.unwrap().name;
    world.performed(&of_prosecutor, &[ActKind::MarkReady.into(), ActKind::Transmit.into()]).await;
    officer.does(ActKind::Cease, &executed).await.unwrap();

    let mut somebody = world.in_the_way().await;
    let revoked = world.revokes().await;
    let left = revoked.work.iter().map(|work| (work.freezing_request.as_str(), work.state(), work.outcome()));
    let pending = |name| (name, order_work::State::Pending, Outcome::Unspecified);
    assert_eq!(left.collect::<Vec<_>>(), [pending(sent.as_str()), pending(executed.as_str())]);
    run(&mut somebody, "ROLLBACK").await.unwrap();
    let order = world.all_ended().await;
    let ended = order.work.iter().map(done).collect::<Vec<_>>();
    assert_eq!(ended, [(sent.as_str(), Outcome::Ceased), (executed.as_str(), Outcome::Ceased)]);
    assert_eq!(order.work[0].requested_state_display_name, belgium_name(&world, &sent).await);
    assert_eq!(order.etag, revoked.etag, "the order is as it was");

    assert_eq!(states(&officer, &[&executed, &sent]).await, [WireState::Ceased; 2]);
    assert_eq!(states(&officer, &[&unsent[0], &unsent[1]]).await, [WireState::Draft, WireState::Ready]);
    let prosecutor = world.otp().investigator();
    assert_eq!(
        states(&prosecutor, &[&of_prosecutor]).await,
        [WireState::Transmitted],
        "it rests on no order"
    );

    for (state, name, other) in [(&portugal, &executed, &sent), (&belgium, &sent, &executed)] {
        let read = state.reads(name).await.unwrap();
        assert_eq!(read.state(), WireState::Ceased);
        assert!(read.purposes.iter().all(|purpose| purpose.status() == PurposeStatus::Ceased));
        assert!(read.purposes.iter().all(|purpose| purpose.end_date == "2008-06-12"));
        assert_eq!(read.persons[0].status(), Status::Lapsed);
        assert!(state.reads(other).await.is_err(), "each State knows of its own");

        let export = state.exports(name).await.unwrap();
        focalnet_domain::journal::verify(&export).unwrap();
        let ceases: Vec<_> = export.iter().filter(|event| event.act == "cease").collect();
        let [event] = ceases[..] else { unreachable!("one event") };
        let content: Value = serde_json::from_str(&event.content).unwrap();
        assert_eq!(content["cease"]["reason"], REASON);
        assert_eq!((event.organ, event.role), (Kind::Chamber, Some(Role::Judge)));
        assert!(event.persons.is_empty(), "of the Court it learns the organ");
        for hidden in [&world.cast().order, other, "ICC-01/05-01/08-99"] {
            assert!(!event.content.contains(hidden.rsplit('/').next().unwrap()), "{hidden}");
        }
        let [event] = &officer.events_of("cease", name).await[..] else { unreachable!("one event") };
        assert!(event.persons.contains(&world.chamber().judge().name));
    }
    let overtaken = officer.events_of("approval_voided", &executed).await;
    assert_eq!(overtaken.len(), 1, "what the Registry proposed has been decided");
}

async fn belgium_name(world: &World, sent: &str) -> String {
    world.registry().officer().reads(sent).await.unwrap().requested_state_display_name
}

#[tokio::test]
async fn the_same_call_again_leaves_nothing_more() {
    let world = World::new().await;
    let sent = world.transmitted(&world.portugal()).await;
    let message = world.decision(json!({ "reason": REASON })).await;
    let chamber = world.chamber().legal_officer();
    let first: Order = chamber.call(Rpc::RevokeOrder, message.clone()).await.unwrap().transcode_to().unwrap();
    let proposal = chamber.reads_approval(&first.pending_approval).await.unwrap();
    let approval = Read { name: proposal.name, etag: proposal.etag };
    let consent = sample(Rpc::Approve, &Things { approval, ..Things::default() });
    let judge = world.chamber().judge();
    let approved = judge.call(Rpc::Approve, consent.clone()).await.unwrap();
    world.all_ended().await;
    let again: Order = chamber.call(Rpc::RevokeOrder, message).await.unwrap().transcode_to().unwrap();
    assert_eq!(again, first);
    assert_eq!(judge.call(Rpc::Approve, consent).await.unwrap(), approved);
    assert_eq!(world.count("order_work").await, 1);
    assert_eq!(chamber.events_of("cease", &sent).await.len(), 1);
}

#[tokio::test]
async fn what_has_ended_otherwise_meanwhile_is_told_so() {
    let world = World::new().await;
    let [denied, closed, gone] = [
        world.in_state(State::Denied).await,
        world.in_state(State::Transmitted).await,
        world.in_state(State::Withdrawn).await,
    ];
    let mut somebody = world.in_the_way().await;
    world.revokes().await;
    let id = closed.strip_prefix("freezingRequests/").unwrap();
    let closing = format!("UPDATE freezing_request SET state = 'closed' WHERE id = '{id}'");
    run(&mut somebody, &closing).await.unwrap();
    run(&mut somebody, "COMMIT").await.unwrap();
    let order = world.all_ended().await;
    let mut ended: Vec<_> = order.work.iter().map(done).collect();
    ended.sort_unstable_by_key(|(name, _)| *name != denied);
    let not = Outcome::NotPossible;
    assert_eq!(ended, [(denied.as_str(), not), (closed.as_str(), not)], "and of {gone} nothing");
    assert_eq!(world.registry().officer().events_of("cease", &closed).await.len(), 0);
}

/// Whoever sends while the order is revoked waits, and then sends nothing; or is waited for, and is told that it is
/// over.
#[tokio::test]
async fn a_request_that_is_being_sent_is_not_forgotten() {
    let world = World::new().await;
    let name = world.in_state(State::Ready).await;
    let (officer, approver) = (world.registry().officer(), world.registry().approver());
    officer.does(ActKind::Transmit, &name).await.unwrap();
    let (sent, _) = tokio::join!(approver.approves(&name), world.revokes());
    world.all_ended().await;
    let read = officer.reads(&name).await.unwrap();
    assert_eq!(read.state(), if sent.is_ok() { WireState::Ceased } else { WireState::Ready });
}
