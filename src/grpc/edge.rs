//! The edge of the program: each method of the contract is one use case of [`App`], reached the same way.
//!
//! Calls run in the task of their stream. A client that goes away, or our own deadline, drops the use case where it
//! stands, and with it its transaction: an act is done whole or not at all, and a retry with the same `request_id`
//! tells which.

use std::{sync::Arc, time::Duration};

use focalnet_contract::Rpc;
use focalnet_domain::error::Reason;
use prost::Message;
use serde::{Serialize, de::DeserializeOwned};
use tokio::{
    sync::Semaphore,
    time::{Instant, timeout},
};
use tonic::{Code, Request, Response, Status};

use super::{
    envelope::{self, Content},
    render,
};
use crate::{
    app::{App, Call, Checked, Page},
    error::{Error, Result},
};

/// Largest message that is read, in bytes.
pub const MAX_REQUEST: usize = 1 << 20;
/// Largest message that is sent, in bytes.
pub const MAX_ANSWER: usize = 4 << 20;

/// When to try again after too many calls at once.
const RETRY: Duration = Duration::from_secs(1);

/// What a method answers.
pub(super) type Answer<A> = Result<Response<A>, Status>;

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

    /// A method with content: a create, an act or an update.
    pub(super) async fn act<Q: Message, T: DeserializeOwned, V: Serialize, A: Message + Default>(
        &self,
        rpc: Rpc,
        request: Request<Q>,
        use_case: impl AsyncFnOnce(Arc<App>, Call, Checked<T>) -> Result<V>,
    ) -> Answer<A> {
        let work = async move |app: Arc<App>, mut call, message: Q| {
            let content = opened(&app, &mut call, &message, Content::checked).await?;
            render::answer(rpc, &use_case(app, call, content).await?)
        };
        self.run(rpc, request, work).await
    }

    /// A method without content.
    pub(super) async fn plain<Q: Message, V: Serialize, A: Message + Default>(
        &self,
        rpc: Rpc,
        request: Request<Q>,
        use_case: impl AsyncFnOnce(Arc<App>, Call) -> Result<V>,
    ) -> Answer<A> {
        let work = async move |app: Arc<App>, mut call, message: Q| {
            opened(&app, &mut call, &message, Content::nothing).await?;
            render::answer(rpc, &use_case(app, call).await?)
        };
        self.run(rpc, request, work).await
    }

    /// A list that is asked for with more than a page and a filter.
    pub(super) async fn search<Q: Message, T: DeserializeOwned, V: Serialize, A: Message + Default>(
        &self,
        rpc: Rpc,
        request: Request<Q>,
        use_case: impl AsyncFnOnce(Arc<App>, Call, Checked<T>) -> Result<Page<V>>,
    ) -> Answer<A> {
        let work = async move |app: Arc<App>, mut call, message: Q| {
            let content = opened(&app, &mut call, &message, Content::checked).await?;
            fitting(render::page(rpc, &use_case(app, call, content).await?)?)
        };
        self.run(rpc, request, work).await
    }

    /// A list.
    pub(super) async fn list<Q: Message, V: Serialize, A: Message + Default>(
        &self,
        rpc: Rpc,
        request: Request<Q>,
        use_case: impl AsyncFnOnce(Arc<App>, Call) -> Result<Page<V>>,
    ) -> Answer<A> {
        let work = async move |app: Arc<App>, mut call, message: Q| {
            opened(&app, &mut call, &message, Content::nothing).await?;
            fitting(render::page(rpc, &use_case(app, call).await?)?)
        };
        self.run(rpc, request, work).await
    }

    /// Any method: bounded in time and number, logged in one line, its error made a status.
    pub(super) async fn run<Q, A>(
        &self,
        rpc: Rpc,
        request: Request<Q>,
        work: impl AsyncFnOnce(Arc<App>, Call, Q) -> Result<A>,
    ) -> Answer<A> {
        let mut line = Line { rpc, begin: Instant::now(), code: Code::Cancelled };
        let bounded = async {
            let _slot = self.slots.try_acquire().map_err(|_| Error::Exhausted(Reason::Overloaded, RETRY))?;
            let (metadata, _, message) = request.into_parts();
            let call = envelope::call(rpc, metadata.as_ref())?;
            work(Arc::clone(&self.app), call, message).await
        };
        let outcome = timeout(self.deadline, Box::pin(bounded)).await.unwrap_or(Err(Error::Deadline));
        let answer = outcome.map(Response::new).map_err(Status::from);
        line.code = answer.as_ref().map_or_else(Status::code, |_| Code::Ok);
        answer
    }
}

/// A page that a client can take.
fn fitting<A: Message>(page: A) -> Result<A> {
    if page.encoded_len() > MAX_ANSWER {
        return Err(Error::invalid("page_size", "the page would be larger than 4 MiB: ask for fewer"));
    }
    Ok(page)
}

/// Opens a call. What is wrong with it here and now is told only to who is signed in: to anybody else it stays a
/// call of nobody.
pub(super) async fn opened<Q: Message, T>(
    app: &App,
    call: &mut Call,
    message: &Q,
    take: impl FnOnce(Content) -> Result<T>,
) -> Result<T> {
    let content = envelope::open(call, message).and_then(take);
    if content.is_err() {
        app.get_self(&Call { rpc: Rpc::GetSelf, request_id: None, ..call.clone() }).await?;
    }
    content
}

/// The line in the log for a call, written when it ends, however it ends.
struct Line {
    rpc: Rpc,
    begin: Instant,
    code: Code,
}

impl Drop for Line {
    fn drop(&mut self) {
        let method = self.rpc.names().1;
        let duration_ms = u64::try_from(self.begin.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::info!(method, code = ?self.code, duration_ms, "call");
    }
}
