//! Conditions over the answers of a questionnaire: a subset of the expressions of XLSForm.
//!
//! Operators, loosest first: `or`; `and`; `=` `!=`; `<` `<=` `>` `>=`; `+` `-`; `*` `div` `mod`; unary `-`.
//! Operands: `${key}`, `'text'` or `"text"`, numbers as `3` or `0.5`, parentheses and these functions:
//!
//! | Function | Result |
//! | --- | --- |
//! | `true()`, `false()` | boolean |
//! | `not(boolean)` | boolean |
//! | `if(boolean, a, b)` | what `a` and `b` both are |
//! | `selected(${key}, 'option')` | boolean: whether the option is among those chosen |
//! | `count-selected(${key})` | number of options chosen |
//! | `string-length(text)` | number of characters |
//! | `coalesce(text, text)` | the first text that is not empty |
//! | `number(text)` | number |
//!
//! A reference `${key}` is the number that was answered to a question of numbers, and text otherwise: empty when the
//! question has no answer. In a constraint, `.` is the answer that the constraint is about. Numbers are IEEE doubles.
//! Arithmetic and the comparisons of order convert text to numbers, and so do `=` and `!=` between a number and text.
//! Text that is no number becomes NaN, for which every comparison but `!=` is false. Nothing converts to a boolean: each
//! engine has its own idea of whether `'no'` is true.

use std::collections::HashSet;

use node::Node;

mod eval;
mod lexer;
mod node;
mod parser;
mod print;
mod sentence;
#[cfg(test)]
mod tests;
mod types;

pub use sentence::{ConditionWords, Telling};

/// Most characters of an expression, as it is given and as it is printed.
pub const MAX_LENGTH: usize = 2_000;

/// Most levels of parentheses, calls and signs within each other, the innermost operand included.
pub const MAX_DEPTH: usize = 50;

/// A condition: true or false for every set of answers.
///
/// Its `Display` is the canonical source, with no more parentheses than needed; it parses to an equal expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression(Node);

/// The answer to a question, as an expression sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operand {
    /// Words, keys of options, a day; empty for none.
    Text(String),
    /// The digits of a number; empty for none. It is compared as a number, and is text where only text will do.
    Number(String),
}

/// Why a source is no condition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("position {position}: {message}")]
pub struct ParseError {
    /// Where: the number of the character, from 1; one past the last when the source ends too soon.
    pub position: usize,
    /// What is wrong and what to write instead.
    pub message: String,
}

impl ParseError {
    fn new(position: usize, message: impl Into<String>) -> Self {
        Self { position, message: message.into() }
    }
}

impl Expression {
    /// Reads a condition.
    pub fn parse(source: &str) -> Result<Self, ParseError> {
        let expression = Self::read(source, None)?;
        // Printing adds spaces; a canonical source that could not be read again would be none.
        if expression.to_string().chars().nth(MAX_LENGTH).is_some() {
            let message = format!("spaced out, this expression has more than {MAX_LENGTH} characters");
            return Err(ParseError::new(1, message));
        }
        Ok(expression)
    }

    /// Reads the constraint on the answers to a question: a condition in which `.` stands for that question.
    pub fn constraint(source: &str, own: &str) -> Result<Self, ParseError> {
        Self::read(source, Some(own))
    }

    fn read(source: &str, own: Option<&str>) -> Result<Self, ParseError> {
        if source.chars().nth(MAX_LENGTH).is_some() {
            let message = format!("an expression has at most {MAX_LENGTH} characters");
            return Err(ParseError::new(MAX_LENGTH + 1, message));
        }
        parser::condition(source, own).map(Self)
    }

    /// The keys of the questions it refers to, each once, in order of first appearance.
    pub fn references(&self) -> impl Iterator<Item = &str> {
        let mut seen = HashSet::new();
        self.0.walk().into_iter().filter_map(Node::key).filter(move |key| seen.insert(*key))
    }

    /// Every question with an option or text it is held against, in order of appearance: `selected(${key}, 'option')`
    /// and `${key} = 'option'` or `!=`, either way round.
    ///
    /// A comparison with empty text asks whether there is an answer, so it is not among them.
    pub fn selected_options(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.walk().into_iter().filter_map(Node::option)
    }

    /// The keys of the questions whose answers it takes for numbers, in order of appearance: operands of arithmetic, of a
    /// comparison of order and of `number(…)`.
    pub fn counted(&self) -> impl Iterator<Item = &str> {
        self.0.walk().into_iter().flat_map(Node::counted)
    }

    /// Whether it is true of these answers. `values` gives the answer to a question; the options of a multiple choice are
    /// separated by a space.
    pub fn holds(&self, values: impl Fn(&str) -> Operand) -> bool {
        eval::evaluate(&self.0, &values).is_true()
    }
}
