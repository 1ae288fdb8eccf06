//! Which numbers are left out, so that none tells how one or two States behaved.
//!
//! Every State asked stands in one of three places: answered in time, answered late, not answered. A place
//! with one or two States gives these States away. An empty place does, too: if none of a group has answered,
//! everybody knows that each of them has not. So a place is safe with three States or more; then even a State
//! that knows its own place cannot tell that of any other.
//!
//! # The scheme
//!
//! The groups are ordered by how many States were asked, the smallest first, equal ones in their usual order.
//! Asked, answered, not answered and the rate are left out for some groups, beginning with the smallest: for
//! as few groups as possible, such that
//!
//! - each group that is shown has three or more answered, and three or more not answered;
//! - the groups left out, if any, have three or more of each together, because everybody can compute their
//!   sum: it is the total less the groups shown. So there is never just one group left out, because a group
//!   alone is left out only for having fewer than three.
//!
//! If no number of groups will do, all of them and the total are left out. A group of which nobody was asked
//! takes no part. It is shown with zeros, which tell nothing about anybody.
//!
//! The number answered in time splits those who answered into two places: in time and late. It is left out
//! for the same groups, and for more groups if these two places need it: the same two rules must hold for
//! them, too. It is left out by itself, and not together with the other numbers, because before the due date
//! nobody is late: otherwise every number would be left out until then.
//!
//! # Why it is safe
//!
//! When the total is shown, only the sum of the groups left out is known, and any division of this sum among
//! them gives the same table. For each of these groups more than one division is possible, even for somebody
//! who knows how many of its States were asked: as both places hold three States or more, there is a State of
//! the group and a State of another group that stand in different places, and these two can change places.
//! When the total is left out, all that is known is that some place is small.
//!
//! Somebody who also knows this program learns why groups are left out: either the largest of them has a
//! small place itself, or the others together have one. Which of the two it is stays open, and more than one
//! division is possible in either case. This is why all smaller groups are left out together with a larger
//! one. If one of them were shown, everybody would know that the larger one has a small place; and beside a
//! group of one State this can be enough to compute both. Any order of the groups would do, as long as it
//! does not depend on the answers; beginning with the smallest keeps the large groups in the table longest.

use std::{
    collections::{BTreeMap, BTreeSet},
    iter::Sum,
};

use crate::states::RegionalGroup;

/// Fewest States that may be told apart.
const THRESHOLD: i64 = 3;

/// Rows left out; `None` is the row of all States.
type Rows = BTreeSet<Option<RegionalGroup>>;

/// Numbers of States by where they stand; each State asked counts in exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Counts {
    /// Answered all, each by its due date.
    pub(super) in_time: i64,
    /// Answered all, at least one after its due date.
    pub(super) late: i64,
    /// Did not answer, or not all.
    pub(super) not_answered: i64,
}

impl Counts {
    /// In time or late.
    pub(super) const fn answered(self) -> i64 {
        self.in_time + self.late
    }

    /// Answered or not.
    pub(super) const fn asked(self) -> i64 {
        self.answered() + self.not_answered
    }

    fn answers_are_safe(self) -> bool {
        self.answered().min(self.not_answered) >= THRESHOLD
    }

    fn times_are_safe(self) -> bool {
        self.in_time.min(self.late) >= THRESHOLD
    }
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), |sum, next| Self {
            in_time: sum.in_time + next.in_time,
            late: sum.late + next.late,
            not_answered: sum.not_answered + next.not_answered,
        })
    }
}

/// What is left out of a table.
#[derive(Debug)]
pub(super) struct Hidden {
    /// Rows without asked, answered, not answered and rate.
    pub(super) answers: Rows,
    /// Rows without answered in time: those of `answers`, and perhaps more.
    pub(super) times: Rows,
}

impl Hidden {
    /// For `counted`, which has only groups of which a State was asked.
    pub(super) fn of(counted: &BTreeMap<RegionalGroup, Counts>) -> Self {
        let mut groups: Vec<_> = counted.iter().map(|(group, counts)| (*group, *counts)).collect();
        groups.sort_by_key(|(_, counts)| counts.asked());
        let answers = hide(&groups, 0, Counts::answers_are_safe);
        let times = hide(&groups, answers.len(), Counts::times_are_safe);
        Self { answers, times }
    }
}

/// The fewest rows to leave out from the front of `groups`, but `least` or more; all and the total if none will do.
fn hide(groups: &[(RegionalGroup, Counts)], least: usize, is_safe: fn(Counts) -> bool) -> Rows {
    let suffices = |out: usize| {
        let (out, shown) = groups.split_at(out);
        shown.iter().all(|(_, counts)| is_safe(*counts))
            && (out.is_empty() || is_safe(out.iter().map(|(_, counts)| *counts).sum()))
    };
    let rows = groups.iter().map(|(group, _)| Some(*group));
    match (least..=groups.len()).find(|out| suffices(*out)) {
        Some(out) => rows.take(out).collect(),
        None => rows.chain([None]).collect(),
    }
}
