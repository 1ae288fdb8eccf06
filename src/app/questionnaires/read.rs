//! Reading responses.

use crate::app::Answer;
use focalnet_domain::{
    journal::Hash,
    organization::Kind,
    questionnaire::{
        Document,
        logic::Logic,
        response::{AnswerView, InForce, ResponseView, State, progress},
    },
};

use crate::{
    app::{
        App, Call, Seen,
        context::CallContext,
        lists::{Form, words_of},
    },
    authz::fields::Reader,
    error::{Error, Result},
    store::{AsOf, Responding},
};

/// The conditions of a document that was published, and so was found right.
pub(super) fn logic(document: &Document) -> Result<Logic<'_>> {
    Logic::of(document).map_err(|_| Error::internal("a published questionnaire has unsound conditions"))
}

/// The document of a response that was read whole.
pub(super) fn document(responding: &Responding) -> Result<&Document> {
    responding.document.as_ref().ok_or_else(|| Error::internal("a response without its document"))
}

impl CallContext<'_> {
    pub(super) fn response_etag(&self, responding: &Responding) -> String {
        let own = match self.actor.kind {
            Kind::Registry => responding.issuer_head,
            Kind::State => responding.state_head,
            Kind::Chamber | Kind::Otp | Kind::Presidency | Kind::Authority => None,
        };
        let heads = [Some(responding.shared_head), own].into_iter().flatten();
        self.app.keys.etag(&responding.response.name.to_string(), heads)
    }

    /// The etag of one answer.
    pub(super) fn answer_etag(
        &self,
        responding: &Responding,
        question: &str,
        number: i32,
        head: Hash,
    ) -> String {
        let name = format!("{}/answers/{question}/{number}", responding.response.name);
        self.app.keys.etag(&name, [head])
    }

    /// What is filled in from earlier responses: answers in force to questions that have none here yet, where they are
    /// of the form that this version asks for.
    pub(super) async fn prefilled(&self, responding: &Responding) -> Result<Vec<InForce>> {
        let response = &responding.response;
        if self.actor.kind.is_court() {
            return Ok(Vec::new());
        }
        let today = self.actor.now.date_naive();
        let as_of = AsOf { day: today, known: today };
        let key = &response.questionnaire_key;
        let mut found =
            self.tx.answers_in_force(&self.scope, key, Some(response.requested_state), as_of).await?;
        let questions = &document(responding)?.questions;
        found.retain(|answer| {
            let question = questions.iter().find(|question| question.key == answer.question);
            let fits = question.is_some_and(|question| answer.value.problem(question).is_none());
            fits && !responding.answers.iter().any(|own| own.question == answer.question)
        });
        Ok(found)
    }

    /// A whole response as the caller sees it.
    pub(super) fn response_seen(
        &self,
        responding: &Responding,
        prefilled: Vec<InForce>,
    ) -> Result<Seen<ResponseView>> {
        let court = self.actor.kind.is_court();
        let mut view = responding.response.view(self.actor.kind, self.actor.now.date_naive());
        let document = document(responding)?;
        let own = responding.answers.iter().map(|answer| {
            let etag = self.answer_etag(responding, &answer.question, answer.number, answer.head);
            AnswerView::of(answer.clone(), etag)
        });
        let from_before = prefilled.into_iter().map(|answer| AnswerView::in_force(answer, true));
        view.answers = own.chain(from_before).collect();
        let place = |key: &str| document.questions.iter().position(|question| question.key == key);
        view.answers.sort_by_key(|answer| place(&answer.question));
        if court {
            for answer in &mut view.answers {
                answer.etag = String::new();
                answer.number = 0;
            }
        } else {
            let answers = view.answers.iter();
            let given = answers.map(|answer| (answer.question.as_str(), &answer.value, !answer.unconfirmed));
            view.progress = Some(progress(&logic(document)?, given));
        }
        let etag = self.response_etag(responding);
        Ok(CallContext::seen(view, etag, None, Some(self.response_reader())))
    }

    pub(super) fn response_reader(&self) -> Reader {
        if self.actor.kind.is_court() { Reader::Issuer } else { Reader::State }
    }
}

impl App {
    /// Reads a response.
    pub async fn get_response(&self, call: &Call) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let responding = cx.tx.response(&cx.scope, call.name()?).await?.ok_or(Error::NotFound("response"))?;
        let prefilled = cx.prefilled(&responding).await?;
        let seen = cx.response_seen(&responding, prefilled)?;
        cx.answer(&seen).await
    }

    /// Lists responses.
    pub async fn list_responses(&self, call: &Call) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let fields = [
            ("state", words_of!("STATE_", State)),
            ("questionnaire", Form::Name("questionnaires")),
            ("requested_state", Form::Name("organizations")),
        ];
        let query = cx.query(&fields)?;
        let rows = cx.tx.responses(&cx.scope, &query.conditions, &query.page).await?;
        let (kind, today) = (cx.actor.kind, cx.actor.now.date_naive());
        let key = |row: &Responding| (row.response.create_time, row.response.name.0);
        let answer = cx.page(&query, rows, key, |row| {
            let etag = cx.response_etag(&row);
            Ok(CallContext::seen(row.response.view(kind, today), etag, None, Some(cx.response_reader())))
        })?;
        cx.leave(answer).await
    }
}
