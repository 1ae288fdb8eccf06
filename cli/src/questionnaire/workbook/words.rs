//! What a workbook says besides the questionnaire's own words, in the languages of the program.

use focalnet_domain::questionnaire::{
    QuestionType,
    answer::{Absence, Unit},
    expression::ConditionWords,
};

use super::layout::Column;
pub(super) use super::{english::ENGLISH, french::FRENCH};
use crate::questionnaire::tongue::Tongue;

/// The words in one language. Lists are in the order of what they name.
#[derive(Debug)]
pub(in crate::questionnaire) struct Labels {
    /// Headings, in the order of the columns.
    pub(super) headings: [&'static str; Column::ALL.len()],
    /// Yes.
    pub(super) yes: &'static str,
    /// No.
    pub(super) no: &'static str,
    /// Types of questions.
    pub(super) kinds: [&'static str; QuestionType::ALL.len()],
    /// Reasons why there is no value.
    pub(super) absences: [&'static str; Absence::ALL.len()],
    /// Units of time.
    pub(super) units: [&'static str; Unit::ALL.len()],
    /// Fields of a reference to legislation; `{}` is its number.
    pub(super) law: [&'static str; 4],
    /// Fields of a contact.
    pub(super) contact: [&'static str; 6],
    /// Fields of a file.
    pub(super) file: [&'static str; 6],
    /// The words about a question that is asked under a condition.
    pub(super) asked: &'static str,
    /// The word about a question that must be answered.
    pub(super) required: &'static str,
    /// The words about a question that must be answered under a condition.
    pub(super) required_if: &'static str,
    /// The words about an answer that is filled in from an earlier response.
    pub(super) unconfirmed: &'static str,
    /// Quotation marks.
    pub(super) quotes: [&'static str; 2],
    /// Labels of conditions.
    pub(super) condition: ConditionWords,
    /// What to know before answering, line by line; the first is the title.
    pub(super) read_me: &'static [&'static str],
}

/// All languages of the program.
pub(super) const LANGUAGES: [&Labels; 2] = [&ENGLISH, &FRENCH];

impl Labels {
    /// The words in a language of the program, else in English.
    pub(in crate::questionnaire) fn of(language: &str) -> &'static Self {
        match Tongue::of(language) {
            Tongue::English => &ENGLISH,
            Tongue::French => &FRENCH,
        }
    }

    /// Yes or no.
    pub(in crate::questionnaire) const fn yes_no(&self, yes: bool) -> &'static str {
        if yes { self.yes } else { self.no }
    }

    /// Why there is no value.
    pub(in crate::questionnaire) fn absence(&self, absence: Absence) -> &'static str {
        word(Absence::ALL, &self.absences, &absence)
    }
}

/// The word in a list for a member of what the list names.
pub(super) fn word<T: PartialEq>(all: &[T], words: &[&'static str], one: &T) -> &'static str {
    let place = all.iter().position(|other| other == one);
    place.and_then(|place| words.get(place)).copied().unwrap_or_default()
}
