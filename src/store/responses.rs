//! Responses of States, and the answers saved in them.

use chrono::{DateTime, NaiveDate, Utc};
use focalnet_domain::{
    filter, ids,
    journal::Hash,
    names::{CirculationId, OrganizationId, QuestionnaireId, ResponseId, UserId},
    questionnaire::{
        Document,
        answer::{SavedAnswer, Value},
        response::{Response, State},
    },
    text::LocalizedText,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, Select,
    sea_query::{Expr, OnConflict},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    PageQuery, Tx,
    entity::{answer, attested_answer, response},
    journal::hash,
    json, newest_first, permitted, scopes, to_json,
    typed::Typed,
    unhex, word,
};
use crate::{
    authz::{Permit, Scope},
    error::Result,
};

/// A response with the document it answers, its newest answers, and the heads of its streams.
#[derive(Debug, Clone)]
pub struct Responding {
    /// The response.
    pub response: Response,
    /// What is asked; empty in lists.
    pub document: Option<Document>,
    /// For its State the newest answer to each question; for the Court the newest attested one. Empty in lists.
    pub answers: Vec<SavedAnswer>,
    /// Head of the stream that both sides read.
    pub shared_head: Hash,
    /// Head of the Court's own stream, if it has begun.
    pub issuer_head: Option<Hash>,
    /// Head of the State's own stream, if it has begun.
    pub state_head: Option<Hash>,
}

/// What an act leaves to save beside the row of a response.
#[derive(Debug, Default)]
pub struct ResponseChange {
    /// New answers.
    pub answers: Vec<SavedAnswer>,
    /// Answers that are attested, and by whom.
    pub attested: Option<(UserId, Vec<SavedAnswer>)>,
}

#[derive(FromQueryResult)]
struct Row {
    #[sea_orm(nested)]
    own: response::Model,
    questionnaire_key: String,
    version_number: i32,
    requested_state_display_name: String,
    note_verbale: String,
    due_date: NaiveDate,
    document: Option<Typed<Document>>,
    answers: Option<Typed<Vec<AnswerRow>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerRow {
    question: String,
    number: i32,
    value: Value,
    comment: Option<LocalizedText>,
    valid_from_date: NaiveDate,
    shared: bool,
    author_id: Uuid,
    author_display_name: String,
    create_time: DateTime<Utc>,
    head: String,
    attested: bool,
}

fn of_questionnaire(column: &str) -> String {
    format!("(SELECT q.{column} FROM questionnaire q WHERE q.id = response.questionnaire_id)")
}

fn of_circulation(column: &str) -> String {
    format!("(SELECT c.{column} FROM circulation c WHERE c.id = response.circulation_id)")
}

const STATE_NAME: &str =
    "(SELECT o.display_name FROM organization o WHERE o.id = response.requested_state_id)";
const FIELDS: &str =
    "json_build_object('question', a.question, 'number', a.number, 'value', a.value, 'comment', a.comment,
    'valid_from_date', a.valid_from_date, 'shared', a.shared, 'author_id', a.author_id, 'author_display_name',
    a.author_display_name, 'create_time', a.create_time, 'head', encode(a.head, 'hex'), 'attested', EXISTS (SELECT 1
    FROM attested_answer t WHERE (t.response_id, t.question, t.number) = (a.response_id, a.question, a.number)))";

/// The newest answer to each question, of all or of the attested ones.
fn newest(attested: bool) -> String {
    let from = if attested {
        "answer x JOIN attested_answer t USING (response_id, question, number)"
    } else {
        "answer x"
    };
    format!(
        "(SELECT coalesce(json_agg({FIELDS}), '[]') FROM (SELECT DISTINCT ON (x.question) x.* FROM {from}
            WHERE x.response_id = response.id ORDER BY x.question, x.number DESC) a)"
    )
}

fn select(scope: &Scope, whole: bool) -> Select<response::Entity> {
    let select = response::Entity::find()
        .column_as(Expr::cust(of_questionnaire("key")), "questionnaire_key")
        .column_as(Expr::cust(of_questionnaire("version_number")), "version_number")
        .column_as(Expr::cust(STATE_NAME), "requested_state_display_name")
        .column_as(Expr::cust(of_circulation("note_verbale")), "note_verbale")
        .column_as(Expr::cust(of_circulation("due_date")), "due_date")
        .filter(scopes::responses(scope));
    let (document, answers) = if whole {
        (of_questionnaire("document"), newest(scope.is_court()))
    } else {
        ("NULL::jsonb".to_owned(), "NULL::json".to_owned())
    };
    select.column_as(Expr::cust(document), "document").column_as(Expr::cust(answers), "answers")
}

fn from_row(row: Row) -> Result<Responding> {
    let own = row.own;
    let questionnaire = QuestionnaireId(own.questionnaire_id);
    let answer = |row: AnswerRow| {
        Ok(SavedAnswer {
            question: row.question,
            number: row.number,
            value: row.value,
            valid_from_date: row.valid_from_date,
            shared: row.shared,
            comment: row.comment,
            author: UserId(row.author_id),
            author_display_name: row.author_display_name,
            create_time: row.create_time,
            attested: row.attested,
            head: hash(&unhex(&row.head))?,
        })
    };
    let answers = row.answers.map(|rows| rows.0).unwrap_or_default();
    Ok(Responding {
        response: Response {
            name: ResponseId(own.id),
            circulation: CirculationId { parent: questionnaire, id: own.circulation_id },
            questionnaire_key: row.questionnaire_key,
            version_number: row.version_number,
            requested_state: OrganizationId(own.requested_state_id),
            requested_state_display_name: row.requested_state_display_name,
            note_verbale: row.note_verbale,
            due_date: row.due_date,
            state: word("response", "state", &own.state)?,
            reminders: json("response", own.reminders)?,
            submitter: own.submitter_id.map(UserId),
            submitter_display_name: own.submitter_display_name,
            reopen_reason: own.reopen_reason,
            attest_time: own.attest_time,
            create_time: own.create_time,
        },
        document: row.document.map(|document| document.0),
        answers: answers.into_iter().map(answer).collect::<Result<_>>()?,
        shared_head: hash(&own.shared_head)?,
        issuer_head: own.issuer_head.as_deref().map(hash).transpose()?,
        state_head: own.state_head.as_deref().map(hash).transpose()?,
    })
}

impl Tx {
    /// A response that the scope sees, whole.
    pub async fn response(&self, scope: &Scope, name: ResponseId) -> Result<Option<Responding>> {
        let select = select(scope, true).filter(response::Column::Id.eq(name.0));
        select.into_model::<Row>().one(&self.link).await?.map(from_row).transpose()
    }

    /// Locks a response that the scope sees. What is read of it afterwards is as it stands.
    pub async fn lock_response(&self, scope: &Scope, name: ResponseId) -> Result<Option<()>> {
        let select = response::Entity::find_by_id(name.0)
            .select_only()
            .column(response::Column::Id)
            .filter(scopes::responses(scope));
        Ok(self.locks(name.0, select).await?.then_some(()))
    }

    /// A page of the responses that the scope sees, without documents and answers.
    pub async fn responses(
        &self,
        scope: &Scope,
        filter: &[filter::Condition],
        page: &PageQuery,
    ) -> Result<Vec<Responding>> {
        use response::Column;
        let mut select = select(scope, false);
        for condition in filter {
            let value = condition.value.as_str();
            let id = || value.rsplit('/').next().and_then(|id| Uuid::parse_str(id).ok()).unwrap_or_default();
            select = select.filter(match condition.field.as_str() {
                "questionnaire" => Column::QuestionnaireId.eq(id()),
                "requested_state" => Column::RequestedStateId.eq(id()),
                _ if !scope.is_court() => Column::State.eq(value),
                // The Court knows of two states only; see `Response::state_for`.
                _ if value == State::Draft.as_str() => Column::AttestTime.is_null(),
                _ if value == State::Attested.as_str() => Column::AttestTime.is_not_null(),
                _ => Expr::cust("false"),
            });
        }
        let select = newest_first(select, Column::CreateTime, Column::Id, page);
        select.into_model::<Row>().all(&self.link).await?.into_iter().map(from_row).collect()
    }

    /// Saves what an act did to a response.
    pub async fn save_response(
        &self,
        permit: &Permit,
        changed: &Responding,
        change: &ResponseChange,
    ) -> Result<()> {
        permitted(permit);
        let Response { name, state, .. } = changed.response;
        let mut row = response::ActiveModel {
            state: Set(state.to_string()),
            reminders: Set(to_json(&changed.response.reminders)?),
            submitter_id: Set(changed.response.submitter.map(|user| user.0)),
            submitter_display_name: Set(changed.response.submitter_display_name.clone()),
            reopen_reason: Set(changed.response.reopen_reason.clone()),
            attest_time: Set(changed.response.attest_time),
            shared_head: Set(changed.shared_head.to_vec()),
            issuer_head: Set(changed.issuer_head.map(|head| head.to_vec())),
            state_head: Set(changed.state_head.map(|head| head.to_vec())),
            ..Default::default()
        };
        if let Some((attester, _)) = &change.attested {
            row.attester_id = Set(Some(attester.0));
        }
        let update = response::Entity::update_many().set(row);
        update.filter(response::Column::Id.eq(name.0)).exec(&self.link).await?;
        self.insert_answers(name, &change.answers).await?;
        match &change.attested {
            Some((_, answers)) => self.attest_answers(&changed.response, answers).await,
            None => Ok(()),
        }
    }

    async fn insert_answers(&self, response: ResponseId, answers: &[SavedAnswer]) -> Result<()> {
        if answers.is_empty() {
            return Ok(());
        }
        let row = |saved: &SavedAnswer| {
            Ok(answer::ActiveModel {
                id: Set(ids::new()),
                response_id: Set(response.0),
                question: Set(saved.question.clone()),
                number: Set(saved.number),
                value: Set(to_json(&saved.value)?),
                comment: Set(saved.comment.as_ref().map(to_json).transpose()?),
                valid_from_date: Set(saved.valid_from_date),
                shared: Set(saved.shared),
                author_id: Set(saved.author.0),
                author_display_name: Set(saved.author_display_name.clone()),
                create_time: Set(saved.create_time),
                head: Set(saved.head.to_vec()),
            })
        };
        let rows = answers.iter().map(row).collect::<Result<Vec<_>>>()?;
        answer::Entity::insert_many(rows).exec_without_returning(&self.link).await?;
        Ok(())
    }

    /// What was attested before stays as it was.
    async fn attest_answers(&self, response: &Response, answers: &[SavedAnswer]) -> Result<()> {
        use attested_answer::Column;
        let Some(attest_time) = response.attest_time.filter(|_| !answers.is_empty()) else { return Ok(()) };
        let rows = answers.iter().map(|answer| attested_answer::ActiveModel {
            id: Set(ids::new()),
            requested_state_id: Set(response.requested_state.0),
            response_id: Set(response.name.0),
            question: Set(answer.question.clone()),
            number: Set(answer.number),
            questionnaire_key: Set(response.questionnaire_key.clone()),
            version_number: Set(response.version_number),
            valid_from_date: Set(answer.valid_from_date),
            attest_time: Set(attest_time),
        });
        let known = OnConflict::columns([Column::ResponseId, Column::Question, Column::Number])
            .do_nothing()
            .to_owned();
        attested_answer::Entity::insert_many(rows)
            .on_conflict(known)
            .exec_without_returning(&self.link)
            .await?;
        Ok(())
    }
}
