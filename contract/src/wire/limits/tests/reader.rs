//! What a caller sends may reach each limit, and not go beyond it.

use prost::Message as _;
use prost_reflect::{DynamicMessage, FieldDescriptor, Kind, ReflectMessage as _, Value};

use super::thousands;
use crate::{
    Rpc,
    sample::sample,
    schema::{self, Rules, TIMESTAMP},
    wire::Message,
};

/// A letter of four bytes.
const LETTER: &str = "😀";
/// Samples of a message: more than any oneof has arms.
const VARIANTS: usize = 12;

/// What a limit stands on: a field of a call, by its path.
struct Place {
    path: String,
    field: FieldDescriptor,
    /// Whether it is one entry of a list.
    entry: bool,
}

/// All fields of a message that a caller sets, at any depth.
fn places(message: &DynamicMessage, path: &str, found: &mut Vec<Place>) {
    for (field, value) in message.fields() {
        if Rules::of(&field).output_only {
            continue;
        }
        let path = if path.is_empty() { field.name().to_owned() } else { format!("{path}.{}", field.name()) };
        let mut place =
            |path: &str, entry| found.push(Place { path: path.to_owned(), field: field.clone(), entry });
        place(&path, false);
        let first = match value {
            Value::List(entries) => {
                let path = format!("{path}[0]");
                place(&path, true);
                entries.first().map(|entry| (entry, path))
            }
            value => Some((value, path)),
        };
        if let Some((Value::Message(inner), path)) = first
            && inner.descriptor().full_name() != TIMESTAMP
        {
            places(inner, &path, found);
        }
    }
}

/// The value at a path.
fn at<'m>(message: &'m mut DynamicMessage, path: &str) -> &'m mut Value {
    let (step, rest) = path.split_once('.').map_or((path, None), |(step, rest)| (step, Some(rest)));
    let (name, is_entry) = step.strip_suffix("[0]").map_or((step, false), |name| (name, true));
    let value = message.get_field_by_name_mut(name).unwrap();
    let value = if is_entry { &mut value.as_list_mut().unwrap()[0] } else { value };
    match rest {
        Some(rest) => at(value.as_message_mut().unwrap(), rest),
        None => value,
    }
}

/// What is wrong with a message, by path.
fn wrong(message: &DynamicMessage) -> Vec<(String, String)> {
    let shape = schema::shape(message.descriptor().full_name()).unwrap();
    let bytes = message.encode_to_vec();
    let found = Message::read(shape, &bytes).unwrap().violations("").unwrap();
    found.into_iter().map(|violation| (violation.field, violation.description)).collect()
}

/// Every message that a method takes, with everything set that can be.
fn calls() -> impl Iterator<Item = DynamicMessage> {
    let inputs = Rpc::ALL.iter().map(|rpc| schema::method(*rpc).unwrap().input());
    inputs.flat_map(|input| (0..VARIANTS).map(move |variant| sample(&input, variant)))
}

/// Tries each place that `limit` names: a value that just fits, where there is one, and one beyond; `told` is what is
/// said of that.
fn every_place(
    is_limited: impl Fn(&Place) -> bool,
    fits: impl Fn(&Place, &Value) -> Option<Value>,
    beyond: impl Fn(&Place, &Value) -> Value,
    told: impl Fn(&Rules) -> String,
) -> usize {
    let mut tried = std::collections::BTreeSet::new();
    for call in calls() {
        assert_eq!(wrong(&call), [], "{}: a sample has to be right", call.descriptor().name());
        let mut found = Vec::new();
        places(&call, "", &mut found);
        for place in found.iter().filter(|place| is_limited(place)) {
            let name = format!("{}: {}", call.descriptor().name(), place.path);
            if !tried.insert(name.clone()) {
                continue;
            }
            let mut message = call.clone();
            let before = at(&mut message, &place.path).clone();
            if let Some(most) = fits(place, &before) {
                *at(&mut message, &place.path) = most;
                assert_eq!(wrong(&message), [], "{name}");
            }
            *at(&mut message, &place.path) = beyond(place, &before);
            assert_eq!(wrong(&message), [(place.path.clone(), told(&Rules::of(&place.field)))], "{name}");
        }
    }
    tried.len()
}

#[test]
fn every_text_ends_at_its_limit() {
    let long = |letters| Value::String(LETTER.repeat(letters));
    // A text with a form of its own, such as an account number or an amount, cannot be so long.
    let is_free = |place: &Place| {
        let rules = Rules::of(&place.field);
        let money = place.field.parent_message().name() == "Money";
        !money && rules.format.is_none() && rules.reference.is_none()
    };
    let tried = every_place(
        |place| matches!(place.field.kind(), Kind::String) && (place.entry || !place.field.is_list()),
        |place, _| is_free(place).then(|| long(Rules::of(&place.field).max_length)),
        |place, _| long(Rules::of(&place.field).max_length + 1),
        |rules| format!("must have at most {} characters", thousands(rules.max_length)),
    );
    assert!(tried > 500, "{tried} texts");
}

#[test]
fn every_list_ends_at_its_limit() {
    let entries = |value: &Value, count| Value::List(vec![value.as_list().unwrap()[0].clone(); count]);
    let tried = every_place(
        |place| place.field.is_list() && !place.entry && place.field.parent_message().name() != "FieldMask",
        |place, value| Some(entries(value, Rules::of(&place.field).max_items)),
        |place, value| entries(value, Rules::of(&place.field).max_items + 1),
        |rules| format!("must have at most {} entries", thousands(rules.max_items)),
    );
    assert!(tried > 50, "{tried} lists");
}

#[test]
fn every_number_ends_at_its_limit() {
    let number = |number: i64| Value::I32(i32::try_from(number).unwrap());
    let most = |place: &Place| Rules::of(&place.field).max_value.unwrap();
    let tried = every_place(
        |place| Rules::of(&place.field).max_value.is_some(),
        |place, _| Some(number(most(place))),
        |place, _| number(most(place) + 1),
        |rules| format!("must be at most {}", thousands(rules.max_value.unwrap())),
    );
    assert!(tried > 20, "{tried} numbers");
}
