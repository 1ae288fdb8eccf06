//! How the database answers what is asked of assets, once there are many of them: by indexes, whoever asks.

use std::collections::BTreeSet;

use focalnet_contract::Rpc;
use focalnet_domain::organization::Role;
use focalnet_load::Size;
use serde_json::{Value, json};
use tonic_types::StatusExt as _;

use crate::{
    statements::{counted, statements},
    support::{actor::Clients, load::LoadedWorld, world::World},
};

/// Enough for an index to be worth its while, and no more than takes a few seconds.
const SIZE: Size = Size { requests: 16_000, assets_per_request: 4, cases: 320, states: 100, seed: 1 };

/// Tables that grow, but that are so small after the load that nobody would take an index to them.
const SMALL: &[&str] =
    &["approval", "clarification", "clarification_message", "court_case", "order_recovery", "order_work"];

/// What can be asked of a list of assets, beside its parent.
const FILTERS: &[&str] = &[
    "",
    "type = ASSET_TYPE_AIRCRAFT",
    "jurisdiction = AD",
    "ends_by = 2020-01-01",
    "renew_by = 2020-01-01",
    "valued_before = 2020-01-01",
    "unpaid = true",
    "claimed = true",
    "unsettled = true",
    "outlived = true",
];

/// Everything that reads many assets, and who asks for it: an officer of all cases, one of a single case, an
/// investigator, a State in the middle and an authority.
async fn questions(many: &LoadedWorld) -> Vec<(String, Clients, Rpc, Value)> {
    let middle = |role| {
        let of_role: Vec<_> = many.loaded.people.iter().filter(|somebody| somebody.role == role).collect();
        of_role[of_role.len() / 2].login.as_str()
    };
    let (state, authority) = (middle(Role::FocalPoint), middle(Role::AuthorityUser));
    let logins = ["load.officer", "load.newcomer", "load.otp", state, authority];
    let (first, last) = (&many.loaded.cases[0], &many.loaded.cases[many.loaded.cases.len() - 1]);
    let mut questions = Vec::new();
    for login in logins {
        let who = many.somebody(login).await;
        let mut ask = |rpc, message| questions.push((login.to_owned(), who.clone(), rpc, message));
        let mut filters: Vec<_> = FILTERS.iter().map(|filter| (*filter).to_owned()).collect();
        if login != state && login != authority {
            let case = if login == "load.newcomer" { last } else { first };
            ask(Rpc::GetCaseAssetStatus, json!({ "name": case.name.to_string() }));
            ask(Rpc::GetPatrimony, json!({ "name": case.person.to_string() }));
            filters.extend([first, last].map(|case| format!("case = {}", case.name)));
        }
        for filter in filters {
            ask(Rpc::ListAssets, json!({ "parent": "freezingRequests/-", "filter": filter }));
        }
    }
    let officer = many.somebody("load.officer").await;
    for (parent, size) in
        [(first.request.to_string(), 2), (first.order.to_string(), 2), ("freezingRequests/-".into(), 7)]
    {
        let message = json!({ "parent": parent, "page_size": size });
        let page = officer.call(Rpc::ListAssets, message.clone()).await.unwrap();
        let token = page.get_field_by_name("next_page_token").unwrap();
        let mut next = message.clone();
        next["page_token"] = token.as_str().unwrap().into();
        questions.push(("load.officer".into(), officer.clone(), Rpc::ListAssets, message));
        questions.push(("load.officer".into(), officer.clone(), Rpc::ListAssets, next));
    }
    questions
}

/// The nodes of a plan.
fn nodes<'a>(plan: &'a Value, found: &mut Vec<&'a Value>) {
    found.push(plan);
    for child in plan["Plans"].as_array().into_iter().flatten() {
        nodes(child, found);
    }
}

#[tokio::test]
async fn no_plan_reads_a_table_from_end_to_end_that_grows() {
    let many = LoadedWorld::new(&SIZE).await;
    let (growing, small) = many.growing().await;
    assert_eq!(small, SMALL, "the load fills every table that grows, or it is named");
    let mut wrong = Vec::new();
    for (login, who, rpc, message) in questions(&many).await {
        let plans = many.plans(&who, rpc, message.clone()).await;
        let mut all = Vec::new();
        for plan in &plans {
            assert_eq!(plan.get("JIT"), None, "{login} {rpc:?} {message}");
            nodes(&plan["Plan"], &mut all);
        }
        let whole = all.iter().filter(|node| node["Node Type"] == "Seq Scan");
        for node in whole.filter(|node| growing.iter().any(|table| node["Relation Name"] == table.as_str())) {
            wrong.push(format!("{login} {rpc:?} {message}: {} {}", node["Relation Name"], node["Filter"]));
        }
        // Who sees nearly everything pages by time, and a later page begins where the one before ended.
        if login == "load.officer" && message["page_size"] == 7 {
            let by_time: Vec<_> = all.iter().filter(|node| node["Index Name"] == "ix_asset_time").collect();
            assert_eq!(by_time.len(), 1, "{message}");
            assert_eq!(
                by_time[0].get("Index Cond").is_some(),
                message.get("page_token").is_some(),
                "{message}"
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A field that is added to the list is asked about here, too.
#[tokio::test]
async fn every_field_of_the_list_is_asked_about() {
    let world = World::new().await;
    let list = json!({ "parent": "freezingRequests/-", "filter": "nothing = 1" });
    let told = world.registry().officer().call(Rpc::ListAssets, list).await.unwrap_err();
    let details = told.get_error_details();
    let text = &details.bad_request().unwrap().field_violations[0].description;
    let known: BTreeSet<_> = text.split_once("fields: ").unwrap().1.split(", ").collect();
    let asked = FILTERS.iter().filter_map(|filter| Some(filter.split_once(" = ")?.0));
    assert_eq!(asked.chain(["case"]).collect::<BTreeSet<_>>(), known);
}

/// For a case with one request and for one with hundreds.
#[tokio::test]
async fn the_number_of_statements_does_not_grow() {
    let many = LoadedWorld::new(&Size { requests: 400, assets_per_request: 2, cases: 2, ..SIZE }).await;
    assert_eq!(many.loaded.cases.iter().map(|case| case.requests).collect::<Vec<_>>(), [399, 1]);
    let officer = many.somebody("load.officer").await;
    for case in [&many.loaded.cases[0], &many.loaded.cases[many.loaded.cases.len() - 1]] {
        for (rpc, message) in [
            (Rpc::GetCaseAssetStatus, json!({ "name": case.name.to_string() })),
            (Rpc::GetPatrimony, json!({ "name": case.person.to_string() })),
            (Rpc::ListAssets, json!({ "parent": case.request.to_string() })),
            (Rpc::ListAssets, json!({ "parent": case.order.to_string() })),
        ] {
            let (_, sent) = counted(&many.world, &officer, rpc, message).await;
            assert_eq!(sent.len(), statements(rpc), "{rpc:?} of {case:?}: {sent:#?}");
        }
    }
}
