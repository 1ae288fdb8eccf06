//! Answers in words that people read, and as JSON for programs.

use base64::{Engine, engine::general_purpose::STANDARD};
use prost_reflect::{DynamicMessage, FieldDescriptor, Kind, ReflectMessage, SerializeOptions, Value};

use super::{escape, failure::Failure, text_of};
use crate::{catalogue, naming};

/// One line of proto JSON with the names of the proto file; a page always has its list and its token.
pub fn json(answer: &DynamicMessage) -> Result<String, Failure> {
    let Some(field) = catalogue::rows(&answer.descriptor()) else { return Ok(proto_json(answer)? + "\n") };
    let rows: Vec<_> = rows(answer, &field).into_iter().map(proto_json).collect::<Result<_, _>>()?;
    let token = serde_json::Value::from(text_of(answer, "next_page_token"));
    Ok(format!("{{\"{}\":[{}],\"next_page_token\":{token}}}\n", field.name(), rows.join(",")))
}

fn proto_json(message: &DynamicMessage) -> Result<String, Failure> {
    let mut json = Vec::new();
    let options = SerializeOptions::new().use_proto_field_name(true);
    message
        .serialize_with_options(&mut serde_json::Serializer::new(&mut json), &options)
        .map_err(|error| Failure::unexpected(error.to_string()))?;
    Ok(escape::json(&String::from_utf8_lossy(&json)))
}

/// The rows of a repeated field.
#[must_use]
pub fn rows<'a>(message: &'a DynamicMessage, field: &FieldDescriptor) -> Vec<&'a DynamicMessage> {
    let value = message.fields().find(|(other, _)| other == field).map(|(_, value)| value);
    value
        .and_then(|value| value.as_list())
        .unwrap_or_default()
        .iter()
        .filter_map(|row| row.as_message())
        .collect()
}

/// The name of a field as words.
#[must_use]
pub fn words(name: &str) -> String {
    name.replace('_', " ")
}

/// The value on one line, if it fits on one.
#[must_use]
pub fn inline(field: &FieldDescriptor, value: &Value) -> Option<String> {
    match value {
        Value::List(items) => {
            let text = |item: &Value| item.as_str().map(escape::line);
            // A gap is a line of a table where a list shows it, but here it is a value of its own.
            let rows = field.kind().as_message().is_some_and(|kind| kind.name() == "Gap");
            let items: Option<Vec<_>> =
                items.iter().map(|item| text(item).or_else(|| inline(field, item))).collect();
            items.filter(|_| !rows).map(|items| items.join(", "))
        }
        Value::Bool(yes) => Some(if *yes { "yes" } else { "no" }.to_owned()),
        Value::EnumNumber(number) => Some(enum_word(field, *number)),
        Value::Bytes(bytes) => Some(STANDARD.encode(bytes)),
        Value::String(text) => (!text.contains('\n')).then(|| escape::line(text)),
        Value::Message(inner) => compact(inner),
        Value::Map(_) => None,
        Value::I32(number) => Some(number.to_string()),
        Value::I64(number) => Some(number.to_string()),
        Value::U32(number) => Some(number.to_string()),
        Value::U64(number) => Some(number.to_string()),
        Value::F32(number) => Some(number.to_string()),
        Value::F64(number) => Some(number.to_string()),
    }
}

/// A value that a newer server may know and this program not, shows as its number.
#[must_use]
pub fn enum_word(field: &FieldDescriptor, number: i32) -> String {
    let Kind::Enum(kind) = field.kind() else { return number.to_string() };
    kind.get_value(number).map_or_else(|| number.to_string(), |value| naming::enum_word(&value))
}

/// Messages that are one value to people.
#[must_use]
pub fn compact(message: &DynamicMessage) -> Option<String> {
    let text = |name| text_of(message, name).map(|text| escape::line(&text)).unwrap_or_default();
    match message.descriptor().full_name() {
        "google.protobuf.Timestamp" => Some(proto_json(message).ok()?.trim_matches('"').to_owned()),
        "focalnet.v1.Gap" => {
            let severity = message.descriptor().get_field_by_name("severity")?;
            let word = enum_word(&severity, message.get_field(&severity).as_enum_number()?);
            Some(format!("{} {word}", text("question")))
        }
        "focalnet.v1.Contact" => {
            let names = [text("person_display_name"), text("authority"), text("email")];
            Some(names.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", "))
        }
        "focalnet.v1.Money" => Some(format!("{} {}", text("currency_code"), text("amount"))),
        "focalnet.v1.Share" => {
            let number =
                |name| message.get_field_by_name(name).and_then(|value| value.as_i32()).unwrap_or_default();
            let (numerator, denominator) = (number("numerator"), number("denominator"));
            let whole = numerator == denominator;
            Some(if whole { "1".to_owned() } else { format!("{numerator}/{denominator}") })
        }
        "focalnet.v1.Stated" => {
            let absence = message.descriptor().get_field_by_name("absence")?;
            let number = message.get_field(&absence).as_enum_number()?;
            let said = message.has_field(&absence);
            Some(if said { format!("({})", enum_word(&absence, number)) } else { text("value") })
        }
        _ => None,
    }
}
