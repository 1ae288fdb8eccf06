//! What an act answers is what its caller reads afterwards, field by field: for every act, on all that acts are done on,
//! in every state in which a table allows it.

mod assets;
mod methods;
mod responses;

use focalnet_contract::Rpc;
use serde_json::{Value, json};

use crate::support::{actor::Clients, dynamic::method};

/// Fields of answers that no read has, and why.
const OF_ANSWERS: &[(&str, &str)] = &[
    ("receipt", "it is the act's, and can be had again by the event's name"),
    ("one_time_code", "it is told once, to whoever hands it on"),
    ("answers", "of a response; an act answers with those that it saved, which are looked for among all"),
];

/// Reads what an act has answered, as its caller, and gives the fields that differ.
pub(crate) async fn differences(who: &Clients, rpc: Rpc, mut answer: Value) -> Vec<String> {
    let mut read = reads_again(who, rpc, &answer).await;
    for saved in answer["answers"].as_array().into_iter().flatten() {
        assert!(read["answers"].as_array().unwrap().contains(saved), "{rpc:?}: {saved} is not read");
    }
    for (field, _) in OF_ANSWERS {
        answer[*field] = Value::Null;
        read[*field] = Value::Null;
    }
    let (answer, read) = (answer.as_object().unwrap(), read.as_object().unwrap());
    let fields: std::collections::BTreeSet<_> = answer.keys().chain(read.keys()).collect();
    let differ = fields.into_iter().filter(|field| answer.get(*field) != read.get(*field));
    let told = |field: &String| {
        let text = |value: Option<&Value>| value.map_or_else(|| "nothing".into(), ToString::to_string);
        format!("{rpc:?} {field}: {} is read as {}", text(answer.get(field)), text(read.get(field)))
    };
    differ.map(told).collect()
}

/// The resource in an answer, read: by the method that reads one of its kind, or in its list.
async fn reads_again(who: &Clients, rpc: Rpc, answer: &Value) -> Value {
    let kind = method(rpc).output();
    let gets = |get: &&Rpc| get.names().1.starts_with("Get") && method(**get).output() == kind;
    if let Some(get) = Rpc::ALL.iter().find(gets) {
        return who.asks(*get, json!({ "name": answer["name"] })).await.unwrap();
    }
    let name = answer["name"].as_str().unwrap();
    let (list, parent) = match kind.name() {
        "Person" => (Rpc::ListPersons, name.split("/persons/").next().unwrap()),
        "DirectoryEntry" => (Rpc::ListFocalPoints, name),
        other => unreachable!("say where a {other} is read"),
    };
    let entries = who.lists(list, json!({ "parent": parent })).await.unwrap();
    entries.into_iter().find(|entry| entry["name"] == name).unwrap()
}
