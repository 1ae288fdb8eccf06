//! Saving what an act changed of an asset: one row for each new fact, and the heads.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    authz::Permit,
    domain::{
        asset::{
            Allocation, Asset, AssetShare, Disposition, Encumbrance, Fact, Measure, Ownership, Valuation,
            act::Change,
            claim::{Claim, ClaimDecision},
            cost::{Cost, Settlement},
            measure::MeasureChange,
        },
        journal::{Audience, Hash},
        money::Money,
        share::Share,
    },
    error::Result,
    store::{
        Tx,
        entity::{
            allocation, asset, asset_share, claim, claim_decision, cost, cost_settlement, disposition,
            encumbrance, measure, measure_change, ownership, valuation,
        },
        permitted, to_json,
    },
};

fn position(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// The share as its two columns.
fn split(share: Option<Share>) -> (Option<i32>, Option<i32>) {
    (share.map(|share| share.numerator), share.map(|share| share.denominator))
}

fn optional(value: Option<&impl serde::Serialize>) -> Result<Option<serde_json::Value>> {
    value.map(to_json).transpose()
}

fn measure_row(number: usize, new: &Measure) -> measure::ActiveModel {
    let (numerator, denominator) = split(new.facts.share);
    measure::ActiveModel {
        id: Set(new.name.id),
        asset_id: Set(new.name.parent.0),
        position: Set(position(number)),
        kind: Set(new.facts.kind.to_string()),
        national_reference: Set(new.facts.national_reference.clone()),
        authority: Set(new.facts.authority.clone()),
        start_date: Set(new.facts.start_date),
        end_date: Set(new.facts.end_date),
        reminder_date: Set(new.facts.reminder_date),
        numerator: Set(numerator),
        denominator: Set(denominator),
        create_time: Set(new.recorded.create_time),
        event_id: Set(new.recorded.event.0),
    }
}

fn change_row(measure: Uuid, number: usize, new: &Fact<MeasureChange>) -> measure_change::ActiveModel {
    measure_change::ActiveModel {
        measure_id: Set(measure),
        position: Set(position(number)),
        kind: Set(new.facts.kind.to_string()),
        end_date: Set(new.facts.end_date),
        reminder_date: Set(new.facts.reminder_date),
        national_reference: Set(new.facts.national_reference.clone()),
        reason: Set(new.facts.reason.clone()),
        create_time: Set(new.recorded.create_time),
        event_id: Set(new.recorded.event.0),
    }
}

fn valuation_row(asset: Uuid, number: usize, new: &Fact<Valuation>) -> Result<valuation::ActiveModel> {
    Ok(valuation::ActiveModel {
        asset_id: Set(asset),
        position: Set(position(number)),
        amount: Set(new.facts.value.amount()),
        currency_code: Set(new.facts.value.currency_code().to_owned()),
        valuation_date: Set(new.facts.valuation_date),
        method: Set(new.facts.method.to_string()),
        appraiser: Set(new.facts.appraiser.clone()),
        create_time: Set(new.recorded.create_time),
        converted_from: Set(optional(new.facts.converted_from.as_ref())?),
        event_id: Set(new.recorded.event.0),
    })
}

fn ownership_row(asset: Uuid, number: usize, new: &Fact<Ownership>) -> Result<ownership::ActiveModel> {
    Ok(ownership::ActiveModel {
        asset_id: Set(asset),
        position: Set(position(number)),
        layer: Set(new.facts.layer.to_string()),
        from_date: Set(new.facts.from_date),
        owners: Set(to_json(&new.facts.owners)?),
        create_time: Set(new.recorded.create_time),
        event_id: Set(new.recorded.event.0),
    })
}

fn encumbrance_row(asset: Uuid, number: usize, new: &Fact<Encumbrance>) -> Result<encumbrance::ActiveModel> {
    Ok(encumbrance::ActiveModel {
        asset_id: Set(asset),
        position: Set(position(number)),
        facts: Set(to_json(&new.facts)?),
        create_time: Set(new.recorded.create_time),
        event_id: Set(new.recorded.event.0),
    })
}

fn cost_row(asset: Uuid, new: &Cost) -> cost::ActiveModel {
    let facts = &new.facts;
    cost::ActiveModel {
        asset_id: Set(asset),
        number: Set(new.number),
        kind: Set(facts.kind.to_string()),
        amount: Set(facts.amount.amount()),
        currency_code: Set(facts.amount.currency_code().to_owned()),
        due_date: Set(facts.due_date),
        extraordinary: Set(facts.extraordinary),
        bearer: Set(facts.bearer.map(|bearer| bearer.to_string())),
        agreed_in_id: Set(facts.agreed_in.map(|thread| thread.id)),
        paid_date: Set(facts.paid_date),
        description: Set(facts.description.clone()),
        create_time: Set(new.recorded.create_time),
        event_id: Set(new.recorded.event.0),
    }
}

fn settlement_row(asset: Uuid, number: i32, new: &Fact<Settlement>) -> cost_settlement::ActiveModel {
    cost_settlement::ActiveModel {
        asset_id: Set(asset),
        number: Set(number),
        paid_date: Set(new.facts.paid_date),
        create_time: Set(new.recorded.create_time),
        event_id: Set(new.recorded.event.0),
    }
}

fn claim_row(number: usize, new: &Claim) -> Result<claim::ActiveModel> {
    Ok(claim::ActiveModel {
        id: Set(new.name.id),
        asset_id: Set(new.name.parent.0),
        position: Set(position(number)),
        facts: Set(to_json(&new.facts)?),
        create_time: Set(new.recorded.create_time),
        event_id: Set(new.recorded.event.0),
    })
}

fn decision_row(claim: Uuid, number: usize, new: &Fact<ClaimDecision>) -> claim_decision::ActiveModel {
    let (numerator, denominator) = split(new.facts.upheld);
    claim_decision::ActiveModel {
        claim_id: Set(claim),
        position: Set(position(number)),
        state: Set(new.facts.state.to_string()),
        decision_date: Set(new.facts.decision_date),
        reference: Set(new.facts.reference.clone()),
        numerator: Set(numerator),
        denominator: Set(denominator),
        create_time: Set(new.recorded.create_time),
        event_id: Set(new.recorded.event.0),
    }
}

fn disposition_row(asset: Uuid, number: usize, new: &Fact<Disposition>) -> Result<disposition::ActiveModel> {
    let (numerator, denominator) = split(new.facts.share);
    Ok(disposition::ActiveModel {
        asset_id: Set(asset),
        position: Set(position(number)),
        kind: Set(new.facts.kind.to_string()),
        disposition_date: Set(new.facts.disposition_date),
        reason: Set(new.facts.reason.clone()),
        national_reference: Set(new.facts.national_reference.clone()),
        create_time: Set(new.recorded.create_time),
        numerator: Set(numerator),
        denominator: Set(denominator),
        proceeds: Set(optional(new.facts.proceeds.as_ref())?),
        event_id: Set(new.recorded.event.0),
    })
}

fn allocation_row(asset: Uuid, number: usize, new: &Fact<Allocation>) -> allocation::ActiveModel {
    allocation::ActiveModel {
        asset_id: Set(asset),
        position: Set(position(number)),
        purpose: Set(new.facts.purpose.to_string()),
        amount: Set(new.facts.amount.amount()),
        currency_code: Set(new.facts.amount.currency_code().to_owned()),
        decision_date: Set(new.facts.decision_date),
        reference: Set(new.facts.reference.clone()),
        counts_as: Set(new.facts.counts_as.as_ref().map(Money::amount)),
        counts_as_currency_code: Set(new
            .facts
            .counts_as
            .as_ref()
            .map(|money| money.currency_code().to_owned())),
        rate_source: Set(new.facts.rate_source.clone()),
        create_time: Set(new.recorded.create_time),
        event_id: Set(new.recorded.event.0),
    }
}

fn share_row(asset: Uuid, number: usize, new: &AssetShare) -> asset_share::ActiveModel {
    asset_share::ActiveModel {
        asset_id: Set(asset),
        position: Set(position(number)),
        recipient_id: Set(new.recipient.0),
        purpose: Set(new.purpose.clone()),
        create_time: Set(new.recorded.create_time),
        event_id: Set(new.recorded.event.0),
        revoke_reason: Set(new.revoke_reason.clone()),
        revoke_time: Set(new.revoke_time),
    }
}

/// The last entry of a list with its number.
fn last<T>(list: &[T]) -> impl Iterator<Item = (usize, &T)> {
    list.iter().enumerate().skip(list.len().saturating_sub(1))
}

/// What a list of each asset holds, with its place there.
fn each<'a, T: 'a>(
    assets: &'a [Asset],
    list: impl Fn(&'a Asset) -> &'a [T] + 'a,
) -> impl Iterator<Item = (Uuid, usize, &'a T)> {
    assets.iter().flat_map(move |new| {
        list(new).iter().enumerate().map(move |(number, fact)| (new.name.0, number, fact))
    })
}

impl Tx {
    /// Rows of one table, where there are any.
    async fn insert<E, A>(&self, rows: Result<Vec<A>>) -> Result<()>
    where
        E: EntityTrait,
        A: sea_orm::ActiveModelTrait<Entity = E>,
    {
        let rows = rows?;
        if !rows.is_empty() {
            E::insert_many(rows).exec_without_returning(&self.tx).await?;
        }
        Ok(())
    }

    /// Saves new assets of one parent, the first of which has this number there, with what was reported of them.
    pub async fn insert_assets(
        &self,
        permit: &Permit,
        (first, audience): (usize, &[Uuid]),
        assets: &[Asset],
        head: Hash,
    ) -> Result<()> {
        permitted(permit);
        let rows = assets.iter().enumerate().map(|(number, new)| -> Result<asset::ActiveModel> {
            let described = &new.description;
            Ok(asset::ActiveModel {
                id: Set(new.name.0),
                request_id: Set(new.freezing_request.map(|name| name.0)),
                order_id: Set(new.order.map(|name| name.0)),
                position: Set(position(first + number)),
                r#type: Set(described.kind.to_string()),
                jurisdiction: Set(described.jurisdiction.clone()),
                description: Set(described.description.clone()),
                location: Set(described.location.clone()),
                identifiers: Set(to_json(&described.identifiers)?),
                holder: Set(described.holder.clone()),
                audience: Set(audience.to_vec()),
                create_time: Set(new.recorded.create_time),
                persons: Set(described.persons.clone()),
                value_substitute_for_id: Set(new.value_substitute_for.map(|name| name.0)),
                proceeds_of_id: Set(new.proceeds_of.map(|name| name.0)),
                event_id: Set(new.recorded.event.0),
                head: Set(head.to_vec()),
                issuer_head: Set(None),
                lead_only: Set(new.lead_only),
            })
        });
        self.insert(rows.collect()).await?;
        let measures = each(assets, |new| new.measures.as_slice());
        self.insert(measures.map(|(_, number, new)| Ok(measure_row(number, new))).collect()).await?;
        let valuations = each(assets, |new| new.valuations.as_slice());
        self.insert(valuations.map(|(asset, number, new)| valuation_row(asset, number, new)).collect())
            .await?;
        let ownerships = each(assets, |new| new.ownerships.as_slice());
        self.insert(ownerships.map(|(asset, number, new)| ownership_row(asset, number, new)).collect())
            .await?;
        let encumbrances = each(assets, |new| new.encumbrances.as_slice());
        self.insert(encumbrances.map(|(asset, number, new)| encumbrance_row(asset, number, new)).collect())
            .await
    }

    async fn end_share(&self, asset: Uuid, number: usize, ended: &AssetShare) -> Result<()> {
        let row = asset_share::ActiveModel {
            revoke_reason: Set(ended.revoke_reason.clone()),
            revoke_time: Set(ended.revoke_time),
            ..Default::default()
        };
        asset_share::Entity::update_many()
            .set(row)
            .filter(asset_share::Column::AssetId.eq(asset))
            .filter(asset_share::Column::Position.eq(position(number)))
            .exec(&self.tx)
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
        asset::Entity::update_many()
            .set(asset::ActiveModel { head: Set(head.to_vec()), ..Default::default() })
            .filter(asset::Column::Id.is_in(assets.iter().map(|asset| asset.name.0)))
            .exec(&self.tx)
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
        let mut row = asset::ActiveModel::default();
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
                    let rows = measure.flat_map(|measure| last(&measure.changes));
                    self.insert(rows.map(|(number, new)| Ok(change_row(name.id, number, new))).collect())
                        .await?;
                }
                Change::Valuation => {
                    self.insert(
                        last(&changed.valuations)
                            .map(|(number, new)| valuation_row(id, number, new))
                            .collect(),
                    )
                    .await?;
                }
                Change::Encumbrance => {
                    let rows = last(&changed.encumbrances);
                    self.insert(rows.map(|(number, new)| encumbrance_row(id, number, new)).collect()).await?;
                }
                Change::Cost => {
                    self.insert(last(&changed.costs).map(|(_, new)| Ok(cost_row(id, new))).collect()).await?;
                }
                Change::Settlement(number) => {
                    let paid = changed.costs.iter().filter(|cost| cost.number == *number);
                    let paid = paid.filter_map(|cost| cost.settlement.as_ref());
                    self.insert(paid.map(|new| Ok(settlement_row(id, *number, new))).collect()).await?;
                }
                Change::Claim => {
                    self.insert(last(&changed.claims).map(|(number, new)| claim_row(number, new)).collect())
                        .await?;
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
                    self.insert(
                        last(&changed.shares).map(|(number, new)| Ok(share_row(id, number, new))).collect(),
                    )
                    .await?;
                }
                Change::ShareRevoked(number) => {
                    if let Some(ended) = changed.shares.get(*number) {
                        self.end_share(id, *number, ended).await?;
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
        asset::Entity::update_many().set(row).filter(asset::Column::Id.eq(id)).exec(&self.tx).await?;
        Ok(())
    }
}
