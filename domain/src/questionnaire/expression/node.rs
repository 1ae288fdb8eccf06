//! The tree of an expression. The parser builds none but well-typed ones.

/// An operand or an operation.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Boolean(bool),
    /// Finite and not negative.
    Number(f64),
    Text(String),
    /// The key of a question.
    Reference(String),
    Negative(Box<Node>),
    Not(Box<Node>),
    If(Box<[Node; 3]>),
    Selected {
        key: String,
        option: String,
    },
    CountSelected(String),
    StringLength(Box<Node>),
    Coalesce(Box<[Node; 2]>),
    ToNumber(Box<Node>),
    /// Operators of one precedence, from left to right: a list, so that a long chain is not a deep tree.
    Chain {
        first: Box<Node>,
        rest: Vec<(Operator, Node)>,
    },
}

/// An operator between two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Plus,
    Minus,
    Times,
    Div,
    Mod,
}

/// How tightly a sign binds: more than every operator.
const SIGN: u8 = 7;

impl Operator {
    /// How tightly it binds, from 1.
    pub(super) fn precedence(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Equal | Self::NotEqual => 3,
            Self::Less | Self::LessOrEqual | Self::Greater | Self::GreaterOrEqual => 4,
            Self::Plus | Self::Minus => 5,
            Self::Times | Self::Div | Self::Mod => 6,
        }
    }

    /// Whether its operands are numbers.
    fn counts(self) -> bool {
        !matches!(self, Self::Or | Self::And | Self::Equal | Self::NotEqual)
    }

    /// As it is written.
    pub(super) fn symbol(self) -> &'static str {
        match self {
            Self::Or => "or",
            Self::And => "and",
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Times => "*",
            Self::Div => "div",
            Self::Mod => "mod",
        }
    }
}

impl Node {
    /// `self operator right`; the one way to make a chain.
    pub(super) fn join(self, operator: Operator, right: Self) -> Self {
        let tightness = self.precedence();
        match self {
            Self::Chain { first, mut rest } if tightness == operator.precedence() => {
                rest.push((operator, right));
                Self::Chain { first, rest }
            }
            first => Self::Chain { first: Box::new(first), rest: vec![(operator, right)] },
        }
    }

    /// How tightly it binds, as of an operator.
    pub(super) fn precedence(&self) -> u8 {
        match self {
            Self::Chain { rest, .. } => rest.first().map_or(SIGN, |(operator, _)| operator.precedence()),
            Self::Negative(_) => SIGN,
            _ => SIGN + 1,
        }
    }

    /// The node and all below, in order of appearance.
    pub(super) fn walk(&self) -> Vec<&Self> {
        let mut nodes = Vec::new();
        self.collect(&mut nodes);
        nodes
    }

    fn collect<'a>(&'a self, nodes: &mut Vec<&'a Self>) {
        nodes.push(self);
        match self {
            Self::Negative(inner) | Self::Not(inner) | Self::StringLength(inner) | Self::ToNumber(inner) => {
                inner.collect(nodes);
            }
            Self::If(parts) => parts.iter().for_each(|part| part.collect(nodes)),
            Self::Coalesce(texts) => texts.iter().for_each(|text| text.collect(nodes)),
            Self::Chain { first, rest } => {
                first.collect(nodes);
                for (_, operand) in rest {
                    operand.collect(nodes);
                }
            }
            Self::Boolean(_)
            | Self::Number(_)
            | Self::Text(_)
            | Self::Reference(_)
            | Self::Selected { .. }
            | Self::CountSelected(_) => {}
        }
    }

    /// The key of the question that this node itself refers to.
    pub(super) fn key(&self) -> Option<&str> {
        match self {
            Self::Reference(key) | Self::Selected { key, .. } | Self::CountSelected(key) => Some(key),
            _ => None,
        }
    }

    /// The keys of the questions that this node itself takes for numbers.
    pub(super) fn counted(&self) -> Vec<&str> {
        let operands: Vec<&Self> = match self {
            Self::Negative(inner) | Self::ToNumber(inner) => vec![inner],
            Self::Chain { first, rest } if rest.iter().all(|(operator, _)| operator.counts()) => {
                std::iter::once(&**first).chain(rest.iter().map(|(_, operand)| operand)).collect()
            }
            _ => Vec::new(),
        };
        operands
            .into_iter()
            .filter_map(|operand| match operand {
                Self::Reference(key) => Some(key.as_str()),
                _ => None,
            })
            .collect()
    }

    /// The question and the option that this node itself holds against each other.
    pub(super) fn option(&self) -> Option<(&str, &str)> {
        match self {
            Self::Selected { key, option } => Some((key, option)),
            // What follows the first comparison of a chain compares booleans.
            Self::Chain { first, rest } => match (&**first, rest.first()?) {
                (Self::Reference(key), (Operator::Equal | Operator::NotEqual, Self::Text(option)))
                | (Self::Text(option), (Operator::Equal | Operator::NotEqual, Self::Reference(key)))
                    if !option.is_empty() =>
                {
                    Some((key, option))
                }
                _ => None,
            },
            _ => None,
        }
    }
}
