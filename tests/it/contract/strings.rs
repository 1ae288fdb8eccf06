//! Any text in any field: what is good comes back as it was sent, what is not is told by its path, and nothing is an
//! error of the server.

use focalnet_contract::Rpc;
use prost_reflect::{DynamicMessage, FieldDescriptor, ReflectMessage as _, Value};
use serde_json::json;
use tonic::{Code, Status};

use super::{
    Contract, methods,
    naughty::{NAUGHTY, is_good},
    service, takes,
};
use crate::{
    support::{content::CONTRACT, dynamic::method, new_id},
    wire::{fields, reason},
};

/// Walks through all texts that a message holds.
fn texts(
    message: &mut DynamicMessage,
    path: &str,
    visit: &mut impl FnMut(&str, &FieldDescriptor, &mut String),
) {
    let present = |field: &FieldDescriptor| message.has_field(field);
    for field in message.descriptor().fields().filter(present).collect::<Vec<_>>() {
        let path = if path.is_empty() { field.name().to_owned() } else { format!("{path}.{}", field.name()) };
        match message.get_field_mut(&field) {
            Value::String(text) => visit(&path, &field, text),
            Value::Message(inner) => texts(inner, &path, visit),
            Value::List(items) => {
                for (number, item) in items.iter_mut().enumerate() {
                    match item {
                        Value::String(text) => visit(&format!("{path}[{number}]"), &field, text),
                        Value::Message(inner) => texts(inner, &format!("{path}[{number}]"), visit),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
}

fn option(field: &FieldDescriptor, name: &str) -> Option<Value> {
    let extension = CONTRACT.get_extension_by_name(&format!("focalnet.v1.{name}")).unwrap();
    let options = field.options();
    options.has_extension(&extension).then(|| options.get_extension(&extension).into_owned())
}

/// Fields whose text has a form that their options do not tell.
const FORMED: [&str; 7] = [
    "User.login",
    "Case.situation_number",
    "Case.case_number",
    "Order.document_number",
    "AssetIdentifier.value",
    "Money.currency_code",
    "Money.amount",
];

/// Whether a field takes any good text.
fn is_free(field: &FieldDescriptor) -> bool {
    let name = field.full_name().trim_start_matches("focalnet.v1.");
    option(field, "format").is_none() && option(field, "reference").is_none() && !FORMED.contains(&name)
}

fn room(field: &FieldDescriptor) -> usize {
    let most = option(field, "max_length").and_then(|most| most.as_i32());
    most.map_or(2_000, |most| most.try_into().unwrap())
}

fn message_of(rpc: Rpc, json: &serde_json::Value) -> DynamicMessage {
    DynamicMessage::deserialize(method(rpc).input(), json).unwrap()
}

/// Methods that make something of a text, once more each time.
const MAKING: [Rpc; 7] = [
    Rpc::CreateOrganization,
    Rpc::CreateUser,
    Rpc::CreateCase,
    Rpc::AddPerson,
    Rpc::RecordOrder,
    Rpc::CreateFreezingRequest,
    Rpc::OpenClarification,
];

/// A message that makes something new, of which there can be many.
fn another(contract: &Contract, rpc: Rpc, number: usize) -> DynamicMessage {
    let mut json = contract.message(rpc);
    match rpc {
        Rpc::CreateUser => json["user"]["login"] = format!("somebody.{number}").into(),
        Rpc::CreateCase => json["case"]["case_number"] = format!("ICC-01/04-{number:02}/07").into(),
        Rpc::RecordOrder => json["order"]["document_number"] = format!("ICC-01/05-01/08-{number}").into(),
        _ => {}
    }
    message_of(rpc, &json)
}

/// The thing in a message, or in an answer the thing itself.
fn texts_of(mut resource: DynamicMessage) -> Vec<(String, String)> {
    let mut found = Vec::new();
    texts(&mut resource, "", &mut |path, field, text| {
        if is_free(field) && option(field, "output_only").is_none() {
            found.push((path.to_owned(), text.clone()));
        }
    });
    found
}

async fn comes_back_or_is_told(contract: &Contract, rpc: Rpc, number: usize, text: &str) {
    let who = contract.who(rpc);
    let mut message = another(contract, rpc, number);
    let mut bad = Vec::new();
    texts(&mut message, "", &mut |path, field, value| {
        if is_free(field) && !matches!(path, "parent" | "etag") {
            text.clone_into(value);
            if !is_good(text, room(field)) {
                bad.push(path.to_owned());
            }
        }
    });
    let told = who.send(rpc, message.clone()).await;
    if bad.is_empty() {
        let answer = told.map_err(|told| format!("{rpc:?} with {text:?}: {told:?}")).unwrap();
        if rpc == Rpc::OpenClarification {
            let thread: serde_json::Value = serde_json::to_value(&answer).unwrap();
            assert_eq!(thread["firstMessage"]["text"]["text"], text);
            return;
        }
        let sent = message.descriptor().fields().find(|field| field.kind().as_message().is_some()).unwrap();
        let sent = texts_of(message.get_field(&sent).as_message().unwrap().clone());
        assert!(!sent.is_empty());
        assert_eq!(texts_of(answer.clone()), sent, "{rpc:?} answers what it was sent");
        let read = format!("Get{}", answer.descriptor().name());
        if let Some(read) = Rpc::ALL.iter().find(|rpc| rpc.names().1 == read) {
            let name = answer.get_field_by_name("name").unwrap();
            let read = who.call(*read, json!({ "name": name.as_str().unwrap() })).await.unwrap();
            assert_eq!(texts_of(read), sent, "{rpc:?} keeps what it was sent");
        }
    } else {
        let told = told.map(|_| format!("{rpc:?} with {text:?}")).unwrap_err();
        assert_eq!(told.code(), Code::InvalidArgument, "{rpc:?} with {text:?}");
        bad.truncate(50);
        assert_eq!(fields(&told), bad, "{rpc:?} with {text:?}");
    }
}

#[tokio::test]
async fn good_text_comes_back_as_it_was_sent_and_bad_text_is_told() {
    let contract = Contract::new().await;
    let long = ["x".repeat(200), "x".repeat(201), "🦦".repeat(2_000), "🦦".repeat(2_001), "x".repeat(20_001)];
    let long = long.iter().map(String::as_str);
    for (number, text) in (10..).zip(NAUGHTY.into_iter().chain(long)) {
        for rpc in MAKING {
            comes_back_or_is_told(&contract, rpc, number, text).await;
        }
    }
}

/// What a call may be told about a text: anything but that the server has failed.
#[track_caller]
fn is_an_answer<T>(outcome: &Result<T, Status>, what: &str) {
    let Err(told) = outcome else { return };
    let failed = [Code::Internal, Code::Unknown, Code::Unavailable, Code::DeadlineExceeded, Code::DataLoss];
    assert!(!failed.contains(&told.code()), "{what}: {told:?}");
    reason(told);
}

#[tokio::test]
async fn no_text_in_any_field_is_an_error_of_the_server() {
    let contract = Contract::new().await;
    let mut turn = NAUGHTY.iter().cycle();
    for rpc in methods() {
        let who = contract.who(rpc);
        let message = message_of(rpc, &contract.message(rpc));
        let mut paths = Vec::new();
        texts(&mut message.clone(), "", &mut |path, _, _| paths.push(path.to_owned()));
        for path in &paths {
            // Twice, so that each field gets different ones from run to run of the list.
            for text in turn.by_ref().take(2) {
                let mut message = message.clone();
                texts(&mut message, "", &mut |here, _, value| {
                    if here == path {
                        (*text).clone_into(value);
                    } else if here == "request_id" {
                        *value = new_id();
                    }
                });
                let outcome = who.send(rpc, message).await;
                is_an_answer(&outcome, &format!("{rpc:?} with {path} = {text:?}"));
            }
        }
    }
}

#[tokio::test]
async fn no_text_in_a_list_is_an_error_of_the_server() {
    let contract = Contract::new().await;
    for rpc in methods().filter(|rpc| takes(*rpc, "filter")) {
        let who = contract.who(rpc);
        let message = contract.message(rpc);
        for text in NAUGHTY {
            for field in ["filter", "page_token"] {
                let outcome = who.call(rpc, super::but(&message, field, text)).await;
                is_an_answer(&outcome, &format!("{rpc:?} with {field} = {text:?}"));
            }
            let free = match rpc {
                Rpc::ListUsers => "login",
                Rpc::ListCases => "case_number",
                Rpc::ListOrders => "document_number",
                Rpc::ListEvents => "act",
                _ => continue,
            };
            let filter = format!("{free} = \"{text}\"");
            let outcome = who.call(rpc, super::but(&message, "filter", filter)).await;
            is_an_answer(&outcome, &format!("{rpc:?} with {free} = {text:?}"));
        }
    }
}

#[tokio::test]
async fn no_text_at_the_door_is_an_error_of_the_server() {
    let contract = Contract::new().await;
    let focal_point = contract.world.portugal().focal_point();
    for text in NAUGHTY {
        let messages = [
            (Rpc::Login, json!({ "login": text, "password": text })),
            (Rpc::RefreshToken, json!({ "refresh_token": text })),
            (Rpc::ChangePassword, json!({ "current_password": text, "new_password": "nine otters" })),
        ];
        for (rpc, message) in messages {
            assert_eq!(service(rpc), "AuthService");
            let outcome = focal_point.call(rpc, message).await;
            assert!(outcome.is_err());
            is_an_answer(&outcome, &format!("{rpc:?} with {text:?}"));
        }
    }
}

/// The walk above finds what is there: lists in messages in lists.
#[tokio::test]
async fn the_walk_reaches_the_inmost_field() {
    let contract = Contract::new().await;
    let mut message = message_of(Rpc::ReportExecution, &contract.message(Rpc::ReportExecution));
    let mut paths = Vec::new();
    texts(&mut message, "", &mut |path, _, _| paths.push(path.to_owned()));
    for path in ["assets[0].measures[0].national_reference", "assets[0].valuations[0].value.amount", "etag"] {
        assert!(paths.iter().any(|found| found == path), "{path} among {paths:?}");
    }
    let maps = CONTRACT.all_messages().flat_map(|message| message.fields().collect::<Vec<_>>());
    let maps = maps.filter(|field| field.is_map() && field.full_name().starts_with("focalnet."));
    assert_eq!(maps.count(), 0, "there are no maps, which it would miss");
}
