//! Each rule of the contract, by the path of the field that breaks it; all at once.

use focalnet_contract::{Rpc, sample::strip, schema};
use focalnet_domain::error::Violation;
use prost_reflect::{DynamicMessage, Value};

use super::{descriptor, request, violations};
use crate::error::Error;

/// Sets what a path such as `content.assets[1].description` leads to.
fn set(message: &mut DynamicMessage, path: &str, value: Value) {
    let (step, rest) = path.split_once('.').map_or((path, None), |(step, rest)| (step, Some(rest)));
    let (name, position) = step.split_once('[').map_or((step, None), |(name, rest)| {
        (name, Some(rest.trim_end_matches(']').parse::<usize>().unwrap()))
    });
    let Some(rest) = rest else { return message.set_field_by_name(name, value) };
    let inner = message.get_field_by_name_mut(name).unwrap();
    let inner = match position {
        Some(position) => &mut inner.as_list_mut().unwrap()[position],
        None => inner,
    };
    set(inner.as_message_mut().unwrap(), rest, value);
}

fn text(text: impl Into<String>) -> Value {
    Value::String(text.into())
}

fn paths(found: &[Violation]) -> Vec<&str> {
    found.iter().map(|violation| violation.field.as_str()).collect()
}

#[test]
fn every_rule_is_told_by_path() {
    let rpc = Rpc::CreateFreezingRequest;
    let timestamp = |seconds| {
        let mut time = DynamicMessage::new(
            descriptor("Receipt").get_field_by_name("time").unwrap().kind().as_message().unwrap().clone(),
        );
        time.set_field_by_name("seconds", Value::I64(seconds));
        Value::Message(time)
    };
    let content = "freezing_request.content";
    let table = [
        (rpc, "freezing_request.origin".to_owned(), Value::EnumNumber(0), "is required"),
        (rpc, "freezing_request.measures".into(), Value::List(vec![]), "is required"),
        (rpc, "freezing_request.origin".into(), Value::EnumNumber(99), "one of the values"),
        (rpc, "freezing_request.case".into(), text("cases/1"), "`cases/{uuid}`"),
        (rpc, format!("{content}.executing_authority"), text("x".repeat(201)), "at most 200 characters"),
        (
            rpc,
            format!("{content}.assets[1].description"),
            text("x".repeat(2_001)),
            "at most 2,000 characters",
        ),
        (rpc, format!("{content}.assets[1].description"), text(""), "is required"),
        (rpc, format!("{content}.assets[0].description"), text(" \t\n"), "blank"),
        (rpc, format!("{content}.assets[1].identifiers[0].value"), text("a\0b"), "control characters"),
        (rpc, format!("{content}.assets[0].valuation.valuation_date"), text("27.5.2008"), "ISO 8601"),
        (rpc, format!("{content}.amount.currency_code"), text("eur"), "ISO 4217"),
        (rpc, format!("{content}.amount.amount"), text("1e3"), "plain decimal"),
        (rpc, format!("{content}.language_code"), text("portuguese"), "BCP 47"),
        (rpc, format!("{content}.attachments[0].sha256"), text("abc"), "64 hexadecimal"),
        (rpc, format!("{content}.third_parties.value"), text(""), "blank"),
        (rpc, format!("{content}.crimes"), text("\u{202E}"), "changes of direction"),
        (Rpc::CreateOrganization, "organization.country_code".into(), text("ZZ"), "3166"),
        (Rpc::GrantMandate, "start_time".into(), timestamp(253_402_300_800), "years 1 to 9999"),
        (Rpc::ModifyOrder, "valid_until_date".into(), text("2008-02-30"), "ISO 8601"),
        (Rpc::Decline, "request_id".into(), text(""), "is required"),
        (Rpc::Decline, "etag".into(), text(""), "is required"),
    ];
    for (rpc, path, value, part) in table {
        let mut message = request(rpc);
        set(&mut message, &path, value);
        let found = violations(rpc, &message);
        assert_eq!(paths(&found), [path.as_str()], "{rpc:?}");
        assert!(found[0].description.contains(part), "{path}: {}", found[0].description);
    }
}

#[test]
fn lists_are_bounded_and_checked_entry_by_entry() {
    let rpc = Rpc::CreateFreezingRequest;
    let mut message = request(rpc);
    set(
        &mut message,
        "freezing_request.measures",
        Value::List(vec![Value::EnumNumber(1), Value::EnumNumber(0)]),
    );
    assert_eq!(paths(&violations(rpc, &message)), ["freezing_request.measures[1]"]);

    let path = "content.persons[0].natural.aliases";
    let mut message = request(Rpc::AmendFreezingRequest);
    set(&mut message, path, Value::List(vec![text("a"); 51]));
    let found = violations(Rpc::AmendFreezingRequest, &message);
    assert_eq!(paths(&found), [path]);
    assert!(found[0].description.contains("at most 50 entries"));
    set(&mut message, path, Value::List(vec![text("a"), text(""), text("b\r")]));
    let found = violations(Rpc::AmendFreezingRequest, &message);
    assert_eq!(paths(&found), [format!("{path}[1]"), format!("{path}[2]")]);
}

#[test]
fn a_statement_says_one_of_its_arms() {
    let mut message = request(Rpc::AmendFreezingRequest);
    strip(&mut message, &|field| {
        ["natural", "absence", "value"].contains(&field.name()) && field.containing_oneof().is_some()
    });
    let found = violations(Rpc::AmendFreezingRequest, &message);
    assert!(
        found
            .iter()
            .any(|v| v.field == "content.persons[1]" && v.description == "set one of `natural`, `legal`")
    );
    assert!(found.iter().any(|v| v.field == "content.third_parties" && v.description.contains("`absence`")));
}

#[test]
fn an_empty_call_names_all_that_is_required() {
    let rpc = Rpc::CeaseFreezingRequest;
    let message = DynamicMessage::new(schema::method(rpc).unwrap().input());
    let found = violations(rpc, &message);
    assert_eq!(
        paths(&found),
        ["etag", "request_id", "persons", "purposes", "status", "effective_date", "reason"],
        "`name` is told by the use case, which knows what it wants"
    );
    assert!(found.iter().all(|violation| violation.description == "is required"));
    let nothing = DynamicMessage::new(schema::method(Rpc::CreateCase).unwrap().input());
    assert_eq!(paths(&violations(Rpc::CreateCase, &nothing)), ["request_id", "case"]);
}

#[test]
fn descriptions_never_quote() {
    let mut message = request(Rpc::CreateFreezingRequest);
    strip(&mut message, &|_| false);
    for path in [
        "freezing_request.case",
        "freezing_request.content.language_code",
        "freezing_request.content.amount.amount",
    ] {
        set(&mut message, path, text("confidential"));
    }
    let found = violations(Rpc::CreateFreezingRequest, &message);
    assert_eq!(found.len(), 3);
    assert!(found.iter().all(|violation| !violation.description.contains("confidential")));
}

#[test]
fn a_list_is_refused_at_once() {
    let mut call = crate::grpc::envelope::call(Rpc::ListCases, &http::HeaderMap::new()).unwrap();
    let mut message = request(Rpc::ListCases);
    message.set_field_by_name("filter", text("case_number = a\0"));
    let refused = crate::grpc::envelope::nothing(&mut call, &prost::Message::encode_to_vec(&message));
    assert!(matches!(refused, Err(Error::Invalid(found)) if paths(&found) == ["filter"]));
}
