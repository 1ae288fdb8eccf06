//! The table of what each party sees covers the messages of dossiers, exactly.

use std::collections::{BTreeMap, BTreeSet};

use prost_reflect::{Kind, MessageDescriptor};

use super::descriptor;
use crate::authz::fields::FIELDS;

fn collect(message: &MessageDescriptor, found: &mut BTreeMap<String, BTreeSet<String>>) {
    if found.contains_key(message.name()) {
        return;
    }
    let names = message.fields().map(|field| field.name().to_owned());
    found.insert(message.name().to_owned(), names.collect());
    for field in message.fields() {
        if let Kind::Message(inner) = field.kind() {
            collect(&inner, found);
        }
    }
}

#[test]
fn the_table_is_the_contract() {
    let mut contract = BTreeMap::new();
    for root in ["FreezingRequest", "Asset", "Clarification", "Response"] {
        collect(&descriptor(root), &mut contract);
    }
    let mut table: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (message, _, fields) in FIELDS {
        for field in *fields {
            let is_new = table.entry((*message).to_owned()).or_default().insert((*field).to_owned());
            assert!(is_new, "{message}.{field} stands twice");
        }
    }
    assert_eq!(table, contract);
}
