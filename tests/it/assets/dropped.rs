//! What ends with charges that are dropped, and what stays.

use focalnet_contract::{
    Rpc,
    proto::{Matter, asset::State, freezing_request, request_person::Status},
};
use focalnet_domain::freezing_request::ActKind;
use serde_json::{Value, json};
use tonic::Code;

use super::{count, disposition, house, status, total};
use crate::support::{acts::Deed, refusals::refused, world::World};

fn of(position: i32, what: &str) -> Value {
    let mut asset = house("");
    asset["description"] = what.into();
    asset["persons"] = json!([position]);
    asset
}

/// Scenario 2. Charges against one of two are dropped: the purposes of his assets cease and they are to be released, the
/// other's stay.
#[tokio::test]
async fn the_assets_of_one_of_two_are_free_and_those_of_the_other_are_not() {
    let world = World::new().await;
    let name = world.about_two().await;
    world.performed(&name, &[ActKind::Acknowledge.into(), ActKind::StartExecution.into()]).await;
    world.performed(&name, &[Deed::Report(focalnet_domain::freezing_request::State::Executed)]).await;
    let portugal = world.portugal().focal_point();
    let [his, hers] = [of(0, "His house"), of(1, "Her flat")];
    let his = portugal.reports_asset(&name, his).await.unwrap().name;
    let hers = portugal.reports_asset(&name, hers).await.unwrap().name;
    world.stands(&world.cast().person, "STATUS_LAPSED").await;
    world.all_ended().await;
    let read = portugal.reads(&name).await.unwrap();
    assert_eq!(read.state(), freezing_request::State::Executed, "for the other it holds");
    let purposes = |of: usize| read.persons[of].active_purposes().count();
    assert_eq!((read.persons[0].status(), purposes(0), purposes(1)), (Status::Lapsed, 0, 2));

    let officer = world.registry().officer();
    let of_case = status(&officer, &world, json!({})).await;
    let line = |asset: &str| of_case.assets.iter().find(|line| line.asset == asset).unwrap();
    assert!(line(&his).open().any(|matter| matter == Matter::ReleaseOutstanding));
    assert!(!line(&hers).open().any(|matter| matter == Matter::ReleaseOutstanding));
    assert_eq!(count(total(&of_case).outlived.as_ref()), 1, "a freeze without obligation");
    assert_eq!(of_case.persons.len(), 2);
    // Hers, and the one of which nobody has said whose it is.
    assert_eq!(of_case.purposes.iter().map(|group| group.count).collect::<Vec<_>>(), [2, 2]);
    assert_eq!(total(&of_case).count, 3);

    let released = disposition("KIND_RELEASED", "2018-09-01");
    let told = refused(portugal.does_to(&hers, Rpc::RecordDisposition, released.clone()).await);
    assert_eq!(told, (Code::FailedPrecondition, "WRONG_STATE".into()));
    let read = portugal.does_to(&his, Rpc::RecordDisposition, released).await.unwrap();
    assert_eq!(read.state(), State::Released);
    let after = status(&officer, &world, json!({})).await;
    assert_eq!(count(total(&after).releases_outstanding.as_ref()), 0);
    assert_eq!(officer.reads_asset(&hers).await.unwrap().state(), State::Frozen);
}
