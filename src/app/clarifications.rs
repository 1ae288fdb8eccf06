//! Questions about requests: ask, answer, hand on to the Chamber, settle.

use focalnet_domain::{
    clarification::{Clarification, ClarificationAct, NewClarification, State, Topic, working_days_after},
    freezing_request::{Origin, Party, State as RequestState},
    ids,
    journal::{Audience, Hash},
    names::{ClarificationId, ClarificationMessageId, FreezingRequestId},
    organization::Kind,
    text::LocalizedText,
    thread::{Message, Messages},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    Answer, App, Call, Input, Nothing, Seen, call::Part, context::CallContext, ledger::Ledger,
    lists::words_of, users::wrong_state,
};
use crate::{
    authz::{Permit, fields::Reader, policy::Relation},
    error::{Error, Result},
    store::Dossier,
};

/// A new question.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Question {
    /// What it is about.
    pub clarification: NewClarification,
    /// The question.
    pub text: LocalizedText,
}

/// An answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewMessage {
    /// The words.
    pub text: LocalizedText,
}

/// Words that may be left out.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OptionalText {
    /// The words.
    pub text: Option<LocalizedText>,
}

impl CallContext<'_> {
    /// As which party the caller reads what belongs to a request that the caller sees.
    pub(super) fn reader(&self) -> Reader {
        match self.actor.kind {
            Kind::State => Reader::State,
            Kind::Authority => Reader::Authority,
            Kind::Chamber | Kind::Otp | Kind::Registry | Kind::Presidency => Reader::Issuer,
        }
    }

    fn thread_seen(&self, mut thread: Clarification, last: Hash) -> Seen<Clarification> {
        let etag = self.etag(&thread.name, last);
        thread.messages.withhold_names(self.actor.kind.is_court());
        CallContext::seen(thread, etag, None, Some(self.reader()))
    }

    /// An entry by the caller.
    fn message(
        &self,
        parent: ClarificationId,
        text: Option<LocalizedText>,
        rerouted_to: Option<Kind>,
    ) -> Message<ClarificationMessageId> {
        Message {
            name: ClarificationMessageId { parent, id: ids::new() },
            author: self.actor.kind,
            author_display_name: Some(self.actor.display_name.clone()),
            text,
            rerouted_to,
            create_time: self.actor.now,
        }
    }

    /// Records an act on a thread in the shared stream, and answers with the thread.
    fn record_thread(
        &self,
        permit: &Permit,
        ledger: &mut Ledger,
        thread: &Clarification,
        act: ClarificationAct,
        content: &Value,
    ) -> Result<(Hash, Seen<Clarification>)> {
        let what = (act.as_str(), thread.name.to_string(), json!({ act.as_str(): content }));
        let hash = ledger.add(permit, Audience::Shared, what, None)?;
        let mut seen = self.thread_seen(thread.clone(), hash);
        seen.receipt = ledger.event(hash).map(|event| self.receipt(event)).transpose()?;
        Ok((hash, seen))
    }
}

/// Whom a party's question goes to: the State's to the channel, the Court's to the State. Applicants and authorities
/// ask through others.
fn addressee(party: Party, origin: Origin) -> Option<Kind> {
    match party {
        Party::State => Some(origin.channel()),
        Party::Channel | Party::Chamber => Some(Kind::State),
        Party::Applicant | Party::Authority => None,
    }
}

impl App {
    /// Asks a question.
    pub async fn open_clarification(&self, call: &Call, input: Input<Question>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let parent: FreezingRequestId = call.parent()?;
        let key = (cx.method(), call.request_id);
        let answered = cx
            .tx
            .lock_request(&cx.scope, parent, key, cx.actor.now)
            .await?
            .ok_or(Error::NotFound("request"))?;
        if let Some(answered) = answered {
            return cx.same_answer(answered);
        }
        let dossier =
            cx.tx.dossier(&cx.scope, parent, cx.today().day).await?.ok_or(Error::NotFound("request"))?;
        let addressee = addressee(cx.party(&dossier.request)?, dossier.request.origin);
        let permit = cx.authorize(Relation::Thread(addressee.is_some()))?;
        let question = input.get()?;
        let addressee = addressee.ok_or_else(|| Error::internal("a question to nobody"))?;
        if dossier.request.transmit_time.is_none() || dossier.request.state == RequestState::Closed {
            return Err(wrong_state("questions are asked between transmission and closing"));
        }
        let topic = question.clarification.topic;
        let name = ClarificationId { parent, id: ids::new() };
        let thread = Clarification {
            name,
            topic,
            blocks: question.clarification.blocks.unwrap_or_else(|| topic.blocks()),
            opener: cx.actor.kind,
            addressee,
            state: State::Open,
            messages: Messages::of(cx.message(name, Some(question.text.clone()), None)),
            create_time: cx.actor.now,
            expected_reply_time: working_days_after(cx.actor.now, topic.expected_days()),
        };
        let mut ledger = Ledger::of(&dossier);
        let content = json!({ "topic": topic, "blocks": thread.blocks, "text": question.text });
        let (hash, seen) =
            cx.record_thread(&permit, &mut ledger, &thread, ClarificationAct::Open, &content)?;
        cx.tx.insert_clarification(&permit, &thread, hash).await?;
        cx.finish(&permit, ledger.into_events(), &seen).await
    }

    /// Reads a thread.
    pub async fn get_clarification(&self, call: &Call) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let name = call.name()?;
        let (thread, last) =
            cx.tx.clarification(&cx.scope, name).await?.ok_or(Error::NotFound("clarification"))?;
        let seen = cx.thread_seen(thread, last);
        cx.answer(&seen).await
    }

    /// Lists threads.
    pub async fn list_clarifications(&self, call: &Call) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let parent = if call.parent == "freezingRequests/-" { None } else { Some(call.parent()?) };
        let fields = [
            ("state", words_of!("STATE_", State)),
            ("topic", words_of!("TOPIC_", Topic)),
            ("addressee", words_of!("KIND_", Kind)),
        ];
        let query = cx.query(&fields)?;
        let rows = cx.tx.clarifications(&cx.scope, parent, &query.conditions, &query.page).await?;
        let answer = cx.page(
            &query,
            rows.ok_or(Error::NotFound("request"))?,
            |(thread, _)| (thread.create_time, thread.name.id),
            |(thread, last)| Ok(cx.thread_seen(thread, last)),
        )?;
        cx.leave(answer).await
    }

    /// Lists the entries of a thread.
    pub async fn list_messages(&self, call: &Call) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let thread: ClarificationId = call.parent()?;
        let query = cx.query(&[("author", words_of!("KIND_", Kind))])?;
        let rows = cx.tx.messages(&cx.scope, thread, &query.conditions, &query.page).await?;
        let (reader, from_court) = (cx.reader(), cx.actor.kind.is_court());
        let answer = cx.page(
            &query,
            rows.ok_or(Error::NotFound("request"))?,
            |message| (message.create_time, message.name.id),
            |mut message| {
                message.withhold_name(from_court);
                Ok(Part(message, reader))
            },
        )?;
        cx.leave(answer).await
    }

    /// Answers, or asks on.
    pub async fn reply_to_clarification(&self, call: &Call, input: Input<NewMessage>) -> Result<Answer> {
        let input = Input(input.0.map(|words| (Some(words.text), None)));
        self.thread_act(call, ClarificationAct::Reply, input).await
    }

    /// Hands a question on to the Chamber.
    pub async fn reroute_clarification(&self, call: &Call, input: Input<OptionalText>) -> Result<Answer> {
        let input = Input(input.0.map(|words| (words.text, Some(Kind::Chamber))));
        self.thread_act(call, ClarificationAct::Reroute, input).await
    }

    /// Settles a question.
    pub async fn resolve_clarification(&self, call: &Call, input: Input<Nothing>) -> Result<Answer> {
        let input = Input(input.0.map(|Nothing {}| (None, None)));
        self.thread_act(call, ClarificationAct::Resolve, input).await
    }

    async fn thread_act(
        &self,
        call: &Call,
        act: ClarificationAct,
        input: Input<(Option<LocalizedText>, Option<Kind>)>,
    ) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let name: ClarificationId = call.name()?;
        let key = (cx.method(), call.request_id);
        let answered = cx.tx.lock_request(&cx.scope, name.parent, key, cx.actor.now).await?;
        let answered = answered.ok_or(Error::NotFound("request"))?;
        let (mut thread, last) =
            cx.tx.clarification(&cx.scope, name).await?.ok_or(Error::NotFound("clarification"))?;
        if let Some(answered) = answered {
            return cx.same_answer(answered);
        }
        let dossier: Dossier =
            cx.tx.dossier(&cx.scope, name.parent, cx.today().day).await?.ok_or(Error::NotFound("request"))?;
        let at_end = thread.may(act, cx.actor.kind)
            && (act != ClarificationAct::Reroute || dossier.request.origin == Origin::Chamber);
        let permit = cx.authorize(Relation::Thread(at_end))?;
        let (text, rerouted_to) = input.get()?.clone();
        cx.check_etag(&cx.etag(&name, last))?;
        let next = thread.next(act, cx.actor.kind).ok_or_else(|| {
            wrong_state(&format!("the thread is {}: it does not wait for this", thread.state))
        })?;
        if dossier.request.state == RequestState::Closed {
            return Err(wrong_state("the request is closed"));
        }

        thread.state = next;
        thread.addressee = rerouted_to.unwrap_or(thread.addressee);
        let has_message = text.is_some() || rerouted_to.is_some();
        if has_message {
            thread.messages.add(cx.message(name, text.clone(), rerouted_to));
        }
        let mut ledger = Ledger::of(&dossier);
        let content = json!({ "text": text, "addressee": thread.addressee, "state": thread.state });
        let (hash, seen) = cx.record_thread(&permit, &mut ledger, &thread, act, &content)?;
        cx.tx.save_clarification(&permit, &thread, has_message, hash).await?;
        cx.finish(&permit, ledger.into_events(), &seen).await
    }
}
