//! Every act through a real server, with the longest texts that it takes, in letters of four bytes; and with one letter more.

use std::collections::BTreeSet;

use focalnet_contract::{Rpc, catalogue::is_read, schema::Rules};
use prost_reflect::{DynamicMessage, FieldDescriptor, ReflectMessage as _, Value};
use tonic::Code;

use super::long;
use crate::{
    statements::scene,
    support::{dynamic::method, new_id, refusals::why, world::World},
    wire::fields,
};

/// Texts that have a form of their own, by the ends of their paths: versions and names, numbers, keys of questions, and what
/// completeness looks at.
const FORMS: [&str; 19] = [
    "amount",
    "bic",
    "birth_date.value",
    "case_number",
    "currency_code",
    "decimal",
    "email",
    "etag",
    "iban",
    "key",
    "languages.value",
    "login",
    "nationalities.value",
    "paths[0]",
    "question",
    "rate",
    "section",
    "situation_number",
    "user",
];

/// Whether any letters may stand in a field.
fn is_free(field: &FieldDescriptor, path: &str) -> bool {
    let rules = Rules::of(field);
    let bare = !rules.secret && !rules.output_only && rules.format.is_none() && rules.reference.is_none();
    bare && field.parent_message().name() != "AssetIdentifier"
        && !FORMS.iter().any(|form| path.ends_with(form))
}

/// Fills every free text that is set with as many letters as it may have and some more; their paths.
fn fill(message: &mut DynamicMessage, path: &str, more: usize, filled: &mut BTreeSet<String>) {
    let set: Vec<_> = message.fields().map(|(field, _)| field).collect();
    for field in set {
        let path = if path.is_empty() { field.name().to_owned() } else { format!("{path}.{}", field.name()) };
        let mut one = |path: String, value: &mut Value| match value {
            Value::Message(inner) => fill(inner, &path, more, filled),
            Value::String(text) if is_free(&field, &path) => {
                *text = long(Rules::of(&field).max_length + more);
                filled.insert(path);
            }
            _ => {}
        };
        match message.get_field_mut(&field) {
            Value::List(entries) => {
                entries
                    .iter_mut()
                    .enumerate()
                    .for_each(|(place, entry)| one(format!("{path}[{place}]"), entry));
            }
            value => one(path, value),
        }
    }
}

#[tokio::test]
async fn every_act_takes_its_longest_texts_and_not_one_letter_more() {
    let world = World::new().await;
    let (mut tried, mut wrong) = (0, Vec::new());
    for rpc in Rpc::ALL.iter().filter(|rpc| !is_read(&method(**rpc))) {
        let (who, message) = scene(&world, *rpc).await;
        let mut just = DynamicMessage::deserialize(method(*rpc).input(), message).unwrap();
        let (mut beyond, mut filled) = (just.clone(), BTreeSet::new());
        fill(&mut beyond, "", 1, &mut filled);
        if filled.is_empty() {
            continue;
        }
        fill(&mut just, "", 0, &mut BTreeSet::new());
        if let Some(field) = just.descriptor().get_field_by_name("request_id") {
            just.set_field(&field, Value::String(new_id()));
        }
        let told = who.send(*rpc, beyond).await.unwrap_err();
        let named: BTreeSet<_> = fields(&told).into_iter().collect();
        if why(&told).0 != Code::InvalidArgument || named != filled {
            wrong.push(format!("{rpc:?} does not refuse {filled:?} but {named:?}: {told:?}"));
        }
        if let Err(told) = who.send(*rpc, just).await {
            wrong.push(format!("{rpc:?} does not take {filled:?}: {told:?}"));
        }
        tried += 1;
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(tried > 30, "{tried} acts");
}
