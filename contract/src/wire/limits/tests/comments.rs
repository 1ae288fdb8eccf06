//! A limit stands once as an option, and with the same number in the comment, which is the manual.

use std::collections::BTreeSet;

use prost_reflect::{FieldDescriptor, Kind, MessageDescriptor};

use super::thousands;
use crate::{
    Rpc,
    catalogue::is_read,
    sample::comment,
    schema::{self, POOL, TIMESTAMP},
};

/// The limits of a field by its options, and what each counts.
fn options(field: &FieldDescriptor) -> BTreeSet<String> {
    let given = field.options();
    let option = |name: &str, unit: &str| {
        let extension = POOL.get_extension_by_name(&format!("focalnet.v1.{name}")).unwrap();
        let number =
            given.has_extension(&extension).then(|| given.get_extension(&extension).as_i32().unwrap());
        number.map(|number| format!("{}{unit}", thousands(number)))
    };
    let all = [option("max_length", " characters"), option("max_items", ""), option("max_value", "")];
    all.into_iter().flatten().collect()
}

/// The limits that a comment states: `at most 20`, `1 to 20`, each perhaps of `200 characters`.
fn stated(comment: &str) -> BTreeSet<String> {
    /// What belongs to the form of a text, is a time, or counts bytes.
    const OTHERS: [&str; 3] = ["digits", "years", "MiB"];
    let comment = comment.replace('\n', " ");
    let words: Vec<&str> = comment.split_whitespace().collect();
    let plain = |at: usize| words.get(at).map_or("", |word| word.trim_end_matches([',', '.', ';', ':', ')']));
    let number = |at: usize| Some(plain(at)).filter(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let mut found = BTreeSet::new();
    for at in 0..words.len() {
        let most = plain(at).eq_ignore_ascii_case("at") && plain(at + 1) == "most";
        let range = number(at).is_some_and(|word| word == words[at]) && plain(at + 1) == "to";
        let Some(limit) = number(at + 2).filter(|_| most || range) else { continue };
        let ends = words[at + 2] != limit;
        let unit = if ends { "" } else { plain(at + 3) };
        if OTHERS.contains(&unit) {
            continue;
        }
        found.insert(if unit == "characters" { format!("{limit} characters") } else { limit.to_owned() });
        if let Some(length) = number(at + 4).filter(|_| unit == "of" && plain(at + 5) == "characters") {
            found.insert(format!("{length} characters"));
        }
    }
    found
}

fn ours() -> impl Iterator<Item = FieldDescriptor> {
    let messages = POOL.all_messages().filter(|message| message.package_name() == "focalnet.v1");
    messages.flat_map(|message| message.fields().collect::<Vec<_>>())
}

/// The field that holds the words of a localized text. The comment of a localized text may say how long the
/// text can be, although the option for this stands at its words.
fn words_of(field: &FieldDescriptor) -> Option<FieldDescriptor> {
    let inner = field.kind();
    let inner = inner.as_message().filter(|inner| inner.name() == "LocalizedText")?;
    inner.get_field_by_name("text")
}

#[test]
fn the_comment_of_each_field_states_what_its_options_do() {
    let mut wrong = Vec::new();
    for field in ours() {
        let (said, mut meant) = (stated(&comment(&field)), options(&field));
        if let Some(words) =
            words_of(&field).filter(|_| said.iter().any(|limit| limit.contains("characters")))
        {
            meant.extend(options(&words));
        }
        if said != meant {
            wrong.push(format!("{}: the comment says {said:?}, the options {meant:?}", field.full_name()));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// All messages within a message, itself included.
fn within(message: &MessageDescriptor, found: &mut BTreeSet<String>) {
    if message.full_name() == TIMESTAMP || !found.insert(message.full_name().to_owned()) {
        return;
    }
    for field in message.fields() {
        if let Kind::Message(inner) = field.kind() {
            within(&inner, found);
        }
    }
}

#[test]
fn every_list_that_an_act_takes_or_answers_states_its_limit() {
    let mut reached = BTreeSet::new();
    for method in Rpc::ALL.iter().map(|rpc| schema::method(*rpc).unwrap()) {
        within(&method.input(), &mut reached);
        if !is_read(method) {
            within(&method.output(), &mut reached);
        }
    }
    let lists =
        ours().filter(|field| field.is_list() && reached.contains(field.parent_message().full_name()));
    let silent = lists.filter(|field| !options(field).iter().any(|limit| !limit.contains("characters")));
    assert_eq!(silent.map(|field| field.full_name().to_owned()).collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn what_a_comment_states_is_understood() {
    let found = |text: &str| stated(text).into_iter().collect::<Vec<_>>();
    assert_eq!(found("Optional. Where it is, at most 2,000 characters."), ["2,000 characters"]);
    assert_eq!(found("Optional. Names, at most 50 of 200 characters."), ["200 characters", "50"]);
    assert_eq!(found("Required. 1 to 50 of them."), ["50"]);
    assert_eq!(found("Required. 1 to 1,000,000, and not more."), ["1,000,000"]);
    assert_eq!(found("At most 20 digits; each at most once; see RS 93(1) to (3)."), Vec::<String>::new());
}
