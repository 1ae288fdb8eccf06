//! Words as written, and statements that may have no value.

use serde::{Deserialize, Serialize};

use super::words::words;

/// Words with the language they were written in (BCP 47).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalizedText {
    /// The words.
    pub text: String,
    /// The language.
    pub language_code: String,
}

words! {
    /// Why a value is not there.
    pub enum Absence {
        /// It may exist but is not known.
        Unknown = "unknown",
        /// It cannot exist here.
        NotApplicable = "not_applicable",
        /// It is deliberately not said.
        Withheld = "withheld",
    }
}

/// A value, or the reason why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stated {
    /// The value.
    Value(String),
    /// The reason.
    Absence(Absence),
}
