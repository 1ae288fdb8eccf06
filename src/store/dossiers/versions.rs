//! Versions of what a request says: those that come with the request, all of them page by page, and one by its number.

use chrono::{DateTime, Utc};
use focalnet_domain::{
    freezing_request::{
        RequestContent, Version, VersionSummary, Versions,
        transmit::Sent,
        view::{VersionView, content_sha256},
    },
    names::FreezingRequestId,
    series::SHOWN,
};
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, Query, SubQueryStatement},
};
use serde::Deserialize;

use crate::{
    authz::Scope,
    error::{Error, Result},
    store::{
        Numbered, PageQuery, Tx, column,
        entity::{freezing_request, request_version},
        scopes,
        typed::Typed,
    },
};

/// A version that has no digest brings what it says, for a digest to be made of it: it is not sent yet.
const WITHOUT_DIGEST: &str = "content_sha256 IS NULL";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VersionRow {
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

#[derive(FromQueryResult)]
struct PageRow {
    transmissions: Typed<Vec<Sent>>,
    versions: Typed<Vec<VersionRow>>,
}

impl Tx {
    /// A page of the versions of a request, the newest first; none when the scope does not see the request. They are a
    /// subquery with an order and a limit of its own, which the key of the table answers, however many there are.
    pub async fn versions(
        &self,
        scope: &Scope,
        request: FreezingRequestId,
        page: &PageQuery,
    ) -> Result<Option<Vec<Numbered<VersionView>>>> {
        use request_version::Column;
        let content = format!("CASE WHEN {WITHOUT_DIGEST} THEN content END");
        let mut versions = request_version::Entity::find()
            .select_only()
            .columns([
                Column::Number,
                Column::ChangedPaths,
                Column::Reason,
                Column::TransmitTime,
                Column::ContentSha256,
            ])
            .column_as(Expr::cust(content), "content")
            .filter(column(Column::RequestId).eq(column(freezing_request::Column::Id)))
            .filter(Column::Number.lt(page.number_before()))
            .filter(scopes::versions(scope))
            .order_by_desc(Column::Number)
            .limit(page.size + 1);
        let versions = Query::select()
            .expr(Expr::cust("coalesce(json_agg(v ORDER BY v.number DESC), '[]')"))
            .from_subquery(QuerySelect::query(&mut versions).to_owned(), "v")
            .to_owned();
        let row = freezing_request::Entity::find_by_id(request.0)
            .select_only()
            .expr_as(Expr::cust("coalesce(facts -> 'transmissions', '[]')"), "transmissions")
            .expr_as(SubQueryStatement::SelectStatement(versions), "versions")
            .filter(scopes::requests(scope))
            .into_model::<PageRow>()
            .one(&self.tx)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let sent = row.transmissions.0;
        let told = |row: VersionRow| {
            Ok(Numbered { number: row.number, entry: VersionView::new(summary(row)?, &sent) })
        };
        row.versions.0.into_iter().map(told).collect::<Result<_>>().map(Some)
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
            .one(&self.tx)
            .await?;
        Ok(content.map(|content| content.0))
    }
}
