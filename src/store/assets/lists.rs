//! What of an asset grows with time, page by page. Entries have numbers, in the order in which they were recorded.

use chrono::{DateTime, Utc};
use focalnet_domain::{
    asset::{AssetShare, Claim, Cost, Fact, Valuation, measure::MeasureChange},
    names::{AssetId, MeasureId},
};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::{read, rows};
use crate::{
    error::Result,
    store::{PageQuery, Tx, entity::measure, typed::Typed},
};

/// An entry of a list with its number there.
#[derive(Debug, Clone)]
pub struct Numbered<T> {
    /// The number.
    pub number: i32,
    /// The entry.
    pub entry: T,
}

impl<T> Numbered<T> {
    /// When a page goes on.
    #[must_use]
    pub fn place(&self) -> (DateTime<Utc>, Uuid) {
        (DateTime::UNIX_EPOCH, Uuid::from_u128(u128::from(self.number.unsigned_abs())))
    }
}

#[derive(FromQueryResult)]
struct Row<R: sea_orm::TryGetable> {
    number: i32,
    entry: R,
}

/// Where entries of one kind stand: a row as JSON, its table, its number, and what says that it is one of the asset.
struct Kept<'a> {
    entry: &'a str,
    from: &'a str,
    number: &'a str,
    parent: &'a str,
}

impl Tx {
    async fn entries<R: DeserializeOwned, T>(
        &self,
        kept: Kept<'_>,
        parent: Uuid,
        (unknown_from, page): (Option<DateTime<Utc>>, &PageQuery),
        read: impl Fn(R) -> Result<T>,
    ) -> Result<Vec<Numbered<T>>> {
        let Kept { entry, from, number, parent: of } = kept;
        let alias = number.split('.').next().unwrap_or_default();
        let sql = format!(
            "SELECT {number} AS number, {entry} AS entry FROM {from} WHERE {of} = $1 AND {number} < $2
                AND {alias}.create_time < $3 ORDER BY {number} DESC LIMIT $4"
        );
        let known = unknown_from.unwrap_or(DateTime::<Utc>::MAX_UTC);
        let size = i64::try_from(page.size + 1).unwrap_or(i64::MAX);
        let values = [parent.into(), page.number_before().into(), known.into(), size.into()];
        let rows = Row::<Typed<R>>::find_by_statement(self.statement(&sql, values)).all(&self.tx).await?;
        rows.into_iter().map(|row| Ok(Numbered { number: row.number, entry: read(row.entry.0)? })).collect()
    }

    /// A page of the values of an asset.
    pub async fn valuations(
        &self,
        asset: AssetId,
        which: (Option<DateTime<Utc>>, &PageQuery),
    ) -> Result<Vec<Numbered<Fact<Valuation>>>> {
        let kept =
            Kept { entry: "row_to_json(v)", from: "valuation v", number: "v.position", parent: "v.asset_id" };
        self.entries(kept, asset.0, which, read::valuation).await
    }

    /// A page of its ledger.
    pub async fn costs(
        &self,
        asset: AssetId,
        which: (Option<DateTime<Utc>>, &PageQuery),
    ) -> Result<Vec<Numbered<Cost>>> {
        let from = "cost c JOIN asset ON asset.id = c.asset_id";
        let kept = Kept { entry: rows::COST, from, number: "c.number", parent: "c.asset_id" };
        self.entries(kept, asset.0, which, read::cost).await
    }

    /// A page of the claims of third parties.
    pub async fn claims(
        &self,
        asset: AssetId,
        which: (Option<DateTime<Utc>>, &PageQuery),
    ) -> Result<Vec<Numbered<Claim>>> {
        let entry = rows::claim("row_to_json(c)");
        let kept = Kept { entry: &entry, from: "claim c", number: "c.position", parent: "c.asset_id" };
        self.entries(kept, asset.0, which, read::claim).await
    }

    /// A page of its shares with other organs of the Court.
    pub async fn asset_shares(
        &self,
        asset: AssetId,
        which: (Option<DateTime<Utc>>, &PageQuery),
    ) -> Result<Vec<Numbered<AssetShare>>> {
        let kept = Kept {
            entry: "row_to_json(s)",
            from: "asset_share s",
            number: "s.position",
            parent: "s.asset_id",
        };
        self.entries(kept, asset.0, which, |row| Ok(read::share(row))).await
    }

    /// A page of the renewals and the lifting of a measure; none when the asset does not have it.
    pub async fn measure_changes(
        &self,
        measure: MeasureId,
        which: (Option<DateTime<Utc>>, &PageQuery),
    ) -> Result<Option<Vec<Numbered<Fact<MeasureChange>>>>> {
        let of_asset = measure::Entity::find_by_id(measure.id)
            .filter(measure::Column::AssetId.eq(measure.parent.0))
            .select_only()
            .column(measure::Column::Id);
        if of_asset.into_tuple::<Uuid>().one(&self.tx).await?.is_none() {
            return Ok(None);
        }
        let kept = Kept {
            entry: "row_to_json(h)",
            from: "measure_change h",
            number: "h.position",
            parent: "h.measure_id",
        };
        self.entries(kept, measure.id, which, read::change).await.map(Some)
    }
}
