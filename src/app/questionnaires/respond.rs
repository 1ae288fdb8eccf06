//! Answering: save, submit, attest, take up again, and the Registry's reminders.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::{circulate::stream, read};
use crate::{
    app::{
        App, Call, Checked, Nothing, Reason, Seen,
        users::wrong_state,
        work::{Entry, Work, event, head},
    },
    authz::{Permit, policy::Relation},
    domain::{
        journal::{Audience, Event},
        names::ResponseId,
        questionnaire::{
            answer::{NewAnswer, SavedAnswer},
            logic::Given,
            response::{AnswerConflict, AnswerView, InForce, Reminder, ResponseAct, ResponseView, progress},
        },
    },
    error::{Error, Result, Violation},
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
struct Acting {
    responding: Responding,
    prefilled: Vec<InForce>,
    permit: Permit,
}

/// What a call about a response comes to.
enum Begun {
    Answered(Box<Seen<ResponseView>>),
    Acting(Box<Acting>),
}

impl Work<'_> {
    async fn begin_response(&self) -> Result<Begun> {
        let name: ResponseId = self.call.name()?;
        self.tx.lock_response(&self.scope, name).await?.ok_or(Error::NotFound)?;
        if let Some(answer) = self.replay().await? {
            return Ok(Begun::Answered(answer));
        }
        let responding = self.tx.response(&self.scope, name).await?.ok_or(Error::NotFound)?;
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
    ) -> Result<Seen<ResponseView>> {
        let Acting { responding, prefilled, permit } = acting;
        self.tx.save_response(&permit, &responding, change).await?;
        let mut seen = self.response_seen(&responding, prefilled)?;
        // What is kept for a repeated call is as large as what was sent, not as all that was answered before.
        let saved = |question: &str| change.answers.iter().any(|answer| answer.question == question);
        seen.resource.answers.retain(|answer| saved(&answer.question));
        seen.receipt = events.first().map(|event| self.receipt(event)).transpose()?;
        self.finish(&permit, events, seen).await
    }
}

impl App {
    /// Saves answers, all or none.
    pub async fn save_answers(&self, call: &Call, input: Checked<Answers>) -> Result<Seen<ResponseView>> {
        let work = self.enter(call).await?;
        let mut acting = match work.begin_response().await? {
            Begun::Answered(answer) => return Ok(*answer),
            Begun::Acting(acting) => *acting,
        };
        let Answers { answers } = input.get()?;
        Error::check(violations(&acting, answers)?)?;
        Error::check(too_large(&acting, answers))?;
        let saved = work.follow(&acting, answers)?;
        work.advance(&mut acting, ResponseAct::SaveAnswers)?;

        let content = json!({ "answers": saved.iter().map(recorded).collect::<Vec<_>>() });
        let event =
            work.response_event(&mut acting, Audience::State, ResponseAct::SaveAnswers, content).await?;
        let hash = head(&event);
        let answers: Vec<_> = saved.into_iter().map(|answer| SavedAnswer { head: hash, ..answer }).collect();
        let is_new = |question: &str| answers.iter().any(|answer| answer.question == question);
        acting.responding.answers.retain(|answer| !is_new(&answer.question));
        acting.prefilled.retain(|answer| !is_new(&answer.question));
        acting.responding.answers.extend(answers.iter().cloned());
        let change = ResponseChange { answers, ..ResponseChange::default() };
        work.finish_response(acting, &change, vec![event]).await
    }

    /// Declares a response answered.
    pub async fn submit_response(&self, call: &Call, input: Checked<Nothing>) -> Result<Seen<ResponseView>> {
        let work = self.enter(call).await?;
        let mut acting = match work.begin_response().await? {
            Begun::Answered(answer) => return Ok(*answer),
            Begun::Acting(acting) => *acting,
        };
        input.get()?;
        work.check_etag(&work.response_etag(&acting.responding))?;
        work.advance(&mut acting, ResponseAct::Submit)?;
        work.check_whole(&acting).await?;
        acting.responding.response.submitter = Some(work.actor.user);
        acting.responding.response.submitter_display_name = Some(work.actor.display_name.clone());
        let event = work.response_event(&mut acting, Audience::State, ResponseAct::Submit, json!({})).await?;
        work.finish_response(acting, &ResponseChange::default(), vec![event]).await
    }

    /// Confirms a response as a second person.
    pub async fn attest_response(&self, call: &Call, input: Checked<Nothing>) -> Result<Seen<ResponseView>> {
        let work = self.enter(call).await?;
        let mut acting = match work.begin_response().await? {
            Begun::Answered(answer) => return Ok(*answer),
            Begun::Acting(acting) => *acting,
        };
        input.get()?;
        work.check_etag(&work.response_etag(&acting.responding))?;
        work.advance(&mut acting, ResponseAct::Attest)?;
        work.check_whole(&acting).await?;
        acting.responding.response.attest_time = Some(work.actor.now);
        let counting = counting(&acting)?;
        let content = json!({ "answers": counting.iter().map(recorded).collect::<Vec<_>>() });
        let event = work.response_event(&mut acting, Audience::Shared, ResponseAct::Attest, content).await?;
        let fed = work.feed(&acting.permit, &acting.responding, &counting).await?;
        let attested = Some((work.actor.user, counting));
        let change = ResponseChange { attested, ..ResponseChange::default() };
        work.finish_response(acting, &change, std::iter::once(event).chain(fed).collect()).await
    }

    /// Takes a response up again.
    pub async fn reopen_response(&self, call: &Call, input: Checked<Reason>) -> Result<Seen<ResponseView>> {
        let work = self.enter(call).await?;
        let mut acting = match work.begin_response().await? {
            Begun::Answered(answer) => return Ok(*answer),
            Begun::Acting(acting) => *acting,
        };
        let Reason { reason } = input.get()?;
        work.check_etag(&work.response_etag(&acting.responding))?;
        work.advance(&mut acting, ResponseAct::Reopen)?;
        acting.responding.response.reopen_reason = Some(reason.clone());
        let content = json!({ "reason": reason });
        let event = work.response_event(&mut acting, Audience::State, ResponseAct::Reopen, content).await?;
        work.finish_response(acting, &ResponseChange::default(), vec![event]).await
    }

    /// Records that a State was reminded.
    pub async fn record_reminder(
        &self,
        call: &Call,
        input: Checked<ReminderSent>,
    ) -> Result<Seen<ResponseView>> {
        let work = self.enter(call).await?;
        let mut acting = match work.begin_response().await? {
            Begun::Answered(answer) => return Ok(*answer),
            Begun::Acting(acting) => *acting,
        };
        let ReminderSent { reminder } = input.get()?;
        work.check_etag(&work.response_etag(&acting.responding))?;
        if acting.responding.response.attest_time.is_some() {
            return Err(wrong_state("the State has answered"));
        }
        work.advance(&mut acting, ResponseAct::Remind)?;
        let content = json!({ "reference": reminder.reference });
        let event = work.response_event(&mut acting, Audience::Issuer, ResponseAct::Remind, content).await?;
        let sent = Reminder { create_time: Some(event.time), ..reminder.clone() };
        acting.responding.response.reminders.push(sent);
        work.finish_response(acting, &ResponseChange::default(), vec![event]).await
    }
}

/// What the journal keeps of an answer.
fn recorded(answer: &SavedAnswer) -> Json {
    json!({
        "question": answer.question, "number": answer.number, "value": answer.value, "comment": answer.comment,
        "valid_from_date": answer.valid_from_date, "shared": answer.shared,
    })
}

/// What conditions see of the answers a response has, those filled in from before included.
fn given(acting: &Acting) -> Given {
    let own = acting.responding.answers.iter().map(|answer| (answer.question.clone(), answer.value.given()));
    let before = acting.prefilled.iter().map(|answer| (answer.question.clone(), answer.value.given()));
    before.chain(own).collect()
}

/// What is wrong with answers, each in itself and after all others.
fn violations(acting: &Acting, answers: &[NewAnswer]) -> Result<Vec<Violation>> {
    let document = read::document(&acting.responding)?;
    let places: BTreeMap<&str, usize> = document
        .questions
        .iter()
        .enumerate()
        .map(|(place, question)| (question.key.as_str(), place))
        .collect();
    let mut violations = Vec::new();
    let mut given = given(acting);
    let mut seen = BTreeSet::new();
    for (number, answer) in answers.iter().enumerate() {
        let mut wrong = |path: &str, text: String| {
            violations.push(Violation::new(format!("answers[{number}]{path}"), text));
        };
        let Some(place) = places.get(answer.question.as_str()) else {
            wrong(".question", "is no question of this questionnaire".to_owned());
            continue;
        };
        if !seen.insert(&answer.question) {
            wrong(".question", "answer each question once".to_owned());
        }
        match answer.value.problem(&document.questions[*place]) {
            Some((path, text)) => wrong(&format!(".value{path}"), format!("`{}`: {text}", answer.question)),
            None => {
                given.insert(answer.question.clone(), answer.value.given());
            }
        }
    }
    if violations.is_empty() {
        let standings = read::logic(document)?.evaluate(&given);
        for (number, answer) in answers.iter().enumerate() {
            let place = places.get(answer.question.as_str());
            if place.is_some_and(|place| !standings[*place].asked) {
                let text = format!("`{}` is not asked, as the other answers are", answer.question);
                violations.push(Violation::new(format!("answers[{number}].question"), text));
            }
        }
    }
    Ok(violations)
}

/// Most bytes of all answers of a response: more could not be read in one answer.
const MAX_BYTES: usize = 2 << 20;

/// Whether these answers would make a response larger than it can be.
fn too_large(acting: &Acting, answers: &[NewAnswer]) -> Vec<Violation> {
    fn size(answer: &impl Serialize) -> usize {
        serde_json::to_vec(answer).map_or(usize::MAX, |bytes| bytes.len())
    }
    let is_new = |question: &str| answers.iter().any(|answer| answer.question == question);
    let kept = acting.responding.answers.iter().filter(|answer| !is_new(&answer.question));
    let kept = kept.map(|answer| size(&(&answer.value, &answer.comment)));
    let before = acting.prefilled.iter().filter(|answer| !is_new(&answer.question)).map(size);
    let bytes = answers.iter().map(size).chain(kept).chain(before).fold(0, usize::saturating_add);
    let text = "would make the response larger than 2 MiB: shorten the texts, or name a document instead";
    if bytes > MAX_BYTES { vec![Violation::new("answers", text)] } else { Vec::new() }
}

/// The required questions that stand against submission.
fn open(acting: &Acting) -> Result<Vec<Violation>> {
    let document = read::document(&acting.responding)?;
    let own = acting.responding.answers.iter().map(|a| (a.question.as_str(), &a.value, true));
    let before = acting.prefilled.iter().map(|a| (a.question.as_str(), &a.value, false));
    let progress = progress(&read::logic(document)?, before.chain(own));
    let violation = |key: &String| {
        let filled = acting.prefilled.iter().any(|answer| answer.question == *key);
        let text =
            if filled { "is filled in from before: confirm it" } else { "is required and not answered" };
        Violation::new(format!("answers.{key}"), text)
    };
    Ok(progress.required.iter().map(violation).collect())
}

/// The saved answers to questions that are asked.
fn counting(acting: &Acting) -> Result<Vec<SavedAnswer>> {
    let document = read::document(&acting.responding)?;
    let standings = read::logic(document)?.evaluate(&given(acting));
    let asked = document.questions.iter().zip(standings).filter(|(_, standing)| standing.asked);
    let answer = |key: &str| acting.responding.answers.iter().find(|answer| answer.question == key).cloned();
    Ok(asked.filter_map(|(question, _)| answer(&question.key)).collect())
}

impl Work<'_> {
    /// The answers that follow those a response has; or, where somebody else answered since, both.
    fn follow(&self, acting: &Acting, answers: &[NewAnswer]) -> Result<Vec<SavedAnswer>> {
        let (mut saved, mut conflicts) = (Vec::new(), Vec::new());
        for answer in answers {
            let present = acting.responding.answers.iter().find(|known| known.question == answer.question);
            let etag = present.map(|present| {
                self.answer_etag(&acting.responding, &present.question, present.number, present.head)
            });
            let new = SavedAnswer {
                question: answer.question.clone(),
                number: present.map_or(0, |present| present.number) + 1,
                value: answer.value.clone(),
                valid_from_date: answer.valid_from_date.unwrap_or_else(|| self.actor.now.date_naive()),
                shared: answer.shared,
                comment: answer.comment.clone(),
                author: self.actor.user,
                author_display_name: self.actor.display_name.clone(),
                create_time: self.actor.now,
                head: [0; 32],
                attested: false,
            };
            match present.filter(|_| etag.as_deref() != answer.etag.as_deref()) {
                // The present etag stays untold: whoever saves over an answer has read it.
                Some(present) => conflicts.push(AnswerConflict {
                    sent: AnswerView::of(new, String::new()),
                    present: AnswerView::of(present.clone(), String::new()),
                }),
                None if present.is_none() && answer.etag.as_ref().is_some_and(|etag| !etag.is_empty()) => {
                    return Err(Error::Stale);
                }
                None => saved.push(new),
            }
        }
        if conflicts.is_empty() { Ok(saved) } else { Err(Error::AnswerConflict(conflicts)) }
    }
}
