//! One call at work: its transaction, who acts, and the steps that all use cases share.

use std::sync::OnceLock;

use chrono::{DateTime, Duration, Utc};
use focalnet_contract::{Rpc, receipt::Receipt, schema};
use focalnet_domain::{
    error::Reason,
    freezing_request::national::National,
    ids,
    journal::{Bytes, Event, Hash, Persons, Stream, salted, sha256},
    names::{ApprovalId, EventId, UserId},
    user::State,
};
use tracing::Span;

use super::{
    App, Call, Plain, Seen,
    call::{Answer, ReceiptView, Tell},
    lists::told_in_a_page,
};
use crate::{
    authz::{
        Actor, Permit, Scope, authorize,
        fields::Reader,
        policy::{Relation, Rule, rule},
    },
    error::{Error, Result},
    security,
    store::{Answered, Entrant, Plans, Position, SessionRow, Tx},
};

/// How long an answer is kept for a repeated `request_id`.
const REPLAY: Duration = Duration::days(7);

/// A call at work.
pub(super) struct CallContext<'a> {
    /// What is known of the State of the one request that a call is about, once somebody has asked.
    pub(super) national: OnceLock<National>,
    pub(super) app: &'a App,
    pub(super) call: &'a Call,
    pub(super) tx: Tx,
    pub(super) actor: Actor,
    pub(super) scope: Scope,
}

/// What is to be recorded of an act.
pub(super) struct Entry<'a> {
    pub(super) name: EventId,
    pub(super) stream: Stream,
    pub(super) position: Position,
    pub(super) act: &'a str,
    pub(super) subject: String,
    pub(super) content: serde_json::Value,
    /// The proposal that the actor approved, and who made it.
    pub(super) approved: Option<(ApprovalId, UserId)>,
}

impl<'a> Entry<'a> {
    /// The entry of an act that one person does.
    pub(super) fn new(
        stream: Stream,
        position: Position,
        act: &'a str,
        subject: &impl ToString,
        content: serde_json::Value,
    ) -> Self {
        Self {
            name: EventId(ids::new()),
            stream,
            position,
            act,
            subject: subject.to_string(),
            content,
            approved: None,
        }
    }
}

impl App {
    /// Begins the work on a call: the token, then the transaction whose first statement checks the session.
    pub(super) async fn enter<'a>(&'a self, call: &'a Call) -> Result<CallContext<'a>> {
        let token = call.token.as_ref().ok_or(Error::Unauthenticated(Reason::NotSignedIn))?;
        let claims = self.tokens.verify(secrecy::ExposeSecret::expose_secret(token))?;
        let lock = call.request_id.map(|id| {
            let hash = sha256(&[claims.user.as_bytes(), call.rpc.names().1.as_bytes(), id.as_bytes()]);
            i64::from_be_bytes(std::array::from_fn(|i| hash[i]))
        });
        let (user, session, plans) = (UserId(claims.user), claims.session, plans(call.rpc));
        let row = call.request_id.and_then(|_| call.subject());
        let entrant = Entrant::Session { user, session, lock, row, plans };
        let (tx, row) = self.store.begin(entrant).await?;
        let row = row.ok_or(Error::Unauthenticated(Reason::NotSignedIn))?;
        let now = self.clock.now(row.clock_offset);
        claims.check_time(now)?;
        let actor = actor(row, claims.session, now)?;
        note(call, &actor);
        let cx =
            CallContext { national: OnceLock::new(), app: self, call, tx, scope: Scope::of(&actor), actor };
        if cx.actor.restricted || matches!(rule(call.rpc), Rule::Session | Rule::SignedIn) {
            cx.authorize(Relation::None)?;
        }
        Ok(cx)
    }
}

/// How the statements of a method are planned: lists and reports by what is asked, all others once.
fn plans(rpc: Rpc) -> Plans {
    match rpc {
        Rpc::GetCaseAssetStatus | Rpc::GetGapAnalysis | Rpc::GetPatrimony | Rpc::GetResponseStatistics => {
            Plans::Fitted
        }
        _ if rpc.names().1.starts_with("List") => Plans::Fitted,
        _ => Plans::Kept,
    }
}

/// Tells the line in the log who calls, and by which rule of the policy the call is judged.
fn note(call: &Call, actor: &Actor) {
    let span = Span::current();
    span.record("actor", tracing::field::display(actor.user));
    span.record("organization", tracing::field::display(actor.organization));
    span.record("roles", tracing::field::debug(&actor.roles));
    span.record("rule", tracing::field::debug(rule(call.rpc)));
    if let Some(id) = call.request_id {
        span.record("request_id", tracing::field::display(id));
    }
}

/// Who acts in a living session of a usable account.
pub(super) fn actor(row: SessionRow, session: uuid::Uuid, now: DateTime<Utc>) -> Result<Actor> {
    let alive = row.end_time.is_none() && now < row.expire_time;
    if !alive || row.state != State::Active {
        return Err(Error::Unauthenticated(Reason::NotSignedIn));
    }
    let in_force = row.mandates.iter().filter(|mandate| mandate.holds_at(now));
    Ok(Actor {
        user: row.user,
        display_name: row.display_name,
        organization: row.organization,
        kind: row.kind,
        roles: in_force.map(|mandate| mandate.role).collect(),
        session,
        restricted: row.restricted,
        now,
    })
}

impl CallContext<'_> {
    /// Asks the policy.
    pub(super) fn authorize(&self, relation: Relation) -> Result<Permit> {
        authorize(&self.actor, self.call.rpc, relation)
    }

    /// The method's name, as the key of answered calls.
    pub(super) fn method(&self) -> &'static str {
        self.call.rpc.names().1
    }

    /// The first answer to the same call, if this one repeats it.
    pub(super) async fn replay(&self) -> Result<Option<Answer>> {
        let answered = self.answered().await?;
        answered.map(|answered| self.same_answer(answered)).transpose()
    }

    /// What was kept of the first answer to the same call, before its content is compared.
    pub(super) async fn answered(&self) -> Result<Option<Answered>> {
        let Some(request_id) = self.call.request_id else { return Ok(None) };
        self.tx.answered(self.actor.user, self.method(), request_id, self.actor.now).await
    }

    /// The answer that was kept, if the content is the same.
    pub(super) fn same_answer(&self, answered: Answered) -> Result<Answer> {
        if answered.digest == self.call.digest {
            Ok(Answer(answered.answer))
        } else {
            Err(Error::RequestIdReused)
        }
    }

    /// Compares the etag that was sent with the present one.
    pub(super) fn check_etag(&self, present: &str) -> Result<()> {
        if self.call.etag.is_empty() {
            return Err(Error::invalid("etag", "send the etag that you read"));
        }
        if self.call.etag == present { Ok(()) } else { Err(Error::Stale) }
    }

    /// The etag of a resource whose version is its last event.
    pub(super) fn etag(&self, name: &impl ToString, head: Hash) -> String {
        self.app.keys.etag(&name.to_string(), [head])
    }

    /// The signed receipt of an event.
    pub(super) fn receipt(&self, event: &Event) -> Result<ReceiptView> {
        self.app.receipt(event)
    }

    /// A resource as answered.
    pub(super) fn seen<T>(
        resource: T,
        etag: String,
        receipt: Option<ReceiptView>,
        reader: Option<Reader>,
    ) -> Seen<T> {
        Seen { resource, etag, receipt, reader }
    }

    /// Answers a read.
    pub(super) async fn answer(self, value: &impl Tell) -> Result<Answer> {
        let answer = Answer::of(self.call.rpc, value)?;
        self.leave(answer).await
    }

    /// Ends a read.
    pub(super) async fn leave(self, answer: Answer) -> Result<Answer> {
        self.tx.commit().await?;
        Ok(answer)
    }

    /// Answers an act: measures the answer and keeps it, appends the events, and commits.
    pub(super) async fn finish(
        self,
        permit: &Permit,
        events: Vec<Event>,
        value: &impl Tell,
    ) -> Result<Answer> {
        let answer = Answer::of(self.call.rpc, value)?;
        if let Some(request_id) = self.call.request_id {
            let until = self.actor.now + REPLAY;
            self.tx
                .keep_answer(permit, self.method(), request_id, &self.call.digest, &answer.0, until)
                .await?;
        }
        self.record(permit, events).await?;
        Ok(answer)
    }

    /// Appends the events of an act, each of which a reader must be able to take, and commits.
    pub(super) async fn record(self, permit: &Permit, events: Vec<Event>) -> Result<()> {
        let shape = schema::shape("focalnet.v1.Event")?;
        for event in &events {
            told_in_a_page(shape, &Plain(event))?;
        }
        // Sent with the last statement: where one before it has failed, it fails too, and nothing is committed by mistake.
        self.tx.append(permit, events).await?;
        self.tx.commit().await
    }
}

impl App {
    pub(super) fn receipt(&self, event: &Event) -> Result<ReceiptView> {
        let hash = |bytes: &Bytes| -> Result<Hash> {
            bytes
                .0
                .as_slice()
                .try_into()
                .map_err(|_| Error::internal("a hash of the journal has not 32 bytes"))
        };
        let receipt = Receipt {
            stream: event.stream,
            index: u64::try_from(event.index).map_err(|error| Error::Internal(Box::new(error)))?,
            head: hash(&event.hash)?,
            time: event.time,
            event: event.name,
            event_digest: hash(&event.content_digest)?,
        };
        Ok(ReceiptView {
            note: receipt.sign(self.keys.receipt_signer()),
            stream: event.stream.to_string(),
            index: event.index,
            time: event.time,
            event: event.name.to_string(),
        })
    }
}

/// The event of an act, after the head of its stream. Its time never lies before the event before it.
pub(super) fn event(permit: &Permit, entry: Entry<'_>) -> Result<Event> {
    let Entry { name, stream, position, act, subject, content, approved } = entry;
    let actor = permit.actor();
    let persons = Persons {
        user: actor.user,
        display_name: actor.display_name.clone(),
        organization: actor.organization,
        approved,
    };
    let persons = serde_json::to_string(&persons).map_err(|error| Error::Internal(Box::new(error)))?;
    let content = content.to_string();
    let (content_salt, persons_salt) = (security::random::<16>()?, security::random::<16>()?);
    let now = actor.now;
    let mut event = Event {
        name,
        stream,
        index: position.index + 1,
        time: position.time.map_or(now, |last| last.max(now)),
        act: act.to_owned(),
        subject,
        organ: actor.kind,
        role: permit.role(),
        content_digest: Bytes(salted(&content_salt, &content).to_vec()),
        content,
        content_salt: Bytes(content_salt.to_vec()),
        persons_digest: Bytes(salted(&persons_salt, &persons).to_vec()),
        persons,
        persons_salt: Bytes(persons_salt.to_vec()),
        hash: Bytes::default(),
    };
    event.hash = Bytes(event.link(&position.hash).to_vec());
    Ok(event)
}

/// The hash of an event just made.
pub(super) fn head(event: &Event) -> Hash {
    let mut hash = [0; 32];
    let length = event.hash.0.len().min(32);
    hash[..length].copy_from_slice(&event.hash.0[..length]);
    hash
}
