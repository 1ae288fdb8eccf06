use proptest::{prelude::*, sample::select};

use super::super::{
    Expression, Operand,
    node::{Node, Operator},
};

/// Levels of the trees that are made up.
const LEVELS: u32 = 3;

fn key() -> impl Strategy<Value = String> {
    "[A-Za-z_][A-Za-z0-9_-]{0,3}"
}

fn literal() -> impl Strategy<Value = String> {
    prop_oneof!["[^']{0,4}", "[^\"]{0,4}", "-?[0-9]{0,3}[.]?[0-9]{0,3}"]
}

fn joined(
    operand: BoxedStrategy<Node>,
    operators: &'static [Operator],
    right: BoxedStrategy<Node>,
) -> impl Strategy<Value = Node> {
    let rest = prop::collection::vec((select(operators), right), 1..3);
    (operand, rest).prop_map(|(first, rest)| {
        rest.into_iter().fold(first, |left, (operator, right)| left.join(operator, right))
    })
}

fn text(levels: u32) -> BoxedStrategy<Node> {
    let leaf = prop_oneof![key().prop_map(Node::Reference), literal().prop_map(Node::Text)];
    let Some(below) = levels.checked_sub(1) else { return leaf.boxed() };
    prop_oneof![
        3 => leaf,
        1 => [text(below), text(below)].prop_map(|texts| Node::Coalesce(Box::new(texts))),
        1 => [boolean(below), text(below), text(below)].prop_map(|parts| Node::If(Box::new(parts))),
    ]
    .boxed()
}

fn number(levels: u32) -> BoxedStrategy<Node> {
    let leaf = prop_oneof![
        (0.0..1e6).prop_map(Node::Number),
        (0..1000_u32).prop_map(|number| Node::Number(f64::from(number))),
        any::<f64>().prop_filter("finite", |n| n.is_finite()).prop_map(|number| Node::Number(number.abs())),
        key().prop_map(Node::CountSelected),
    ];
    let Some(below) = levels.checked_sub(1) else { return leaf.boxed() };
    prop_oneof![
        2 => leaf,
        1 => numeric(below).prop_map(|inner| Node::Negative(Box::new(inner))),
        1 => text(below).prop_map(|text| Node::StringLength(Box::new(text))),
        1 => text(below).prop_map(|text| Node::ToNumber(Box::new(text))),
        1 => [boolean(below), number(below), number(below)].prop_map(|parts| Node::If(Box::new(parts))),
        2 => joined(numeric(below), &[Operator::Plus, Operator::Minus], numeric(below)),
        2 => joined(numeric(below), &[Operator::Times, Operator::Div, Operator::Mod], numeric(below)),
    ]
    .boxed()
}

fn numeric(levels: u32) -> BoxedStrategy<Node> {
    prop_oneof![text(levels), number(levels)].boxed()
}

fn boolean(levels: u32) -> BoxedStrategy<Node> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Node::Boolean),
        (key(), literal()).prop_map(|(key, option)| Node::Selected { key, option }),
    ];
    let Some(below) = levels.checked_sub(1) else { return leaf.boxed() };
    let equality: &[Operator] = &[Operator::Equal, Operator::NotEqual];
    let order: &[Operator] =
        &[Operator::Less, Operator::LessOrEqual, Operator::Greater, Operator::GreaterOrEqual];
    prop_oneof![
        2 => leaf,
        1 => boolean(below).prop_map(|inner| Node::Not(Box::new(inner))),
        1 => [boolean(below), boolean(below), boolean(below)].prop_map(|parts| Node::If(Box::new(parts))),
        2 => joined(boolean(below), &[Operator::Or], boolean(below)),
        2 => joined(boolean(below), &[Operator::And], boolean(below)),
        2 => joined(boolean(below), equality, boolean(below)),
        4 => (numeric(below), select([equality, order].concat()), numeric(below))
            .prop_map(|(left, operator, right)| left.join(operator, right)),
    ]
    .boxed()
}

fn expression() -> impl Strategy<Value = Expression> {
    let fits = |expression: &Expression| expression.to_string().chars().count() <= super::MAX_LENGTH;
    boolean(LEVELS).prop_map(Expression).prop_filter("short enough", fits)
}

/// Text of the pieces of the language in any order, which gets further than any text.
fn pieces() -> impl Strategy<Value = String> {
    let pieces = "${A}|.|${|}|'x'|'|\"|1|0.5|.|(|)|,|true()|not(|if(|selected(|count-selected(|string-length(|coalesce(\
                  |number(| or | and |=|!=|<|<=|+|-|*| div | mod |é| ";
    let piece = select(pieces.split('|').collect::<Vec<_>>());
    prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

/// An answer that depends on the key, so that unlike keys have unlike answers.
fn answer(key: &str) -> Operand {
    let length = key.len();
    match key.bytes().next() {
        _ if key.contains('_') => Operand::Text(String::new()),
        Some(b'N'..=b'Z') => Operand::Number(format!("{length}.0")),
        _ => Operand::Text(format!("{length} {key}")),
    }
}

fn holds(source: &str) -> bool {
    Expression::parse(source).unwrap_or_else(|error| panic!("{source}: {error}")).holds(answer)
}

proptest! {
    #[test]
    fn never_panics(source in prop_oneof![".*", pieces()]) {
        match Expression::constraint(&source, "A") {
            Ok(constraint) => {
                constraint.holds(answer);
                prop_assert!(Expression::parse(&constraint.to_string()).is_ok());
            }
            Err(error) => prop_assert!((1..=source.chars().count() + 1).contains(&error.position), "{}", error),
        }
        match Expression::parse(&source) {
            Ok(expression) => {
                expression.holds(answer);
                prop_assert_eq!(Expression::parse(&expression.to_string()), Ok(expression));
            }
            Err(error) => prop_assert!((1..=source.chars().count() + 1).contains(&error.position), "{}", error),
        }
    }

    #[test]
    fn reads_what_it_prints(expression in expression()) {
        let printed = expression.to_string();
        let read = Expression::parse(&printed);
        prop_assert_eq!(read.as_ref(), Ok(&expression), "{}", printed);
        prop_assert_eq!(read.unwrap().holds(answer), expression.holds(answer));
    }

    #[test]
    fn parentheses_mean_nothing_around_all(expression in expression()) {
        prop_assume!(expression.to_string().chars().count() + 2 <= super::MAX_LENGTH);
        prop_assert_eq!(Expression::parse(&format!("({expression})")), Ok(expression));
    }

    #[test]
    fn obeys_boolean_algebra(a in expression(), b in expression()) {
        prop_assume!(a.to_string().chars().count() + b.to_string().chars().count() < super::MAX_LENGTH / 2);
        let (x, y) = (a.holds(answer), b.holds(answer));
        prop_assert_eq!(holds(&format!("({a}) and ({b})")), x && y);
        prop_assert_eq!(holds(&format!("({a}) or ({b})")), x || y);
        prop_assert_eq!(holds(&format!("not(({a}) and ({b}))")), holds(&format!("not({a}) or not({b})")));
        prop_assert_eq!(holds(&format!("not(({a}) or ({b}))")), holds(&format!("not({a}) and not({b})")));
        prop_assert_eq!(holds(&format!("({a}) = ({b})")), x == y);
        prop_assert_eq!(holds(&format!("if({a}, {b}, not({b}))")), x == y);
    }

    #[test]
    fn equality_and_inequality_are_opposites(left in "[ 0-9.x-]{0,4}", right in "[ 0-9.x-]{0,4}") {
        let right = format!("'{right}'");
        for left in [format!("'{left}'"), format!("number('{left}')")] {
            prop_assert_ne!(holds(&format!("{left} = {right}")), holds(&format!("{left} != {right}")));
            prop_assert_eq!(holds(&format!("{left} = {right}")), holds(&format!("{right} = {left}")));
            prop_assert_eq!(holds(&format!("{left} < {right}")), holds(&format!("{right} > {left}")));
        }
    }
}
