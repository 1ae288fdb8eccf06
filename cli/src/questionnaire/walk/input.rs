//! What can be written at a question: a value, or a command, which begins with a colon and so is never mistaken for one.

use chrono::NaiveDate;
use focalnet_domain::questionnaire::answer::Absence;

use super::parse;

/// What `?` shows.
pub(super) const HELP: &str = "\
An answer, as the prompt says; or
  Enter            confirms what is filled in, or keeps the answer there is
  :unknown         it is not known, or unclear
  :n/a             it does not apply
  :reform          the law is under reform
  :withheld        it is known and not said
  :comment TEXT    a word about the answer that follows; without a text none
  :since DATE      the answer that follows is so since that day, as 2026-03-02
  :share           shares the answer that follows with other States Parties, or no longer
  :skip            leaves the question as it is
  :back            to the question before
  :quit            leaves; so does the end of input. What was saved stays saved
  ::TEXT           a text that itself begins with a colon";

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
    /// A value.
    Text(&'a str),
}

impl<'a> Input<'a> {
    /// Reads a line without white space around; or says what is wrong with it.
    pub(super) fn read(line: &'a str) -> Result<Self, String> {
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
            ("comment", _) => return Ok(Self::Comment(rest)),
            ("since", _) => return parse::day(rest).map(Self::Since),
            ("skip", _) => Self::Skip,
            ("back", _) => Self::Back,
            ("quit", _) => Self::Quit,
            ("share", _) => Self::Share,
            ("help", _) => Self::Help,
            _ => return Err(format!("`:{word}` is no command; `?` shows them.")),
        };
        if rest.is_empty() { Ok(input) } else { Err(format!("`:{word}` stands alone on its line.")) }
    }
}
