//! Orders of Chambers.

use chrono::{DateTime, Utc};
use focalnet_domain::{
    filter,
    journal::Hash,
    names::{CaseId, OrderId},
    order::{Change, Order, OrderPerson, PurposeAmount},
    series::{SHOWN, Series},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait as _, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, Select,
    sea_query::{Expr, SimpleExpr, SubQueryStatement},
};
use uuid::Uuid;

use super::{
    Answered, Numbered, OpenApproval, PageQuery, Tx, approvals,
    entity::{court_order, order_change},
    entries::Kept,
    journal::hash,
    json, newest_first, order_purposes, order_recovery, order_work, permitted, scopes, to_json,
    typed::Typed,
    word,
};
use crate::{
    authz::{Permit, Scope},
    error::{Error, Result},
};

/// An order with what a call on it needs to know beside it.
#[derive(Debug, Clone)]
pub struct OrderSeen {
    /// The order.
    pub order: Order,
    /// Hash of its last event.
    pub head: Hash,
    /// Proposals nobody has decided.
    pub approvals: Vec<OpenApproval>,
}

#[derive(FromQueryResult)]
struct Row {
    #[sea_orm(nested)]
    own: court_order::Model,
    changes: Typed<Vec<order_change::Model>>,
    work: Typed<order_work::OfOrder>,
    outstanding: Typed<Vec<PurposeAmount>>,
    named: Typed<Vec<OrderPerson>>,
    approvals: Typed<Vec<approvals::OpenRow>>,
}

#[derive(FromQueryResult)]
struct Listed {
    #[sea_orm(nested)]
    own: court_order::Model,
    changes: Typed<Vec<order_change::Model>>,
}

/// The newest decisions about an order.
fn changes() -> SimpleExpr {
    Expr::cust(format!(
        "(SELECT coalesce(json_agg(c ORDER BY c.position), '[]') FROM (SELECT n.* FROM order_change n
            WHERE n.order_id = court_order.id ORDER BY n.position DESC LIMIT {SHOWN}) c)"
    ))
}

/// Saves where an order stands and the decision that brought it there.
const CHANGE: &str = "
WITH changed AS (UPDATE court_order SET state = $2, facts = $3, head = $4 WHERE id = $1)
INSERT INTO order_change (order_id, position, document_number, decision_date, summary) VALUES ($1, $5, $6, $7, $8)";

fn change(row: order_change::Model) -> Change {
    Change { document_number: row.document_number, decision_date: row.decision_date, summary: row.summary }
}

/// An order with the work on its requests, what is left to recover, and what is proposed.
fn select(scope: &Scope, name: OrderId) -> Select<court_order::Entity> {
    court_order::Entity::find_by_id(name.0)
        .expr_as(changes(), "changes")
        .expr_as(SubQueryStatement::SelectStatement(order_work::of_order(scope)), "work")
        .expr_as(Expr::cust(order_recovery::outstanding("court_order.id")), "outstanding")
        .expr_as(Expr::cust(order_purposes::NAMED), "named")
        .expr_as(Expr::cust(approvals::open("order_id", "court_order")), "approvals")
        .filter(scopes::orders(scope))
}

fn whole(row: Row) -> Result<OrderSeen> {
    let (mut order, head) = from_row(row.own, row.changes.0)?;
    (order.work, order.pending_work_count) = order_work::read(row.work.0);
    order.work_count = order.work.count();
    order.outstanding = row.outstanding.0;
    order.named_persons = row.named.0;
    Ok(OrderSeen { order, head, approvals: approvals::read(row.approvals.0)? })
}

fn from_row(row: court_order::Model, changes: Vec<order_change::Model>) -> Result<(Order, Hash)> {
    let count = changes.last().map_or(0, |last| last.position);
    let changes = changes.into_iter().map(change).collect();
    let changes = Series::of(usize::try_from(count).unwrap_or_default(), changes);
    let order = Order {
        name: OrderId(row.id),
        facts: json("court_order", row.facts)?,
        state: word("court_order", "state", &row.state)?,
        change_count: changes.count(),
        changes,
        create_time: row.create_time,
        work: Series::default(),
        work_count: 0,
        pending_work_count: 0,
        outstanding: Vec::new(),
        named_persons: Vec::new(),
        pending_approval: None,
    };
    Ok((order, hash(&row.head)?))
}

impl Tx {
    /// An order that the scope sees.
    pub async fn order(&self, scope: &Scope, name: OrderId) -> Result<Option<OrderSeen>> {
        select(scope, name).into_model::<Row>().one(&self.link).await?.map(whole).transpose()
    }

    /// Locks an order that the scope sees, before anything of it is read, and brings the answer to an earlier call with
    /// the same `request_id`.
    pub async fn lock_order(
        &self,
        scope: &Scope,
        name: OrderId,
        call: (&str, Option<Uuid>),
        now: DateTime<Utc>,
    ) -> Result<Option<Option<Answered>>> {
        let select = court_order::Entity::find_by_id(name.0).filter(scopes::orders(scope));
        self.lock(scope, (name.0, select), call, now).await
    }

    /// A page of the orders the scope sees.
    pub async fn orders(
        &self,
        scope: &Scope,
        filter: &[filter::Condition],
        page: &PageQuery,
    ) -> Result<Vec<(Order, Hash)>> {
        let mut which = scopes::orders(scope);
        for condition in filter {
            which = which.add(match condition.field.as_str() {
                "state" => court_order::Column::State.eq(condition.value.as_str()),
                "document_number" => court_order::Column::DocumentNumber.eq(condition.value.as_str()),
                _ => {
                    let case: Option<CaseId> = condition.value.parse().ok();
                    court_order::Column::CaseId.eq(case.map(|name| name.0).unwrap_or_default())
                }
            });
        }
        let select = court_order::Entity::find().expr_as(changes(), "changes").filter(which);
        let select = newest_first(select, court_order::Column::CreateTime, court_order::Column::Id, page);
        let rows = self.page_anew::<Listed>(&select).await?;
        rows.into_iter().map(|row| from_row(row.own, row.changes.0)).collect()
    }

    /// Saves a new order.
    pub async fn insert_order(&self, permit: &Permit, new: &Order, head: Hash) -> Result<()> {
        permitted(permit);
        let row = court_order::ActiveModel {
            id: Set(new.name.0),
            case_id: Set(new.facts.case.0),
            document_number: Set(new.facts.document_number.clone()),
            decision_date: Set(new.facts.decision_date),
            chamber_id: Set(new.facts.chamber.0),
            applicant_id: Set(new.facts.applicant.map(|name| name.0)),
            state: Set(new.state.to_string()),
            facts: Set(to_json(&new.facts)?),
            create_time: Set(new.create_time),
            head: Set(head.to_vec()),
        };
        court_order::Entity::insert(row).exec_without_returning(&self.link).await?;
        self.name_persons(new.name, &new.named_persons).await?;
        self.state_amounts(new.name, &new.facts.amounts).await
    }

    /// Saves the hash of an order's last event.
    pub async fn touch_order(&self, permit: &Permit, name: OrderId, head: Hash) -> Result<()> {
        permitted(permit);
        let row = court_order::ActiveModel { head: Set(head.to_vec()), ..Default::default() };
        court_order::Entity::update_many()
            .set(row)
            .filter(court_order::Column::Id.eq(name.0))
            .exec(&self.link)
            .await?;
        Ok(())
    }

    /// Saves what later decisions changed; persons and amounts only those that are new.
    pub async fn update_order(
        &self,
        permit: &Permit,
        changed: &Order,
        (persons, amounts): (&[OrderPerson], &[PurposeAmount]),
        head: Hash,
    ) -> Result<()> {
        permitted(permit);
        let (number, new) = changed
            .changes
            .last_numbered()
            .ok_or_else(|| Error::internal("an order changed by no decision"))?;
        let values = [
            changed.name.0.into(),
            changed.state.to_string().into(),
            to_json(&changed.facts)?.into(),
            head.to_vec().into(),
            i32::try_from(number).unwrap_or(i32::MAX).saturating_add(1).into(),
            new.document_number.clone().into(),
            new.decision_date.into(),
            new.summary.clone().into(),
        ];
        self.link.execute_raw(self.statement(CHANGE, values)).await?;
        if !persons.is_empty() {
            self.name_persons(changed.name, persons).await?;
        }
        self.state_amounts(changed.name, amounts).await
    }

    /// A page of the decisions about an order.
    pub async fn order_changes(&self, name: OrderId, page: &PageQuery) -> Result<Vec<Numbered<Change>>> {
        let kept = Kept {
            entry: "row_to_json(c)",
            from: "order_change c",
            number: "c.position",
            parent: "c.order_id",
        };
        self.entries(kept, name.0, (None, page), |row| Ok(change(row))).await
    }

    /// Whether the scope sees an order.
    pub async fn sees_order(&self, scope: &Scope, name: OrderId) -> Result<bool> {
        let select = court_order::Entity::find_by_id(name.0)
            .select_only()
            .column(court_order::Column::Id)
            .filter(scopes::orders(scope));
        Ok(select.into_tuple::<Uuid>().one(&self.link).await?.is_some())
    }
}
