//! The edge of the program: each method of the contract is one use case of [`App`], reached the same way.
//!
//! Calls run in the task of their stream. A client that goes away, or our own deadline, drops the use case where it
//! stands, and with it its transaction: an act is done whole or not at all, and a retry with the same `request_id`
//! tells which.

use std::{sync::Arc, time::Duration};

use focalnet_contract::{
    Method,
    wire::{Sent, Told},
};
use serde::de::DeserializeOwned;
use tokio::{sync::Semaphore, time::timeout};
use tonic::{Request, Response, Status};

use super::envelope;
use crate::{
    app::{self, App, Call, Input},
    error::{Error, Reason, Result},
};

/// Largest message that is read, in bytes.
pub const MAX_REQUEST: usize = 1 << 20;

/// When to try again after too many calls at once.
const RETRY: Duration = Duration::from_secs(1);

/// What a method is asked.
pub(super) type Asked<Q> = Request<Sent<Q>>;

/// What a method answers.
pub(super) type Answer<A> = Result<Response<Told<A>>, Status>;

/// All services of the contract, before one [`App`].
#[derive(Clone)]
pub struct Edge {
    app: Arc<App>,
    deadline: Duration,
    slots: Arc<Semaphore>,
}

impl Edge {
    /// An edge whose use cases take at most `deadline`, and of which at most `at_once` run at a time.
    #[must_use]
    pub fn new(app: Arc<App>, deadline: Duration, at_once: usize) -> Self {
        Self { app, deadline, slots: Arc::new(Semaphore::new(at_once)) }
    }

    /// A method with content.
    pub(super) async fn act<Q: Method, T: DeserializeOwned>(
        &self,
        request: Asked<Q>,
        use_case: impl AsyncFnOnce(Arc<App>, Call, Input<T>) -> Result<app::Answer>,
    ) -> Answer<Q::Answer> {
        let cx = async move |app: Arc<App>, mut call, message: Sent<Q>| {
            let content = opened(&app, &mut call, message.bytes(), envelope::content).await?;
            use_case(app, call, content).await.map(told)
        };
        self.run(request, cx).await
    }

    /// A method without content.
    pub(super) async fn plain<Q: Method>(
        &self,
        request: Asked<Q>,
        use_case: impl AsyncFnOnce(Arc<App>, Call) -> Result<app::Answer>,
    ) -> Answer<Q::Answer> {
        let cx = async move |app: Arc<App>, mut call, message: Sent<Q>| {
            opened(&app, &mut call, message.bytes(), envelope::nothing).await?;
            use_case(app, call).await.map(told)
        };
        self.run(request, cx).await
    }

    /// Any method: bounded in time and number, its error made a status. The slot is held by the use case, not by the
    /// stream that it may leave behind.
    pub(super) async fn run<Q: Method>(
        &self,
        request: Asked<Q>,
        work: impl AsyncFnOnce(Arc<App>, Call, Sent<Q>) -> Result<Told<Q::Answer>>,
    ) -> Answer<Q::Answer> {
        let bounded = async {
            let _slot = self.slots.try_acquire().map_err(|_| Error::Exhausted(Reason::Overloaded, RETRY))?;
            let (metadata, _, message) = request.into_parts();
            let call = envelope::call(Q::RPC, metadata.as_ref())?;
            work(Arc::clone(&self.app), call, message).await
        };
        let outcome = timeout(self.deadline, Box::pin(bounded)).await.unwrap_or(Err(Error::Deadline));
        outcome.map(Response::new).map_err(Status::from)
    }
}

/// What a use case answers, as the message that its method answers.
pub(super) fn told<A>(answer: app::Answer) -> Told<A> {
    Told::new(answer.0)
}

/// Opens a call. What is wrong with it here and now is told only to who is signed in: for anybody else it stays a
/// call without a session.
pub(super) async fn opened<T>(
    app: &App,
    call: &mut Call,
    bytes: &[u8],
    take: impl FnOnce(&mut Call, &[u8]) -> Result<T>,
) -> Result<T> {
    let content = take(call, bytes);
    if content.is_err() {
        app.check_session(call).await?;
    }
    content
}
