//! What an act changes of an asset that is there: one row for each new fact, and the heads.

use focalnet_domain::{
    asset::{Asset, AssetShare, MeasureKind, act::Change},
    journal::{Audience, Hash},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::facts::{
    allocation_row, change_row, claim_row, cost_row, days, decision_row, disposition_row, encumbrance_row,
    measure_row, ownership_row, settlement_row, share_row, valuation_row,
};
use crate::{
    authz::Permit,
    error::Result,
    store::{
        Tx,
        entity::{asset, asset_share},
        permitted, to_json,
    },
};

/// The last entry of a list with its number.
fn last<T>(list: &[T]) -> impl Iterator<Item = (usize, &T)> {
    list.iter().enumerate().skip(list.len().saturating_sub(1))
}

impl Tx {
    async fn end_share(&self, asset: Uuid, ended: &AssetShare) -> Result<()> {
        let row = asset_share::ActiveModel {
            revoke_reason: Set(ended.revoke_reason.clone()),
            revoke_time: Set(ended.revoke_time),
            ..Default::default()
        };
        asset_share::Entity::update_many()
            .set(row)
            .filter(asset_share::Column::AssetId.eq(asset))
            .filter(asset_share::Column::RecipientId.eq(ended.recipient.0))
            .filter(asset_share::Column::RevokeTime.is_null())
            .exec(&self.link)
            .await?;
        Ok(())
    }

    /// Saves that these assets were disposed of, each by its last disposition.
    pub async fn insert_dispositions(&self, permit: &Permit, assets: &[&Asset], head: Hash) -> Result<()> {
        permitted(permit);
        let rows = assets.iter().flat_map(|asset| {
            last(&asset.dispositions).map(|(number, new)| disposition_row(asset.name.0, number, new))
        });
        self.insert(rows.collect()).await?;
        let settled = assets.iter().filter(|asset| asset.is_settled()).map(|asset| asset.name.0);
        asset::Entity::update_many()
            .set(asset::ActiveModel { head: Set(head.to_vec()), ..Default::default() })
            .col_expr(asset::Column::Settled, asset::Column::Id.is_in(settled))
            .filter(asset::Column::Id.is_in(assets.iter().map(|asset| asset.name.0)))
            .exec(&self.link)
            .await?;
        Ok(())
    }

    /// Saves what an act changed, and the hash of its event.
    pub async fn save_asset(
        &self,
        permit: &Permit,
        changed: &Asset,
        done: &[Change],
        (audience, head): (Audience, Hash),
    ) -> Result<()> {
        permitted(permit);
        let id = changed.name.0;
        let mut row = asset::ActiveModel {
            settled: Set(changed.is_settled()),
            frozen_days: Set(days(changed, MeasureKind::Freeze)),
            seized_days: Set(days(changed, MeasureKind::Seizure)),
            ..Default::default()
        };
        if audience == Audience::Issuer {
            row.issuer_head = Set(Some(head.to_vec()));
        } else {
            row.head = Set(head.to_vec());
        }
        for change in done {
            match change {
                Change::Description => {
                    let described = &changed.description;
                    row.description = Set(described.description.clone());
                    row.location = Set(described.location.clone());
                    row.identifiers = Set(to_json(&described.identifiers)?);
                    row.holder = Set(described.holder.clone());
                    row.persons = Set(described.persons.clone());
                    row.lead_only = Set(changed.lead_only);
                }
                Change::Ownership => {
                    self.insert(
                        last(&changed.ownerships)
                            .map(|(number, new)| ownership_row(id, number, new))
                            .collect(),
                    )
                    .await?;
                }
                Change::Measure => {
                    self.insert(
                        last(&changed.measures).map(|(number, new)| Ok(measure_row(number, new))).collect(),
                    )
                    .await?;
                }
                Change::MeasureChange(name) => {
                    let measure = changed.measures.iter().filter(|measure| measure.name == *name);
                    let rows = measure.filter_map(|measure| measure.changes.last_numbered());
                    self.insert(rows.map(|(number, new)| Ok(change_row(name.id, number, new))).collect())
                        .await?;
                }
                Change::Valuation => {
                    let rows = changed.valuations.last_numbered().into_iter();
                    self.insert(rows.map(|(number, new)| valuation_row(id, number, new)).collect()).await?;
                }
                Change::Encumbrance => {
                    let rows = last(&changed.encumbrances);
                    self.insert(rows.map(|(number, new)| encumbrance_row(id, number, new)).collect()).await?;
                }
                Change::Cost => {
                    let rows = changed.costs.last().into_iter();
                    self.insert(rows.map(|new| Ok(cost_row(id, new))).collect()).await?;
                }
                Change::Settlement(number) => {
                    let paid = changed.costs.iter().filter(|cost| cost.number == *number);
                    let paid = paid.filter_map(|cost| cost.settlement.as_ref());
                    self.insert(paid.map(|new| Ok(settlement_row(id, *number, new))).collect()).await?;
                }
                Change::Claim => {
                    let rows = changed.claims.last_numbered().into_iter();
                    self.insert(rows.map(|(number, new)| claim_row(number, new)).collect()).await?;
                }
                Change::ClaimDecision(name) => {
                    let claim = changed.claims.iter().filter(|claim| claim.name == *name);
                    let rows = claim.flat_map(|claim| last(&claim.decisions));
                    self.insert(rows.map(|(number, new)| Ok(decision_row(name.id, number, new))).collect())
                        .await?;
                }
                Change::Disposition => {
                    let rows = last(&changed.dispositions);
                    self.insert(rows.map(|(number, new)| disposition_row(id, number, new)).collect()).await?;
                }
                Change::Share => {
                    let rows = changed.shares.last_numbered().into_iter();
                    self.insert(rows.map(|(number, new)| Ok(share_row(id, number, new))).collect()).await?;
                }
                Change::ShareRevoked(recipient) => {
                    let ended = changed.shares.iter().rfind(|share| share.recipient == *recipient);
                    if let Some(ended) = ended {
                        self.end_share(id, ended).await?;
                    }
                }
                Change::Allocations(count) => {
                    let first = changed.allocations.len().saturating_sub(*count);
                    let rows = changed.allocations.iter().enumerate().skip(first);
                    self.insert(rows.map(|(number, new)| Ok(allocation_row(id, number, new))).collect())
                        .await?;
                }
                // The use case saves it: its place among the others is the parent's affair.
                Change::Proceeds(_) => {}
            }
        }
        asset::Entity::update_many().set(row).filter(asset::Column::Id.eq(id)).exec(&self.link).await?;
        Ok(())
    }
}
