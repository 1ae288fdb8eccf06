//! A complete content of a request to freeze, of the case of the cast.

use std::sync::LazyLock;

use focalnet_contract::proto::{FILE_DESCRIPTOR_SET, RequestContent};
use prost_reflect::{DescriptorPool, DynamicMessage};
use serde_json::Value;

/// The contract, for calls and messages that are found in it by name.
pub(crate) static CONTRACT: LazyLock<DescriptorPool> =
    LazyLock::new(|| DescriptorPool::decode(FILE_DESCRIPTOR_SET).unwrap());

/// Complete and without warnings, about this person of a case.
pub(crate) fn complete(person: &str) -> RequestContent {
    let descriptor = CONTRACT.get_message_by_name("focalnet.v1.RequestContent").unwrap();
    DynamicMessage::deserialize(descriptor, json(person)).unwrap().transcode_to().unwrap()
}

/// The same in JSON.
pub(crate) fn json(person: &str) -> Value {
    let mut content: Value = serde_json::from_str(include_str!("content.json")).unwrap();
    content["persons"][0]["person"] = person.into();
    content
}
