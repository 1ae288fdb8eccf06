//! From what a use case answers to messages, field by field of the contract, each only if its reader may see it.

use focalnet_contract::{
    Rpc,
    convert::{message, misfit},
    schema,
};
use prost::Message as _;
use prost_reflect::{DynamicMessage, Kind, MessageDescriptor, Value};
use serde::{Deserialize as _, Serialize};
use serde_json::Value as Json;

use crate::{
    app::Page,
    authz::{fields, fields::Reader},
    error::{Error, Result},
};

/// Dossiers are never shown without knowing to whom.
const MASKED: [&str; 4] = ["FreezingRequest", "Asset", "Clarification", "Response"];

/// The answer of a method.
pub fn answer<V: Serialize, A: prost::Message + Default>(rpc: Rpc, value: &V) -> Result<A> {
    typed(&resource(&schema::method(rpc)?.output(), value)?)
}

/// The answer of a list: its first field is the page.
pub(super) fn page<V: Serialize, A: prost::Message + Default>(rpc: Rpc, page: &Page<V>) -> Result<A> {
    let descriptor = schema::method(rpc)?.output();
    let entries = descriptor.get_field(1).ok_or_else(|| misfit(&descriptor, "a list without entries"))?;
    let Kind::Message(entry) = entries.kind() else { return Err(misfit(&descriptor, entries.name()).into()) };
    let items =
        page.items.iter().map(|item| resource(&entry, item).map(Value::Message)).collect::<Result<_>>()?;
    let mut answer = DynamicMessage::new(descriptor.clone());
    answer.set_field(&entries, Value::List(items));
    if let Some(token) = descriptor.get_field_by_name("next_page_token") {
        answer.set_field(&token, Value::String(page.next_page_token.clone()));
    }
    typed(&answer)
}

/// A message of the contract as a detail of a status.
pub(super) fn detail(name: &str, value: &Json) -> Result<prost_types::Any> {
    let full = format!("focalnet.v1.{name}");
    let descriptor = schema::POOL
        .get_message_by_name(&full)
        .ok_or_else(|| Error::internal(format!("{full} is not in the contract")))?;
    let value = message(&descriptor, value, &|_, _| false)?.encode_to_vec();
    Ok(prost_types::Any { type_url: format!("type.googleapis.com/{full}"), value })
}

fn typed<A: prost::Message + Default>(message: &DynamicMessage) -> Result<A> {
    message.transcode_to().map_err(|_| Error::internal("an answer is not of the type of its method"))
}

/// One resource, for the reader that it names itself.
fn resource<V: Serialize>(descriptor: &MessageDescriptor, value: &V) -> Result<DynamicMessage> {
    let json = serde_json::to_value(value).map_err(|_| misfit(descriptor, "(all)"))?;
    let reader = match json.get("reader") {
        None | Some(Json::Null) => None,
        Some(reader) => Some(Reader::deserialize(reader).map_err(|_| misfit(descriptor, "reader"))?),
    };
    if reader.is_none() && MASKED.contains(&descriptor.name()) {
        return Err(Error::internal(format!("a {} is answered without a reader", descriptor.name())));
    }
    let hidden =
        |message: &str, field: &str| reader.is_some_and(|reader| !fields::shown(message, field, reader));
    Ok(message(descriptor, &json, &hidden)?)
}
