//! How much orders ask for each purpose at most, and how much of it was recovered. Whoever recovers locks the
//! order first, then the request, as decisions about orders do.

use focalnet_domain::{
    asset::Parent,
    money::Money,
    names::{CaseId, OrderId, PersonId},
    order::{PurposeAmount, PurposeKind, Recovery},
};
use rust_decimal::Decimal;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait as _, EntityTrait, FromQueryResult, JoinType, QueryFilter as _,
    QueryOrder as _, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use serde_json::json;
use uuid::Uuid;

use super::{
    Tx,
    entity::{court_order, order_recovery},
    permitted,
    scopes::Within,
    typed::Typed,
    word,
};
use crate::{
    authz::{Permit, Scope},
    error::{Error, Result},
};

/// What is left under an order, as a column of a statement in which `order` is the column with the order's id.
pub(super) fn outstanding(order: &str) -> String {
    format!(
        "(SELECT coalesce(json_agg(json_build_object('purpose', y.purpose, 'amount',
        json_build_object('currency_code', y.currency_code, 'amount', trim_scale(y.amount - y.recovered)::text))
        ORDER BY y.position), '[]') FROM order_recovery y WHERE y.order_id = {order})"
    )
}

/// Locks the order of an asset, also where it states no amount yet: one may be about to be stated.
const LOCK_ORDER: &str = "
SELECT o.id FROM court_order o WHERE o.id = coalesce($1, (SELECT r.order_id FROM freezing_request r WHERE r.id = $2))
FOR UPDATE";

/// The purposes to which anything was allocated under an order.
const ALLOCATED: &str = "
SELECT DISTINCT l.purpose FROM asset a JOIN allocation l ON l.asset_id = a.id
WHERE a.order_id = $1 OR a.request_id IN (SELECT r.id FROM freezing_request r WHERE r.order_id = $1)";

/// Both are locked, so that the amounts are those of now and not those from before the wait.
const LOCK: &str = "
SELECT y.order_id, y.purpose, y.currency_code, y.amount - y.recovered AS outstanding
FROM court_order o JOIN order_recovery y ON y.order_id = o.id
WHERE o.id = coalesce($1, (SELECT r.order_id FROM freezing_request r WHERE r.id = $2))
ORDER BY y.position FOR UPDATE OF o, y";

const ADD: &str = "
UPDATE order_recovery y SET recovered = y.recovered + a.amount
FROM jsonb_to_recordset($2) AS a(purpose text, amount numeric) WHERE y.order_id = $1 AND y.purpose = a.purpose";

/// What an order asks for a purpose, and until when it holds for a person, or for anybody.
const RECOVERY: &str = "json_build_object('order', 'orders/' || court_order.id,
    'document_number', court_order.document_number, 'purpose', y.purpose,
    'amount', json_build_object('currency_code', y.currency_code, 'amount', trim_scale(y.amount)::text),
    'recovered', json_build_object('currency_code', y.currency_code, 'amount', trim_scale(y.recovered)::text),
    'outstanding', json_build_object('currency_code', y.currency_code, 'amount',
        trim_scale(y.amount - y.recovered)::text),
    'end_date', (SELECT CASE WHEN bool_and(q.end_date IS NOT NULL) THEN max(q.end_date) END FROM order_purpose q
        WHERE q.order_id = court_order.id AND q.purpose = y.purpose AND ($1::uuid IS NULL OR q.person_id = $1)))";

#[derive(FromQueryResult)]
struct Allocated {
    purpose: String,
}

#[derive(FromQueryResult)]
struct Row {
    order_id: Uuid,
    purpose: String,
    currency_code: String,
    outstanding: Decimal,
}

impl Tx {
    /// What is left to recover under the order that an asset belongs to, locked; none where it states no amounts.
    pub async fn lock_recovery(&self, parent: Parent) -> Result<Option<(OrderId, Vec<PurposeAmount>)>> {
        let (order, request) = match parent {
            Parent::Order(name) => (Some(name.0), None),
            Parent::Request(name) => (None, Some(name.0)),
        };
        let lock = self.statement(LOCK_ORDER, [order.into(), request.into()]);
        self.link.execute_raw(lock).await?;
        let statement = self.statement(LOCK, [order.into(), request.into()]);
        let rows = Row::find_by_statement(statement).all(&self.link).await?;
        let Some(order) = rows.first().map(|row| OrderId(row.order_id)) else { return Ok(None) };
        let left = |row: Row| {
            Ok(PurposeAmount {
                purpose: word("order_recovery", "purpose", &row.purpose)?,
                amount: Money::new(&row.currency_code, row.outstanding)
                    .map_err(|error| Error::internal(error.to_string()))?,
            })
        };
        Ok(Some((order, rows.into_iter().map(left).collect::<Result<_>>()?)))
    }

    /// The purposes to which anything was allocated under an order already.
    pub async fn allocated_under(&self, order: OrderId) -> Result<Vec<PurposeKind>> {
        let statement = self.statement(ALLOCATED, [order.0.into()]);
        let rows = Allocated::find_by_statement(statement).all(&self.link).await?;
        rows.iter().map(|row| word("allocation", "purpose", &row.purpose)).collect()
    }

    /// What the orders of a case that the scope sees ask for, where they state amounts; of orders that name a person only,
    /// where one is said.
    pub async fn recoveries(
        &self,
        scope: &Scope,
        case: CaseId,
        person: Option<PersonId>,
    ) -> Result<Vec<Recovery>> {
        let within = Within { case: Some(case), person };
        let is_its = Expr::cust("y.order_id = court_order.id");
        let recovery = Expr::cust_with_values(RECOVERY, [person.map(|person| person.id)]);
        let mut select = court_order::Entity::find().select_only().expr_as(recovery, "recovery");
        QuerySelect::query(&mut select).join_as(JoinType::InnerJoin, "order_recovery", "y", is_its);
        let select = select
            .filter(court_order::Column::Id.in_subquery(within.orders(scope)))
            .order_by_asc(court_order::Column::DecisionDate)
            .order_by_asc(court_order::Column::Id)
            .order_by_asc(Expr::cust("y.position"));
        let all = select.into_tuple::<Typed<Recovery>>().all(&self.link).await?;
        Ok(all.into_iter().map(|recovery| recovery.0).collect())
    }

    /// Saves what an order states.
    pub(super) async fn state_amounts(&self, order: OrderId, amounts: &[PurposeAmount]) -> Result<()> {
        if amounts.is_empty() {
            return Ok(());
        }
        let row = |(position, stated): (usize, &PurposeAmount)| order_recovery::ActiveModel {
            order_id: Set(order.0),
            purpose: Set(stated.purpose.to_string()),
            position: Set(i32::try_from(position).unwrap_or(i32::MAX)),
            amount: Set(stated.amount.amount()),
            currency_code: Set(stated.amount.currency_code().to_owned()),
            recovered: Set(Decimal::ZERO),
        };
        let again = OnConflict::columns([order_recovery::Column::OrderId, order_recovery::Column::Purpose])
            .update_columns([order_recovery::Column::Amount, order_recovery::Column::CurrencyCode])
            .to_owned();
        order_recovery::Entity::insert_many(amounts.iter().enumerate().map(row))
            .on_conflict(again)
            .exec_without_returning(&self.link)
            .await?;
        Ok(())
    }

    /// Counts what was recovered.
    pub async fn add_recovered(
        &self,
        permit: &Permit,
        order: OrderId,
        recovered: &[(PurposeKind, Decimal)],
    ) -> Result<()> {
        permitted(permit);
        let row = |(purpose, amount): &(PurposeKind, Decimal)| json!({ "purpose": purpose, "amount": amount.to_string() });
        let rows = serde_json::Value::Array(recovered.iter().map(row).collect());
        self.link.execute_raw(self.statement(ADD, [order.0.into(), rows.into()])).await?;
        Ok(())
    }
}
