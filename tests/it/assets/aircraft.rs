//! The aircraft that loses its value at an airport.

use focalnet_contract::{
    Rpc,
    proto::{AssetType, asset::State},
};
use rust_decimal::Decimal;
use serde_json::json;

use super::{count, euros, executed, status, total, value};
use crate::support::{
    samples::{Things, sample},
    world::World,
};

/// Scenario 6. Yearly valuations fall, parking is an extraordinary cost after a clarification, the sale is authorized, cash replaces it.
#[tokio::test]
async fn an_aircraft_is_sold_before_it_is_worth_nothing() {
    let world = World::new().await;
    let aircraft = json!({
        "type": "ASSET_TYPE_AIRCRAFT", "jurisdiction": "PT", "description": "A Boeing 727-100 at Faro", "persons": [0],
        "identifiers": [{ "kind": "KIND_REGISTRATION_MARK", "value": "9T-PEM" }], "holder": "The airport of Faro",
        "measures": [{ "kind": "KIND_SEIZURE", "national_reference": "119/08", "start_date": "2008-06-02", "end_date": "2100-01-01" }],
        "valuations": [value("2008-06-02", "1200000.00")],
    });
    let (name, asset) = executed(&world, aircraft).await;
    let (portugal, officer) = (world.portugal().focal_point(), world.registry().officer());
    for (day, euros) in [("2009-06-02", "900000.00"), ("2010-06-02", "400000.00")] {
        portugal
            .does_to(&asset.name, Rpc::RecordValuation, json!({ "valuation": value(day, euros) }))
            .await
            .unwrap();
    }

    let mut parking = json!({ "cost": {
        "kind": "KIND_STORAGE", "amount": { "currency_code": "EUR", "amount": "187000.00" }, "due_date": "2010-12-31",
        "extraordinary": true, "bearer": "BEARER_COURT", "description": "Parking since 2 June 2008",
    }});
    let told = portugal.does_to(&asset.name, Rpc::RecordCost, parking.clone()).await.unwrap_err();
    assert_eq!(crate::wire::fields(&told), ["cost.agreed_in"], "the Court bears what it agreed to");
    let things = Things { request: portugal.reads(&name).await.unwrap(), ..Things::default() };
    let thread =
        portugal.call(Rpc::OpenClarification, sample(Rpc::OpenClarification, &things)).await.unwrap();
    parking["cost"]["agreed_in"] = thread.get_field_by_name("name").unwrap().as_str().unwrap().into();
    portugal.does_to(&asset.name, Rpc::RecordCost, parking).await.unwrap();
    let unpaid = json!({ "parent": name, "filter": "unpaid = true" });
    assert_eq!(officer.lists(Rpc::ListAssets, unpaid.clone()).await.unwrap().len(), 1);
    let of_case = status(&officer, &world, json!({})).await;
    assert_eq!(total(&of_case).unpaid[0].amount, Some(euros("187000.00")));
    let paid = json!({ "number": 1, "paid_date": "2011-02-01" });
    portugal.does_to(&asset.name, Rpc::SettleCost, paid).await.unwrap();
    assert_eq!(officer.lists(Rpc::ListAssets, unpaid).await.unwrap().len(), 0);

    let before = status(&officer, &world, json!({})).await;
    let line = before.assets.iter().find(|line| line.asset == asset.name).unwrap();
    assert_eq!(
        (line.first_value.clone(), line.value.clone()),
        (Some(euros("1200000.00")), Some(euros("400000.00")))
    );

    let sale = json!({
        "sale_date": "2011-03-01", "proceeds": { "currency_code": "EUR", "amount": "350000.00" },
        "national_reference": "Tribunal de Faro 4/11", "reason": "It loses half its value each year",
        "holder": "The treasury", "location": "Lisbon",
    });
    let cash = portugal.does_to(&asset.name, Rpc::RecordSale, sale.clone()).await.unwrap();
    assert_eq!((cash.r#type(), cash.state()), (AssetType::Cash, State::Seized));
    assert_eq!(cash.proceeds_of, asset.name);
    assert_eq!(cash.equity, Some(euros("350000.00")));
    let (was, is) = (&asset.measures[0], &cash.measures[0]);
    assert_eq!(
        (&was.national_reference, &was.end_date, was.kind),
        (&is.national_reference, &is.end_date, is.kind)
    );
    let sold = officer.reads_asset(&asset.name).await.unwrap();
    assert_eq!(sold.state(), State::Sold, "the original is kept");
    portugal.does_to(&asset.name, Rpc::RecordSale, sale).await.unwrap_err();

    let after = status(&officer, &world, json!({})).await;
    let sum = |overview: &focalnet_contract::proto::AssetOverview| {
        total(overview).values[0].amount.as_ref().unwrap().amount.parse::<Decimal>().unwrap()
    };
    let less = sum(&before) - sum(&after);
    assert_eq!(less, Decimal::from(50_000), "the proceeds count in its place, and it counts no more");
    assert!(count(total(&after).measures_in_force.as_ref()) > 0);
}
