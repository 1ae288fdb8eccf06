//! Answering: save, submit, attest, take up again, and the Registry's reminders.

use crate::app::Answer;
use focalnet_domain::{
    journal::{Audience, Event},
    names::ResponseId,
    questionnaire::{
        answer::{NewAnswer, SavedAnswer},
        response::{InForce, Reminder, ResponseAct},
    },
};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::{
    answering::{counting, open, recorded, too_large, violations},
    circulate::stream,
};
use crate::{
    app::{
        App, Call, Input, Justification, Nothing,
        context::{CallContext, Entry, event, head},
        users::wrong_state,
    },
    authz::{Permit, policy::Relation},
    error::{Error, Result},
    store::{Responding, ResponseChange},
};

/// Answers to save.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Answers {
    /// The answers.
    #[serde(default)]
    pub answers: Vec<NewAnswer>,
}

/// A reminder that was sent.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReminderSent {
    /// The reminder.
    pub reminder: Reminder,
}

/// A response at work: locked, read, and the caller allowed to act.
pub(super) struct Acting {
    pub(super) responding: Responding,
    pub(super) prefilled: Vec<InForce>,
    permit: Permit,
}

/// What a call about a response comes to.
enum Begun {
    Answered(Answer),
    Acting(Box<Acting>),
}

impl CallContext<'_> {
    async fn begin_response(&self) -> Result<Begun> {
        let name: ResponseId = self.call.name()?;
        self.tx.lock_response(&self.scope, name).await?.ok_or(Error::NotFound("response"))?;
        if let Some(answer) = self.replay().await? {
            return Ok(Begun::Answered(answer));
        }
        let responding = self.tx.response(&self.scope, name).await?.ok_or(Error::NotFound("response"))?;
        let permit = self.authorize(Relation::Response(responding.response.submitter))?;
        let prefilled = self.prefilled(&responding).await?;
        Ok(Begun::Acting(Box::new(Acting { responding, prefilled, permit })))
    }

    async fn response_event(
        &self,
        acting: &mut Acting,
        audience: Audience,
        act: ResponseAct,
        content: Json,
    ) -> Result<Event> {
        let stream = stream(acting.responding.response.name, audience);
        let position = self.tx.position(stream).await?;
        let name = acting.responding.response.name;
        let content = json!({ act.as_str(): content });
        let event = event(&acting.permit, Entry::new(stream, position, act.as_str(), &name, content))?;
        let hash = head(&event);
        match audience {
            Audience::Issuer => acting.responding.issuer_head = Some(hash),
            Audience::State => acting.responding.state_head = Some(hash),
            _ => acting.responding.shared_head = hash,
        }
        Ok(event)
    }

    /// Moves a response along its lifecycle.
    fn advance(&self, acting: &mut Acting, act: ResponseAct) -> Result<()> {
        let response = &mut acting.responding.response;
        let row = act.row().filter(|row| row.from.contains(&response.state));
        let row = row.ok_or_else(|| {
            let state = response.state_for(self.actor.kind.is_court());
            wrong_state(&format!("the response is {state}: it does not wait for this"))
        })?;
        response.state = row.to.unwrap_or(response.state);
        Ok(())
    }

    /// What stands against submission, or against attestation where something changed since.
    async fn check_whole(&self, acting: &Acting) -> Result<()> {
        let mut unfit = open(acting)?;
        unfit.extend(self.unfit_for_directory(&acting.responding, &counting(acting)?).await?);
        if unfit.is_empty() { Ok(()) } else { Err(Error::Incomplete(unfit)) }
    }

    async fn finish_response(
        self,
        acting: Acting,
        change: &ResponseChange,
        events: Vec<Event>,
    ) -> Result<Answer> {
        let Acting { responding, prefilled, permit } = acting;
        self.tx.save_response(&permit, &responding, change).await?;
        let mut seen = self.response_seen(&responding, prefilled)?;
        // The answer that is kept for a repeated call is as large as what was sent, not as all answers of the
        // response.
        let saved = |question: &str| change.answers.iter().any(|answer| answer.question == question);
        seen.resource.answers.retain(|answer| saved(&answer.question));
        seen.receipt = events.first().map(|event| self.receipt(event)).transpose()?;
        self.finish(&permit, events, &seen).await
    }
}

impl App {
    /// Saves answers, all or none.
    pub async fn save_answers(&self, call: &Call, input: Input<Answers>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let mut acting = match cx.begin_response().await? {
            Begun::Answered(answer) => return Ok(answer),
            Begun::Acting(acting) => *acting,
        };
        let Answers { answers } = input.get()?;
        Error::check(violations(&acting, answers)?)?;
        Error::check(too_large(&acting, answers))?;
        let saved = cx.follow(&acting, answers)?;
        cx.advance(&mut acting, ResponseAct::SaveAnswers)?;

        let content = json!({ "answers": saved.iter().map(recorded).collect::<Vec<_>>() });
        let event =
            cx.response_event(&mut acting, Audience::State, ResponseAct::SaveAnswers, content).await?;
        let hash = head(&event);
        let answers: Vec<_> = saved.into_iter().map(|answer| SavedAnswer { head: hash, ..answer }).collect();
        let is_new = |question: &str| answers.iter().any(|answer| answer.question == question);
        acting.responding.answers.retain(|answer| !is_new(&answer.question));
        acting.prefilled.retain(|answer| !is_new(&answer.question));
        acting.responding.answers.extend(answers.iter().cloned());
        let change = ResponseChange { answers, ..ResponseChange::default() };
        cx.finish_response(acting, &change, vec![event]).await
    }

    /// Declares a response answered.
    pub async fn submit_response(&self, call: &Call, input: Input<Nothing>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let mut acting = match cx.begin_response().await? {
            Begun::Answered(answer) => return Ok(answer),
            Begun::Acting(acting) => *acting,
        };
        input.get()?;
        cx.check_etag(&cx.response_etag(&acting.responding))?;
        cx.advance(&mut acting, ResponseAct::Submit)?;
        cx.check_whole(&acting).await?;
        acting.responding.response.submitter = Some(cx.actor.user);
        acting.responding.response.submitter_display_name = Some(cx.actor.display_name.clone());
        let event = cx.response_event(&mut acting, Audience::State, ResponseAct::Submit, json!({})).await?;
        cx.finish_response(acting, &ResponseChange::default(), vec![event]).await
    }

    /// Confirms a response as a second person.
    pub async fn attest_response(&self, call: &Call, input: Input<Nothing>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let mut acting = match cx.begin_response().await? {
            Begun::Answered(answer) => return Ok(answer),
            Begun::Acting(acting) => *acting,
        };
        input.get()?;
        cx.check_etag(&cx.response_etag(&acting.responding))?;
        cx.advance(&mut acting, ResponseAct::Attest)?;
        cx.check_whole(&acting).await?;
        let counting = counting(&acting)?;
        let content = json!({ "answers": counting.iter().map(recorded).collect::<Vec<_>>() });
        let event = cx.response_event(&mut acting, Audience::Shared, ResponseAct::Attest, content).await?;
        // The time of the event is never before that of the attestation before it, whatever the clock says.
        // So the newest attestation is the one that counts.
        acting.responding.response.attest_time = Some(event.time);
        let fed = cx.feed(&acting.permit, &acting.responding, &counting).await?;
        let attested = Some((cx.actor.user, counting));
        let change = ResponseChange { attested, ..ResponseChange::default() };
        cx.finish_response(acting, &change, std::iter::once(event).chain(fed).collect()).await
    }

    /// Takes a response up again.
    pub async fn reopen_response(&self, call: &Call, input: Input<Justification>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let mut acting = match cx.begin_response().await? {
            Begun::Answered(answer) => return Ok(answer),
            Begun::Acting(acting) => *acting,
        };
        let Justification { reason } = input.get()?;
        cx.check_etag(&cx.response_etag(&acting.responding))?;
        cx.advance(&mut acting, ResponseAct::Reopen)?;
        acting.responding.response.reopen_reason = Some(reason.clone());
        let content = json!({ "reason": reason });
        let event = cx.response_event(&mut acting, Audience::State, ResponseAct::Reopen, content).await?;
        cx.finish_response(acting, &ResponseChange::default(), vec![event]).await
    }

    /// Records that a State was reminded.
    pub async fn record_reminder(&self, call: &Call, input: Input<ReminderSent>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let mut acting = match cx.begin_response().await? {
            Begun::Answered(answer) => return Ok(answer),
            Begun::Acting(acting) => *acting,
        };
        let ReminderSent { reminder } = input.get()?;
        cx.check_etag(&cx.response_etag(&acting.responding))?;
        if acting.responding.response.attest_time.is_some() {
            return Err(wrong_state("the State has answered"));
        }
        cx.advance(&mut acting, ResponseAct::Remind)?;
        let content = json!({ "reference": reminder.reference });
        let event = cx.response_event(&mut acting, Audience::Issuer, ResponseAct::Remind, content).await?;
        let sent = Reminder { create_time: Some(event.time), ..reminder.clone() };
        acting.responding.response.reminders.push(sent);
        cx.finish_response(acting, &ResponseChange::default(), vec![event]).await
    }
}
