//! How much of an asset is where on a day, in exact shares: what remains, what was released, what the Court has.

use chrono::NaiveDate;

use super::{
    Asset, Disposition,
    disposition::{DispositionKind, Row},
};
use crate::{
    money::Money,
    share,
    share::{Part, Share},
};

#[cfg(test)]
mod tests;

/// Where the shares of an asset are on a day, and what happened last to each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Standing<'a> {
    /// Still held for the Court.
    pub(super) remaining: Part,
    /// Released, and not handed back yet.
    pub(super) released: Part,
    /// Transferred to the Court.
    pub(super) transferred: Part,
    /// The money that the asset was turned into, and how much of the asset was held at that time.
    pub(super) realised: Option<(&'a Money, Part)>,
    /// How much was transferred as the thing itself.
    pub(super) in_kind: Part,
    /// How much was transferred as the money that the asset was turned into.
    pub(super) in_money: Part,
    /// What happened last to all that remains.
    whole: Option<DispositionKind>,
    /// What happened last to what was transferred.
    money: Option<DispositionKind>,
    /// The last disposition that took a share out, or that happened to a share taken out before.
    gone: Option<DispositionKind>,
}

impl Standing<'_> {
    /// The disposition of the whole; where nothing remains, the last disposition of the shares that left.
    pub(super) fn disposition(&self) -> Option<DispositionKind> {
        if self.remaining > Part::ZERO { self.whole } else { self.gone }
    }

    /// Whether a disposition may follow, as far as it is about what remains.
    pub(super) fn allows_of_the_rest(&self, row: &Row) -> bool {
        self.remaining > Part::ZERO && row.from.contains(&self.whole)
    }

    /// Whether there is something that a disposition may follow on: what is held, what was released, or what the Court has.
    pub(super) fn allows(&self, row: &Row) -> bool {
        let somewhere = [
            (self.remaining, self.whole),
            (self.released, Some(DispositionKind::Released)),
            (self.transferred, self.money),
        ];
        somewhere.iter().any(|(part, before)| *part > Part::ZERO && row.from.contains(before))
    }
}

impl Asset {
    /// The dispositions of a day and before.
    pub(super) fn disposed_by(&self, day: NaiveDate) -> impl DoubleEndedIterator<Item = &Disposition> {
        self.dispositions.iter().map(|fact| &fact.facts).filter(move |facts| facts.disposition_date <= day)
    }

    /// Where its shares are on a day.
    pub(super) fn standing_on(&self, day: NaiveDate) -> Standing<'_> {
        let mut standing = Standing {
            remaining: Part::ZERO,
            released: Part::ZERO,
            transferred: Part::ZERO,
            realised: None,
            in_kind: Part::ZERO,
            in_money: Part::ZERO,
            whole: None,
            money: None,
            gone: None,
        };
        let mut gone = Part::ZERO;
        let left = |gone: Part, day| (Part::ONE - self.excluded_on(day) - gone).max(Part::ZERO);
        for facts in self.disposed_by(day) {
            let remaining = left(gone, facts.disposition_date);
            let part = facts.share.map_or(remaining, Share::part);
            let kind = facts.kind;
            match kind {
                // A return hands back first what was released before.
                DispositionKind::Returned => {
                    let again = facts.share.map_or(standing.released, Share::part).min(standing.released);
                    standing.released -= again;
                    gone += if facts.share.is_some() { part - again } else { remaining };
                }
                DispositionKind::Released => {
                    standing.released += part;
                    gone += part;
                }
                DispositionKind::Transferred => {
                    standing.transferred += part;
                    match standing.realised {
                        Some(_) => standing.in_money += part,
                        None => standing.in_kind += part,
                    }
                    standing.money = Some(kind);
                    gone += part;
                }
                DispositionKind::Lost | DispositionKind::Sold => gone += part,
                DispositionKind::Realised => {
                    standing.realised = facts.proceeds.as_ref().map(|proceeds| (proceeds, remaining));
                }
                kind if kind.is_of_money() => standing.money = Some(kind),
                _ => {}
            }
            if kind.settles() {
                standing.gone = Some(kind);
            } else {
                standing.whole = Some(kind);
            }
        }
        standing.remaining = left(gone, day);
        standing
    }

    /// Whether a share can be added exactly to all shares that were stated before; otherwise the sums could
    /// not be computed.
    pub(super) fn adds_exactly(&self, share: Share) -> bool {
        let claimed = self.claims.iter().filter_map(|claim| claim.facts.share);
        let upheld =
            self.claims.iter().flat_map(|claim| &claim.decisions).filter_map(|step| step.facts.upheld);
        let disposed = self.dispositions.iter().filter_map(|fact| fact.facts.share);
        share::common_denominator(claimed.chain(upheld).chain(disposed).chain([share])).is_some()
    }
}

/// What to say of a share that cannot be added.
pub(super) const TOO_ODD: &str =
    "cannot be added exactly to the shares said of the asset before: use a common denominator";
