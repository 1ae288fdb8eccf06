//! Messages as the domain writes them, for clients that reckon with answers: JSON with the names of the contract, the
//! words of the domain for enums, and no key for what is not set.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, SecondsFormat, Utc};
use prost_reflect::{DynamicMessage, FieldDescriptor, Kind, MessageDescriptor, Value};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value as Json};

use super::{
    render,
    schema::{self, TIMESTAMP},
};
use crate::error::{Error, Result};

/// A message as what the domain reads.
pub fn to_domain<T: DeserializeOwned>(message: &DynamicMessage) -> Result<T> {
    let name = prost_reflect::ReflectMessage::descriptor(message).name().to_owned();
    serde_json::from_value(json(message))
        .map_err(|error| Error::internal(format!("{name} is not what the domain knows: {error}")))
}

/// What the domain writes as a message.
pub fn from_domain(descriptor: &MessageDescriptor, value: &impl Serialize) -> Result<DynamicMessage> {
    let json = serde_json::to_value(value).map_err(|error| Error::Internal(Box::new(error)))?;
    render::message(descriptor, &json, None)
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
