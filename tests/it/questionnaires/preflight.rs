//! A request against what the requested State has confirmed of its law.

use focalnet_contract::Rpc;
use focalnet_domain::freezing_request::{ActKind, State};
use serde_json::{Value, json};
use tonic::{Code, Status};

use crate::support::{
    actor::Actor,
    acts::{Deed, accompaniment},
    asking::{answer, column, entry, fields, joined, words_of},
    cast::Org,
    content,
    questionnaires::{answers, document, question, shipped},
    refusals::why,
    respondents::Respondents,
    waiting::until,
    world::World,
};

/// The fields of what is found at this severity.
fn found<'a>(check: &'a Value, severity: &str) -> Vec<&'a str> {
    let findings = check["findings"].as_array().unwrap().iter();
    column(findings.filter(|finding| finding["severity"] == format!("SEVERITY_{severity}")), "field")
}

async fn checks(officer: &Actor, name: &str) -> Value {
    officer.asks(Rpc::CheckFreezingRequest, json!({ "name": name })).await.unwrap()
}

async fn marks_ready(officer: &Actor, name: &str, other: Value) -> Result<Value, Status> {
    let etag = officer.reads(name).await.unwrap().etag;
    officer.asks(Rpc::MarkFreezingRequestReady, joined(json!({ "name": name, "etag": etag }), other)).await
}

async fn drafts(officer: &Actor, world: &World, state: &str, content: &Value) -> String {
    let draft = json!({
        "origin": "ORIGIN_CHAMBER", "case": world.cast().case, "order": world.cast().order,
        "requested_state": state, "measures": ["MEASURE_FREEZE"], "content": content,
    });
    let made = officer.asks(Rpc::CreateFreezingRequest, json!({ "freezing_request": draft })).await.unwrap();
    made["name"].as_str().unwrap().into()
}

async fn updates(officer: &Actor, name: &str, content: &Value) {
    let etag = officer.reads(name).await.unwrap().etag;
    let message = json!({ "freezing_request": { "name": name, "content": content }, "etag": etag });
    officer.asks(Rpc::UpdateFreezingRequest, message).await.unwrap();
}

/// A value of the form that a question asks for.
fn any_value(question: &Value) -> Value {
    let first = &question["options"][0]["key"];
    match question["type"].as_str().unwrap() {
        "TYPE_BOOLEAN" => json!({ "boolean": true }),
        "TYPE_SELECT_ONE" => json!({ "option": first }),
        "TYPE_SELECT_MULTIPLE" => json!({ "options": { "keys": [first] } }),
        "TYPE_TEXT" => json!({ "text": { "text": "As the code says.", "language_code": "en" } }),
        "TYPE_PERIOD" => json!({ "period": { "amount": 14, "unit": "UNIT_DAYS" } }),
        "TYPE_CONTACT" => json!({ "contact": { "authority": "Ministry of Justice" } }),
        _ => json!({ "absence": "ABSENCE_UNKNOWN" }),
    }
}

/// Answers everything that must be answered, some of it with given values, and confirms it.
async fn answers_all(state: &Respondents, response: &str, given: &Value) {
    let document = shipped();
    until("all that must be answered is", async || {
        let read = state.focal_point.reads_response(response).await.unwrap();
        let required = words_of(&read["progress"]["required"]);
        if required.is_empty() {
            return Some(());
        }
        let value = |key: &str| {
            given.get(key).cloned().unwrap_or_else(|| any_value(entry(&document["questions"], "key", key)))
        };
        let answers: Value = required.into_iter().map(|key| answer(key, value(key), json!({}))).collect();
        state.focal_point.saves(response, answers).await.unwrap();
        None
    })
    .await;
    state.attest(response, json!([])).await;
}

/// In Portugal a court of its own must order the freeze, and wants to know when the person was born.
#[tokio::test]
async fn what_the_law_of_the_state_needs_is_asked_for_before_a_request_leaves() {
    let world = World::new().await;
    let officer = world.registry().officer();
    let portugal = world.respondents(Org::Portugal);
    let questionnaire = world.published(shipped()).await;
    let response = world.circulates(&questionnaire.name, &[&portugal.name], "2100-01-01").await.remove(0);
    let given = json!({
        "C1": { "option": "domestic_order" },
        "C2_documents": { "options": { "keys": ["birth_date"] } },
        "C7": { "options": { "keys": ["unlinked", "equivalent_value"] } },
    });
    let complete = content::json(&world.cast().person);
    let mut bare = complete.clone();
    // As far as the Court is concerned, that it is not known is enough.
    bare["persons"][0]["natural"]["birthDate"] = json!({ "absence": "ABSENCE_UNKNOWN" });
    let name = drafts(&officer, &world, &portugal.name, &bare).await;
    let without = checks(&officer, &name).await;
    let asked =
        without["findings"].as_array().unwrap().iter().filter(|finding| finding["question"].is_string());
    assert!(asked.clone().count() > 5, "{without}");
    assert!(
        asked.into_iter().all(|finding| finding["severity"] == "SEVERITY_NOT_KNOWN"),
        "nobody has said: {without}"
    );
    assert!(without["answers_used"]["attest_time"].is_null());

    answers_all(&portugal, &response, &given).await;
    let check = checks(&officer, &name).await;
    let (order, birth) =
        ("freezing_request.content.formalities", "freezing_request.content.persons[0].natural.birth_date");
    assert_eq!(found(&check, "ERROR"), [order, birth], "{check}");
    assert_eq!(check["complete"], Value::Null);
    let today = &check["answers_used"]["as_of_date"];
    for (question, answer) in [("C1", "domestic_order"), ("C2_documents", "birth_date")] {
        let finding = entry(&check["findings"], "question", question);
        assert_eq!((&finding["answer"], &finding["questionnaire_version"]), (&json!(answer), &json!(1)));
        assert_eq!(&finding["answer_date"], today);
    }
    assert_eq!(check["answers_used"]["questionnaire"], questionnaire.name);

    let told = marks_ready(&officer, &name, json!({})).await.unwrap_err();
    assert_eq!(why(&told), (Code::InvalidArgument, "INCOMPLETE".into()));
    assert_eq!(fields(&told), [order, birth]);

    let mut content = complete;
    content["formalities"] = json!({ "value": "An order to block the account." });
    updates(&officer, &name, &content).await;
    let check = checks(&officer, &name).await;
    assert_eq!((found(&check, "ERROR"), &check["complete"]), (vec![], &json!(true)));
    marks_ready(&officer, &name, json!({})).await.unwrap();
}

#[tokio::test]
async fn without_an_answer_it_is_not_known_and_the_request_may_leave() {
    let world = World::new().await;
    let officer = world.registry().officer();
    let questionnaire = world.published(shipped()).await;
    world.circulates(&questionnaire.name, &[world.portugal().name()], "2100-01-01").await;
    let name = world.draft_for(&world.portugal()).await;
    let check = checks(&officer, &name).await;
    assert!(found(&check, "NOT_KNOWN").len() > 5 && found(&check, "ERROR").is_empty());
    assert_eq!(check["complete"], true);
    assert_eq!(entry(&check["findings"], "question", "C1")["answer"], Value::Null);
    marks_ready(&officer, &name, json!({})).await.unwrap();
}

/// Nobody has to answer a request that rests on nothing.
#[tokio::test]
async fn a_request_to_who_is_no_party_names_its_basis() {
    let world = World::new().await;
    let officer = world.registry().officer();
    let america = world.another_state("US").await;
    let mut content = content::json(&world.cast().person);
    let name = drafts(&officer, &world, &america, &content).await;
    let basis = "freezing_request.content.non_party_basis";
    for reason in ["", "It is urgent"] {
        let told = marks_ready(&officer, &name, json!({ "override_reason": reason })).await.unwrap_err();
        assert_eq!(why(&told), (Code::InvalidArgument, "INCOMPLETE".into()));
        assert!(fields(&told).contains(&basis.to_owned()));
    }
    content["nonPartyBasis"] = json!({ "kind": "KIND_AD_HOC_ARRANGEMENT", "reference": "Exchange of notes" });
    updates(&officer, &name, &content).await;
    assert_eq!(found(&checks(&officer, &name).await, "ERROR"), Vec::<&str>::new());
    marks_ready(&officer, &name, json!({})).await.unwrap();
}

/// Portugal reports a seizure from 2 July 2008, once with its end.
async fn reminders(world: &World) -> [String; 2] {
    let name = world.in_state(State::Executing).await;
    let focal_point = world.portugal().focal_point();
    let read = focal_point.reads(&name).await.unwrap();
    let mut message = accompaniment(Deed::from(ActKind::ReportExecution), &read);
    let open = message["assets"][0]["measures"][0].clone();
    let ended = joined(open.clone(), json!({ "end_date": "2009-07-02" }));
    message["assets"][0]["measures"] = json!([open, ended]);
    focal_point.asks(Rpc::ReportExecution, message).await.unwrap();
    let held = focal_point.holds(&name).await;
    let with_end =
        |ended: bool| held[0].measures.iter().find(|one| one.end_date.is_empty() != ended).unwrap();
    [with_end(false), with_end(true)].map(|measure| measure.reminder_date.clone())
}

#[tokio::test]
async fn the_end_of_a_measure_is_thought_of_in_time() {
    let world = World::new().await;
    let portugal = world.respondents(Org::Portugal);
    assert_eq!(reminders(&world).await, ["", "2009-06-02"], "nobody has said how long it lasts");

    let mut document = document();
    document["questions"].as_array_mut().unwrap().push(question("D2_notice", "PERIOD", json!({})));
    let questionnaire = world.published(document).await;
    let response = world.circulates(&questionnaire.name, &[&portugal.name], "2100-01-01").await.remove(0);
    portugal.attest(&response, answers()).await;
    assert_eq!(reminders(&world).await, ["2010-06-02", "2009-06-02"], "24 months, less 30 days");

    let notice = json!({ "period": { "amount": 2, "unit": "UNIT_MONTHS" } });
    portugal.attest_again(&response, json!([answer("D2_notice", notice, json!({}))])).await;
    assert_eq!(reminders(&world).await, ["2010-05-02", "2009-05-02"], "less two months");
}
