//! Assets: reading them within a scope, and saving what an act changed.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, SimpleExpr},
};
use uuid::Uuid;

use super::{
    PageQuery, Tx,
    entity::{asset, court_order, freezing_request},
    json, newest_first, scopes,
};
use crate::{
    authz::Scope,
    domain::{
        asset::{Asset, Parent},
        asset_overview::Held,
        filter,
        names::{AssetId, CaseId},
    },
    error::Result,
};

mod filters;
pub(super) mod rows;
mod save;

pub use rows::AssetHeads;

#[derive(FromQueryResult)]
struct Row {
    asset: serde_json::Value,
    own: Option<bool>,
}

/// An asset that somebody sees.
#[derive(Debug, Clone)]
pub struct AssetSeen {
    /// The asset.
    pub asset: Asset,
    /// What its etag is made of.
    pub heads: AssetHeads,
    /// Whether its request, or its order, is seen as well; else it is shared with the caller's organ.
    pub own: bool,
}

fn seen(row: Row) -> Result<AssetSeen> {
    let (asset, heads) = rows::asset(row.asset)?;
    Ok(AssetSeen { asset, heads, own: row.own == Some(true) })
}

#[derive(FromQueryResult)]
struct Belongs {
    request_id: Option<Uuid>,
    order_id: Option<Uuid>,
    own: Option<bool>,
}

#[derive(FromQueryResult)]
struct HeldRow {
    asset: serde_json::Value,
    belongs: serde_json::Value,
}

/// What says of an asset whose it is and whether the obligation holds.
const BELONGS: &str = "coalesce((SELECT json_build_object('requested_state', json_build_array('organizations/' || s.id,
        s.display_name), 'state', r.state,
        'persons', (SELECT coalesce(json_agg(json_build_object('position', p.position, 'display_name', p.display_name,
            'status', p.status, 'person', 'cases/' || r.case_id || '/persons/' || p.person_id) ORDER BY p.position), '[]')
            FROM request_person p WHERE p.request_id = r.id),
        'purposes', (SELECT coalesce(json_agg(p ORDER BY p.position, p.purpose), '[]') FROM request_purpose p
            WHERE p.request_id = r.id))
        FROM freezing_request r JOIN organization s ON s.id = r.requested_state_id WHERE r.id = asset.request_id),
    (SELECT json_build_object('order_purposes', CASE WHEN o.state = 'in_force' THEN o.facts -> 'purposes' ELSE '[]' END)
        FROM court_order o WHERE o.id = asset.order_id))";

fn select() -> sea_orm::Select<asset::Entity> {
    asset::Entity::find().select_only().column_as(Expr::cust(rows::ASSET), "asset")
}

/// The assets that a scope sees.
fn select_seen(scope: &Scope) -> sea_orm::Select<asset::Entity> {
    select().column_as(SimpleExpr::from(scopes::own_assets(scope)), "own").filter(scopes::assets(scope))
}

impl Tx {
    /// An asset that the scope sees.
    pub async fn asset(&self, scope: &Scope, name: AssetId) -> Result<Option<AssetSeen>> {
        let select = select_seen(scope).filter(asset::Column::Id.eq(name.0));
        select.into_model::<Row>().one(&self.tx).await?.map(seen).transpose()
    }

    /// The assets of a case that the scope sees, each with what says whose it is and whether the obligation holds.
    pub async fn assets_of_case(&self, scope: &Scope, case: CaseId) -> Result<Vec<Held>> {
        let mut requests = freezing_request::Entity::find()
            .select_only()
            .column(freezing_request::Column::Id)
            .filter(freezing_request::Column::CaseId.eq(case.0));
        let mut orders = court_order::Entity::find()
            .select_only()
            .column(court_order::Column::Id)
            .filter(court_order::Column::CaseId.eq(case.0));
        let of_case = Condition::any()
            .add(asset::Column::RequestId.in_subquery(QuerySelect::query(&mut requests).to_owned()))
            .add(asset::Column::OrderId.in_subquery(QuerySelect::query(&mut orders).to_owned()));
        let of_case = Condition::all().add(of_case).add(scopes::assets(scope));
        let select = select().column_as(Expr::cust(BELONGS), "belongs").filter(of_case);
        let select = select.order_by_asc(asset::Column::CreateTime).order_by_asc(asset::Column::Id);
        let held = |row: HeldRow| {
            let (asset, _) = rows::asset(row.asset)?;
            Ok(Held { asset, belongs: json("freezing_request", row.belongs)? })
        };
        select.into_model::<HeldRow>().all(&self.tx).await?.into_iter().map(held).collect()
    }

    /// Where an asset that the scope sees belongs, and whether the scope sees that as well.
    pub async fn parent_of(&self, scope: &Scope, name: AssetId) -> Result<Option<(Parent, bool)>> {
        let select = asset::Entity::find_by_id(name.0)
            .select_only()
            .columns([asset::Column::RequestId, asset::Column::OrderId])
            .column_as(SimpleExpr::from(scopes::own_assets(scope)), "own")
            .filter(scopes::assets(scope));
        let found = select.into_model::<Belongs>().one(&self.tx).await?;
        Ok(found.and_then(|row| {
            let request =
                row.request_id.map(|id| Parent::Request(crate::domain::names::FreezingRequestId(id)));
            let parent = request.or(row.order_id.map(|id| Parent::Order(crate::domain::names::OrderId(id))));
            parent.map(|parent| (parent, row.own == Some(true)))
        }))
    }

    /// A page of the assets that the scope sees; of one parent, where it is said.
    pub async fn assets(
        &self,
        scope: &Scope,
        parent: Option<Parent>,
        (filter, today): (&[filter::Condition], NaiveDate),
        page: &PageQuery,
    ) -> Result<Vec<AssetSeen>> {
        let which = Condition::all();
        let mut which = match parent {
            Some(Parent::Request(name)) => which.add(asset::Column::RequestId.eq(name.0)),
            Some(Parent::Order(name)) => which.add(asset::Column::OrderId.eq(name.0)),
            None => which,
        };
        for condition in filter {
            which = which.add(filters::asked(condition, today));
        }
        let select = newest_first(
            select_seen(scope).filter(which),
            asset::Column::CreateTime,
            asset::Column::Id,
            page,
        );
        select.into_model::<Row>().all(&self.tx).await?.into_iter().map(seen).collect()
    }

    /// How many assets an order has, for the number of the next.
    pub async fn count_of_order(&self, order: crate::domain::names::OrderId) -> Result<usize> {
        use sea_orm::PaginatorTrait as _;
        let count = asset::Entity::find().filter(asset::Column::OrderId.eq(order.0)).count(&self.tx).await?;
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    }
}

/// When a page of assets goes on.
#[must_use]
pub fn place(asset: &Asset) -> (DateTime<Utc>, Uuid) {
    (asset.recorded.create_time, asset.name.0)
}
