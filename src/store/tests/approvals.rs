//! Proposals, open and decided, and what a subject brings of its proposals.

use focalnet_domain::{
    approval::{Approval, Proposed, State},
    journal::Audience,
    names::{ApprovalId, FreezingRequestId},
};

use super::{said::*, scene::*, *};
use crate::{
    authz::Scope,
    store::{Decided, OpenApproval},
};

/// A proposal of somebody whose account and mandate are stored.
pub(super) async fn propose(tx: &Tx, actor: &Actor, proposed: Proposed, audience: Audience) -> OpenApproval {
    let approval = Approval {
        name: ApprovalId::random(),
        proposed,
        state: State::Open,
        proposer: actor.user,
        proposer_display_name: actor.display_name.clone(),
        decider: None,
        reason: None,
        propose_time: at(40),
        expire_time: at(50),
    };
    tx.insert_approval(&permit(actor), &approval, audience, head(40)).await.unwrap();
    let mut open = OpenApproval::new(approval, audience, head(40));
    open.proposer_mandates = user(actor).mandates;
    open
}

/// A denial of a request.
pub(super) fn denial(subject: FreezingRequestId) -> Proposed {
    of(
        json!({ "subject": subject, "deny": { "denial": { "ground": "national_security", "reasons": "It is" } } }),
    )
}

/// It is read alone and in a list, and once more when it is decided.
async fn assert_read(scene: &Scene, scope: &Scope, open: &OpenApproval) {
    let tx = &scene.tx;
    let mut approval = open.approval.clone();
    let name = approval.name;
    let saved = (approval.clone(), open.head);
    assert_same(&tx.approval(scope, name).await.unwrap(), &Some(saved.clone()));
    assert_same(&tx.approvals(scope, &[], at(41), &FIRST).await.unwrap(), &vec![saved]);

    approval.state = State::Declined;
    (approval.decider, approval.reason) = (Some(UserId::random()), Some("It is too early".to_owned()));
    assert_said(&approval, &[]);
    let Approval { state, decider, ref reason, .. } = approval;
    let decided = Decided { name, state, decider, reason: reason.clone(), head: head(42) };
    tx.decide_approvals(&scene.permit, &[decided]).await.unwrap();
    assert_same(&tx.approval(scope, name).await.unwrap(), &Some((approval, head(42))));
}

#[tokio::test]
async fn a_proposal_of_which_everything_is_said_is_read_as_it_was_saved() {
    let scene = Scene::new().await;
    let (tx, officer) = (&scene.tx, scene.permit.actor());
    let order = scene.order().await;
    let request = scene.request(&order).await;

    let revocation = of(json!({ "subject": order.name, "revoke_order": {
        "document_number": "ICC-01/05-01/08-9", "decision_date": "2026-01-03", "reason": "It is over",
    } }));
    let of_order = propose(tx, officer, revocation, Audience::Court).await;
    // Nobody has decided it.
    assert_said(&of_order, &[".approval.decider", ".approval.reason"]);
    let read = tx.order(&scene.court, order.name).await.unwrap().unwrap();
    assert_same(&read.approvals, &vec![of_order.clone()]);
    assert_read(&scene, &scene.court, &of_order).await;

    let of_request = propose(tx, &scene.focal_point, denial(request.name), Audience::State).await;
    let read = tx.dossier(&scene.state, request.name, day("2026-01-10")).await.unwrap().unwrap();
    assert_same(&read.approvals, &vec![of_request.clone()]);
    assert_read(&scene, &scene.state, &of_request).await;
}
