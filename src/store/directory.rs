//! The directory: focal points, channels and languages of States.

use chrono::{DateTime, NaiveDate, Utc};
use focalnet_domain::{
    directory::{Capacity, Channel, Designation, Directory, NewChannel, NewDesignation},
    filter,
    journal::Hash,
    names::{DesignationId, OrganizationId},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait as _, EntityTrait, FromQueryResult, QueryFilter, QuerySelect,
    QueryTrait as _, Select,
    sea_query::{Expr, SelectStatement},
};

use super::{
    PageQuery, Tx,
    entity::{channel, designation, organization},
    journal::hash,
    json, newest_first, permitted, scopes, to_json,
    typed::Typed,
    word,
};
use crate::{
    authz::{Permit, Scope},
    error::Result,
};

const DESIGNATIONS: &str =
    "(SELECT coalesce(json_agg(d ORDER BY d.create_time, d.id), '[]') FROM designation d
    WHERE d.state_id = organization.id)";
const CHANNELS: &str = "(SELECT coalesce(json_agg(c ORDER BY c.number), '[]') FROM channel c
    WHERE c.state_id = organization.id)";

/// A State's entry, its number in the order of lists, and the hash of the last event of its stream, if that has begun.
pub(super) type Entry = (Directory, DateTime<Utc>, Option<Hash>);

#[derive(FromQueryResult)]
struct Row {
    #[sea_orm(nested)]
    own: organization::Model,
    designations: Typed<Vec<designation::Model>>,
    channels: Typed<Vec<channel::Model>>,
}

fn designation(row: designation::Model) -> Result<Designation> {
    let facts = NewDesignation {
        capacity: word("designation", "capacity", &row.capacity)?,
        contact: json("designation", row.contact)?,
        start_date: row.start_date,
        end_date: row.end_date,
    };
    let name = DesignationId { parent: OrganizationId(row.state_id), id: row.id };
    Ok(Designation { name, facts, create_time: row.create_time })
}

/// A choice of a State from its row.
pub(super) fn channel(row: channel::Model) -> Result<Channel> {
    let facts = NewChannel {
        kind: word("channel", "kind", &row.kind)?,
        description: row.description,
        interpol_accepted: row.interpol_accepted,
        languages: row.languages,
        received_date: Some(row.received_date),
        agreed_date: row.agreed_date,
    };
    Ok(Channel {
        number: row.number,
        facts,
        effective_date: row.effective_date,
        create_time: row.create_time,
    })
}

fn select(scope: &Scope) -> Select<organization::Entity> {
    organization::Entity::find()
        .column_as(Expr::cust(DESIGNATIONS), "designations")
        .column_as(Expr::cust(CHANNELS), "channels")
        .filter(scopes::directory(scope))
}

/// The States that have a focal point on a day.
fn speaking(day: NaiveDate) -> SelectStatement {
    use designation::Column;
    let holds = Condition::any().add(Column::EndDate.is_null()).add(Column::EndDate.gt(day));
    let select = designation::Entity::find()
        .select_only()
        .column(Column::StateId)
        .filter(Column::Capacity.eq(Capacity::FocalPoint.as_str()))
        .filter(Column::StartDate.lte(day))
        .filter(holds);
    select.into_query()
}

fn from_row(row: Row) -> Result<Entry> {
    let name = OrganizationId(row.own.id);
    let directory = Directory {
        name,
        display_name: row.own.display_name,
        country_code: row.own.country_code.unwrap_or_default(),
        designations: row.designations.0.into_iter().map(designation).collect::<Result<_>>()?,
        channels: row.channels.0.into_iter().map(channel).collect::<Result<_>>()?,
    };
    let head = row.own.directory_head.as_deref().map(hash).transpose()?;
    Ok((directory, row.own.create_time, head))
}

impl Tx {
    /// The entry of a State that the scope sees.
    pub async fn directory(&self, scope: &Scope, name: OrganizationId) -> Result<Option<Entry>> {
        let select = select(scope).filter(organization::Column::Id.eq(name.0));
        select.into_model::<Row>().one(&self.tx).await?.map(from_row).transpose()
    }

    /// Locks the entry of a State that the scope sees.
    pub async fn lock_directory(&self, scope: &Scope, name: OrganizationId) -> Result<Option<()>> {
        let select =
            organization::Entity::find_by_id(name.0).filter(scopes::directory(scope)).lock_exclusive();
        Ok(select.one(&self.tx).await?.map(|_| ()))
    }

    /// A page of the entries that the scope sees, as of a day.
    pub async fn directories(
        &self,
        scope: &Scope,
        day: NaiveDate,
        filter: &[filter::Condition],
        page: &PageQuery,
    ) -> Result<Vec<Entry>> {
        use organization::Column;
        let mut chosen = Condition::all();
        for condition in filter {
            let value = condition.value.as_str();
            chosen = chosen.add(match condition.field.as_str() {
                "country_code" => Column::CountryCode.eq(value),
                _ if value == "missing" => Column::Id.not_in_subquery(speaking(day)),
                _ => Column::Id.in_subquery(speaking(day)),
            });
        }
        let select = newest_first(select(scope).filter(chosen), Column::CreateTime, Column::Id, page);
        select.into_model::<Row>().all(&self.tx).await?.into_iter().map(from_row).collect()
    }

    /// Saves designations that are new or have got an end, new versions of the channel, and the head of the stream.
    pub async fn save_directory(
        &self,
        permit: &Permit,
        state: OrganizationId,
        ended: &[Designation],
        designated: &[Designation],
        channel: Option<&Channel>,
        head: Hash,
    ) -> Result<()> {
        permitted(permit);
        if !ended.is_empty() {
            const SQL: &str = "UPDATE designation SET end_date = e.end_date
                FROM unnest($1::uuid[], $2::date[]) AS e (id, end_date) WHERE designation.id = e.id";
            let ids: Vec<uuid::Uuid> = ended.iter().map(|designation| designation.name.id).collect();
            let days: Vec<NaiveDate> =
                ended.iter().filter_map(|designation| designation.facts.end_date).collect();
            self.tx.execute_raw(self.statement(SQL, [ids.into(), days.into()])).await?;
        }
        if !designated.is_empty() {
            let row = |designation: &Designation| {
                Ok(designation::ActiveModel {
                    id: Set(designation.name.id),
                    state_id: Set(state.0),
                    capacity: Set(designation.facts.capacity.to_string()),
                    contact: Set(to_json(&designation.facts.contact)?),
                    start_date: Set(designation.facts.start_date),
                    end_date: Set(designation.facts.end_date),
                    create_time: Set(designation.create_time),
                })
            };
            let rows = designated.iter().map(row).collect::<Result<Vec<_>>>()?;
            designation::Entity::insert_many(rows).exec_without_returning(&self.tx).await?;
        }
        if let Some(channel) = channel {
            let facts = &channel.facts;
            let row = channel::ActiveModel {
                state_id: Set(state.0),
                number: Set(channel.number),
                kind: Set(facts.kind.to_string()),
                description: Set(facts.description.clone()),
                interpol_accepted: Set(facts.interpol_accepted),
                languages: Set(facts.languages.clone()),
                received_date: Set(facts.received_date.unwrap_or_else(|| channel.create_time.date_naive())),
                agreed_date: Set(facts.agreed_date),
                effective_date: Set(channel.effective_date),
                create_time: Set(channel.create_time),
            };
            channel::Entity::insert(row).exec_without_returning(&self.tx).await?;
        }
        let row =
            organization::ActiveModel { directory_head: Set(Some(head.to_vec())), ..Default::default() };
        let update = organization::Entity::update_many().set(row);
        update.filter(organization::Column::Id.eq(state.0)).exec(&self.tx).await?;
        Ok(())
    }
}
