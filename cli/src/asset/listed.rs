//! An asset as the server lists it, and what it says for a day.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use focalnet_domain::{
    asset::{
        AssetState, Cost, Custody, Description, Disposition, Encumbrance, Fact, Ownership, Restraint,
        Valuation,
        ownership::Layer,
        view::{ClaimView, MeasureView},
    },
    money::Money,
    names::{AssetId, FreezingRequestId, OrderId},
    share::Share,
};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// An asset as the server lists it: what is not set is not sent.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Listed {
    pub(super) name: AssetId,
    pub(super) freezing_request: Option<FreezingRequestId>,
    pub(super) order: Option<OrderId>,
    #[serde(flatten)]
    pub(super) description: Description,
    #[serde(default)]
    pub(super) measures: Vec<MeasureView>,
    #[serde(default)]
    pub(super) valuations: Vec<Fact<Valuation>>,
    #[serde(default)]
    pub(super) valuation_count: usize,
    #[serde(default)]
    pub(super) ownerships: Vec<Fact<Ownership>>,
    #[serde(default)]
    pub(super) encumbrances: Vec<Fact<Encumbrance>>,
    #[serde(default)]
    pub(super) costs: Vec<Cost>,
    #[serde(default)]
    pub(super) cost_count: usize,
    #[serde(default)]
    pub(super) claims: Vec<ClaimView>,
    #[serde(default)]
    pub(super) claim_count: usize,
    #[serde(default)]
    pub(super) dispositions: Vec<Fact<Disposition>>,
    pub(super) state: AssetState,
    pub(super) restraint: Restraint,
    pub(super) custody: Custody,
    #[serde(default)]
    pub(super) disposal_hold: bool,
    pub(super) remaining: Option<Share>,
    pub(super) equity: Option<Money>,
    pub(super) create_time: DateTime<Utc>,
}

impl Listed {
    /// The request or order it belongs to.
    pub(super) fn parent(&self) -> String {
        let request = self.freezing_request.map(|name| name.to_string());
        request.or(self.order.map(|name| name.to_string())).unwrap_or_default()
    }

    /// Measures in force.
    pub(super) fn in_force(&self, day: NaiveDate) -> impl Iterator<Item = &MeasureView> {
        self.measures.iter().filter(move |view| view.measure.holds_on(day))
    }

    /// The newest statement of a layer.
    pub(super) fn layer(&self, layer: Layer, day: NaiveDate) -> Option<&Ownership> {
        let of_layer =
            self.ownerships.iter().filter(|fact| fact.facts.layer == layer && fact.facts.from_date <= day);
        of_layer.max_by_key(|fact| (fact.facts.from_date, fact.recorded.create_time)).map(|fact| &fact.facts)
    }

    /// The first value and the newest.
    pub(super) fn values(&self, day: NaiveDate) -> Option<(&Valuation, &Valuation)> {
        let by = || self.valuations.iter().filter(|fact| fact.facts.valuation_date <= day);
        let when = |fact: &&Fact<Valuation>| (fact.facts.valuation_date, fact.recorded.create_time);
        Some((&by().min_by_key(when)?.facts, &by().max_by_key(when)?.facts))
    }

    /// What is open of the costs, currency by currency: a sum over currencies would mean nothing.
    pub(super) fn open_costs(&self, day: NaiveDate) -> BTreeMap<&str, Decimal> {
        let mut open = BTreeMap::new();
        for cost in self.costs.iter().filter(|cost| cost.is_open_on(day)) {
            let amount = &cost.facts.amount;
            let sum: &mut Decimal = open.entry(amount.currency_code()).or_default();
            *sum = sum.saturating_add(amount.amount());
        }
        open
    }

    /// Claims that are not final.
    pub(super) fn pending(&self, day: NaiveDate) -> usize {
        let claims = self.claims.iter().map(|view| &view.claim);
        let pending = claims.filter(|claim| {
            claim.facts.lodged_date.is_none_or(|lodged| lodged <= day)
                && (claim.is_pending()
                    || claim.decisions.last().is_some_and(|step| step.facts.decision_date > day))
        });
        pending.count()
    }

    /// What became of it last.
    pub(super) fn last_disposition(&self, day: NaiveDate) -> Option<&Disposition> {
        self.dispositions.iter().map(|fact| &fact.facts).rfind(|facts| facts.disposition_date <= day)
    }
}

/// A share as it was stated: a percentage would round it.
pub(super) fn share(share: Share) -> String {
    format!("{}/{}", share.numerator, share.denominator)
}

/// The word of the contract.
pub(super) fn word(word: impl Serialize) -> String {
    let json = serde_json::to_value(word).unwrap_or_default();
    json.as_str().unwrap_or_default().to_owned()
}
