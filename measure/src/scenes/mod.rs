//! What callers do.

use std::sync::Arc;

use focalnet_load::Random;
use tonic::{
    Request, Response, Status,
    metadata::{Ascii, MetadataValue},
};

use crate::{
    drive::Scene,
    world::{Failed, World},
};

mod acts;
mod reads;

/// A scene that can be measured.
pub(crate) struct Named {
    /// What callers do in it.
    pub(crate) name: &'static str,
    /// The act that each of its calls leaves in the journal, if it is one.
    pub(crate) act: Option<&'static str>,
    /// The scene.
    pub(crate) scene: Scene,
}

/// Makes the scenes with these names, all when none is named.
pub(crate) async fn make(
    world: &mut World,
    names: &[String],
    random: &mut Random,
) -> Result<Vec<Named>, Failed> {
    let mut made = Vec::new();
    let reads = reads::all(world, random).await?.into_iter().map(|(name, scene)| (name, None, scene));
    let acts = acts::all(world, random).await?;
    let acts = acts.into_iter().map(|(name, act, scene)| (name, Some(act), scene));
    for (name, act, scene) in reads.chain(acts) {
        if names.is_empty() || names.iter().any(|wanted| wanted == name) {
            made.push(Named { name, act, scene });
        }
    }
    let unknown = names.iter().find(|name| !made.iter().any(|made| made.name == name.as_str()));
    unknown.map_or(Ok(made), |name| Err(format!("no scene is called {name}").into()))
}

type Token = MetadataValue<Ascii>;

fn with<T>(message: T, token: &Token) -> Request<T> {
    let mut request = Request::new(message);
    request.metadata_mut().insert("authorization", token.clone());
    request
}

/// The bytes of an answer.
fn bytes<T: prost::Message>(answer: Result<Response<T>, Status>) -> Result<usize, Status> {
    answer.map(|answer| answer.get_ref().encoded_len())
}

/// One of many, by the number of the call.
fn nth<T>(all: &[T], number: u64) -> &T {
    let length = all.len() as u64;
    &all[usize::try_from(number % length).unwrap_or_default()]
}

/// Makes a scene of a function that calls.
fn scene<F, C>(call: F) -> Scene
where
    F: Fn(u64) -> C + Send + Sync + 'static,
    C: Future<Output = Result<usize, Status>> + Send + 'static,
{
    Arc::new(move |number| Box::pin(call(number)))
}
