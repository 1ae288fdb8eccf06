//! Claims of bona fide third parties: what they ask, and the table of their steps.

use std::fmt::Write as _;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Encumbrance, Fact, Recorded, cost::EncumbranceKind};
use crate::{
    clock,
    error::Violation,
    money::Money,
    names::ClaimId,
    share::{Part, Share},
    words::words,
};

#[cfg(test)]
mod tests;

words! {
    /// Where a claim stands.
    pub enum ClaimState {
        /// Somebody has said that there is a right.
        Notified = "notified",
        /// Lodged with the forum.
        Lodged = "lodged",
        /// Under review.
        UnderReview = "under_review",
        /// Upheld, appeal open.
        Upheld = "upheld",
        /// Upheld in part, appeal open.
        UpheldInPart = "upheld_in_part",
        /// Rejected, appeal open.
        Rejected = "rejected",
        /// Under appeal.
        UnderAppeal = "under_appeal",
        /// Final.
        Final = "final",
    }
}

words! {
    /// What right is claimed.
    pub enum Right {
        /// Ownership.
        Ownership = "ownership",
        /// Co-ownership.
        CoOwnership = "co_ownership",
        /// A spouse's share.
        SpouseShare = "spouse_share",
        /// Mortgage.
        Mortgage = "mortgage",
        /// Lien.
        Lien = "lien",
        /// Lease.
        Lease = "lease",
        /// Wages.
        Wages = "wages",
        /// A creditor's.
        Creditor = "creditor",
    }
}

words! {
    /// Who decides a claim.
    pub enum Forum {
        /// A court or authority of the requested State.
        National = "national",
        /// A Chamber of the Court.
        Chamber = "chamber",
    }
}

impl Right {
    /// Whether it is a right in the thing itself, and not one to be paid out of it.
    #[must_use]
    pub const fn is_in_the_thing(self) -> bool {
        matches!(self, Self::Ownership | Self::CoOwnership | Self::SpouseShare)
    }
}

use ClaimState::{Final, Lodged, Notified, Rejected, UnderAppeal, UnderReview, Upheld, UpheldInPart};

/// The whole lifecycle of claims: for each state of a claim, the states that can follow it.
pub const STEPS: &[(ClaimState, &[ClaimState])] = &[
    (Notified, &[Lodged]),
    (Lodged, &[UnderReview]),
    (UnderReview, &[Upheld, UpheldInPart, Rejected]),
    (Upheld, &[UnderAppeal, Final]),
    (UpheldInPart, &[UnderAppeal, Final]),
    (Rejected, &[UnderAppeal, Final]),
    (UnderAppeal, &[Upheld, UpheldInPart, Rejected]),
    (Final, &[]),
];

/// How many appeals one claim may have, so that the number of its steps has a limit.
pub const APPEALS: usize = 10;

/// Most claims to one asset.
pub const CLAIMS: usize = 1_000;

impl ClaimState {
    /// Where a claim can go from here.
    #[must_use]
    pub fn next(self) -> &'static [Self] {
        STEPS.iter().find(|(from, _)| *from == self).map_or(&[], |(_, to)| to)
    }
}

/// A claim as reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewClaim {
    /// Who claims.
    pub claimant: String,
    /// What right.
    pub right: Right,
    /// The share claimed; the whole when left out.
    pub share: Option<Share>,
    /// The amount claimed.
    pub amount: Option<Money>,
    /// Who decides.
    pub forum: Forum,
    /// Day on which it was lodged.
    pub lodged_date: Option<NaiveDate>,
    /// Day on which the right was acquired.
    pub acquisition_date: Option<NaiveDate>,
    /// What was paid for it.
    pub acquisition_price: Option<Money>,
    /// Evidence.
    pub evidence: Option<String>,
}

impl NewClaim {
    /// What is wrong with it.
    #[must_use]
    pub fn violations(&self, path: &str, latest_day: NaiveDate) -> Vec<Violation> {
        let mut violations: Vec<_> =
            self.share.and_then(|share| share.violation(&format!("{path}.share"))).into_iter().collect();
        for (field, day) in [("lodged_date", self.lodged_date), ("acquisition_date", self.acquisition_date)] {
            let text = day.and_then(|day| clock::not_yet(day, latest_day));
            violations.extend(text.map(|text| Violation::new(format!("{path}.{field}"), text)));
        }
        violations
    }
}

/// A claim with its steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Its name.
    pub name: ClaimId,
    /// What was reported.
    #[serde(flatten)]
    pub facts: NewClaim,
    /// The steps since, oldest first.
    #[serde(default)]
    pub decisions: Vec<Fact<ClaimDecision>>,
    /// When, and by which event.
    #[serde(flatten)]
    pub recorded: Recorded,
}

/// A step of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimDecision {
    /// Where it stands after it.
    pub state: ClaimState,
    /// Its day.
    pub decision_date: NaiveDate,
    /// Number of the decision.
    pub reference: Option<String>,
    /// The share upheld.
    #[serde(default)]
    pub upheld: Option<Share>,
}

impl Claim {
    /// Leaves out the steps that became known later.
    pub fn forget_after(&mut self, at: DateTime<Utc>) {
        self.decisions.retain(|step| step.recorded.create_time <= at);
    }

    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> ClaimState {
        match self.decisions.last() {
            Some(last) => last.facts.state,
            None if self.facts.lodged_date.is_some() => Lodged,
            None => Notified,
        }
    }

    /// Whether it holds the asset back from disposal.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        self.state() != Final
    }

    /// The part claimed.
    #[must_use]
    pub fn part(&self) -> Part {
        self.facts.share.map_or(Part::ONE, Share::part)
    }

    /// Whether it holds the asset back on a day: from the day it was lodged, or else known, until the final decision.
    #[must_use]
    pub fn is_pending_on(&self, day: NaiveDate) -> bool {
        let known = self.recorded.create_time.date_naive();
        let first = self.decisions.first().map_or(known, |step| known.min(step.facts.decision_date));
        let begun = self.facts.lodged_date.unwrap_or(first) <= day;
        begun && !self.is_final_on(day)
    }

    fn is_final_on(&self, day: NaiveDate) -> bool {
        let last = self.decisions.last().map(|step| &step.facts);
        last.is_some_and(|step| step.state == Final && step.decision_date <= day)
    }

    /// The part that a final decision upholds.
    fn upheld(&self) -> Part {
        if self.is_pending() {
            return Part::ZERO;
        }
        let result = self.decisions.iter().rev().find(|step| step.facts.state != Final);
        match result.map(|step| &step.facts) {
            Some(ClaimDecision { state: Upheld, .. }) => self.part(),
            Some(ClaimDecision { state: UpheldInPart, upheld: Some(share), .. }) => share.part(),
            _ => Part::ZERO,
        }
    }

    /// The part that a final decision takes out of the asset, for rights in the thing itself. A mortgage, a
    /// lien or a debt that is upheld is paid first, and takes no part out of the asset.
    #[must_use]
    pub fn excluded(&self) -> Part {
        if self.facts.right.is_in_the_thing() { self.upheld() } else { Part::ZERO }
    }

    /// The part that it excludes by a day.
    #[must_use]
    pub fn excluded_on(&self, day: NaiveDate) -> Part {
        if self.is_final_on(day) { self.excluded() } else { Part::ZERO }
    }

    /// The part of the amount claimed that is paid before the Court gets anything, by a day; none where the
    /// claim has no such effect.
    #[must_use]
    pub fn goes_before_on(&self, day: NaiveDate) -> Option<Part> {
        let part = self.upheld();
        let goes = self.is_final_on(day) && !self.facts.right.is_in_the_thing() && part > Part::ZERO;
        goes.then(|| part / self.part())
    }
}

impl Claim {
    /// A claim that is upheld and paid first, as a right of others in the proceeds of a sale.
    #[must_use]
    pub fn as_right_on(&self, day: NaiveDate) -> Option<Encumbrance> {
        let part = self.goes_before_on(day)?;
        let amount = self.facts.amount.as_ref();
        let amount =
            amount.and_then(|amount| Money::rounded_down(amount.currency_code(), &amount.times(part)));
        Some(Encumbrance {
            kind: EncumbranceKind::Other,
            creditor: self.facts.claimant.clone(),
            amount,
            rank: None,
            from_date: day,
            end_date: None,
        })
    }
}

/// The steps as a section of the documentation.
#[must_use]
pub fn markdown() -> String {
    let mut page = String::from(
        "## Claims\n\nUntil a claim is final the asset is on disposal hold.\n\n| a claim that is | leads to |\n| --- | --- |\n",
    );
    for (from, to) in STEPS {
        let to: Vec<_> = to.iter().map(|state| state.as_str()).collect();
        let _ = writeln!(page, "| `{from}` | {} |", to.join(", "));
    }
    page
}
