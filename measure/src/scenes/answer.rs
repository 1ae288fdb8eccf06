//! Threads that go on and on: the Registry answers, and the State asks on.

use focalnet_contract::Rpc;
use focalnet_domain::ids;
use serde_json::json;

use super::{
    Named, ask,
    ask::Thread,
    pool::each,
    stage::{Dossier, Stage},
};
use crate::{caller::Caller, drive::Scene, world::Failed};

/// How many threads on different requests are answered in turn.
const MANY: usize = 256;
/// How many threads the one request has: as many callers can be at it at once.
const OF_ONE: usize = 128;

/// Threads of different requests.
pub(super) async fn many(stage: &mut Stage<'_>) -> Result<Named, Failed> {
    let dossiers: Vec<_> = stage.shared.iter().take(MANY).cloned().collect();
    let note = format!("{} dossiers in turn", dossiers.len());
    Ok(Named { note, ..Named::act("answer", "reply_to_clarification", on(stage, &dossiers).await?) })
}

/// Threads of one request.
pub(super) async fn one(stage: &mut Stage<'_>) -> Result<Named, Failed> {
    let dossier = stage.take(1, Dossier::is_being_executed)?.remove(0);
    let dossiers = vec![dossier; OF_ONE];
    let note = format!("{OF_ONE} threads in turn");
    Ok(Named { note, ..Named::act("answer_one", "reply_to_clarification", on(stage, &dossiers).await?) })
}

async fn on(stage: &mut Stage<'_>, dossiers: &[Dossier]) -> Result<Scene, Failed> {
    let registry = stage.caller("load.officer").await?;
    let threads = ask::threads(stage, dossiers).await?;
    // The Registry owes the first reply.
    let threads: Vec<(Thread, bool)> = threads.into_iter().map(|thread| (thread, true)).collect();
    Ok(each(threads, move |thread| reply(registry.clone(), thread)))
}

async fn reply(
    registry: Caller,
    (mut thread, registry_owes): (Thread, bool),
) -> Result<(usize, (Thread, bool)), tonic::Status> {
    let who = if registry_owes { &registry } else { &thread.state };
    let message = json!({
        "name": thread.name, "etag": thread.etag, "request_id": ids::new(),
        "text": { "text": "The State does, until the vessel is sold; please tell us the berth.", "language_code": "en" },
    });
    let answer = who.call(Rpc::ReplyToClarification, message).await?;
    thread.etag = answer.text("etag")?;
    Ok((answer.len(), (thread, !registry_owes)))
}
