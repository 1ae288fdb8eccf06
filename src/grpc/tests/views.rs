//! Every answer shows all that the domain knows, and nothing that its reader may not see.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use focalnet_contract::{Rpc, convert, proto, schema, schema::TIMESTAMP};
use focalnet_domain::{
    approval::Approval,
    asset::AssetView,
    case::{Case, Person},
    clarification::Clarification,
    directory::DirectoryEntry,
    freezing_request::{completeness::Check, view::RequestView},
    journal::Event,
    order::Order,
    organization::OrganizationView,
    questionnaire::{
        Document,
        response::{Circulation, InForce, ResponseView},
    },
    user::User,
};
use prost_reflect::{DynamicMessage, FieldDescriptor, Kind, ReflectMessage, Value};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value as Json, json};

use super::{
    descriptor,
    sample::{sample, strip},
};
use crate::{
    app::{
        ReceiptView, Seen,
        content::{SelfView, SigningKey},
    },
    authz::fields::{Reader, shown},
    error::Error,
    grpc::render,
};

/// The inverse of rendering, without any rule.
fn plain(message: &DynamicMessage) -> Json {
    let fields = message.fields().map(|(field, value)| {
        let json = match value {
            Value::List(items) => items.iter().map(|item| plain_value(&field, item)).collect(),
            value => plain_value(&field, value),
        };
        (field.name().to_owned(), json)
    });
    Json::Object(fields.collect::<Map<_, _>>())
}

fn plain_value(field: &FieldDescriptor, value: &Value) -> Json {
    match (value, field.kind()) {
        (Value::Message(time), _) if time.descriptor().full_name() == TIMESTAMP => {
            "2008-05-27T10:00:00.123456Z".into()
        }
        (Value::Message(inner), _) => plain(inner),
        (Value::EnumNumber(number), Kind::Enum(list)) => schema::word(&list, *number).unwrap().into(),
        (Value::String(text), _) => text.as_str().into(),
        (Value::Bytes(bytes), _) => STANDARD.encode(bytes).into(),
        (Value::Bool(flag), _) => (*flag).into(),
        (Value::I32(number), _) => (*number).into(),
        (Value::I64(number), _) => (*number).into(),
        other => panic!("{}: {other:?}", field.full_name()),
    }
}

fn survives<V: Serialize + DeserializeOwned>(name: &str, unknown: &dyn Fn(&FieldDescriptor) -> bool) {
    for variant in 0..20 {
        let mut message = sample(&descriptor(name), variant);
        strip(&mut message, unknown);
        // The act and the name of its subject are one choice: an order is revoked.
        if name == "Approval" && message.has_field_by_name("revoke_order") {
            let subject = "orders/0b0c2a4e-6f0e-4d6b-9d3c-0a1b2c3d4e5f".to_owned();
            message.set_field_by_name("subject", Value::String(subject));
        }
        let view: V =
            serde_json::from_value(plain(&message)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let json = serde_json::to_value(&view).unwrap();
        assert_eq!(convert::message(&descriptor(name), &json, &|_, _| false).unwrap(), message, "{name}");
    }
}

fn outside(field: &FieldDescriptor) -> bool {
    match field.parent_message().name() {
        "RequestedAsset" => field.name() == "valuation",
        "Asset" => field.name() == "receipt",
        _ => false,
    }
}

#[test]
fn views_survive_the_way_out() {
    let nothing = |_: &FieldDescriptor| false;
    survives::<Seen<OrganizationView>>("Organization", &nothing);
    survives::<Seen<DirectoryEntry>>("DirectoryEntry", &nothing);
    survives::<Seen<Document>>("Questionnaire", &|field| {
        let of_version = ["name", "version_number", "state", "create_time", "publish_time"];
        field.parent_message().name() == "Questionnaire" && of_version.contains(&field.name())
    });
    survives::<Circulation>("Circulation", &|field| {
        field.parent_message().name() == "Circulation" && field.name() == "receipt"
    });
    survives::<Seen<ResponseView>>("Response", &nothing);
    survives::<InForce>("AnswerInForce", &nothing);
    survives::<Seen<User>>("User", &|field| field.name() == "one_time_code");
    survives::<Seen<Case>>("Case", &nothing);
    survives::<Seen<Person>>("Person", &nothing);
    survives::<Seen<Order>>("Order", &nothing);
    // A value that a request states was never reported; an asset in its request has no receipt of its own.
    survives::<Seen<RequestView>>("FreezingRequest", &outside);
    survives::<Seen<AssetView>>("Asset", &nothing);
    survives::<Seen<Clarification>>("Clarification", &nothing);
    survives::<ReceiptView>("Receipt", &nothing);
    survives::<Event>("Event", &nothing);
    survives::<Check>("CheckFreezingRequestResponse", &nothing);
    survives::<SigningKey>("SigningKey", &nothing);
    // A proposed act is what it does, without the call that proposed it.
    let call = |field: &FieldDescriptor| {
        let of_request = field.parent_message().name().ends_with("Request");
        of_request && ["name", "etag", "request_id"].contains(&field.name())
    };
    survives::<Seen<Approval>>("Approval", &call);
    // Whoever asks for himself changes nothing by it.
    survives::<SelfView>("GetSelfResponse", &|field| {
        ["etag", "receipt", "one_time_code"].contains(&field.name())
    });
}

fn request_message() -> DynamicMessage {
    let mut message = sample(&descriptor("FreezingRequest"), 0);
    strip(&mut message, &outside);
    message
}

fn request_view(reader: Option<Reader>) -> Seen<RequestView> {
    let mut view: Seen<RequestView> = serde_json::from_value(plain(&request_message())).unwrap();
    view.reader = reader;
    view
}

/// Every field that is set and that `reader` sees, at any depth.
fn seen(message: &DynamicMessage, reader: Option<Reader>, found: &mut Vec<String>) {
    for (field, value) in message.fields() {
        if reader.is_none_or(|reader| shown(field.parent_message().name(), field.name(), reader)) {
            found.push(field.full_name().to_owned());
            let inner = value.as_list().map_or_else(|| vec![value], |items| items.iter().collect());
            inner.into_iter().filter_map(Value::as_message).for_each(|inner| seen(inner, reader, found));
        }
    }
}

#[test]
fn hidden_fields_are_never_rendered() {
    let all = request_message();
    for reader in [Reader::Issuer, Reader::State, Reader::Authority] {
        let answer: proto::FreezingRequest =
            render::answer(Rpc::GetFreezingRequest, &request_view(Some(reader))).unwrap();
        let mut message = DynamicMessage::new(descriptor("FreezingRequest"));
        message.transcode_from(&answer).unwrap();
        let (mut expected, mut found) = (Vec::new(), Vec::new());
        seen(&all, Some(reader), &mut expected);
        seen(&message, None, &mut found);
        assert!(found == expected, "{reader:?}: hidden fields are left out, and only they");
    }
    let state: proto::FreezingRequest =
        render::answer(Rpc::GetFreezingRequest, &request_view(Some(Reader::State))).unwrap();
    let bytes = String::from_utf8_lossy(&prost::Message::encode_to_vec(&state)).into_owned();
    assert!(!bytes.contains("cases/") && !bytes.contains("orders/"), "no name of the Court reaches a State");
}

#[test]
fn a_dossier_is_not_answered_without_a_reader() {
    let page = crate::app::Page { items: vec![request_view(None)], next_page_token: String::new() };
    let listed = render::page::<_, proto::ListFreezingRequestsResponse>(Rpc::ListFreezingRequests, &page);
    assert!(matches!(listed, Err(Error::Internal(_))));
    let single = render::answer::<_, proto::FreezingRequest>(Rpc::GetFreezingRequest, &request_view(None));
    assert!(matches!(single, Err(Error::Internal(_))));
}

#[test]
fn pages_have_entries_and_a_token() {
    let items = vec![request_view(Some(Reader::State)), request_view(Some(Reader::Issuer))];
    let page = crate::app::Page { items, next_page_token: "next".into() };
    let answer: proto::ListFreezingRequestsResponse = render::page(Rpc::ListFreezingRequests, &page).unwrap();
    let cases: Vec<_> = answer.freezing_requests.iter().map(|request| request.case.is_empty()).collect();
    assert_eq!((cases, answer.next_page_token.as_str()), (vec![true, false], "next"));
}

#[test]
fn what_does_not_fit_is_named_but_never_quoted() {
    for wrong in [
        json!({"kind": "secret-kind"}),
        json!({"kind": 3}),
        json!({"create_time": "secret-time"}),
        json!({"receipt": "secret"}),
        json!({"receipt": {"index": "secret"}}),
        json!({"display_name": ["secret"]}),
    ] {
        let Err(source) = convert::message(&descriptor("Organization"), &wrong, &|_, _| false) else {
            panic!("{wrong} was rendered")
        };
        let text = source.to_string();
        assert!(
            !text.contains("secret") && (text.contains("Organization.") || text.contains("Receipt.")),
            "{text}"
        );
    }
    let unknown = json!({"reader": "state", "display_name": null});
    assert_eq!(
        convert::message(&descriptor("Organization"), &unknown, &|_, _| false).unwrap().fields().count(),
        0
    );
}
