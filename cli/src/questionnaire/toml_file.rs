//! A questionnaire as a TOML file, for people to write: the words of all languages on one line, one table a question.

use std::fmt::Write;

use focalnet_domain::questionnaire::{
    Change, Document, Feed, GapRule, Question, QuestionOption, Section, Texts,
};
use toml::Value;

#[cfg(test)]
mod tests;

/// Why a text is no questionnaire.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {reason}")]
pub(crate) struct Problem {
    /// Line, from 1.
    pub(crate) line: usize,
    /// Character in the line, from 1.
    pub(crate) column: usize,
    /// What is wrong.
    pub(crate) reason: String,
}

/// Reads a questionnaire.
pub(crate) fn read(source: &str) -> Result<Document, Problem> {
    toml::from_str(source).map_err(|error| {
        let before = error.span().and_then(|span| source.get(..span.start)).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        Problem {
            line: before.matches('\n').count() + 1,
            column: line.chars().count() + 1,
            reason: error.message().to_owned(),
        }
    })
}

/// Writes a questionnaire: the same bytes for the same document.
#[must_use]
pub(crate) fn write(document: &Document) -> String {
    let Document { key, title, sections, questions } = document;
    let mut file = String::new();
    field(&mut file, "key", string(key));
    field(&mut file, "title", texts(title));
    // Empty lists have no tables that could stand for them.
    if sections.is_empty() {
        field(&mut file, "sections", "[]");
    }
    if questions.is_empty() {
        field(&mut file, "questions", "[]");
    }
    for Section { key, label } in sections {
        file.push_str("\n[[sections]]\n");
        field(&mut file, "key", string(key));
        field(&mut file, "label", texts(label));
    }
    for question in questions {
        write_question(&mut file, question);
    }
    file
}

fn write_question(file: &mut String, question: &Question) {
    file.push_str("\n[[questions]]\n");
    field(file, "key", string(&question.key));
    field(file, "section", string(&question.section));
    field(file, "type", string(question.kind.as_str()));
    field(file, "label", texts(&question.label));
    if !question.help.is_empty() {
        field(file, "help", texts(&question.help));
    }
    if !question.options.is_empty() {
        file.push_str("options = [\n");
        for QuestionOption { key, label } in &question.options {
            // Writing to a string cannot fail.
            let _ = writeln!(file, "  {{ key = {}, label = {} }},", string(key), texts(label));
        }
        file.push_str("]\n");
    }
    optional(file, "relevant", question.relevant.as_deref());
    optional(file, "required", question.required.as_deref());
    optional(file, "constraint", question.constraint.as_deref());
    if !question.constraint_message.is_empty() {
        field(file, "constraint_message", texts(&question.constraint_message));
    }
    optional(file, "legal_basis", question.legal_basis.as_deref());
    optional(file, "feeds", question.feeds.map(Feed::as_str));
    optional(file, "change", question.change.map(Change::as_str));
    for rule in &question.gap_rules {
        write_gap_rule(file, rule);
    }
}

fn write_gap_rule(file: &mut String, rule: &GapRule) {
    file.push_str("\n[[questions.gap_rules]]\n");
    optional(file, "when", rule.when.as_deref());
    if let Some(months) = rule.stale_after_months {
        field(file, "stale_after_months", months.to_string());
    }
    field(file, "severity", string(rule.severity.as_str()));
    field(file, "provision", string(&rule.provision));
    field(file, "description", texts(&rule.description));
}

fn field(file: &mut String, key: &str, value: impl AsRef<str>) {
    let _ = writeln!(file, "{key} = {}", value.as_ref());
}

fn optional(file: &mut String, key: &str, value: Option<&str>) {
    if let Some(value) = value {
        field(file, key, string(value));
    }
}

fn string(text: &str) -> String {
    Value::from(text).to_string()
}

fn texts(texts: &Texts) -> String {
    let entries: Vec<_> = texts
        .iter()
        .map(|entry| format!("{} = {}", bare(&entry.language_code), string(&entry.text)))
        .collect();
    if entries.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", entries.join(", ")) }
}

/// A key, in quotes only where TOML asks for them.
fn bare(key: &str) -> String {
    let plain =
        !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if plain { key.to_owned() } else { string(key) }
}
