//! Questions about requests, asked by their States.

use std::sync::Arc;

use focalnet_contract::Rpc;
use focalnet_domain::ids;
use serde_json::{Value, json};

use super::{
    Named, assets, bytes, nth, scene,
    stage::{Dossier, Stage},
};
use crate::{caller::Caller, drive::Scene, world::Failed};

/// A thread that waits for a reply of the Registry.
#[derive(Debug, Clone)]
pub(super) struct Thread {
    /// Its name.
    pub(super) name: String,
    /// Its etag.
    pub(super) etag: String,
    /// The State that has asked.
    pub(super) state: Caller,
}

/// About many requests in turn.
pub(super) async fn many(stage: &mut Stage<'_>) -> Result<Named, Failed> {
    let dossiers = stage.shared.clone();
    let note = format!("{} dossiers in turn", dossiers.len());
    Ok(Named { note, ..Named::act("ask", "open_clarification", about(stage, &dossiers).await?) })
}

/// All callers about the same request.
pub(super) async fn one(stage: &mut Stage<'_>) -> Result<Named, Failed> {
    let dossiers = stage.take(1, Dossier::is_being_executed)?;
    Ok(Named::act("ask_one", "open_clarification", about(stage, &dossiers).await?))
}

/// About one request that has exactly so many assets.
pub(super) async fn with_assets(stage: &mut Stage<'_>, assets: usize) -> Result<Named, Failed> {
    let dossier = assets::dossier_of(stage, assets).await?;
    let scene = about(stage, &[dossier]).await?;
    Ok(Named::act(&format!("ask_{assets}_assets"), "open_clarification", scene))
}

/// A scene of questions about requests in turn.
async fn about(stage: &mut Stage<'_>, dossiers: &[Dossier]) -> Result<Scene, Failed> {
    let mut targets = Vec::with_capacity(dossiers.len());
    for dossier in dossiers {
        targets.push((dossier.name.clone(), stage.caller(&dossier.focal_point).await?));
    }
    let targets: Arc<[_]> = targets.into();
    Ok(scene(move |number| {
        let (parent, asker) = nth(&targets, number).clone();
        async move { bytes(asker.call(Rpc::OpenClarification, question(&parent)).await) }
    }))
}

/// A new thread for each of these requests.
pub(super) async fn threads(stage: &mut Stage<'_>, dossiers: &[Dossier]) -> Result<Vec<Thread>, Failed> {
    let mut threads = Vec::with_capacity(dossiers.len());
    for dossier in dossiers {
        let asker = stage.caller(&dossier.focal_point).await?;
        let opened = asker.call(Rpc::OpenClarification, question(&dossier.name)).await?;
        threads.push(Thread { name: opened.text("name")?, etag: opened.text("etag")?, state: asker });
    }
    Ok(threads)
}

/// A question about a request.
pub(super) fn question(parent: &str) -> Value {
    json!({
        "parent": parent, "clarification": { "topic": "TOPIC_COSTS" }, "request_id": ids::new(),
        "text": {
            "text": "Who bears the costs of storage of the vessel, and until when?", "language_code": "en",
        },
    })
}
