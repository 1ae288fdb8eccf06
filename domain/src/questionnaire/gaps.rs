//! Gaps in national law, derived from the answers in force. Where nobody has answered, it is not known
//! whether there is a gap.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{
    GapRule, GapSeverity, Question, Questionnaire, Texts,
    answer::{Absence, Value},
    logic::{Given, Logic},
    response::InForce,
};

#[cfg(test)]
mod tests;

/// A gap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// Key of the question.
    pub question: String,
    /// How much it matters.
    pub severity: GapSeverity,
    /// The obligation it falls short of.
    pub provision: String,
    /// What is missing.
    pub description: Texts,
    /// Day since when the answer that shows it is so.
    pub valid_from_date: Option<NaiveDate>,
}

/// What the answers of one State show.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gaps {
    /// The gaps, critical ones first.
    pub gaps: Vec<Gap>,
    /// Questions of which nobody knows whether there is a gap.
    pub not_known: Vec<String>,
    /// Questions that show no gap.
    pub no_gap: Vec<String>,
}

/// The answers of one State to a version of a questionnaire, ready for its conditions.
pub struct Answers<'a> {
    logic: &'a Logic<'a>,
    in_force: BTreeMap<&'a str, &'a InForce>,
    /// What conditions see.
    counting: Given,
    /// For each question, in the order of the document, whether it is asked.
    asked: Vec<bool>,
    /// For each question, whether it is settled what a condition sees of it: a value, that it does not apply,
    /// or that it is not asked.
    settled: Vec<bool>,
}

impl<'a> Answers<'a> {
    /// Takes those answers in force that this version can use. If a question has changed in meaning since it
    /// was answered, the answer does not count until it is given again.
    #[must_use]
    pub fn of(questionnaire: &Questionnaire, logic: &'a Logic<'a>, answers: &'a [InForce]) -> Self {
        let usable = answers.iter().filter(|answer| {
            questionnaire.meanings.get(&answer.question).is_some_and(|since| answer.version_number >= *since)
        });
        let in_force: BTreeMap<_, _> = usable.map(|answer| (answer.question.as_str(), answer)).collect();
        let given: Given =
            in_force.iter().map(|(key, answer)| ((*key).to_owned(), answer.value.given())).collect();
        let standings = logic.evaluate(&given);
        let settled = logic.settled(&standings, |key| {
            in_force.get(key).is_some_and(|answer| {
                !matches!(
                    answer.value,
                    Value::Absence(Absence::Unknown | Absence::UnderReform | Absence::Withheld)
                )
            })
        });
        let asked = standings.iter().map(|standing| standing.asked).collect();
        Self { logic, counting: logic.counting(&given), in_force, asked, settled }
    }

    /// The answer to a question that is asked.
    #[must_use]
    pub fn to(&self, key: &str) -> Option<&'a InForce> {
        let place = self.logic.document().questions.iter().position(|question| question.key == key)?;
        self.in_force.get(key).copied().filter(|_| self.asked[place])
    }

    /// Whether it is settled what a condition sees of a question: a value, that it does not apply, or that it
    /// is not asked for reasons that are settled.
    #[must_use]
    pub fn is_settled(&self, key: &str) -> bool {
        let questions = self.logic.document().questions.iter();
        questions.zip(&self.settled).any(|(question, settled)| question.key == key && *settled)
    }

    fn rule(&self, question: &Question, rule: &GapRule, day: NaiveDate) -> Finding {
        let own = self.in_force.get(question.key.as_str());
        if let Some(months) = rule.stale_after_months.and_then(|months| u32::try_from(months).ok()) {
            let Some(answer) = own else { return Finding::NotKnown };
            let limit = answer.attest_time.date_naive().checked_add_months(Months::new(months));
            return if limit.is_some_and(|limit| limit <= day) { Finding::Gap } else { Finding::None };
        }
        let Some(condition) = rule.when.as_deref().and_then(|source| self.logic.rule(source)) else {
            return Finding::NotKnown;
        };
        if !condition.references().all(|key| self.is_settled(key)) {
            return Finding::NotKnown;
        }
        if self.logic.holds(condition, &self.counting) { Finding::Gap } else { Finding::None }
    }
}

#[derive(PartialEq, Eq)]
enum Finding {
    Gap,
    NotKnown,
    None,
}

/// What the answers show on a day.
#[must_use]
pub fn analyse(answers: &Answers<'_>, day: NaiveDate) -> Gaps {
    let mut found = Gaps::default();
    let questions = answers.logic.document().questions.iter().zip(&answers.asked);
    for (question, asked) in questions.filter(|(question, _)| !question.gap_rules.is_empty()) {
        let before = found.gaps.len();
        let mut unknown = !answers.is_settled(&question.key);
        if !asked {
            // Where nobody knows whether the question is asked, nobody knows what an answer would show.
            found.not_known.extend(unknown.then(|| question.key.clone()));
            continue;
        }
        for rule in &question.gap_rules {
            match answers.rule(question, rule, day) {
                Finding::Gap => found.gaps.push(Gap {
                    question: question.key.clone(),
                    severity: rule.severity,
                    provision: rule.provision.clone(),
                    description: rule.description.clone(),
                    valid_from_date: answers.to(&question.key).map(|answer| answer.valid_from_date),
                }),
                Finding::NotKnown => unknown = true,
                Finding::None => {}
            }
        }
        if unknown {
            found.not_known.push(question.key.clone());
        } else if found.gaps.len() == before {
            found.no_gap.push(question.key.clone());
        }
    }
    found.gaps.sort_by_key(|gap| gap.severity);
    found
}

/// The gaps that opened and those that closed between two days: gaps of one day that the other day does not
/// have, told apart by question and provision. A gap is closed only where the later answers settle the
/// question.
#[must_use]
pub fn compare(before: &Gaps, after: &Gaps) -> (Vec<Gap>, Vec<Gap>) {
    let is = |gap: &Gap, other: &Gap| {
        (&gap.question, &gap.provision, &gap.description)
            == (&other.question, &other.provision, &other.description)
    };
    let missing = |gaps: &[Gap], from: &[Gap]| -> Vec<Gap> {
        gaps.iter().filter(|gap| !from.iter().any(|other| is(gap, other))).cloned().collect()
    };
    let opened = missing(&after.gaps, &before.gaps);
    let mut closed = missing(&before.gaps, &after.gaps);
    closed.retain(|gap| !after.not_known.contains(&gap.question));
    (opened, closed)
}
