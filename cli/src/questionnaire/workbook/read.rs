//! A workbook read back into answers.

use std::collections::{BTreeMap, BTreeSet};

use calamine::Range;
use focalnet_domain::questionnaire::{Document, answer::NewAnswer};

use super::{
    super::sheets::{self, Cell, Sheet},
    layout::{ANSWERS, Column, DIGEST_OF, FORMAT, MADE_OF, Origin},
    parse,
    problem::{Findings, Place, Problem},
    rows::{Block, blocks},
    values::Reader,
};

/// A workbook that this program made, as far as can be told without the questionnaire.
#[derive(Debug)]
pub(crate) struct Workbook {
    /// What it was made of.
    pub(crate) origin: Origin,
    /// Digests of the answers it was made with, by question.
    pub(super) digests: BTreeMap<String, String>,
    answers: Range<Cell>,
}

/// What a workbook says of a question.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    /// Key of the question.
    pub(crate) question: String,
    /// The answer, with the etag of the one that was in the workbook when it was made.
    pub(crate) answer: Option<NewAnswer>,
    /// That etag.
    pub(crate) etag: Option<String>,
    /// Whether the answer is to be given as it stands.
    pub(crate) confirm: bool,
    /// The cell where the answer stands, or belongs.
    pub(crate) place: Place,
    /// The cell of the comment.
    pub(crate) comment: Place,
}

/// What a workbook says.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// One entry for each question whose rows can be read.
    pub(crate) entries: Vec<Entry>,
    /// What is wrong.
    pub(crate) problems: Vec<Problem>,
    /// Keys of the questions whose rows cannot be read.
    pub(super) broken: BTreeSet<String>,
}

impl Workbook {
    /// Opens a workbook.
    pub(crate) fn open(bytes: &[u8]) -> Result<Self, Problem> {
        let sheets = sheets::open_xlsx(bytes).map_err(|unreadable| Problem::whole(unreadable.to_string()))?;
        Self::of(sheets)
    }

    /// The same, of its sheets.
    pub(super) fn of(mut sheets: Vec<Sheet>) -> Result<Self, Problem> {
        let mut take = |name: &str| {
            let place = sheets.iter().position(|(sheet, _)| sheet == name);
            let missing = || {
                Problem::whole(format!(
                    "the sheet `{name}` is missing: export the response again and answer there"
                ))
            };
            place.map(|place| sheets.swap_remove(place).1).ok_or_else(missing)
        };
        let (made_of, answers) = (take(MADE_OF)?, take(ANSWERS)?);
        let text = |cell: Option<&Cell>| cell.and_then(|cell| parse::text(cell).ok().flatten());
        let facts: BTreeMap<String, String> =
            made_of.rows().filter_map(|row| Some((text(row.first())?, text(row.get(1))?))).collect();
        let fact = |name: &str| facts.get(name).cloned().unwrap_or_default();
        if fact("format") != FORMAT {
            let reason =
                "the workbook was made by another version of this program: export the response again";
            return Err(Problem::whole(reason));
        }
        let origin = Origin {
            response: fact("response"),
            questionnaire: fact("questionnaire"),
            version_number: fact("version").parse().unwrap_or_default(),
            language: fact("language"),
        };
        let digest = |(name, digest): (&String, &String)| {
            Some((name.strip_prefix(DIGEST_OF)?.to_owned(), digest.clone()))
        };
        Ok(Self { origin, digests: facts.iter().filter_map(digest).collect(), answers })
    }

    /// What it says of the questions of its questionnaire.
    pub(crate) fn read(&self, document: &Document) -> Reading {
        let mut findings = Findings::default();
        let mut entries = Vec::new();
        for block in blocks(&self.answers, document, &mut findings) {
            let entry = self.entry(&block, &mut findings);
            if !findings.broken.contains(&block.question.key) {
                entries.push(entry);
            }
        }
        let Findings { mut problems, broken } = findings;
        problems.sort();
        problems.dedup();
        Reading { entries, problems, broken }
    }

    fn entry(&self, block: &Block<'_>, findings: &mut Findings) -> Entry {
        let (head, question) = (&block.head, block.question);
        let mut reader = Reader { block, language: &self.origin.language, findings };
        let value = reader.value();
        if let Some((value, place)) = &value
            && let Some((_, reason)) = value.problem(question)
        {
            reader.wrong(*place, reason.to_string());
        }
        let etag = reader.take(head, Column::Version, parse::text);
        let valid_from_date = reader.take(head, Column::ValidFrom, parse::day);
        let shared = reader.take(head, Column::Shared, parse::yes_no).unwrap_or_default();
        let comment = reader.words(head, Column::Comment, Column::CommentLanguage);
        let confirm = reader.take(head, Column::Confirm, parse::yes_no).unwrap_or_default();
        if value.is_none() {
            // What is wrong with the answer is told already.
            let is_told = reader.findings.broken.contains(&question.key);
            let lost = [
                (Column::ValidFrom, valid_from_date.is_some()),
                (Column::Shared, shared),
                (Column::Comment, comment.is_some()),
                (Column::Confirm, confirm),
            ];
            for (column, _) in lost.into_iter().filter(|(_, given)| *given && !is_told) {
                reader.wrong(head.place(column), "there is no answer that this belongs to");
            }
        }
        let place = value.as_ref().map_or_else(|| head.place(Column::Answer), |(_, place)| *place);
        let answer = value.map(|(value, _)| NewAnswer {
            question: question.key.clone(),
            value,
            valid_from_date,
            shared,
            comment,
            etag: etag.clone(),
        });
        let comment = head.place(Column::Comment);
        Entry { question: question.key.clone(), answer, etag, confirm, place, comment }
    }
}
