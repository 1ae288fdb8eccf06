//! The spouse's claim to half of a flat: disposal hold, upheld in part, share excluded.

use focalnet_contract::{
    Rpc,
    proto::{Share, asset::State, claim},
};
use serde_json::{Value, json};
use tonic::Code;

use super::{BOTH, ceases, disposition, euros, executed, half, house};
use crate::{
    support::{refusals::refused, world::World},
    wire::fields,
};

fn step(claim: &str, state: &str, day: &str) -> Value {
    json!({ "claim": claim, "state": state, "decision_date": day })
}

/// Scenario 5. Disposal hold from the claim on; it is upheld in part, and that share is excluded.
#[tokio::test]
async fn the_spouse_claims_half_and_gets_a_quarter() {
    let world = World::new().await;
    let (name, asset) = executed(&world, house("")).await;
    let portugal = world.portugal().focal_point();
    let claim = json!({ "claim": {
        "claimant": "His wife", "right": "RIGHT_SPOUSE_SHARE", "share": half(), "forum": "FORUM_NATIONAL",
        "lodged_date": "2009-01-15",
    }});
    let read = portugal.does_to(&asset.name, Rpc::RecordClaim, claim).await.unwrap();
    assert!(read.disposal_hold);
    let claim = read.claims[0].name.clone();

    let sale = json!({
        "sale_date": "2009-02-01", "proceeds": { "currency_code": "EUR", "amount": "1.00" }, "national_reference": "1",
        "reason": "In haste", "holder": "The treasury",
    });
    let told = refused(portugal.does_to(&asset.name, Rpc::RecordSale, sale).await);
    assert_eq!(told, (Code::FailedPrecondition, "DISPOSAL_HOLD".into()), "nobody sells what somebody claims");

    let officer = world.registry().officer();
    let early = refused(
        officer
            .does_to(&asset.name, Rpc::DecideClaim, step(&claim, "STATE_UNDER_REVIEW", "2009-02-01"))
            .await,
    );
    assert_eq!(early.0, Code::PermissionDenied, "a national forum is the State's to report");
    let skipped = refused(
        portugal.does_to(&asset.name, Rpc::DecideClaim, step(&claim, "STATE_FINAL", "2009-02-01")).await,
    );
    assert_eq!(skipped, (Code::FailedPrecondition, "WRONG_STATE".into()));

    portugal
        .does_to(&asset.name, Rpc::DecideClaim, step(&claim, "STATE_UNDER_REVIEW", "2009-02-01"))
        .await
        .unwrap();
    let mut upheld = step(&claim, "STATE_UPHELD_IN_PART", "2010-03-01");
    upheld["upheld"] = json!({ "numerator": 1, "denominator": 4 });
    portugal.does_to(&asset.name, Rpc::DecideClaim, upheld).await.unwrap();
    let read = portugal
        .does_to(&asset.name, Rpc::DecideClaim, step(&claim, "STATE_FINAL", "2010-06-01"))
        .await
        .unwrap();
    assert_eq!(read.claims[0].state(), claim::State::Final);
    assert_eq!(read.claims[0].excluded, Some(Share { numerator: 1, denominator: 4 }));
    assert!(!read.disposal_hold);
    assert_eq!(read.state(), State::Frozen, "the rest stays frozen");
    assert_eq!(read.remaining, Some(Share { numerator: 3, denominator: 4 }));
    assert_eq!(read.equity, Some(euros("300000.00")));

    // And the rest is released share by share once the obligation has ended.
    let told = refused(
        portugal
            .does_to(&asset.name, Rpc::RecordDisposition, disposition("KIND_RELEASED", "2018-07-01"))
            .await,
    );
    assert_eq!(told, (Code::FailedPrecondition, "WRONG_STATE".into()), "the obligation still holds");
    ceases(&world, &name, &[0], &BOTH, "STATUS_ACQUITTED").await;
    let mut a_half = disposition("KIND_RELEASED", "2018-07-01");
    a_half["disposition"]["share"] = half();
    let read = portugal.does_to(&asset.name, Rpc::RecordDisposition, a_half.clone()).await.unwrap();
    assert_eq!(read.remaining, Some(Share { numerator: 1, denominator: 4 }));
    assert_eq!(read.state(), State::Frozen);
    let told = portugal.does_to(&asset.name, Rpc::RecordDisposition, a_half).await.unwrap_err();
    assert_eq!(crate::wire::fields(&told), ["disposition.share"], "more than is left");
    let read = portugal
        .does_to(&asset.name, Rpc::RecordDisposition, disposition("KIND_RELEASED", "2018-08-01"))
        .await
        .unwrap();
    assert_eq!((read.state(), read.remaining), (State::Released, None));
    world.assets_are_up_to_date().await;
}

/// RS 109(2): the value is recovered elsewhere only once an order on the thing itself cannot be carried out.
#[tokio::test]
async fn a_value_substitute_presupposes_an_order_on_the_original() {
    let world = World::new().await;
    let (name, asset) = executed(&world, house("")).await;
    let (portugal, officer) = (world.portugal().focal_point(), world.registry().officer());
    let mut instead = house("");
    instead["value_substitute_for"] = asset.name.as_str().into();
    let told = portugal.reports_asset(&name, instead.clone()).await.unwrap_err();
    assert_eq!(fields(&told), ["asset.value_substitute_for"]);
    let report = json!({ "outcome": "EXECUTION_OUTCOME_EXECUTED", "assets": [instead] });
    let told = portugal.acts(Rpc::ReportExecution, &name, report.clone()).await.unwrap_err();
    assert_eq!(fields(&told), ["assets[0].value_substitute_for"]);

    let forfeited = disposition("KIND_FORFEITURE_ORDERED", "2018-07-01");
    officer.does_to(&asset.name, Rpc::RecordDisposition, forfeited).await.unwrap();
    let found = portugal.reports_asset(&name, instead).await.unwrap();
    assert_eq!(found.value_substitute_for, asset.name);
    portugal.acts(Rpc::ReportExecution, &name, report).await.unwrap();
}
