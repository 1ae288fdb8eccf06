//! When it happened, and when it became known.

use focalnet_contract::{Rpc, proto::asset::State};
use serde_json::json;

use super::{BOTH, ceases, count, executed, house, status, total, value};
use crate::support::world::World;

/// On 3 March 2027 the house was frozen, as far as was known on 10 March; on 20 March the State told that the freeze had been
/// lifted on 1 March.
#[tokio::test]
async fn what_was_frozen_on_a_day_is_told_as_it_was_known_on_another() {
    let world = World::new().await;
    let (_, asset) = executed(&world, house("")).await;
    world.turns_to("2027-03-20").await;
    let lift = json!({ "measure": asset.measures[0].name, "lift_date": "2027-03-01", "reason": "An error in the register" });
    world.portugal().focal_point().does_to(&asset.name, Rpc::LiftMeasure, lift).await.unwrap();

    let officer = world.registry().officer();
    let told = async |day: &str, known: &str| {
        let message = json!({ "name": asset.name, "as_of_date": day, "known_date": known });
        let read: focalnet_contract::proto::Asset =
            officer.call(Rpc::GetAsset, message).await.unwrap().transcode_to().unwrap();
        read.state()
    };
    assert_eq!(told("2027-03-03", "2027-03-10").await, State::Frozen);
    assert_eq!(told("2027-03-03", "2027-03-20").await, State::Lifted);
    assert_eq!(told("2027-02-28", "2027-03-20").await, State::Frozen, "the day before it was");

    let in_force = async |known: &str| {
        let of_case =
            status(&officer, &world, json!({ "as_of_date": "2027-03-03", "known_date": known })).await;
        count(total(&of_case).measures_in_force.as_ref())
    };
    assert_eq!(in_force("2027-03-10").await, in_force("2027-03-20").await + 1, "the case tells the same");

    let of_request = async |known: &str| {
        let asked =
            json!({ "parent": asset.freezing_request, "as_of_date": "2027-03-03", "known_date": known });
        let found = officer.lists(Rpc::ListAssets, asked).await.unwrap();
        found
            .into_iter()
            .find(|found| found["name"] == asset.name.as_str())
            .map(|found| found["state"].clone())
    };
    assert_eq!(of_request("2027-03-10").await.unwrap(), "STATE_FROZEN", "and so does its request");
    assert_eq!(of_request("2027-03-20").await.unwrap(), "STATE_LIFTED");
    assert_eq!(of_request("2020-01-01").await, None, "nobody knew of it");
}

/// The acquittal of June became known to the State's dossier in December only.
#[tokio::test]
async fn before_an_acquittal_was_told_the_obligation_held_as_far_as_anybody_knew() {
    let world = World::new().await;
    let (name, _) = executed(&world, house("")).await;
    world.turns_to("2027-03-05").await;
    ceases(&world, &name, &[0], &BOTH, "STATUS_ACQUITTED").await;
    let officer = world.registry().officer();
    let outstanding = async |known: &str| {
        let of_case =
            status(&officer, &world, json!({ "as_of_date": "2027-03-01", "known_date": known })).await;
        (count(total(&of_case).releases_outstanding.as_ref()), of_case.purposes.len())
    };
    let (before, purposes) = outstanding("2027-03-04").await;
    assert_eq!((before, purposes), (0, 2));
    let (after, purposes) = outstanding("2027-03-05").await;
    assert!(after >= 1 && purposes == 0, "{after} {purposes}");
}

#[tokio::test]
async fn what_was_not_yet_known_is_not_there() {
    let world = World::new().await;
    let (_, asset) = executed(&world, house("")).await;
    let officer = world.registry().officer();
    let message = json!({ "name": asset.name, "known_date": "2020-01-01" });
    assert_eq!(officer.call(Rpc::GetAsset, message).await.unwrap_err().code(), tonic::Code::NotFound);
    let before = status(&officer, &world, json!({ "known_date": "2020-01-01" })).await;
    assert_eq!(total(&before).count, 0);
}

/// Every value is kept, and the newest for a day is the one that counts.
#[tokio::test]
async fn values_are_a_series() {
    let world = World::new().await;
    let (_, asset) = executed(&world, house("")).await;
    let portugal = world.portugal().focal_point();
    for (day, euros) in
        [("2010-06-01", "350000.00"), ("2012-06-01", "250000.00"), ("2011-06-01", "300000.00")]
    {
        portugal
            .does_to(&asset.name, Rpc::RecordValuation, json!({ "valuation": value(day, euros) }))
            .await
            .unwrap();
    }
    let read = portugal.reads_asset(&asset.name).await.unwrap();
    assert_eq!(read.valuations.len(), 4);
    assert!(read.valuations.iter().all(|value| value.event.starts_with("events/")));
    assert_eq!(read.equity.unwrap().amount, "250000.00");
    let message = json!({ "name": asset.name, "as_of_date": "2011-12-31" });
    let then: focalnet_contract::proto::Asset =
        portugal.call(Rpc::GetAsset, message).await.unwrap().transcode_to().unwrap();
    assert_eq!(then.equity.unwrap().amount, "300000.00");
}
