//! Members of a case and decisions about an order: the newest five are shown, all are counted, and the lists have the rest.

use focalnet_contract::{Rpc, proto::Case};
use serde_json::{Value, json};

use crate::support::{actor::Actor, cast::Org, ledger::text, new_id, samples::elsewhere, world::World};

async fn read(who: &Actor, case: &str) -> Case {
    who.call(Rpc::GetCase, json!({ "name": case })).await.unwrap().transcode_to().unwrap()
}

async fn all(who: &Actor, rpc: Rpc, parent: &str, field: &str) -> Vec<String> {
    let entries = who.lists(rpc, json!({ "parent": parent, "page_size": 2 })).await.unwrap();
    entries.iter().map(|entry| entry[field].as_str().unwrap().to_owned()).collect()
}

/// Eight people are assigned to a new case; one of the first leaves, and then one of the last.
#[tokio::test]
async fn members_of_a_case_are_shown_and_counted() {
    let world = World::new().await;
    let (officer, admin) = (world.registry().officer(), world.registry().admin());
    let new =
        json!({ "situation_number": "ICC-01/04", "case_number": "ICC-01/04-01/07", "display_name": "One" });
    let case = officer.call(Rpc::CreateCase, json!({ "case": new, "request_id": new_id() })).await.unwrap();
    let case = text(&case, "name");
    let mut members = vec![officer.name.clone()];
    for number in 1..=8 {
        let user = json!({
            "organization": world.cast().organization(Org::Otp), "login": format!("otp.{number}"),
            "display_name": format!("Investigator {number}"),
        });
        let user =
            admin.call(Rpc::CreateUser, json!({ "user": user, "request_id": new_id() })).await.unwrap();
        let assign = json!({ "user": text(&user, "name") });
        acts(&officer, Rpc::AssignMember, &case, assign.clone()).await.unwrap();
        members.push(text(&user, "name"));
        let again = acts(&officer, Rpc::AssignMember, &case, assign).await.unwrap_err();
        assert_eq!(again.code(), tonic::Code::AlreadyExists);
    }
    for leaves in [1, 7] {
        let left = members.remove(leaves);
        let unassign = json!({ "user": left, "reason": "Moved on" });
        let told = acts(&officer, Rpc::UnassignMember, &case, unassign.clone()).await.unwrap();
        let shown = read(&officer, &case).await;
        assert_eq!(told.members, shown.members, "the answer of an act is what is read afterwards");
        assert_eq!((shown.member_count, told.member_count), (8 - i32::from(leaves == 7), shown.member_count));
        let names: Vec<_> = shown.members.iter().map(|member| member.user.as_str()).collect();
        assert_eq!(names, members[members.len() - 5..]);
        let mut listed = all(&officer, Rpc::ListMembers, &case, "user").await;
        listed.reverse();
        assert_eq!(listed, members);
        let gone = acts(&officer, Rpc::UnassignMember, &case, unassign).await.unwrap_err();
        assert_eq!(gone.code(), tonic::Code::FailedPrecondition);
    }
    for parent in [case.clone(), elsewhere(&case)] {
        let stranger = world.portugal().focal_point();
        let told = stranger.lists(Rpc::ListMembers, json!({ "parent": parent })).await.unwrap_err();
        assert_eq!(told.code(), tonic::Code::NotFound);
    }
}

async fn acts(who: &Actor, rpc: Rpc, case: &str, mut with: Value) -> Result<Case, tonic::Status> {
    with["name"] = case.into();
    with["etag"] = read(who, case).await.etag.into();
    with["request_id"] = new_id().into();
    Ok(who.call(rpc, with).await?.transcode_to().unwrap())
}

/// A Chamber modifies its order seven times.
#[tokio::test]
async fn decisions_about_an_order_are_shown_and_counted() {
    let world = World::new().await;
    let (officer, order) = (world.registry().officer(), world.cast().order.clone());
    let number = |number: i32| format!("ICC-01/05-01/08-5{number}");
    for n in 1..=7 {
        let decision = json!({ "document_number": number(n), "summary": format!("Decision {n}") });
        let told: focalnet_contract::proto::Order =
            world.decides(Rpc::ModifyOrder, decision).await.unwrap().transcode_to().unwrap();
        assert_eq!(told.change_count, n);
        let read = world.order_read_by(&officer.clients).await;
        assert_eq!((&read.changes, read.change_count), (&told.changes, n));
        let shown: Vec<_> = read.changes.iter().map(|change| change.document_number.clone()).collect();
        assert_eq!(shown, ((n - 4).max(1)..=n).map(number).collect::<Vec<_>>());
    }
    let listed = all(&officer, Rpc::ListOrderChanges, &order, "summary").await;
    assert_eq!(listed, (1..=7).rev().map(|n| format!("Decision {n}")).collect::<Vec<_>>());
    let in_list = officer.lists(Rpc::ListOrders, json!({})).await.unwrap();
    let same = in_list.iter().find(|listed| listed["name"] == order.as_str()).unwrap();
    assert_eq!((same["change_count"].as_i64(), same["changes"].as_array().unwrap().len()), (Some(7), 5));
    for parent in [order.clone(), elsewhere(&order)] {
        let stranger = world.portugal().focal_point();
        let told = stranger.lists(Rpc::ListOrderChanges, json!({ "parent": parent })).await.unwrap_err();
        assert_eq!(told.code(), tonic::Code::NotFound);
    }
}
