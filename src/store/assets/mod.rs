//! Assets: reading them within a scope, and saving what an act changed.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use focalnet_domain::{
    asset::{Asset, Parent},
    asset_overview::Belongs,
    filter,
    names::{AssetId, CaseId, FreezingRequestId, OrderId, PersonId},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, SelectStatement, SimpleExpr, UnionType},
};
use uuid::Uuid;

use super::{
    PageQuery, Tx,
    entity::asset,
    found::these,
    scopes::{self, Within},
    typed::Typed,
};
use crate::{authz::Scope, error::Result};

mod facts;
mod filters;
mod lists;
mod read;
mod report;
mod rows;
mod save;

pub(super) use filters::COUNTS;
pub use rows::{AssetHeads, Facts};

#[derive(FromQueryResult)]
struct Row {
    asset: Typed<rows::AssetRow>,
    own: Option<bool>,
}

#[derive(FromQueryResult)]
struct Found {
    asset: Typed<rows::AssetRow>,
}

/// As many assets as one call names.
const TOLD: u64 = 200;

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
    let (asset, heads) = rows::asset(row.asset.0)?;
    Ok(AssetSeen { asset, heads, own: row.own == Some(true) })
}

#[derive(FromQueryResult)]
struct ParentIds {
    request_id: Option<Uuid>,
    order_id: Option<Uuid>,
    own: Option<bool>,
}

#[derive(FromQueryResult)]
struct ParentRow {
    id: Uuid,
    belongs: Typed<Belongs>,
}

/// What says of the assets of requests and orders whose they are and whether the obligation holds.
const BELONGS: &str = "
SELECT r.id, json_build_object('requested_state', json_build_array('organizations/' || s.id, s.display_name),
    'valid_until_date', (SELECT o.facts ->> 'valid_until_date' FROM court_order o WHERE o.id = r.order_id),
    'persons', (SELECT coalesce(json_agg(json_build_object('position', p.position, 'display_name', p.display_name,
        'person', 'cases/' || r.case_id || '/persons/' || p.person_id) ORDER BY p.position), '[]')
        FROM request_person p WHERE p.request_id = r.id),
    'purposes', (SELECT coalesce(json_agg(json_build_object('position', p.position, 'purpose', p.purpose, 'end_date', p.end_date,
        'end_time', p.end_time) ORDER BY p.position, p.purpose), '[]') FROM request_purpose p
        WHERE p.request_id = r.id),
    'ends', (SELECT coalesce(json_agg(json_build_object('event', 'events/' || e.id, 'time', e.time) ORDER BY e.time), '[]')
        FROM journal_event e WHERE e.subject_id = r.id AND e.audience = 'shared' AND e.act IN ('cease', 'withdraw')))
        AS belongs
FROM freezing_request r JOIN organization s ON s.id = r.requested_state_id
WHERE r.id = ANY ($1)
UNION ALL
SELECT o.id, json_build_object('valid_until_date', o.facts ->> 'valid_until_date',
    'persons', (SELECT coalesce(json_agg(json_build_object('position', p.position, 'display_name',
        concat_ws(' ', c.facts ->> 'given_names', c.facts ->> 'family_name'),
        'person', 'cases/' || o.case_id || '/persons/' || c.id) ORDER BY p.position), '[]')
        FROM (SELECT DISTINCT q.position, q.person_id FROM order_purpose q WHERE q.order_id = o.id) p
        JOIN case_person c ON c.id = p.person_id),
    'purposes', (SELECT coalesce(json_agg(json_build_object('position', p.position, 'purpose', p.purpose, 'end_date', p.end_date,
        'end_time', p.end_time) ORDER BY p.position, p.purpose), '[]') FROM order_purpose p
        WHERE p.order_id = o.id))
FROM court_order o WHERE o.id = ANY ($2)";

fn select(facts: Facts<'_>) -> sea_orm::Select<asset::Entity> {
    asset::Entity::find().select_only().column_as(facts.json(), "asset")
}

/// The assets that a scope sees.
fn select_seen(scope: &Scope, facts: Facts<'_>) -> sea_orm::Select<asset::Entity> {
    select(facts).column_as(SimpleExpr::from(scopes::own_assets(scope)), "own").filter(scopes::assets(scope))
}

/// The ids of assets.
fn ids(which: Condition) -> SelectStatement {
    asset::Entity::find().select_only().column(asset::Column::Id).filter(which).into_query()
}

impl Tx {
    /// An asset that the scope sees.
    pub async fn asset(&self, scope: &Scope, name: AssetId, facts: Facts<'_>) -> Result<Option<AssetSeen>> {
        let select = select_seen(scope, facts).filter(asset::Column::Id.eq(name.0));
        select.into_model::<Row>().one(&self.link).await?.map(seen).transpose()
    }

    /// The assets of a request with these names.
    pub async fn assets_named(
        &self,
        request: FreezingRequestId,
        names: &[AssetId],
        day: NaiveDate,
    ) -> Result<Vec<Asset>> {
        let which = asset::Column::Id.is_in(names.iter().map(|name| name.0));
        self.assets_of(request, which.into(), day).await
    }

    /// The first assets of a request of which something is left, at most as many as are told.
    pub async fn outstanding_assets(&self, request: FreezingRequestId, day: NaiveDate) -> Result<Vec<Asset>> {
        self.assets_of(request, filters::outstanding(), day).await
    }

    async fn assets_of(
        &self,
        request: FreezingRequestId,
        which: Condition,
        day: NaiveDate,
    ) -> Result<Vec<Asset>> {
        let select = select(Facts::on(day))
            .filter(asset::Column::RequestId.eq(request.0))
            .filter(which)
            .order_by_asc(asset::Column::Position)
            .limit(TOLD);
        let rows = select.into_model::<Found>().all(&self.link).await?;
        rows.into_iter().map(|row| Ok(rows::asset(row.asset.0)?.0)).collect()
    }

    /// The assets of a case that the scope sees; of requests and orders that name a person
    /// only, where one is said.
    pub async fn assets_of_case(
        &self,
        scope: &Scope,
        case: CaseId,
        person: Option<PersonId>,
    ) -> Result<Vec<AssetSeen>> {
        let ways = scopes::ways(scope, Within { case: Some(case), person });
        let ids = ways.into_iter().map(ids).reduce(|mut all, way| all.union(UnionType::All, way).to_owned());
        let ids = ids.map_or_else(|| Expr::cust("false"), |ids| asset::Column::Id.in_subquery(ids));
        let own = SimpleExpr::from(scopes::own_assets(scope));
        let select = select(Facts::All).column_as(own, "own").filter(ids);
        let select = select.order_by_asc(asset::Column::CreateTime).order_by_asc(asset::Column::Id);
        select.into_model::<Row>().all(&self.link).await?.into_iter().map(seen).collect()
    }

    /// What says whose the assets of these requests and orders are, and whether the obligation holds.
    pub async fn belongs(
        &self,
        requests: &BTreeSet<FreezingRequestId>,
        orders: &BTreeSet<OrderId>,
    ) -> Result<HashMap<Uuid, Belongs>> {
        let requests: Vec<_> = requests.iter().map(|name| name.0).collect();
        let orders: Vec<_> = orders.iter().map(|name| name.0).collect();
        let statement = self.statement(BELONGS, [requests.into(), orders.into()]);
        let rows = ParentRow::find_by_statement(statement).all(&self.link).await?;
        Ok(rows.into_iter().map(|row| (row.id, row.belongs.0)).collect())
    }

    /// Where an asset that the scope sees belongs, and whether the scope sees that as well.
    pub async fn parent_of(&self, scope: &Scope, name: AssetId) -> Result<Option<(Parent, bool)>> {
        let select = asset::Entity::find_by_id(name.0)
            .select_only()
            .columns([asset::Column::RequestId, asset::Column::OrderId])
            .column_as(SimpleExpr::from(scopes::own_assets(scope)), "own")
            .filter(scopes::assets(scope));
        let found = select.into_model::<ParentIds>().one(&self.link).await?;
        Ok(found.and_then(|row| {
            let request =
                row.request_id.map(|id| Parent::Request(focalnet_domain::names::FreezingRequestId(id)));
            let parent =
                request.or(row.order_id.map(|id| Parent::Order(focalnet_domain::names::OrderId(id))));
            parent.map(|parent| (parent, row.own == Some(true)))
        }))
    }

    /// A page of the assets that the scope sees; of one parent, where it is said.
    pub async fn assets(
        &self,
        scope: &Scope,
        parent: Option<Parent>,
        (filter, today, facts): (&[filter::Condition], NaiveDate, Facts<'_>),
        page: &PageQuery,
    ) -> Result<Vec<AssetSeen>> {
        let which = Condition::all();
        let mut which = match parent {
            Some(Parent::Request(name)) => which.add(asset::Column::RequestId.eq(name.0)),
            Some(Parent::Order(name)) => which.add(asset::Column::OrderId.eq(name.0)),
            None => which,
        };
        if let Facts::Shown { unknown_from: Some(end), .. } = facts {
            which = which.add(asset::Column::CreateTime.lt(end));
        }
        let mut within = Within::default();
        for condition in filter {
            if condition.field == "case" {
                within.case = Some(condition.value.parse().unwrap_or(CaseId(Uuid::nil())));
            } else {
                which = which.add(filters::asked(condition, today));
            }
        }
        let order = (asset::Column::CreateTime, asset::Column::Id);
        let found = self.found::<asset::Entity>(scopes::ways(scope, within), &which, order, page).await?;
        if found.is_empty() {
            return Ok(Vec::new());
        }
        let own = SimpleExpr::from(scopes::own_assets(scope));
        let select = these(select(facts).column_as(own, "own"), order, found);
        select.into_model::<Row>().all(&self.link).await?.into_iter().map(seen).collect()
    }

    /// How many assets an order has, for the number of the next.
    pub async fn count_of_order(&self, order: focalnet_domain::names::OrderId) -> Result<usize> {
        use sea_orm::PaginatorTrait as _;
        let count =
            asset::Entity::find().filter(asset::Column::OrderId.eq(order.0)).count(&self.link).await?;
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    }
}

/// When a page of assets goes on.
#[must_use]
pub fn place(asset: &Asset) -> (DateTime<Utc>, Uuid) {
    (asset.recorded.create_time, asset.name.0)
}
