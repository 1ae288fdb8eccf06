//! What of a workbook is to be saved.

use std::collections::{BTreeMap, BTreeSet};

use focalnet_domain::questionnaire::{
    Document, Question,
    answer::NewAnswer,
    expression::Expression,
    logic::{Given, Logic, Standing},
    response::AnswerView,
};

use super::{
    problem::{Place, Problem},
    read::{Entry, Reading, Workbook},
    same::{digest, same, sendable},
};

/// An answer to save, and the cells it stands in.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Change {
    /// The answer.
    pub(crate) answer: NewAnswer,
    /// The cell of the answer.
    pub(crate) place: Place,
    /// The cell of the comment.
    pub(crate) comment: Place,
}

/// The answers that are to be saved over those that a response has now, or all problems.
///
/// An answer that nobody has touched since the workbook was made is not saved, and neither is one that the
/// response has by now. An answer that was touched is saved over the answer that stood in the workbook; so if
/// the response has a newer answer, this is a conflict.
pub(crate) fn changes(
    workbook: &Workbook,
    logic: &Logic<'_>,
    present: &[AnswerView],
) -> Result<Vec<Change>, Vec<Problem>> {
    let document = logic.document();
    let Reading { entries, mut problems, broken } = workbook.read(document);
    let questions: BTreeMap<&str, &Question> =
        document.questions.iter().map(|question| (question.key.as_str(), question)).collect();
    let mut given: Given =
        present.iter().map(|answer| (answer.question.clone(), answer.value.given())).collect();
    let (mut changes, mut cleared) = (Vec::new(), Vec::new());
    for entry in entries {
        let Some(question) = questions.get(entry.question.as_str()) else { continue };
        let now = present.iter().find(|answer| answer.question == entry.question);
        if entry.answer.is_none()
            && now.is_some_and(|now| !now.unconfirmed)
            && workbook.digests.contains_key(&entry.question)
        {
            cleared.push(entry);
        } else if let Some(change) = change(workbook, entry, now, question) {
            given.insert(change.answer.question.clone(), change.answer.value.given());
            changes.push(change);
        }
    }
    let standings = logic.evaluate(&given);
    let those = |is: fn(&Standing) -> bool| -> BTreeSet<&str> {
        let questions = document.questions.iter().zip(&standings);
        questions.filter(|(_, standing)| is(standing)).map(|(question, _)| question.key.as_str()).collect()
    };
    let (asked, violated) = (those(|standing| standing.asked), those(|standing| standing.violated));
    // Whether a question is asked cannot be known while an answer on which it depends cannot be read.
    let is_open = |key: &str| depends_on(document, key, &broken);
    for Change { answer, place, .. } in &changes {
        if !asked.contains(answer.question.as_str()) && !is_open(&answer.question) {
            let reason = format!("`{}` is not asked, as the other answers are", answer.question);
            problems.push(Problem::at(*place, reason));
        }
        let question = questions.get(answer.question.as_str());
        if let Some(question) = question.filter(|question| violated.contains(question.key.as_str()))
            && !looks_at(question, &broken)
        {
            problems.push(Problem::at(*place, question.refusal(&workbook.origin.language)));
        }
    }
    for entry in &cleared {
        if asked.contains(entry.question.as_str()) && !is_open(&entry.question) {
            let reason = "deleting a saved answer does not take it back: choose “taken back” in the column `no value \
                          because`";
            problems.push(Problem::at(entry.place, reason));
        }
    }
    problems.sort();
    if problems.is_empty() { Ok(changes) } else { Err(problems) }
}

fn change(
    workbook: &Workbook,
    entry: Entry,
    now: Option<&AnswerView>,
    question: &Question,
) -> Option<Change> {
    let Entry { answer, confirm, place, comment, .. } = entry;
    let answer = answer?;
    let is_untouched = workbook.digests.get(&question.key) == Some(&digest(&answer, question));
    if is_untouched && !confirm {
        return None;
    }
    let is_said = now.is_some_and(|now| same(&answer, &sendable(now), question));
    // Where the same was saved since, it was confirmed, too.
    let is_since = now.is_some_and(|now| now.etag != answer.etag.as_deref().unwrap_or_default());
    if is_said && (!confirm || is_since) { None } else { Some(Change { answer, place, comment }) }
}

/// Whether the constraint of a question refers to one of these answers.
fn looks_at(question: &Question, keys: &BTreeSet<String>) -> bool {
    let constraint =
        question.constraint.as_deref().map(|source| Expression::constraint(source, &question.key));
    constraint
        .and_then(Result::ok)
        .is_some_and(|constraint| constraint.references().any(|key| keys.contains(key)))
}

/// Whether it depends on one of these answers whether a question is asked.
fn depends_on(document: &Document, key: &str, keys: &BTreeSet<String>) -> bool {
    let (mut seen, mut next) = (BTreeSet::new(), vec![key.to_owned()]);
    while let Some(key) = next.pop() {
        let question = document.questions.iter().find(|question| question.key == key);
        let relevant = question.and_then(|question| question.relevant.as_deref());
        let Some(Ok(condition)) = relevant.map(Expression::parse) else { continue };
        for reference in condition.references() {
            if keys.contains(reference) {
                return true;
            }
            if seen.insert(reference.to_owned()) {
                next.push(reference.to_owned());
            }
        }
    }
    false
}
