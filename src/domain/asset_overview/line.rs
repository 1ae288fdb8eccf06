//! One asset in a line, and what all were worth over time.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Months, NaiveDate};

use super::{AssetLine, COURT, Held, Matter, POINTS, Question, ValuePoint, sum::Sum};
use crate::domain::{
    asset::{Asset, AssetState, Measure},
    share::Part,
};

/// A value older than this is stale: values are to be reported yearly.
const STALE: Months = Months::new(12);

/// An asset in a line.
pub(super) fn line(held: &Held, asked: Question<'_>) -> AssetLine {
    let (asset, day) = (&held.asset, asked.day);
    let in_force = || asset.measures.iter().filter(|measure| measure.holds_on(day));
    AssetLine {
        asset: asset.name,
        kind: asset.description.kind,
        description: asset.description.description.clone(),
        state_display_name: held
            .belongs
            .requested_state
            .as_ref()
            .map_or_else(|| COURT.to_owned(), |(_, name)| name.clone()),
        persons: held.persons().map(|person| person.display_name.clone()).collect(),
        state: asset.state_on(day),
        value: asset.value_on(day).map(|fact| fact.facts.value.clone()),
        first_value: asset
            .first_value()
            .filter(|fact| fact.facts.valuation_date <= day)
            .map(|fact| fact.facts.value.clone()),
        last_date: in_force().filter_map(Measure::last_date).min(),
        reminder_date: in_force().filter_map(Measure::reminder_date).min(),
        open: open(held, asked),
    }
}

fn open(held: &Held, asked: Question<'_>) -> Vec<Matter> {
    let (asset, day) = (&held.asset, asked.day);
    let is_held = held.is_held_on(day);
    let in_force = || asset.measures.iter().filter(|measure| measure.holds_on(day));
    let expiring = in_force().any(|measure| measure.last_date().is_some_and(|last| last <= asked.horizon));
    let stale = asset
        .value_on(day)
        .is_none_or(|fact| fact.facts.valuation_date.checked_add_months(STALE).is_some_and(|end| end < day));
    let is_so = |matter: &Matter| match matter {
        Matter::Expiring => is_held && expiring,
        Matter::Expired => is_held && asset.state_on(day) == AssetState::Expired,
        Matter::ReleaseOutstanding => is_held && held.obligation_over_on(day),
        Matter::Outlived => is_held && held.basis_over_on(day) && in_force().next().is_some(),
        Matter::ClaimPending => asset.disposal_hold_on(day),
        Matter::Unpaid => asset.costs.iter().any(|cost| cost.is_open_on(day)),
        Matter::StaleValue => is_held && stale,
    };
    Matter::ALL.iter().copied().filter(is_so).collect()
}

impl Asset {
    /// The first value of the series.
    #[must_use]
    pub fn first_value(&self) -> Option<&crate::domain::asset::Fact<crate::domain::asset::Valuation>> {
        self.valuations.iter().min_by_key(|fact| (fact.facts.valuation_date, fact.recorded.create_time))
    }
}

/// What was held was worth on each day with a new value, or on which something left.
pub(super) fn values(held: &[Held], day: NaiveDate) -> Vec<ValuePoint> {
    let days_of = |held: &Held| {
        let values = held.asset.valuations.iter().map(|fact| fact.facts.valuation_date);
        let left = held.asset.dispositions.iter().map(|fact| fact.facts.disposition_date);
        values.chain(left).collect::<Vec<_>>()
    };
    let days: BTreeSet<NaiveDate> = held.iter().flat_map(days_of).filter(|date| *date <= day).collect();
    let first = days.len().saturating_sub(POINTS);
    let point = |date: &NaiveDate| {
        let mut sums: BTreeMap<&str, Sum> = BTreeMap::new();
        for held in held {
            let remaining = held.asset.remaining_on(*date);
            let Some(value) = held.asset.value_on(*date).filter(|_| remaining > Part::ZERO) else { continue };
            let value = &value.facts.value;
            let sum = sums.entry(value.currency_code()).or_default();
            *sum = sum.and(value, remaining);
        }
        let values = sums.into_iter().filter_map(|(currency, sum)| sum.rounded_down(currency));
        ValuePoint { valuation_date: *date, values: values.collect() }
    };
    days.iter().skip(first).map(point).collect()
}
