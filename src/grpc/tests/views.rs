//! Every answer shows all that the domain knows, and nothing that its reader may not see.

use focalnet_contract::{
    Rpc, convert,
    sample::{sample, strip},
    schema,
    wire::{Shown, View as _},
};
use focalnet_domain::{
    approval::Approval,
    asset::AssetView,
    case::{Case, Person},
    clarification::Clarification,
    directory::DirectoryEntry,
    error::Reason,
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
use prost_reflect::{DynamicMessage, FieldDescriptor, Value};
use serde::{Serialize, de::DeserializeOwned};

use super::descriptor;
use crate::{
    app::{
        Answer, Seen,
        content::{ReceiptView, SelfView, SigningKey},
    },
    authz::fields::Reader,
    error::Error,
};

/// A message as the view that it tells, whoever set what is in it.
fn view<V: DeserializeOwned>(message: &DynamicMessage) -> V {
    convert::to_domain(message).unwrap()
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
        let view: V = view(&message);
        assert_eq!(convert::from_domain(&descriptor(name), &view).unwrap(), message, "{name}");
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
    let mut view: Seen<RequestView> = view(&request_message());
    view.reader = reader;
    view
}

/// Every field that is set and that `reader` sees, at any depth.
fn seen(message: &DynamicMessage, reader: Option<Reader>, found: &mut Vec<String>) {
    for (field, value) in message.fields() {
        let shape = schema::shape(field.parent_message().full_name()).unwrap();
        let shown = |reader: Reader| reader.shown(shape, shape.field(field.name()).unwrap()) == Shown::Yes;
        if reader.is_none_or(shown) {
            found.push(field.full_name().to_owned());
            let inner = value.as_list().map_or_else(|| vec![value], |items| items.iter().collect());
            inner.into_iter().filter_map(Value::as_message).for_each(|inner| seen(inner, reader, found));
        }
    }
}

/// What a State or an organ is answered.
fn answered(reader: Reader) -> Vec<u8> {
    Answer::of(Rpc::GetFreezingRequest, &request_view(Some(reader))).unwrap().0
}

#[test]
fn hidden_fields_are_never_told() {
    let all = request_message();
    for reader in [Reader::Issuer, Reader::State, Reader::Authority] {
        let message =
            DynamicMessage::decode(descriptor("FreezingRequest"), answered(reader).as_slice()).unwrap();
        let (mut expected, mut found) = (Vec::new(), Vec::new());
        seen(&all, Some(reader), &mut expected);
        seen(&message, None, &mut found);
        assert!(found == expected, "{reader:?}: hidden fields are left out, and only they");
    }
    let bytes = String::from_utf8_lossy(&answered(Reader::State)).into_owned();
    assert!(!bytes.contains("cases/") && !bytes.contains("orders/"), "no name of the Court reaches a State");
}

#[test]
fn a_dossier_is_not_answered_without_a_reader() {
    for view in [request_view(None), request_view(None)] {
        let refused = Answer::of(Rpc::GetFreezingRequest, &view);
        assert!(matches!(refused, Err(Error::Internal(_))));
    }
}

#[test]
fn a_field_that_nobody_decided_on_is_an_error() {
    let decided = schema::shape("focalnet.v1.FreezingRequest").unwrap();
    let undecided = schema::shape("focalnet.v1.SigningKey").unwrap();
    for reader in [Reader::Issuer, Reader::State, Reader::Authority, Reader::Recipient] {
        assert!(decided.fields.iter().all(|field| reader.shown(decided, field) != Shown::Undecided));
        assert!(undecided.fields.iter().all(|field| reader.shown(undecided, field) == Shown::Undecided));
    }
}

#[test]
fn an_answer_that_no_client_could_take_is_refused() {
    let mut view = request_view(Some(Reader::Issuer));
    let part = view.resource.content.assets[0].clone();
    view.resource.content.assets = vec![part; 40_000];
    let Err(Error::Precondition(reason, _, obstacles)) = Answer::of(Rpc::GetFreezingRequest, &view) else {
        panic!("it was answered")
    };
    assert_eq!(reason, Reason::AnswerTooLarge);
    assert_eq!(obstacles[0].subject, "content.assets");
}

/// The request of the benchmark is one of today: nothing else would notice, because no test runs a benchmark.
#[test]
fn the_request_of_the_benchmark_is_told() {
    let resource: RequestView = serde_json::from_str(include_str!("../../../benches/request.json")).unwrap();
    let seen = Seen { resource, etag: "\"e\"".into(), receipt: None, reader: Some(Reader::State) };
    Answer::of(Rpc::GetFreezingRequest, &seen).unwrap();
}
