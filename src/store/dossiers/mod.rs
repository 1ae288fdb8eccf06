//! Reading requests with what belongs to them, in one statement each.

use chrono::{DateTime, NaiveDate, Utc};
use focalnet_domain::{
    filter,
    freezing_request::FreezingRequest,
    journal::{Audience, Hash},
    names::{CaseId, FreezingRequestId, OrderId, OrganizationId},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use self::{
    rows::{Row, from_row, select},
    versions::Content,
};
use super::{
    PageQuery, Tx, approvals::OpenApproval, calls::Answered, entity::freezing_request, found::these,
    order_work::OrderTask, scopes,
};
use crate::{
    authz::Scope,
    error::{Error, Result},
};

mod rows;
mod versions;

/// A request with the heads of its streams and its open proposals, and without its assets and what
/// earlier versions say: who needs one reads it.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// The request.
    pub request: FreezingRequest,
    /// The head of each stream that has begun.
    pub heads: Vec<Head>,
    /// Proposals nobody has decided.
    pub approvals: Vec<OpenApproval>,
}

/// The head of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The stream.
    pub audience: Audience,
    /// Number of its last event.
    pub index: i64,
    /// Time of its last event.
    pub time: DateTime<Utc>,
    /// Hash of its last event.
    pub hash: Hash,
}

impl Tx {
    /// A request that the scope sees.
    pub async fn dossier(
        &self,
        scope: &Scope,
        name: FreezingRequestId,
        today: NaiveDate,
    ) -> Result<Option<Dossier>> {
        let select = select(today, Content::Whole)
            .filter(freezing_request::Column::Id.eq(name.0))
            .filter(scopes::requests(scope));
        select.into_model::<Row>().one(&self.link).await?.map(from_row).transpose()
    }

    /// The request of a piece of work that the server itself has taken, whoever may see it.
    pub async fn dossier_at_work(&self, task: &OrderTask, today: NaiveDate) -> Result<Dossier> {
        let select = select(today, Content::Whole).filter(freezing_request::Column::Id.eq(task.request.0));
        let row = select.into_model::<Row>().one(&self.link).await?;
        from_row(row.ok_or_else(|| Error::internal("work is left on a request that is not there"))?)
    }

    /// Whether the scope sees a request.
    pub async fn sees_request(&self, scope: &Scope, name: FreezingRequestId) -> Result<bool> {
        let select = freezing_request::Entity::find_by_id(name.0)
            .select_only()
            .column(freezing_request::Column::Id)
            .filter(scopes::requests(scope));
        Ok(select.into_tuple::<Uuid>().one(&self.link).await?.is_some())
    }

    /// Locks a request that the scope sees, before anything of it is read, and brings the answer to an earlier call with
    /// the same `request_id`.
    pub async fn lock_request(
        &self,
        scope: &Scope,
        name: FreezingRequestId,
        call: (&str, Option<Uuid>),
        now: DateTime<Utc>,
    ) -> Result<Option<Option<Answered>>> {
        let select = freezing_request::Entity::find_by_id(name.0).filter(scopes::requests(scope));
        self.lock(scope, (name.0, select), call, now).await
    }

    /// A page of the requests the scope sees, without what was sent: for the Court by drafting, for a State by
    /// transmission.
    pub async fn dossiers(
        &self,
        scope: &Scope,
        filter: &[filter::Condition],
        today: NaiveDate,
        page: &PageQuery,
    ) -> Result<Vec<Dossier>> {
        use freezing_request::Column;
        let mut which = Condition::all();
        for condition in filter {
            let value = condition.value.as_str();
            which = which.add(match condition.field.as_str() {
                "state" => Column::State.eq(value),
                "origin" => Column::Origin.eq(value),
                "requested_state" => Column::RequestedStateId
                    .eq(value.parse::<OrganizationId>().map(|name| name.0).unwrap_or_default()),
                "order" => {
                    Column::OrderId.eq(value.parse::<OrderId>().map(|name| name.0).unwrap_or_default())
                }
                _ => Column::CaseId.eq(value.parse::<CaseId>().map(|name| name.0).unwrap_or_default()),
            });
        }
        let time = if scope.is_court() { Column::CreateTime } else { Column::TransmitTime };
        let order = (time, Column::Id);
        let ways = vec![scopes::requests(scope)];
        let found = self.found::<freezing_request::Entity>(ways, &which, order, page).await?;
        if found.is_empty() {
            return Ok(Vec::new());
        }
        let select = these(select(today, Content::Nothing), order, found);
        select.into_model::<Row>().all(&self.link).await?.into_iter().map(from_row).collect()
    }
}
