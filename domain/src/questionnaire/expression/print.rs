//! The canonical source of an expression.

use std::fmt;

use super::{Expression, node::Node};

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Boolean(boolean) => write!(f, "{boolean}()"),
            // Never with an exponent, which the language does not have.
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => quote(f, text),
            Self::Reference(key) => write!(f, "${{{key}}}"),
            Self::Negative(inner) => {
                f.write_str("-")?;
                operand(f, inner, self.precedence())
            }
            Self::Not(inner) => write!(f, "not({inner})"),
            Self::If(parts) => {
                let [condition, yes, no] = &**parts;
                write!(f, "if({condition}, {yes}, {no})")
            }
            Self::Selected { key, option } => {
                write!(f, "selected(${{{key}}}, ")?;
                quote(f, option)?;
                f.write_str(")")
            }
            Self::CountSelected(key) => write!(f, "count-selected(${{{key}}})"),
            Self::StringLength(text) => write!(f, "string-length({text})"),
            Self::Coalesce(texts) => {
                let [first, second] = &**texts;
                write!(f, "coalesce({first}, {second})")
            }
            Self::ToNumber(text) => write!(f, "number({text})"),
            Self::Chain { first, rest } => {
                let tighter = self.precedence() + 1;
                operand(f, first, tighter)?;
                rest.iter().try_for_each(|(operator, right)| {
                    write!(f, " {} ", operator.symbol())?;
                    operand(f, right, tighter)
                })
            }
        }
    }
}

/// In parentheses unless it binds so tightly.
fn operand(f: &mut fmt::Formatter<'_>, node: &Node, tightness: u8) -> fmt::Result {
    if node.precedence() < tightness { write!(f, "({node})") } else { write!(f, "{node}") }
}

/// Text from a source lacks one of the two quotes.
fn quote(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let quote = if text.contains('\'') { '"' } else { '\'' };
    write!(f, "{quote}{text}{quote}")
}
