//! Calls one by one, for whoever looks at the answers.

use focalnet_contract::Rpc;
use focalnet_load::Random;
use serde_json::{Value, json};

use super::{ask, stage::Stage};
use crate::{
    caller::Caller,
    world::{Failed, World},
};

/// Who calls, and what makes the message: another one each time, where it has an id of its own.
pub(crate) type Single = (Caller, Box<dyn Fn() -> Value + Send>);

/// Reads of some requests, and questions about them.
pub(crate) async fn one_by_one(
    world: &mut World,
    random: &mut Random,
    requests: usize,
) -> Result<Vec<(Rpc, Single)>, Failed> {
    let mut stage = Stage::new(world, random).await?;
    let mut calls: Vec<(Rpc, Single)> = Vec::new();
    for dossier in stage.shared.iter().take(requests).cloned().collect::<Vec<_>>() {
        let (officer, asker) =
            (stage.caller("load.officer").await?, stage.caller(&dossier.focal_point).await?);
        let name = dossier.name.clone();
        calls.push((Rpc::GetFreezingRequest, (officer, Box::new(move || json!({ "name": name })))));
        calls.push((Rpc::OpenClarification, (asker, Box::new(move || ask::question(&dossier.name)))));
    }
    Ok(calls)
}
