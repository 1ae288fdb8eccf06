//! What all threads have in common, whatever they are about. A thread has no end, so it carries no list of its messages:
//! it tells how many there are, the first and the last.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{organization::Kind, text::LocalizedText};

/// An entry of a thread. `N` names it, and so tells what the thread is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message<N> {
    /// Its name.
    pub name: N,
    /// Kind of organization that wrote.
    pub author: Kind,
    /// Who wrote; only for the writer's own side.
    pub author_display_name: Option<String>,
    /// The words.
    pub text: Option<LocalizedText>,
    /// Where the entry reroutes the thread: who owes the next reply from then on.
    pub rerouted_to: Option<Kind>,
    /// When it was written.
    pub create_time: DateTime<Utc>,
}

impl<N> Message<N> {
    /// Shows the name of the writer only to the writer's own side.
    pub fn withhold_name(&mut self, from_court: bool) {
        if self.author.is_court() != from_court {
            self.author_display_name = None;
        }
    }
}

/// What a thread tells of its entries. All that an act must know of them is here, however many there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Messages<N> {
    /// How many there are.
    pub message_count: i32,
    /// The one that opened the thread.
    pub first_message: Message<N>,
    /// The newest.
    pub last_message: Message<N>,
}

impl<N: Clone> Messages<N> {
    /// Those of a new thread.
    #[must_use]
    pub fn of(first: Message<N>) -> Self {
        Self { message_count: 1, last_message: first.clone(), first_message: first }
    }

    /// Adds an entry. It is later than the one before, also where the clocks of two servers differ: the order by time is
    /// the order of writing.
    pub fn add(&mut self, mut message: Message<N>) {
        let earliest = self.last_message.create_time + TimeDelta::microseconds(1);
        message.create_time = message.create_time.max(earliest);
        self.message_count = self.message_count.saturating_add(1);
        self.last_message = message;
    }

    /// Shows names of writers only to their own side.
    pub fn withhold_names(&mut self, from_court: bool) {
        self.first_message.withhold_name(from_court);
        self.last_message.withhold_name(from_court);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(name: u8, author: Kind, create_time: &str) -> Message<u8> {
        Message {
            name,
            author,
            author_display_name: Some("Somebody".into()),
            text: None,
            rerouted_to: None,
            create_time: create_time.parse().unwrap(),
        }
    }

    #[test]
    fn the_first_stays_and_the_last_is_the_newest() {
        let mut thread = Messages::of(message(1, Kind::State, "2008-05-30T10:00:00Z"));
        assert_eq!((thread.message_count, thread.first_message.name, thread.last_message.name), (1, 1, 1));
        thread.add(message(2, Kind::Registry, "2008-05-30T11:00:00Z"));
        thread.add(message(3, Kind::State, "2008-05-30T12:00:00Z"));
        assert_eq!((thread.message_count, thread.first_message.name, thread.last_message.name), (3, 1, 3));
    }

    #[test]
    fn each_is_later_than_the_one_before() {
        let mut thread = Messages::of(message(1, Kind::State, "2008-05-30T10:00:00Z"));
        for early in ["2008-05-30T10:00:00Z", "2008-05-30T09:00:00Z"] {
            let before = thread.last_message.create_time;
            thread.add(message(2, Kind::Registry, early));
            assert_eq!(thread.last_message.create_time, before + TimeDelta::microseconds(1));
        }
    }

    #[test]
    fn names_of_the_other_side_are_withheld() {
        let mut thread = Messages::of(message(1, Kind::Authority, "2008-05-30T10:00:00Z"));
        thread.add(message(2, Kind::Chamber, "2008-05-30T11:00:00Z"));
        let names = |from_court| {
            let mut told = thread.clone();
            told.withhold_names(from_court);
            [told.first_message, told.last_message].map(|told| told.author_display_name.is_some())
        };
        assert_eq!((names(true), names(false)), ([false, true], [true, false]));
    }
}
