//! Every message of the contract there and back, and what must not pass.

use prost::Message as _;
use prost_reflect::{DynamicMessage, MessageDescriptor};
use serde_json::{Value, json};

use super::{Everything, Malformed, Message, Misfit, largest, page, write};
use crate::{
    sample::sample,
    schema::{self, POOL, Shape},
};

fn messages() -> impl Iterator<Item = MessageDescriptor> {
    POOL.all_messages().filter(|message| message.package_name() == "focalnet.v1")
}

fn shape(name: &str) -> &'static Shape {
    schema::shape(&format!("focalnet.v1.{name}")).unwrap()
}

fn told(name: &str, value: &Value) -> Result<Vec<u8>, Misfit> {
    write(shape(name), value, &Everything)
}

#[test]
fn every_message_goes_there_and_back() {
    for descriptor in messages() {
        let shape = schema::shape(descriptor.full_name()).unwrap();
        for variant in 0..20 {
            let message = sample(&descriptor, variant);
            let bytes = message.encode_to_vec();
            let value: Value = Message::read(shape, &bytes).unwrap().value(true).unwrap();
            let written = write(shape, &value, &Everything).unwrap();
            let again = DynamicMessage::decode(descriptor.clone(), written.as_slice()).unwrap();
            assert!(again == message, "{}: something is lost", descriptor.name());
            assert_eq!(
                written.len(),
                bytes.len(),
                "{}: no byte more than another encoder",
                descriptor.name()
            );
        }
    }
}

#[test]
fn a_cut_message_is_malformed_or_shorter_and_never_a_panic() {
    for descriptor in messages() {
        let shape = schema::shape(descriptor.full_name()).unwrap();
        let bytes = sample(&descriptor, 0).encode_to_vec();
        for end in 0..bytes.len().min(400) {
            let ours = Message::read(shape, &bytes[..end]).is_ok();
            let theirs = DynamicMessage::decode(descriptor.clone(), &bytes[..end]).is_ok();
            assert_eq!(ours, theirs, "{} cut at {end}", descriptor.name());
        }
    }
}

#[test]
fn what_the_contract_does_not_know_is_an_error() {
    let Err(Misfit(text)) = told("Case", &json!({"case_nummer": "ICC-01/05-01/08"})) else {
        panic!("it was told")
    };
    assert_eq!(text, "Case.case_nummer is not in the contract");
    let inner = told("Order", &json!({"receipt": {"notes": ""}}));
    assert_eq!(inner, Err(Misfit("Receipt.notes is not in the contract".into())));
}

#[test]
fn what_does_not_fit_is_named_but_never_quoted() {
    for wrong in [
        json!({"kind": "secret-kind"}),
        json!({"kind": 3}),
        json!({"create_time": "secret-time"}),
        json!({"receipt": "secret"}),
        json!({"receipt": {"index": "secret"}}),
        json!({"receipt": ["secret"]}),
        json!({"display_name": ["secret"]}),
        json!("secret"),
    ] {
        let Err(Misfit(text)) = told("Organization", &wrong) else { panic!("{wrong} was told") };
        let named = text.contains("Organization.") || text.contains("Receipt.");
        assert!(!text.contains("secret") && named, "{text}");
    }
    assert_eq!(told("Organization", &json!({"display_name": null})), Ok(Vec::new()));
}

#[test]
fn a_type_that_does_not_fit_is_told_without_its_value() {
    #[derive(Debug, serde::Deserialize)]
    struct Wrong {
        #[expect(dead_code, reason = "it is never read")]
        case_number: u8,
    }
    let bytes = told("Case", &json!({"case_number": "secret"})).unwrap();
    let Misfit(text) = Message::read(shape("Case"), &bytes).unwrap().value::<Wrong>(true).unwrap_err();
    assert!(text.contains("case_number") && !text.contains("secret"), "{text}");
}

#[test]
fn messages_in_messages_end() {
    // A group, which the contract does not use; a length beyond the end; a text that is not UTF-8.
    for bytes in [&b"\x0b\x0c"[..], b"\x0a\xff\xff\xff\xff\x0f", b"\x0a\x02\xc3\x28"] {
        assert_eq!(Message::read(shape("Case"), bytes).map(|_| ()), Err(Malformed));
    }
}

#[test]
fn a_page_is_its_entries_and_a_token() {
    let case = |name: &str| told("Case", &json!({ "name": name })).unwrap();
    let bytes = page(shape("ListCasesResponse"), &[case("cases/1"), case("cases/2")], "next").unwrap();
    let value: Value = Message::read(shape("ListCasesResponse"), &bytes).unwrap().value(true).unwrap();
    assert_eq!(
        value,
        json!({"cases": [{"name": "cases/1"}, {"name": "cases/2"}], "next_page_token": "next"})
    );
    assert!(page(shape("Case"), &[], "").is_err(), "a resource is no list");
}

#[test]
fn the_largest_field_is_named_by_its_path() {
    let long = "x".repeat(5_000);
    let content = json!({"content": {"crimes": long}, "case": "cases/1"});
    let bytes = told("FreezingRequest", &content).unwrap();
    let (field, size) = largest(shape("FreezingRequest"), &bytes);
    assert!(field.starts_with("content.crimes") && size > 5_000, "{field}");
    let spread =
        json!({"content": {"persons": [{"legal": {"legal_name": long}}, {"legal": {"legal_name": long}}]}});
    let bytes = told("FreezingRequest", &spread).unwrap();
    assert_eq!(largest(shape("FreezingRequest"), &bytes).0, "content.persons");
}
