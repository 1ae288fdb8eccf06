//! Everything that is wrong is told at once, by its path.

use focalnet_contract::{
    Rpc,
    proto::{CheckFreezingRequestRequest, finding::Severity},
};
use focalnet_domain::freezing_request::ActKind;
use serde_json::{Value, json};
use tonic::Code;

use crate::{
    support::{content, new_id, refusals::why, world::World},
    wire::fields,
};

/// A call that creates a request with this content, right in all else.
fn create(world: &World, content: &Value) -> Value {
    let cast = world.cast();
    let request = json!({
        "origin": "ORIGIN_CHAMBER", "case": cast.case, "order": cast.order,
        "requested_state": world.portugal().name(), "measures": ["MEASURE_FREEZE"], "content": content,
    });
    json!({ "freezing_request": request, "request_id": new_id() })
}

#[tokio::test]
async fn of_a_new_request() {
    let world = World::new().await;
    let content = json!({
        "executing_authority": " ",
        "urgency": { "grounds": "\u{202e}", "execution_date": "2008-13-01" },
        "persons": [
            { "person": "persons/1", "natural": { "family_name": "x".repeat(201), "aliases": ["Le Passeur", "\n"] } },
            { "capacity": "CAPACITY_OWNER" },
        ],
        "third_parties": {},
        "amount": { "currency_code": "eur", "amount": "1.00" },
        "already_recovered": { "currency_code": "XAF", "amount": "1.00" },
        "assets": [
            { "type": "ASSET_TYPE_VESSEL", "identifiers": [{ "value": "9074729" }], "valuation": {
                "value": { "currency_code": "EUR", "amount": "-1" }, "valuation_date": "today" } },
        ],
        "facts": { "text": "Facts.", "language_code": "english" },
        "purposes": [{ "purpose": "PURPOSE_KIND_FINE" }],
        "issuing_authority": { "languages": ["en", "xx-"] },
        "attachments": [{ "sha256": "abc", "language_code": "en" }],
        "language_code": "",
    });
    let mut message = create(&world, &content);
    message["freezing_request"]["origin"] = 99.into();
    message["freezing_request"]["case"] = "cases/1".into();
    message["freezing_request"]["requested_state"] = "".into();
    message["freezing_request"]["measures"] = json!(["MEASURE_FREEZE", "MEASURE_UNSPECIFIED"]);
    let told = world.registry().officer().call(Rpc::CreateFreezingRequest, message).await.unwrap_err();
    assert_eq!(why(&told), (Code::InvalidArgument, "INVALID_ARGUMENT".into()));
    let expected = [
        "origin",
        "case",
        "requested_state",
        "measures[1]",
        "content.executing_authority",
        "content.urgency.grounds",
        "content.urgency.execution_date",
        "content.persons[0].person",
        "content.persons[0].capacity",
        "content.persons[0].natural.family_name",
        "content.persons[0].natural.aliases[1]",
        "content.persons[1]",
        "content.third_parties",
        "content.amount.currency_code",
        "content.already_recovered.amount",
        "content.assets[0].description",
        "content.assets[0].identifiers[0].kind",
        "content.assets[0].valuation.value.amount",
        "content.assets[0].valuation.valuation_date",
        "content.assets[0].valuation.method",
        "content.facts.language_code",
        "content.purposes[0].basis",
        "content.issuing_authority.authority",
        "content.issuing_authority.contact",
        "content.issuing_authority.languages[1]",
        "content.issuing_authority.signatory",
        "content.issuing_authority.signature_date",
        "content.attachments[0].kind",
        "content.attachments[0].file_name",
        "content.attachments[0].sha256",
        "content.attachments[0].size_bytes",
    ];
    assert_eq!(fields(&told), expected.map(|path| format!("freezing_request.{path}")));
}

#[tokio::test]
async fn at_most_fifty_and_how_many_there_are() {
    let world = World::new().await;
    let assets = vec![json!({ "type": "ASSET_TYPE_VESSEL" }); 120];
    let message = create(&world, &json!({ "assets": assets }));
    let told = world.registry().officer().call(Rpc::CreateFreezingRequest, message).await.unwrap_err();
    assert_eq!(fields(&told).len(), 50);
    assert!(told.message().ends_with("the first 50 of 120 problems are named"), "{}", told.message());
    let assets = vec![json!({ "type": "ASSET_TYPE_VESSEL", "description": "A yacht" }); 201];
    let message = create(&world, &json!({ "assets": assets }));
    let told = world.registry().officer().call(Rpc::CreateFreezingRequest, message).await.unwrap_err();
    assert_eq!(fields(&told), ["freezing_request.content.assets"]);
}

#[tokio::test]
async fn of_what_a_request_rests_on() {
    let world = World::new().await;
    let officer = world.registry().officer();
    let content = content::json(&world.cast().person);
    let mut targets = content.clone();
    targets["persons"][0].as_object_mut().unwrap().remove("person");
    let mut message = create(&world, &targets);
    message["freezing_request"].as_object_mut().unwrap().remove("order");
    let told = officer.call(Rpc::CreateFreezingRequest, message).await.unwrap_err();
    let expected = ["freezing_request.order", "freezing_request.content.persons[0].person"];
    assert_eq!(fields(&told), expected);
    let mut message = create(&world, &content);
    message["freezing_request"]["origin"] = "ORIGIN_REGISTRY".into();
    let told = officer.call(Rpc::CreateFreezingRequest, message).await.unwrap_err();
    assert_eq!(fields(&told), ["freezing_request.order"]);
}

#[tokio::test]
async fn of_a_draft_that_is_not_complete() {
    let world = World::new().await;
    let officer = world.registry().officer();
    let mut content = content::json(&world.cast().person);
    content["assets"] = vec![json!({ "type": "ASSET_TYPE_VESSEL", "description": "A yacht" }); 20].into();
    content["amount"]["amount"] = "0".into();
    content.as_object_mut().unwrap().remove("grounds");
    for content in [json!({}), content] {
        let drafted = officer.call(Rpc::CreateFreezingRequest, create(&world, &content)).await.unwrap();
        let name = drafted.get_field_by_name("name").unwrap().as_str().unwrap().to_owned();
        let check = CheckFreezingRequestRequest { name: name.clone() };
        let found = officer.requests().check_freezing_request(check).await.unwrap().into_inner();
        assert!(!found.complete);
        let errors = found.findings.iter().filter(|finding| finding.severity() == Severity::Error);
        let errors: Vec<_> = errors.map(|finding| finding.field.clone()).collect();
        assert!(found.findings.is_sorted_by_key(|finding| finding.severity), "errors first");

        let told = officer.does(ActKind::MarkReady, &name).await.unwrap_err();
        assert_eq!(why(&told), (Code::InvalidArgument, "INCOMPLETE".into()));
        let named = fields(&told);
        assert!(named.len() <= 50 && errors.len() > 10);
        assert_eq!(named, errors[..errors.len().min(named.len())], "the same, in the same order");
        assert!(named.len() == errors.len() || told.message().contains(&format!("of {}", errors.len())));
    }
}

#[tokio::test]
async fn of_a_report() {
    let world = World::new().await;
    let name = world.in_state(focalnet_domain::freezing_request::State::Executing).await;
    let focal_point = world.portugal().focal_point();
    let etag = focal_point.reads(&name).await.unwrap().etag;
    let report = |outcome: &str, assets: Value| json!({ "name": name, "etag": etag, "request_id": new_id(), "outcome": outcome, "assets": assets });
    let told = async |message| focal_point.call(Rpc::ReportExecution, message).await.unwrap_err();

    // What has not the form of the contract.
    let broken = json!([
        { "type": "ASSET_TYPE_AIRCRAFT", "jurisdiction": "Portugal", "holder": "\0", "measures": [
            { "kind": "KIND_FREEZE", "start_date": "2008-07-02", "end_date": "never" } ] },
        { "jurisdiction": "PT", "description": "A house", "holder": "x".repeat(201), "valuations": [
            { "value": { "currency_code": "EUR", "amount": "1,000" }, "valuation_date": "2008-07-02" } ] },
    ]);
    let expected = [
        "outcome",
        "assets[0].jurisdiction",
        "assets[0].description",
        "assets[0].holder",
        "assets[0].measures[0].national_reference",
        "assets[0].measures[0].end_date",
        "assets[1].type",
        "assets[1].holder",
        "assets[1].valuations[0].value.amount",
        "assets[1].valuations[0].method",
    ];
    assert_eq!(fields(&told(report("EXECUTION_OUTCOME_UNSPECIFIED", broken)).await), expected);

    // What has the form and makes no sense.
    let odd = json!([{
        "type": "ASSET_TYPE_BANK_ACCOUNT", "jurisdiction": "PT", "description": "An account", "holder": "Somebody",
        "identifiers": [{ "kind": "KIND_VIN", "value": "1" }, { "kind": "KIND_IBAN", "value": "PT50 0002" }],
        "measures": [{ "kind": "KIND_FREEZE", "national_reference": "1", "start_date": "2008-07-02",
            "end_date": "2008-07-01" }],
        "valuations": [{ "value": { "currency_code": "EUR", "amount": "1" }, "valuation_date": "2099-07-02",
            "method": "METHOD_BOOK" }],
    }]);
    let expected = [
        "obstacle",
        "assets",
        "assets[0].identifiers[1].value",
        "assets[0].measures[0].end_date",
        "assets[0].valuations[0].valuation_date",
    ];
    assert_eq!(fields(&told(report("EXECUTION_OUTCOME_NOTHING_FOUND", odd)).await), expected);
    assert_eq!(fields(&told(report("EXECUTION_OUTCOME_EXECUTED", json!([]))).await), ["assets"]);
    assert_eq!(focal_point.holds(&name).await, []);
}
