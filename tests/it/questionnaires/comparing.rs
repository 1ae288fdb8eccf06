//! Two days compared, and the days from which and by which answers count.

use focalnet_contract::Rpc;
use serde_json::{Value, json};

use crate::support::{
    asking::{answer, column, words_of},
    cast::Org,
    questionnaires::document,
    respondents::Respondents,
    world::World,
};

fn a1(yes: bool, since: &str) -> Value {
    json!([answer("A1", json!({ "boolean": yes }), json!({ "valid_from_date": since }))])
}

/// The gaps of Portugal, as the Registry asks for them with these days.
async fn gaps(world: &World, days: Value) -> Value {
    let mut message = json!({ "parent": world.portugal().name() });
    message.as_object_mut().unwrap().extend(days.as_object().unwrap().clone());
    let found = world.registry().officer().asks(Rpc::GetGapAnalysis, message).await.unwrap();
    found["states"][0].clone()
}

fn named(gaps: &Value) -> Vec<&str> {
    column(gaps.as_array().into_iter().flatten(), "question")
}

/// Portugal has no authority for requests until the law of 1 March 2040, which it tells of in February already.
#[tokio::test]
async fn what_opened_and_what_closed_between_two_days() {
    let world = World::new().await;
    world.turns_to("2040-01-10").await;
    let questionnaire = world.published(document()).await;
    let respondents = || world.respondents(Org::Portugal);
    let response =
        world.circulates(&questionnaire.name, &[&respondents().name], "2040-06-01").await.remove(0);
    respondents().attest(&response, a1(false, "2039-01-01")).await;
    world.turns_to("2040-02-10").await;
    let short = json!({ "period": { "amount": 6, "unit": "UNIT_MONTHS" } });
    let new =
        json!([a1(true, "2040-03-01")[0], answer("D2", short, json!({ "valid_from_date": "2040-03-01" }))]);
    respondents().attest_again(&response, new).await;
    world.turns_to("2040-04-01").await;

    let found = gaps(&world, json!({ "baseline_date": "2040-02-20" })).await;
    assert_eq!(
        (named(&found["gaps"]), named(&found["opened"]), named(&found["closed"])),
        (vec!["D2"], vec!["D2"], vec!["A1"])
    );
    assert_eq!(found["opened"][0]["valid_from_date"], "2040-03-01");
    // The other way round, by days.
    let found = gaps(&world, json!({ "as_of_date": "2040-02-20", "baseline_date": "2040-04-01" })).await;
    assert_eq!((named(&found["gaps"]), named(&found["opened"])), (vec!["A1"], vec!["A1"]));
    // On that day nobody had said how long a freeze lasts: the gap is not closed, only not known.
    assert_eq!((named(&found["closed"]), words_of(&found["not_known"])), (vec![], vec!["D2"]));

    // What was known in January is that there was a gap, on any day.
    for day in ["2040-02-20", "2040-04-01"] {
        let found = gaps(&world, json!({ "as_of_date": day, "known_date": "2040-02-09" })).await;
        assert_eq!(named(&found["gaps"]), ["A1"], "{day}");
    }
    // The law of March is known from the day on which it was told.
    let found = gaps(&world, json!({ "as_of_date": "2040-03-01", "known_date": "2040-02-10" })).await;
    assert_eq!(words_of(&found["no_gap"]), ["A1"]);
    // Before 2039 nothing is known.
    let found = gaps(&world, json!({ "as_of_date": "2038-12-31" })).await;
    assert_eq!((named(&found["gaps"]), words_of(&found["not_known"])), (vec![], vec!["A1", "D2"]));
}

/// Its own people may ask of Portugal, and nobody else's.
#[tokio::test]
async fn a_state_reads_its_own_gaps() {
    let world = World::new().await;
    let portugal = world.respondents(Org::Portugal);
    let belgium = world.respondents(Org::Belgium);
    let gaps = async |who: &Respondents, parent: &str| {
        who.focal_point.asks(Rpc::GetGapAnalysis, json!({ "parent": parent })).await
    };
    let questionnaire = world.published(document()).await;
    assert_eq!(
        gaps(&portugal, &portugal.name).await.unwrap_err().code(),
        tonic::Code::NotFound,
        "never asked"
    );
    let states = [portugal.name.as_str(), &belgium.name];
    let responses = world.circulates(&questionnaire.name, &states, "2100-01-01").await;
    portugal.attest(&responses[0], a1(false, "2020-01-01")).await;
    for parent in [portugal.name.as_str(), "organizations/-"] {
        let found = gaps(&portugal, parent).await.unwrap();
        assert_eq!(column(found["states"].as_array().unwrap(), "country_code"), ["PT"]);
        assert_eq!(named(&found["states"][0]["gaps"]), ["A1"]);
    }
    assert_eq!(gaps(&belgium, &portugal.name).await.unwrap_err().code(), tonic::Code::NotFound);
}
