//! Valid messages with every field set, made from the descriptor: options, and where there are none (fields that the
//! server sets) the comments.

#![expect(clippy::unwrap_used, clippy::panic, clippy::missing_panics_doc, reason = "only tests make samples")]

use prost_reflect::{DynamicMessage, FieldDescriptor, Kind, MessageDescriptor, ReflectMessage, Value};

use crate::schema::{Rules, TIMESTAMP};

const ID: &str = "0b0c2a4e-6f0e-4d6b-9d3c-0a1b2c3d4e5f";

/// A message in which each oneof has its `variant`th field, and each enum its `variant`th value.
#[must_use]
pub fn sample(descriptor: &MessageDescriptor, variant: usize) -> DynamicMessage {
    let mut message = DynamicMessage::new(descriptor.clone());
    for field in descriptor.fields() {
        if let Some(oneof) = field.containing_oneof() {
            let arms: Vec<_> = oneof.fields().collect();
            if arms[variant % arms.len()] != field {
                continue;
            }
        }
        let value = value(&field, variant);
        let value = if field.is_list() { Value::List(vec![value.clone(), value]) } else { value };
        message.set_field(&field, value);
    }
    message
}

fn value(field: &FieldDescriptor, variant: usize) -> Value {
    match field.kind() {
        Kind::Message(message) if message.full_name() == TIMESTAMP => {
            let mut time = DynamicMessage::new(message);
            time.set_field_by_name("seconds", Value::I64(1_211_882_400));
            time.set_field_by_name("nanos", Value::I32(123_456_000));
            Value::Message(time)
        }
        Kind::Message(message) if message.name() == "FieldMask" => {
            Value::Message(DynamicMessage::new(message))
        }
        Kind::Message(message) => Value::Message(sample(&message, variant)),
        Kind::Enum(list) => {
            let numbers: Vec<_> =
                list.values().map(|value| value.number()).filter(|number| *number != 0).collect();
            Value::EnumNumber(numbers[variant % numbers.len()])
        }
        Kind::String => Value::String(text(field)),
        Kind::Bool => Value::Bool(true),
        Kind::Int32 => Value::I32(7),
        Kind::Int64 => Value::I64(1 << 53),
        Kind::Bytes => Value::Bytes(vec![0, 1, 255].into()),
        kind => panic!("{}: {kind:?} is not in the contract", field.full_name()),
    }
}

fn text(field: &FieldDescriptor) -> String {
    let rules = Rules::of(field);
    let comment = comment(field);
    let named = comment.split('`').find(|part| part.contains("/{uuid}") && rules.output_only);
    if let Some(pattern) = rules.reference.as_deref().or(named) {
        return pattern.replace("{uuid}", ID);
    }
    let option = field.options();
    let format = option.extensions().find(|(extension, _)| extension.name() == "format");
    let format = format.map(|(_, value)| value.as_str().unwrap().to_owned());
    match (format.as_deref(), field.parent_message().full_name(), field.name()) {
        (Some("date"), ..) => "2008-05-27".into(),
        (Some("partial_date"), ..) => "1962-11".into(),
        (Some("country"), ..) => "PT".into(),
        (Some("language"), ..) => "pt-BR".into(),
        (Some("uuid"), ..) => ID.into(),
        (Some("sha256"), ..) => "a1".repeat(32),
        (_, "focalnet.v1.Money", "currency_code") => "EUR".into(),
        (_, "focalnet.v1.Money", "amount") => "300000.00".into(),
        _ if rules.output_only && comment.contains("ISO 8601") => "2008-06-30".into(),
        (_, "focalnet.v1.Event", "organ") => "registry".into(),
        (_, _, name) => format!("« {name} »\n\tنص"),
    }
}

/// The comment of a field.
#[must_use]
pub fn comment(field: &FieldDescriptor) -> String {
    let file = field.parent_file();
    let info = file.file_descriptor_proto().source_code_info.as_ref().unwrap();
    let place = info.location.iter().find(|place| place.path == field.path()).unwrap();
    place.leading_comments().to_owned()
}

/// Clears, at any depth, the fields that `unwanted` names.
pub fn strip(message: &mut DynamicMessage, unwanted: &dyn Fn(&FieldDescriptor) -> bool) {
    for field in message.descriptor().fields() {
        if unwanted(&field) {
            message.clear_field(&field);
        } else if message.has_field(&field) {
            match message.get_field_mut(&field) {
                Value::Message(inner) => strip(inner, unwanted),
                Value::List(items) => {
                    items
                        .iter_mut()
                        .filter_map(Value::as_message_mut)
                        .for_each(|inner| strip(inner, unwanted));
                }
                _ => {}
            }
        }
    }
}
