//! How the words of the contract read on the command line.

use focalnet_domain::words::alike;
use prost_reflect::{
    EnumDescriptor, EnumValueDescriptor, FieldDescriptor, MethodDescriptor, ServiceDescriptor,
};

/// Subjects whose noun is not simply their name.
const NOUNS: &[(&str, &str)] = &[("FreezingRequest", "request")];

/// `FreezingRequestService` is about `FreezingRequest`.
fn subject(service: &ServiceDescriptor) -> String {
    service.name().trim_end_matches("Service").to_owned()
}

/// The noun of a service: `request`.
#[must_use]
pub fn noun(service: &ServiceDescriptor) -> String {
    let subject = subject(service);
    NOUNS
        .iter()
        .find(|(name, _)| *name == subject)
        .map_or_else(|| kebab(&subject), |(_, noun)| (*noun).to_owned())
}

/// The verb of a method, which is its name less the noun: `mark-ready`.
#[must_use]
pub fn verb(method: &MethodDescriptor) -> String {
    let subject = subject(method.parent_service());
    let rest = [format!("{subject}s"), subject]
        .iter()
        .find(|word| method.name().contains(word.as_str()))
        .map(|word| method.name().replacen(word, "", 1));
    match rest {
        Some(rest) => kebab(rest.strip_suffix("To").unwrap_or(&rest)),
        None => kebab(method.name()),
    }
}

/// A path of fields as a flag, without its dashes: `content.amount.currency-code`.
#[must_use]
pub fn dotted(trail: &[FieldDescriptor]) -> String {
    trail.iter().map(|field| kebab(field.name())).collect::<Vec<_>>().join(".")
}

/// A value of an enum: `STATE_UNDER_EXAMINATION` is `under-examination`.
#[must_use]
pub fn enum_word(value: &EnumValueDescriptor) -> String {
    let prefix = kebab(value.parent_enum().name()) + "-";
    let word = kebab(value.name());
    word.strip_prefix(&prefix).unwrap_or(&word).to_owned()
}

/// The value that a word means: as it is shown, as the contract spells it, in any case, with `-` or `_`.
#[must_use]
pub fn enum_value(kind: &EnumDescriptor, word: &str) -> Option<EnumValueDescriptor> {
    enum_values(kind).find(|value| alike(&enum_word(value), word) || alike(value.name(), word))
}

/// The values that a caller may send: all but the zero.
pub fn enum_values(kind: &EnumDescriptor) -> impl Iterator<Item = EnumValueDescriptor> + '_ {
    kind.values().filter(|value| value.number() != 0)
}

/// `CreateCase`, `case_number` and `STATE_DRAFT` alike.
fn kebab(name: &str) -> String {
    let pascal = name.chars().any(char::is_lowercase);
    let mut word = String::new();
    for letter in name.chars() {
        if pascal && letter.is_uppercase() && !word.is_empty() {
            word.push('-');
        }
        word.push(if letter == '_' { '-' } else { letter.to_ascii_lowercase() });
    }
    word
}

/// One paragraph per paragraph of a proto comment, without its indented examples.
#[must_use]
pub fn prose(comment: &str) -> String {
    let mut paragraphs = vec![String::new()];
    for line in comment.lines() {
        match (line.trim(), paragraphs.last_mut()) {
            ("", _) => paragraphs.push(String::new()),
            (text, Some(paragraph)) if !line.starts_with("    ") => {
                paragraph.push_str(if paragraph.is_empty() { "" } else { " " });
                paragraph.push_str(text);
            }
            _ => {}
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs.join("\n\n")
}

/// The first sentence that says more than `Required.` or `Section E.`.
#[must_use]
pub fn summary(prose: &str) -> String {
    const MARKS: &[&str] = &["Required", "Optional", "Immutable", "Output only", "Section"];
    let first = sentences(prose.lines().next().unwrap_or_default());
    let telling = first.iter().find(|sentence| !MARKS.iter().any(|mark| sentence.starts_with(mark)));
    telling.or(first.last()).map(|sentence| sentence.trim_end_matches('.').to_owned()).unwrap_or_default()
}

/// Splits at a full stop before a blank, but not inside of `code`.
fn sentences(text: &str) -> Vec<&str> {
    let (mut found, mut start, mut code) = (Vec::new(), 0, false);
    for (at, letter) in text.char_indices() {
        code ^= letter == '`';
        if letter == '.' && !code && text[at + 1..].starts_with(' ') {
            found.push(&text[start..=at]);
            start = at + 2;
        }
    }
    found.extend(Some(&text[start..]).filter(|rest| !rest.is_empty()));
    found
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::catalogue;

    #[test]
    fn nouns_and_verbs() {
        let expected = [
            ("CreateFreezingRequest", "request create"),
            ("ListFreezingRequests", "request list"),
            ("ListVersions", "request list-versions"),
            ("CheckFreezingRequest", "request check"),
            ("MarkFreezingRequestReady", "request mark-ready"),
            ("ConfirmUrgentTransmission", "request confirm-urgent-transmission"),
            ("OpenClarification", "clarification open"),
            ("ReplyToClarification", "clarification reply"),
            ("ListMessages", "clarification list-messages"),
            ("ListSigningKeys", "journal list-signing-keys"),
            ("Approve", "approval approve"),
            ("RecordOrder", "order record"),
            ("AddPerson", "case add-person"),
            ("GetSelf", "auth get-self"),
        ];
        for (name, words) in expected {
            let method = catalogue::method(name).unwrap();
            assert_eq!(format!("{} {}", noun(method.parent_service()), verb(&method)), words);
        }
    }

    #[test]
    fn no_two_commands_are_the_same() {
        let mut seen = HashSet::new();
        for method in catalogue::methods() {
            let command = format!("{} {}", noun(method.parent_service()), verb(&method));
            assert!(seen.insert(command.clone()), "two methods are `{command}`");
        }
        let nouns: HashSet<_> = catalogue::services().map(|service| noun(&service)).collect();
        assert_eq!(nouns.len(), catalogue::services().count());
    }

    #[test]
    fn comments_become_help() {
        assert_eq!(summary("Section A. Optional. The authority, if known. More."), "The authority, if known");
        assert_eq!(
            summary("Required for a State, else empty. Immutable. ISO 3166-1 code."),
            "ISO 3166-1 code"
        );
        assert_eq!(
            summary("Required. As `The Prosecutor v. Bemba`, always."),
            "As `The Prosecutor v. Bemba`, always"
        );
        assert_eq!(summary("Required."), "Required");
        assert_eq!(prose(" One\n two.\n\n     code\n Three.\n"), "One two.\n\nThree.");
    }
}
