//! What is saved, what stands against it, and what counts of it.

use std::collections::{BTreeMap, BTreeSet};

use focalnet_domain::{
    error::Violation,
    questionnaire::{
        answer::{Against, NewAnswer, SavedAnswer},
        logic::Given,
        response::{AnswerConflict, AnswerView, progress},
    },
};
use serde::Serialize;
use serde_json::{Value as Json, json};

use super::{read, respond::Acting};
use crate::{
    app::context::CallContext,
    error::{Error, Result},
};

/// What the journal keeps of an answer.
pub(super) fn recorded(answer: &SavedAnswer) -> Json {
    json!({
        "question": answer.question, "number": answer.number, "value": answer.value, "comment": answer.comment,
        "valid_from_date": answer.valid_from_date, "shared": answer.shared,
    })
}

/// What conditions see of the answers a response has, those filled in from before included.
fn given(acting: &Acting) -> Given {
    let own = acting.responding.answers.iter().map(|answer| (answer.question.clone(), answer.value.given()));
    let before = acting.prefilled.iter().map(|answer| (answer.question.clone(), answer.value.given()));
    before.chain(own).collect()
}

/// What is wrong with answers, each in itself and after all others.
pub(super) fn violations(acting: &Acting, answers: &[NewAnswer]) -> Result<Vec<Violation>> {
    let document = read::document(&acting.responding)?;
    let places: BTreeMap<&str, usize> = document
        .questions
        .iter()
        .enumerate()
        .map(|(place, question)| (question.key.as_str(), place))
        .collect();
    let mut violations = Vec::new();
    let mut given = given(acting);
    let mut seen = BTreeSet::new();
    for (number, answer) in answers.iter().enumerate() {
        let mut wrong = |path: &str, text: String| {
            violations.push(Violation::new(format!("answers[{number}]{path}"), text));
        };
        let Some(place) = places.get(answer.question.as_str()) else {
            wrong(".question", "is no question of this questionnaire".to_owned());
            continue;
        };
        if !seen.insert(&answer.question) {
            wrong(".question", "answer each question once".to_owned());
        }
        if answer.value.takes_back() {
            let present = acting.responding.answers.iter().find(|known| known.question == answer.question);
            let against = match present.filter(|present| !present.value.takes_back()) {
                None => Against::NothingThere,
                Some(present) if present.attested => Against::Attested,
                Some(_) => {
                    given.insert(answer.question.clone(), answer.value.given());
                    continue;
                }
            };
            wrong(".value.absence", format!("`{}`: {against}", answer.question));
            continue;
        }
        match answer.value.problem(&document.questions[*place]) {
            Some((path, text)) => wrong(&format!(".value{path}"), format!("`{}`: {text}", answer.question)),
            None => {
                given.insert(answer.question.clone(), answer.value.given());
            }
        }
    }
    if violations.is_empty() {
        let standings = read::logic(document)?.evaluate(&given);
        for (number, answer) in answers.iter().enumerate() {
            let Some(place) = places.get(answer.question.as_str()) else { continue };
            if answer.value.takes_back() {
                continue;
            }
            if !standings[*place].asked {
                let text = format!("`{}` {}", answer.question, Against::NotAsked);
                violations.push(Violation::new(format!("answers[{number}].question"), text));
            } else if standings[*place].violated {
                let text = document.questions[*place].refusal(LANGUAGE);
                violations.push(Violation::new(format!("answers[{number}].value"), text));
            }
        }
    }
    Ok(violations)
}

/// Most bytes of all answers of a response: more could not be read in one answer.
const MAX_BYTES: usize = 2 << 20;

/// Whether these answers would make a response larger than it can be.
pub(super) fn too_large(acting: &Acting, answers: &[NewAnswer]) -> Vec<Violation> {
    fn size(answer: &impl Serialize) -> usize {
        serde_json::to_vec(answer).map_or(usize::MAX, |bytes| bytes.len())
    }
    let is_new = |question: &str| answers.iter().any(|answer| answer.question == question);
    let kept = acting.responding.answers.iter().filter(|answer| !is_new(&answer.question));
    let kept = kept.map(|answer| size(&(&answer.value, &answer.comment)));
    let before = acting.prefilled.iter().filter(|answer| !is_new(&answer.question)).map(size);
    let bytes = answers.iter().map(size).chain(kept).chain(before).fold(0, usize::saturating_add);
    if bytes > MAX_BYTES { vec![Violation::new("answers", Against::TooLarge.as_str())] } else { Vec::new() }
}

/// The language in which the server says what a questionnaire says against an answer.
const LANGUAGE: &str = "en";

/// The questions that stand against submission: required ones that are open, and answers that their constraints do not
/// allow any more.
pub(super) fn open(acting: &Acting) -> Result<Vec<Violation>> {
    let document = read::document(&acting.responding)?;
    let own = acting.responding.answers.iter().map(|a| (a.question.as_str(), &a.value, true));
    let before = acting.prefilled.iter().map(|a| (a.question.as_str(), &a.value, false));
    let progress = progress(&read::logic(document)?, before.chain(own));
    let refusal = |key: &str| {
        let question = document.questions.iter().find(|question| question.key == key);
        question.map_or_else(String::new, |question| question.refusal(LANGUAGE))
    };
    let violation = |key: &String| {
        let text = if acting.prefilled.iter().any(|answer| answer.question == *key) {
            "is filled in from before: confirm it".to_owned()
        } else if acting.responding.answers.iter().any(|a| a.question == *key && !a.value.takes_back()) {
            // What was saved is open only where its constraint does not allow it.
            refusal(key)
        } else {
            "is required and not answered".to_owned()
        };
        Violation::new(format!("answers.{key}"), text)
    };
    Ok(progress.required.iter().map(violation).collect())
}

/// The saved answers to questions that are asked.
pub(super) fn counting(acting: &Acting) -> Result<Vec<SavedAnswer>> {
    let document = read::document(&acting.responding)?;
    let standings = read::logic(document)?.evaluate(&given(acting));
    let asked = document.questions.iter().zip(standings).filter(|(_, standing)| standing.asked);
    let counts = |answer: &&SavedAnswer, key: &str| answer.question == key && !answer.value.takes_back();
    let answer = |key: &str| acting.responding.answers.iter().find(|answer| counts(answer, key)).cloned();
    Ok(asked.filter_map(|(question, _)| answer(&question.key)).collect())
}

impl CallContext<'_> {
    /// The answers that follow those a response has; or, where somebody else answered since, both.
    pub(super) fn follow(&self, acting: &Acting, answers: &[NewAnswer]) -> Result<Vec<SavedAnswer>> {
        let (mut saved, mut conflicts) = (Vec::new(), Vec::new());
        for answer in answers {
            let present = acting.responding.answers.iter().find(|known| known.question == answer.question);
            let etag = present.map(|present| {
                self.answer_etag(&acting.responding, &present.question, present.number, present.head)
            });
            let new = SavedAnswer {
                question: answer.question.clone(),
                number: present.map_or(0, |present| present.number) + 1,
                value: answer.value.clone(),
                valid_from_date: answer.valid_from_date.unwrap_or_else(|| self.actor.now.date_naive()),
                shared: answer.shared,
                comment: answer.comment.clone(),
                author: self.actor.user,
                author_display_name: self.actor.display_name.clone(),
                create_time: self.actor.now,
                head: [0; 32],
                attested: false,
            };
            match present.filter(|_| etag.as_deref() != answer.etag.as_deref()) {
                // The present etag stays untold: whoever saves over an answer has read it.
                Some(present) => conflicts.push(AnswerConflict {
                    sent: AnswerView::of(new, String::new()),
                    present: AnswerView::of(present.clone(), String::new()),
                }),
                None if present.is_none() && answer.etag.as_ref().is_some_and(|etag| !etag.is_empty()) => {
                    return Err(Error::Stale);
                }
                None => saved.push(new),
            }
        }
        if conflicts.is_empty() { Ok(saved) } else { Err(Error::AnswerConflict(conflicts)) }
    }
}
