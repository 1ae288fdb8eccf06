//! One asset in a line, and what all were worth over time.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};

use super::{AssetLine, Held, Matter, POINTS, Question, ValuePoint, by::COURT};
use crate::{
    asset::{Asset, AssetState, DispositionKind, Measure},
    money::{Exact, Money},
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
        worth: held.worth_on(day).and_then(|worth| {
            Money::rounded_down(worth.value.currency_code(), &worth.value.times(worth.share))
        }),
        last_date: in_force().filter_map(Measure::last_date).min(),
        reminder_date: in_force().filter_map(Measure::reminder_date).min(),
        open: open(held, asked),
    }
}

/// Whether its worth was never stated, or not for a year. An asset that was turned into money is worth that
/// money, so its worth is never stale.
pub(super) fn is_stale(held: &Held, day: NaiveDate) -> bool {
    held.worth_on(day).is_none_or(|worth| {
        let is_money = held.asset.disposition_on(day) == Some(DispositionKind::Realised);
        !is_money && worth.date.checked_add_months(STALE).is_some_and(|end| end < day)
    })
}

fn open(held: &Held, asked: Question<'_>) -> Vec<Matter> {
    let (asset, day) = (&held.asset, asked.day);
    let is_held = held.is_held_on(day);
    let in_force = || asset.measures.iter().filter(|measure| measure.holds_on(day));
    let expiring = in_force().any(|measure| measure.last_date().is_some_and(|last| last <= asked.horizon));
    let is_so = |matter: &Matter| match matter {
        Matter::Expiring => is_held && expiring,
        Matter::RenewalDue => {
            is_held && in_force().any(|measure| measure.reminder_date().is_some_and(|due| due <= day))
        }
        Matter::Expired => is_held && asset.state_on(day) == AssetState::Expired,
        Matter::ReleaseOutstanding => is_held && held.obligation_over_on(day),
        Matter::Outlived => is_held && held.basis_over_on(day) && in_force().next().is_some(),
        Matter::ClaimPending => asset.disposal_hold_on(day),
        Matter::Unpaid => asset.costs.iter().any(|cost| cost.is_open_on(day)),
        Matter::StaleValue => is_held && is_stale(held, day),
    };
    Matter::ALL.iter().copied().filter(is_so).collect()
}

impl Asset {
    /// The first value of the series.
    #[must_use]
    pub fn first_value(&self) -> Option<&crate::asset::Fact<crate::asset::Valuation>> {
        self.valuations.iter().min_by_key(|fact| (fact.facts.valuation_date, fact.recorded.create_time))
    }
}

/// What the held assets were worth, on each day on which that changed and on the day that is asked about.
/// Each asset is computed on its own days only, and the sums go on from one point to the next.
pub(super) fn values(held: &[Held], day: NaiveDate) -> Vec<ValuePoint> {
    let mut changes: BTreeMap<NaiveDate, Vec<usize>> = BTreeMap::from([(day, Vec::new())]);
    for (number, held) in held.iter().enumerate() {
        for date in held.asset.days_of_worth().filter(|date| *date <= day) {
            changes.entry(date).or_default().push(number);
        }
    }
    let hidden = changes.len().saturating_sub(POINTS);
    let mut each: Vec<Option<(&str, Exact)>> = vec![None; held.len()];
    let mut sums: BTreeMap<&str, Exact> = BTreeMap::new();
    let mut points: Vec<ValuePoint> = Vec::new();
    for (place, (date, numbers)) in changes.iter().enumerate() {
        for number in numbers {
            let now = held[*number].worth_on(*date);
            let now = now.map(|worth| (worth.value.currency_code(), worth.value.times(worth.share)));
            if let Some((currency, more)) = &now {
                *sums.entry(currency).or_default() += more;
            }
            if let Some((currency, before)) = std::mem::replace(&mut each[*number], now) {
                sums.entry(currency).and_modify(|sum| *sum -= before);
            }
        }
        if place >= hidden {
            sums.retain(|_, sum| *sum != Exact::default());
            let values = sums.iter().filter_map(|(currency, sum)| Money::rounded_down(currency, sum));
            points.push(ValuePoint { valuation_date: *date, values: values.collect() });
        }
    }
    // Where nothing was ever worth anything there is nothing to show.
    if points.iter().all(|point| point.values.is_empty()) { Vec::new() } else { points }
}
