//! What the limits allow together fits into an answer.

use std::collections::BTreeMap;

use prost_reflect::{FieldDescriptor, Kind, MessageDescriptor};

use crate::{
    Rpc,
    catalogue::is_read,
    sample::comment,
    schema::{self, Rules, TIMESTAMP},
};

/// What a call may take, and what an answer.
const CALL: usize = 1 << 20;
const ANSWER: usize = 4 << 20;

/// What comes in one call cannot be larger than a call, whatever its own fields may hold. All answers of a
/// response are measured when they are saved.
const MEASURED: [(&str, usize); 5] = [
    ("RequestContent", CALL),
    ("Questionnaire.title", CALL),
    ("Questionnaire.sections", CALL),
    ("Questionnaire.questions", CALL),
    ("Response.answers", 2 * CALL),
];

fn measured(name: &str) -> Option<usize> {
    MEASURED.iter().find(|(of, _)| name.strip_prefix("focalnet.v1.") == Some(of)).map(|(_, bytes)| *bytes)
}

/// Names, days, amounts and proofs are short; any other text is as long as its field allows, in letters of four bytes.
fn text(field: &FieldDescriptor) -> usize {
    let (rules, comment) = (Rules::of(field), comment(field));
    let short = ["{uuid}", "ISO "].iter().any(|form| comment.contains(form))
        || ["Money", "Receipt"].contains(&field.parent_message().name())
        || field.name() == "etag";
    if short || rules.format.is_some() || rules.reference.is_some() { 150 } else { 4 * rules.max_length }
}

/// The most bytes of a message, each value with its key and length.
fn most(message: &MessageDescriptor, known: &mut BTreeMap<String, usize>) -> usize {
    let name = message.full_name();
    if let Some(bytes) = measured(name).or_else(|| known.get(name).copied()) {
        return bytes;
    }
    let mut bytes = 0;
    for field in message.fields() {
        let value = match field.kind() {
            Kind::Message(inner) if inner.full_name() == TIMESTAMP => 16,
            Kind::Message(inner) => most(&inner, known),
            Kind::String => text(&field),
            Kind::Bytes => 64,
            _ => 10,
        };
        let values = if field.is_list() { Rules::of(&field).max_items } else { 1 };
        bytes += measured(field.full_name()).unwrap_or(values * (value + 8));
    }
    known.insert(name.to_owned(), bytes);
    bytes
}

#[test]
fn the_largest_answer_of_each_act_is_one_that_a_client_takes() {
    let mut known = BTreeMap::new();
    let methods = Rpc::ALL.iter().map(|rpc| schema::method(*rpc).unwrap()).filter(|method| !is_read(method));
    let sizes: BTreeMap<_, _> = methods
        .map(|method| (method.output().name().to_owned(), most(&method.output(), &mut known)))
        .collect();
    let large: Vec<_> = sizes.iter().filter(|(_, bytes)| **bytes > ANSWER).collect();
    assert_eq!(large, [], "of {sizes:?}");
}
