//! What can be written at a question: a value, or a command, which begins with a colon and so is never mistaken for one.

use chrono::NaiveDate;
use focalnet_domain::questionnaire::answer::Absence;

use super::{parse, phrases::Phrase};
use crate::questionnaire::tongue::Tongue;

const ABSENCES: [(&str, Absence); 4] = [
    ("unknown", Absence::Unknown),
    ("n/a", Absence::DoesNotApply),
    ("reform", Absence::UnderReform),
    ("withheld", Absence::Withheld),
];

/// A line at a question.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Input<'a> {
    /// Enter alone.
    Nothing,
    /// What can be written?
    Help,
    /// There is no value, and why.
    Absence(Absence),
    /// Leave it as it is.
    Skip,
    /// To the one before.
    Back,
    /// Leave.
    Quit,
    /// A word about the answer; blank for none.
    Comment(&'a str),
    /// Since when it is so.
    Since(NaiveDate),
    /// The other way round with sharing.
    Share,
    /// Write it in an editor.
    Edit,
    /// There is to be no answer.
    TakeBack,
    /// A value.
    Text(&'a str),
}

impl<'a> Input<'a> {
    /// Reads what was written, without white space around; or says what is wrong with it.
    pub(super) fn read(line: &'a str, tongue: Tongue) -> Result<Self, String> {
        let Some(command) = line.strip_prefix(':') else {
            return Ok(match line {
                "" => Self::Nothing,
                "?" => Self::Help,
                text => Self::Text(text),
            });
        };
        if command.starts_with(':') {
            return Ok(Self::Text(command));
        }
        let (word, rest) = command.split_once(char::is_whitespace).unwrap_or((command, ""));
        let (word, rest) = (word.to_lowercase(), rest.trim_start());
        let absence = ABSENCES.iter().find(|(name, _)| *name == word);
        let input = match (word.as_str(), absence) {
            (_, Some((_, absence))) => Self::Absence(*absence),
            ("comment", _) => return parse::fitting(rest, "LocalizedText.text", tongue).map(Self::Comment),
            ("since", _) => return parse::day(rest, tongue).map(Self::Since),
            ("skip", _) => Self::Skip,
            ("back", _) => Self::Back,
            ("quit", _) => Self::Quit,
            ("share", _) => Self::Share,
            ("edit", _) => Self::Edit,
            ("takeback", _) => Self::TakeBack,
            ("help", _) => Self::Help,
            _ => return Err(tongue.say(Phrase::NoCommand, &[&word])),
        };
        if rest.is_empty() { Ok(input) } else { Err(tongue.say(Phrase::StandsAlone, &[&word])) }
    }
}
