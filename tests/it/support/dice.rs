//! Chance that can be had again: the same seed, the same throws.

use std::env;

use chrono::{Days, NaiveDate};
use focalnet_load::Random;

/// Throws that follow from a seed.
pub(crate) struct Dice(Random);

/// The variable of the environment that brings them back.
const SEED: &str = "FOCALNET_TEST_SEED";

impl Dice {
    /// Those of the seed that is asked for, or of a new one. It is printed: a test that fails shows it.
    #[expect(clippy::disallowed_methods, reason = "a seed is no configuration of the program")]
    pub(crate) fn thrown() -> Self {
        let asked = env::var(SEED).ok().map(|seed| seed.parse().unwrap());
        let seed = asked.unwrap_or_else(|| focalnet_domain::ids::new().as_u64_pair().1);
        println!("{SEED}={seed} throws the same again");
        Self(Random::new(seed))
    }

    /// From 0, below this.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0.below(end)
    }

    /// A day among so many from one on.
    pub(crate) fn day(&mut self, from: NaiveDate, within: u64) -> NaiveDate {
        from + Days::new(self.below(within))
    }

    /// Once in so many.
    pub(crate) fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    /// One of several.
    pub(crate) fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        self.0.pick(of)
    }
}
