//! Versions of what a request says: those that come with the request, all of them page by page, and one by its number.

use chrono::{DateTime, Utc};
use focalnet_domain::{
    freezing_request::{
        RequestContent, Version, VersionSummary, Versions, transmit::Transmission, view::content_sha256,
    },
    names::FreezingRequestId,
    series::SHOWN,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use serde::Deserialize;

use crate::{
    authz::Scope,
    error::{Error, Result},
    store::{Numbered, PageQuery, Tx, entity::request_version, entries::Kept, scopes, typed::Typed},
};

/// A version that has no digest brings what it says, for a digest to be made of it: it is not sent yet.
const WITHOUT_DIGEST: &str = "v.content_sha256 IS NULL";

/// Whether a request comes with what its versions say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// With what the one that is not sent and the one sent last say.
    Whole,
    /// As if they said nothing, for a list, but for one that is not sent: its digest is made of what it says.
    Nothing,
}

/// What is read of a version `v`; what it says as this expression tells.
fn row(content: &str) -> String {
    format!(
        "json_build_object('number', v.number, 'changed_paths', v.changed_paths, 'reason', v.reason,
            'transmit_time', v.transmit_time, 'transmission', v.transmission, 'content_sha256', v.content_sha256,
            'content', {content})"
    )
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VersionRow {
    number: i32,
    changed_paths: Vec<String>,
    reason: Option<String>,
    transmit_time: Option<DateTime<Utc>>,
    transmission: Option<Transmission>,
    content_sha256: Option<String>,
    content: Option<RequestContent>,
}

/// The versions that come with a request, as a column of it: the one that is not sent and the one sent last as they are,
/// and of those before what is told of them. There is one more than is told, because a State is not told of the unsent one.
pub(super) fn at_hand(content: Content) -> String {
    let otherwise = match content {
        Content::Whole => "WHEN count(v.transmit_time) OVER (ORDER BY v.number DESC) <= 1 THEN v.content",
        Content::Nothing => "ELSE '{}'",
    };
    format!(
        "(SELECT coalesce(json_agg(n.entry ORDER BY n.number), '[]') FROM (
            SELECT v.number, {} AS entry FROM request_version v WHERE v.request_id = freezing_request.id
            ORDER BY v.number DESC LIMIT {}) n)",
        row(&format!("CASE WHEN {WITHOUT_DIGEST} THEN v.content {otherwise} END")),
        SHOWN + 1
    )
}

/// What that column holds.
pub(super) fn read(mut rows: Vec<VersionRow>) -> Result<Versions> {
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
        transmission: row.transmission,
        kept_sha256: row.content_sha256,
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
        transmission: row.transmission,
    })
}

fn unread() -> Error {
    Error::internal("a version was read without what it says")
}

impl Tx {
    /// A page of the versions of a request, the newest first; none when the scope does not see the request.
    pub async fn versions(
        &self,
        scope: &Scope,
        request: FreezingRequestId,
        page: &PageQuery,
    ) -> Result<Option<Vec<Numbered<VersionSummary>>>> {
        if !self.sees_request(scope, request).await? {
            return Ok(None);
        }
        let from = if scope.is_court() {
            "request_version v"
        } else {
            "(SELECT * FROM request_version WHERE transmit_time IS NOT NULL) v"
        };
        let without = format!("CASE WHEN {WITHOUT_DIGEST} THEN v.content END");
        let kept = Kept { entry: &row(&without), from, number: "v.number", parent: "v.request_id" };
        self.entries(kept, request.0, (None, page), summary).await.map(Some)
    }

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
            .into_tuple::<Typed<RequestContent>>()
            .one(&self.link)
            .await?;
        Ok(content.map(|content| content.0))
    }
}
