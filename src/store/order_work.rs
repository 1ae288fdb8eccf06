//! What an order's act leaves to be done on requests: written with the act, taken by whichever server comes first.

use chrono::{DateTime, Duration, Utc};
use focalnet_domain::{
    names::{EventId, FreezingRequestId, OrderId, OrganizationId, PersonId, UserId},
    order_work::{ENDED, Ending, OrderWork, Outcome, State},
    organization::{Kind, Role},
    series::{SHOWN, Series},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait as _, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait, Order, Query, SelectStatement, SimpleExpr},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    PageQuery, Tx, column,
    entity::{freezing_request, order_work},
    json, permitted, scopes, to_json,
    typed::Typed,
    word,
};
use crate::{
    authz::{Permit, Scope},
    error::Result,
};

/// What was decided about.
#[derive(Debug, Clone, Copy)]
pub enum Cause {
    /// An order.
    Order(OrderId),
    /// A person.
    Person(PersonId),
}

/// A piece of work that this transaction has taken; nobody else is at it or at its request.
#[derive(Debug, Clone)]
pub struct OrderTask {
    /// The event that decided it.
    pub event: EventId,
    /// The request.
    pub request: FreezingRequestId,
    ending: serde_json::Value,
    /// Who decided.
    pub author: UserId,
    /// That person's name.
    pub author_display_name: String,
    /// That person's organ.
    pub author_organization: OrganizationId,
    /// What it is.
    pub author_kind: Kind,
    /// The mandate under which was decided.
    pub author_role: Option<Role>,
    /// How often it has failed.
    pub attempts: i32,
    /// What the clock adds.
    pub clock_offset: Duration,
}

impl OrderTask {
    /// What ends. It is read only here: what cannot be read is this piece's failure and no other's.
    pub fn ending(&self) -> Result<Ending> {
        json("order_work", self.ending.clone())
    }
}

#[derive(FromQueryResult)]
struct Taken {
    event_id: Uuid,
    request_id: Uuid,
    ending: serde_json::Value,
    author_id: Uuid,
    author_role: Option<String>,
    attempts: i32,
    display_name: String,
    organization_id: Uuid,
    kind: String,
    seconds: i64,
}

#[derive(FromQueryResult)]
struct Listed {
    entry: Typed<Entry>,
}

#[derive(FromQueryResult)]
struct Written {
    request_id: Uuid,
    display_name: String,
}

/// One row for each request concerned that was sent and has not ended. The statement waits for a request that
/// is being sent at this moment, and a request that is about to be sent waits for the statement. Either way,
/// no request is sent for which no work is written. What was sent is known by the request's persons and
/// purposes; of versions only one that is not sent yet is read.
const WRITE: &str = "
WITH concerned AS (
    SELECT r.id, r.requested_state_id, r.transmit_time FROM freezing_request r
    WHERE (r.order_id = $1 OR r.case_id = $2) AND r.state <> ALL ($4)
    AND (EXISTS (SELECT 1 FROM request_person p WHERE p.request_id = r.id
            AND (cardinality($5::uuid[]) = 0 OR p.person_id = ANY ($5))
            AND (cardinality($6::text[]) = 0 OR EXISTS (SELECT 1 FROM request_purpose q
                WHERE q.request_id = r.id AND q.position = p.position AND q.purpose = ANY ($6))))
        OR EXISTS (SELECT 1 FROM (SELECT n.* FROM request_version n WHERE n.request_id = r.id
                ORDER BY n.number DESC LIMIT 1) v WHERE v.transmit_time IS NULL
            AND (cardinality($5) = 0 OR EXISTS (SELECT 1 FROM jsonb_array_elements(v.content -> 'persons') p
                WHERE p ->> 'person' = ANY (SELECT 'cases/' || r.case_id || '/persons/' || id FROM unnest($5) AS n(id))))
            AND (cardinality($6) = 0 OR EXISTS (SELECT 1 FROM jsonb_array_elements(v.content -> 'purposes') p
                WHERE p ->> 'purpose' = ANY ($6)))))
    FOR KEY SHARE OF r
), written AS (
    INSERT INTO order_work (event_id, request_id, order_id, person_id, ending, author_id, author_role, create_time,
        attempts, next_time)
    SELECT $7, c.id, $1, $3, $8, $9, $10, $11, 0, $11 FROM concerned c WHERE c.transmit_time IS NOT NULL
    RETURNING request_id
)
SELECT w.request_id, o.display_name FROM written w JOIN concerned c ON c.id = w.request_id
JOIN organization o ON o.id = c.requested_state_id ORDER BY o.display_name, w.request_id";

/// Pieces of work that somebody else is at are passed over; the next look finds them, if they are not done by
/// then.
const TAKE: &str = "SELECT w.event_id, w.request_id, w.ending, w.author_id, w.author_role, w.attempts, a.display_name, a.organization_id,
    o.kind, coalesce((SELECT seconds FROM clock_offset), 0) AS seconds
FROM order_work w JOIN freezing_request r ON r.id = w.request_id
JOIN account a ON a.id = w.author_id JOIN organization o ON o.id = a.organization_id
WHERE w.done_time IS NULL
AND w.next_time <= $1::timestamptz + coalesce((SELECT seconds FROM clock_offset), 0) * interval '1 second'
ORDER BY w.next_time, w.create_time, w.event_id, w.request_id LIMIT 1
FOR UPDATE OF w, r SKIP LOCKED";

/// A piece of work `w` on a request that was sent to `o`, as JSON.
const ENTRY: &str =
    "json_build_object('request', w.request_id, 'requested_state_display_name', o.display_name,
    'outcome', w.outcome, 'create_time', w.create_time, 'done_time', w.done_time)";

/// The work under an order, on those requests that the scope sees, as a column of the order: as many pieces
/// as an order shows, pending ones first and then the newest, and how many there are.
pub(super) fn of_order(scope: &Scope) -> SelectStatement {
    let entries = select(scope, Expr::cust("court_order.id"))
        .expr_as(
            Expr::cust(
                "row_number() OVER (ORDER BY w.done_time IS NULL DESC, w.create_time DESC, w.request_id DESC)",
            ),
            "place",
        )
        .to_owned();
    let all = format!(
        "json_build_object('count', count(*), 'pending', count(*) FILTER (WHERE w.entry ->> 'done_time' IS NULL),
            'shown', coalesce(json_agg(w.entry ORDER BY w.create_time,
                w.entry ->> 'requested_state_display_name', w.request_id)
                FILTER (WHERE w.place <= {SHOWN}), '[]'))"
    );
    Query::select().expr(Expr::cust(all)).from_subquery(entries, "w").to_owned()
}

/// The work under an order, on those requests that the scope sees.
fn select(scope: &Scope, order: SimpleExpr) -> SelectStatement {
    let mut select = freezing_request::Entity::find()
        .select_only()
        .expr_as(Expr::cust(ENTRY), "entry")
        .expr(Expr::cust("w.create_time"))
        .expr(Expr::cust("w.request_id"))
        .filter(column(freezing_request::Column::OrderId).eq(order))
        .filter(scopes::requests(scope));
    let its = Expr::cust("w.request_id = freezing_request.id");
    let asked = Expr::cust("o.id = freezing_request.requested_state_id");
    QuerySelect::query(&mut select)
        .join_as(JoinType::InnerJoin, "order_work", "w", its)
        .join_as(JoinType::InnerJoin, "organization", "o", asked)
        .to_owned()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    request: Uuid,
    requested_state_display_name: String,
    outcome: Option<Outcome>,
    create_time: DateTime<Utc>,
    done_time: Option<DateTime<Utc>>,
}

/// What that column holds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OfOrder {
    count: usize,
    pending: usize,
    shown: Vec<Entry>,
}

/// The work of an order, and how much of it is pending.
pub(super) fn read(column: OfOrder) -> (Series<OrderWork>, usize) {
    (Series::of(column.count, column.shown.into_iter().map(entry).collect()), column.pending)
}

fn entry(entry: Entry) -> OrderWork {
    OrderWork {
        freezing_request: FreezingRequestId(entry.request),
        requested_state_display_name: entry.requested_state_display_name,
        state: if entry.done_time.is_some() { State::Done } else { State::Pending },
        outcome: entry.outcome,
        create_time: entry.create_time,
        done_time: entry.done_time,
    }
}

impl Tx {
    /// Writes the work that a decision leaves, in one statement, and gives it.
    pub async fn write_order_work(
        &self,
        permit: &Permit,
        about: Cause,
        event: EventId,
        ending: &Ending,
    ) -> Result<Vec<OrderWork>> {
        permitted(permit);
        let (order, case, person) = match about {
            Cause::Order(name) => (Some(name.0), None, None),
            Cause::Person(name) => (None, Some(name.parent.0), Some(name.id)),
        };
        let words = |words: &[&'static str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
        let ended: Vec<_> = ENDED.iter().map(|state| state.as_str()).collect();
        let purposes: Vec<_> = ending.purposes.iter().map(|purpose| purpose.as_str()).collect();
        let persons: Vec<_> = ending.persons.iter().map(|person| person.id).collect();
        let (actor, now) = (permit.actor(), permit.actor().now);
        let statement = self.statement(
            WRITE,
            [
                order.into(),
                case.into(),
                person.into(),
                words(&ended).into(),
                persons.into(),
                words(&purposes).into(),
                event.0.into(),
                to_json(ending)?.into(),
                actor.user.0.into(),
                permit.role().map(|role| role.to_string()).into(),
                now.into(),
            ],
        );
        let rows = Written::find_by_statement(statement).all(&self.link).await?;
        let left = |row: Written| OrderWork {
            freezing_request: FreezingRequestId(row.request_id),
            requested_state_display_name: row.display_name,
            state: State::Pending,
            outcome: None,
            create_time: now,
            done_time: None,
        };
        Ok(rows.into_iter().map(left).collect())
    }

    /// A page of the work under an order, on those requests that the scope sees, the newest first.
    pub async fn order_work(
        &self,
        scope: &Scope,
        order: OrderId,
        page: &PageQuery,
    ) -> Result<Vec<OrderWork>> {
        let (before, id) = page.after.unwrap_or((DateTime::<Utc>::MAX_UTC, Uuid::max()));
        let select = select(scope, Expr::val(order.0))
            .and_where(Expr::cust_with_values(
                "(w.create_time, w.request_id) < ($1, $2)",
                [sea_orm::Value::from(before), id.into()],
            ))
            .order_by_expr(Expr::cust("w.create_time"), Order::Desc)
            .order_by_expr(Expr::cust("w.request_id"), Order::Desc)
            .limit(page.size + 1)
            .to_owned();
        let rows = Listed::find_by_statement(self.link.get_database_backend().build(&select))
            .all(&self.link)
            .await?;
        Ok(rows.into_iter().map(|row| entry(row.entry.0)).collect())
    }

    /// Takes a piece of work that is due by the system's time, and locks it with its request.
    pub async fn take_order_work(&self, system_time: DateTime<Utc>) -> Result<Option<OrderTask>> {
        let statement = self.statement(TAKE, [system_time.into()]);
        let row = Taken::find_by_statement(statement).one(&self.link).await?;
        let task = |row: Taken| {
            Ok(OrderTask {
                event: EventId(row.event_id),
                request: FreezingRequestId(row.request_id),
                ending: row.ending,
                author: UserId(row.author_id),
                author_display_name: row.display_name,
                author_organization: OrganizationId(row.organization_id),
                author_kind: word("organization", "kind", &row.kind)?,
                author_role: row
                    .author_role
                    .as_deref()
                    .map(|role| word("order_work", "author_role", role))
                    .transpose()?,
                attempts: row.attempts,
                clock_offset: Duration::seconds(row.seconds),
            })
        };
        row.map(task).transpose()
    }

    /// Notes what came of a piece of work.
    pub async fn finish_order_work(
        &self,
        task: &OrderTask,
        outcome: Outcome,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let row = order_work::ActiveModel {
            done_time: Set(Some(now)),
            outcome: Set(Some(outcome.to_string())),
            ..Default::default()
        };
        self.update_order_work(task, row).await
    }

    /// Lets a piece of work wait that failed.
    pub async fn put_order_work_off(&self, task: &OrderTask, next_time: DateTime<Utc>) -> Result<()> {
        let row = order_work::ActiveModel {
            attempts: Set(task.attempts + 1),
            next_time: Set(next_time),
            ..Default::default()
        };
        self.update_order_work(task, row).await
    }

    async fn update_order_work(&self, task: &OrderTask, row: order_work::ActiveModel) -> Result<()> {
        order_work::Entity::update_many()
            .set(row)
            .filter(order_work::Column::EventId.eq(task.event.0))
            .filter(order_work::Column::RequestId.eq(task.request.0))
            .filter(order_work::Column::DoneTime.is_null())
            .exec(&self.link)
            .await?;
        Ok(())
    }
}
