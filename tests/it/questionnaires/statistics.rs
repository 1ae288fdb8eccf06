//! Response rates, fit for publication.

use focalnet_contract::{Rpc, proto::GetResponseStatisticsRequest};
use focalnet_domain::organization::Role;
use serde_json::{Value, json};
use tonic::Code;

use crate::support::{
    cast::Org,
    questionnaires::{answers, document},
    refusals::refused,
    world::World,
};

/// The rows of a period by regional group; the one of all States has none.
async fn rows(world: &World, known: &str) -> Vec<Value> {
    let message = json!({ "start_date": "2040-01-01", "end_date": "2042-01-01", "known_date": known });
    let found = world.registry().officer().asks(Rpc::GetResponseStatistics, message).await.unwrap();
    assert_eq!(found["known_date"], known);
    found["rows"].as_array().unwrap().clone()
}

fn row<'a>(rows: &'a [Value], year: &str, group: Option<&str>) -> &'a Value {
    let group = group.map_or(Value::Null, |group| format!("REGIONAL_GROUP_{group}").into());
    let start = format!("{year}-01-01");
    rows.iter().find(|row| row["start_date"] == start && row["regional_group"] == group).unwrap()
}

fn counts(row: &Value) -> [&str; 4] {
    ["asked", "answered", "not_answered", "rate"].map(|field| row[field].as_str().unwrap_or("-"))
}

#[tokio::test]
async fn rates_are_shown_where_they_tell_of_no_single_state() {
    let world = World::new().await;
    world.turns_to("2040-05-01").await;
    let questionnaire = world.published(document()).await;
    let (portugal, belgium) = (world.portugal().name(), world.belgium().name());
    world.circulates(&questionnaire.name, &[portugal, belgium], "2040-06-01").await;
    // In the year after, six States of one group are asked, and three answer.
    world.turns_to("2041-05-01").await;
    let france = world.another_state_with_people("FR").await;
    let mut states = vec![portugal.to_owned(), belgium.to_owned(), world.respondents_of(&france).name];
    for code in ["DE", "ES", "IT"] {
        states.push(world.another_state(code).await);
    }
    let states: Vec<_> = states.iter().map(String::as_str).collect();
    let responses = world.circulates(&questionnaire.name, &states, "2041-06-01").await;
    for (org, response) in [Org::Portugal, Org::Belgium].into_iter().zip(&responses) {
        world.respondents(org).attest(response, answers()).await;
    }
    world.turns_to("2041-05-03").await;
    world.respondents_of(&france).attest(&responses[2], answers()).await;
    world.turns_to("2041-08-01").await;

    let found = rows(&world, "2041-08-01").await;
    for group in [Some("WEOG"), None] {
        let shown = row(&found, "2041", group);
        assert_eq!(counts(shown), ["6", "3", "3", "50.0"], "{group:?}");
        // That all of them were in time would tell of each.
        assert_eq!(shown["answered_in_time"], Value::Null);
        assert_eq!(counts(row(&found, "2040", group)), ["-"; 4], "two States");
    }
    for group in ["AFRICAN", "GRULAC"] {
        assert_eq!(counts(row(&found, "2041", Some(group)))[..3], ["0"; 3], "there is nothing to tell");
    }

    // The day before, two had answered: that would tell which.
    let before = rows(&world, "2041-05-02").await;
    assert_eq!(counts(row(&before, "2041", None)), ["-"; 4]);
    // The same day gives the same figures, whatever happens later.
    world.respondents_of(&france).reopen(&responses[2]).await;
    assert_eq!(rows(&world, "2041-08-01").await, found);
    assert_eq!(rows(&world, "2041-05-02").await, before);
}

#[tokio::test]
async fn only_the_registry_asks_for_them() {
    let world = World::new().await;
    let (start_date, end_date) = ("2008-01-01".to_owned(), "2012-01-01".to_owned());
    let period = GetResponseStatisticsRequest { start_date, end_date, ..Default::default() };
    for who in world.everybody() {
        let asked = who.reports().get_response_statistics(period.clone()).await;
        if who.role == Role::RegistryCooperationOfficer {
            asked.unwrap();
        } else {
            assert_eq!(refused(asked), (Code::PermissionDenied, "ROLE_MISSING".into()), "{}", who.login);
        }
    }
}
