//! What is held, where, worth what, until when, and what is open: computed from the facts about assets and a day, for a
//! case or for one person over all States.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    asset::{Asset, AssetIdentifier, AssetState, AssetType, Worth},
    money::Money,
    names::{AssetId, EventId, OrganizationId, PersonId},
    order::{PurposeKind, Recovery},
    share::Part,
    words::words,
};

mod by;
mod converted;
mod group;
mod line;
#[cfg(test)]
mod tests;

use by::{by_person, by_purpose, by_state, duplicates};
pub use converted::{ConvertedSum, ExchangeRate, ExchangeRates};
use group::group;

/// Most lines, and most events of a number: an answer is read in one message.
pub const MOST: usize = 1_000;
/// Most points of the value over time.
pub const POINTS: usize = 100;

words! {
    /// What can be open about an asset.
    pub enum Matter {
        /// A measure ends soon.
        Expiring = "expiring",
        /// It is time to think of a renewal.
        RenewalDue = "renewal_due",
        /// All measures have run out.
        Expired = "expired",
        /// The State owes an account.
        ReleaseOutstanding = "release_outstanding",
        /// A measure is in force that has outlived its legal basis.
        Outlived = "outlived",
        /// A claim is pending.
        ClaimPending = "claim_pending",
        /// Costs are not paid.
        Unpaid = "unpaid",
        /// Never valued, or not for a year.
        StaleValue = "stale_value",
    }
}

/// An asset with the facts of its request or order that say whose it is and whether the obligation holds.
#[derive(Debug, Clone)]
pub struct Held {
    /// The asset.
    pub asset: Asset,
    /// Where it belongs.
    pub belongs: Arc<Belongs>,
}

/// What an overview needs to know of the parent of an asset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Belongs {
    /// The State, and its name; none for what the Court holds itself.
    pub requested_state: Option<(OrganizationId, String)>,
    /// The persons of the request or of the order.
    pub persons: Vec<Concerned>,
    /// Purposes by person, with their ends.
    pub purposes: Vec<PersonPurpose>,
    /// The acts that ended obligations of the request, oldest first.
    #[serde(default)]
    pub ends: Vec<End>,
    /// Last day of the order, where it has one.
    pub valid_until_date: Option<NaiveDate>,
}

/// An act that ended obligations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct End {
    /// Its event.
    pub event: EventId,
    /// When it was recorded.
    pub time: DateTime<Utc>,
}

/// A purpose for one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonPurpose {
    /// Position of the person.
    pub position: i32,
    /// The purpose.
    pub purpose: PurposeKind,
    /// Day from which it no longer holds.
    pub end_date: Option<NaiveDate>,
    /// When that became known.
    pub end_time: Option<DateTime<Utc>>,
}

impl Belongs {
    /// Leaves out ends that became known at a time or later.
    pub fn forget_since(&mut self, time: DateTime<Utc>) {
        self.ends.retain(|end| end.time < time);
        for pair in &mut self.purposes {
            if pair.end_time.is_some_and(|known| known >= time) {
                (pair.end_date, pair.end_time) = (None, None);
            }
        }
    }
}

/// A person of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Concerned {
    /// Position in the request.
    pub position: i32,
    /// The person of the case.
    pub person: Option<PersonId>,
    /// The name.
    pub display_name: String,
}

impl Held {
    /// The persons whose asset it is: those that it states, or the only one there is.
    pub fn persons(&self) -> impl Iterator<Item = &Concerned> {
        let all: Vec<i32> = self.belongs.persons.iter().map(|person| person.position).collect();
        let whose = self.asset.persons(&all).to_vec();
        self.belongs.persons.iter().filter(move |person| whose.contains(&person.position))
    }

    /// The purposes that hold on a day for the asset.
    #[must_use]
    pub fn purposes_on(&self, day: NaiveDate) -> Vec<PurposeKind> {
        let is_target = |position| self.belongs.purposes.iter().any(|pair| pair.position == position);
        let serves = self.asset.serves(is_target);
        let holds =
            |pair: &&PersonPurpose| pair.end_date.is_none_or(|end| day < end) && serves(pair.position);
        PurposeKind::each_once(self.belongs.purposes.iter().filter(holds).map(|pair| pair.purpose))
    }

    /// Whether the obligation has ended for it by a day.
    #[must_use]
    pub fn obligation_over_on(&self, day: NaiveDate) -> bool {
        self.purposes_on(day).is_empty()
    }

    /// Whether the asset has no legal basis any more to be held on a day: the obligation has ended, or the
    /// order is past its last day. The obligation itself does not end by that day; an act has to end it.
    #[must_use]
    pub fn basis_over_on(&self, day: NaiveDate) -> bool {
        self.belongs.valid_until_date.is_some_and(|last| last < day) || self.obligation_over_on(day)
    }

    /// What the held part is worth on a day; none where nothing is held.
    #[must_use]
    pub fn worth_on(&self, day: NaiveDate) -> Option<Worth<'_>> {
        self.asset.worth_on(day).filter(|worth| worth.share > Part::ZERO)
    }

    /// Whether anything of it is held for the Court on a day.
    #[must_use]
    pub fn is_held_on(&self, day: NaiveDate) -> bool {
        self.asset.remaining_on(day) > Part::ZERO && !self.asset.is_settled_on(day)
    }
}

/// An overview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the proto is the manual of these fields")]
pub struct AssetOverview {
    pub name: String,
    pub display_name: String,
    pub as_of_date: NaiveDate,
    pub total: AssetGroup,
    pub persons: Vec<AssetGroup>,
    pub purposes: Vec<AssetGroup>,
    pub states: Vec<AssetGroup>,
    pub assets: Vec<AssetLine>,
    pub left_out: usize,
    pub values: Vec<ValuePoint>,
    pub duplicates: Vec<Duplicates>,
    pub recoveries: Vec<Recovery>,
    pub unattributed: Option<AssetGroup>,
}

/// Assets that have something in common, as numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the proto is the manual of these fields")]
pub struct AssetGroup {
    pub key: String,
    pub display_name: String,
    pub purpose: Option<PurposeKind>,
    pub count: usize,
    pub states: Vec<StateCount>,
    pub values: Vec<ValueSum>,
    pub measures_in_force: Tally,
    pub expiring: Tally,
    pub renewals_due: Tally,
    pub stale_values: Tally,
    pub outlived: Tally,
    pub claims_pending: Tally,
    pub releases_outstanding: Tally,
    pub unpaid: Vec<MoneySum>,
    pub converted: Option<ConvertedSum>,
}

/// How many assets are in a state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the proto is the manual of these fields")]
pub struct StateCount {
    pub state: AssetState,
    pub count: usize,
    pub events: Vec<EventId>,
}

/// A number with the events it rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the proto is the manual of these fields")]
pub struct Tally {
    pub count: usize,
    pub events: Vec<EventId>,
}

/// A sum in one currency with the events it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the proto is the manual of these fields")]
pub struct MoneySum {
    pub amount: Money,
    pub events: Vec<EventId>,
}

/// What assets are worth in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the proto is the manual of these fields")]
pub struct ValueSum {
    pub amount: Money,
    pub first_amount: Option<Money>,
    pub count: usize,
    pub oldest_date: NaiveDate,
    pub events: Vec<EventId>,
}

/// One asset in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the proto is the manual of these fields")]
pub struct AssetLine {
    pub asset: AssetId,
    #[serde(rename = "type")]
    pub kind: AssetType,
    pub description: String,
    pub state_display_name: String,
    pub persons: Vec<String>,
    pub state: AssetState,
    pub value: Option<Money>,
    pub first_value: Option<Money>,
    pub worth: Option<Money>,
    pub last_date: Option<NaiveDate>,
    pub reminder_date: Option<NaiveDate>,
    pub open: Vec<Matter>,
}

/// What was held was worth on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the proto is the manual of these fields")]
pub struct ValuePoint {
    pub valuation_date: NaiveDate,
    pub values: Vec<Money>,
}

/// Assets that bear the same identifier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the proto is the manual of these fields")]
pub struct Duplicates {
    pub identifier: AssetIdentifier,
    pub assets: Vec<AssetId>,
}

/// What is asked: a day, how far ahead, and by which rates.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The day.
    pub day: NaiveDate,
    /// The last day on which a measure that ends counts as expiring.
    pub horizon: NaiveDate,
    /// Rates to convert totals by.
    pub rates: Option<&'a ExchangeRates>,
    /// Most lines, and most events of a number.
    pub most: usize,
}

/// The overview of assets and of what is to be recovered, for a subject. The overview of a person also has
/// the assets that nobody has attributed.
#[must_use]
pub fn overview(
    subject: (String, String),
    (held, unattributed): (&[Held], &[Held]),
    recoveries: Vec<Recovery>,
    asked: Question<'_>,
) -> AssetOverview {
    let nobodys: Vec<&Held> = unattributed.iter().collect();
    let all: Vec<&Held> = held.iter().collect();
    let mut lines: Vec<AssetLine> = held.iter().map(|held| line::line(held, asked)).collect();
    lines.sort_by_key(|line| {
        (line.open.first().copied().map_or(usize::MAX, |matter| matter as usize), line.last_date)
    });
    let left_out = lines.len().saturating_sub(asked.most);
    lines.truncate(asked.most);
    AssetOverview {
        name: subject.0,
        display_name: subject.1,
        as_of_date: asked.day,
        total: group(&all, asked),
        persons: by_person(&all, asked),
        purposes: by_purpose(&all, asked),
        states: by_state(&all, asked),
        assets: lines,
        left_out,
        values: line::values(held, asked.day),
        duplicates: duplicates(held),
        recoveries,
        unattributed: (!nobodys.is_empty()).then(|| group(&nobodys, asked)),
    }
}
