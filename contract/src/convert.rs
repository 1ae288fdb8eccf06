//! Messages as the domain writes them, for clients that reckon with answers.

use prost::Message as _;
use prost_reflect::{DynamicMessage, MessageDescriptor, ReflectMessage};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    schema,
    wire::{Everything, Message, Misfit, Result, write},
};

/// A message as what the domain reads.
pub fn to_domain<T: DeserializeOwned>(message: &DynamicMessage) -> Result<T> {
    let descriptor = message.descriptor();
    let bytes = message.encode_to_vec();
    let message = Message::read(schema::shape(descriptor.full_name())?, &bytes);
    message.map_err(|malformed| Misfit(malformed.to_string()))?.value(true)
}

/// What the domain writes as a message.
pub fn from_domain(descriptor: &MessageDescriptor, value: &impl Serialize) -> Result<DynamicMessage> {
    let bytes = write(schema::shape(descriptor.full_name())?, value, &Everything)?;
    DynamicMessage::decode(descriptor.clone(), bytes.as_slice()).map_err(|error| Misfit(error.to_string()))
}
