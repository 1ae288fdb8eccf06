//! Lists: pages, tokens, filters.

use std::collections::BTreeSet;

use focalnet_contract::Rpc;
use prost_reflect::Value;
use serde_json::json;
use tonic::Code;

use super::{
    but,
    crowd::{List, crowd},
    methods, takes,
};
use crate::{
    support::{asking::complaints, cast::Org, new_id, refusals::why, waiting::pages, world::World},
    wire::{fields, opened, reason},
};

/// Calls a list, which must refuse because of this field.
async fn refuses(list: &List, message: serde_json::Value, field: &str) {
    let told = list.reader.call(list.rpc, message.clone()).await;
    let told = told.map(|_| message.to_string()).unwrap_err();
    assert_eq!(
        why(&told),
        (Code::InvalidArgument, "INVALID_ARGUMENT".into()),
        "{:?} with {message}",
        list.rpc
    );
    assert_eq!(fields(&told), [field], "{:?} with {message}", list.rpc);
    reason(&told);
}

#[tokio::test]
async fn no_list_is_left_out() {
    let world = World::new().await;
    let tried: BTreeSet<_> = crowd(&world).await.iter().map(|list| list.rpc.names()).collect();
    let all: BTreeSet<_> = methods().filter(|rpc| takes(*rpc, "page_size")).map(Rpc::names).collect();
    assert_eq!(tried, all);
}

fn instant(item: &Value, field: &str) -> (i64, i32) {
    let item = item.as_message().unwrap();
    let time = item.get_field_by_name(field).unwrap();
    let part = |name| time.as_message().unwrap().get_field_by_name(name).unwrap().into_owned();
    (part("seconds").as_i64().unwrap(), part("nanos").as_i32().unwrap())
}

#[tokio::test]
async fn pages_of_any_size_give_each_entry_once_newest_first() {
    let world = World::new().await;
    for list in crowd(&world).await {
        let who = format!("{:?} by {}", list.rpc, list.reader.login);
        let (all, next) = opened(&list.reader.call(list.rpc, list.page(200, "")).await.unwrap());
        assert!(all.len() >= 4 && next.is_empty(), "{who}: {} entries", all.len());
        if let Some(time) = list.time {
            let newest_first = all.is_sorted_by(|a, b| instant(a, time) >= instant(b, time));
            assert!(newest_first, "{who}");
        }
        for size in 1..=3_usize {
            let walked = pages(async |token| {
                let page = list.page(size.try_into().unwrap(), &token);
                let (items, next) = opened(&list.reader.call(list.rpc, page).await?);
                assert!(items.len() == size || next.is_empty(), "{who}: only the last page is short");
                assert!(!items.is_empty(), "{who}: no page is empty");
                Ok((items, next))
            });
            assert!(walked.await.unwrap() == all, "{who} in pages of {size}");
        }
    }
}

#[tokio::test]
async fn a_size_is_from_one_to_two_hundred_and_fifty_when_nothing_is_said() {
    let world = World::new().await;
    for list in crowd(&world).await {
        for size in [-1, 201, i32::MIN, i32::MAX] {
            refuses(&list, list.page(size, ""), "page_size").await;
        }
    }
    let admin = world.registry().admin();
    for number in 0..50 {
        let user = json!({
            "organization": world.cast().organization(Org::Otp), "login": format!("otp.{number}"),
            "display_name": "Somebody",
        });
        admin.call(Rpc::CreateUser, json!({ "user": user, "request_id": new_id() })).await.unwrap();
    }
    let first = admin.call(Rpc::ListUsers, json!({})).await.unwrap();
    let (users, next) = opened(&first);
    assert_eq!(users.len(), 50);
    let (rest, _) = opened(&admin.call(Rpc::ListUsers, json!({ "page_token": next })).await.unwrap());
    assert!(!rest.is_empty() && rest.iter().all(|user| !users.contains(user)));
}

#[tokio::test]
async fn a_page_token_is_for_its_reader_and_its_list() {
    let world = World::new().await;
    let lists = crowd(&world).await;
    let mut tokens = Vec::new();
    for list in &lists {
        let (_, token) = opened(&list.reader.call(list.rpc, list.page(1, "")).await.unwrap());
        assert!(!token.is_empty());
        tokens.push(token);
    }
    for (number, (list, token)) in lists.iter().zip(&tokens).enumerate() {
        let page = list.page(1, token);
        let others = List { reader: list.other.clone(), ..list_again(list) };
        refuses(&others, page.clone(), "page_token").await;
        if list.takes_filters() {
            refuses(list, but(&page, "filter", list.filter.as_str()), "page_token").await;
        }
        let foreign = &tokens[(number + 1) % tokens.len()];
        refuses(list, list.page(1, foreign), "page_token").await;
        for tampered in tampered(token) {
            refuses(list, list.page(1, &tampered), "page_token").await;
        }
        // None of this has spent it, and the size of the pages is free.
        list.reader.call(list.rpc, list.page(3, token)).await.unwrap();
    }
}

fn list_again(list: &List) -> List {
    List {
        rpc: list.rpc,
        reader: list.reader.clone(),
        other: list.other.clone(),
        parent: list.parent.clone(),
        filter: list.filter.clone(),
        time: list.time,
    }
}

fn tampered(token: &str) -> Vec<String> {
    let flipped = |at: usize| {
        let mut bytes = token.as_bytes().to_vec();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        String::from_utf8(bytes).unwrap()
    };
    vec![
        "x".into(),
        flipped(0),
        flipped(token.len() / 2),
        flipped(token.len() - 2),
        token[1..].into(),
        token[..token.len() - 1].into(),
        format!("{token}A"),
        format!("{token}="),
        token.to_lowercase(),
        token.repeat(2),
    ]
}

#[tokio::test]
async fn a_filter_names_fields_of_its_list() {
    let world = World::new().await;
    for list in crowd(&world).await.into_iter().filter(List::takes_filters) {
        let page = list.page(200, "");
        for filter in [
            "nothing = x",
            "name = x",
            "state",
            "state =",
            "= x",
            "state = STATE_NEVER",
            "requested_state = organizations/x",
            "case = cases/1",
            "kind != KIND_STATE",
            "' OR 1=1 --",
        ] {
            refuses(&list, but(&page, "filter", filter), "filter").await;
        }
        let twice = format!("{0} AND {0}", list.filter);
        refuses(&list, but(&page, "filter", twice), "filter").await;
        let filtered = list.reader.call(list.rpc, but(&page, "filter", list.filter.as_str())).await.unwrap();
        let (found, _) = opened(&filtered);
        let (all, _) = opened(&list.reader.call(list.rpc, page).await.unwrap());
        assert!(!found.is_empty(), "{:?}", list.rpc);
        assert!(found.iter().all(|item| all.contains(item)), "{:?}", list.rpc);
    }
}

/// A person writes a word as a table, a flag or the contract has shown it.
#[tokio::test]
async fn a_word_of_a_filter_is_taken_in_every_spelling() {
    let world = World::new().await;
    let officer = world.registry().officer();
    let listed = async |rpc, filter: String| officer.lists(rpc, json!({ "filter": filter })).await;
    let states = listed(Rpc::ListOrganizations, "kind = KIND_STATE".into()).await.unwrap();
    assert!(states.len() > 1);
    for spelling in ["state", "State", "kind-state", "\"KIND state\""] {
        assert_eq!(listed(Rpc::ListOrganizations, format!("kind = {spelling}")).await.unwrap(), states);
    }
    for spelling in ["executed-in-part", "EXECUTED_IN_PART", "state_executed_in_part", "\"executed in part\""]
    {
        listed(Rpc::ListFreezingRequests, format!("state = {spelling}")).await.unwrap();
    }
    let told = listed(Rpc::ListFreezingRequests, "state = partly".into()).await.unwrap_err();
    let [(field, description)] = &complaints(&told)[..] else { unreachable!("{told:?}") };
    assert_eq!(field, "filter");
    assert!(description.contains("executed-in-part") && !description.contains('_'), "{description}");
}
