//! Each State by itself: of other States it sees what they share, and nothing else.

use focalnet_contract::Rpc;
use focalnet_domain::organization::Role;
use serde_json::{Value, json};

use crate::support::{
    actor::Clients,
    asking::{answer, column},
    cast::Org,
    questionnaires::{answers, document},
    refusals::refused,
    respondents::Respondents,
    samples::Read,
    world::World,
};

/// Everything that a State can ask.
async fn view(state: &Respondents, questionnaire: &Read, response: &str) -> Vec<Vec<u8>> {
    let mut seen = Vec::new();
    for who in [&state.focal_point, &state.deputy] {
        for (rpc, message) in [
            (Rpc::GetResponse, json!({ "name": response })),
            (Rpc::ListResponses, json!({})),
            (Rpc::GetQuestionnaire, json!({ "name": questionnaire.name })),
            (Rpc::ListQuestionnaires, json!({})),
            (Rpc::ListEvents, json!({ "parent": response })),
            (Rpc::ListEvents, json!({ "parent": questionnaire.name })),
            (Rpc::ListAnswers, json!({ "parent": "organizations/-" })),
            (Rpc::GetGapAnalysis, json!({ "parent": "organizations/-" })),
            (Rpc::ListFocalPoints, json!({ "parent": "organizations/-" })),
            (Rpc::ListOrganizations, json!({})),
        ] {
            seen.push(who.bytes_of(rpc, message).await);
        }
    }
    seen
}

#[tokio::test]
async fn each_state_sees_its_own_response_and_no_other() {
    let world = World::new().await;
    let states = [Org::Portugal, Org::Belgium, Org::Congo].map(|org| world.respondents(org));
    let names = states.each_ref().map(|state| state.name.as_str());
    let questionnaire = world.published(document()).await;
    let responses = world.circulates(&questionnaire.name, &names, "2100-01-01").await;
    for (state, own) in states.iter().zip(&responses) {
        let listed = state.focal_point.lists(Rpc::ListResponses, json!({})).await.unwrap();
        assert_eq!(column(&listed, "name"), [own]);
        let read = state.focal_point.reads_response(own).await.unwrap();
        for read in [&read, &listed[0]] {
            assert_eq!(read["requested_state"], state.name);
            assert!(read["circulation"].is_null() && read["reminders"].is_null(), "{read}");
            let told = read.to_string();
            assert!(names.iter().all(|name| *name == state.name || !told.contains(name)));
        }
        for other in responses.iter().filter(|other| *other != own) {
            let told = refused(state.focal_point.reads_response(other).await);
            assert_eq!(told.1, "NOT_FOUND");
            assert_eq!(refused(state.focal_point.exports(other).await).1, "NOT_FOUND");
        }
    }
    // The Registry sees all of it.
    let listed = world.registry().officer().lists(Rpc::ListResponses, json!({})).await.unwrap();
    assert_eq!(listed.len(), 3);
    assert!(listed.iter().all(|response| response["circulation"].is_string()));
}

#[tokio::test]
async fn nothing_tells_belgium_that_portugal_is_asked_reminded_and_answers() {
    let world = World::new().await;
    let (belgium, portugal) = (world.respondents(Org::Belgium), world.respondents(Org::Portugal));
    let questionnaire = world.published(document()).await;
    let own = world.circulates(&questionnaire.name, &[&belgium.name], "2100-01-01").await.remove(0);
    belgium.focal_point.saves(&own, answers()).await.unwrap();
    let before = view(&belgium, &questionnaire, &own).await;

    let other = world.circulates(&questionnaire.name, &[&portugal.name], "2100-01-01").await.remove(0);
    assert_eq!(view(&belgium, &questionnaire, &own).await, before, "asked");
    let reminder = json!({ "reminder": { "reference": "NV/8" } });
    world.registry().officer().acts_on(Rpc::RecordReminder, &other, reminder).await.unwrap();
    portugal.submit(&other, answers()).await;
    assert_eq!(view(&belgium, &questionnaire, &own).await, before, "submitted");
    portugal.deputy.acts_on(Rpc::AttestResponse, &other, json!({})).await.unwrap();
    assert_eq!(view(&belgium, &questionnaire, &own).await, before, "attested");
    portugal.reopen(&other).await;
    assert_eq!(view(&belgium, &questionnaire, &own).await, before, "reopened");
}

fn a1(yes: bool, shared: bool) -> Value {
    json!([answer("A1", json!({ "boolean": yes }), json!({ "shared": shared }))])
}

/// The answers that somebody reads of all States.
async fn read_by(who: &Clients) -> Vec<Value> {
    who.lists(Rpc::ListAnswers, json!({ "parent": "organizations/-" })).await.unwrap()
}

#[tokio::test]
async fn what_a_state_shares_other_parties_read_without_its_names() {
    let world = World::new().await;
    let (belgium, portugal) = (world.respondents(Org::Belgium), world.respondents(Org::Portugal));
    let america = world.another_state_with_people("US").await;
    let america = world.respondents_of(&america);
    let questionnaire = world.published(document()).await;
    let states = [belgium.name.as_str(), &portugal.name, &america.name];
    let responses = world.circulates(&questionnaire.name, &states, "2100-01-01").await;
    let (own, response, abroad) = (&responses[0], &responses[1], &responses[2]);
    belgium.attest(own, answers()).await;
    america.attest(abroad, a1(true, true)).await;

    let given = json!([a1(true, true)[0], answers()[1]]);
    portugal.submit(response, given).await;
    assert_eq!(read_by(&belgium.focal_point).await.len(), 3, "its own, and the one of the United States");
    portugal.deputy.acts_on(Rpc::AttestResponse, response, json!({})).await.unwrap();

    for who in [&belgium.focal_point, &belgium.deputy] {
        let read = read_by(who).await;
        let mut codes = column(&read, "country_code");
        codes.sort_unstable();
        assert_eq!(codes, ["BE", "BE", "PT", "US"]);
        let foreign = read.iter().find(|answer| answer["country_code"] == "PT").unwrap();
        assert_eq!((&foreign["question"], &foreign["value"]), (&json!("A1"), &json!({ "boolean": true })));
        assert!(foreign["requested_state"].is_null() && foreign["response"].is_null(), "{foreign}");
        let told = json!(read).to_string();
        assert!(
            !told.contains(&portugal.name)
                && !told.contains(response.as_str())
                && !told.contains(abroad.as_str())
        );
        // Of one State alone there is nothing to be read, shared or not.
        let alone = who.asks(Rpc::ListAnswers, json!({ "parent": portugal.name })).await;
        assert_eq!(refused(alone).1, "NOT_FOUND");
        let gaps = who.asks(Rpc::GetGapAnalysis, json!({ "parent": "organizations/-" })).await.unwrap();
        assert_eq!(column(gaps["states"].as_array().unwrap(), "country_code"), ["BE"]);
        let filtered =
            json!({ "parent": "organizations/-", "filter": "country_code = PT AND question = D2" });
        assert_eq!(who.lists(Rpc::ListAnswers, filtered).await.unwrap(), Vec::<Value>::new());
    }

    // Who is no Party reads its own.
    for who in [&america.focal_point, &america.deputy] {
        assert_eq!(column(&read_by(who).await, "country_code"), ["US"]);
    }

    // What was shared once and is no longer, is not read any more; nor what it said before.
    portugal.attest_again(response, a1(true, false)).await;
    let read = read_by(&belgium.focal_point).await;
    assert!(read.iter().all(|answer| answer["country_code"] != "PT"), "{read:?}");
}

#[tokio::test]
async fn authorities_and_administrators_see_nothing_of_it() {
    let world = World::new().await;
    let portugal = world.respondents(Org::Portugal);
    let questionnaire = world.published(document()).await;
    let response = world.circulates(&questionnaire.name, &[&portugal.name], "2100-01-01").await.remove(0);
    portugal.attest(&response, a1(true, true)).await;
    let nobody = [
        world.portuguese_authority(),
        world.portugal().admin(),
        world.belgium().admin(),
        world.registry().admin(),
    ];
    for who in nobody {
        assert!(!who.role.sees_content() || who.role == Role::AuthorityUser);
        for (rpc, message) in [
            (Rpc::GetResponse, json!({ "name": response })),
            (Rpc::GetQuestionnaire, json!({ "name": questionnaire.name })),
            (Rpc::GetGapAnalysis, json!({ "parent": portugal.name })),
            (Rpc::GetGapAnalysis, json!({ "parent": "organizations/-" })),
            (Rpc::ListEvents, json!({ "parent": response })),
            (Rpc::ListEvents, json!({ "parent": questionnaire.name })),
            (Rpc::SaveAnswers, json!({ "name": response, "answers": a1(true, true) })),
        ] {
            let told = refused(who.asks(rpc, message).await);
            assert_eq!(told.1, "NOT_FOUND", "{rpc:?} by {}", who.login);
        }
        for (rpc, message) in [
            (Rpc::ListResponses, json!({})),
            (Rpc::ListQuestionnaires, json!({})),
            (Rpc::ListAnswers, json!({ "parent": "organizations/-" })),
        ] {
            assert_eq!(
                who.lists(rpc, message).await.unwrap(),
                Vec::<Value>::new(),
                "{rpc:?} by {}",
                who.login
            );
        }
    }
}
