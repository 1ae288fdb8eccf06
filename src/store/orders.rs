//! Orders of Chambers.

use chrono::{DateTime, Utc};
use focalnet_domain::{
    filter,
    journal::Hash,
    names::{CaseId, OrderId},
    order::{Order, OrderPerson, PurposeAmount},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, Select,
    sea_query::{Expr, SubQueryStatement},
};
use uuid::Uuid;

use super::{
    Answered, OpenApproval, PageQuery, Tx, approvals, entity::court_order, journal::hash, json, newest_first,
    order_purposes, order_recovery, order_work, permitted, scopes, to_json, word,
};
use crate::{
    authz::{Permit, Scope},
    error::Result,
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
    work: serde_json::Value,
    outstanding: serde_json::Value,
    named: serde_json::Value,
    approvals: serde_json::Value,
}

/// An order with the work on its requests, what is left to recover, and what is proposed.
fn select(scope: &Scope, name: OrderId) -> Select<court_order::Entity> {
    court_order::Entity::find_by_id(name.0)
        .expr_as(SubQueryStatement::SelectStatement(order_work::of_order(scope)), "work")
        .expr_as(Expr::cust(order_recovery::outstanding("court_order.id")), "outstanding")
        .expr_as(Expr::cust(order_purposes::NAMED), "named")
        .expr_as(Expr::cust(approvals::open("order_id", "court_order")), "approvals")
        .filter(scopes::orders(scope))
}

fn whole(row: Row) -> Result<OrderSeen> {
    let (mut order, head) = from_row(row.own)?;
    order.work = order_work::read(row.work)?;
    order.outstanding = order_recovery::read(row.outstanding)?;
    order.named_persons = order_purposes::read(row.named)?;
    Ok(OrderSeen { order, head, approvals: approvals::read(row.approvals)? })
}

fn from_row(row: court_order::Model) -> Result<(Order, Hash)> {
    let order = Order {
        name: OrderId(row.id),
        facts: json("court_order", row.facts)?,
        state: word("court_order", "state", &row.state)?,
        changes: json("court_order", row.changes)?,
        create_time: row.create_time,
        work: Vec::new(),
        outstanding: Vec::new(),
        named_persons: Vec::new(),
        pending_approval: None,
    };
    Ok((order, hash(&row.head)?))
}

impl Tx {
    /// An order that the scope sees.
    pub async fn order(&self, scope: &Scope, name: OrderId) -> Result<Option<OrderSeen>> {
        select(scope, name).into_model::<Row>().one(&self.tx).await?.map(whole).transpose()
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
        self.lock(scope, select, call, now).await
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
        let select = court_order::Entity::find().filter(which);
        let select = newest_first(select, court_order::Column::CreateTime, court_order::Column::Id, page);
        select.all(&self.tx).await?.into_iter().map(from_row).collect()
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
            changes: Set(to_json(&new.changes)?),
            create_time: Set(new.create_time),
            head: Set(head.to_vec()),
        };
        court_order::Entity::insert(row).exec_without_returning(&self.tx).await?;
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
            .exec(&self.tx)
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
        let row = court_order::ActiveModel {
            state: Set(changed.state.to_string()),
            facts: Set(to_json(&changed.facts)?),
            changes: Set(to_json(&changed.changes)?),
            head: Set(head.to_vec()),
            ..Default::default()
        };
        court_order::Entity::update_many()
            .set(row)
            .filter(court_order::Column::Id.eq(changed.name.0))
            .exec(&self.tx)
            .await?;
        if !persons.is_empty() {
            self.name_persons(changed.name, persons).await?;
        }
        self.state_amounts(changed.name, amounts).await
    }
}
