//! Every limit of the contract, enumerated from the descriptor set.

mod comments;
mod domain;
mod reader;
mod sizes;

use prost::Message as _;
use prost_reflect::{DynamicMessage, FieldDescriptor, ReflectMessage as _, Value};

use super::{overfull, thousands};
use crate::{
    sample::sample,
    schema::{self, POOL},
};

#[test]
fn numbers_are_written_as_in_the_comments() {
    for (number, text) in [(0, "0"), (60, "60"), (500, "500"), (2_000, "2,000"), (1_000_000, "1,000,000")] {
        assert_eq!(thousands(number), text);
    }
}

/// A message of a type with so many entries in one of its lists.
fn with(message: &str, list: &str, entries: usize) -> DynamicMessage {
    let mut message = sample(&POOL.get_message_by_name(&format!("focalnet.v1.{message}")).unwrap(), 0);
    let field: FieldDescriptor = message.descriptor().get_field_by_name(list).unwrap();
    let entry = message.get_field(&field).as_list().unwrap()[0].clone();
    message.set_field(&field, Value::List(vec![entry; entries]));
    message
}

#[test]
fn a_list_that_is_too_long_is_named_with_its_limit() {
    let found = |message: &DynamicMessage| {
        let shape = schema::shape(message.descriptor().full_name()).unwrap();
        overfull(shape, &message.encode_to_vec()).unwrap()
    };
    assert_eq!(found(&with("Asset", "measures", 30)), None, "the last for which there is room");
    assert_eq!(found(&with("Asset", "measures", 31)), Some(("measures".into(), 30)));

    let mut asset = with("Asset", "claims", 2);
    let claims = asset.get_field_by_name_mut("claims").unwrap().as_list_mut().unwrap();
    claims[1] = Value::Message(with("Claim", "decisions", 31));
    assert_eq!(found(&asset), Some(("claims[1].decisions".into(), 30)));
}
