//! What takes two persons takes two human beings, who agree on one thing.

use chrono::Duration;
use focalnet_contract::proto::{
    Approval, DeclineRequest, GetApprovalRequest, GetUserRequest, ListApprovalsRequest, RevokeMandateRequest,
    SuspendUserRequest, WithdrawRequest, approval, freezing_request::State as WireState,
};
use focalnet_domain::{
    freezing_request::{ActKind, State},
    organization::Role,
};
use serde_json::Value;
use tonic::{Code, Status};
use tonic_types::StatusExt as _;

use crate::support::{
    actor::Actor,
    acts::Deed,
    cast::{Org, wire},
    new_id,
    refusals::{refused, why},
    world::World,
};

mod orders;

/// A request that the officer proposes to send.
async fn proposed(world: &World) -> String {
    let name = world.draft_for(&world.portugal()).await;
    world.performs(ActKind::MarkReady, &name).await;
    world.registry().officer().does(ActKind::Transmit, &name).await.unwrap();
    name
}

async fn declines(who: &Actor, read: &Approval) -> Result<Approval, Status> {
    let (name, etag) = (read.name.clone(), read.etag.clone());
    let request = DeclineRequest { name, etag, request_id: new_id(), reason: "Not yet".into() };
    Ok(who.approvals().decline(request).await?.into_inner())
}

async fn withdraws(who: &Actor, read: &Approval) -> Result<Approval, Status> {
    let (name, etag) = (read.name.clone(), read.etag.clone());
    let request = WithdrawRequest { name, etag, request_id: new_id(), reason: "A slip".into() };
    Ok(who.approvals().withdraw(request).await?.into_inner())
}

async fn reads(who: &Actor, name: &str) -> Approval {
    who.approvals().get_approval(GetApprovalRequest { name: name.into() }).await.unwrap().into_inner()
}

fn is(code: Code, reason: &str) -> (Code, String) {
    (code, reason.into())
}

#[tokio::test]
async fn a_proposal_changes_nothing_until_it_is_approved() {
    let world = World::new().await;
    let (officer, approver) = (world.registry().officer(), world.registry().approver());
    let name = proposed(&world).await;
    let read = officer.reads(&name).await.unwrap();
    assert_eq!((read.state(), read.transmit_time), (WireState::Ready, None));

    let done = approver.approves(&name).await.unwrap();
    assert_eq!(done.state(), approval::State::Approved);
    assert_eq!((done.proposer, done.decider), (officer.name.clone(), approver.name.clone()));
    let read = officer.reads(&name).await.unwrap();
    assert_eq!((read.state(), read.pending_approval.as_str()), (WireState::Transmitted, ""));
    assert_eq!(officer.events_of("transmit", &name).await.len(), 1);
}

#[tokio::test]
async fn the_record_names_both_persons_to_their_own_side_only() {
    let world = World::new().await;
    let name = proposed(&world).await;
    world.registry().approver().approves(&name).await.unwrap();
    let [own] = &world.registry().officer().events_of("transmit", &name).await[..] else { unreachable!() };
    let persons: Value = serde_json::from_str(&own.persons).unwrap();
    assert_eq!(persons["approved"][1], world.registry().officer().name);
    assert_eq!(persons["user"], world.registry().approver().name);
    let [theirs] = &world.portugal().focal_point().events_of("transmit", &name).await[..] else {
        unreachable!()
    };
    assert_eq!((theirs.persons.as_str(), &theirs.persons_digest), ("", &own.persons_digest));
}

#[tokio::test]
async fn nobody_is_his_own_second_person() {
    let world = World::new().await;
    let both = [Role::RegistryCooperationOfficer, Role::RegistryApprover];
    let both = world.newcomer(Org::Registry, "registry.both", &both).await;
    world.assign(&both).await;
    let name = world.draft_for(&world.portugal()).await;
    world.performs(ActKind::MarkReady, &name).await;

    both.does(ActKind::Transmit, &name).await.unwrap();
    assert_eq!(refused(both.approves(&name).await), is(Code::PermissionDenied, "SECOND_PERSON_REQUIRED"));
    let read = both.reads_proposal(&name).await.unwrap();
    assert_eq!(refused(declines(&both, &read).await), is(Code::PermissionDenied, "SECOND_PERSON_REQUIRED"));
    world.registry().approver().approves(&name).await.unwrap();

    // And a focal point, who may both propose and approve, needs the other one.
    let portugal = world.portugal();
    portugal.focal_point().does(ActKind::Deny, &name).await.unwrap();
    let told = portugal.focal_point().approves(&name).await;
    assert_eq!(refused(told), is(Code::PermissionDenied, "SECOND_PERSON_REQUIRED"));
    portugal.deputy().approves(&name).await.unwrap();
}

#[tokio::test]
async fn everybody_keeps_to_his_part() {
    let world = World::new().await;
    let (registry, otp, chamber) = (world.registry(), world.otp(), world.chamber());
    let name = proposed(&world).await;
    let read = registry.officer().reads_proposal(&name).await.unwrap();
    for other in [otp.approver(), chamber.judge(), otp.investigator(), chamber.legal_officer()] {
        for told in [other.approves_as_read(&read).await, declines(&other, &read).await] {
            assert_eq!(refused(told).0, Code::PermissionDenied, "{}", other.login);
        }
    }
    let told = withdraws(&registry.approver(), &read).await;
    assert_eq!(refused(told), is(Code::PermissionDenied, "WRONG_PARTY"), "only the proposer takes it back");
    assert_eq!(reads(&registry.officer(), &read.name).await, read, "all that left no trace");
}

/// Two approvers race for one proposal, again and again: one wins, and the act is done once.
#[tokio::test(flavor = "multi_thread")]
async fn of_two_approvers_one_wins() {
    let world = World::new().await;
    let (officer, first) = (world.registry().officer(), world.registry().approver());
    let second = world.newcomer(Org::Registry, "registry.second", &[Role::RegistryApprover]).await;
    world.assign(&second).await;
    for _ in 0..10 {
        let name = proposed(&world).await;
        let read = officer.reads_proposal(&name).await.unwrap();
        let (one, other) = tokio::join!(first.approves_as_read(&read), second.approves_as_read(&read));
        let lost = match (one, other) {
            (Ok(_), Err(lost)) | (Err(lost), Ok(_)) => lost,
            both => unreachable!("one wins and one loses: {both:?}"),
        };
        assert_eq!(why(&lost), is(Code::Aborted, "STALE"));
        assert_eq!(officer.events_of("transmit", &name).await.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_an_approval_and_a_withdrawal_one_wins() {
    let world = World::new().await;
    let (officer, approver) = (world.registry().officer(), world.registry().approver());
    for _ in 0..10 {
        let name = proposed(&world).await;
        let read = officer.reads_proposal(&name).await.unwrap();
        let (sent, withdrawn) = tokio::join!(approver.approves_as_read(&read), withdraws(&officer, &read));
        assert_ne!(sent.is_ok(), withdrawn.is_ok());
        let state = officer.reads(&name).await.unwrap().state();
        assert_eq!(state, if sent.is_ok() { WireState::Transmitted } else { WireState::Ready });
    }
}

#[tokio::test]
async fn there_is_one_open_proposal_of_an_act() {
    let world = World::new().await;
    let officer = world.registry().officer();
    let name = proposed(&world).await;
    let told = officer.does(ActKind::Transmit, &name).await.unwrap_err();
    assert_eq!(why(&told), is(Code::FailedPrecondition, "APPROVAL_PENDING"));
    let details = told.get_error_details();
    let named = &details.precondition_failure().unwrap().violations[0].subject;
    assert_eq!(*named, officer.reads_proposal(&name).await.unwrap().name, "the error says which");
}

#[tokio::test]
async fn a_change_of_the_request_voids_what_was_proposed() {
    let world = World::new().await;
    let (officer, approver) = (world.registry().officer(), world.registry().approver());
    let name = proposed(&world).await;
    let before = officer.reads_proposal(&name).await.unwrap();
    world.chamber().legal_officer().does(ActKind::Update, &name).await.unwrap();

    let voided = reads(&officer, &before.name).await;
    assert_eq!(voided.state(), approval::State::Voided);
    assert_eq!(officer.events_of("approval_voided", &name).await[0].subject, before.name);
    assert_eq!(refused(approver.approves_as_read(&before).await), is(Code::Aborted, "STALE"));
    let told = approver.approves_as_read(&voided).await;
    assert_eq!(refused(told), is(Code::FailedPrecondition, "APPROVAL_NOT_OPEN"));

    let both = [ActKind::MarkReady, ActKind::Transmit];
    world.performed(&name, &both.map(Deed::from)).await;
}

#[tokio::test]
async fn an_act_of_either_side_voids_what_both_would_see_it_overtake() {
    let world = World::new().await;
    let (officer, portugal) = (world.registry().officer(), world.portugal());
    let name = world.in_state(State::Acknowledged).await;
    officer.does(ActKind::Cease, &name).await.unwrap();
    let of_court = officer.reads_proposal(&name).await.unwrap().name;
    portugal.focal_point().does(ActKind::Deny, &name).await.unwrap();
    let of_state = portugal.focal_point().reads_proposal(&name).await.unwrap().name;
    world.performs(ActKind::AssignAuthority, &name).await;
    assert_eq!(reads(&officer, &of_court).await.state(), approval::State::Voided);
    assert_eq!(reads(&portugal.deputy(), &of_state).await.state(), approval::State::Voided);
}

/// A proposal that a hidden change voided would tell its makers of that change.
#[tokio::test]
async fn a_hidden_change_of_the_other_side_voids_nothing() {
    let world = World::new().await;
    let (officer, portugal) = (world.registry().officer(), world.portugal());
    let name = world.in_state(State::Acknowledged).await;
    portugal.focal_point().does(ActKind::Deny, &name).await.unwrap();
    let before = portugal.deputy().reads_proposal(&name).await.unwrap();
    let read = portugal.deputy().reads(&name).await.unwrap();

    officer.does(ActKind::Amend, &name).await.unwrap();
    officer.does(ActKind::Transmit, &name).await.unwrap();
    assert_eq!(portugal.deputy().reads_proposal(&name).await.unwrap(), before);
    assert_eq!(portugal.deputy().reads(&name).await.unwrap(), read);
    portugal.deputy().approves_as_read(&before).await.unwrap();
    assert_eq!(officer.reads(&name).await.unwrap().state(), WireState::Denied);
}

#[tokio::test]
async fn the_other_side_sees_nothing_of_a_proposal_and_its_end() {
    let world = World::new().await;
    let (registry, portugal) = (world.registry(), world.portugal().focal_point());
    let name = world.in_state(State::Acknowledged).await;
    let before = (portugal.reads(&name).await.unwrap(), portugal.events(&name).await.unwrap());
    registry.officer().does(ActKind::Cease, &name).await.unwrap();
    declines(&registry.approver(), &registry.officer().reads_proposal(&name).await.unwrap()).await.unwrap();
    registry.officer().does(ActKind::Cease, &name).await.unwrap();
    withdraws(&registry.officer(), &registry.officer().reads_proposal(&name).await.unwrap()).await.unwrap();
    registry.officer().does(ActKind::Cease, &name).await.unwrap();
    assert_eq!((portugal.reads(&name).await.unwrap(), portugal.events(&name).await.unwrap()), before);
    let listed = portugal.approvals().list_approvals(ListApprovalsRequest::default()).await.unwrap();
    assert_eq!(listed.into_inner().approvals, []);
}

#[tokio::test]
async fn what_is_declined_can_be_proposed_anew() {
    let world = World::new().await;
    let (officer, approver) = (world.registry().officer(), world.registry().approver());
    let name = proposed(&world).await;
    let declined = declines(&approver, &officer.reads_proposal(&name).await.unwrap()).await.unwrap();
    assert_eq!((declined.state(), declined.reason.as_str()), (approval::State::Declined, "Not yet"));
    assert_eq!(declined.decider, approver.name);
    assert_eq!(officer.events_of("approval_declined", &name).await.len(), 1);
    assert_eq!(officer.reads(&name).await.unwrap().pending_approval, "");
    world.performs(ActKind::Transmit, &name).await;
}

#[tokio::test]
async fn what_is_withdrawn_can_be_proposed_anew() {
    let world = World::new().await;
    let officer = world.registry().officer();
    let name = proposed(&world).await;
    let withdrawn = withdraws(&officer, &officer.reads_proposal(&name).await.unwrap()).await.unwrap();
    assert_eq!((withdrawn.state(), withdrawn.decider.as_str()), (approval::State::Withdrawn, ""));
    assert_eq!(officer.events_of("approval_withdrawn", &name).await.len(), 1);
    world.performs(ActKind::Transmit, &name).await;
}

#[tokio::test]
async fn a_proposal_lives_seven_days() {
    let world = World::new().await;
    let (young, old) = (proposed(&world).await, proposed(&world).await);
    let proposal = world.registry().officer().reads_proposal(&old).await.unwrap().name;

    world.set_clock_ahead(Duration::days(7) - Duration::minutes(5)).await;
    world.registry().approver().approves(&young).await.unwrap();

    world.set_clock_ahead(Duration::days(7)).await;
    let (officer, approver) = (world.registry().officer(), world.registry().approver());
    let expired = reads(&approver, &proposal).await;
    assert_eq!(expired.state(), approval::State::Expired);
    let told = approver.approves_as_read(&expired).await;
    assert_eq!(refused(told), is(Code::FailedPrecondition, "APPROVAL_NOT_OPEN"));
    assert_eq!(officer.reads(&old).await.unwrap().pending_approval, "");
    for (state, count) in [("STATE_OPEN", 0), ("STATE_EXPIRED", 1)] {
        let filter = format!("state = {state}");
        let list = ListApprovalsRequest { filter, ..ListApprovalsRequest::default() };
        let found = officer.approvals().list_approvals(list).await.unwrap().into_inner().approvals;
        assert_eq!(found.len(), count, "{state}");
    }
    world.performs(ActKind::Transmit, &old).await;
    assert_eq!(
        officer.events_of("approval_expired", &old).await.len(),
        1,
        "the lapse is recorded with its successor"
    );
}

/// Ends a mandate of somebody.
async fn revokes(keeper: &Actor, whose: &Actor) {
    let get = GetUserRequest { name: whose.name.clone() };
    let user = keeper.users().get_user(get).await.unwrap().into_inner();
    let request = RevokeMandateRequest {
        name: user.name,
        etag: user.etag,
        request_id: new_id(),
        role: wire(whose.role),
        reason: "Moved".into(),
    };
    keeper.users().revoke_mandate(request).await.unwrap();
}

async fn suspends(keeper: &Actor, whom: &Actor) {
    let get = GetUserRequest { name: whom.name.clone() };
    let user = keeper.users().get_user(get).await.unwrap().into_inner();
    let (name, etag) = (user.name, user.etag);
    let request = SuspendUserRequest { name, etag, request_id: new_id(), reason: "Gone".into() };
    keeper.users().suspend_user(request).await.unwrap();
}

#[tokio::test]
async fn both_persons_have_their_mandates_when_it_counts() {
    let world = World::new().await;
    let (registry, portugal) = (world.registry(), world.portugal());
    let no = is(Code::PermissionDenied, "ROLE_MISSING");

    let name = world.in_state(State::Acknowledged).await;
    portugal.focal_point().does(ActKind::Deny, &name).await.unwrap();
    revokes(&portugal.admin(), &portugal.focal_point()).await;
    assert_eq!(refused(portugal.deputy().approves(&name).await), no, "the proposer's mandate was revoked");
    assert_eq!(portugal.deputy().reads(&name).await.unwrap().state(), WireState::Acknowledged);

    let name = proposed(&world).await;
    revokes(&registry.admin(), &registry.approver()).await;
    let read = registry.officer().reads_proposal(&name).await.unwrap();
    let told = refused(registry.approver().approves_as_read(&read).await);
    // Without any mandate that shows content there is nothing to see.
    assert_eq!(told, is(Code::NotFound, "NOT_FOUND"), "the approver's mandate was revoked");

    let other = world.newcomer(Org::Registry, "registry.other", &[Role::RegistryApprover]).await;
    world.assign(&other).await;
    suspends(&registry.admin(), &registry.officer()).await;
    assert_eq!(refused(other.approves_as_read(&read).await), no, "the proposer is suspended");
}

#[tokio::test]
async fn a_proposer_who_was_taken_off_the_case_proposes_nothing_any_more() {
    let world = World::new().await;
    let proposer = world.newcomer(Org::Registry, "registry.other", &[Role::RegistryCooperationOfficer]).await;
    world.assign(&proposer).await;
    let name = world.draft_for(&world.portugal()).await;
    world.performs(ActKind::MarkReady, &name).await;
    proposer.does(ActKind::Transmit, &name).await.unwrap();
    world.unassign(&proposer).await;
    let told = refused(world.registry().approver().approves(&name).await);
    assert_eq!(told, is(Code::PermissionDenied, "ROLE_MISSING"));
}
