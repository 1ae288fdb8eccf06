//! What can be said of an asset on a day: three facets and one word, all of them functions of what is known and the day.

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    Asset, Disposition, Fact, disposition::DispositionKind, measure::MeasureKind, valuation::Valuation,
};
use crate::{
    freezing_request::Party, money::Money, names::EventId, series::Series, share::Part, words::words,
};

#[cfg(test)]
mod tests;

words! {
    /// What can be said of an asset on a day, in one word.
    pub enum AssetState {
        /// Reported, no measure has begun.
        Reported = "reported",
        /// A freeze is in force.
        Frozen = "frozen",
        /// A seizure is in force.
        Seized = "seized",
        /// A management order is in force.
        UnderManagement = "under_management",
        /// Measures have ended by their date.
        Expired = "expired",
        /// The last measure was lifted.
        Lifted = "lifted",
        /// Claims upheld have left nothing of it.
        Excluded = "excluded",
        /// Released.
        Released = "released",
        /// Handed back.
        Returned = "returned",
        /// Transferred to the Court.
        Transferred = "transferred",
        /// Blocked for a reason of the State's own.
        Blocked = "blocked",
        /// Documented as lost.
        Lost = "lost",
        /// Sold before judgment.
        Sold = "sold",
        /// Forfeiture is ordered.
        ForfeitureOrdered = "forfeiture_ordered",
        /// Applied to a purpose.
        Applied = "applied",
        /// Turned into money.
        Realised = "realised",
        /// Allocated to purposes.
        Allocated = "allocated",
        /// Paid out.
        PaidOut = "paid_out",
    }
}

words! {
    /// What holds an asset back.
    pub enum Restraint {
        /// No measure has begun.
        None = "none",
        /// A freeze is in force.
        Frozen = "frozen",
        /// A seizure is in force.
        Seized = "seized",
        /// All measures have run out.
        Expired = "expired",
        /// The last measure was lifted.
        Lifted = "lifted",
    }
}

words! {
    /// Who has an asset in hand.
    pub enum Custody {
        /// Its holder.
        Holder = "holder",
        /// An authority of the State.
        Authority = "authority",
        /// An administrator.
        Administrator = "administrator",
        /// The Court.
        Court = "court",
    }
}

/// What the part of an asset that is still held is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Worth<'a> {
    /// The newest value, or what it was turned into.
    pub value: &'a Money,
    /// The share of it that is still held.
    pub share: Part,
    /// Its day.
    pub date: NaiveDate,
    /// The event it rests on.
    pub event: EventId,
}

impl Asset {
    /// The asset as it was known at an instant: without what was reported later.
    #[must_use]
    pub fn as_known(mut self, at: DateTime<Utc>) -> Self {
        fn keep<T>(facts: &mut Vec<Fact<T>>, at: DateTime<Utc>) {
            facts.retain(|fact| fact.recorded.create_time <= at);
        }
        self.measures.retain(|measure| measure.recorded.create_time <= at);
        for measure in &mut self.measures {
            measure.changes.retain(|change| change.recorded.create_time <= at);
        }
        self.claims.retain(|claim| claim.recorded.create_time <= at);
        self.claims.iter_mut().for_each(|claim| claim.forget_after(at));
        self.costs.retain(|cost| cost.recorded.create_time <= at);
        self.costs.iter_mut().for_each(|cost| cost.forget_after(at));
        self.valuations.retain(|value| value.recorded.create_time <= at);
        keep(&mut self.ownerships, at);
        keep(&mut self.encumbrances, at);
        keep(&mut self.dispositions, at);
        keep(&mut self.allocations, at);
        self.shares.retain(|share| share.recorded.create_time <= at);
        self.shares.iter_mut().for_each(|share| share.forget_after(at));
        self
    }

    /// The asset as a party sees it: what happens to the money once the Court has it is no affair of the State's.
    #[must_use]
    pub fn seen_by(&self, party: Party) -> Self {
        let mut seen = self.clone();
        if !party.is_issuer() {
            seen.dispositions.retain(|fact| fact.facts.kind.row().is_some_and(|row| row.shared));
            seen.allocations.clear();
            seen.shares = Series::default();
        }
        seen
    }

    /// The part that upheld claims exclude, by a day.
    #[must_use]
    pub fn excluded_on(&self, day: NaiveDate) -> Part {
        let excluded: Part = self.claims.iter().map(|claim| claim.excluded_on(day)).sum();
        excluded.min(Part::ONE)
    }

    /// The part still held for the Court on a day: the whole, less what claims exclude and what has left.
    #[must_use]
    pub fn remaining_on(&self, day: NaiveDate) -> Part {
        self.standing_on(day).remaining
    }

    /// The last disposition of the whole asset, on a day. Dispositions of a share, or of what the Court has
    /// of a share, do not count. But where shares have left one by one and nothing remains, the last of these
    /// counts.
    #[must_use]
    pub fn disposition_on(&self, day: NaiveDate) -> Option<DispositionKind> {
        self.standing_on(day).disposition()
    }

    /// What holds it back on a day.
    #[must_use]
    pub fn restraint_on(&self, day: NaiveDate) -> Restraint {
        let holds = |kind| self.measures.iter().any(|m| m.facts.kind == kind && m.holds_on(day));
        if holds(MeasureKind::Seizure) {
            return Restraint::Seized;
        }
        if holds(MeasureKind::Freeze) {
            return Restraint::Frozen;
        }
        let restraining = self
            .measures
            .iter()
            .filter(|m| m.facts.kind != MeasureKind::ManagementOrder && m.facts.start_date <= day);
        match restraining.max_by_key(|measure| measure.last_date()) {
            None => Restraint::None,
            Some(measure) if measure.is_lifted() => Restraint::Lifted,
            Some(_) => Restraint::Expired,
        }
    }

    /// Who has it in hand on a day.
    #[must_use]
    pub fn custody_on(&self, day: NaiveDate) -> Custody {
        let holds = |kind| self.measures.iter().any(|m| m.facts.kind == kind && m.holds_on(day));
        let standing = self.standing_on(day);
        // A released asset is free, but stays in custody until it is handed back.
        let left = standing.remaining == Part::ZERO && standing.released == Part::ZERO;
        match () {
            () if left && standing.transferred > Part::ZERO => Custody::Court,
            () if left => Custody::Holder,
            () if self.order.is_some() => Custody::Court,
            () if holds(MeasureKind::ManagementOrder) => Custody::Administrator,
            () if holds(MeasureKind::Seizure) => Custody::Authority,
            () => Custody::Holder,
        }
    }

    /// Whether a claim is pending on a day.
    #[must_use]
    pub fn disposal_hold_on(&self, day: NaiveDate) -> bool {
        self.claims.iter().any(|claim| claim.is_pending_on(day))
    }

    /// What can be said of it on a day, in one word.
    #[must_use]
    pub fn state_on(&self, day: NaiveDate) -> AssetState {
        use DispositionKind as Kind;
        match self.disposition_on(day) {
            Some(Kind::Released) => AssetState::Released,
            Some(Kind::Returned) => AssetState::Returned,
            Some(Kind::Transferred) => AssetState::Transferred,
            Some(Kind::ContinuedBlocking) => AssetState::Blocked,
            Some(Kind::Lost) => AssetState::Lost,
            Some(Kind::Sold) => AssetState::Sold,
            Some(Kind::ForfeitureOrdered) => AssetState::ForfeitureOrdered,
            Some(Kind::AppliedToFine | Kind::AppliedToReparations | Kind::AppliedToLegalAid) => {
                AssetState::Applied
            }
            Some(Kind::Realised) => AssetState::Realised,
            Some(Kind::Allocated) => AssetState::Allocated,
            Some(Kind::InTrustFund | Kind::PaidToVictims | Kind::ReimbursedCourt) => AssetState::PaidOut,
            None if self.remaining_on(day) == Part::ZERO => AssetState::Excluded,
            None => {
                let managed = self
                    .measures
                    .iter()
                    .any(|m| m.facts.kind == MeasureKind::ManagementOrder && m.holds_on(day));
                match self.restraint_on(day) {
                    _ if managed => AssetState::UnderManagement,
                    Restraint::Seized => AssetState::Seized,
                    Restraint::Frozen => AssetState::Frozen,
                    Restraint::Expired => AssetState::Expired,
                    Restraint::Lifted => AssetState::Lifted,
                    Restraint::None => AssetState::Reported,
                }
            }
        }
    }

    /// Whether this asset lets its dossier be closed: nothing of it remains for which somebody still has to
    /// say what became of it. An asset that the State goes on blocking keeps the dossier open, and so does
    /// one that is on its way to the Court.
    #[must_use]
    pub fn is_settled_on(&self, day: NaiveDate) -> bool {
        self.remaining_on(day) == Part::ZERO
    }

    /// Whether nothing of it remains by all that is recorded, whatever its day.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.is_settled_on(NaiveDate::MAX)
    }

    /// The days on which measures of a kind hold: each from its first to its last day, or without an end.
    pub fn days_of(&self, kind: MeasureKind) -> impl Iterator<Item = (NaiveDate, Option<NaiveDate>)> {
        let of_kind = self.measures.iter().filter(move |measure| measure.facts.kind == kind);
        let days = of_kind.map(|measure| (measure.facts.start_date, measure.last_date()));
        days.filter(|(first, last)| last.is_none_or(|last| *first <= last))
    }

    /// The newest value for a day. If there are several for one day, the one that was reported last.
    #[must_use]
    pub fn value_on(&self, day: NaiveDate) -> Option<&Fact<Valuation>> {
        let by = self.valuations.iter().filter(|fact| fact.facts.valuation_date <= day);
        by.max_by_key(|fact| (fact.facts.valuation_date, fact.recorded.create_time))
    }

    /// What the held part is worth on a day: the remaining share of the newest value, or of the money that
    /// the asset was turned into. None when no value is known.
    #[must_use]
    pub fn worth_on(&self, day: NaiveDate) -> Option<Worth<'_>> {
        let standing = self.standing_on(day);
        if let Some((proceeds, part)) = standing.realised {
            let realised = |fact: &&Fact<Disposition>| {
                fact.facts.kind == DispositionKind::Realised && fact.facts.disposition_date <= day
            };
            let fact = self.dispositions.iter().rfind(realised)?;
            let share = standing.remaining / part;
            return Some(Worth {
                value: proceeds,
                share,
                date: fact.facts.disposition_date,
                event: fact.recorded.event,
            });
        }
        let fact = self.value_on(day)?;
        Some(Worth {
            value: &fact.facts.value,
            share: standing.remaining,
            date: fact.facts.valuation_date,
            event: fact.recorded.event,
        })
    }

    /// The days on which its worth can have changed.
    pub fn days_of_worth(&self) -> impl Iterator<Item = NaiveDate> + '_ {
        let values = self.valuations.iter().map(|fact| fact.facts.valuation_date);
        let fates = self.dispositions.iter().map(|fact| fact.facts.disposition_date);
        let claims = self.claims.iter().flat_map(|claim| &claim.decisions);
        values.chain(fates).chain(claims.map(|step| step.facts.decision_date))
    }

    /// What would be left for the Court on a day: the worth of the held part, less the rights of others and
    /// the upheld claims that are paid first. None when there is no worth, or when such a right or claim is
    /// in another currency or has no stated amount.
    #[must_use]
    pub fn equity_on(&self, day: NaiveDate) -> Option<Money> {
        let Worth { value, share, .. } = self.worth_on(day)?;
        let mut left = value.times(share);
        let rights = self.encumbrances.iter().map(|fact| &fact.facts);
        let rights =
            rights.filter(|right| right.stands_on(day)).map(|right| (right.amount.as_ref(), Part::ONE));
        let claims = self.claims.iter();
        let claims =
            claims.filter_map(|claim| Some((claim.facts.amount.as_ref(), claim.goes_before_on(day)?)));
        for (amount, part) in rights.chain(claims) {
            let amount = amount.filter(|amount| amount.currency_code() == value.currency_code())?;
            left -= amount.times(part);
        }
        Money::rounded_down(value.currency_code(), &left)
    }
}
