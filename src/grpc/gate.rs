//! The outermost layer: fails closed. Without a token only signing in and the health service are reached; whatever
//! else is asked for, known or not, gets the same answer as a call without a token.
//!
//! Here each call gets its id, its span and its line in the log, which says what the client got; an error tells the id
//! to the client as well.

use std::{
    convert::Infallible,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::{Duration, Instant},
};

use focalnet_contract::Rpc;
use focalnet_domain::{error::Reason, ids};
use http::{HeaderMap, Request, Response};
use prost::Message as _;
use tonic::{Code, Status, body::Body};
use tonic_types::{StatusExt as _, pb};
use tower::{Layer, Service};
use tracing::{Instrument as _, Span, field::Empty};
use uuid::Uuid;

use super::envelope;
use crate::{
    app::App,
    authz::policy::{Rule, rule},
    error::{Error, Result},
};

const HEALTH: &str = "grpc.health.v1.Health";
const REFLECTION: [&str; 2] =
    ["grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection"];

/// For whom the server describes itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Reflection {
    /// For nobody.
    #[default]
    Off,
    /// For everybody with a session.
    SignedIn,
    /// For everybody; only while developing.
    Open,
}

/// What a path asks for before anything of its service is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Admission {
    /// Nothing.
    Free,
    /// A token, which the use case checks.
    Token,
    /// A token that is checked here, for nothing behind does.
    Session,
}

impl Admission {
    fn of(path: &str, reflection: Reflection) -> Self {
        let service =
            path.strip_prefix('/').and_then(|path| path.split_once('/')).map_or("", |(service, _)| service);
        match known(path) {
            Some(rpc) if matches!(rule(rpc), Rule::Public) => Self::Free,
            Some(_) => Self::Token,
            None if service == HEALTH => Self::Free,
            None if reflection == Reflection::Open && REFLECTION.contains(&service) => Self::Free,
            None => Self::Session,
        }
    }
}

/// The layer.
#[derive(Clone)]
pub struct Gate {
    app: Arc<App>,
    reflection: Reflection,
    deadline: Duration,
}

impl Gate {
    /// A gate that gives a call `deadline`, from its headers to the headers of its answer. Nothing else
    /// limits how long the message of a call may take to arrive.
    #[must_use]
    pub const fn new(app: Arc<App>, reflection: Reflection, deadline: Duration) -> Self {
        Self { app, reflection, deadline }
    }

    async fn admit(&self, path: &str, headers: &HeaderMap) -> Result<()> {
        let admission = Admission::of(path, self.reflection);
        if admission == Admission::Free {
            return Ok(());
        }
        let call = envelope::call(Rpc::GetSelf, headers)?;
        if call.token.is_none() {
            return Err(Error::Unauthenticated(Reason::NotSignedIn));
        }
        if admission == Admission::Session {
            self.app.check_session(&call).await?;
        }
        Ok(())
    }
}

impl<S> Layer<S> for Gate {
    type Service = Gated<S>;

    fn layer(&self, inner: S) -> Gated<S> {
        Gated { gate: self.clone(), inner }
    }
}

/// A service behind the gate.
#[derive(Clone)]
pub struct Gated<S> {
    gate: Gate,
    inner: S,
}

impl<S> Service<Request<Body>> for Gated<S>
where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let clone = self.inner.clone();
        // The one that was polled is ready, its clone may not be.
        let mut inner = std::mem::replace(&mut self.inner, clone);
        let gate = self.gate.clone();
        let path = request.uri().path().to_owned();
        let line = Line::begin(&path);
        let span = line.span.clone();
        let call = async move {
            let bounded = async {
                gate.admit(&path, request.headers()).await?;
                inner.call(request).await.map_err(|never| match never {})
            };
            let outcome = tokio::time::timeout(gate.deadline, bounded).await.unwrap_or(Err(Error::Deadline));
            let response = match outcome {
                Ok(response) => explained(&path, response),
                Err(error) => Status::from(error).into_http(),
            };
            Ok(line.end(response))
        };
        Box::pin(call.instrument(span))
    }
}

/// The line in the log for a call, written when the call ends, however it ends.
struct Line {
    id: Uuid,
    span: Span,
    begin: Instant,
    code: Code,
    reason: Option<String>,
}

impl Line {
    /// The line of a new call. A path is told to the log only if it is one of ours: of any other, every character is the
    /// caller's. What is left empty here is filled in as soon as it is known.
    fn begin(path: &str) -> Self {
        let id = ids::new();
        let method = known(path).map_or("unknown", |rpc| rpc.names().1);
        let span = tracing::info_span!(
            "call",
            %id,
            method,
            request_id = Empty,
            actor = Empty,
            organization = Empty,
            roles = Empty,
            rule = Empty,
            role = Empty,
            allowed = Empty,
            resource = Empty,
            absent = Empty,
        );
        // A client that goes away ends the call without an answer.
        Self { id, span, begin: Instant::now(), code: Code::Cancelled, reason: None }
    }

    /// Notes the answer, and tells the id of the call with an error.
    fn end(mut self, response: Response<Body>) -> Response<Body> {
        let Some(status) = Status::from_header_map(response.headers()) else {
            self.code = Code::Ok;
            return response;
        };
        self.code = status.code();
        if status.code() == Code::Ok {
            return response;
        }
        let Ok(mut details) = pb::Status::decode(status.details()) else { return response };
        self.reason = status.get_details_error_info().map(|info| info.reason);
        details.code = status.code() as i32;
        status.message().clone_into(&mut details.message);
        let info = pb::RequestInfo { request_id: self.id.to_string(), serving_data: String::new() };
        let type_url = "type.googleapis.com/google.rpc.RequestInfo".to_owned();
        details.details.push(prost_types::Any { type_url, value: info.encode_to_vec() });
        Status::with_details(status.code(), status.message(), details.encode_to_vec().into()).into_http()
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let duration_ms = u64::try_from(self.begin.elapsed().as_millis()).unwrap_or(u64::MAX);
        let (code, reason) = (self.code, self.reason.as_deref());
        tracing::info!(parent: &self.span, ?code, reason, duration_ms, "call");
    }
}

fn known(path: &str) -> Option<Rpc> {
    let (service, method) = path.strip_prefix('/')?.split_once('/')?;
    Rpc::ALL.iter().copied().find(|rpc| rpc.names() == (service, method))
}

/// Where the library cannot read a call, it answers by itself, without details and partly as if the mistake
/// were the server's. This gives such an answer the form of the contract.
fn explained(path: &str, response: Response<Body>) -> Response<Body> {
    let Some(status) = Status::from_header_map(response.headers()) else { return response };
    if !status.details().is_empty() || !path.starts_with("/focalnet.v1.") {
        return response;
    }
    let text = match status.code() {
        Code::OutOfRange => "must be at most 1 MiB",
        Code::Internal => "must be one message of the type that the method takes",
        _ => return response,
    };
    Status::from(Error::invalid("", text)).into_http()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sign_in_and_health_are_free() {
        let free: Vec<_> = Rpc::ALL
            .iter()
            .filter(|rpc| {
                let (service, method) = rpc.names();
                Admission::of(&format!("/{service}/{method}"), Reflection::Off) == Admission::Free
            })
            .collect();
        assert_eq!(free, [&Rpc::Login, &Rpc::RefreshToken]);
        assert_eq!(Admission::of("/grpc.health.v1.Health/Check", Reflection::Off), Admission::Free);
        assert_eq!(Admission::of("/focalnet.v1.CaseService/GetCase", Reflection::Off), Admission::Token);
    }

    #[test]
    fn what_is_not_known_needs_a_session() {
        for path in [
            "",
            "/",
            "*",
            "/favicon.ico",
            "/focalnet.v1.CaseService/DropCase",
            "/focalnet.v1.CaseService/GetCase/",
            "/focalnet.v1.AuthService/login",
            "//focalnet.v1.AuthService/Login",
            "/grpc.health.v1.Health2/Check",
            "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
        ] {
            assert_eq!(Admission::of(path, Reflection::SignedIn), Admission::Session, "{path}");
        }
        let path = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";
        assert_eq!(Admission::of(path, Reflection::Open), Admission::Free);
    }
}
