//! Text of the command line as a value of the contract.

use std::{ffi::OsStr, fs};

use clap::{
    Arg, Command,
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser, ValueParser},
};
use focalnet_contract::{catalogue, naming};
use prost_reflect::{DynamicMessage, EnumDescriptor, FieldDescriptor, Kind, MessageDescriptor, Value};
use serde_json::Deserializer;

/// The parser of one field, and what its value is called in the help.
pub(crate) fn parser(field: &FieldDescriptor) -> (ValueParser, &'static str) {
    let kind = field.kind();
    match kind {
        Kind::Enum(kind) => (one_of(&kind), "WORD"),
        Kind::Bool => (reader(field, boolean), "true|false"),
        Kind::String => (reader(field, |_, text| Ok(Value::String(text.to_owned()))), "TEXT"),
        Kind::Bytes => (reader(field, bytes), "@FILE"),
        Kind::Message(_) if catalogue::is_well_known(field, "Timestamp") => (reader(field, quoted), "TIME"),
        Kind::Message(_) => (reader(field, messages), "JSON|@FILE"),
        _ => (reader(field, json_scalar), "NUMBER"),
    }
}

fn reader(field: &FieldDescriptor, read: fn(&FieldDescriptor, &str) -> Result<Value, String>) -> ValueParser {
    let field = field.clone();
    ValueParser::new(move |text: &str| read(&field, text))
}

/// The words of an enum.
fn one_of(kind: &EnumDescriptor) -> ValueParser {
    let words = naming::enum_values(kind).map(|value| {
        let comment = naming::prose(catalogue::comment(&kind.parent_file(), value.path()));
        PossibleValue::new(naming::enum_word(&value)).help(comment)
    });
    ValueParser::new(Words { kind: kind.clone(), shown: PossibleValuesParser::new(words) })
}

/// Reads any spelling of a word, and shows one.
#[derive(Clone)]
struct Words {
    kind: EnumDescriptor,
    shown: PossibleValuesParser,
}

impl TypedValueParser for Words {
    type Value = Value;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, text: &OsStr) -> Result<Value, clap::Error> {
        let found = text.to_str().and_then(|text| naming::enum_value(&self.kind, text));
        match found {
            Some(value) => Ok(Value::EnumNumber(value.number())),
            // Which there are is told by the library, in its own words.
            None => self.shown.parse_ref(command, arg, text).map(|_| Value::EnumNumber(0)),
        }
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        self.shown.possible_values()
    }
}

fn boolean(_: &FieldDescriptor, text: &str) -> Result<Value, String> {
    text.parse().map(Value::Bool).map_err(|_| "write true or false".to_owned())
}

fn bytes(_: &FieldDescriptor, text: &str) -> Result<Value, String> {
    let path = text.strip_prefix('@').ok_or("write @ and the path of a file")?;
    fs::read(path).map(|bytes| Value::Bytes(bytes.into())).map_err(|error| format!("{path}: {error}"))
}

/// Numbers are read by the rules of proto JSON, as the field of a message.
fn json_scalar(field: &FieldDescriptor, text: &str) -> Result<Value, String> {
    let text = if field.is_list() { format!("[{text}]") } else { text.to_owned() };
    let wrapped = format!("{{\"{}\":{text}}}", field.json_name());
    let message =
        parse(field.parent_message().clone(), &wrapped).map_err(|_| "write a whole number in range")?;
    Ok(message.get_field(field).into_owned())
}

fn quoted(field: &FieldDescriptor, text: &str) -> Result<Value, String> {
    let Kind::Message(kind) = field.kind() else { return Err("not a message".to_owned()) };
    let quoted = serde_json::Value::from(text).to_string();
    let message = parse(kind, &quoted).map_err(|_| "write a time as 2026-03-02T09:30:00Z")?;
    Ok(Value::Message(message))
}

/// One object, or for a repeated field also a list of them.
fn messages(field: &FieldDescriptor, text: &str) -> Result<Value, String> {
    let Kind::Message(kind) = field.kind() else { return Err("not a message".to_owned()) };
    let text = match text.strip_prefix('@') {
        Some(path) => fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?,
        None => text.to_owned(),
    };
    if !text.trim_start().starts_with('[') {
        return parse(kind, &text).map(Value::Message);
    }
    let items: Vec<serde_json::Value> = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let read = |(at, item): (usize, serde_json::Value)| {
        parse(kind.clone(), &item.to_string())
            .map(Value::Message)
            .map_err(|error| format!("item {at}: {error}"))
    };
    items.into_iter().enumerate().map(read).collect::<Result<_, _>>().map(Value::List)
}

/// A whole message from its proto JSON, in which words may be spelled as people write them.
pub(crate) fn parse(kind: MessageDescriptor, text: &str) -> Result<DynamicMessage, String> {
    let why = match exactly(kind.clone(), text) {
        Ok(message) => return Ok(message),
        Err(why) => why,
    };
    // Only a reading of the text itself knows line and column: what it says stays, unless spelling was all that was wrong.
    let Ok(mut json) = serde_json::from_str(text) else { return Err(why) };
    if !respell(&kind, &mut json) {
        return Err(why);
    }
    exactly(kind, &json.to_string()).map_err(|_| why)
}

fn exactly(kind: MessageDescriptor, text: &str) -> Result<DynamicMessage, String> {
    let mut source = Deserializer::from_str(text);
    let message = DynamicMessage::deserialize(kind, &mut source).map_err(|error| error.to_string())?;
    source.end().map_err(|error| error.to_string())?;
    Ok(message)
}

/// Spells the words of a message as the contract does, and tells whether any was spelled otherwise. What is no word of it is
/// left for the reader to refuse.
fn respell(kind: &MessageDescriptor, json: &mut serde_json::Value) -> bool {
    let Some(object) = json.as_object_mut() else { return false };
    let mut changed = false;
    for (name, value) in object {
        let field = kind.get_field_by_json_name(name).or_else(|| kind.get_field_by_name(name));
        let Some(field) = field else { continue };
        let values = match value {
            serde_json::Value::Array(items) if field.is_list() => items.iter_mut().collect(),
            value => vec![value],
        };
        for value in values {
            match field.kind() {
                Kind::Message(kind) => changed |= respell(&kind, value),
                Kind::Enum(kind) => {
                    let known = value.as_str().and_then(|word| naming::enum_value(&kind, word));
                    if let Some(known) = known.filter(|known| value != known.name()) {
                        *value = known.name().into();
                        changed = true;
                    }
                }
                _ => {}
            }
        }
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(message: &str, name: &str) -> FieldDescriptor {
        catalogue::message(message).unwrap().get_field_by_name(name).unwrap()
    }

    #[test]
    fn scalars() {
        let positions = field("CeaseFreezingRequestRequest", "persons");
        assert_eq!(json_scalar(&positions, "2"), Ok(Value::List(vec![Value::I32(2)])));
        assert!(json_scalar(&positions, "2.5").is_err());
        assert!(json_scalar(&field("ListCasesRequest", "page_size"), "99999999999").is_err());
        assert_eq!(json_scalar(&field("ListCasesRequest", "page_size"), "50"), Ok(Value::I32(50)));
    }

    #[test]
    fn times() {
        let start = field("GrantMandateRequest", "start_time");
        assert!(quoted(&start, "2026-03-02T09:30:00+02:00").is_ok());
        assert_eq!(quoted(&start, "tomorrow"), Err("write a time as 2026-03-02T09:30:00Z".to_owned()));
    }

    #[test]
    fn a_word_is_taken_in_every_spelling_that_is_seen_somewhere() {
        let state = field("FreezingRequest", "state");
        let Kind::Enum(kind) = state.kind() else { unreachable!() };
        let command = Command::new("x").arg(Arg::new("state").value_parser(one_of(&kind)));
        let taken = |word: &str| {
            let matches = command.clone().try_get_matches_from(["x", word]);
            matches.map(|matches| matches.get_one::<Value>("state").cloned().unwrap())
        };
        let part = Value::EnumNumber(kind.get_value_by_name("STATE_EXECUTED_IN_PART").unwrap().number());
        for word in [
            "executed-in-part",
            "executed_in_part",
            "Executed in part",
            "STATE_EXECUTED_IN_PART",
            "state-executed-in-part",
        ] {
            assert_eq!(taken(word).unwrap(), part, "{word}");
            let json = serde_json::json!({ "state": word }).to_string();
            let message = parse(catalogue::message("FreezingRequest").unwrap(), &json).unwrap();
            assert_eq!(*message.get_field(&state), part, "{word}");
        }
        let refused = taken("executed-partly").unwrap_err().to_string();
        assert!(refused.contains("executed-in-part") && !refused.contains("executed_in_part"), "{refused}");
        let read = |json: &str| parse(catalogue::message("FreezingRequest").unwrap(), json).unwrap_err();
        assert!(read("{\n\"state\": \"partly\"}").contains("line 2"), "where is told as well");
        assert!(
            read("{\"state\": \"draft\",\n\"colour\": \"red\"}").contains("line 1"),
            "of what stands first"
        );
    }

    #[test]
    fn messages_alone_or_in_a_list() {
        let assets = field("RequestContent", "assets");
        let one = messages(&assets, r#"{"type": "ASSET_TYPE_CASH", "description": "x"}"#).unwrap();
        assert!(one.as_message().is_some());
        let two = messages(&assets, r#"[{"description": "x"}, {"description": "y"}]"#).unwrap();
        assert_eq!(two.as_list().map(<[Value]>::len), Some(2));
        assert!(messages(&assets, r#"[{}, {"colour": "red"}]"#).unwrap_err().starts_with("item 1: "));
    }
}
