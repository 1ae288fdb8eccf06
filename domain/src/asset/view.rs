//! What one sees of an asset on a day: the facts, and what follows from them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    Allocation, Asset, AssetShare, AssetState, Claim, Cost, Custody, Description, Disposition, Encumbrance,
    Fact, Measure, NewMeasure, Ownership, Recorded, Restraint, Valuation, act, claim::ClaimState,
    measure::MeasureChange,
};
use crate::{
    money::Money,
    names::{AssetId, FreezingRequestId, OrderId},
    series::Series,
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
    pub valuations: Series<Fact<Valuation>>,
    pub valuation_count: usize,
    pub ownerships: Vec<Fact<Ownership>>,
    pub encumbrances: Vec<Fact<Encumbrance>>,
    pub costs: Series<Cost>,
    pub cost_count: usize,
    pub claims: Series<ClaimView>,
    pub claim_count: usize,
    pub dispositions: Vec<Fact<Disposition>>,
    pub allocations: Vec<Fact<Allocation>>,
    pub shares: Series<AssetShare>,
    pub share_count: usize,
    pub lead_only: bool,
    pub state: AssetState,
    pub restraint: Restraint,
    pub custody: Custody,
    pub disposal_hold: bool,
    pub remaining: Option<Share>,
    pub equity: Option<Money>,
    #[serde(default)]
    pub warnings: Vec<Warning>,
    #[serde(flatten)]
    pub recorded: Recorded,
    /// Version of what the party sees, where the asset stands in its request.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub etag: String,
}

/// Something that looks wrong and can be right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// Path of the field in the asset, as `identifiers[0].value`.
    pub field: String,
    /// What looks wrong, and what to do.
    pub description: String,
}

/// A measure with its last day as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the proto is the manual of these fields")]
pub struct MeasureView {
    #[serde(flatten)]
    pub measure: Measure,
    #[serde(default)]
    pub change_count: usize,
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

impl Measure {
    /// The measure as it is shown: with one reminder for the whole measure, and none for its single changes.
    #[must_use]
    pub fn view(&self) -> MeasureView {
        let facts = NewMeasure { reminder_date: self.reminder_date(), ..self.facts.clone() };
        let changes = self.changes.shown(|change| Fact::new(change.facts.view(), change.recorded));
        MeasureView {
            last_date: self.last_date(),
            change_count: self.changes.count(),
            measure: Self { facts, changes, ..self.clone() },
        }
    }
}

impl MeasureChange {
    /// As it is shown.
    #[must_use]
    pub fn view(&self) -> Self {
        Self { reminder_date: None, ..self.clone() }
    }
}

impl Claim {
    /// As it is shown.
    #[must_use]
    pub fn view(&self) -> ClaimView {
        ClaimView { state: self.state(), excluded: Share::of(self.excluded()), claim: self.clone() }
    }
}

impl Asset {
    /// What can be seen of it on a day.
    #[must_use]
    pub fn view(&self, day: NaiveDate) -> AssetView {
        AssetView {
            name: self.name,
            freezing_request: self.freezing_request,
            order: self.order,
            description: self.description.clone(),
            value_substitute_for: self.value_substitute_for,
            proceeds_of: self.proceeds_of,
            measures: self.measures.iter().map(Measure::view).collect(),
            valuations: self.valuations.shown(Clone::clone),
            valuation_count: self.valuations.count(),
            ownerships: self.ownerships.clone(),
            encumbrances: self.encumbrances.clone(),
            costs: self.costs.shown(Cost::view),
            cost_count: self.costs.count(),
            claims: self.claims.shown(Claim::view),
            claim_count: self.claims.count(),
            dispositions: self.dispositions.clone(),
            allocations: self.allocations.clone(),
            shares: self.shares.shown(Clone::clone),
            share_count: self.shares.count(),
            lead_only: self.lead_only,
            state: self.state_on(day),
            restraint: self.restraint_on(day),
            custody: self.custody_on(day),
            disposal_hold: self.disposal_hold_on(day),
            remaining: Share::of(self.remaining_on(day)),
            equity: self.equity_on(day),
            warnings: act::warnings(&self.description),
            recorded: self.recorded,
            etag: String::new(),
        }
    }
}
