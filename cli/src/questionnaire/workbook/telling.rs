//! The conditions of a questionnaire in words.

use focalnet_domain::questionnaire::{
    Document, Question, QuestionType,
    expression::{ConditionWords, Expression, Telling},
};

use super::words::{Labels, word};

/// Tells conditions in the language of a workbook.
#[derive(Debug)]
pub(super) struct Told<'a> {
    pub(super) document: &'a Document,
    pub(super) language: &'a str,
    pub(super) words: &'static Labels,
}

impl Told<'_> {
    /// What there is to know of a question: when it is asked, whether it must be answered, what an answer is, and help.
    pub(super) fn about(&self, question: &Question) -> String {
        let asked = question.relevant.as_deref().map(|source| self.condition(self.words.asked, source));
        let required = match question.required.as_deref() {
            _ if question.kind == QuestionType::Note => None,
            None | Some("false()") => None,
            Some("true()") => Some(self.words.required.to_owned()),
            Some(source) => Some(self.condition(self.words.required_if, source)),
        };
        let kind = word(QuestionType::ALL, &self.words.kinds, &question.kind).to_owned();
        let help = Some(question.help.in_language(self.language).to_owned()).filter(|help| !help.is_empty());
        [asked, required, Some(kind), help].into_iter().flatten().collect::<Vec<_>>().join("\n")
    }

    fn condition(&self, pattern: &str, source: &str) -> String {
        // A version that is published has no condition that cannot be parsed.
        let condition = Expression::parse(source)
            .map_or_else(|_| source.to_owned(), |condition| condition.sentence(self));
        pattern.replacen("{}", &condition, 1)
    }
}

impl Telling for Told<'_> {
    fn words(&self) -> &ConditionWords {
        &self.words.condition
    }

    fn question(&self, key: &str) -> String {
        key.to_owned()
    }

    fn value(&self, question: &str, value: &str) -> String {
        let question = self.document.questions.iter().find(|known| known.key == question);
        if question.is_some_and(|question| question.kind == QuestionType::Boolean)
            && ["yes", "no"].contains(&value)
        {
            return self.words.yes_no(value == "yes").to_owned();
        }
        let option = question.and_then(|question| question.options.iter().find(|option| option.key == value));
        let label = option.map_or(value, |option| option.label.in_language(self.language));
        let [open, close] = self.words.quotes;
        format!("{open}{label}{close}")
    }
}
