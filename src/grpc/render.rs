//! From what a use case answers to messages, field by field of the contract, each only if its reader may see it.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use prost::Message as _;
use prost_reflect::{DynamicMessage, FieldDescriptor, Kind, MessageDescriptor, Value};
use serde::{Deserialize as _, Serialize};
use serde_json::Value as Json;

use super::schema::{self, TIMESTAMP};
use crate::{
    app::Page,
    authz::{
        Rpc,
        fields::{self, Reader},
    },
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
    let Kind::Message(entry) = entries.kind() else { return Err(misfit(&descriptor, entries.name())) };
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
    let value = message(&descriptor, value, None)?.encode_to_vec();
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
    message(descriptor, &json, reader)
}

/// Keys that the contract does not know are left out; fields that are hidden from the reader, too.
pub(super) fn message(
    descriptor: &MessageDescriptor,
    json: &Json,
    reader: Option<Reader>,
) -> Result<DynamicMessage> {
    let map = json.as_object().ok_or_else(|| misfit(descriptor, "(all)"))?;
    let mut message = DynamicMessage::new(descriptor.clone());
    for field in descriptor.fields() {
        let hidden = reader.is_some_and(|reader| !fields::shown(descriptor.name(), field.name(), reader));
        let Some(json) = map.get(field.name()).filter(|json| !json.is_null() && !hidden) else { continue };
        let value = match json {
            Json::Array(items) if field.is_list() => {
                let items = items.iter().map(|item| value(descriptor, &field, item, reader));
                Value::List(items.collect::<Result<_>>()?)
            }
            _ if field.is_list() => return Err(misfit(descriptor, field.name())),
            json => value(descriptor, &field, json, reader)?,
        };
        message.set_field(&field, value);
    }
    Ok(message)
}

fn value(
    owner: &MessageDescriptor,
    field: &FieldDescriptor,
    json: &Json,
    reader: Option<Reader>,
) -> Result<Value> {
    let text = json.as_str();
    let value = match field.kind() {
        Kind::Message(time) if time.full_name() == TIMESTAMP => text.and_then(|text| timestamp(time, text)),
        Kind::Message(inner) => return message(&inner, json, reader).map(Value::Message),
        Kind::Enum(list) => text.and_then(|word| schema::number(&list, word)).map(Value::EnumNumber),
        Kind::String => text.map(|text| Value::String(text.to_owned())),
        Kind::Bytes => {
            text.and_then(|text| STANDARD.decode(text).ok()).map(|bytes| Value::Bytes(bytes.into()))
        }
        Kind::Bool => json.as_bool().map(Value::Bool),
        Kind::Int32 => json.as_i64().and_then(|number| i32::try_from(number).ok()).map(Value::I32),
        Kind::Int64 => json.as_i64().map(Value::I64),
        _ => None,
    };
    value.ok_or_else(|| misfit(owner, field.name()))
}

fn timestamp(descriptor: MessageDescriptor, text: &str) -> Option<Value> {
    let time: DateTime<Utc> = text.parse().ok()?;
    let mut message = DynamicMessage::new(descriptor);
    message.set_field_by_name("seconds", Value::I64(time.timestamp()));
    message.set_field_by_name("nanos", Value::I32(i32::try_from(time.timestamp_subsec_nanos()).ok()?));
    Some(Value::Message(message))
}

/// Names the field and never the value: it goes to the log.
fn misfit(message: &MessageDescriptor, field: &str) -> Error {
    Error::internal(format!("{}.{field} cannot be answered: the value does not fit", message.name()))
}
