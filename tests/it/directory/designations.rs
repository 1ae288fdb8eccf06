//! Who speaks for a State: designated with days, ended, and known on any day afterwards.

use focalnet_contract::{Rpc, proto::ListFocalPointsRequest};
use focalnet_domain::organization::Role;
use serde_json::{Value, json};
use tonic::{Code, Status};

use crate::support::{
    actor::Clients,
    asking::{column, fields},
    cast::Org,
    refusals::{refused, why},
    waiting::pages,
    world::World,
};

fn designation(capacity: &str, authority: &str, start: &str) -> Value {
    json!({ "capacity": format!("CAPACITY_{capacity}"), "contact": { "authority": authority }, "start_date": start })
}

async fn designates(who: &Clients, state: &str, designation: Value) -> Result<Value, Status> {
    who.asks(Rpc::DesignateFocalPoint, json!({ "parent": state, "designation": designation })).await
}

/// The entry of a State on a day.
pub(super) async fn on(who: &Clients, state: &str, day: &str) -> Value {
    let message = json!({ "parent": state, "as_of_date": day });
    who.lists(Rpc::ListFocalPoints, message).await.unwrap().remove(0)
}

/// The authorities in a list of designations.
pub(super) fn authorities(designations: &Value) -> Vec<&str> {
    let contacts = designations.as_array().into_iter().flatten().map(|designation| &designation["contact"]);
    column(contacts, "authority")
}

#[tokio::test]
async fn who_spoke_for_a_state_on_a_day_is_known_ever_after() {
    let world = World::new().await;
    let (portugal, state) = (world.portugal(), world.portugal().name());
    designates(&portugal.focal_point(), state, designation("FOCAL_POINT", "First", "2020-01-01"))
        .await
        .unwrap();
    designates(&portugal.admin(), state, designation("DEPUTY_FOCAL_POINT", "Deputy", "2021-01-01"))
        .await
        .unwrap();
    let officer = world.registry().officer();
    let entry =
        designates(&officer, state, designation("FOCAL_POINT", "Second", "2022-01-01")).await.unwrap();
    let first = &entry["designations"][0];
    assert_eq!(first["contact"]["authority"], "First");
    let end = |etag: &Value, day: &str| json!({ "name": first["name"], "etag": etag, "end_date": day });
    let focal_point = portugal.focal_point();
    let entry = focal_point.asks(Rpc::EndDesignation, end(&entry["etag"], "2022-06-01")).await.unwrap();

    for (day, expected) in [
        ("2019-12-31", &[][..]),
        ("2020-01-01", &["First"]),
        ("2021-01-01", &["First", "Deputy"]),
        ("2022-01-01", &["First", "Second", "Deputy"]),
        ("2022-05-31", &["First", "Second", "Deputy"]),
        ("2022-06-01", &["Second", "Deputy"]),
    ] {
        for who in [&portugal.deputy().clients, &officer.clients] {
            let entry = on(who, state, day).await;
            assert_eq!(authorities(&entry["focal_points"]), expected, "{day}");
            assert_eq!(
                authorities(&entry["designations"]),
                ["First", "Deputy", "Second"],
                "all of them, {day}"
            );
        }
    }

    for (day, expected) in [("", &["Second", "Deputy", "First"][..]), ("2022-06-01", &["Second", "Deputy"])] {
        let message = json!({ "parent": state, "as_of_date": day, "page_size": 1 });
        let listed = officer.lists(Rpc::ListDesignations, message).await.unwrap();
        assert_eq!(authorities(&json!(listed)), expected, "what was recorded last first, {day}");
    }

    let told = focal_point.asks(Rpc::EndDesignation, end(&entry["etag"], "2023-01-01")).await;
    assert_eq!(refused(told), (Code::FailedPrecondition, "WRONG_STATE".into()));
    let told = focal_point.asks(Rpc::EndDesignation, end(&json!("\"never\""), "2023-01-01")).await;
    assert_eq!(refused(told), (Code::Aborted, "STALE".into()));
    let told = focal_point.asks(Rpc::EndDesignation, end(&entry["etag"], "2019-12-31")).await.unwrap_err();
    assert_eq!(fields(&told), ["end_date"]);
    let events = officer.events(state).await.unwrap();
    let acts: Vec<_> = events.iter().map(|event| event.act.as_str()).collect();
    assert_eq!(
        acts,
        ["designate_focal_point", "designate_focal_point", "designate_focal_point", "end_designation"]
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_designation_is_named() {
    let world = World::new().await;
    let focal_point = world.portugal().focal_point();
    for (change, field) in [
        (json!({ "contact": {} }), "designation.contact"),
        (json!({ "contact": { "authority": "X", "email": "nobody" } }), "designation.contact.email"),
        (json!({ "end_date": "2020-01-01" }), "designation.end_date"),
        (json!({ "start_date": "" }), "designation.start_date"),
        (json!({ "capacity": "CAPACITY_UNSPECIFIED" }), "designation.capacity"),
    ] {
        let mut wrong = designation("FOCAL_POINT", "Ministry", "2020-01-01");
        wrong.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let told = designates(&focal_point, world.portugal().name(), wrong).await.unwrap_err();
        assert_eq!((told.code(), fields(&told)), (Code::InvalidArgument, vec![field.to_owned()]));
    }
}

#[tokio::test]
async fn the_registry_finds_the_states_without_a_focal_point() {
    let world = World::new().await;
    let (portugal, belgium) = (world.portugal(), world.belgium());
    designates(&portugal.focal_point(), portugal.name(), designation("FOCAL_POINT", "M", "2020-01-01"))
        .await
        .unwrap();
    designates(&belgium.admin(), belgium.name(), designation("DEPUTY_FOCAL_POINT", "M", "2020-01-01"))
        .await
        .unwrap();
    let found = async |who: &Clients, filter: &str, day: &str| {
        let message = json!({ "parent": "organizations/-", "filter": filter, "as_of_date": day });
        let mut found = who.lists(Rpc::ListFocalPoints, message).await.unwrap();
        found.sort_by_key(|entry| entry["country_code"].to_string());
        json!(found)
    };
    let codes = |list: &Value| column(list.as_array().unwrap(), "country_code").join(" ");
    let officer = world.registry().officer().clients;
    for (filter, day, expected) in [
        ("focal_point = MISSING", "", "BE CD"),
        ("focal_point = DESIGNATED", "", "PT"),
        ("focal_point = MISSING AND country_code = CD", "", "CD"),
        ("focal_point = MISSING AND country_code = PT", "", ""),
        ("focal_point = MISSING", "2019-12-31", "BE CD PT"),
        ("", "", "BE CD PT"),
    ] {
        assert_eq!(codes(&found(&officer, filter, day).await), expected, "{filter} {day}");
    }
    // A State asks the same of itself.
    let (own, other) = (belgium.focal_point().clients, portugal.focal_point().clients);
    assert_eq!(codes(&found(&own, "focal_point = MISSING", "").await), "BE");
    assert_eq!(codes(&found(&other, "focal_point = MISSING", "").await), "");

    // Page by page, each State once.
    let mut directory = officer.directory();
    let seen = pages(async |page_token| {
        let parent = "organizations/-".into();
        let page = ListFocalPointsRequest { parent, page_size: 1, page_token, ..Default::default() };
        let page = directory.list_focal_points(page).await?.into_inner();
        let codes = page.entries.into_iter().map(|entry| entry.country_code).collect();
        Ok((codes, page.next_page_token))
    });
    let mut seen = seen.await.unwrap();
    seen.sort();
    assert_eq!(seen, ["BE", "CD", "PT"]);
}

#[tokio::test]
async fn only_its_own_people_and_the_registry_designate() {
    let world = World::new().await;
    let (portugal, state) = (world.portugal(), world.portugal().name());
    let may = [Role::FocalPoint, Role::StateAdmin, Role::RegistryCooperationOfficer];
    for who in world.everybody() {
        let told = designates(&who, state, designation("FOCAL_POINT", "M", "2020-01-01")).await;
        let sees = matches!(who.org, Org::Portugal | Org::Registry | Org::Otp | Org::Chamber)
            && who.role != Role::PlatformAdmin;
        match told {
            Ok(_) => assert!(sees && may.contains(&who.role), "{}", who.login),
            Err(told) if sees => {
                assert!(!may.contains(&who.role), "{}", who.login);
                assert_eq!(why(&told), (Code::PermissionDenied, "ROLE_MISSING".into()));
            }
            Err(told) => assert_eq!(why(&told).1, "NOT_FOUND", "{}", who.login),
        }
    }
    // Nor does another State read of it.
    let (belgium, authority) = (world.belgium().focal_point(), world.portuguese_authority());
    for who in [&belgium.clients, &authority.clients] {
        for rpc in [Rpc::ListFocalPoints, Rpc::ListDesignations, Rpc::ListChannels] {
            let told = refused(who.asks(rpc, json!({ "parent": state })).await);
            assert_eq!(told.1, "NOT_FOUND", "{rpc:?}");
        }
        let listed = who.lists(Rpc::ListFocalPoints, json!({ "parent": "organizations/-" })).await.unwrap();
        assert!(!json!(listed).to_string().contains(state));
    }
    assert_eq!(authorities(&on(&portugal.deputy(), state, "2020-01-01").await["focal_points"]).len(), 3);
}
