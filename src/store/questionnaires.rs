//! Questionnaires and their circulations.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use focalnet_domain::{
    filter,
    journal::Hash,
    names::{OrganizationId, QuestionnaireId},
    questionnaire::{
        Document, Questionnaire, Texts,
        response::{Circulation, State as ResponseState},
    },
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
};

use super::{
    PageQuery, Tx,
    entity::{circulation, organization, questionnaire, response},
    journal::hash,
    json, newest_first, permitted, scopes, to_json,
    typed::Typed,
    word,
};
use crate::{
    authz::{Permit, Scope},
    error::Result,
};

fn from_row(row: questionnaire::Model) -> Result<(Questionnaire, Hash)> {
    let questionnaire = Questionnaire {
        name: QuestionnaireId(row.id),
        document: json::<Document>("questionnaire", row.document)?,
        version_number: row.version_number,
        state: word("questionnaire", "state", &row.state)?,
        create_time: row.create_time,
        publish_time: row.publish_time,
        meanings: json::<BTreeMap<_, _>>("questionnaire", row.meanings)?,
    };
    Ok((questionnaire, hash(&row.head)?))
}

/// A version without its document.
#[derive(FromQueryResult)]
struct Summary {
    id: uuid::Uuid,
    key: String,
    version_number: Option<i32>,
    state: String,
    title: Typed<Texts>,
    create_time: DateTime<Utc>,
    publish_time: Option<DateTime<Utc>>,
    head: Vec<u8>,
}

/// The end of a day, in UTC.
fn end_of(day: NaiveDate) -> DateTime<Utc> {
    day.succ_opt().unwrap_or(day).and_time(chrono::NaiveTime::MIN).and_utc()
}

impl Tx {
    /// A version that the scope sees, with the hash of its last event.
    pub async fn questionnaire(
        &self,
        scope: &Scope,
        name: QuestionnaireId,
    ) -> Result<Option<(Questionnaire, Hash)>> {
        let select = questionnaire::Entity::find_by_id(name.0).filter(scopes::questionnaires(scope));
        select.one(&self.link).await?.map(from_row).transpose()
    }

    /// The same, locked.
    pub async fn lock_questionnaire(
        &self,
        scope: &Scope,
        name: QuestionnaireId,
    ) -> Result<Option<(Questionnaire, Hash)>> {
        let select = questionnaire::Entity::find_by_id(name.0).filter(scopes::questionnaires(scope));
        self.locked(name.0, select).await?.map(from_row).transpose()
    }

    /// The newest version of a key that the scope sees, of those published by the end of a day.
    pub async fn newest_questionnaire(
        &self,
        scope: &Scope,
        key: &str,
        by: NaiveDate,
    ) -> Result<Option<Questionnaire>> {
        use questionnaire::Column;
        let select = questionnaire::Entity::find()
            .filter(scopes::questionnaires(scope))
            .filter(Column::Key.eq(key))
            .filter(Column::VersionNumber.is_not_null())
            .filter(Column::PublishTime.lt(end_of(by)))
            .order_by_desc(Column::VersionNumber)
            .limit(1);
        let found = select.one(&self.link).await?.map(from_row).transpose()?;
        Ok(found.map(|(questionnaire, _)| questionnaire))
    }

    /// A page of the versions that the scope sees, without their sections and questions.
    pub async fn questionnaires(
        &self,
        scope: &Scope,
        filter: &[filter::Condition],
        page: &PageQuery,
    ) -> Result<Vec<(Questionnaire, Hash)>> {
        use questionnaire::Column;
        let mut select = questionnaire::Entity::find()
            .select_only()
            .columns([
                Column::Id,
                Column::Key,
                Column::VersionNumber,
                Column::State,
                Column::CreateTime,
                Column::PublishTime,
                Column::Head,
            ])
            .column_as(sea_orm::sea_query::Expr::cust("document -> 'title'"), "title")
            .filter(scopes::questionnaires(scope));
        for condition in filter {
            let column = if condition.field == "key" { Column::Key } else { Column::State };
            select = select.filter(column.eq(condition.value.as_str()));
        }
        let select = newest_first(select, Column::CreateTime, Column::Id, page);
        let from_row = |row: Summary| {
            let title = row.title.0;
            let questionnaire = Questionnaire {
                name: QuestionnaireId(row.id),
                document: Document { key: row.key, title, sections: Vec::new(), questions: Vec::new() },
                version_number: row.version_number,
                state: word("questionnaire", "state", &row.state)?,
                create_time: row.create_time,
                publish_time: row.publish_time,
                meanings: BTreeMap::new(),
            };
            Ok((questionnaire, hash(&row.head)?))
        };
        select.into_model::<Summary>().all(&self.link).await?.into_iter().map(from_row).collect()
    }

    /// Saves a new draft.
    pub async fn insert_questionnaire(&self, permit: &Permit, new: &Questionnaire, head: Hash) -> Result<()> {
        permitted(permit);
        let row = questionnaire::ActiveModel {
            id: Set(new.name.0),
            key: Set(new.document.key.clone()),
            version_number: Set(new.version_number),
            state: Set(new.state.to_string()),
            document: Set(to_json(&new.document)?),
            meanings: Set(to_json(&new.meanings)?),
            create_time: Set(new.create_time),
            publish_time: Set(new.publish_time),
            head: Set(head.to_vec()),
        };
        questionnaire::Entity::insert(row).exec_without_returning(&self.link).await?;
        Ok(())
    }

    /// Saves what can change of a draft, its publication included.
    pub async fn save_questionnaire(
        &self,
        permit: &Permit,
        changed: &Questionnaire,
        head: Hash,
    ) -> Result<()> {
        permitted(permit);
        let row = questionnaire::ActiveModel {
            version_number: Set(changed.version_number),
            state: Set(changed.state.to_string()),
            document: Set(to_json(&changed.document)?),
            meanings: Set(to_json(&changed.meanings)?),
            publish_time: Set(changed.publish_time),
            head: Set(head.to_vec()),
            ..Default::default()
        };
        let update = questionnaire::Entity::update_many().set(row);
        update.filter(questionnaire::Column::Id.eq(changed.name.0)).exec(&self.link).await?;
        Ok(())
    }

    /// Those of some States that the scope sees.
    pub async fn states(&self, scope: &Scope, names: &[OrganizationId]) -> Result<Vec<OrganizationId>> {
        let ids = names.iter().map(|name| name.0);
        let select = organization::Entity::find()
            .select_only()
            .column(organization::Column::Id)
            .filter(scopes::directory(scope))
            .filter(organization::Column::Id.is_in(ids));
        let ids: Vec<uuid::Uuid> = select.into_tuple().all(&self.link).await?;
        Ok(ids.into_iter().map(OrganizationId).collect())
    }

    /// Name and country code of one State, or of all that the scope sees, by country code.
    pub async fn state_names(
        &self,
        scope: &Scope,
        state: Option<OrganizationId>,
    ) -> Result<Vec<(OrganizationId, String, String)>> {
        use organization::Column;
        let mut select = organization::Entity::find()
            .select_only()
            .columns([Column::Id, Column::DisplayName, Column::CountryCode])
            .filter(scopes::directory(scope));
        if let Some(state) = state {
            select = select.filter(Column::Id.eq(state.0));
        }
        let select = select.order_by_asc(Column::CountryCode);
        let rows: Vec<(uuid::Uuid, String, String)> = select.into_tuple().all(&self.link).await?;
        Ok(rows.into_iter().map(|(id, name, code)| (OrganizationId(id), name, code)).collect())
    }

    /// Saves a circulation with a response for each State, whose shared streams begin with these hashes; and the head of
    /// the questionnaire.
    pub async fn insert_circulation(
        &self,
        permit: &Permit,
        new: &Circulation,
        heads: &[Hash],
        head: Hash,
    ) -> Result<()> {
        permitted(permit);
        let row = circulation::ActiveModel {
            id: Set(new.name.id),
            questionnaire_id: Set(new.name.parent.0),
            note_verbale: Set(new.facts.note_verbale.clone()),
            due_date: Set(new.facts.due_date),
            create_time: Set(new.create_time),
        };
        circulation::Entity::insert(row).exec_without_returning(&self.link).await?;
        let own = permit.actor().organization.0;
        let asked = new.responses.iter().zip(&new.facts.requested_states).zip(heads);
        let rows = asked.map(|((name, state), head)| response::ActiveModel {
            id: Set(name.0),
            circulation_id: Set(new.name.id),
            questionnaire_id: Set(new.name.parent.0),
            requested_state_id: Set(state.0),
            state: Set(ResponseState::Draft.to_string()),
            reminders: Set(serde_json::json!([])),
            submitter_id: Set(None),
            submitter_display_name: Set(None),
            attester_id: Set(None),
            reopen_reason: Set(None),
            attest_time: Set(None),
            audience: Set(vec![own, state.0]),
            create_time: Set(new.create_time),
            shared_head: Set(head.to_vec()),
            issuer_head: Set(None),
            state_head: Set(None),
        });
        response::Entity::insert_many(rows).exec_without_returning(&self.link).await?;
        let row = questionnaire::ActiveModel { head: Set(head.to_vec()), ..Default::default() };
        let update = questionnaire::Entity::update_many().set(row);
        update.filter(questionnaire::Column::Id.eq(new.name.parent.0)).exec(&self.link).await?;
        Ok(())
    }
}
