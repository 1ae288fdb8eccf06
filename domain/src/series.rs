//! What grows with time: values, costs, claims, shares, changes. A resource shows the newest few and how many there are;
//! whoever wants all of them asks for the list.

use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Serialize, Serializer};

/// How many a resource shows.
pub const SHOWN: usize = 5;

/// Entries of one kind, oldest first. Not all of them need be at hand: the newest are, and those that a rule asks about.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "Vec<T>")]
pub struct Series<T> {
    count: usize,
    at_hand: Vec<T>,
}

impl<T> Series<T> {
    /// A series of so many entries, of which these are at hand.
    #[must_use]
    pub const fn of(count: usize, at_hand: Vec<T>) -> Self {
        Self { count, at_hand }
    }

    /// How many there are, at hand or not.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.count
    }

    /// Adds one.
    pub fn push(&mut self, entry: T) {
        self.count = self.count.saturating_add(1);
        self.at_hand.push(entry);
    }

    /// Keeps those at hand for which this holds; each other is counted no more.
    pub fn retain(&mut self, keep: impl FnMut(&T) -> bool) {
        let before = self.at_hand.len();
        self.at_hand.retain(keep);
        self.count = self.count.saturating_sub(before - self.at_hand.len());
    }

    /// The newest: what a resource shows.
    #[must_use]
    pub fn newest(&self) -> &[T] {
        &self.at_hand[self.at_hand.len().saturating_sub(SHOWN)..]
    }

    /// What a resource shows, each told in another way.
    pub fn shown<U>(&self, tell: impl FnMut(&T) -> U) -> Series<U> {
        Series { count: self.count, at_hand: self.newest().iter().map(tell).collect() }
    }

    /// The last entry with its number, from 0.
    #[must_use]
    pub fn last_numbered(&self) -> Option<(usize, &T)> {
        Some((self.count.checked_sub(1)?, self.at_hand.last()?))
    }
}

impl<T> Default for Series<T> {
    fn default() -> Self {
        Self { count: 0, at_hand: Vec::new() }
    }
}

impl<T> From<Vec<T>> for Series<T> {
    fn from(all: Vec<T>) -> Self {
        Self { count: all.len(), at_hand: all }
    }
}

impl<T> Deref for Series<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.at_hand
    }
}

impl<T> DerefMut for Series<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.at_hand
    }
}

/// It is written as it is shown. Who reads that knows the entries that were shown, and not how many there are.
impl<T: Serialize> Serialize for Series<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.newest().serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_are_shown_and_all_are_counted() {
        for length in 0..12 {
            let series = Series::from((0..length).collect::<Vec<_>>());
            let shown = series.shown(|entry| *entry);
            assert_eq!(shown.count(), length);
            assert_eq!(shown.to_vec(), (length.saturating_sub(SHOWN)..length).collect::<Vec<_>>());
        }
    }

    #[test]
    fn an_entry_that_is_added_has_the_next_number() {
        let mut series = Series::of(20, vec![18, 19]);
        series.push(20);
        assert_eq!((series.count(), series.last_numbered()), (21, Some((20, &20))));
        series.retain(|entry| *entry < 19);
        assert_eq!((series.count(), series.to_vec()), (19, vec![18]));
        assert_eq!(Series::<u8>::default().last_numbered(), None);
    }
}
