//! What one sees of an asset on a day: the facts, and what follows from them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    Allocation, Asset, AssetShare, AssetState, Claim, Cost, Custody, Description, Disposition, Encumbrance,
    Fact, Measure, Ownership, Recorded, Restraint, Valuation, claim::ClaimState,
};
use crate::{
    money::Money,
    names::{AssetId, FreezingRequestId, OrderId},
    share::Share,
};

/// An asset with what can be said of it on a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the proto is the manual of these fields")]
pub struct AssetView {
    pub name: AssetId,
    pub freezing_request: Option<FreezingRequestId>,
    pub order: Option<OrderId>,
    #[serde(flatten)]
    pub description: Description,
    pub value_substitute_for: Option<AssetId>,
    pub proceeds_of: Option<AssetId>,
    pub measures: Vec<MeasureView>,
    pub valuations: Vec<Fact<Valuation>>,
    pub ownerships: Vec<Fact<Ownership>>,
    pub encumbrances: Vec<Fact<Encumbrance>>,
    pub costs: Vec<Cost>,
    pub claims: Vec<ClaimView>,
    pub dispositions: Vec<Fact<Disposition>>,
    pub allocations: Vec<Fact<Allocation>>,
    pub shares: Vec<AssetShare>,
    pub lead_only: bool,
    pub state: AssetState,
    pub restraint: Restraint,
    pub custody: Custody,
    pub disposal_hold: bool,
    pub remaining: Option<Share>,
    pub equity: Option<Money>,
    #[serde(flatten)]
    pub recorded: Recorded,
    /// Version of what the party sees, where the asset stands in its request.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub etag: String,
}

/// A measure with its last day as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the proto is the manual of these fields")]
pub struct MeasureView {
    #[serde(flatten)]
    pub measure: Measure,
    pub last_date: Option<NaiveDate>,
}

/// A claim with where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the proto is the manual of these fields")]
pub struct ClaimView {
    #[serde(flatten)]
    pub claim: Claim,
    pub state: ClaimState,
    pub excluded: Option<Share>,
}

impl Asset {
    /// What can be seen of it on a day.
    #[must_use]
    pub fn view(&self, day: NaiveDate) -> AssetView {
        let measure = |measure: &Measure| {
            let mut shown = measure.clone();
            shown.facts.reminder_date = measure.reminder_date();
            for change in &mut shown.changes {
                change.facts.reminder_date = None;
            }
            MeasureView { last_date: measure.last_date(), measure: shown }
        };
        let claim = |claim: &Claim| ClaimView {
            state: claim.state(),
            excluded: Share::of(claim.excluded()),
            claim: claim.clone(),
        };
        let cost = |cost: &Cost| {
            let mut shown = cost.clone();
            shown.facts.paid_date = cost.paid_date();
            shown.settlement = None;
            shown
        };
        AssetView {
            name: self.name,
            freezing_request: self.freezing_request,
            order: self.order,
            description: self.description.clone(),
            value_substitute_for: self.value_substitute_for,
            proceeds_of: self.proceeds_of,
            measures: self.measures.iter().map(measure).collect(),
            valuations: self.valuations.clone(),
            ownerships: self.ownerships.clone(),
            encumbrances: self.encumbrances.clone(),
            costs: self.costs.iter().map(cost).collect(),
            claims: self.claims.iter().map(claim).collect(),
            dispositions: self.dispositions.clone(),
            allocations: self.allocations.clone(),
            shares: self.shares.clone(),
            lead_only: self.lead_only,
            state: self.state_on(day),
            restraint: self.restraint_on(day),
            custody: self.custody_on(day),
            disposal_hold: self.disposal_hold_on(day),
            remaining: Share::of(self.remaining_on(day)),
            equity: self.equity_on(day),
            recorded: self.recorded,
            etag: String::new(),
        }
    }
}
