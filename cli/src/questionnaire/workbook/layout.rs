//! Where everything stands: sheets, columns, and the rows of each question.

use std::fmt;

use focalnet_domain::questionnaire::{Question, QuestionType, answer::Value, response::ResponseView};

/// The sheet that is filled in.
pub(super) const ANSWERS: &str = "answers";
/// The sheet that explains.
pub(super) const READ_ME: &str = "read me";
/// The hidden sheet with the lists of options.
pub(super) const OPTIONS: &str = "options";
/// The hidden sheet with what the workbook was made of.
pub(super) const MADE_OF: &str = "focalnet";

/// The form of workbook that this program writes and reads.
pub(super) const FORMAT: &str = "1";

/// Before the key of a question in the sheet of what the workbook was made of.
pub(super) const DIGEST_OF: &str = "answer ";

/// What a workbook was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    /// Name of the response.
    pub(crate) response: String,
    /// Name of the version of the questionnaire.
    pub(crate) questionnaire: String,
    /// Number of that version.
    pub(crate) version_number: i32,
    /// The language of the workbook.
    pub(crate) language: String,
}

impl Origin {
    /// The origin of a workbook for a response, in a language.
    pub(crate) fn of(response: &ResponseView, language: &str) -> Self {
        Self {
            response: response.name.to_string(),
            questionnaire: response.questionnaire.to_string(),
            version_number: response.version_number,
            language: language.to_owned(),
        }
    }
}

/// A column of the sheet that is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u16)]
pub(super) enum Column {
    Key,
    Part,
    Question,
    About,
    Answer,
    Language,
    Unit,
    Absence,
    ValidFrom,
    Shared,
    Comment,
    CommentLanguage,
    Status,
    Confirm,
    Version,
}

impl Column {
    /// All, from left to right.
    pub(super) const ALL: [Self; 15] = [
        Self::Key,
        Self::Part,
        Self::Question,
        Self::About,
        Self::Answer,
        Self::Language,
        Self::Unit,
        Self::Absence,
        Self::ValidFrom,
        Self::Shared,
        Self::Comment,
        Self::CommentLanguage,
        Self::Status,
        Self::Confirm,
        Self::Version,
    ];

    /// Those that are read. The others only explain, and may go.
    pub(super) const READ: [Self; 12] = [
        Self::Key,
        Self::Part,
        Self::Answer,
        Self::Language,
        Self::Unit,
        Self::Absence,
        Self::ValidFrom,
        Self::Shared,
        Self::Comment,
        Self::CommentLanguage,
        Self::Confirm,
        Self::Version,
    ];

    /// Its place, from 0.
    pub(super) const fn place(self) -> u16 {
        self as u16
    }

    /// Its width in characters.
    pub(super) const fn width(self) -> f64 {
        match self {
            Self::Question | Self::Answer => 44.0,
            Self::About => 36.0,
            Self::Comment => 28.0,
            Self::Absence => 15.0,
            Self::ValidFrom | Self::Status => 12.0,
            _ => 9.5,
        }
    }

    /// Whether only the program needs it: people find a row by its question.
    pub(super) const fn is_hidden(self) -> bool {
        matches!(self, Self::Key | Self::Part | Self::Version)
    }

    /// The last one that is printed. Those behind it are for the work with the program.
    pub(super) const LAST_PRINTED: Self = Self::Comment;
}

/// Fields of a reference to legislation, after its number and a point.
pub(super) const LAW: [&str; 4] = ["title", "article", "url", "in_force_from"];
/// Fields of a contact.
pub(super) const CONTACT: [&str; 6] =
    ["authority", "person", "postal_address", "email", "telephone", "around_the_clock"];
/// Fields of a file.
pub(super) const FILE: [&str; 6] =
    ["kind", "file_name", "sha256", "size_bytes", "language", "translation_of"];

/// Laws for which there is room at least.
const LAWS: usize = 3;

/// A row below a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// An option of a multiple choice.
    Option(&'a str),
    /// A field of a law: its number from 1, and the place of the field.
    Law(usize, usize),
    /// A field of a contact.
    Contact(usize),
    /// A field of a file.
    File(usize),
}

impl fmt::Display for Part<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Option(key) => f.write_str(key),
            Self::Law(number, field) => write!(f, "{number}.{}", LAW[field]),
            Self::Contact(field) => f.write_str(CONTACT[field]),
            Self::File(field) => f.write_str(FILE[field]),
        }
    }
}

/// The rows below a question for an answer: for laws with room for one more.
pub(super) fn parts<'a>(question: &'a Question, value: Option<&Value>) -> Vec<Part<'a>> {
    match question.kind {
        QuestionType::SelectMultiple => {
            question.options.iter().map(|option| Part::Option(&option.key)).collect()
        }
        QuestionType::Legislation => {
            let laws = match value {
                Some(Value::Legislation(laws)) => laws.references.len() + 1,
                _ => LAWS,
            };
            (1..=laws.max(LAWS))
                .flat_map(|number| (0..LAW.len()).map(move |field| Part::Law(number, field)))
                .collect()
        }
        QuestionType::Contact => (0..CONTACT.len()).map(Part::Contact).collect(),
        QuestionType::File => (0..FILE.len()).map(Part::File).collect(),
        _ => Vec::new(),
    }
}
