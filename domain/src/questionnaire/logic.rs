//! Which questions are asked, and which of them must be answered: the one place where conditions are evaluated, for
//! saving, submitting, gaps, the command line and files alike.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Change, Document, Question, expression::Expression};

#[cfg(test)]
mod tests;

/// Answers as the conditions see them: the text of each question that has a value.
pub type Given = BTreeMap<String, String>;

/// What a condition stands for, in a complaint about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// Whether the question is asked.
    Relevant,
    /// Whether it must be answered.
    Required,
}

impl Condition {
    /// The name of its field.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Relevant => "relevant",
            Self::Required => "required",
        }
    }
}

/// A condition that cannot be evaluated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// Place of the question in the document.
    pub question: usize,
    /// Which of its conditions.
    pub condition: Condition,
    /// What is wrong, with the position.
    pub description: String,
}

/// What the answers say of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// It is asked.
    pub asked: bool,
    /// It is asked and must be answered.
    pub required: bool,
}

/// The conditions of a document, ready to be evaluated.
#[derive(Debug)]
pub struct Logic<'a> {
    document: &'a Document,
    relevant: Vec<Option<Expression>>,
    required: Vec<Option<Expression>>,
    /// Conditions of gap rules by their source; those that do not parse are the affair of publication.
    rules: HashMap<&'a str, Expression>,
    /// Places of the questions, each after all that its relevance depends on.
    order: Vec<usize>,
}

impl<'a> Logic<'a> {
    /// Reads all conditions; or says everything that is wrong with them: what does not parse, questions that are not
    /// there or no longer asked, and circles.
    pub fn of(document: &'a Document) -> Result<Self, Vec<Flaw>> {
        let mut flaws = Vec::new();
        let mut read = |condition: Condition| {
            let mut parsed = Vec::with_capacity(document.questions.len());
            for (place, question) in document.questions.iter().enumerate() {
                let source = match condition {
                    Condition::Relevant => &question.relevant,
                    Condition::Required => &question.required,
                };
                let mut flaw = |description| flaws.push(Flaw { question: place, condition, description });
                let expression = source.as_deref().map(Expression::parse).transpose();
                let expression = expression.map_err(|error| flaw(error.to_string())).ok().flatten();
                for key in expression.iter().flat_map(Expression::references) {
                    match document.questions.iter().find(|question| question.key == key) {
                        None => flaw(format!("refers to `{key}`, which is no question")),
                        Some(other) if is_retired(other) && !is_retired(question) => {
                            flaw(format!("refers to `{key}`, which is no longer asked"));
                        }
                        Some(_) => {}
                    }
                }
                parsed.push(expression);
            }
            parsed
        };
        let (relevant, required) = (read(Condition::Relevant), read(Condition::Required));
        let rules = document.questions.iter().flat_map(|question| &question.gap_rules);
        let rules = rules.filter_map(|rule| {
            let source = rule.when.as_deref()?;
            Some((source, Expression::parse(source).ok()?))
        });
        let mut logic = Self { document, relevant, required, rules: rules.collect(), order: Vec::new() };
        match logic.sort() {
            Ok(order) => logic.order = order,
            Err(circles) => flaws.extend(circles),
        }
        if flaws.is_empty() { Ok(logic) } else { Err(flaws) }
    }

    /// Places in the order of dependence (Kahn's algorithm); a flaw for each question of a circle.
    fn sort(&self) -> Result<Vec<usize>, Vec<Flaw>> {
        let places: BTreeMap<&str, usize> = self
            .document
            .questions
            .iter()
            .enumerate()
            .map(|(i, question)| (question.key.as_str(), i))
            .collect();
        let count = self.relevant.len();
        let (mut waits, mut followers) = (vec![0_usize; count], vec![Vec::new(); count]);
        for (place, expression) in self.relevant.iter().enumerate() {
            let keys = expression.iter().flat_map(Expression::references);
            for before in keys.filter_map(|key| places.get(key)) {
                followers[*before].push(place);
                waits[place] += 1;
            }
        }
        let mut order: Vec<usize> = (0..count).filter(|place| waits[*place] == 0).collect();
        let mut next = 0;
        while let Some(place) = order.get(next).copied() {
            next += 1;
            for follower in &followers[place] {
                waits[*follower] -= 1;
                if waits[*follower] == 0 {
                    order.push(*follower);
                }
            }
        }
        if order.len() == count {
            return Ok(order);
        }
        // A question that only depends on a circle waits as well, but it does not lead back to itself.
        let waiting = (0..count).filter(|place| waits[*place] > 0);
        let reached: BTreeMap<_, _> = waiting.map(|place| (place, reach(&followers, place))).collect();
        let flaw = |(question, onward): (&usize, &BTreeSet<usize>)| {
            let circle = onward.iter().filter(|place| reached[*place].contains(question));
            let keys: Vec<_> =
                circle.map(|place| format!("`{}`", self.document.questions[*place].key)).collect();
            let description = format!("depends on itself, in the circle of {}", keys.join(", "));
            let flaw = Flaw { question: *question, condition: Condition::Relevant, description };
            (!keys.is_empty()).then_some(flaw)
        };
        Err(reached.iter().filter_map(flaw).collect())
    }

    /// The condition of a gap rule.
    #[must_use]
    pub fn rule(&self, source: &str) -> Option<&Expression> {
        self.rules.get(source)
    }

    /// The document.
    #[must_use]
    pub const fn document(&self) -> &'a Document {
        self.document
    }

    /// What the answers say of each question, in the order of the document. An answer to a question that is not asked
    /// counts for nothing.
    #[must_use]
    pub fn evaluate(&self, given: &Given) -> Vec<Standing> {
        let mut seen = given.clone();
        let mut standings = vec![Standing { asked: false, required: false }; self.order.len()];
        for place in &self.order {
            let question = &self.document.questions[*place];
            let holds = self.relevant[*place].as_ref().is_none_or(|condition| holds(condition, &seen));
            standings[*place].asked = holds && !is_retired(question);
            if !standings[*place].asked {
                seen.remove(&question.key);
            }
        }
        for (standing, required) in standings.iter_mut().zip(&self.required) {
            standing.required =
                standing.asked && required.as_ref().is_some_and(|condition| holds(condition, &seen));
        }
        standings
    }

    /// For each question, in the order of the document, whether it is settled what a condition sees of it:
    /// either the question is asked and `known`, or it is settled that it is not asked.
    #[must_use]
    pub fn settled(&self, standings: &[Standing], known: impl Fn(&str) -> bool) -> Vec<bool> {
        let mut unsettled = BTreeSet::new();
        let mut settled = vec![true; self.order.len()];
        for place in &self.order {
            let question = &self.document.questions[*place];
            let mut reasons = self.relevant[*place].iter().flat_map(Expression::references);
            settled[*place] = if standings[*place].asked {
                known(&question.key)
            } else {
                is_retired(question) || !reasons.any(|key| unsettled.contains(key))
            };
            if !settled[*place] {
                unsettled.insert(question.key.as_str());
            }
        }
        settled
    }

    /// The answers that count: those to questions that are asked.
    #[must_use]
    pub fn counting(&self, given: &Given) -> Given {
        let standings = self.evaluate(given);
        let asked = self.document.questions.iter().zip(standings).filter(|(_, standing)| standing.asked);
        asked
            .filter_map(|(question, _)| given.get_key_value(&question.key))
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect()
    }
}

/// Whether a question is no longer asked.
pub(super) fn is_retired(question: &Question) -> bool {
    question.change == Some(Change::Retired)
}

/// All places that come after one, by way of others or not.
fn reach(followers: &[Vec<usize>], from: usize) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    let mut open = followers[from].clone();
    while let Some(place) = open.pop() {
        if reached.insert(place) {
            open.extend(&followers[place]);
        }
    }
    reached
}

/// Whether a condition holds of the answers that count.
pub(super) fn holds(condition: &Expression, given: &Given) -> bool {
    condition.holds(|key: &str| given.get(key).cloned().unwrap_or_default())
}
