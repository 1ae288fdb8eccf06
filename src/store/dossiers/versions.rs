//! Versions of what a request says: those that come with the request, and one by its number.

use chrono::{DateTime, Utc};
use focalnet_domain::{
    freezing_request::{RequestContent, Version, VersionSummary, Versions, view::content_sha256},
    names::FreezingRequestId,
    series::SHOWN,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use serde::Deserialize;

use crate::{
    authz::Scope,
    error::{Error, Result},
    store::{Tx, entity::request_version, json, scopes},
};

const TABLE: &str = "request_version";

/// A version that has no digest brings what it says, for a digest to be made of it: it is not sent yet.
const WITHOUT_DIGEST: &str = "content_sha256 IS NULL";

#[derive(Deserialize)]
struct VersionRow {
    number: i32,
    changed_paths: Vec<String>,
    reason: Option<String>,
    transmit_time: Option<DateTime<Utc>>,
    content_sha256: Option<String>,
    content: Option<RequestContent>,
}

/// The versions that come with a request, as a column of it: the one that is not sent and the one sent last as they are,
/// and of those before what is told of them. There is one more than is told, because a State is not told of the unsent one.
pub(super) fn at_hand() -> String {
    format!(
        "(SELECT coalesce(json_agg(v ORDER BY v.number), '[]') FROM (
            SELECT number, changed_paths, reason, transmit_time, content_sha256, CASE
                WHEN {WITHOUT_DIGEST} OR count(transmit_time) OVER (ORDER BY number DESC) <= 1 THEN content END AS content
            FROM request_version WHERE request_id = freezing_request.id ORDER BY number DESC LIMIT {}) v)",
        SHOWN + 1
    )
}

/// What that column holds.
pub(super) fn read(column: serde_json::Value) -> Result<Versions> {
    let mut rows = json::<Vec<VersionRow>>(TABLE, column)?;
    let unsent = rows.pop_if(|row| row.transmit_time.is_none());
    Ok(Versions {
        unsent: unsent.map(whole).transpose()?,
        sent: rows.pop().map(whole).transpose()?,
        earlier: rows.into_iter().map(summary).collect::<Result<_>>()?,
    })
}

fn whole(row: VersionRow) -> Result<Version> {
    Ok(Version {
        number: row.number,
        content: row.content.ok_or_else(unread)?,
        changed_paths: row.changed_paths,
        reason: row.reason,
        transmit_time: row.transmit_time,
    })
}

fn summary(row: VersionRow) -> Result<VersionSummary> {
    let computed = || row.content.as_ref().map(content_sha256);
    Ok(VersionSummary {
        number: row.number,
        content_sha256: row.content_sha256.clone().or_else(computed).ok_or_else(unread)?,
        changed_paths: row.changed_paths,
        reason: row.reason,
        transmit_time: row.transmit_time,
    })
}

fn unread() -> Error {
    Error::internal("a version was read without what it says")
}

impl Tx {
    /// What a version says that the scope sees.
    pub async fn version(
        &self,
        scope: &Scope,
        request: FreezingRequestId,
        number: i32,
    ) -> Result<Option<RequestContent>> {
        let content = request_version::Entity::find_by_id((request.0, number))
            .select_only()
            .column(request_version::Column::Content)
            .filter(request_version::Column::RequestId.in_subquery(scopes::request_ids(scope)))
            .filter(scopes::versions(scope))
            .into_tuple::<serde_json::Value>()
            .one(&self.tx)
            .await?;
        content.map(|content| json(TABLE, content)).transpose()
    }
}
