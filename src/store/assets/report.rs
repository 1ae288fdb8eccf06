//! What a report inserts: assets that were not there before, with all that was said of them at once.

use focalnet_domain::{
    asset::{Asset, MeasureKind},
    journal::Hash,
    names::OrganizationId,
};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::facts::{days, encumbrance_row, measure_row, ownership_row, position, valuation_row};
use crate::{
    authz::Permit,
    error::Result,
    store::{Tx, entity::asset, permitted, to_json},
};

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
    /// Saves new assets of one parent, the first of which has this number there, with what was reported of them; a request
    /// has a requested State.
    pub async fn insert_assets(
        &self,
        permit: &Permit,
        (first, requested_state): (usize, Option<OrganizationId>),
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
                requested_state_id: Set(requested_state.map(|name| name.0)),
                create_time: Set(new.recorded.create_time),
                persons: Set(described.persons.clone()),
                value_substitute_for_id: Set(new.value_substitute_for.map(|name| name.0)),
                proceeds_of_id: Set(new.proceeds_of.map(|name| name.0)),
                event_id: Set(new.recorded.event.0),
                head: Set(head.to_vec()),
                issuer_head: Set(None),
                lead_only: Set(new.lead_only),
                settled: Set(new.is_settled()),
                frozen_days: Set(days(new, MeasureKind::Freeze)),
                seized_days: Set(days(new, MeasureKind::Seizure)),
            })
        });
        self.insert(rows.collect()).await?;
        let measures = each(assets, |new| new.measures.as_slice());
        self.insert(measures.map(|(_, number, new)| Ok(measure_row(number, new))).collect()).await?;
        let valuations = each(assets, |new| &*new.valuations);
        self.insert(valuations.map(|(asset, number, new)| valuation_row(asset, number, new)).collect())
            .await?;
        let ownerships = each(assets, |new| new.ownerships.as_slice());
        self.insert(ownerships.map(|(asset, number, new)| ownership_row(asset, number, new)).collect())
            .await?;
        let encumbrances = each(assets, |new| new.encumbrances.as_slice());
        self.insert(encumbrances.map(|(asset, number, new)| encumbrance_row(asset, number, new)).collect())
            .await
    }
}
