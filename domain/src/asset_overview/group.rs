//! The numbers of a group of assets.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{AssetGroup, Held, MoneySum, Question, StateCount, Tally, ValueSum, line::is_stale};
use crate::{
    asset::{Asset, AssetState, Measure, Worth},
    money::{Exact, Money},
    names::EventId,
    share::Part,
};

impl Tally {
    fn of(events: impl Iterator<Item = EventId>, most: usize) -> Self {
        let mut events: Vec<_> = events.collect();
        let count = events.len();
        events.truncate(most);
        events.dedup();
        Self { count, events }
    }
}

/// The event that a measure as it stands rests on.
fn event(measure: &Measure) -> EventId {
    measure.changes.last().map_or(measure.recorded.event, |change| change.recorded.event)
}

/// The numbers of these assets.
pub(super) fn group(members: &[&Held], asked: Question<'_>) -> AssetGroup {
    let day = asked.day;
    let in_force = || {
        // Nothing holds an asset back that has left, and a sold asset has handed its measures on to its
        // proceeds.
        members.iter().filter(move |held| held.is_held_on(day)).flat_map(move |held| {
            held.asset
                .measures
                .iter()
                .filter(move |measure| measure.holds_on(day))
                .map(move |measure| (held, measure))
        })
    };
    let expiring =
        in_force().filter(|(_, measure)| measure.last_date().is_some_and(|last| last <= asked.horizon));
    let due =
        in_force().filter(|(_, measure)| measure.reminder_date().is_some_and(|reminder| reminder <= day));
    let stale = members.iter().filter(|held| held.is_held_on(day) && is_stale(held, day));
    let stale = stale
        .map(|held| held.asset.value_on(day).map_or(held.asset.recorded.event, |fact| fact.recorded.event));
    let outlived = in_force().filter(|(held, _)| held.basis_over_on(day));
    let claims = members.iter().flat_map(|held| {
        let pending = held.asset.claims.iter().filter(|claim| claim.is_pending_on(day));
        pending.map(|claim| claim.decisions.last().map_or(claim.recorded.event, |step| step.recorded.event))
    });
    let outstanding = members.iter().filter(|held| held.obligation_over_on(day) && held.is_held_on(day));
    // The number names the act that ended the obligation. For an asset under an order it names the report of
    // the asset: the acts that end obligations of orders stand in the journal of the case.
    let outstanding =
        outstanding.map(|held| held.belongs.ends.last().map_or(held.asset.recorded.event, |end| end.event));
    let values = values(members, asked);
    AssetGroup {
        count: members.len(),
        states: states(members, asked),
        converted: asked.rates.map(|rates| rates.convert(&values)),
        values,
        measures_in_force: Tally::of(in_force().map(|(_, measure)| event(measure)), asked.most),
        expiring: Tally::of(expiring.map(|(_, measure)| event(measure)), asked.most),
        renewals_due: Tally::of(due.map(|(_, measure)| event(measure)), asked.most),
        stale_values: Tally::of(stale, asked.most),
        outlived: Tally::of(outlived.map(|(_, measure)| event(measure)), asked.most),
        claims_pending: Tally::of(claims, asked.most),
        releases_outstanding: Tally::of(outstanding, asked.most),
        unpaid: unpaid(members, asked),
        ..AssetGroup::default()
    }
}

fn states(members: &[&Held], asked: Question<'_>) -> Vec<StateCount> {
    let mut states: BTreeMap<AssetState, Vec<EventId>> = BTreeMap::new();
    for held in members {
        states.entry(held.asset.state_on(asked.day)).or_default().push(said_by(&held.asset, asked.day));
    }
    let counted = |(state, events): (AssetState, Vec<EventId>)| {
        let Tally { count, events } = Tally::of(events.into_iter(), asked.most);
        StateCount { state, count, events }
    };
    states.into_iter().map(counted).collect()
}

/// The event that the state of an asset on a day rests on: what became of it last, else a measure in force, else its report.
fn said_by(asset: &Asset, day: NaiveDate) -> EventId {
    let fate = asset.dispositions.iter().rfind(|fact| fact.facts.disposition_date <= day);
    let measure = || asset.measures.iter().rfind(|measure| measure.holds_on(day)).map(event);
    fate.map(|fact| fact.recorded.event).or_else(measure).unwrap_or(asset.recorded.event)
}

fn values(members: &[&Held], asked: Question<'_>) -> Vec<ValueSum> {
    let mut sums: BTreeMap<String, (Exact, Option<Exact>, ValueSum)> = BTreeMap::new();
    for held in members.iter().filter(|held| held.is_held_on(asked.day)) {
        let remaining = held.asset.remaining_on(asked.day);
        let Some(Worth { value, share, date, event }) = held.worth_on(asked.day) else { continue };
        let first = held.asset.first_value().map(|fact| &fact.facts.value);
        let first = first.filter(|first| first.currency_code() == value.currency_code());
        let entry = sums.entry(value.currency_code().to_owned()).or_insert_with(|| {
            let nothing = ValueSum {
                amount: value.clone(),
                first_amount: None,
                count: 0,
                oldest_date: date,
                events: Vec::new(),
            };
            (Exact::default(), Some(Exact::default()), nothing)
        });
        entry.0 += value.times(share);
        entry.1 = entry.1.take().zip(first).map(|(sum, first)| sum + first.times(remaining));
        entry.2.count += 1;
        entry.2.oldest_date = entry.2.oldest_date.min(date);
        if entry.2.events.len() < asked.most {
            entry.2.events.push(event);
        }
    }
    let sum = |(currency, (amount, first, sum)): (String, (Exact, Option<Exact>, ValueSum))| {
        Some(ValueSum {
            amount: Money::rounded_down(&currency, &amount)?,
            first_amount: first.and_then(|first| Money::rounded_down(&currency, &first)),
            ..sum
        })
    };
    sums.into_iter().filter_map(sum).collect()
}

fn unpaid(members: &[&Held], asked: Question<'_>) -> Vec<MoneySum> {
    let mut sums: BTreeMap<String, (Exact, Vec<EventId>)> = BTreeMap::new();
    let open =
        members.iter().flat_map(|held| held.asset.costs.iter().filter(|cost| cost.is_open_on(asked.day)));
    for cost in open {
        let entry = sums.entry(cost.facts.amount.currency_code().to_owned()).or_default();
        entry.0 += cost.facts.amount.times(Part::ONE);
        if entry.1.len() < asked.most {
            entry.1.push(cost.recorded.event);
        }
    }
    let sum = |(currency, (amount, events)): (String, (Exact, Vec<EventId>))| {
        Some(MoneySum { amount: Money::rounded_down(&currency, &amount)?, events })
    };
    sums.into_iter().filter_map(sum).collect()
}
