//! What acts are done on, each by one caller at a time: an act needs the etag that the act before has left.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use tonic::Status;

/// Things in turn.
#[derive(Debug)]
pub(super) struct Pool<T>(Arc<Mutex<VecDeque<T>>>);

impl<T> Clone for Pool<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Pool<T> {
    /// With these things.
    pub(super) fn new(things: Vec<T>) -> Self {
        Self(Arc::new(Mutex::new(things.into())))
    }

    /// Takes the one that was used least recently.
    pub(super) fn take(&self) -> Result<T, Status> {
        let taken = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        taken.ok_or_else(|| Status::resource_exhausted("the scene has nothing left: load more requests"))
    }

    /// Gives one back, which can be used again.
    pub(super) fn give(&self, thing: T) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push_back(thing);
    }
}
