//! What grows with time in an asset, page by page.

use chrono::{DateTime, Utc};
use focalnet_domain::{
    asset::{AssetShare, Claim, Cost, Fact, Valuation, measure::MeasureChange},
    names::{AssetId, MeasureId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{read, rows};
use crate::{
    error::Result,
    store::{Numbered, PageQuery, Tx, entity::measure, entries::Kept},
};

impl Tx {
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
        if of_asset.into_tuple::<Uuid>().one(&self.link).await?.is_none() {
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
