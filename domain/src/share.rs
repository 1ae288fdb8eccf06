//! Exact parts of a whole: shares of ownership, of a claim, of what was released.

use num_rational::Ratio;
use serde::{Deserialize, Serialize};

use crate::error::Violation;

/// A share as somebody states it, as 1/3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// Above the line.
    pub numerator: i32,
    /// Below the line.
    pub denominator: i32,
}

/// An exact part of a whole, for computing. Two parts in lowest terms stay far from the limits of the type.
pub type Part = Ratio<i128>;

/// Largest number of a share: sums of some of them still fit.
pub const MAX: i32 = 1_000_000;

impl Share {
    /// What is wrong with it as a share of a whole.
    #[must_use]
    pub fn violation(self, path: &str) -> Option<Violation> {
        let sound = (1..=MAX).contains(&self.denominator) && (1..=self.denominator).contains(&self.numerator);
        let text = "must be more than nothing and at most the whole, in numbers from 1 to 1,000,000";
        (!sound).then(|| Violation::new(path, text))
    }

    /// The share as a part of the whole; zero where the denominator is zero.
    #[must_use]
    pub fn part(self) -> Part {
        if self.denominator == 0 {
            return Part::ZERO;
        }
        Part::new(self.numerator.into(), self.denominator.into())
    }

    /// A part as a share, where there is something and it can be written as one.
    #[must_use]
    pub fn of(part: Part) -> Option<Self> {
        let (numerator, denominator) = (part.numer(), part.denom());
        let number = |number: &i128| i32::try_from(*number).ok().filter(|number| *number > 0);
        Some(Self { numerator: number(numerator)?, denominator: number(denominator)? })
    }
}

/// The smallest denominator in which all shares can be written; none when it is no number of a [`Share`].
#[must_use]
pub fn common_denominator(shares: impl IntoIterator<Item = Share>) -> Option<i32> {
    let common = shares.into_iter().try_fold(1_i128, |common, share| {
        let part = share.part();
        // In lowest terms a/b has lost what both have in common.
        let common = Part::new(common, *part.denom()).numer().checked_mul(*part.denom())?;
        (common <= i32::MAX.into()).then_some(common)
    })?;
    i32::try_from(common).ok()
}

/// Two parts together; none when that cannot be computed exactly.
#[must_use]
pub fn added(one: Part, other: Part) -> Option<Part> {
    // a/b + c/d in lowest terms, checked at each step.
    let denominator = one.denom().checked_mul(*other.denom())?;
    let left = one.numer().checked_mul(*other.denom())?;
    let right = other.numer().checked_mul(*one.denom())?;
    Some(Part::new(left.checked_add(right)?, denominator))
}

/// The sum of shares; none when it cannot be computed exactly.
#[must_use]
pub fn sum(shares: impl IntoIterator<Item = Share>) -> Option<Part> {
    shares.into_iter().try_fold(Part::ZERO, |total, share| added(total, share.part()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn share(numerator: i32, denominator: i32) -> Share {
        Share { numerator, denominator }
    }

    #[test]
    fn a_share_is_something_and_not_more_than_the_whole() {
        for (numerator, denominator) in [(1, 1), (1, 3), (1_000_000, 1_000_000)] {
            assert_eq!(share(numerator, denominator).violation("share"), None);
        }
        for (numerator, denominator) in
            [(0, 1), (-1, 2), (2, 1), (1, 0), (1, -1), (1, 1_000_001), (i32::MIN, i32::MIN)]
        {
            assert!(share(numerator, denominator).violation("share").is_some(), "{numerator}/{denominator}");
        }
    }

    #[test]
    fn three_thirds_are_the_whole() {
        let third = share(1, 3);
        assert_eq!(sum([third; 3]), Some(Part::ONE));
        assert!(sum([third, third, third, share(1, 1_000_000)]).is_some_and(|sum| sum > Part::ONE));
        assert_eq!(Share::of(sum([share(2, 6), share(1, 6)]).unwrap()), Some(share(1, 2)));
        assert_eq!(Share::of(Part::ZERO), None);
    }

    proptest! {
        #[test]
        fn no_sum_panics_or_depends_on_the_order(
            shares in prop::collection::vec((1..=1_000_000_i32, 1..=1_000_000_i32), 0..50),
        ) {
            let shares: Vec<_> = shares.into_iter().map(|(a, b)| share(a.min(b), a.max(b))).collect();
            let backwards = sum(shares.iter().rev().copied());
            if let (Some(one), Some(other)) = (sum(shares), backwards) {
                prop_assert_eq!(one, other);
            }
        }
    }
}
