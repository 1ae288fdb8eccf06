//! Cases, their members and their persons.

use chrono::{DateTime, NaiveDate, Utc};
use focalnet_domain::{
    case::{Case, Member, Person},
    filter, ids,
    journal::Hash,
    names::{CaseId, PersonId, UserId},
    series::{SHOWN, Series},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, Select,
    sea_query::Expr,
};
use uuid::Uuid;

use super::{
    PageQuery, Tx,
    entity::{case_member, case_person, court_case},
    journal::hash,
    json, newest_first, page_of, permitted, scopes, to_json,
    typed::Typed,
    word,
};
use crate::{
    authz::{Permit, Scope},
    error::Result,
};

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    situation_number: String,
    case_number: String,
    display_name: String,
    create_time: DateTime<Utc>,
    head: Vec<u8>,
    members: Typed<Vec<Member>>,
    member_count: i64,
}

#[derive(FromQueryResult)]
struct MemberRow {
    id: Uuid,
    member: Typed<Member>,
}

#[derive(FromQueryResult)]
struct PersonRow {
    #[sea_orm(nested)]
    own: Option<case_person::Model>,
}

/// A member as JSON.
const MEMBER: &str = "json_build_object('user', 'users/' || a.id, 'display_name', a.display_name,
    'organization', 'organizations/' || a.organization_id, 'start_time', m.start_time)";

/// The newest members, one more than are shown, for one of them may leave; and the one that is asked about.
fn members() -> String {
    let of_case = "SELECT n.* FROM case_member n WHERE n.case_id = court_case.id AND n.end_time IS NULL";
    format!(
        "(SELECT coalesce(json_agg({MEMBER} ORDER BY m.start_time, m.id), '[]')
        FROM (({of_case} ORDER BY n.start_time DESC, n.id DESC LIMIT {SHOWN} + 1)
            UNION ({of_case} AND n.account_id = $1)) m JOIN account a ON a.id = m.account_id)"
    )
}

const MEMBER_COUNT: &str =
    "(SELECT count(*) FROM case_member n WHERE n.case_id = court_case.id AND n.end_time IS NULL)";

fn select(member: Option<UserId>) -> Select<court_case::Entity> {
    court_case::Entity::find()
        .select_only()
        .columns([
            court_case::Column::Id,
            court_case::Column::SituationNumber,
            court_case::Column::CaseNumber,
            court_case::Column::DisplayName,
            court_case::Column::CreateTime,
            court_case::Column::Head,
        ])
        .column_as(Expr::cust_with_values(members(), [member.map(|user| user.0)]), "members")
        .column_as(Expr::cust(MEMBER_COUNT), "member_count")
}

fn from_row(row: Row) -> Result<(Case, Hash)> {
    let count = usize::try_from(row.member_count).unwrap_or_default();
    let case = Case {
        name: CaseId(row.id),
        situation_number: row.situation_number,
        case_number: row.case_number,
        display_name: row.display_name,
        members: Series::of(count, row.members.0),
        member_count: count,
        create_time: row.create_time,
    };
    Ok((case, hash(&row.head)?))
}

fn person(row: case_person::Model) -> Result<(Person, Hash)> {
    let person = Person {
        name: PersonId { parent: CaseId(row.case_id), id: row.id },
        facts: json("case_person", row.facts)?,
        status: word("case_person", "status", &row.status)?,
        status_date: row.status_date,
    };
    Ok((person, hash(&row.head)?))
}

impl Tx {
    /// A case that the scope sees, with the hash of its last event.
    pub async fn case(&self, scope: &Scope, name: CaseId) -> Result<Option<(Case, Hash)>> {
        self.case_of(scope, name, None).await
    }

    /// The same, with a member at hand, if it has such a one.
    pub async fn case_of(
        &self,
        scope: &Scope,
        name: CaseId,
        member: Option<UserId>,
    ) -> Result<Option<(Case, Hash)>> {
        let select = select(member).filter(court_case::Column::Id.eq(name.0)).filter(scopes::cases(scope));
        select.into_model::<Row>().one(&self.link).await?.map(from_row).transpose()
    }

    /// A page of the members of a case.
    pub async fn members(&self, case: CaseId, page: &PageQuery) -> Result<Vec<(Member, Uuid)>> {
        let (before, id) = page.after.unwrap_or((DateTime::<Utc>::MAX_UTC, Uuid::max()));
        let size = i64::try_from(page.size + 1).unwrap_or(i64::MAX);
        let sql = format!(
            "SELECT m.id, {MEMBER} AS member FROM case_member m JOIN account a ON a.id = m.account_id
            WHERE m.case_id = $1 AND m.end_time IS NULL AND (m.start_time, m.id) < ($2, $3)
            ORDER BY m.start_time DESC, m.id DESC LIMIT $4"
        );
        let values = [case.0.into(), before.into(), id.into(), size.into()];
        let rows = MemberRow::find_by_statement(self.statement(&sql, values)).all(&self.link).await?;
        Ok(rows.into_iter().map(|row| (row.member.0, row.id)).collect())
    }

    /// Locks a case that the scope sees: its stream is about to grow.
    pub async fn lock_case(&self, scope: &Scope, name: CaseId) -> Result<bool> {
        let select = court_case::Entity::find_by_id(name.0).filter(scopes::cases(scope));
        self.locks(name.0, select).await
    }

    /// A page of the cases the scope sees.
    pub async fn cases(
        &self,
        scope: &Scope,
        filter: &[filter::Condition],
        page: &PageQuery,
    ) -> Result<Vec<(Case, Hash)>> {
        let mut which = scopes::cases(scope);
        for condition in filter {
            let column = match condition.field.as_str() {
                "situation_number" => court_case::Column::SituationNumber,
                _ => court_case::Column::CaseNumber,
            };
            which = which.add(column.eq(condition.value.as_str()));
        }
        let select = newest_first(
            select(None).filter(which),
            court_case::Column::CreateTime,
            court_case::Column::Id,
            page,
        );
        self.page_anew::<Row>(&select).await?.into_iter().map(from_row).collect()
    }

    /// Saves a new case with its first member.
    pub async fn insert_case(&self, permit: &Permit, case: &Case, head: Hash) -> Result<()> {
        let row = court_case::ActiveModel {
            id: Set(case.name.0),
            situation_number: Set(case.situation_number.clone()),
            case_number: Set(case.case_number.clone()),
            display_name: Set(case.display_name.clone()),
            creator_id: Set(permit.actor().user.0),
            create_time: Set(case.create_time),
            head: Set(head.to_vec()),
        };
        court_case::Entity::insert(row).exec_without_returning(&self.link).await?;
        self.insert_member(permit, case.name, permit.actor().user, case.create_time).await
    }

    /// Saves the hash of a case's last event.
    pub async fn touch_case(&self, permit: &Permit, name: CaseId, head: Hash) -> Result<()> {
        permitted(permit);
        let row = court_case::ActiveModel { head: Set(head.to_vec()), ..Default::default() };
        court_case::Entity::update_many()
            .set(row)
            .filter(court_case::Column::Id.eq(name.0))
            .exec(&self.link)
            .await?;
        Ok(())
    }

    /// Assigns an account to a case.
    pub async fn insert_member(
        &self,
        permit: &Permit,
        case: CaseId,
        user: UserId,
        at: DateTime<Utc>,
    ) -> Result<()> {
        permitted(permit);
        let row = case_member::ActiveModel {
            id: Set(ids::new()),
            case_id: Set(case.0),
            account_id: Set(user.0),
            start_time: Set(at),
            end_time: Set(None),
        };
        case_member::Entity::insert(row).exec_without_returning(&self.link).await?;
        Ok(())
    }

    /// Ends an assignment.
    pub async fn end_member(
        &self,
        permit: &Permit,
        case: CaseId,
        user: UserId,
        at: DateTime<Utc>,
    ) -> Result<()> {
        permitted(permit);
        case_member::Entity::update_many()
            .col_expr(case_member::Column::EndTime, Expr::val(at))
            .filter(case_member::Column::CaseId.eq(case.0))
            .filter(case_member::Column::AccountId.eq(user.0))
            .filter(case_member::Column::EndTime.is_null())
            .exec(&self.link)
            .await?;
        Ok(())
    }

    /// A person of a case, with the hash of its last event. Whether the caller sees the case was found out before.
    pub async fn person(&self, name: PersonId) -> Result<Option<(Person, Hash)>> {
        let select =
            case_person::Entity::find_by_id(name.id).filter(case_person::Column::CaseId.eq(name.parent.0));
        select.one(&self.link).await?.map(person).transpose()
    }

    /// Persons of a case by name: fewer than asked for when some are not of this case.
    pub async fn persons_named(&self, case: CaseId, names: &[PersonId]) -> Result<Vec<Person>> {
        let ids = names.iter().filter(|name| name.parent == case).map(|name| name.id);
        let select = case_person::Entity::find()
            .filter(case_person::Column::CaseId.eq(case.0))
            .filter(case_person::Column::Id.is_in(ids));
        let rows = select.all(&self.link).await?;
        rows.into_iter().map(|row| person(row).map(|(person, _)| person)).collect()
    }

    /// A page of the persons of a case. Whether the caller sees the case is part of the query.
    pub async fn persons(
        &self,
        scope: &Scope,
        case: CaseId,
        filter: &[filter::Condition],
        page: &PageQuery,
    ) -> Result<Option<Vec<(Person, DateTime<Utc>, Hash)>>> {
        let parent = court_case::Entity::find_by_id(case.0).filter(scopes::cases(scope));
        let mut which = Condition::all();
        for condition in filter {
            which = which.add(case_person::Column::Status.eq(condition.value.as_str()));
        }
        let keys = (court_case::Column::Id, case_person::Column::CaseId);
        let order = (case_person::Column::CreateTime, case_person::Column::Id);
        let select = page_of::<_, case_person::Entity>(parent, keys, which, order, page);
        let rows = select.into_model::<PersonRow>().all(&self.link).await?;
        if rows.is_empty() {
            return Ok(None);
        }
        let read = |row: case_person::Model| {
            let time = row.create_time;
            person(row).map(|(person, head)| (person, time, head))
        };
        rows.into_iter().filter_map(|row| row.own).map(read).collect::<Result<_>>().map(Some)
    }

    /// Saves a new person.
    pub async fn insert_person(
        &self,
        permit: &Permit,
        new: &Person,
        at: DateTime<Utc>,
        head: Hash,
    ) -> Result<()> {
        permitted(permit);
        let row = case_person::ActiveModel {
            id: Set(new.name.id),
            case_id: Set(new.name.parent.0),
            facts: Set(to_json(&new.facts)?),
            warrant_date: Set(new.facts.warrant_date),
            status: Set(new.status.to_string()),
            status_date: Set(new.status_date),
            create_time: Set(at),
            head: Set(head.to_vec()),
        };
        case_person::Entity::insert(row).exec_without_returning(&self.link).await?;
        Ok(())
    }

    /// Saves where a person stands.
    pub async fn update_person(&self, permit: &Permit, changed: &Person, head: Hash) -> Result<()> {
        permitted(permit);
        let date: Option<NaiveDate> = changed.status_date;
        let row = case_person::ActiveModel {
            status: Set(changed.status.to_string()),
            status_date: Set(date),
            head: Set(head.to_vec()),
            ..Default::default()
        };
        case_person::Entity::update_many()
            .set(row)
            .filter(case_person::Column::Id.eq(changed.name.id))
            .exec(&self.link)
            .await?;
        Ok(())
    }
}
