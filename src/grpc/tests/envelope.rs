//! What all calls share, and updates.

use focalnet_contract::{Rpc, sample::comment, schema};
use focalnet_domain::error::Reason;
use http::{HeaderMap, HeaderValue, header::AUTHORIZATION};
use prost_reflect::{DynamicMessage, Value};
use secrecy::ExposeSecret as _;
use serde_json::json;

use super::{descriptor, read, request, violations};
use crate::{
    error::Error,
    grpc::envelope::{call, nothing, token},
};

#[test]
fn one_bearer_token() {
    let headers = |values: &[&'static str]| {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(AUTHORIZATION, HeaderValue::from_static(value));
        }
        headers
    };
    assert!(token(&headers(&[])).unwrap().is_none());
    for good in ["Bearer a.b.c", "bearer a.b.c", "BEARER a.b.c"] {
        assert_eq!(token(&headers(&[good])).unwrap().unwrap().expose_secret(), "a.b.c");
    }
    let bad: [&[&str]; 9] = [
        &["Bearer a", "Bearer a"],
        &["Bearer"],
        &["Bearer "],
        &["Bearer  a"],
        &["Bearer a b"],
        &[" Bearer a"],
        &["Basic a"],
        &["a"],
        &["Bearer\ta"],
    ];
    for values in bad {
        let refused = token(&headers(values));
        assert!(matches!(refused, Err(Error::Unauthenticated(Reason::NotSignedIn))), "{values:?}");
    }
    let public = call(Rpc::Login, &headers(&["Basic a"])).unwrap();
    assert!(public.token.is_none(), "signing in asks for no token and minds none");
}

#[test]
fn shared_fields_are_taken_out() {
    let (call, _) =
        read::<serde_json::Value>(Rpc::TransmitFreezingRequest, &request(Rpc::TransmitFreezingRequest))
            .unwrap();
    assert!(call.name.starts_with("freezingRequests/") && !call.etag.is_empty() && call.request_id.is_some());
    let mut list = request(Rpc::ListPersons);
    list.set_field_by_name("parent", Value::String("anything".into()));
    let (call, content) = read::<serde_json::Value>(Rpc::ListPersons, &list).unwrap();
    assert_eq!((call.parent.as_str(), call.page.size), ("anything", 7), "the use case reads names");
    assert!(!call.page.token.is_empty() && !call.page.filter.is_empty());
    assert_eq!(content.0.unwrap(), json!({}));
}

#[test]
fn a_malformed_request_id_ends_the_call() {
    let mut message = request(Rpc::CreateCase);
    message.set_field_by_name("request_id", Value::String("1".into()));
    let refused = read::<serde_json::Value>(Rpc::CreateCase, &message).map(|_| ());
    assert!(
        matches!(refused, Err(Error::Invalid(found)) if found.len() == 1 && found[0].field == "request_id")
    );
}

#[test]
fn the_digest_covers_method_and_message() {
    let digest = |rpc, message: &DynamicMessage| read::<serde_json::Value>(rpc, message).unwrap().0.digest;
    let (close, resume) = (request(Rpc::CloseFreezingRequest), request(Rpc::ResumeFreezingRequest));
    assert_eq!(prost::Message::encode_to_vec(&close), prost::Message::encode_to_vec(&resume));
    let first = digest(Rpc::CloseFreezingRequest, &close);
    assert_eq!(first, digest(Rpc::CloseFreezingRequest, &close.clone()));
    assert_ne!(first, digest(Rpc::ResumeFreezingRequest, &resume));
    let mut other = close.clone();
    other.set_field_by_name("note", Value::String("other".into()));
    assert_ne!(first, digest(Rpc::CloseFreezingRequest, &other));
}

#[test]
fn a_request_id_in_capitals_is_the_same() {
    for rpc in [Rpc::CloseFreezingRequest, Rpc::CreateCase] {
        let of = |request_id: &str| {
            let mut message = request(rpc);
            message.set_field_by_name("request_id", Value::String(request_id.into()));
            let call = read::<serde_json::Value>(rpc, &message).unwrap().0;
            (call.request_id, call.digest)
        };
        let id = "0b0c2a4e-6f0e-4d6b-9d3c-0a1b2c3d4e5f";
        assert_eq!(of(id), of(&id.to_uppercase()));
        assert_ne!(of(id).1, of("0b0c2a4e-6f0e-4d6b-9d3c-0a1b2c3d4e50").1);
    }
}

/// An update with this mask of a request in which `content` and `measures` may be missing.
fn update(mask: &[&str], cleared: &[&str]) -> DynamicMessage {
    let mut message = request(Rpc::UpdateFreezingRequest);
    let paths = mask.iter().map(|path| Value::String((*path).to_owned())).collect();
    let field = message.get_field_by_name_mut("update_mask").unwrap();
    field.as_message_mut().unwrap().set_field_by_name("paths", Value::List(paths));
    let resource = message.get_field_by_name_mut("freezing_request").unwrap().as_message_mut().unwrap();
    for field in cleared {
        resource.clear_field_by_name(field);
    }
    message
}

#[test]
fn an_update_takes_what_its_mask_names() {
    let rpc = Rpc::UpdateFreezingRequest;
    let keys = |message: &DynamicMessage| {
        let (call, content) = read::<serde_json::Map<String, serde_json::Value>>(rpc, message).unwrap();
        assert!(call.name.starts_with("freezingRequests/"), "the name is the resource's");
        content.0.unwrap().keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(keys(&update(&[], &[])), ["content", "measures"]);
    assert_eq!(keys(&update(&[], &["measures", "origin", "case"])), ["content"]);
    assert_eq!(keys(&update(&["measures"], &[])), ["measures"]);
    let (_, cleared) = read::<serde_json::Value>(rpc, &update(&["content"], &["content"])).unwrap();
    assert_eq!(cleared.0.unwrap(), json!({"content": {}}), "named and not set: cleared");
}

#[test]
fn an_update_of_anything_else_is_refused() {
    let rpc = Rpc::UpdateFreezingRequest;
    let field = |message: &DynamicMessage| violations(rpc, message)[0].field.clone();
    for path in ["origin", "state", "content.facts", "*", ""] {
        assert_eq!(field(&update(&[path], &[])), "update_mask", "{path}");
    }
    assert_eq!(field(&update(&["measures"], &["measures"])), "freezing_request.measures");
    assert_eq!(field(&update(&[], &["measures", "content"])), "freezing_request");
    let mut nothing = update(&[], &[]);
    nothing.clear_field_by_name("freezing_request");
    assert_eq!(field(&nothing), "freezing_request");
}

#[test]
fn updates_allow_what_their_comments_name() {
    for (rpc, input) in [
        (Rpc::UpdateOrganization, "UpdateOrganizationRequest"),
        (Rpc::UpdateFreezingRequest, "UpdateFreezingRequestRequest"),
        (Rpc::UpdateAsset, "UpdateAssetRequest"),
        (Rpc::UpdateQuestionnaire, "UpdateQuestionnaireRequest"),
    ] {
        let mask = descriptor(input).get_field_by_name("update_mask").unwrap();
        let comment = comment(&mask);
        let named: Vec<_> = comment.split_once("Allowed:").unwrap().1.split('`').skip(1).step_by(2).collect();
        let resource = schema::output(rpc).unwrap();
        let updatable = resource.fields.iter().filter(|field| field.rules.updatable);
        assert_eq!(updatable.map(|field| field.name.as_str()).collect::<Vec<_>>(), named);
    }
    let masked = Rpc::ALL
        .iter()
        .filter(|rpc| schema::method(**rpc).unwrap().input().get_field_by_name("update_mask").is_some());
    assert_eq!(masked.count(), 4);
}

#[test]
fn what_is_no_message_is_refused() {
    let mut call = call(Rpc::GetCase, &HeaderMap::new()).unwrap();
    for bytes in [&b"\x0a\x05x"[..], b"\x0a", b"\xff", b"\x0a\x01\xff", b"\x08\x01"] {
        let refused = nothing(&mut call, bytes);
        assert!(matches!(refused, Err(Error::Invalid(found)) if found[0].field.is_empty()), "{bytes:?}");
    }
}
