//! Which questions are asked, which of them must be answered, and which answers their constraints allow: the one place
//! where conditions are evaluated, for saving, submitting, gaps, the command line and files alike.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{
    Change, Document, Question, QuestionType,
    expression::{Expression, Operand, ParseError},
};

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
    /// Whether an answer can be taken.
    Constraint,
}

impl Condition {
    /// The name of its field.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Relevant => "relevant",
            Self::Required => "required",
            Self::Constraint => "constraint",
        }
    }

    /// Its source in a question.
    fn source(self, question: &Question) -> Option<&str> {
        match self {
            Self::Relevant => question.relevant.as_deref(),
            Self::Required => question.required.as_deref(),
            Self::Constraint => question.constraint.as_deref(),
        }
    }

    /// What a question says, read; none when it says nothing.
    pub(super) fn of(self, question: &Question) -> Option<Result<Expression, ParseError>> {
        let source = self.source(question)?;
        Some(match self {
            Self::Relevant | Self::Required => Expression::parse(source),
            Self::Constraint => Expression::constraint(source, &question.key),
        })
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
    /// It is asked, and its answer has a value that its constraint does not allow.
    pub violated: bool,
}

/// The conditions of a document, ready to be evaluated.
#[derive(Debug)]
pub struct Logic<'a> {
    document: &'a Document,
    relevant: Vec<Option<Expression>>,
    required: Vec<Option<Expression>>,
    constraint: Vec<Option<Expression>>,
    /// Keys of the questions whose answers are numbers.
    numbers: BTreeSet<&'a str>,
    /// Conditions of gap rules by their source; those that do not parse are the affair of publication.
    rules: HashMap<&'a str, Expression>,
    /// Places of the questions, each after all that its relevance depends on.
    order: Vec<usize>,
}

impl<'a> Logic<'a> {
    /// Reads all conditions; or says everything that is wrong with them: what does not parse, questions that are not
    /// there or never answered, and circles.
    pub fn of(document: &'a Document) -> Result<Self, Vec<Flaw>> {
        let mut flaws = Vec::new();
        let mut read = |condition: Condition| {
            let mut parsed = Vec::with_capacity(document.questions.len());
            for (place, question) in document.questions.iter().enumerate() {
                let mut flaw = |description| flaws.push(Flaw { question: place, condition, description });
                let expression = condition.of(question).transpose();
                let expression = expression.map_err(|error| flaw(error.to_string())).ok().flatten();
                for key in expression.iter().flat_map(Expression::references) {
                    if let Some(why) = unfit(document, question, key) {
                        flaw(format!("refers to `{key}`, {why}"));
                    }
                }
                parsed.push(expression);
            }
            parsed
        };
        let (relevant, required) = (read(Condition::Relevant), read(Condition::Required));
        let constraint = read(Condition::Constraint);
        let rules = document.questions.iter().flat_map(|question| &question.gap_rules);
        let rules = rules.filter_map(|rule| {
            let source = rule.when.as_deref()?;
            Some((source, Expression::parse(source).ok()?))
        });
        let numbers = document.questions.iter().filter(|question| question.kind.is_number());
        let mut logic = Self {
            document,
            relevant,
            required,
            constraint,
            numbers: numbers.map(|question| question.key.as_str()).collect(),
            rules: rules.collect(),
            order: Vec::new(),
        };
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
        let mut standings =
            vec![Standing { asked: false, required: false, violated: false }; self.order.len()];
        for place in &self.order {
            let question = &self.document.questions[*place];
            let holds = self.relevant[*place].as_ref().is_none_or(|condition| self.holds(condition, &seen));
            standings[*place].asked = holds && !is_retired(question);
            if !standings[*place].asked {
                seen.remove(&question.key);
            }
        }
        for (place, standing) in standings.iter_mut().enumerate().filter(|(_, standing)| standing.asked) {
            let is_given = seen.get(&self.document.questions[place].key).is_some_and(|text| !text.is_empty());
            let (required, constraint) = (&self.required[place], &self.constraint[place]);
            standing.required = required.as_ref().is_some_and(|condition| self.holds(condition, &seen));
            standing.violated =
                is_given && constraint.as_ref().is_some_and(|condition| !self.holds(condition, &seen));
        }
        standings
    }

    /// Whether a condition holds of the answers that count.
    #[must_use]
    pub fn holds(&self, condition: &Expression, counting: &Given) -> bool {
        condition.holds(|key: &str| {
            let text = counting.get(key).cloned().unwrap_or_default();
            if self.numbers.contains(key) { Operand::Number(text) } else { Operand::Text(text) }
        })
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

/// Why a condition of a question cannot refer to a key.
pub(super) fn unfit(document: &Document, owner: &Question, key: &str) -> Option<&'static str> {
    match document.questions.iter().find(|question| question.key == key) {
        None => Some("which is no question"),
        Some(other) if other.kind == QuestionType::Note && other.key != owner.key => {
            Some("which is a note and has no answer")
        }
        Some(other) if is_retired(other) && !is_retired(owner) => Some("which is no longer asked"),
        Some(_) => None,
    }
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
