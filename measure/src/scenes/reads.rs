//! Reads of one thing.

use std::sync::Arc;

use focalnet_contract::Rpc;
use prost::bytes::Bytes;
use serde_json::json;

use super::{
    Named, ask, bytes, nth, scene,
    stage::{self, Stage},
};
use crate::{
    caller::{Caller, encoded},
    drive::Scene,
    world::Failed,
};

/// How many threads are read in turn.
const THREADS: usize = 200;

/// The caller's own account: the least that a call with a session can cost.
pub(super) async fn itself(stage: &mut Stage<'_>) -> Result<Named, Failed> {
    let messages = vec![encoded(Rpc::GetSelf, json!({}))?];
    Ok(Named::read("get_self", in_turn(stage.caller("load.officer").await?, Rpc::GetSelf, messages)))
}

/// Requests, with their content.
pub(super) async fn request(stage: &mut Stage<'_>) -> Result<Named, Failed> {
    let officer = stage.caller("load.officer").await?;
    let messages = named(Rpc::GetFreezingRequest, stage.shared.iter().map(|dossier| &dossier.name))?;
    Ok(Named::read("read_request", in_turn(officer, Rpc::GetFreezingRequest, messages)))
}

/// Threads with one question each.
pub(super) async fn thread(stage: &mut Stage<'_>) -> Result<Named, Failed> {
    let dossiers: Vec<_> = stage.shared.iter().take(THREADS).cloned().collect();
    let threads = ask::threads(stage, &dossiers).await?;
    let officer = stage.caller("load.officer").await?;
    let messages = named(Rpc::GetClarification, threads.iter().map(|thread| &thread.name))?;
    Ok(Named::read("read_thread", in_turn(officer, Rpc::GetClarification, messages)))
}

/// The assets of a case: of the one with the fewest requests, of one in the middle, or of the one with the most.
pub(super) async fn case_status(stage: &mut Stage<'_>, name: &str) -> Result<Named, Failed> {
    let [small, median, largest] = stage::cases(&stage.world.loaded)?;
    let case = match name {
        "case_status_small" => small,
        "case_status_median" => median,
        _ => largest,
    };
    let note = format!("{} requests", case.requests);
    let messages = named(Rpc::GetCaseAssetStatus, [case.name.to_string()].iter())?;
    let officer = stage.caller("load.officer").await?;
    let scene = in_turn(officer, Rpc::GetCaseAssetStatus, messages);
    Ok(Named { note, ..Named::read(name, scene) })
}

/// Messages that name one thing each.
fn named<'a>(rpc: Rpc, names: impl Iterator<Item = &'a String>) -> Result<Vec<Bytes>, Failed> {
    names.map(|name| Ok(encoded(rpc, json!({ "name": name }))?)).collect()
}

/// Sends one message after the other, and the first again after the last.
pub(super) fn in_turn(caller: Caller, rpc: Rpc, messages: Vec<Bytes>) -> Scene {
    let messages: Arc<[Bytes]> = messages.into();
    scene(move |number| {
        let (caller, message) = (caller.clone(), nth(&messages, number).clone());
        async move { bytes(caller.send(rpc, message).await) }
    })
}
