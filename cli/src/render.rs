//! Answers for people, and as JSON for programs.

use std::io::{self, ErrorKind, Write};

use comfy_table::{Table, presets};
use focalnet_contract::{
    catalogue,
    client::{escape, failure::Failure, text_of, words},
};
use prost_reflect::{DynamicMessage, FieldDescriptor, Kind, ReflectMessage, Value};

use super::columns;

/// Writes to standard output; a reader that has seen enough is no error.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// A page as a table, anything else as lines of `key: value`.
pub(crate) fn human(answer: &DynamicMessage) -> String {
    let mut lines = match catalogue::rows(&answer.descriptor()) {
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
    let rows = words::rows(answer, field);
    if rows.is_empty() {
        return vec![format!("No {}.", words::words(field.name()))];
    }
    let columns = columns::of(&row);
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_header(columns.iter().map(|column| words::words(column.name()).to_uppercase()));
    for row in rows {
        let cell = |column: &FieldDescriptor| {
            if !row.has_field(column) {
                // An optional number that is not set is shown as a dash, and a plain `false` as "no".
                let plain_no =
                    column.kind() == Kind::Bool && !column.supports_presence() && !column.is_list();
                let left_out = matches!(column.kind(), Kind::Int64) && column.supports_presence();
                return plain_no.then(|| "no".to_owned()).or_else(|| left_out.then(|| "–".to_owned()));
            }
            let value = row.get_field(column);
            // A row is one line: there a text keeps its breaks as escapes.
            words::inline(column, &value)
                .or_else(|| value.as_str().map(escape::line))
                .or_else(|| gist(&value))
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

/// For some messages, the fields that say in one line what the message is about.
const GISTS: &[(&str, &[&str])] = &[
    ("Channel", &["kind", "languages"]),
    ("Designation", &["contact", "capacity"]),
    ("LegislationReference", &["title", "article"]),
    ("LocalizedText", &["text"]),
];

/// What is set in a message, in one line.
fn gist_of(message: &DynamicMessage) -> String {
    words::compact(message).unwrap_or_else(|| {
        let chosen = GISTS.iter().find(|(name, _)| *name == message.descriptor().name());
        let is_told =
            |field: &FieldDescriptor| chosen.is_none_or(|(_, fields)| fields.contains(&field.name()));
        let part = |(field, value): (FieldDescriptor, &Value)| {
            words::inline(&field, value).or_else(|| value.as_str().map(escape::line)).or_else(|| gist(value))
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
        let (key, value) = (words::words(field.name()), message.get_field(&field));
        if let Some(line) = words::inline(&field, &value) {
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

#[cfg(test)]
mod tests {
    use super::{super::value, *};

    fn message(name: &str, json: &str) -> DynamicMessage {
        value::parse(catalogue::message(name).unwrap(), json).unwrap()
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
        assert_eq!(words::json(&empty).unwrap(), "{\"cases\":[],\"next_page_token\":\"\"}\n");
        let event = message("ListEventsResponse", r#"{"events": [{"index": "7", "organ": "KIND\u202e"}]}"#);
        let expected =
            "{\"events\":[{\"index\":\"7\",\"organ\":\"KIND\\u202e\"}],\"next_page_token\":\"\"}\n";
        assert_eq!(words::json(&event).unwrap(), expected);
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
