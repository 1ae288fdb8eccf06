//! An order is revoked by two persons.

use chrono::Duration;
use focalnet_contract::{
    Rpc,
    proto::{
        Approval, ListApprovalsRequest, approval, freezing_request::State as WireState,
        order::State as OrderState,
    },
};
use focalnet_domain::{freezing_request::State, organization::Role};
use serde_json::{Value, json};
use tonic::Code;

use super::{declines, is, reads, revokes, suspends, withdraws};
use crate::support::{
    actor::Actor,
    cast::Org,
    ledger::{run, texts},
    new_id,
    orders::REASON,
    refusals::{refused, why},
    world::World,
};

async fn listed(who: &Actor, filter: String) -> Vec<Approval> {
    let list = ListApprovalsRequest { filter, ..ListApprovalsRequest::default() };
    who.approvals().list_approvals(list).await.unwrap().into_inner().approvals
}

#[tokio::test]
async fn a_revocation_changes_nothing_until_it_is_approved() {
    let world = World::new().await;
    let (chamber, officer) = (world.chamber(), world.registry().officer());
    let sent = world.in_state(State::Transmitted).await;
    let order = &world.cast().order;
    let before = world.order_read_by(&officer.clients).await;
    let proposed = world.revocation_proposed().await;
    assert_eq!((proposed.state(), &proposed.subject), (approval::State::Open, order));
    let Some(approval::Act::RevokeOrder(act)) = &proposed.act else { unreachable!("{proposed:?}") };
    assert_eq!((act.reason.as_str(), act.document_number.as_str()), (REASON, "ICC-01/05-01/08-99"));

    let read = world.order_read_by(&officer.clients).await;
    assert_eq!((read.state(), &read.pending_approval), (OrderState::InForce, &proposed.name));
    assert_eq!((read.changes.len(), read.work.len()), (0, 0));
    assert_ne!(read.etag, before.etag, "a proposal is part of what its readers see of the order");
    assert_eq!(officer.reads(&sent).await.unwrap().state(), WireState::Transmitted);

    // The proposer's side is the Court: a judge of the Chamber or an approver of the Registry is the second person.
    let done = world.registry().approver().approves_as_read(&proposed).await.unwrap();
    assert_eq!(done.state(), approval::State::Approved);
    assert_eq!(
        (done.proposer, done.decider),
        (chamber.legal_officer().name, world.registry().approver().name.clone())
    );
    let read = world.all_ended().await;
    assert_eq!((read.state(), read.pending_approval.as_str()), (OrderState::Revoked, ""));
    assert_eq!(read.changes[0].summary, REASON);
    assert_eq!(officer.reads(&sent).await.unwrap().state(), WireState::Ceased);

    let [event] = &officer.events_of("revoke_order", order).await[..] else { unreachable!("one event") };
    let persons: Value = serde_json::from_str(&event.persons).unwrap();
    assert_eq!(persons["user"], world.registry().approver().name);
    assert_eq!(persons["approved"], json!([proposed.name, world.chamber().legal_officer().name]));
    assert_eq!(officer.events_of("propose", order).await.len(), 1);
    let told = world.decides(Rpc::RevokeOrder, json!({ "reason": REASON })).await.unwrap_err();
    assert_eq!(why(&told), is(Code::FailedPrecondition, "WRONG_STATE"), "it is revoked once");
}

#[tokio::test]
async fn nobody_revokes_alone() {
    let world = World::new().await;
    let judge = world.chamber().judge();
    let message = world.decision(json!({ "reason": REASON })).await;
    judge.call(Rpc::RevokeOrder, message).await.unwrap();
    let pending = world.order_read_by(&judge.clients).await.pending_approval;
    let proposed = reads(&judge, &pending).await;
    let no = is(Code::PermissionDenied, "SECOND_PERSON_REQUIRED");
    assert_eq!(refused(judge.approves_as_read(&proposed).await), no);
    assert_eq!(refused(declines(&judge, &proposed).await), no);
    for other in [world.registry().officer(), world.chamber().legal_officer(), world.otp().approver()] {
        let told = refused(other.approves_as_read(&proposed).await);
        assert_eq!(told, is(Code::PermissionDenied, "ROLE_MISSING"), "{}", other.login);
        assert_eq!(refused(withdraws(&other, &proposed).await), is(Code::PermissionDenied, "WRONG_PARTY"));
    }
    assert_eq!(reads(&judge, &pending).await, proposed, "all that left no trace");

    // The database says so, too.
    let mut database = world.database_as("postgres").await;
    let alone = "UPDATE approval SET state = 'approved', decider_id = proposer_id WHERE order_id IS NOT NULL";
    run(&mut database, alone).await.unwrap_err();
    world.registry().approver().approves_as_read(&proposed).await.unwrap();
}

#[tokio::test]
async fn there_is_one_open_proposal_to_revoke_it() {
    let world = World::new().await;
    let proposed = world.revocation_proposed().await;
    let told = world.decides(Rpc::RevokeOrder, json!({ "reason": REASON })).await.unwrap_err();
    assert_eq!(why(&told), is(Code::FailedPrecondition, "APPROVAL_PENDING"));
    let mut database = world.database_as("postgres").await;
    let columns =
        "request_id, order_id, audience, act, payload, state, proposer_id, propose_time, expire_time, head";
    let twice =
        format!("INSERT INTO approval (id, {columns}) SELECT gen_random_uuid(), {columns} FROM approval");
    let told = run(&mut database, &twice).await.unwrap_err().to_string();
    assert!(told.contains("uq_approval_open"), "{told}");
    assert_eq!(reads(&world.chamber().judge(), &proposed.name).await, proposed);
}

#[tokio::test]
async fn what_is_declined_or_withdrawn_leaves_the_order_in_force() {
    let world = World::new().await;
    let (judge, officer) = (world.chamber().judge(), world.registry().officer());
    let before = world.order_read_by(&officer.clients).await;
    let declined = declines(&judge, &world.revocation_proposed().await).await.unwrap();
    assert_eq!((declined.state(), &declined.decider), (approval::State::Declined, &judge.name));
    let withdrawn = withdraws(&world.chamber().legal_officer(), &world.revocation_proposed().await).await;
    assert_eq!(withdrawn.unwrap().state(), approval::State::Withdrawn);
    let read = world.order_read_by(&officer.clients).await;
    assert_eq!((read.state(), read.pending_approval.as_str()), (OrderState::InForce, ""));
    assert_ne!(read.etag, before.etag);
    for act in ["approval_declined", "approval_withdrawn"] {
        assert_eq!(officer.events_of(act, &before.name).await.len(), 1, "{act}");
    }
    assert_eq!(world.revokes().await.state(), OrderState::Revoked, "it can be proposed anew");
}

#[tokio::test]
async fn a_modification_of_the_order_voids_what_was_proposed() {
    let world = World::new().await;
    let (judge, order) = (world.chamber().judge(), &world.cast().order);
    let proposed = world.revocation_proposed().await;
    let until = json!({ "summary": "For a time", "valid_until_date": "2099-01-01" });
    world.decides(Rpc::ModifyOrder, until).await.unwrap();
    let voided = reads(&judge, &proposed.name).await;
    assert_eq!(voided.state(), approval::State::Voided);
    assert_eq!(judge.events_of("approval_voided", order).await[0].subject, proposed.name);
    assert_eq!(refused(judge.approves_as_read(&proposed).await), is(Code::Aborted, "STALE"));
    let told = refused(judge.approves_as_read(&voided).await);
    assert_eq!(told, is(Code::FailedPrecondition, "APPROVAL_NOT_OPEN"));
    let read = world.order_read_by(&judge.clients).await;
    assert_eq!((read.state(), read.pending_approval.as_str()), (OrderState::InForce, ""));
    world.revokes().await;
}

/// What does not move the etag of the order overtakes nothing about it.
#[tokio::test]
async fn what_the_court_holds_under_the_order_voids_nothing() {
    let world = World::new().await;
    let officer = world.registry().officer();
    let proposed = world.revocation_proposed().await;
    let before = world.order_read_by(&officer.clients).await;
    let report = json!({
        "parent": before.name, "request_id": new_id(),
        "asset": {
            "type": "ASSET_TYPE_CASH", "jurisdiction": "NL", "description": "Cash seized on arrest",
            "holder": "The accused", "measures": [{
                "kind": "KIND_SEIZURE", "national_reference": "Receipt 12", "start_date": "2008-07-02",
            }],
        },
    });
    officer.call(Rpc::ReportAsset, report).await.unwrap();
    assert_eq!(world.order_read_by(&officer.clients).await, before);
    assert_eq!(reads(&officer, &proposed.name).await, proposed);
    world.chamber().judge().approves_as_read(&proposed).await.unwrap();
}

#[tokio::test]
async fn a_revocation_lapses_after_seven_days() {
    let world = World::new().await;
    let proposed = world.revocation_proposed().await;
    world.set_clock_ahead(Duration::days(7)).await;
    let judge = world.chamber().judge();
    let expired = reads(&judge, &proposed.name).await;
    assert_eq!(expired.state(), approval::State::Expired);
    let told = refused(judge.approves_as_read(&expired).await);
    assert_eq!(told, is(Code::FailedPrecondition, "APPROVAL_NOT_OPEN"));
    assert_eq!(world.order_read_by(&judge.clients).await.pending_approval, "");
    assert_eq!(world.revokes().await.state(), OrderState::Revoked);
    assert_eq!(judge.events_of("approval_expired", &world.cast().order).await.len(), 1);
}

#[tokio::test]
async fn no_state_sees_anything_of_it() {
    let world = World::new().await;
    let name = world.in_state(State::Acknowledged).await;
    let proposed = world.revocation_proposed().await;
    let subject = format!("subject = {}", world.cast().order);
    let portugal = world.portugal();
    for who in [
        portugal.focal_point(),
        portugal.deputy(),
        world.belgium().focal_point(),
        world.portuguese_authority(),
    ] {
        assert_eq!(listed(&who, String::new()).await, []);
        assert_eq!(listed(&who, subject.clone()).await, []);
        for told in [who.reads_approval(&proposed.name).await, who.approves_as_read(&proposed).await] {
            assert_eq!(refused(told), is(Code::NotFound, "NOT_FOUND"), "{}", who.login);
        }
    }
    assert_eq!(portugal.focal_point().reads(&name).await.unwrap().pending_approval, "");
    // At the Court it is told to those who see the order, and to nobody who is not assigned to its case.
    for who in [world.registry().officer(), world.chamber().judge(), world.otp().investigator()] {
        assert_eq!(listed(&who, subject.clone()).await, std::slice::from_ref(&proposed), "{}", who.login);
    }
    let stranger = world.newcomer(Org::Registry, "registry.other", &[Role::RegistryApprover]).await;
    assert_eq!(listed(&stranger, subject).await, []);
    assert_eq!(refused(stranger.approves_as_read(&proposed).await), is(Code::NotFound, "NOT_FOUND"));
}

/// Two approvers race for one revocation, again and again: one wins, and it ends once in each request.
#[tokio::test(flavor = "multi_thread")]
async fn of_two_approvers_of_a_revocation_one_wins() {
    for _ in 0..3 {
        let world = World::new().await;
        let sent = world.transmitted(&world.portugal()).await;
        let (judge, approver) = (world.chamber().judge(), world.registry().approver());
        let proposed = world.revocation_proposed().await;
        let (one, other) =
            tokio::join!(judge.approves_as_read(&proposed), approver.approves_as_read(&proposed));
        let lost = match (one, other) {
            (Ok(_), Err(lost)) | (Err(lost), Ok(_)) => lost,
            both => unreachable!("one wins and one loses: {both:?}"),
        };
        assert_eq!(why(&lost), is(Code::Aborted, "STALE"));
        let order = world.all_ended().await;
        assert_eq!((order.state(), order.work.len()), (OrderState::Revoked, 1));
        assert_eq!(judge.events_of("revoke_order", &order.name).await.len(), 1);
        assert_eq!(judge.events_of("cease", &sent).await.len(), 1);
    }
}

/// An approval and a change race: what is approved is what its approver read, or nothing.
#[tokio::test(flavor = "multi_thread")]
async fn of_an_approval_and_a_modification_one_wins() {
    for _ in 0..3 {
        let world = World::new().await;
        let judge = world.chamber().judge();
        let proposed = world.revocation_proposed().await;
        let until = json!({ "summary": "For a time", "valid_until_date": "2099-01-01" });
        let (revoked, modified) =
            tokio::join!(judge.approves_as_read(&proposed), world.decides(Rpc::ModifyOrder, until));
        assert_ne!(revoked.is_ok(), modified.is_ok());
        let state = world.order_read_by(&judge.clients).await.state();
        assert_eq!(state, if revoked.is_ok() { OrderState::Revoked } else { OrderState::InForce });
    }
}

#[tokio::test]
async fn the_proposer_has_mandate_account_and_assignment_when_it_counts() {
    let world = World::new().await;
    let no = is(Code::PermissionDenied, "ROLE_MISSING");
    let (judge, admin) = (world.chamber().judge(), world.registry().admin());
    let roles = [Role::RegistryCooperationOfficer];
    for (login, gone) in
        [("registry.one", "mandate"), ("registry.two", "account"), ("registry.three", "case")]
    {
        let officer = world.newcomer(Org::Registry, login, &roles).await;
        world.assign(&officer).await;
        let message = world.decision(json!({ "reason": REASON })).await;
        officer.call(Rpc::RevokeOrder, message).await.unwrap();
        let pending = world.order_read_by(&judge.clients).await.pending_approval;
        match gone {
            "mandate" => revokes(&admin, &officer).await,
            "account" => suspends(&admin, &officer).await,
            _ => world.unassign(&officer).await,
        }
        let proposed = reads(&judge, &pending).await;
        assert_eq!(refused(judge.approves_as_read(&proposed).await), no, "{gone}");
        declines(&judge, &proposed).await.unwrap();
    }
    let mut database = world.database_as("postgres").await;
    assert_eq!(texts(&mut database, "SELECT state FROM court_order").await, ["in_force"]);
}
