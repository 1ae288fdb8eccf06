//! What the Court itself holds: seized at an arrest, under an order, without a request to a State.

use focalnet::{
    authz::Rpc,
    grpc::proto::{Custody, asset::State},
};
use serde_json::json;
use tonic::Code;

use super::{count, status, total};
use crate::support::{refusals::refused, world::World};

#[tokio::test]
async fn money_found_at_an_arrest_is_kept_by_the_registry() {
    let world = World::new().await;
    let (officer, order) = (world.registry().officer(), world.cast().order.clone());
    let cash = json!({
        "type": "ASSET_TYPE_CASH", "jurisdiction": "NL", "description": "Banknotes found at the arrest",
        "holder": "The Registry",
        "measures": [{ "kind": "KIND_SEIZURE", "national_reference": "ICC-01/05-01/08-8", "start_date": "2008-07-03" }],
        "valuations": [{
            "value": { "currency_code": "USD", "amount": "4500.00" }, "valuation_date": "2008-07-03", "method": "METHOD_BOOK",
        }],
    });
    let asset = officer.reports_asset(&order, cash.clone()).await.unwrap();
    assert_eq!((asset.order.as_str(), asset.freezing_request.as_str()), (order.as_str(), ""));
    assert_eq!((asset.state(), asset.custody()), (State::Seized, Custody::Court));
    let interest = json!({ "cost": {
        "kind": "KIND_INTEREST", "amount": { "currency_code": "USD", "amount": "12.00" }, "due_date": "2009-01-01",
    }});
    officer.does_to(&asset.name, Rpc::RecordCost, interest).await.unwrap();

    let of_case = status(&officer, &world, json!({})).await;
    assert_eq!(total(&of_case).count, 1);
    assert_eq!(of_case.states[0].display_name, "The Court");
    assert_eq!(count(total(&of_case).measures_in_force.as_ref()), 1);

    // The Chamber reads it and does nothing; for a State there is no such thing.
    world.chamber().judge().reads_asset(&asset.name).await.unwrap();
    let told = refused(world.chamber().legal_officer().reports_asset(&order, cash.clone()).await);
    assert_eq!(told.0, Code::PermissionDenied);
    for stranger in [world.portugal().focal_point(), world.belgium().focal_point()] {
        assert_eq!(refused(stranger.reads_asset(&asset.name).await).0, Code::NotFound);
        assert_eq!(refused(stranger.reports_asset(&order, cash.clone()).await).0, Code::NotFound);
    }
}
