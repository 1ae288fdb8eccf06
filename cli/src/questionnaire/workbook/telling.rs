//! The conditions of a questionnaire in words.

use focalnet_domain::questionnaire::{
    Document, Question, QuestionType,
    expression::{ConditionWords, Expression, Telling},
};

use super::words::Labels;

/// Tells conditions in the language of a workbook.
#[derive(Debug)]
pub(super) struct Told<'a> {
    pub(super) document: &'a Document,
    pub(super) language: &'a str,
    pub(super) words: &'static Labels,
}

impl Told<'_> {
    /// When a question is asked: in words, and the condition itself below.
    pub(super) fn asked(&self, question: &Question) -> String {
        question
            .relevant
            .as_deref()
            .map_or_else(String::new, |source| self.condition(self.words.asked, source))
    }

    /// Whether it must be answered, or when.
    pub(super) fn required(&self, question: &Question) -> String {
        match question.required.as_deref() {
            None | Some("false()") => self.words.no.to_owned(),
            Some("true()") => self.words.yes.to_owned(),
            Some(source) => self.condition(self.words.required, source),
        }
    }

    fn condition(&self, pattern: &str, source: &str) -> String {
        let sentence = Expression::parse(source).map(|condition| condition.sentence(self));
        sentence.map_or_else(
            |_| source.to_owned(),
            |sentence| format!("{}\n[{source}]", pattern.replacen("{}", &sentence, 1)),
        )
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
