//! Drafting, publishing and reading the document.

use crate::app::Answer;
use std::collections::BTreeMap;

use focalnet_domain::{
    journal::{Audience, Event, Hash, Stream, Subject},
    names::QuestionnaireId,
    organization::Kind,
    questionnaire::{
        Document, DocumentUpdate, Questionnaire, State,
        publication::{meanings, say_what_is_plain, violations},
    },
};
use serde_json::{Value, json};

use crate::{
    app::{
        App, Call, Input, Nothing, Seen,
        context::{CallContext, Entry, event, head},
        lists::{Form, words_of},
        users::wrong_state,
    },
    authz::{Permit, policy::Relation},
    error::{Error, Result},
    store::Position,
};

/// The stream of a version and its circulations.
pub(super) const fn stream(name: QuestionnaireId) -> Stream {
    Stream { subject: Subject::Questionnaire(name), audience: Audience::Court }
}

impl CallContext<'_> {
    /// The etag of a version. Readers other than the Registry see a version that never changes, so their etag
    /// must not change by what they do not see, such as a circulation.
    fn questionnaire_etag(&self, name: QuestionnaireId, head: Hash) -> String {
        self.app.keys.etag(&name.to_string(), (self.actor.kind == Kind::Registry).then_some(head))
    }

    fn questionnaire_seen(&self, mut questionnaire: Questionnaire, head: Hash) -> Seen<Questionnaire> {
        if self.actor.kind != Kind::Registry {
            // Only the Registry sees when the work on it began.
            questionnaire.create_time = questionnaire.publish_time.unwrap_or(questionnaire.create_time);
        }
        let etag = self.questionnaire_etag(questionnaire.name, head);
        CallContext::seen(questionnaire, etag, None, None)
    }

    async fn questionnaire_event(
        &self,
        permit: &Permit,
        name: QuestionnaireId,
        act: &str,
        content: Value,
    ) -> Result<Event> {
        let position = self.tx.position(stream(name)).await?;
        event(permit, Entry::new(stream(name), position, act, &name, json!({ act: content })))
    }

    async fn finish_questionnaire(
        self,
        permit: &Permit,
        questionnaire: Questionnaire,
        event: Event,
    ) -> Result<Answer> {
        let mut seen = self.questionnaire_seen(questionnaire, head(&event));
        seen.receipt = Some(self.receipt(&event)?);
        self.finish(permit, vec![event], &seen).await
    }
}

impl App {
    /// Drafts a version.
    pub async fn create_questionnaire(&self, call: &Call, input: Input<Document>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        if let Some(answer) = cx.replay().await? {
            return Ok(answer);
        }
        let permit = cx.authorize(Relation::None)?;
        let document = input.get()?.clone();
        let questionnaire = Questionnaire {
            name: QuestionnaireId::random(),
            document,
            version_number: None,
            state: State::Draft,
            create_time: cx.actor.now,
            publish_time: None,
            meanings: BTreeMap::new(),
        };
        let name = questionnaire.name;
        let content = json!({ "create_questionnaire": questionnaire.document });
        let start = Position::start(stream(name));
        let event = event(&permit, Entry::new(stream(name), start, "create_questionnaire", &name, content))?;
        cx.tx.insert_questionnaire(&permit, &questionnaire, head(&event)).await?;
        cx.finish_questionnaire(&permit, questionnaire, event).await
    }

    /// Changes a draft.
    pub async fn update_questionnaire(&self, call: &Call, input: Input<DocumentUpdate>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let name = call.name()?;
        let (mut questionnaire, last) =
            cx.tx.lock_questionnaire(&cx.scope, name).await?.ok_or(Error::NotFound("questionnaire"))?;
        if let Some(answer) = cx.replay().await? {
            return Ok(answer);
        }
        let permit = cx.authorize(Relation::None)?;
        let update = input.get()?.clone();
        cx.check_etag(&cx.questionnaire_etag(name, last))?;
        draft(&questionnaire)?;
        let content = json!(update);
        let DocumentUpdate { title, sections, questions } = update;
        let document = &mut questionnaire.document;
        document.title = title.unwrap_or_else(|| std::mem::take(&mut document.title));
        document.sections = sections.unwrap_or_else(|| std::mem::take(&mut document.sections));
        document.questions = questions.unwrap_or_else(|| std::mem::take(&mut document.questions));
        let event = cx.questionnaire_event(&permit, name, "update_questionnaire", content).await?;
        cx.tx.save_questionnaire(&permit, &questionnaire, head(&event)).await?;
        cx.finish_questionnaire(&permit, questionnaire, event).await
    }

    /// Publishes a draft as the next version of its key.
    pub async fn publish_questionnaire(&self, call: &Call, input: Input<Nothing>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let name = call.name()?;
        let (mut questionnaire, last) =
            cx.tx.lock_questionnaire(&cx.scope, name).await?.ok_or(Error::NotFound("questionnaire"))?;
        if let Some(answer) = cx.replay().await? {
            return Ok(answer);
        }
        let permit = cx.authorize(Relation::None)?;
        input.get()?;
        cx.check_etag(&cx.questionnaire_etag(name, last))?;
        draft(&questionnaire)?;
        let before =
            cx.tx.newest_questionnaire(&cx.scope, &questionnaire.document.key, cx.today().day).await?;
        if let Some(before) = &before {
            say_what_is_plain(&mut questionnaire.document, &before.document);
        }
        let found = violations(&questionnaire.document, before.as_ref().map(|before| &before.document));
        if !found.is_empty() {
            return Err(Error::Incomplete(found));
        }
        let number = before.as_ref().and_then(|before| before.version_number).unwrap_or(0) + 1;
        let earlier = before.map(|before| before.meanings).unwrap_or_default();
        questionnaire.meanings = meanings(&questionnaire.document, number, &earlier);
        questionnaire.version_number = Some(number);
        questionnaire.state = State::Published;
        questionnaire.publish_time = Some(cx.actor.now);
        let content = json!({ "version_number": number, "document": questionnaire.document });
        let event = cx.questionnaire_event(&permit, name, "publish_questionnaire", content).await?;
        cx.tx.save_questionnaire(&permit, &questionnaire, head(&event)).await?;
        cx.finish_questionnaire(&permit, questionnaire, event).await
    }

    /// Reads a version.
    pub async fn get_questionnaire(&self, call: &Call) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let (questionnaire, last) =
            cx.tx.questionnaire(&cx.scope, call.name()?).await?.ok_or(Error::NotFound("questionnaire"))?;
        let seen = cx.questionnaire_seen(questionnaire, last);
        cx.answer(&seen).await
    }

    /// Lists versions.
    pub async fn list_questionnaires(&self, call: &Call) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let query = cx.query(&[("key", Form::Text), ("state", words_of!("STATE_", State))])?;
        let rows = cx.tx.questionnaires(&cx.scope, &query.conditions, &query.page).await?;
        let answer = cx.page(
            &query,
            rows,
            |(found, _)| (found.create_time, found.name.0),
            |(questionnaire, last)| Ok(cx.questionnaire_seen(questionnaire, last)),
        )?;
        cx.leave(answer).await
    }
}

fn draft(questionnaire: &Questionnaire) -> Result<()> {
    match questionnaire.state {
        State::Draft => Ok(()),
        State::Published => Err(wrong_state("it is published, and never changes: draft the next version")),
    }
}
