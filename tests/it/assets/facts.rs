//! Facts as the field has them: money that is no more, days where it is later, numbers that look wrong.

use chrono::{Days, NaiveDate};
use focalnet_contract::{Rpc, proto::Person};
use focalnet_domain::{clock, clock::Clock};
use serde_json::{Value, json};
use tonic::Code;
use tonic_types::StatusExt as _;

use super::{executed, house};
use crate::support::{refusals::refused, world::World};

fn worth(currency: &str, amount: &str, day: NaiveDate) -> Value {
    json!({ "valuation": {
        "value": { "currency_code": currency, "amount": amount }, "valuation_date": day.to_string(),
        "method": "METHOD_MARKET",
    }})
}

/// What was wrong with a call, by field.
fn violations(status: &tonic::Status) -> Vec<(String, String)> {
    let details = status.get_error_details();
    let told = details.bad_request().map(|told| told.field_violations.clone()).unwrap_or_default();
    told.into_iter().map(|one| (one.field, one.description)).collect()
}

/// The latest day on Earth now.
fn latest() -> NaiveDate {
    clock::latest_day(Clock.now(chrono::Duration::zero()))
}

#[tokio::test]
async fn money_that_is_no_more_was_money() {
    let world = World::new().await;
    let (_, asset) = executed(&world, house("")).await;
    let portugal = world.portugal().focal_point();
    let day = NaiveDate::from_ymd_opt(1998, 5, 4).unwrap();
    for (currency, amount, shown) in
        [("DEM", "1000.5", "1000.50"), ("SDD", "7", "7.00"), ("ITL", "250000", "250000"), ("PTE", "5", "5")]
    {
        let read =
            portugal.does_to(&asset.name, Rpc::RecordValuation, worth(currency, amount, day)).await.unwrap();
        let values = read.valuations.iter().filter_map(|valuation| valuation.value.as_ref());
        assert!(
            values.clone().any(|value| value.currency_code == currency && value.amount == shown),
            "{currency}"
        );
    }
    let refusal =
        refused(portugal.does_to(&asset.name, Rpc::RecordValuation, worth("ITL", "1.5", day)).await);
    assert_eq!(refusal.0, Code::InvalidArgument);
}

/// In Kiribati it is a day later than in London for most of the day: what happened there is reported there at once.
#[tokio::test]
async fn today_is_where_it_is_latest() {
    let world = World::new().await;
    let (_, asset) = executed(&world, house("")).await;
    let portugal = world.portugal().focal_point();
    let today = latest();
    portugal.does_to(&asset.name, Rpc::RecordValuation, worth("EUR", "1.00", today)).await.unwrap();
    let later = today + Days::new(2);
    let status =
        portugal.does_to(&asset.name, Rpc::RecordValuation, worth("EUR", "1.00", later)).await.unwrap_err();
    let [(field, text)] = &violations(&status)[..] else { unreachable!("{status}") };
    assert_eq!(field, "valuation.valuation_date");
    assert!(text.starts_with("is in the future: the latest day anywhere on Earth is "), "{text}");

    // What is dated where it is later counts at once: nobody sells a thing twice.
    let sale = json!({
        "sale_date": today.to_string(), "proceeds": { "currency_code": "EUR", "amount": "1.00" },
        "national_reference": "1", "reason": "It rots", "holder": "The treasury",
    });
    portugal.does_to(&asset.name, Rpc::RecordSale, sale.clone()).await.unwrap();
    let again = refused(portugal.does_to(&asset.name, Rpc::RecordSale, sale).await);
    assert_eq!(again, (Code::FailedPrecondition, "WRONG_STATE".into()));
}

#[tokio::test]
async fn a_number_that_looks_wrong_is_taken_with_a_warning() {
    let world = World::new().await;
    let mut car = house("");
    car["type"] = "ASSET_TYPE_VEHICLE".into();
    car["identifiers"] = json!([
        { "kind": "KIND_BIC", "value": "ABNAANCU" },
        { "kind": "KIND_PLATE", "value": "AA-00-BB" },
        { "kind": "KIND_VIN", "value": "1M8GDM9A0KP042788" },
    ]);
    let (name, asset) = executed(&world, car).await;
    let portugal = world.portugal().focal_point();
    let told = |asset: &focalnet_contract::proto::Asset| {
        asset.warnings.iter().map(|warning| warning.field.clone()).collect::<Vec<_>>()
    };
    let expected = ["identifiers[0].value", "identifiers[2].value"];
    assert_eq!(told(&asset), expected);
    // Whoever reads it is told, too.
    assert_eq!(told(&portugal.reads_asset(&asset.name).await.unwrap()), expected);
    let list = world.registry().officer().lists_assets(&name).await.unwrap();
    let listed = list.iter().find(|listed| listed.name == asset.name).unwrap();
    assert_eq!(told(listed), expected);
    assert!(asset.warnings[0].description.contains("its country is no more"), "{:?}", asset.warnings);
}

#[tokio::test]
async fn nobody_is_born_in_a_year_to_come() {
    let world = World::new().await;
    let officer = world.registry().officer();
    let year = (latest() + Days::new(400)).format("%Y").to_string();
    let person = Person { family_name: "N.".into(), birth_date: year, ..Person::default() };
    let add = focalnet_contract::proto::AddPersonRequest {
        parent: world.cast().case.clone(),
        person: Some(person),
        request_id: crate::support::new_id(),
    };
    let status = officer.cases().add_person(add).await.unwrap_err();
    let [(field, _)] = &violations(&status)[..] else { unreachable!("{status}") };
    assert_eq!(field, "person.birth_date");
}
