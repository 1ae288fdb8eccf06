//! Headers of columns, in the spellings that `XLSForm` allows.

/// A header in its one spelling: the name of the column, and the language as it is written.
pub(super) fn parse(header: &str) -> (String, Option<String>) {
    let parts: Vec<String> = if header.contains("::") {
        header.split("::").map(|part| part.trim().to_owned()).collect()
    } else {
        // The older spelling, in which the prefix of a name stands alone, as `bind:jr:constraintMsg:fr`.
        let mut parts = Vec::<String>::new();
        for part in header.split(':').map(str::trim) {
            match parts.last_mut() {
                Some(prefix) if *prefix == "jr" => *prefix = format!("jr:{part}"),
                _ => parts.push(part.to_owned()),
            }
        }
        parts
    };
    let first = word(parts.first().map_or("", String::as_str));
    let language = |at: usize| parts.get(at).filter(|part| !part.is_empty()).cloned();
    match (first.as_str(), parts.get(1)) {
        ("bind", Some(second)) if is_bind_of_a_column(&word(second)) => (alias(&word(second)), language(2)),
        ("bind" | "body" | "control" | "instance" | "attribute" | "media", Some(second)) => {
            (format!("{first}::{}", word(second)), language(2))
        }
        _ => (alias(&first), language(1)),
    }
}

fn word(part: &str) -> String {
    part.to_lowercase().split([' ', '-']).filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join("_")
}

fn is_bind_of_a_column(name: &str) -> bool {
    matches!(name, "relevant" | "required" | "constraint" | "calculate" | "readonly" | "jr:constraintmsg")
}

fn alias(name: &str) -> String {
    match name {
        "caption" => "label",
        "relevance" => "relevant",
        "constraining_message" | "jr:constraintmsg" => "constraint_message",
        "command" => "type",
        "tag" | "value" => "name",
        "calculate" => "calculation",
        "readonly" => "read_only",
        "count" | "jr:count" => "repeat_count",
        "id_string" | "set_form_id" => "form_id",
        "title" | "set_form_title" => "form_title",
        "image" => "media::image",
        "big_image" => "media::big_image",
        "audio" => "media::audio",
        "video" => "media::video",
        other => other,
    }
    .to_owned()
}
