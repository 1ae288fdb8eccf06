//! What each part of an expression is. Checked while it is parsed, so an expression that exists can be evaluated.

use std::fmt;

use super::{
    ParseError,
    node::{Node, Operator},
};

/// What a part evaluates to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Boolean,
    Number,
    Text,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Boolean => "a condition",
            Self::Number => "a number",
            Self::Text => "text",
        })
    }
}

/// A part, what it evaluates to and the number of its first character.
#[derive(Debug)]
pub(super) struct Typed {
    pub(super) at: usize,
    pub(super) kind: Kind,
    pub(super) node: Node,
}

impl Typed {
    /// The part, where only a boolean will do.
    pub(super) fn boolean(self) -> Result<Node, ParseError> {
        match (self.kind, &self.node) {
            (Kind::Boolean, _) => Ok(self.node),
            (_, Node::Reference(key)) => {
                Err(self.unfit(&format!("a condition is needed here: compare it, as `${{{key}}} = 'yes'`")))
            }
            (kind, _) => {
                Err(self.unfit(&format!("a condition is needed here, but this is {kind}: compare it")))
            }
        }
    }

    /// The part, where text is converted to a number.
    pub(super) fn numeric(self) -> Result<Node, ParseError> {
        match self.kind {
            Kind::Number | Kind::Text => Ok(self.node),
            Kind::Boolean => Err(self.unfit("a number is needed here, but this is a condition")),
        }
    }

    /// The part, where only text will do.
    pub(super) fn text(self) -> Result<Node, ParseError> {
        match self.kind {
            Kind::Text => Ok(self.node),
            kind => Err(self.unfit(&format!("text is needed here, but this is {kind}"))),
        }
    }

    /// The key, where only a reference will do.
    pub(super) fn reference(self) -> Result<String, ParseError> {
        match self.node {
            Node::Reference(key) => Ok(key),
            _ => Err(self.unfit("a question is needed here, as `${A1}`")),
        }
    }

    /// The text, where only a literal will do.
    pub(super) fn literal(self) -> Result<String, ParseError> {
        match self.node {
            Node::Text(text) => Ok(text),
            _ => Err(self.unfit("the key of an option is needed here in quotes, as 'bank'")),
        }
    }

    /// `self operator right`.
    pub(super) fn join(self, operator: Operator, right: Self) -> Result<Self, ParseError> {
        let at = self.at;
        let (kind, left, right) = match operator {
            Operator::Or | Operator::And => (Kind::Boolean, self.boolean()?, right.boolean()?),
            Operator::Equal | Operator::NotEqual => {
                if (self.kind == Kind::Boolean) != (right.kind == Kind::Boolean) {
                    let message = format!("{} cannot be compared with {}", self.kind, right.kind);
                    return Err(right.unfit(&message));
                }
                (Kind::Boolean, self.node, right.node)
            }
            Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => {
                (Kind::Boolean, self.numeric()?, right.numeric()?)
            }
            Operator::Plus | Operator::Minus | Operator::Times | Operator::Div | Operator::Mod => {
                (Kind::Number, self.numeric()?, right.numeric()?)
            }
        };
        Ok(Self { at, kind, node: left.join(operator, right) })
    }

    /// `if(condition, yes, no)`, without its position.
    pub(super) fn choice([condition, yes, no]: [Self; 3]) -> Result<(Kind, Node), ParseError> {
        let condition = condition.boolean()?;
        if yes.kind != no.kind {
            let message = format!(
                "both results of `if` must be alike, but this is {} and the one before {}; \
                 `number(…)` converts text",
                no.kind, yes.kind
            );
            return Err(no.unfit(&message));
        }
        Ok((yes.kind, Node::If(Box::new([condition, yes.node, no.node]))))
    }

    fn unfit(&self, message: &str) -> ParseError {
        ParseError::new(self.at, message)
    }
}
