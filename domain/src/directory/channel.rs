//! The channel and the languages a State has chosen for requests (RS 87(1) and (2)), and from when they hold.

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{clock, country, error::Violation, states::State, words::words};

#[cfg(test)]
mod tests;

/// Days from the receipt of a change to its effect when none was agreed (RPE 180).
pub const CHANGE_DAYS: u64 = 45;

/// The working languages of the Court (RS 50(2)): any State may choose them.
pub const WORKING_LANGUAGES: [&str; 2] = ["en", "fr"];

words! {
    /// The ways to a State.
    pub enum ChannelKind {
        /// The diplomatic channel.
        Diplomatic = "diplomatic",
        /// A ministry, directly.
        Ministry = "ministry",
        /// Another one, which its description names.
        Other = "other",
    }
}

/// A choice as the State communicated it in writing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewChannel {
    /// Which way.
    pub kind: ChannelKind,
    /// More about it, as which ministry; never missing when the kind is `other`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether requests may come through INTERPOL as well (RS 87(1)(b)).
    #[serde(default)]
    pub interpol_accepted: bool,
    /// Languages of requests and their documents, as BCP 47 tags; one of them is enough.
    #[serde(default)]
    pub languages: Vec<String>,
    /// Day on which the Court received the communication; the day it is recorded when nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_date: Option<NaiveDate>,
    /// Day of effect that the Court and the State agreed on, if they did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed_date: Option<NaiveDate>,
}

/// A choice with the day from which it holds. It holds for requests made from that day on: requests under way keep
/// the channel and the language they began with (RPE 180).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channel {
    /// From 1, in the order of recording.
    pub number: i32,
    /// What was chosen.
    #[serde(flatten)]
    pub facts: NewChannel,
    /// First day on which it holds; see [`effective_date()`].
    pub effective_date: NaiveDate,
    /// When it was recorded.
    pub create_time: DateTime<Utc>,
}

impl NewChannel {
    /// The channel this choice makes, recorded as the version after `earlier` ones.
    #[must_use]
    pub fn into_channel(mut self, earlier: i32, at: DateTime<Utc>) -> Channel {
        let received = *self.received_date.get_or_insert(at.date_naive());
        let effective_date = effective_date(received, self.agreed_date, earlier > 0);
        Channel { number: earlier + 1, facts: self, effective_date, create_time: at }
    }

    /// What is wrong with it at an instant. Of a State that is not in the data the official languages are
    /// not known: then any language tag will do.
    #[must_use]
    pub fn violations(&self, state: Option<&State>, at: DateTime<Utc>) -> Vec<Violation> {
        let mut violations = Vec::new();
        let mut wrong = |field: &str, text: &str| {
            violations.push(Violation::new(format!("channel.{field}"), text));
        };
        let described = self.description.as_ref().is_some_and(|text| !text.trim().is_empty());
        if self.kind == ChannelKind::Other && !described {
            wrong("description", "say which channel it is");
        }
        if self.languages.is_empty() {
            wrong("languages", "name at least one language");
        }
        for (position, tag) in self.languages.iter().enumerate() {
            if let Some(text) = language_problem(tag, state) {
                wrong(&format!("languages[{position}]"), &text);
            }
        }
        let received = self.received_date.unwrap_or_else(|| at.date_naive());
        if let Some(text) = clock::not_yet(received, clock::latest_day(at)) {
            wrong("received_date", &text);
        }
        if self.agreed_date.is_some_and(|agreed| agreed < received) {
            wrong("agreed_date", "is before received_date");
        }
        violations
    }
}

/// Why a State cannot choose a language: it chooses among its own and those of the Court (RS 87(2), RPE 178).
/// Variants, as `pt-BR`, count as their language.
fn language_problem(tag: &str, state: Option<&State>) -> Option<String> {
    if !country::is_language(tag) {
        return Some("is not a BCP 47 language tag such as `fr` or `pt-BR`".to_owned());
    }
    let state = state?;
    let language = tag.split('-').next()?;
    let mut allowed = state.official_languages.iter().map(String::as_str).chain(WORKING_LANGUAGES);
    if allowed.any(|one| one == language) {
        return None;
    }
    let official = state.official_languages.join(", ");
    Some(format!(
        "must be an official language of the State ({official}) or a working language of the Court (en, fr)"
    ))
}

/// The day from which a choice holds (RPE 180): the one agreed, else 45 days after receipt, not counting the day
/// of receipt.
///
/// The rule speaks of changes. A first choice (`has_earlier` is false) changes nothing that anybody relies on, so
/// it is read here as holding from its receipt, unless a day was agreed.
#[must_use]
pub fn effective_date(received: NaiveDate, agreed: Option<NaiveDate>, has_earlier: bool) -> NaiveDate {
    let days = if has_earlier { CHANGE_DAYS } else { 0 };
    agreed.unwrap_or_else(|| received.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX))
}
