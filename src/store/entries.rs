//! What a resource keeps of something that grows with time, page by page. Its entries have numbers, in the order in which
//! they were recorded, and the key of their table gives a page.

use chrono::{DateTime, Utc};
use sea_orm::FromQueryResult;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::{PageQuery, Tx, typed::Typed};
use crate::error::Result;

/// An entry of a list with its number there.
#[derive(Debug, Clone)]
pub struct Numbered<T> {
    /// The number.
    pub number: i32,
    /// The entry.
    pub entry: T,
}

impl<T> Numbered<T> {
    /// Where the next page begins: at a number, which a page token keeps in the place of an id.
    #[must_use]
    pub fn place(&self) -> (DateTime<Utc>, Uuid) {
        (DateTime::UNIX_EPOCH, Uuid::from_u128(u128::from(self.number.unsigned_abs())))
    }
}

impl PageQuery {
    /// The number before which a page begins.
    fn number_before(&self) -> i32 {
        let number = self.after.and_then(|(_, id)| i32::try_from(id.as_u128()).ok());
        number.unwrap_or(i32::MAX)
    }
}

#[derive(FromQueryResult)]
struct Row<R: sea_orm::TryGetable> {
    number: i32,
    entry: R,
}

/// Where entries of one kind stand.
pub(super) struct Kept<'a> {
    /// One of them as JSON.
    pub(super) entry: &'a str,
    /// Their table with an alias.
    pub(super) from: &'a str,
    /// The column that numbers them, by that alias.
    pub(super) number: &'a str,
    /// The column that says whose they are.
    pub(super) parent: &'a str,
}

impl Tx {
    /// A page of the entries of one parent, the newest first; without those that became known at an instant or later. Whether
    /// the caller sees the parent was found out before.
    pub(super) async fn entries<R: DeserializeOwned, T>(
        &self,
        kept: Kept<'_>,
        parent: Uuid,
        (unknown_from, page): (Option<DateTime<Utc>>, &PageQuery),
        read: impl Fn(R) -> Result<T>,
    ) -> Result<Vec<Numbered<T>>> {
        let Kept { entry, from, number, parent: of } = kept;
        let size = i64::try_from(page.size + 1).unwrap_or(i64::MAX);
        let mut values: Vec<sea_orm::Value> = vec![parent.into(), page.number_before().into(), size.into()];
        let mut known = String::new();
        if let Some(end) = unknown_from {
            let alias = number.split('.').next().unwrap_or_default();
            known = format!("AND {alias}.create_time < $4");
            values.push(end.into());
        }
        let sql = format!(
            "SELECT {number} AS number, {entry} AS entry FROM {from} WHERE {of} = $1 AND {number} < $2 {known}
                ORDER BY {number} DESC LIMIT $3"
        );
        let rows = Row::<Typed<R>>::find_by_statement(self.statement(&sql, values)).all(&self.link).await?;
        rows.into_iter().map(|row| Ok(Numbered { number: row.number, entry: read(row.entry.0)? })).collect()
    }
}
