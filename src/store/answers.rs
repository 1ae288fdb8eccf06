//! Answers in force: of those that were attested by a day and hold on a day, the one attested last. Each answer says how
//! it is from its day on, until another is attested.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use focalnet_domain::{
    filter,
    freezing_request::national::National,
    names::{OrganizationId, QuestionnaireId, ResponseId},
    questionnaire::{Document, Questionnaire, State, answer::Value, response::InForce},
    response_statistics::Asked,
    states,
    text::LocalizedText,
};
use sea_orm::FromQueryResult;
use serde::Deserialize;
use uuid::Uuid;

use super::{PageQuery, Tx, directory, entity::channel, scopes, typed::Typed};
use crate::{authz::Scope, error::Result};

/// A day on which answers hold, and the day by whose end they were attested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf {
    /// The day on which they hold.
    pub day: NaiveDate,
    /// The day by whose end they were attested.
    pub known: NaiveDate,
}

#[derive(FromQueryResult, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: Uuid,
    requested_state_id: Uuid,
    country_code: String,
    questionnaire_key: String,
    version_number: i32,
    response_id: Uuid,
    question: String,
    value: Typed<Value>,
    comment: Option<Typed<LocalizedText>>,
    valid_from_date: NaiveDate,
    attest_time: DateTime<Utc>,
    shared: bool,
}

/// Parameters: 1 day, 2 known, 3 all, 4 own, 5 with shared ones, 6 key, 7 State, 8 question, 9 country code.
/// Whether an answer is shared is asked of the answer in force: an earlier answer that was shared does not
/// count.
const IN_FORCE: &str = "
SELECT * FROM (
    SELECT DISTINCT ON (t.questionnaire_key, t.requested_state_id, t.question) t.id, t.requested_state_id,
        o.country_code, t.questionnaire_key, t.version_number, t.response_id, t.question, a.value, a.comment,
        t.valid_from_date, t.attest_time, a.shared
    FROM attested_answer t
    JOIN answer a USING (response_id, question, number)
    JOIN organization o ON o.id = t.requested_state_id
    WHERE t.valid_from_date <= $1 AND t.attest_time < ($2::date + 1)::timestamp AT TIME ZONE 'UTC'
        AND ($6::text IS NULL OR t.questionnaire_key = $6) AND ($7::uuid IS NULL OR t.requested_state_id = $7)
        AND ($8::text IS NULL OR t.question = $8) AND ($9::text IS NULL OR o.country_code = $9)
        AND ($3 OR $5 OR t.requested_state_id = $4)
    ORDER BY t.questionnaire_key, t.requested_state_id, t.question, t.attest_time DESC, t.number DESC,
        t.valid_from_date DESC, t.id DESC
) AS f
WHERE ($3 OR f.requested_state_id = $4 OR $5 AND f.shared)";

fn from_row(row: Row, foreign: bool) -> InForce {
    InForce {
        requested_state: (!foreign).then_some(OrganizationId(row.requested_state_id)),
        country_code: row.country_code,
        questionnaire_key: row.questionnaire_key,
        version_number: row.version_number,
        response: (!foreign).then_some(ResponseId(row.response_id)),
        question: row.question,
        value: row.value.0,
        comment: row.comment.map(|comment| comment.0),
        valid_from_date: row.valid_from_date,
        attest_time: row.attest_time,
        shared: row.shared,
    }
}

/// What is known of a State, all at once. Parameters as above, of which 6 is the key and 7 the State.
const NATIONAL: &str = "
SELECT o.country_code,
    {CHANNEL} AS channel,
    (SELECT row_to_json(q) FROM (
        SELECT id, version_number, document, meanings, create_time, publish_time FROM questionnaire
        WHERE key = $6 AND version_number IS NOT NULL ORDER BY version_number DESC LIMIT 1) AS q) AS questionnaire,
    (SELECT coalesce(json_agg(i), '[]') FROM ({IN_FORCE}) AS i) AS answers
FROM organization o WHERE o.id = $7 AND o.kind = 'state'";

#[derive(FromQueryResult)]
struct NationalRow {
    country_code: Option<String>,
    channel: Option<Typed<channel::Model>>,
    questionnaire: Option<Typed<QuestionnaireRow>>,
    answers: Typed<Vec<Row>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuestionnaireRow {
    id: Uuid,
    version_number: i32,
    document: Document,
    meanings: BTreeMap<String, i32>,
    create_time: DateTime<Utc>,
    publish_time: DateTime<Utc>,
}

impl Tx {
    /// What is known of the requested State of a dossier that was read, for a request to be checked against.
    pub async fn national(&self, state: OrganizationId, key: &str, as_of: AsOf) -> Result<National> {
        let values = [
            as_of.day.into(),
            as_of.known.into(),
            true.into(),
            None::<Uuid>.into(),
            false.into(),
            Some(key).into(),
            Some(state.0).into(),
            None::<&str>.into(),
            None::<&str>.into(),
        ];
        let sql =
            NATIONAL.replace("{IN_FORCE}", IN_FORCE).replace("{CHANNEL}", &directory::in_force("o.id", "$1"));
        let found = NationalRow::find_by_statement(self.statement(&sql, values)).one(&self.link).await?;
        let Some(row) = found else { return Ok(National::default()) };
        let questionnaire = row.questionnaire.map(|row| row.0);
        let answers = row.answers.0;
        Ok(National {
            state: row.country_code.as_deref().and_then(states::by_code),
            channel: row.channel.map(|row| directory::channel(row.0)).transpose()?,
            questionnaire: questionnaire.map(|row| Questionnaire {
                name: QuestionnaireId(row.id),
                document: row.document,
                version_number: Some(row.version_number),
                state: State::Published,
                create_time: row.create_time,
                publish_time: Some(row.publish_time),
                meanings: row.meanings,
            }),
            answers: answers.into_iter().map(|row| from_row(row, false)).collect(),
        })
    }

    /// The answers to a questionnaire in force, of one State or of all that the scope sees.
    pub async fn answers_in_force(
        &self,
        scope: &Scope,
        key: &str,
        state: Option<OrganizationId>,
        as_of: AsOf,
    ) -> Result<Vec<InForce>> {
        let seen = scopes::answers(scope);
        let values = [
            as_of.day.into(),
            as_of.known.into(),
            seen.all.into(),
            seen.own.into(),
            false.into(),
            Some(key).into(),
            state.map(|state| state.0).into(),
            None::<&str>.into(),
            None::<&str>.into(),
        ];
        let rows = Row::find_by_statement(self.statement(IN_FORCE, values)).all(&self.link).await?;
        Ok(rows.into_iter().map(|row| from_row(row, false)).collect())
    }

    /// A page of answers in force, newest attested first; for a State with those that others share.
    pub async fn answers_page(
        &self,
        scope: &Scope,
        with_shared: bool,
        state: Option<OrganizationId>,
        as_of: AsOf,
        filter: &[filter::Condition],
        page: &PageQuery,
    ) -> Result<Vec<(InForce, Uuid)>> {
        let seen = scopes::answers(scope);
        let value = |field: &str| {
            filter.iter().find(|condition| condition.field == field).map(|condition| condition.value.as_str())
        };
        let (after_time, after_id) = page.after.unzip();
        let sql = format!(
            "{IN_FORCE} AND ($10::timestamptz IS NULL OR (f.attest_time, f.id) < ($10, $11::uuid))
            ORDER BY f.attest_time DESC, f.id DESC LIMIT $12"
        );
        let values = [
            as_of.day.into(),
            as_of.known.into(),
            seen.all.into(),
            seen.own.into(),
            with_shared.into(),
            value("questionnaire_key").into(),
            state.map(|state| state.0).into(),
            value("question").into(),
            value("country_code").into(),
            after_time.into(),
            after_id.into(),
            i64::try_from(page.size + 1).unwrap_or(i64::MAX).into(),
        ];
        let rows = self.anew::<Row>(self.statement(&sql, values)).await?;
        let own = |row: &Row| seen.all || seen.own == Some(row.requested_state_id);
        rows.into_iter()
            .map(|row| {
                let (id, foreign) = (row.id, !own(&row));
                Ok((from_row(row, foreign), id))
            })
            .collect()
    }

    /// Who was asked from one day to another, and when each first answered.
    pub async fn asked(&self, scope: &Scope, from: NaiveDate, to: NaiveDate) -> Result<Vec<Asked>> {
        #[derive(FromQueryResult)]
        struct AskedRow {
            requested_state_id: Uuid,
            country_code: String,
            create_time: DateTime<Utc>,
            due_date: NaiveDate,
            attest_time: Option<DateTime<Utc>>,
        }
        const SQL: &str = "
SELECT r.requested_state_id, o.country_code, r.create_time, c.due_date,
    coalesce((SELECT min(t.attest_time) FROM attested_answer t WHERE t.response_id = r.id), r.attest_time) AS attest_time
FROM response r
JOIN circulation c ON c.id = r.circulation_id
JOIN organization o ON o.id = r.requested_state_id
WHERE $1 AND r.create_time >= $2::date::timestamp AT TIME ZONE 'UTC'
    AND r.create_time < $3::date::timestamp AT TIME ZONE 'UTC'";
        let values = [scopes::answers(scope).all.into(), from.into(), to.into()];
        let rows = AskedRow::find_by_statement(self.statement(SQL, values)).all(&self.link).await?;
        let asked = |row: AskedRow| Asked {
            group: states::by_code(&row.country_code)
                .map_or(states::RegionalGroup::None, |state| state.group),
            state: row.requested_state_id,
            circulate_date: row.create_time.date_naive(),
            due_date: row.due_date,
            attest_date: row.attest_time.map(|time| time.date_naive()),
        };
        Ok(rows.into_iter().map(asked).collect())
    }
}
