//! A condition told in words, for people who answer and do not read formulas.

use super::{
    Expression,
    node::{Node, Operator},
};

/// The words of a language for conditions. Where a question or a value belongs stands `{}`.
#[derive(Debug)]
#[expect(missing_docs, reason = "each is the name of what it says")]
pub struct ConditionWords {
    pub always: &'static str,
    pub never: &'static str,
    pub and: &'static str,
    pub or: &'static str,
    pub not: &'static str,
    pub answered: &'static str,
    pub unanswered: &'static str,
    pub equal: &'static str,
    pub not_equal: &'static str,
    pub includes: &'static str,
    pub excludes: &'static str,
    pub less: &'static str,
    pub at_most: &'static str,
    pub more: &'static str,
    pub at_least: &'static str,
    pub count: &'static str,
}

/// How a condition is told.
pub trait Telling {
    /// The words of the language.
    fn words(&self) -> &ConditionWords;

    /// The question with a key, as people know it.
    fn question(&self, key: &str) -> String;

    /// What an answer to a question is held against: an option, or any other text.
    fn value(&self, question: &str, value: &str) -> String;
}

impl Expression {
    /// The condition as part of a sentence, as `A1 is yes and B1 includes “direct”`. Arithmetic stays a formula.
    pub fn sentence(&self, telling: &impl Telling) -> String {
        tell(&self.0, telling)
    }
}

fn filled(pattern: &str, parts: &[&str]) -> String {
    let mut pieces = pattern.split("{}");
    let mut sentence = pieces.next().unwrap_or_default().to_owned();
    for (part, piece) in parts.iter().zip(pieces) {
        sentence.push_str(part);
        sentence.push_str(piece);
    }
    sentence
}

fn tell(node: &Node, telling: &impl Telling) -> String {
    let words = telling.words();
    match node {
        Node::Boolean(true) => words.always.to_owned(),
        Node::Boolean(false) => words.never.to_owned(),
        Node::Reference(key) => telling.question(key),
        Node::CountSelected(key) => filled(words.count, &[&telling.question(key)]),
        Node::Selected { key, option } => {
            filled(words.includes, &[&telling.question(key), &telling.value(key, option)])
        }
        Node::Not(inner) => match &**inner {
            Node::Selected { key, option } => {
                filled(words.excludes, &[&telling.question(key), &telling.value(key, option)])
            }
            inner => filled(words.not, &[&tell(inner, telling)]),
        },
        Node::Chain { first, rest } => match &rest[..] {
            [(Operator::And | Operator::Or, _), ..] => joined(first, rest, telling),
            [(operator, right)] => {
                compared(first, *operator, right, telling).unwrap_or_else(|| node.to_string())
            }
            _ => node.to_string(),
        },
        _ => node.to_string(),
    }
}

fn joined(first: &Node, rest: &[(Operator, Node)], telling: &impl Telling) -> String {
    // People do not agree on whether `and` binds tighter than `or`.
    let operand = |node: &Node| match node {
        Node::Chain { rest, .. } if matches!(rest[..], [(Operator::And | Operator::Or, _), ..]) => {
            format!("({})", tell(node, telling))
        }
        node => tell(node, telling),
    };
    rest.iter().fold(operand(first), |sentence, (operator, right)| {
        let words = telling.words();
        let word = if *operator == Operator::And { words.and } else { words.or };
        format!("{sentence} {word} {}", operand(right))
    })
}

fn compared(left: &Node, operator: Operator, right: &Node, telling: &impl Telling) -> Option<String> {
    let words = telling.words();
    let (key, text) = match (left, right) {
        (Node::Reference(key), Node::Text(text)) | (Node::Text(text), Node::Reference(key)) => {
            (Some(key), text.as_str())
        }
        _ => (None, ""),
    };
    let pattern = match (operator, key) {
        (Operator::Equal, Some(key)) if text.is_empty() => {
            return Some(filled(words.unanswered, &[&telling.question(key)]));
        }
        (Operator::NotEqual, Some(key)) if text.is_empty() => {
            return Some(filled(words.answered, &[&telling.question(key)]));
        }
        (Operator::Equal, _) => words.equal,
        (Operator::NotEqual, _) => words.not_equal,
        (Operator::Less, _) => words.less,
        (Operator::LessOrEqual, _) => words.at_most,
        (Operator::Greater, _) => words.more,
        (Operator::GreaterOrEqual, _) => words.at_least,
        _ => return None,
    };
    let parts = match (operator, key) {
        (Operator::Equal | Operator::NotEqual, Some(key)) => {
            [telling.question(key), telling.value(key, text)]
        }
        _ => [tell(left, telling), tell(right, telling)],
    };
    Some(filled(pattern, &[&parts[0], &parts[1]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct English;

    impl Telling for English {
        fn words(&self) -> &ConditionWords {
            &ConditionWords {
                always: "always",
                never: "never",
                and: "and",
                or: "or",
                not: "not ({})",
                answered: "{} is answered",
                unanswered: "{} is not answered",
                equal: "{} is {}",
                not_equal: "{} is not {}",
                includes: "{} includes {}",
                excludes: "{} does not include {}",
                less: "{} is less than {}",
                at_most: "{} is at most {}",
                more: "{} is more than {}",
                at_least: "{} is at least {}",
                count: "the number of options chosen in {}",
            }
        }

        fn question(&self, key: &str) -> String {
            key.to_owned()
        }

        fn value(&self, _: &str, value: &str) -> String {
            format!("“{value}”")
        }
    }

    #[test]
    fn conditions_are_told_in_words() {
        let told = [
            ("true()", "always"),
            ("${A1} = 'yes'", "A1 is “yes”"),
            ("'yes' != ${A1}", "A1 is not “yes”"),
            ("${A1} != '' and not(selected(${B1}, 'none'))", "A1 is answered and B1 does not include “none”"),
            (
                "(${A1} = '' or selected(${B1}, 'x')) and ${C} >= 3",
                "(A1 is not answered or B1 includes “x”) and C is at least 3",
            ),
            ("${A} = 'a' and ${B} = 'b' or ${C} = 'c'", "(A is “a” and B is “b”) or C is “c”"),
            ("count-selected(${B1}) > 1", "the number of options chosen in B1 is more than 1"),
            ("not(${A} = ${B})", "not (A is B)"),
            ("${A} + 1 < ${B}", "${A} + 1 is less than B"),
            ("3 < ${A}", "3 is less than A"),
        ];
        for (source, sentence) in told {
            assert_eq!(Expression::parse(source).unwrap().sentence(&English), sentence, "{source}");
        }
    }
}
