//! Messages as the domain writes them, for clients that reckon with answers: JSON with the names of the contract, the
//! words of the domain for enums, and no key for what is not set.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, SecondsFormat, Utc};
use prost_reflect::{DynamicMessage, FieldDescriptor, Kind, MessageDescriptor, Value};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value as Json};

use crate::schema::{self, TIMESTAMP};

/// The result of a conversion.
pub type Result<T> = std::result::Result<T, Misfit>;

/// The domain's types and the contract do not fit each other: an error of the program. The text names places, and never
/// a value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Misfit(pub String);

/// A message as what the domain reads.
pub fn to_domain<T: DeserializeOwned>(message: &DynamicMessage) -> Result<T> {
    let name = prost_reflect::ReflectMessage::descriptor(message).name().to_owned();
    serde_json::from_value(json(message))
        .map_err(|error| Misfit(format!("{name} is not what the domain knows: {error}")))
}

/// What the domain writes as a message.
pub fn from_domain(descriptor: &MessageDescriptor, value: &impl Serialize) -> Result<DynamicMessage> {
    let json = serde_json::to_value(value).map_err(|error| Misfit(error.to_string()))?;
    self::message(descriptor, &json, &|_, _| false)
}

fn json(message: &DynamicMessage) -> Json {
    let mut map = Map::new();
    for (field, value) in message.fields() {
        let value = match value {
            Value::List(items) => {
                Some(Json::Array(items.iter().filter_map(|item| single(&field, item)).collect()))
            }
            value => single(&field, value),
        };
        map.extend(value.map(|value| (field.name().to_owned(), value)));
    }
    Json::Object(map)
}

fn single(field: &FieldDescriptor, value: &Value) -> Option<Json> {
    Some(match (value, field.kind()) {
        (Value::Bool(flag), _) => Json::from(*flag),
        (Value::I32(number), _) => Json::from(*number),
        (Value::I64(number), _) => Json::from(*number),
        (Value::String(text), _) => Json::from(text.as_str()),
        (Value::Bytes(bytes), _) => Json::from(STANDARD.encode(bytes)),
        (Value::EnumNumber(number), Kind::Enum(list)) => Json::from(schema::word(&list, *number)?),
        (Value::Message(time), Kind::Message(kind)) if kind.full_name() == TIMESTAMP => {
            let seconds = time.get_field_by_name("seconds")?.as_i64()?;
            let nanos = u32::try_from(time.get_field_by_name("nanos")?.as_i32()?).ok()?;
            let instant: DateTime<Utc> = DateTime::from_timestamp(seconds, nanos)?;
            Json::from(instant.to_rfc3339_opts(SecondsFormat::AutoSi, true))
        }
        (Value::Message(message), _) => json(message),
        _ => return None,
    })
}

/// Which fields of a message are left out, by the names of both.
pub type Hidden<'a> = &'a dyn Fn(&str, &str) -> bool;

/// JSON as the domain writes it as a message. Keys that the contract does not know are left out, and so is what is
/// hidden.
pub fn message(descriptor: &MessageDescriptor, json: &Json, hidden: Hidden<'_>) -> Result<DynamicMessage> {
    let map = json.as_object().ok_or_else(|| misfit(descriptor, "(all)"))?;
    let mut message = DynamicMessage::new(descriptor.clone());
    for field in descriptor.fields() {
        let left_out = hidden(descriptor.name(), field.name());
        let Some(json) = map.get(field.name()).filter(|json| !json.is_null() && !left_out) else { continue };
        let value = match json {
            Json::Array(items) if field.is_list() => {
                let items = items.iter().map(|item| value(descriptor, &field, item, hidden));
                Value::List(items.collect::<Result<_>>()?)
            }
            _ if field.is_list() => return Err(misfit(descriptor, field.name())),
            json => value(descriptor, &field, json, hidden)?,
        };
        message.set_field(&field, value);
    }
    Ok(message)
}

fn value(
    owner: &MessageDescriptor,
    field: &FieldDescriptor,
    json: &Json,
    hidden: Hidden<'_>,
) -> Result<Value> {
    let text = json.as_str();
    let value = match field.kind() {
        Kind::Message(time) if time.full_name() == TIMESTAMP => text.and_then(|text| timestamp(time, text)),
        Kind::Message(inner) => return message(&inner, json, hidden).map(Value::Message),
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
#[must_use]
pub fn misfit(message: &MessageDescriptor, field: &str) -> Misfit {
    Misfit(format!("{}.{field} cannot be answered: the value does not fit", message.name()))
}
