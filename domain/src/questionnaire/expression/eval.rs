//! What an expression evaluates to. Recurses no deeper than the parser did.

use std::cmp::Ordering;

use super::{
    Operand,
    node::{Node, Operator},
};

/// What a part of an expression evaluates to.
#[derive(Debug)]
pub(super) enum Value {
    Boolean(bool),
    Number(f64),
    Text(String),
    /// A number as it was answered.
    Digits(String),
}

impl From<Operand> for Value {
    fn from(answer: Operand) -> Self {
        match answer {
            // Whether there is an answer is asked by a comparison with the empty text.
            Operand::Number(digits) if !digits.is_empty() => Self::Digits(digits),
            Operand::Number(text) | Operand::Text(text) => Self::Text(text),
        }
    }
}

impl Value {
    /// Whether it is the boolean true.
    pub(super) fn is_true(&self) -> bool {
        matches!(self, Self::Boolean(true))
    }

    fn number(&self) -> f64 {
        match self {
            Self::Boolean(boolean) => f64::from(u8::from(*boolean)),
            Self::Number(number) => *number,
            Self::Text(text) | Self::Digits(text) => to_number(text),
        }
    }

    fn into_text(self) -> String {
        match self {
            Self::Boolean(boolean) => boolean.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) | Self::Digits(text) => text,
        }
    }

    /// The order of two numbers; none with NaN.
    fn order(&self, other: &Self) -> Option<Ordering> {
        self.number().partial_cmp(&other.number())
    }

    fn equals(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Boolean(left), Self::Boolean(right)) => left == right,
            (Self::Text(left), Self::Text(right)) => left == right,
            _ => self.order(other) == Some(Ordering::Equal),
        }
    }
}

/// Evaluates a part; `values` gives the answer to a question.
pub(super) fn evaluate(node: &Node, values: &dyn Fn(&str) -> Operand) -> Value {
    let text = |key: &str| Value::from(values(key)).into_text();
    match node {
        Node::Boolean(boolean) => Value::Boolean(*boolean),
        Node::Number(number) => Value::Number(*number),
        Node::Text(words) => Value::Text(words.clone()),
        Node::Reference(key) => values(key).into(),
        Node::Negative(inner) => Value::Number(-evaluate(inner, values).number()),
        Node::Not(inner) => Value::Boolean(!evaluate(inner, values).is_true()),
        Node::If(parts) => {
            let [condition, yes, no] = &**parts;
            evaluate(if evaluate(condition, values).is_true() { yes } else { no }, values)
        }
        Node::Selected { key, option } => {
            Value::Boolean(text(key).split_ascii_whitespace().any(|chosen| chosen == option))
        }
        Node::CountSelected(key) => Value::Number(count(text(key).split_ascii_whitespace())),
        Node::StringLength(text) => Value::Number(count(evaluate(text, values).into_text().chars())),
        Node::Coalesce(texts) => {
            let [first, second] = &**texts;
            match evaluate(first, values) {
                Value::Text(nothing) if nothing.is_empty() => evaluate(second, values),
                first => first,
            }
        }
        Node::ToNumber(text) => Value::Number(evaluate(text, values).number()),
        Node::Chain { first, rest } => rest
            .iter()
            .fold(evaluate(first, values), |left, (operator, right)| apply(&left, *operator, right, values)),
    }
}

fn apply(left: &Value, operator: Operator, right: &Node, values: &dyn Fn(&str) -> Operand) -> Value {
    let right = || evaluate(right, values);
    match operator {
        Operator::Or => Value::Boolean(left.is_true() || right().is_true()),
        Operator::And => Value::Boolean(left.is_true() && right().is_true()),
        Operator::Equal => Value::Boolean(left.equals(&right())),
        Operator::NotEqual => Value::Boolean(!left.equals(&right())),
        Operator::Less => Value::Boolean(left.order(&right()).is_some_and(Ordering::is_lt)),
        Operator::LessOrEqual => Value::Boolean(left.order(&right()).is_some_and(Ordering::is_le)),
        Operator::Greater => Value::Boolean(left.order(&right()).is_some_and(Ordering::is_gt)),
        Operator::GreaterOrEqual => Value::Boolean(left.order(&right()).is_some_and(Ordering::is_ge)),
        Operator::Plus => Value::Number(left.number() + right().number()),
        Operator::Minus => Value::Number(left.number() - right().number()),
        Operator::Times => Value::Number(left.number() * right().number()),
        Operator::Div => Value::Number(left.number() / right().number()),
        Operator::Mod => Value::Number(left.number() % right().number()),
    }
}

/// Text as a number: digits with at most one point, perhaps a minus sign before and white space around.
/// All else is NaN: Rust would also take exponents, a plus sign and the names of numbers.
pub(super) fn to_number(text: &str) -> f64 {
    let text = text.trim_matches([' ', '\t', '\r', '\n']);
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        text.parse().unwrap_or(f64::NAN)
    } else {
        f64::NAN
    }
}

fn count(things: impl Iterator) -> f64 {
    u32::try_from(things.count()).map_or(f64::INFINITY, f64::from)
}
