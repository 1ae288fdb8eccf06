//! The client: one method call, with the session's token, and once more when that is safe.

use std::{any::Any, path::PathBuf, pin::pin, time::Duration};

use prost_reflect::{DynamicMessage, MethodDescriptor, Value};
use tonic::{Code, Request, Status, client::Grpc, codegen::http::uri::PathAndQuery, transport::Channel};
use tonic_types::StatusExt;

use super::{
    channel,
    codec::DynamicCodec,
    exit::Exit,
    failure::Failure,
    session::{Session, SessionFile},
};
use crate::catalogue;

const ATTEMPTS: u32 = 5;
const DEADLINE: Duration = Duration::from_secs(30);
const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
const PATIENCE: Duration = Duration::from_secs(1);

/// A connection to one server, as one profile.
pub struct Client {
    grpc: Grpc<Channel>,
    file: SessionFile,
    /// The session, when it is one with this server.
    pub session: Option<Session>,
    /// What to begin a new session with.
    anonymous: Session,
    sign_of_life: SignOfLife,
}

/// Begins to show that a call, by the name of its method, is being waited for; dropping what it gives ends it.
pub type SignOfLife = fn(&str) -> Box<dyn Any + Send>;

impl Client {
    /// Opens the session in `file`; the connection is made by the first call.
    pub fn with(file: SessionFile, endpoint: Option<String>, ca: Option<PathBuf>) -> Result<Self, Failure> {
        let session = file.load()?;
        let known = session.as_ref().map(|session| session.endpoint.clone());
        let endpoint = endpoint.or(known).unwrap_or_else(|| channel::DEFAULT_ENDPOINT.to_owned());
        // The tokens of one server must never be sent to another.
        let session = session.filter(|session| session.endpoint == endpoint);
        let ca = ca.or_else(|| session.as_ref()?.ca.clone());
        let grpc = Grpc::new(channel::to(&endpoint, ca.as_deref())?);
        let anonymous = Session { endpoint, ca, access_token: String::new(), refresh_token: String::new() };
        Ok(Self { grpc, file, session, anonymous, sign_of_life: |_| Box::new(()) })
    }

    /// The same, with a sign of life for calls that take longer than a second.
    #[must_use]
    pub fn showing(self, sign_of_life: SignOfLife) -> Self {
        Self { sign_of_life, ..self }
    }

    /// Calls the method; a session whose access token has ended is continued first.
    pub async fn call(
        &mut self,
        method: &MethodDescriptor,
        message: &DynamicMessage,
    ) -> Result<DynamicMessage, Failure> {
        let begins_session = begins_session(method);
        if self.session.is_none() && !begins_session {
            let message = format!("not signed in at {}", self.anonymous.endpoint);
            return Err(Failure::new(Exit::NotSignedIn, message).next("sign in with `focalnet login`."));
        }
        let mut answer = match self.repeat(method, message).await {
            Err(status) if !begins_session && is_over(&status) => {
                self.refresh().await?;
                self.repeat(method, message).await?
            }
            other => other?,
        };
        if method.output().name() == "Tokens" {
            self.keep(&answer)?;
            // The tokens are in the session's file now, and must not appear anywhere else.
            for secret in method.output().fields().filter(catalogue::is_secret) {
                answer.clear_field(&secret);
            }
        }
        Ok(answer)
    }

    /// Calls a method with a message in JSON.
    pub async fn json(
        &mut self,
        method: &str,
        message: serde_json::Value,
    ) -> Result<DynamicMessage, Failure> {
        let method = catalogue::method(method)?;
        let message = DynamicMessage::deserialize(method.input(), message)
            .map_err(|error| Failure::usage(error.to_string()))?;
        self.call(&method, &message).await
    }

    /// Forgets the session on this side.
    pub fn forget(&mut self) -> Result<(), Failure> {
        self.session = None;
        self.file.remove()
    }

    fn keep(&mut self, tokens: &DynamicMessage) -> Result<(), Failure> {
        let session = self.session.get_or_insert_with(|| self.anonymous.clone());
        session.ca.clone_from(&self.anonymous.ca);
        session.accept(tokens);
        self.file.save(session)
    }

    async fn refresh(&mut self) -> Result<(), Failure> {
        let Some(session) = &self.session else { return Ok(()) };
        // A refresh token works once: another process of this user may have been faster.
        match self.file.load()? {
            Some(newer)
                if newer.access_token != session.access_token && newer.endpoint == session.endpoint =>
            {
                self.session = Some(newer);
                return Ok(());
            }
            _ => {}
        }
        let method = catalogue::method("RefreshToken")?;
        let mut message = DynamicMessage::new(method.input());
        message.set_field_by_name("refresh_token", Value::String(session.refresh_token.clone()));
        let tokens = self.repeat(&method, &message).await.map_err(|status| {
            let over = status.code() == Code::Unauthenticated;
            let failure = Failure::from(status);
            if over { failure.next("the session has ended: sign in with `focalnet login`.") } else { failure }
        })?;
        self.keep(&tokens)
    }

    /// Sends the same message again, and so the same `request_id`, while the server cannot be reached.
    async fn repeat(
        &mut self,
        method: &MethodDescriptor,
        message: &DynamicMessage,
    ) -> Result<DynamicMessage, Status> {
        let sign_of_life = self.sign_of_life;
        let work = async {
            let mut attempt = 1;
            loop {
                let status = match self.once(method, message).await {
                    Err(status) if attempt < ATTEMPTS && catalogue::is_repeatable(method) => status,
                    outcome => return outcome,
                };
                let Some(pause) = pause(&status, attempt) else { return Err(status) };
                tokio::time::sleep(pause).await;
                attempt += 1;
            }
        };
        patiently(sign_of_life, method.name(), work).await
    }

    async fn once(
        &mut self,
        method: &MethodDescriptor,
        message: &DynamicMessage,
    ) -> Result<DynamicMessage, Status> {
        self.grpc.ready().await.map_err(|error| Status::from_error(error.into()))?;
        let mut request = Request::new(message.clone());
        request.set_timeout(DEADLINE);
        if let (Some(session), false) = (&self.session, begins_session(method)) {
            let token = format!("Bearer {}", session.access_token);
            let token =
                token.parse().map_err(|_| Status::unauthenticated("the session file holds no token"))?;
            request.metadata_mut().insert("authorization", token);
        }
        let path = format!("/{}/{}", method.parent_service().full_name(), method.name());
        let path = PathAndQuery::try_from(path).map_err(|error| Status::internal(error.to_string()))?;
        let call = self.grpc.unary(request, path, DynamicCodec(method.output()));
        match tokio::time::timeout(DEADLINE, call).await {
            Ok(answer) => answer.map(tonic::Response::into_inner),
            Err(_) => Err(Status::deadline_exceeded("no answer in time")),
        }
    }
}

/// Whether the method needs no session, because it begins one.
fn begins_session(method: &MethodDescriptor) -> bool {
    matches!(method.name(), "Login" | "RefreshToken")
}

/// Whether the access token has run out. A session that can only change the password is another case.
fn is_over(status: &Status) -> bool {
    let reason = status.get_details_error_info().map(|info| info.reason);
    status.code() == Code::Unauthenticated && reason.is_none_or(|reason| reason == "NOT_SIGNED_IN")
}

/// How long to wait before the next attempt, if one makes sense.
fn pause(status: &Status, attempt: u32) -> Option<Duration> {
    let lost = std::error::Error::source(status).is_some();
    if !lost && status.code() != Code::Unavailable {
        return None;
    }
    let asked = status.get_details_retry_info().and_then(|info| info.retry_delay);
    let pause = asked.unwrap_or(FIRST_PAUSE * 2_u32.pow(attempt - 1));
    (pause <= LONGEST_PAUSE).then_some(pause)
}

/// Shows a sign of life when the work takes long.
async fn patiently<T>(sign_of_life: SignOfLife, what: &str, work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    if let Ok(done) = tokio::time::timeout(PATIENCE, &mut work).await {
        return done;
    }
    let _shown = sign_of_life(what);
    work.await
}

#[cfg(test)]
mod tests {
    use tonic_types::ErrorDetails;

    use super::*;

    #[test]
    fn only_what_passes_is_tried_again() {
        assert_eq!(pause(&Status::unavailable(""), 1), Some(Duration::from_millis(200)));
        assert_eq!(pause(&Status::unavailable(""), 4), Some(Duration::from_millis(1600)));
        assert_eq!(pause(&Status::aborted(""), 1), None);
        let lost = Status::from_error(std::io::Error::other("reset").into());
        assert!(pause(&lost, 1).is_some());
        for (asked, expected) in [(3, Some(Duration::from_secs(3))), (300, None)] {
            let details = ErrorDetails::with_retry_info(Some(Duration::from_secs(asked)));
            assert_eq!(pause(&Status::with_error_details(Code::Unavailable, "", details), 1), expected);
        }
    }
}
