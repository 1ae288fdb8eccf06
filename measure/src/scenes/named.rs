//! A scene with what is known of it.

use std::sync::Arc;

use tonic::Status;

use crate::{caller::Answer, drive::Scene};

/// A scene that can be measured.
pub(crate) struct Named {
    /// What it is called.
    pub(crate) name: String,
    /// The act that each of its calls leaves in the journal, if it is one.
    pub(crate) act: Option<&'static str>,
    /// What a reader of its figures has to know.
    pub(crate) note: String,
    /// Whether a second tells enough of it: there are many of these.
    pub(crate) is_brief: bool,
    /// What callers do in it.
    pub(crate) scene: Scene,
}

impl Named {
    /// A scene that only reads.
    pub(super) fn read(name: &str, scene: Scene) -> Self {
        Self { name: name.into(), act: None, note: String::new(), is_brief: false, scene }
    }

    /// A scene each of whose calls leaves this act in the journal.
    pub(super) fn act(name: &str, act: &'static str, scene: Scene) -> Self {
        Self { act: Some(act), ..Self::read(name, scene) }
    }
}

/// The bytes of an answer.
pub(super) fn bytes(answer: Result<Answer, Status>) -> Result<usize, Status> {
    answer.map(|answer| answer.len())
}

/// One of many, by the number of the call.
pub(super) fn nth<T>(all: &[T], number: u64) -> &T {
    let length = all.len() as u64;
    &all[usize::try_from(number % length).unwrap_or_default()]
}

/// Makes a scene of a function that calls.
pub(super) fn scene<F, C>(call: F) -> Scene
where
    F: Fn(u64) -> C + Send + Sync + 'static,
    C: Future<Output = Result<usize, Status>> + Send + 'static,
{
    Arc::new(move |number| Box::pin(call(number)))
}
