//! Which assets a scope sees: asked of one asset, or as ways along which a list finds them.

use focalnet_domain::names::{CaseId, OrganizationId, PersonId, UserId};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, SelectStatement, SimpleExpr},
};

use super::{cases_of, exists, ids_of, nothing, orders, requests};
use crate::{
    authz::{Scope, scope::ReadsAs},
    store::{
        column,
        entity::{
            asset, asset_share, court_order, freezing_request, order_purpose, organization, request_person,
        },
    },
};

/// Assets: those of one's own, and of the cases one is assigned to what is shared with one's organ. For one asset, or a
/// few: it asks of each whether it is seen. A list begins at what is seen, by [`ways`].
pub(in crate::store) fn assets(scope: &Scope) -> Condition {
    let own = own_assets(scope);
    let ReadsAs::Court(organ, user) = scope.reads_as() else { return own };
    let shared = Condition::all()
        .add(exists(shared_with(organ), asset_share::Column::AssetId, column(asset::Column::Id)))
        .add(exists(requests_of(user), freezing_request::Column::Id, column(asset::Column::RequestId)));
    Condition::any().add(own).add(shared)
}

/// Assets of the requests a scope sees, and those that the Court holds under orders it sees.
pub(in crate::store) fn own_assets(scope: &Scope) -> Condition {
    let seen_requests = freezing_request::Entity::find().filter(requests(scope));
    let seen_orders = court_order::Entity::find().filter(orders(scope));
    Condition::any()
        .add(exists(seen_requests, freezing_request::Column::Id, column(asset::Column::RequestId)))
        .add(exists(seen_orders, court_order::Column::Id, column(asset::Column::OrderId)))
}

/// To which assets of a scope a question goes.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::store) struct Within {
    /// Of this case only.
    pub(in crate::store) case: Option<CaseId>,
    /// Of requests and orders that name this person only.
    pub(in crate::store) person: Option<PersonId>,
}

impl Within {
    fn requests(self, mut select: Select<freezing_request::Entity>) -> Select<freezing_request::Entity> {
        use freezing_request::Column;
        if let Some(case) = self.case {
            select = select.filter(Column::CaseId.eq(case.0));
        }
        if let Some(person) = self.person {
            let mut named = request_person::Entity::find()
                .select_only()
                .column(request_person::Column::RequestId)
                .filter(request_person::Column::PersonId.eq(person.id));
            select = select.filter(Column::Id.in_subquery(QuerySelect::query(&mut named).to_owned()));
        }
        select
    }

    /// The orders that a scope sees, as far as the question goes to them.
    pub(in crate::store) fn orders(self, scope: &Scope) -> SelectStatement {
        use court_order::Column;
        let mut select = court_order::Entity::find().select_only().column(Column::Id).filter(orders(scope));
        if let Some(case) = self.case {
            select = select.filter(Column::CaseId.eq(case.0));
        }
        if let Some(person) = self.person {
            let mut named = order_purpose::Entity::find()
                .select_only()
                .column(order_purpose::Column::OrderId)
                .filter(order_purpose::Column::PersonId.eq(person.id));
            select = select.filter(Column::Id.in_subquery(QuerySelect::query(&mut named).to_owned()));
        }
        QuerySelect::query(&mut select).to_owned()
    }
}

/// The ways in which a scope comes to see assets: together they are [`assets`]. Each is a condition of its own, because
/// a plan can begin at an index for each, and for none of them once they are joined by `OR`.
pub(in crate::store) fn ways(scope: &Scope, within: Within) -> Vec<Condition> {
    use asset::Column;
    let seen = within.requests(freezing_request::Entity::find().filter(requests(scope)));
    let (organ, user) = match scope.reads_as() {
        ReadsAs::None => return vec![nothing()],
        ReadsAs::Court(organ, user) => (organ, user),
        ReadsAs::State(own) => return vec![of_state(Expr::val(own.0), seen)],
        ReadsAs::Authority(own) => {
            let state = organization::Entity::find_by_id(own.0)
                .select_only()
                .column(organization::Column::StateId)
                .into_query();
            return vec![of_state(SimpleExpr::SubQuery(None, Box::new(state.into())), seen)];
        }
    };
    let of_requests = |select| Column::RequestId.in_subquery(ids_of(select));
    let mut ways = vec![Condition::all().add(of_requests(seen))];
    let mut shared = shared_with(organ).select_only().column(asset_share::Column::AssetId);
    ways.push(
        Condition::all()
            .add(Column::Id.in_subquery(QuerySelect::query(&mut shared).to_owned()))
            .add(of_requests(within.requests(requests_of(user)))),
    );
    // A few assets among many orders, with an index of their own.
    let held = Condition::all().add(Column::OrderId.is_not_null());
    ways.push(held.add(Column::OrderId.in_subquery(within.orders(scope))));
    ways
}

/// The assets of a State, as far as their requests are seen: an index gives the newest of them.
fn of_state(state: SimpleExpr, seen: Select<freezing_request::Entity>) -> Condition {
    Condition::all().add(column(asset::Column::RequestedStateId).eq(state)).add(exists(
        seen,
        freezing_request::Column::Id,
        column(asset::Column::RequestId),
    ))
}

/// What is shared with an organ now.
fn shared_with(organ: OrganizationId) -> Select<asset_share::Entity> {
    asset_share::Entity::find()
        .filter(asset_share::Column::RecipientId.eq(organ.0))
        .filter(asset_share::Column::RevokeTime.is_null())
}

/// All requests of the cases that a Court user is assigned to now.
fn requests_of(user: UserId) -> Select<freezing_request::Entity> {
    freezing_request::Entity::find().filter(freezing_request::Column::CaseId.in_subquery(cases_of(user)))
}
