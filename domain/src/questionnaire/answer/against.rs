//! What stands against an answer, by kind: the server says it in English, the command line in the language of the
//! conversation.

use std::fmt;

use super::{Period, QuestionType};
use crate::words::words;

/// What is wrong with a value as an answer to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfit {
    /// The question is a text between questions.
    Note,
    /// It is of another type than the question.
    Type(QuestionType),
    /// It names an option that the question does not have.
    NoOption(Vec<String>),
    /// It chooses no option.
    NothingChosen,
    /// It names an option twice.
    ChosenTwice,
    /// It is no decimal number.
    NoDecimal,
    /// The length of time is below zero, or above the most that it can count.
    Length,
    /// It names no law.
    NoLaw,
    /// It is no contact: at which field, and why not.
    Contact(&'static str, &'static str),
}

impl fmt::Display for Unfit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Note => formatter.write_str("is a note: there is nothing to answer"),
            Self::Type(kind) => write!(formatter, "must be of the type {kind}, or an absence"),
            Self::NoOption(keys) => write!(formatter, "is none of the options: {}", keys.join(", ")),
            Self::NothingChosen => formatter.write_str("must choose at least one option"),
            Self::ChosenTwice => formatter.write_str("must name each option once"),
            Self::NoDecimal => formatter.write_str("must be a decimal number, as 12.5"),
            Self::Length => write!(formatter, "must be from 0 to {}", Period::MAX),
            Self::NoLaw => formatter.write_str("must name at least one law"),
            Self::Contact(_, why) => formatter.write_str(why),
        }
    }
}

words! {
    /// What stands against saving an answer that fits its question, in the words of the server.
    pub enum Against {
        /// The question is not asked, as the other answers are.
        NotAsked = "is not asked, as the other answers are",
        /// There is no answer to take back.
        NothingThere = "there is no answer to take back",
        /// An attested answer is not taken back.
        Attested = "what was attested is not taken back: answer it as it is now",
        /// The response would become too large to be read in one answer.
        TooLarge = "would make the response larger than 2 MiB: shorten the texts, or name a document instead",
    }
}

impl Against {
    /// The one that a sentence of the server holds.
    #[must_use]
    pub fn within(sentence: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|against| sentence.contains(against.as_str()))
    }
}
