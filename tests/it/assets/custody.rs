//! What the Court itself holds: seized at an arrest, under an order, without a request to a State.

use focalnet_contract::{
    Rpc,
    proto::{Custody, asset::State},
};
use serde_json::{Value, json};
use tonic::Code;
use tonic_types::StatusExt as _;

use super::{count, disposition, patrimony, status, total};
use crate::support::{cast::Org, refusals::refused, world::World};

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

/// What is found on somebody at an arrest.
fn banknotes(of: &[i32]) -> Value {
    json!({
        "type": "ASSET_TYPE_CASH", "jurisdiction": "NL", "description": "Banknotes", "holder": "The Registry",
        "persons": of,
        "measures": [{ "kind": "KIND_SEIZURE", "national_reference": "ICC-01/05-01/08-8", "start_date": "2008-07-03" }],
    })
}

/// An order names several persons, and each seizure is of somebody: it counts in the patrimony of whose it is, and its
/// obligation ends with the proceedings against that person and no other.
#[tokio::test]
async fn what_was_seized_from_each_person_ends_with_the_proceedings_against_that_person() {
    let world = World::new().await;
    let (officer, counsel) = (world.registry().officer(), world.chamber().legal_officer());
    let other = json!({ "parent": world.cast().case, "person": {
        "family_name": "Mbala", "given_names": "Aimé", "warrant_date": "2008-05-01",
    }});
    let other = officer.asks(Rpc::AddPerson, other).await.unwrap()["name"].as_str().unwrap().to_owned();
    let persons = [world.cast().person.clone(), other.clone()];
    let order = json!({ "order": {
        "case": world.cast().case, "document_number": "ICC-01/05-01/08-12",
        "chamber": world.cast().organization(Org::Chamber), "decision_date": "2008-06-01",
        "classification": "CLASSIFICATION_UNDER_SEAL", "measures": ["MEASURE_TRACE", "MEASURE_FREEZE"], "summary": "To seize at the arrest.", "persons": persons,
        "purposes": ["PURPOSE_KIND_FORFEITURE", "PURPOSE_KIND_REPARATIONS"],
    }});
    let order = counsel.asks(Rpc::RecordOrder, order).await.unwrap()["name"].as_str().unwrap().to_owned();
    let his = officer.reports_asset(&order, banknotes(&[0])).await.unwrap().name;
    let others = officer.reports_asset(&order, banknotes(&[1])).await.unwrap().name;
    let told = officer.reports_asset(&order, banknotes(&[2])).await.unwrap_err().get_error_details();
    assert_eq!(told.bad_request().unwrap().field_violations[0].field, "asset.persons[0]");

    for (person, asset) in [(&persons[0], &his), (&persons[1], &others)] {
        let all = patrimony(&officer, person).await;
        assert_eq!(all.assets.iter().map(|line| &line.asset).collect::<Vec<_>>(), [asset], "{person}");
    }
    world.stands(&other, "STATUS_ACQUITTED").await;
    let of_case = status(&officer, &world, json!({})).await;
    let open = of_case.persons.iter().map(|group| {
        (
            group.display_name.as_str(),
            count(group.releases_outstanding.as_ref()),
            count(group.outlived.as_ref()),
        )
    });
    assert_eq!(open.collect::<Vec<_>>(), [("Jean Paul Ngoma", 0, 0), ("Aimé Mbala", 1, 1)]);
    let unsettled = json!({ "parent": order, "filter": "unsettled = true" });
    let listed = officer.lists(Rpc::ListAssets, unsettled).await.unwrap();
    assert_eq!(
        listed.iter().map(|asset| asset["name"].as_str().unwrap()).collect::<Vec<_>>(),
        [others.as_str()]
    );
    let released = disposition("KIND_RELEASED", "2018-06-10");
    assert_eq!(
        refused(officer.does_to(&his, Rpc::RecordDisposition, released.clone()).await).0,
        Code::FailedPrecondition
    );
    officer.does_to(&others, Rpc::RecordDisposition, released).await.unwrap();
    let read = officer.asks(Rpc::GetOrder, json!({ "name": order })).await.unwrap();
    let ends: Vec<_> = read["named_persons"]
        .as_array()
        .unwrap()
        .iter()
        .map(|named| {
            named["purposes"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|purpose| purpose["end_date"].as_str().is_some_and(|day| !day.is_empty()))
                .count()
        })
        .collect();
    assert_eq!(ends, [0, 2]);
}
