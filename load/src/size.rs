//! How much is made, and how it is spread.

use focalnet_domain::states;

use crate::{Error, random::Random};

/// How much is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Requests, over all cases.
    pub requests: u32,
    /// Assets of a request, on average; their sum is exact.
    pub assets_per_request: u32,
    /// Cases.
    pub cases: u32,
    /// States that requests go to, in the order of their codes.
    pub states: u32,
    /// What chance begins with: the same seed makes the same rows.
    pub seed: u64,
}

impl Default for Size {
    fn default() -> Self {
        Self { requests: 2_000, assets_per_request: 20, cases: 40, states: 100, seed: 1 }
    }
}

impl Size {
    /// Refuses what nothing can be made of.
    pub fn check(&self) -> Result<(), Error> {
        let states = u32::try_from(states::all().len()).unwrap_or(u32::MAX);
        let wrong = if self.cases == 0 || self.cases > self.requests {
            "cases: from 1 to as many as requests".to_owned()
        } else if self.assets_per_request == 0 {
            "assets per request: at least 1".to_owned()
        } else if self.states == 0 || self.states > states {
            format!("states: from 1 to {states}, which is all there are")
        } else {
            return Ok(());
        };
        Err(Error::Refused(wrong))
    }

    /// How many requests each case has, falling: the first has some times what most have, the last has one.
    pub(crate) fn requests_of_cases(&self) -> Vec<u32> {
        let first = self.cases - 1;
        let share = |case: u32| 1.0 / f64::from(case + 1).sqrt().sqrt();
        let whole: f64 = (0..first).map(share).sum();
        // One for each case; what rounding leaves goes to the first of them, one to each.
        let free = self.requests - self.cases;
        let mut counts: Vec<u32> = (0..first).map(|case| 1 + part(free, share(case) / whole)).collect();
        counts.push(1);
        let rest = self.requests - counts.iter().sum::<u32>();
        counts.iter_mut().take(rest as usize).for_each(|count| *count += 1);
        counts
    }

    /// How many assets each request has: anything from 1 to twice the average, in pairs that have the average.
    pub(crate) fn assets_of_requests(&self, random: &mut Random) -> Vec<u32> {
        let average = self.assets_per_request;
        let mut counts = Vec::new();
        while counts.len() + 1 < self.requests as usize {
            let one = 1 + u32::try_from(random.below(u64::from(2 * average - 1))).unwrap_or_default();
            counts.extend([one, 2 * average - one]);
        }
        counts.resize(self.requests as usize, average);
        counts
    }
}

/// A part of a number, rounded down.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the part of a number is no larger than it"
)]
fn part(of: u32, share: f64) -> u32 {
    (f64::from(of) * share) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost_in_spreading() {
        for (requests, cases) in [(1, 1), (2, 2), (7, 3), (2_000, 40), (100_000, 2_000)] {
            for seed in 0..5 {
                let size = Size { requests, cases, seed, ..Size::default() };
                size.check().unwrap();
                let of_cases = size.requests_of_cases();
                assert_eq!(of_cases.len(), cases as usize);
                assert_eq!(of_cases.iter().sum::<u32>(), requests, "{size:?}");
                assert!(
                    of_cases.is_sorted_by(|more, less| more >= less) && of_cases[of_cases.len() - 1] == 1
                );
                let of_requests = size.assets_of_requests(&mut Random::new(seed));
                assert_eq!(of_requests.iter().sum::<u32>(), requests * size.assets_per_request);
                assert!(of_requests.iter().all(|count| *count > 0));
            }
        }
    }

    #[test]
    fn most_cases_have_tens_of_requests() {
        let of_cases = Size { requests: 100_000, cases: 2_000, ..Size::default() }.requests_of_cases();
        assert!((200..400).contains(&of_cases[0]), "{}", of_cases[0]);
        assert!((30..60).contains(&of_cases[1_000]), "{}", of_cases[1_000]);
    }

    #[test]
    fn what_cannot_be_made_is_refused() {
        let size = Size::default();
        for wrong in [
            Size { cases: 0, ..size },
            Size { requests: 3, cases: 4, ..size },
            Size { assets_per_request: 0, ..size },
            Size { states: 10_000, ..size },
        ] {
            assert!(wrong.check().is_err(), "{wrong:?}");
        }
    }
}
