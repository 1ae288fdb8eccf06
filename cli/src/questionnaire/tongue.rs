//! The languages that the program itself speaks, beside those of a questionnaire.

/// A language of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tongue {
    /// English, also for all languages that it does not speak.
    English,
    /// French.
    French,
}

impl Tongue {
    /// The one for a BCP 47 tag.
    pub(super) fn of(language: &str) -> Self {
        let french = language.split('-').next().is_some_and(|tag| tag.eq_ignore_ascii_case("fr"));
        if french { Self::French } else { Self::English }
    }
}
