//! What a draft must be to be published: sound in itself, and honest about the version before.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Change, Document, Feed, Question, QuestionType, Texts,
    expression::Expression,
    logic::{Condition, Logic, is_retired, unfit},
};
use crate::{country::is_language, error::Violation};

#[cfg(test)]
mod tests;

/// Most letters of a key.
pub const KEY_LENGTH: usize = 60;
/// Most months after which an answer is stale.
pub const STALE_AFTER: i32 = 120;

/// Whether a text can be a key: `[A-Za-z_][A-Za-z0-9_-]*`, at most 60 characters.
#[must_use]
pub fn is_key(text: &str) -> bool {
    let mut letters = text.chars();
    let first = letters.next().is_some_and(|letter| letter.is_ascii_alphabetic() || letter == '_');
    first
        && text.len() <= KEY_LENGTH
        && letters.all(|letter| letter.is_ascii_alphanumeric() || "_-".contains(letter))
}

/// What is wrong, by path from within the questionnaire.
struct Report(Vec<Violation>);

impl Report {
    fn wrong(&mut self, path: &str, text: impl Into<String>) {
        self.0.push(Violation::new(format!("questionnaire.{path}"), text));
    }

    fn texts(&mut self, path: &str, texts: &Texts) {
        if texts.is_empty() {
            self.wrong(path, "give the words in at least one language");
        }
        let mut languages = BTreeSet::new();
        for entry in texts {
            let tag = &entry.language_code;
            if !is_language(tag) || entry.text.trim().is_empty() || !languages.insert(tag) {
                self.wrong(path, "each entry needs words, and a BCP 47 language tag of its own, as fr");
            }
        }
    }
}

/// Everything that stands against publishing a document after `before`, the newest published version of its key.
#[must_use]
pub fn violations(document: &Document, before: Option<&Document>) -> Vec<Violation> {
    let mut report = Report(Vec::new());
    if !is_key(&document.key) {
        report.wrong("key", "must be 1 to 60 letters, digits, `_` or `-`, beginning with a letter or `_`");
    }
    report.texts("title", &document.title);
    sections(document, &mut report);
    if document.questions.is_empty() {
        report.wrong("questions", "must contain at least one question");
    }
    let mut keys = BTreeSet::new();
    for (place, question) in document.questions.iter().enumerate() {
        if !is_key(&question.key) || !keys.insert(&question.key) {
            let text = "must be a key of its own: 1 to 60 letters, digits, `_` or `-`, beginning with a letter or `_`";
            report.wrong(&format!("questions[{place}].key"), text);
        }
        self::question(document, place, question, &mut report);
    }
    if let Err(flaws) = Logic::of(document) {
        for flaw in flaws {
            let path = format!("questions[{}].{}", flaw.question, flaw.condition.field());
            let key = &document.questions[flaw.question].key;
            report.wrong(&path, format!("`{key}`: {}", flaw.description));
        }
    }
    changes(document, before, &mut report);
    report.0
}

fn sections(document: &Document, report: &mut Report) {
    if document.sections.is_empty() {
        report.wrong("sections", "must contain at least one section");
    }
    let mut keys = BTreeSet::new();
    for (place, section) in document.sections.iter().enumerate() {
        if !is_key(&section.key) || !keys.insert(&section.key) {
            let text = "must be a key of its own: 1 to 60 letters, digits, `_` or `-`, beginning with a letter or `_`";
            report.wrong(&format!("sections[{place}].key"), text);
        }
        report.texts(&format!("sections[{place}].label"), &section.label);
    }
    let order: Vec<_> = document
        .questions
        .iter()
        .map(|question| document.sections.iter().position(|s| s.key == question.section))
        .collect();
    for (place, section) in order.iter().enumerate() {
        let path = format!("questions[{place}].section");
        match section {
            None => report.wrong(&path, "must be the key of a section"),
            Some(_) if order[..place].iter().any(|earlier| earlier > section) => {
                report
                    .wrong(&path, "the questions of a section stand together, in the order of the sections");
            }
            Some(_) => {}
        }
    }
}

fn question(document: &Document, place: usize, question: &Question, report: &mut Report) {
    let at = |field: &str| format!("questions[{place}].{field}");
    report.texts(&at("label"), &question.label);
    if !question.help.is_empty() {
        report.texts(&at("help"), &question.help);
    }
    let closed = matches!(question.kind, QuestionType::SelectOne | QuestionType::SelectMultiple);
    if closed == question.options.is_empty() {
        report.wrong(&at("options"), "a closed question, and only a closed one, has options");
    }
    let mut keys = BTreeSet::new();
    for (number, option) in question.options.iter().enumerate() {
        let blank = option.key.is_empty() || option.key.chars().any(char::is_whitespace);
        if blank || option.key.len() > KEY_LENGTH || !keys.insert(&option.key) {
            report.wrong(&at(&format!("options[{number}].key")), "must be a key of its own, without a blank");
        }
        report.texts(&at(&format!("options[{number}].label")), &option.label);
    }
    let feeds = match question.feeds {
        None => true,
        Some(Feed::FocalPoint | Feed::DeputyFocalPoint) => question.kind == QuestionType::Contact,
        Some(Feed::Channel) => {
            let known = ["diplomatic", "ministry", "other"];
            let named = |key: &str| known.contains(&key) || key == "none";
            question.kind == QuestionType::SelectOne
                && question.options.iter().all(|option| named(&option.key))
        }
        Some(Feed::Languages) => matches!(question.kind, QuestionType::SelectMultiple | QuestionType::Text),
        Some(Feed::ChannelDescription) => question.kind == QuestionType::Text,
        Some(Feed::Interpol) => question.kind == QuestionType::Boolean,
    };
    if !feeds {
        let text = "a contact feeds focal points; one of the options diplomatic, ministry, other and none the channel; \
                    a choice of several options, or a text, of which language tags count, the languages; a text the description \
                    of the channel; yes or no whether INTERPOL is accepted";
        report.wrong(&at("feeds"), text);
    }
    for condition in [Condition::Relevant, Condition::Required, Condition::Constraint] {
        if let Some(Ok(expression)) = condition.of(question) {
            sense(document, &at(condition.field()), question, &expression, report);
        }
    }
    if !question.constraint_message.is_empty() {
        report.texts(&at("constraint_message"), &question.constraint_message);
        if question.constraint.is_none() {
            report.wrong(&at("constraint_message"), "there is no constraint that it could be about");
        }
    }
    if question.kind == QuestionType::Note {
        let said = [
            ("required", question.required.is_some()),
            ("constraint", question.constraint.is_some()),
            ("gap_rules", !question.gap_rules.is_empty()),
        ];
        for (field, _) in said.into_iter().filter(|(_, said)| *said) {
            report.wrong(&at(field), "a note has no answer: leave this out");
        }
    }
    gap_rules(document, place, question, report);
}

fn gap_rules(document: &Document, place: usize, question: &Question, report: &mut Report) {
    for (number, rule) in question.gap_rules.iter().enumerate() {
        let at = |field: &str| format!("questions[{place}].gap_rules[{number}].{field}");
        report.texts(&at("description"), &rule.description);
        if rule.provision.trim().is_empty() {
            report.wrong(&at("provision"), "name the obligation");
        }
        match (&rule.when, rule.stale_after_months) {
            (None, Some(1..=STALE_AFTER)) => {}
            (None, Some(_)) => {
                report.wrong(&at("stale_after_months"), format!("must be from 1 to {STALE_AFTER}"));
            }
            (Some(source), None) => match Expression::parse(source) {
                Err(error) => report.wrong(&at("when"), format!("`{}`: {error}", question.key)),
                Ok(expression) => {
                    for key in expression.references() {
                        if let Some(why) = unfit(document, question, key) {
                            let text = format!("`{}`: refers to `{key}`, {why}", question.key);
                            report.wrong(&at("when"), text);
                        }
                    }
                    sense(document, &at("when"), question, &expression, report);
                }
            },
            _ => report.wrong(&at("when"), "set either this or `stale_after_months`"),
        }
    }
}

/// A condition names only options that are there, and counts only what can be a number: with a misspelt option, or with a
/// day, it would never hold, and nobody would notice.
fn sense(document: &Document, path: &str, owner: &Question, expression: &Expression, report: &mut Report) {
    for key in expression.counted().collect::<BTreeSet<_>>() {
        let kind =
            document.questions.iter().find(|question| question.key == key).map(|question| question.kind);
        if let Some(
            kind @ (QuestionType::Boolean
            | QuestionType::Date
            | QuestionType::Legislation
            | QuestionType::File
            | QuestionType::Contact),
        ) = kind
        {
            let text = format!("`{}`: an answer to `{key}`, of the type {kind}, is no number", owner.key);
            report.wrong(path, format!("{text}: compare it by `=` or `!=`"));
        }
    }
    for (key, option) in expression.selected_options() {
        let Some(question) = document.questions.iter().find(|question| question.key == key) else { continue };
        let known = match question.kind {
            QuestionType::Boolean => ["yes", "no"].contains(&option),
            QuestionType::SelectOne | QuestionType::SelectMultiple => {
                question.options.iter().any(|known| known.key == option)
            }
            _ => true,
        };
        if !known {
            report.wrong(path, format!("`{}`: `{option}` is no option of `{key}`", owner.key));
        }
    }
}

/// Checks that each question says how it differs from the version before, and that this is true.
fn changes(document: &Document, before: Option<&Document>, report: &mut Report) {
    let Some(before) = before else {
        for (place, question) in document.questions.iter().enumerate() {
            if !matches!(question.change, None | Some(Change::New)) {
                report
                    .wrong(&format!("questions[{place}].change"), "in a first version every question is new");
            }
        }
        return;
    };
    for (place, question) in document.questions.iter().enumerate() {
        let earlier = before.questions.iter().find(|earlier| earlier.key == question.key);
        let problem = match (question.change, earlier) {
            (None, _) => Some("say what the question is to the version before"),
            (Some(Change::New), Some(_)) => {
                Some("is not new: the version before has a question with this key")
            }
            (Some(Change::New), None) | (Some(Change::ChangedInMeaning | Change::Retired), Some(_)) => None,
            (Some(_), None) => Some("the version before has no question with this key: it is new"),
            (Some(Change::Unchanged), Some(earlier)) => {
                let same = Question { change: question.change, ..earlier.clone() } == *question;
                (!same || is_retired(earlier)).then_some("differs from the version before: say how")
            }
            (Some(Change::Reworded), Some(earlier)) => {
                let keys = |question: &Question| {
                    question.options.iter().map(|option| option.key.clone()).collect::<BTreeSet<_>>()
                };
                let same = earlier.kind == question.kind && keys(earlier).is_subset(&keys(question));
                (!same).then_some("another type, or options that are gone, change the meaning")
            }
        };
        if let Some(text) = problem {
            report.wrong(&format!("questions[{place}].change"), text);
        }
    }
    for earlier in &before.questions {
        if document.questions.iter().all(|question| question.key != earlier.key) {
            let text = format!(
                "`{}` of the version before is missing: keep it, and say that it is retired",
                earlier.key
            );
            report.wrong("questions", text);
        }
    }
}

/// Fills in the change of each question that does not state one, where it is plain: unchanged, if nothing
/// differs, or new. Where a question differs, only its author knows whether its meaning has changed, so
/// nothing is filled in; nor does a retired question come back without its author's word.
pub fn say_what_is_plain(document: &mut Document, before: &Document) {
    for question in document.questions.iter_mut().filter(|question| question.change.is_none()) {
        let earlier = before.questions.iter().find(|earlier| earlier.key == question.key);
        question.change = match earlier {
            None => Some(Change::New),
            Some(earlier) if is_retired(earlier) => None,
            Some(earlier) if Question { change: None, ..earlier.clone() } == *question => {
                Some(Change::Unchanged)
            }
            Some(_) => None,
        };
    }
}

/// The questions of which somebody has to say how they differ from the version before, and those of it that are missing.
#[must_use]
pub fn unsaid<'a>(document: &'a Document, before: &'a Document) -> Vec<&'a str> {
    let differ = document.questions.iter().filter(|question| question.change.is_none());
    let missing = before
        .questions
        .iter()
        .filter(|earlier| document.questions.iter().all(|question| question.key != earlier.key));
    differ.chain(missing).map(|question| question.key.as_str()).collect()
}

/// For each question of the version with this number, the first version in which it had its present meaning.
#[must_use]
pub fn meanings(document: &Document, number: i32, before: &BTreeMap<String, i32>) -> BTreeMap<String, i32> {
    let since = |question: &Question| match question.change {
        Some(Change::Unchanged | Change::Reworded | Change::Retired) => before.get(&question.key).copied(),
        Some(Change::New | Change::ChangedInMeaning) | None => None,
    };
    document
        .questions
        .iter()
        .map(|question| (question.key.clone(), since(question).unwrap_or(number)))
        .collect()
}
