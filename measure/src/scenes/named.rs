//! A scene with what is known of it.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use tonic::Status;

use crate::{caller::Answer, drive::Scene};

/// A scene that can be measured.
pub(crate) struct Named {
    /// What it is called.
    pub(crate) name: String,
    /// What its calls leave in the journal: each call at most one act.
    pub(crate) acts: Vec<Act>,
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
        let note = String::new();
        Self { name: name.into(), acts: Vec::new(), note, is_brief: false, scene }
    }

    /// A scene each of whose calls leaves this act in the journal.
    pub(super) fn act(name: &str, act: &'static str, scene: Scene) -> Self {
        let answered = Arc::<AtomicU64>::default();
        let acts = vec![Act { name: act, answered: Arc::clone(&answered) }];
        let counted = self::scene(move |number| {
            let (call, answered) = (scene(number), Arc::clone(&answered));
            async move {
                let answer = call.await;
                answered.fetch_add(u64::from(answer.is_ok()), Ordering::Relaxed);
                answer
            }
        });
        Self { acts, ..Self::read(name, counted) }
    }
}

/// An act that calls leave in the journal.
#[derive(Debug, Clone)]
pub(crate) struct Act {
    /// What it is called.
    pub(crate) name: &'static str,
    answered: Arc<AtomicU64>,
}

impl Act {
    /// How many of these calls were answered.
    pub(crate) fn answered(&self) -> u64 {
        self.answered.load(Ordering::Relaxed)
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
