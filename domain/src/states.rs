//! The States: codes, names, membership of the Rome Statute by date, regional group, languages, weekend.
//!
//! The facts stand in `data/states.csv` and are part of the program; `data/README.md` says where they come from.

use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, de::Error as _};

use super::words::words;

#[cfg(test)]
mod tests;

const TEXT: &str = include_str!("../../data/states.csv");

// A file that cannot be read is an error of the build, which the tests find; it must not stop a running server.
static STATES: LazyLock<Vec<State>> = LazyLock::new(|| parse(TEXT).unwrap_or_default());

words! {
    /// Groups by which States elect and are counted: those of the United Nations.
    pub enum RegionalGroup {
        /// African States.
        African = "african",
        /// Asia-Pacific States.
        AsiaPacific = "asia_pacific",
        /// Eastern European States.
        EasternEuropean = "eastern_european",
        /// Latin American and Caribbean States.
        Grulac = "grulac",
        /// Western European and other States.
        Weog = "weog",
        /// No group.
        None = "none",
    }
}

/// A State as the data know it: a member of the United Nations, or one of four others.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// ISO 3166-1 alpha-2 code, in upper case.
    #[serde(rename = "iso_alpha2")]
    pub alpha2: String,
    /// ISO 3166-1 alpha-3 code, in upper case.
    #[serde(rename = "iso_alpha3")]
    pub alpha3: String,
    /// Short name in English, without an article.
    pub name_en: String,
    /// Short name in French, without an article.
    pub name_fr: String,
    /// Whether it is a member of the United Nations.
    pub un_member: bool,
    /// Its regional group.
    #[serde(rename = "un_regional_group")]
    pub group: RegionalGroup,
    /// First day on which the Rome Statute was in force for it; none if that day never came.
    pub party_from: Option<NaiveDate>,
    /// First day on which its withdrawal had effect; none without one.
    pub party_until: Option<NaiveDate>,
    /// Its official languages, as BCP 47 tags without region or script; never empty.
    #[serde(deserialize_with = "languages")]
    pub official_languages: Vec<String>,
    /// Weekly rest days of its public offices, from 1 (Monday) to 7 (Sunday), ascending; never empty.
    #[serde(deserialize_with = "weekend")]
    pub weekend: Vec<u8>,
}

impl State {
    /// Whether it is a Party to the Rome Statute on a day.
    #[must_use]
    pub fn is_party_on(&self, day: NaiveDate) -> bool {
        self.party_from.is_some_and(|from| from <= day) && self.party_until.is_none_or(|until| day < until)
    }

    /// Whether it is a former Party on a day: it was one before and is one no longer. It stays bound for matters
    /// that the Court had begun to consider while it was one (RS 127(2)).
    #[must_use]
    pub fn was_party_before(&self, day: NaiveDate) -> bool {
        self.party_from.is_some_and(|from| from < day) && !self.is_party_on(day)
    }
}

/// All States, by alpha-2 code.
#[must_use]
pub fn all() -> &'static [State] {
    &STATES
}

/// The State with an ISO 3166-1 alpha-2 code in upper case, as `NL`; none for countries that are not in the data.
#[must_use]
pub fn by_code(alpha2: &str) -> Option<&'static State> {
    all().iter().find(|state| state.alpha2 == alpha2)
}

fn parse(text: &str) -> Result<Vec<State>, csv::Error> {
    csv::Reader::from_reader(text.as_bytes()).into_deserialize().collect()
}

/// Tags between semicolons.
fn languages<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Ok(String::deserialize(deserializer)?.split(';').map(str::to_owned).collect())
}

/// One digit for each day.
fn weekend<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let day = |digit| match digit {
        b'1'..=b'7' => Ok(digit - b'0'),
        _ => Err(D::Error::custom("a day of the week is a digit from 1 to 7")),
    };
    String::deserialize(deserializer)?.bytes().map(day).collect()
}
