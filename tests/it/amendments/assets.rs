//! What a State reports of assets: facts, from which their state follows, and amounts to the last digit.

use chrono::Duration;
use focalnet_contract::{
    Rpc,
    proto::{
        Asset,
        asset::State::{Expired, Frozen, Reported},
        freezing_request::State as WireState,
    },
};
use focalnet_domain::freezing_request::State;
use serde_json::{Value, json};

use super::day;
use crate::{
    support::{actor::Actor, world::World},
    wire::fields,
};

fn house(measures: &Value, valuations: &Value) -> Value {
    json!({
        "type": "ASSET_TYPE_REAL_ESTATE", "jurisdiction": "PT", "description": "A house at Cascais",
        "holder": "Somebody", "measures": measures, "valuations": valuations,
    })
}

fn freeze(start: &str, end: &str) -> Value {
    json!({ "kind": "KIND_FREEZE", "national_reference": "12/08", "start_date": start, "end_date": end })
}

fn worth(currency: &str, amount: &str) -> Value {
    json!({
        "value": { "currency_code": currency, "amount": amount }, "valuation_date": "2008-07-02",
        "method": "METHOD_APPRAISAL", "appraiser": "An expert",
    })
}

async fn reports(who: &Actor, name: &str, assets: Value) -> Result<Vec<Asset>, tonic::Status> {
    let with = json!({ "outcome": "EXECUTION_OUTCOME_EXECUTED_IN_PART", "assets": assets });
    who.acts(Rpc::ReportExecution, name, with).await?;
    Ok(who.holds(name).await)
}

#[tokio::test]
async fn the_state_of_an_asset_follows_from_its_measures_and_the_day() {
    let world = World::new().await;
    let name = world.in_state(State::Executing).await;
    let (past, soon, later) = (day(-100), day(10), day(20));
    let histories = [
        (json!([]), [Reported, Reported, Reported]),
        (json!([freeze(&past, "")]), [Frozen, Frozen, Frozen]),
        (json!([freeze(&past, &day(-50))]), [Expired, Expired, Expired]),
        (json!([freeze(&past, &soon)]), [Frozen, Expired, Expired]),
        (json!([freeze(&soon, &later)]), [Reported, Frozen, Expired]),
        (json!([freeze(&past, &day(-50)), freeze(&soon, "")]), [Expired, Frozen, Frozen]),
    ];
    let assets = histories.iter().map(|(measures, _)| house(measures, &json!([]))).collect();
    reports(&world.portugal().focal_point(), &name, assets).await.unwrap();
    for (moment, days) in [0, 15, 30].into_iter().enumerate() {
        world.set_clock_ahead(Duration::days(days)).await;
        let expected: Vec<_> = histories.iter().map(|(_, states)| states[moment]).collect();
        for who in [world.portugal().focal_point(), world.registry().officer(), world.portuguese_authority()]
        {
            let read = who.reads(&name).await.unwrap();
            assert_eq!(read.state(), WireState::ExecutedInPart, "which no day changes");
            let states: Vec<_> = who.holds(&name).await.iter().map(Asset::state).collect();
            assert_eq!(states, expected, "after {days} days, for {}", who.login);
        }
    }
}

#[tokio::test]
async fn each_report_adds_to_the_ones_before() {
    let world = World::new().await;
    let portugal = world.portugal().focal_point();
    let name = world.in_state(State::Executing).await;
    let first =
        reports(&portugal, &name, json!([house(&json!([freeze("2008-07-02", "")]), &json!([]))])).await;
    let first = first.unwrap();
    let authority = world.portuguese_authority();
    let both = reports(&authority, &name, json!([house(&json!([]), &json!([]))])).await.unwrap();
    assert_eq!((both.len(), &both[0]), (2, &first[0]));
    let measure = &both[0].measures[0].name;
    assert!(measure.starts_with(&format!("{}/measures/", both[0].name)), "{measure}");
    // A report without anything new says how far it is.
    let with = json!({ "outcome": "EXECUTION_OUTCOME_EXECUTED", "note": "That was all." });
    let done = portugal.acts(Rpc::ReportExecution, &name, with).await.unwrap();
    assert_eq!((done.state(), portugal.holds(&name).await), (WireState::Executed, both));
}

#[tokio::test]
async fn money_is_exact_and_has_the_decimals_of_its_currency() {
    let world = World::new().await;
    let name = world.in_state(State::Executing).await;
    let amounts = [
        ("EUR", "1624240.27", "1624240.27"),
        ("EUR", "0.1", "0.10"),
        ("EUR", "0", "0.00"),
        ("USD", "30150", "30150.00"),
        ("XAF", "1500000", "1500000"),
        ("JPY", "1", "1"),
        ("KWD", "1.5", "1.500"),
        ("KWD", "0.001", "0.001"),
        ("CLF", "1.2345", "1.2345"),
        ("EUR", "99999999999999999999.99", "99999999999999999999.99"),
        ("XAF", "99999999999999999999", "99999999999999999999"),
    ];
    let valuations: Vec<_> = amounts.iter().map(|(currency, sent, _)| worth(currency, sent)).collect();
    let asset = house(&json!([]), &valuations.into());
    reports(&world.portugal().focal_point(), &name, json!([asset])).await.unwrap();
    for who in [world.portugal().focal_point(), world.registry().officer()] {
        let read = who.holds(&name).await;
        let mut values = who.lists(Rpc::ListValuations, json!({ "parent": read[0].name })).await.unwrap();
        values.reverse();
        let values: Vec<_> = values.iter().map(|valuation| valuation["value"].clone()).collect();
        let expected =
            amounts.map(|(currency, _, read)| json!({ "currency_code": currency, "amount": read }));
        assert_eq!(values, expected, "for {}", who.login);
    }
}

#[tokio::test]
async fn money_that_would_be_rounded_is_refused() {
    let world = World::new().await;
    let (portugal, name) = (world.portugal().focal_point(), world.in_state(State::Executing).await);
    for (currency, amount, field) in [
        ("XAF", "1.0", "amount"),
        ("EUR", "0.001", "amount"),
        ("KWD", "0.0001", "amount"),
        ("EUR", "100000000000000000000", "amount"),
        ("EUR", "-1", "amount"),
        ("EUR", "1e3", "amount"),
        ("EUR", "1,000.00", "amount"),
        ("EUR", "١", "amount"),
        ("XXX", "1", "currency_code"),
        ("eur", "1", "currency_code"),
    ] {
        let asset = house(&json!([]), &json!([worth(currency, amount)]));
        let told = reports(&portugal, &name, json!([asset])).await.unwrap_err();
        assert_eq!(fields(&told), [format!("assets[0].valuations[0].value.{field}")], "{currency} {amount}");
    }
}
