//! The directory: focal points, channels and languages of States.

use chrono::{DateTime, NaiveDate, Utc};
use focalnet_domain::{
    directory::{
        Capacity, Channel, Designation, Directory, DirectoryEntry, FOCAL_POINTS, NewChannel, NewDesignation,
    },
    filter,
    journal::Hash,
    names::{DesignationId, OrganizationId},
    series::{SHOWN, Series},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait as _, EntityTrait, FromQueryResult, QueryFilter, QueryOrder as _,
    QuerySelect, QueryTrait as _, Select,
    sea_query::{Expr, SelectStatement},
};

use super::{
    Numbered, PageQuery, Tx,
    entity::{channel, designation, organization},
    entries::Kept,
    journal::hash,
    json, newest_first, page_of, permitted, scopes, to_json,
    typed::Typed,
    word,
};
use crate::{
    authz::{Permit, Scope},
    error::Result,
};

/// The newest of what was designated and chosen.
fn newest(table: &str, order: &str) -> Expr {
    Expr::cust(format!(
        "(SELECT coalesce(json_agg(e ORDER BY {order}), '[]') FROM (SELECT n.* FROM {table} n
            WHERE n.state_id = organization.id ORDER BY {} DESC LIMIT {SHOWN}) e)",
        order.replace("e.", "n.").replace(", ", " DESC, ")
    ))
}

/// Who speaks for a State on a day: focal points, then deputies, each the longest designated first.
fn focal_points(day: NaiveDate) -> Expr {
    let sql = format!(
        "(SELECT coalesce(json_agg(d ORDER BY d.capacity <> 'focal_point', d.start_date, d.create_time, d.id), '[]')
        FROM (SELECT n.* FROM designation n WHERE n.state_id = organization.id AND {HOLDS}
            ORDER BY n.capacity <> 'focal_point', n.start_date, n.create_time, n.id LIMIT {FOCAL_POINTS}) d)"
    );
    Expr::cust_with_values(sql, [day])
}

/// Whether a designation holds on a day.
const HOLDS: &str = "n.start_date <= $1 AND (n.end_date IS NULL OR n.end_date > $1)";

/// The channel and languages of a State that are in force on a day: of those whose day of effect has come, what was chosen
/// last. `state` is the column with the State's id, `day` the parameter.
pub(super) fn in_force(state: &str, day: &str) -> String {
    format!(
        "(SELECT row_to_json(c) FROM channel c WHERE c.state_id = {state} AND c.effective_date <= {day}
            ORDER BY c.number DESC LIMIT 1)"
    )
}

/// A State's entry, its number in the order of lists, and the hash of the last event of its stream, if that has begun.
pub(super) type Entry = (DirectoryEntry, DateTime<Utc>, Option<Hash>);

/// An entry that is locked: the country code of its State, and the hash of the last event of its stream.
pub(super) type Locked = (String, Option<Hash>);

#[derive(FromQueryResult)]
struct Row {
    #[sea_orm(nested)]
    own: organization::Model,
    focal_points: Typed<Vec<designation::Model>>,
    focal_point_count: i64,
    channel: Option<Typed<channel::Model>>,
    designations: Typed<Vec<designation::Model>>,
    designation_count: i64,
    channels: Typed<Vec<channel::Model>>,
}

#[derive(FromQueryResult)]
struct ChangingRow {
    country_code: Option<String>,
    channel: Option<Typed<channel::Model>>,
    designations: Typed<Vec<designation::Model>>,
}

#[derive(FromQueryResult)]
struct ListedDesignation {
    #[sea_orm(nested)]
    own: Option<designation::Model>,
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

fn select(scope: &Scope, day: NaiveDate) -> Select<organization::Entity> {
    let of_state = "FROM designation n WHERE n.state_id = organization.id";
    let count = Expr::cust_with_values(format!("(SELECT count(*) {of_state} AND {HOLDS})"), [day]);
    organization::Entity::find()
        .column_as(focal_points(day), "focal_points")
        .column_as(count, "focal_point_count")
        .column_as(Expr::cust_with_values(in_force("organization.id", "$1"), [day]), "channel")
        .column_as(newest("designation", "e.create_time, e.id"), "designations")
        .column_as(Expr::cust(format!("(SELECT count(*) {of_state})")), "designation_count")
        .column_as(newest("channel", "e.number"), "channels")
        .filter(scopes::directory(scope))
}

/// The States that have a focal point on a day.
fn speaking(day: NaiveDate) -> SelectStatement {
    use designation::Column;
    let select = designation::Entity::find()
        .select_only()
        .column(Column::StateId)
        .filter(Column::Capacity.eq(Capacity::FocalPoint.as_str()))
        .filter(holds_on(day));
    select.into_query()
}

/// The designations that hold on a day.
fn holds_on(day: NaiveDate) -> Condition {
    use designation::Column;
    let open = Condition::any().add(Column::EndDate.is_null()).add(Column::EndDate.gt(day));
    Condition::all().add(Column::StartDate.lte(day)).add(open)
}

fn from_row(row: Row, day: NaiveDate) -> Result<Entry> {
    let designations =
        |rows: Vec<designation::Model>| rows.into_iter().map(designation).collect::<Result<Vec<_>>>();
    let channels = row.channels.0.into_iter().map(channel).collect::<Result<Vec<_>>>()?;
    let code = row.own.country_code.unwrap_or_default();
    let count = |count: i64| usize::try_from(count).unwrap_or_default();
    // They are numbered without gaps.
    let channel_count = channels.last().map_or(0, |last| count(i64::from(last.number)));
    let entry = DirectoryEntry {
        focal_points: designations(row.focal_points.0)?,
        focal_point_count: count(row.focal_point_count),
        channel: row.channel.map(|row| channel(row.0)).transpose()?,
        designations: Series::of(count(row.designation_count), designations(row.designations.0)?),
        designation_count: count(row.designation_count),
        channels: Series::of(channel_count, channels),
        channel_count,
        ..DirectoryEntry::empty(OrganizationId(row.own.id), row.own.display_name, code, day)
    };
    let head = row.own.directory_head.as_deref().map(hash).transpose()?;
    Ok((entry, row.own.create_time, head))
}

impl Tx {
    /// The entry of a State that the scope sees, as of a day.
    pub async fn directory(
        &self,
        scope: &Scope,
        name: OrganizationId,
        day: NaiveDate,
    ) -> Result<Option<Entry>> {
        let select = select(scope, day).filter(organization::Column::Id.eq(name.0));
        let row = select.into_model::<Row>().one(&self.link).await?;
        row.map(|row| from_row(row, day)).transpose()
    }

    /// What a change of the entry of a State asks about: the designations that hold on a day or later, and the newest
    /// channel.
    pub async fn changing_directory(
        &self,
        scope: &Scope,
        name: OrganizationId,
        since: NaiveDate,
    ) -> Result<Option<Directory>> {
        const SINCE: &str =
            "(SELECT coalesce(json_agg(d ORDER BY d.create_time, d.id), '[]') FROM designation d
            WHERE d.state_id = organization.id AND (d.end_date IS NULL OR d.end_date > $1))";
        const CHANNEL: &str = "(SELECT row_to_json(c) FROM channel c WHERE c.state_id = organization.id
            ORDER BY c.number DESC LIMIT 1)";
        let select = organization::Entity::find_by_id(name.0)
            .select_only()
            .column(organization::Column::CountryCode)
            .column_as(Expr::cust_with_values(SINCE, [since]), "designations")
            .column_as(Expr::cust(CHANNEL), "channel")
            .filter(scopes::directory(scope));
        let Some(row) = select.into_model::<ChangingRow>().one(&self.link).await? else { return Ok(None) };
        Ok(Some(Directory {
            name,
            country_code: row.country_code.unwrap_or_default(),
            designations: row.designations.0.into_iter().map(designation).collect::<Result<_>>()?,
            channel: row.channel.map(|row| channel(row.0)).transpose()?,
        }))
    }

    /// Locks the entry of a State that the scope sees.
    pub async fn lock_directory(&self, scope: &Scope, name: OrganizationId) -> Result<Option<Locked>> {
        let select = organization::Entity::find_by_id(name.0).filter(scopes::directory(scope));
        let locked = |row: organization::Model| {
            let head = row.directory_head.as_deref().map(hash).transpose()?;
            Ok((row.country_code.unwrap_or_default(), head))
        };
        self.locked(name.0, select).await?.map(locked).transpose()
    }

    /// A designation of an entry that is locked.
    pub async fn designation(&self, name: DesignationId) -> Result<Option<Designation>> {
        let select =
            designation::Entity::find_by_id(name.id).filter(designation::Column::StateId.eq(name.parent.0));
        select.one(&self.link).await?.map(designation).transpose()
    }

    /// Number of the newest channel of an entry that is locked; 0 when there is none.
    pub async fn last_channel(&self, state: OrganizationId) -> Result<i32> {
        let select = channel::Entity::find()
            .select_only()
            .column(channel::Column::Number)
            .filter(channel::Column::StateId.eq(state.0))
            .order_by_desc(channel::Column::Number)
            .limit(1);
        Ok(select.into_tuple().one(&self.link).await?.unwrap_or_default())
    }

    /// A page of the designations of a State, on a day or on any; none when the scope does not see the State.
    pub async fn designations(
        &self,
        scope: &Scope,
        state: OrganizationId,
        day: Option<NaiveDate>,
        page: &PageQuery,
    ) -> Result<Option<Vec<Designation>>> {
        use designation::Column;
        let parent = organization::Entity::find_by_id(state.0).filter(scopes::directory(scope));
        let which = day.map_or_else(Condition::all, holds_on);
        let keys = (organization::Column::Id, Column::StateId);
        let select =
            page_of::<_, designation::Entity>(parent, keys, which, (Column::CreateTime, Column::Id), page);
        let rows = select.into_model::<ListedDesignation>().all(&self.link).await?;
        if rows.is_empty() {
            return Ok(None);
        }
        rows.into_iter().filter_map(|row| row.own).map(designation).collect::<Result<_>>().map(Some)
    }

    /// A page of the channels of a State; none when the scope does not see the State.
    pub async fn channels(
        &self,
        scope: &Scope,
        state: OrganizationId,
        page: &PageQuery,
    ) -> Result<Option<Vec<Numbered<Channel>>>> {
        if self.states(scope, &[state]).await?.is_empty() {
            return Ok(None);
        }
        let kept =
            Kept { entry: "row_to_json(c)", from: "channel c", number: "c.number", parent: "c.state_id" };
        self.entries(kept, state.0, (None, page), channel).await.map(Some)
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
        let select = newest_first(select(scope, day).filter(chosen), Column::CreateTime, Column::Id, page);
        let rows = select.into_model::<Row>().all(&self.link).await?;
        rows.into_iter().map(|row| from_row(row, day)).collect()
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
            self.link.execute_raw(self.statement(SQL, [ids.into(), days.into()])).await?;
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
            designation::Entity::insert_many(rows).exec_without_returning(&self.link).await?;
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
            channel::Entity::insert(row).exec_without_returning(&self.link).await?;
        }
        let row =
            organization::ActiveModel { directory_head: Set(Some(head.to_vec())), ..Default::default() };
        let update = organization::Entity::update_many().set(row);
        update.filter(organization::Column::Id.eq(state.0)).exec(&self.link).await?;
        Ok(())
    }
}
