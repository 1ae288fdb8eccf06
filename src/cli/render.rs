//! Answers for people, and as JSON for programs.

use std::io::{self, ErrorKind, Write};

use base64::{Engine, engine::general_purpose::STANDARD};
use comfy_table::{Table, presets};
use prost_reflect::{DynamicMessage, FieldDescriptor, Kind, ReflectMessage, SerializeOptions, Value};

use super::failure::Failure;
use super::message::text_of;
use super::{columns, contract, escape, naming};

/// Writes to standard output; a reader that has seen enough is no error.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// One line of proto JSON with the names of the proto file; a page always has its list and its token.
pub(crate) fn json(answer: &DynamicMessage) -> Result<String, Failure> {
    let Some(field) = contract::rows(&answer.descriptor()) else { return Ok(proto_json(answer)? + "\n") };
    let rows: Vec<_> = columns::rows(answer, &field).into_iter().map(proto_json).collect::<Result<_, _>>()?;
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

/// A page as a table, anything else as lines of `key: value`.
pub(crate) fn human(answer: &DynamicMessage) -> String {
    let mut lines = match contract::rows(&answer.descriptor()) {
        Some(rows) => table(answer, &rows),
        None => tree(answer, !is_resource(answer)),
    };
    if let Some(token) = text_of(answer, "next_page_token").filter(|token| !token.is_empty()) {
        lines.push(format!("There is more: --page-token {}, or --all", escape::line(&token)));
    }
    lines.into_iter().map(|line| line + "\n").collect()
}

fn is_resource(message: &DynamicMessage) -> bool {
    message.descriptor().get_field_by_name("name").is_some()
}

fn table(answer: &DynamicMessage, field: &FieldDescriptor) -> Vec<String> {
    let Kind::Message(row) = field.kind() else { return Vec::new() };
    let rows = columns::rows(answer, field);
    if rows.is_empty() {
        return vec![format!("No {}.", words(field.name()))];
    }
    let columns = columns::of(&row);
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_header(columns.iter().map(|column| words(column.name()).to_uppercase()));
    for row in rows {
        let cell = |column: &FieldDescriptor| {
            if !row.has_field(column) {
                // A number that may be left out says something by it, and a plain no is a no.
                let plain_no =
                    column.kind() == Kind::Bool && !column.supports_presence() && !column.is_list();
                let left_out = matches!(column.kind(), Kind::Int64) && column.supports_presence();
                return plain_no.then(|| "no".to_owned()).or_else(|| left_out.then(|| "–".to_owned()));
            }
            let value = row.get_field(column);
            // A row is one line: there a text keeps its breaks as escapes.
            inline(column, &value).or_else(|| value.as_str().map(escape::line)).or_else(|| gist(&value))
        };
        table.add_row(columns.iter().map(|column| cell(column).unwrap_or_default()));
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table.lines().map(|line| line.trim_end().to_owned()).collect()
}

/// Most entries of a list that a cell of a table names.
const NAMED: usize = 12;

/// Messages within a cell, in one line; of words in several languages the English ones.
fn gist(value: &Value) -> Option<String> {
    match value {
        Value::Message(message) => Some(gist_of(message)),
        Value::List(items) => {
            let messages: Vec<_> = items.iter().filter_map(Value::as_message).collect();
            if messages.first().is_some_and(|first| first.descriptor().name() == "LocalizedText") {
                let is_english =
                    |message: &&&DynamicMessage| text_of(message, "language_code").as_deref() == Some("en");
                let words = messages.iter().find(is_english).or(messages.first());
                return words.and_then(|words| text_of(words, "text")).map(|text| escape::line(&text));
            }
            let mut gists: Vec<_> = messages.iter().take(NAMED).map(|message| gist_of(message)).collect();
            gists.extend((messages.len() > NAMED).then(|| format!("and {} more", messages.len() - NAMED)));
            Some(gists.join(", "))
        }
        _ => None,
    }
}

/// Of some messages the fields that say in a line what they are about.
const GISTS: &[(&str, &[&str])] = &[
    ("Channel", &["kind", "languages"]),
    ("Designation", &["contact", "capacity"]),
    ("LegislationReference", &["title", "article"]),
    ("LocalizedText", &["text"]),
];

/// What is set in a message, in one line.
fn gist_of(message: &DynamicMessage) -> String {
    compact(message).unwrap_or_else(|| {
        let chosen = GISTS.iter().find(|(name, _)| *name == message.descriptor().name());
        let is_told =
            |field: &FieldDescriptor| chosen.is_none_or(|(_, fields)| fields.contains(&field.name()));
        let part = |(field, value): (FieldDescriptor, &Value)| {
            inline(&field, value).or_else(|| value.as_str().map(escape::line)).or_else(|| gist(value))
        };
        let told = message.fields().filter(|(field, _)| is_told(field));
        told.filter_map(part).collect::<Vec<_>>().join(" ")
    })
}

/// Whether the one entry of a list is shown whole, as what was asked about.
fn is_whole(field: &FieldDescriptor) -> bool {
    field.kind().as_message().is_some_and(|kind| kind.name() == "StateGaps")
}

/// All that is set, and what is a plain no; `tables` shows lists of messages side by side.
fn tree(message: &DynamicMessage, tables: bool) -> Vec<String> {
    let mut lines = Vec::new();
    for field in message.descriptor().fields() {
        let plain_no = field.kind() == Kind::Bool && !field.supports_presence() && !field.is_list();
        if !message.has_field(&field) && !plain_no {
            continue;
        }
        let (key, value) = (words(field.name()), message.get_field(&field));
        if let Some(line) = inline(&field, &value) {
            lines.extend(Some(format!("{key}: {line}")).filter(|_| !line.is_empty()));
            continue;
        }
        let nested: Vec<_> = match value.as_ref() {
            Value::String(block) => escape::lines(block).collect(),
            Value::Message(inner) => tree(inner, false),
            Value::List(items) if tables && items.len() == 1 && is_whole(&field) => {
                items.iter().filter_map(Value::as_message).flat_map(|only| tree(only, true)).collect()
            }
            Value::List(_) if tables => table(message, &field),
            Value::List(items) => items.iter().filter_map(Value::as_message).flat_map(item).collect(),
            _ => Vec::new(),
        };
        lines.push(if value.as_str().is_some() { format!("{key}: |") } else { format!("{key}:") });
        lines.extend(nested.into_iter().map(|line| format!("  {line}")));
    }
    lines
}

/// A message in a list: its first line has a dash.
fn item(message: &DynamicMessage) -> Vec<String> {
    let lines = tree(message, false).into_iter().enumerate();
    lines.map(|(at, line)| if at == 0 { format!("- {line}") } else { format!("  {line}") }).collect()
}

fn words(name: &str) -> String {
    name.replace('_', " ")
}

/// The value on one line, if it fits on one.
fn inline(field: &FieldDescriptor, value: &Value) -> Option<String> {
    match value {
        Value::List(items) => {
            let text = |item: &Value| item.as_str().map(escape::line);
            // What is a line of a table elsewhere is one here.
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
fn enum_word(field: &FieldDescriptor, number: i32) -> String {
    let Kind::Enum(kind) = field.kind() else { return number.to_string() };
    kind.get_value(number).map_or_else(|| number.to_string(), |value| naming::enum_word(&value))
}

/// Messages that are one value to people.
fn compact(message: &DynamicMessage) -> Option<String> {
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

#[cfg(test)]
mod tests {
    use super::super::value;
    use super::*;

    fn message(name: &str, json: &str) -> DynamicMessage {
        value::parse(contract::message(name).unwrap(), json).unwrap()
    }

    #[test]
    fn a_resource_reads_as_lines() {
        let request = message(
            "FreezingRequest",
            r#"{"name": "freezingRequests/1", "state": "STATE_UNDER_EXAMINATION",
                "measures": ["MEASURE_FREEZE", "MEASURE_TRACE"],
                "content": {"amount": {"currency_code": "EUR", "amount": "300000.00"},
                    "facts": {"text": "One.\nTwo\u001b.", "language_code": "en"},
                    "third_parties": {"absence": "ABSENCE_NOT_APPLICABLE"},
                    "assets": [{"type": "ASSET_TYPE_CASH", "description": "x"}, {"description": "y"}]},
                "create_time": "2008-05-27T10:00:00Z"}"#,
        );
        let expected = "\
name: freezingRequests/1
measures: freeze, trace
content:
  third parties: (not-applicable)
  amount: EUR 300000.00
  assets:
    - type: cash
      description: x
    - description: y
  facts:
    text: |
      One.
      Two\\u{1b}.
    language code: en
state: under-examination
create time: 2008-05-27T10:00:00Z
";
        assert_eq!(human(&request), expected);
    }

    #[test]
    fn a_page_reads_as_a_table() {
        let page = message(
            "ListCasesResponse",
            r#"{"cases": [{"name": "cases/1", "display_name": "A\u0007"}, {"name": "cases/22"}], "next_page_token": "t"}"#,
        );
        let text = human(&page);
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines[0].trim_end(), "NAME      CASE NUMBER  DISPLAY NAME  CREATE TIME");
        assert_eq!(lines[1].trim_end(), "cases/1                A\\u{7}");
        assert_eq!(lines[3], "There is more: --page-token t, or --all");
        assert_eq!(human(&message("ListCasesResponse", "{}")), "No cases.\n");
    }

    #[test]
    fn a_page_is_json_with_both_keys() {
        let empty = message("ListCasesResponse", "{}");
        assert_eq!(json(&empty).unwrap(), "{\"cases\":[],\"next_page_token\":\"\"}\n");
        let event = message("ListEventsResponse", r#"{"events": [{"index": "7", "organ": "KIND\u202e"}]}"#);
        let expected =
            "{\"events\":[{\"index\":\"7\",\"organ\":\"KIND\\u202e\"}],\"next_page_token\":\"\"}\n";
        assert_eq!(json(&event).unwrap(), expected);
    }

    #[test]
    fn what_does_not_fit_into_a_cell_is_told_in_a_line() {
        let page = message(
            "ListFocalPointsResponse",
            r#"{"entries": [{"name": "organizations/1", "focal_points": [{"name": "organizations/1/designations/2",
                "capacity": "CAPACITY_FOCAL_POINT", "contact": {"authority": "Ministry\u0007"}}],
                "channel": {"number": 3, "kind": "KIND_DIPLOMATIC", "languages": ["pt", "en"]}}]}"#,
        );
        let text = human(&page);
        assert!(text.contains("focal-point Ministry\\u{7}  diplomatic pt, en"), "{text}");
        assert!(text.contains("  no "), "a State that is no Party is told: {text}");
        let answers = message(
            "ListAnswersResponse",
            r#"{"answers": [{"question": "A8", "value": {"text": {"text": "The police", "language_code": "en"}}},
                {"question": "D2", "value": {"period": {"amount": 24, "unit": "UNIT_MONTHS"}}}]}"#,
        );
        let text = human(&answers);
        assert!(text.contains("The police  ") && text.contains("24 months"), "{text}");
    }

    #[test]
    fn the_gaps_of_one_state_are_a_table_and_those_of_many_a_line_each() {
        let state = r#"{"country_code": "PT", "gaps": [{"question": "F1", "severity": "SEVERITY_MAJOR",
            "description": [{"text": "Aucun.", "language_code": "fr"}, {"text": "None.", "language_code": "en"}]}]}"#;
        let analysis = |states: &[&str]| {
            human(&message("GapAnalysis", &format!(r#"{{"states": [{}]}}"#, states.join(","))))
        };
        let one = analysis(&[state]);
        assert!(one.contains("QUESTION  SEVERITY") && one.contains("None."), "{one}");
        let two = analysis(&[state, state]);
        assert_eq!(two.matches("F1 major").count(), 2, "{two}");
    }

    #[test]
    fn findings_are_a_table_and_no_is_said() {
        let check = message(
            "CheckFreezingRequestResponse",
            r#"{"findings": [{"severity": "SEVERITY_ERROR", "field": "f", "description": "d"}]}"#,
        );
        let text = human(&check);
        assert!(text.contains("SEVERITY  FIELD") && text.contains("complete: no"), "{text}");
    }
}
