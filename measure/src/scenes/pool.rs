//! What acts are done on, each by one caller at a time: an act needs the etag that the act before has left.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use tonic::Status;

use super::scene;
use crate::drive::Scene;

/// Things in turn.
#[derive(Debug)]
struct Pool<T>(Arc<Mutex<VecDeque<T>>>);

impl<T> Clone for Pool<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Pool<T> {
    /// With these things.
    fn new(things: Vec<T>) -> Self {
        Self(Arc::new(Mutex::new(things.into())))
    }

    /// Takes the one that was used least recently.
    fn take(&self) -> Result<T, Status> {
        let taken = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        taken.ok_or_else(|| Status::resource_exhausted("the scene has nothing left: load more requests"))
    }

    /// Gives one back, which can be used again.
    fn give(&self, thing: T) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push_back(thing);
    }
}

/// A scene of acts, each on the thing that has waited longest. The act gives the thing back as it left it; one whose act
/// has failed is not used again.
pub(super) fn each<T, F, C>(things: Vec<T>, act: F) -> Scene
where
    T: Send + 'static,
    F: Fn(T) -> C + Send + Sync + 'static,
    C: Future<Output = Result<(usize, T), Status>> + Send + 'static,
{
    let (pool, act) = (Pool::new(things), Arc::new(act));
    scene(move |_| {
        let (pool, act) = (pool.clone(), Arc::clone(&act));
        async move {
            let (bytes, thing) = act(pool.take()?).await?;
            pool.give(thing);
            Ok(bytes)
        }
    })
}
