//! A request from its draft to its transmission: each call is the whole chain, by two people.

use std::sync::Arc;

use focalnet_contract::Rpc;
use focalnet_domain::ids;
use serde_json::{Value, json};
use tonic::Status;

use super::{Named, nth, scene, stage::Stage};
use crate::{
    caller::{Answer, Caller},
    world::Failed,
};

/// A complete content, without warnings.
const CONTENT: &str = include_str!("../../../tests/it/support/content.json");
/// Calls of a chain: create, mark ready, propose to transmit, read the proposal, approve it.
const CALLS: u32 = 5;

/// Requests under the order of a case, to all States in turn.
pub(super) async fn chain(stage: &mut Stage<'_>) -> Result<Named, Failed> {
    let case = stage.world.loaded.cases.first().cloned().ok_or("there is no case")?;
    let approver = approver(stage, &case.name.to_string()).await?;
    let officer = stage.caller("load.officer").await?;
    let mut content: Value = serde_json::from_str(CONTENT)?;
    content["persons"][0]["person"] = case.person.to_string().into();
    // Some of the States are no Parties.
    content["nonPartyBasis"] = json!({ "kind": "KIND_AD_HOC_ARRANGEMENT", "reference": "Exchange of notes" });
    let mut drafts = Vec::new();
    for person in stage.world.loaded.people.iter().filter(|person| person.login.starts_with("load.state.")) {
        drafts.push(json!({
            "origin": "ORIGIN_CHAMBER", "case": case.name.to_string(), "order": case.order.to_string(),
            "requested_state": person.organization.to_string(), "measures": ["MEASURE_FREEZE"],
            "content": content,
        }));
    }
    let drafts: Arc<[Value]> = drafts.into();
    let scene =
        scene(move |number| transmit((officer.clone(), approver.clone()), nth(&drafts, number).clone()));
    let note = format!("each call is {CALLS} calls");
    Ok(Named { note, ..Named::act("create_to_transmit", "transmit", scene) })
}

/// A member of the case who may approve. The load makes nobody who may; so one of its people gets the mandate.
async fn approver(stage: &mut Stage<'_>, case: &str) -> Result<Caller, Failed> {
    let login: String = sqlx::query_scalar(
        "WITH chosen AS (
            SELECT a.id, a.login FROM case_member m JOIN account a ON a.id = m.account_id
            WHERE 'cases/' || m.case_id = $1 AND a.login LIKE 'load.team.%' LIMIT 1
         ), granted AS (
            INSERT INTO mandate (id, account_id, role, start_time)
            SELECT $2, id, 'registry_approver', now() FROM chosen
         )
         SELECT login FROM chosen",
    )
    .bind(case)
    .bind(ids::new())
    .fetch_one(&mut stage.world.owner)
    .await?;
    stage.caller(&login).await
}

async fn transmit((officer, approver): (Caller, Caller), draft: Value) -> Result<usize, Status> {
    let created = json!({ "freezing_request": draft, "request_id": ids::new() });
    let created = officer.call(Rpc::CreateFreezingRequest, created).await?;
    let (name, etag) = (created.text("name")?, created.text("etag")?);
    let ready = json!({ "name": name, "etag": etag, "request_id": ids::new() });
    let ready = officer.call(Rpc::MarkFreezingRequestReady, ready).await?;
    let proposed = json!({
        "name": name, "etag": ready.text("etag")?, "request_id": ids::new(),
        "transmission": { "medium": "MEDIUM_FORMAL_CHANNEL", "reference": "NV/2026/1" },
    });
    let proposed = officer.call(Rpc::TransmitFreezingRequest, proposed).await?;
    let approval = proposed.text("pending_approval")?;
    let read = approver.call(Rpc::GetApproval, json!({ "name": approval })).await?;
    let done = json!({ "name": approval, "etag": read.text("etag")?, "request_id": ids::new() });
    let done = approver.call(Rpc::Approve, done).await?;
    Ok([created, ready, proposed, read, done].iter().map(Answer::len).sum())
}
