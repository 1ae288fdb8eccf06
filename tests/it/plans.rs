//! How the database answers what is asked of assets, once there are many of them: by indexes, whoever asks.

use std::collections::BTreeSet;

use focalnet_contract::Rpc;
use focalnet_domain::organization::Role;
use focalnet_load::Size;
use serde_json::{Value, json};
use tonic_types::StatusExt as _;

use crate::{
    statements::{counted, statements},
    support::{
        actor::Clients,
        ledger::{run, text},
        load::LoadedWorld,
        samples::{Read, Things, sample},
        world::World,
    },
};

/// Enough for an index to be worth its while, and no more than takes a few seconds.
const SIZE: Size = Size { requests: 16_000, assets_per_request: 4, cases: 320, states: 100, seed: 1 };

/// Tables that grow, but that are so small after the load that nobody would take an index to them.
const SMALL: &[&str] = &[
    "allocation",
    "approval",
    "asset_share",
    "case_member",
    "case_person",
    "cost_settlement",
    "court_case",
    "order_change",
    "order_recovery",
];

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
        for rpc in [Rpc::ListFreezingRequests, Rpc::ListCases, Rpc::ListOrders, Rpc::ListApprovals] {
            ask(rpc, json!({}));
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

/// The rows that the nodes of a plan have looked at in a table.
fn looked_at(plans: &[Value], table: &str) -> f64 {
    let mut all = Vec::new();
    for plan in plans {
        nodes(&plan["Plan"], &mut all);
    }
    let of_table =
        all.iter().filter(|node| node["Relation Name"] == table && node["Node Type"] != "ModifyTable");
    let number = |node: &Value, field: &str| node[field].as_f64().unwrap_or_default();
    let rows = of_table.map(|node| {
        (number(node, "Actual Rows") + number(node, "Rows Removed by Filter")) * number(node, "Actual Loops")
    });
    rows.sum()
}

/// An asset that has been held for a thousand years: reading it and acting on it looks at the newest of its values, costs
/// and shares, at what the act is about, and at no more.
#[tokio::test]
async fn of_an_old_asset_no_more_is_read_than_is_told() {
    let many = LoadedWorld::new(&Size { requests: 40, cases: 2, ..SIZE }).await;
    let (state, mut things) = many.world.things_for(Rpc::RecordValuation).await;
    let asset = things.asset.name.clone();
    many.world.ages(&asset, 12_000).await;
    let measure = things.measure.clone();
    for (rpc, with, most) in [
        (Rpc::GetAsset, json!({ "name": asset }), 25.0),
        (
            Rpc::GetAsset,
            json!({ "name": asset, "as_of_date": "2009-01-01", "known_date": "2100-01-01" }),
            25.0,
        ),
        (Rpc::ListAssets, json!({ "parent": things.request.name }), 60.0),
        (Rpc::ListValuations, json!({ "parent": asset }), 60.0),
        (Rpc::ListCosts, json!({ "parent": asset }), 60.0),
        (Rpc::ListMeasureChanges, json!({ "parent": measure }), 60.0),
        (Rpc::RecordValuation, sample(Rpc::RecordValuation, &things), 25.0),
        (Rpc::RecordCost, sample(Rpc::RecordCost, &things), 25.0),
        (Rpc::SettleCost, sample(Rpc::SettleCost, &things), 25.0),
    ] {
        let mut message = with;
        if message.get("etag").is_some() {
            things.asset.etag = state.reads_asset(&asset).await.unwrap().etag;
            message["etag"] = things.asset.etag.clone().into();
        }
        let plans = many.plans(&state, rpc, message).await;
        for table in ["valuation", "cost", "measure_change", "asset_share"] {
            let rows = looked_at(&plans, table);
            assert!(rows <= most, "{rpc:?} looks at {rows} rows of {table}");
        }
    }
}

/// Whoever reads or writes in a long thread, the database looks only at as many entries as are told, each
/// time the first ones that an index gives.
#[tokio::test]
async fn of_a_long_thread_no_more_is_read_than_is_told() {
    let many = LoadedWorld::new(&Size { requests: 40, cases: 2, ..SIZE }).await;
    let (world, portugal) = (&many.world, many.world.portugal().focal_point());
    let request = portugal.reads(&world.transmitted(&world.portugal()).await).await.unwrap();
    let known = Things { request, ..Things::default() };
    let opened = portugal.call(Rpc::OpenClarification, sample(Rpc::OpenClarification, &known)).await.unwrap();
    let thread = text(&opened, "name");
    world.grows(&thread, 20_000, 20).await;
    let officer = world.registry().officer();
    let read = officer.call(Rpc::GetClarification, json!({ "name": thread })).await.unwrap();
    let clarification = Read { name: thread.clone(), etag: text(&read, "etag") };
    let known = Things { clarification, ..known };
    let page = officer.call(Rpc::ListMessages, json!({ "parent": thread })).await.unwrap();
    let next = json!({ "parent": thread, "page_token": text(&page, "next_page_token") });
    for (rpc, message, indexes) in [
        (Rpc::ListMessages, json!({ "parent": thread }), &["ix_clarification_message_time"][..]),
        (Rpc::ListMessages, next, &["ix_clarification_message_time"]),
        (Rpc::GetClarification, json!({ "name": thread }), &["pk_clarification_message"; 2]),
        (Rpc::ListClarifications, json!({ "parent": known.request.name }), &["pk_clarification_message"; 2]),
        (
            Rpc::ListClarifications,
            json!({ "parent": "freezingRequests/-" }),
            &["pk_clarification_message"; 2],
        ),
        (
            Rpc::ReplyToClarification,
            sample(Rpc::ReplyToClarification, &known),
            &["pk_clarification_message"; 2],
        ),
    ] {
        let plans = many.plans(&officer, rpc, message).await;
        let mut all = Vec::new();
        for plan in &plans {
            nodes(&plan["Plan"], &mut all);
        }
        let of_entries = |node: &Value| {
            node["Relation Name"] == "clarification_message" && node["Node Type"] != "ModifyTable"
        };
        assert_eq!(all.iter().filter(|node| of_entries(node)).count(), indexes.len(), "{rpc:?}");
        let limited = all.iter().filter(|node| node["Node Type"] == "Limit");
        let found = limited.map(|node| &node["Plans"][0]).filter(|node| of_entries(node));
        let found: Vec<_> = found.map(|node| node["Index Name"].as_str().unwrap_or_default()).collect();
        assert_eq!(found, indexes, "{rpc:?}");
    }
}

impl World {
    /// Adds versions to a request that has one, as if each had been sent.
    async fn amended_in_the_database(&self, request: &str, versions: i32) {
        let mut owner = self.database_as("postgres").await;
        let id = request.rsplit_once('/').unwrap().1;
        let rows = format!(
            "INSERT INTO request_version (request_id, number, content, changed_paths, reason, transmit_time, transmission,
                content_sha256)
             SELECT request_id, n, content, '{{grounds}}', 'New facts', transmit_time, transmission, content_sha256
             FROM request_version, generate_series(2, {versions}) n WHERE request_id = '{id}'"
        );
        run(&mut owner, &rows).await.unwrap();
        run(&mut owner, "ANALYZE").await.unwrap();
    }
}

/// Whoever reads or acts, of a request with many versions the database looks at the newest, and at the
/// version that is asked for.
#[tokio::test]
async fn of_many_versions_no_more_is_read_than_is_told() {
    let many = LoadedWorld::new(&Size { requests: 40, cases: 2, ..SIZE }).await;
    let (world, portugal) = (&many.world, many.world.portugal().focal_point());
    let name = world.transmitted(&world.portugal()).await;
    world.amended_in_the_database(&name, 5_000).await;
    let request = portugal.reads(&name).await.unwrap();
    assert_eq!((request.version_count, request.versions.len()), (5_000, 5));
    let acknowledge = sample(Rpc::AcknowledgeFreezingRequest, &Things { request, ..Things::default() });
    let officer = world.registry().officer();
    let page = portugal.call(Rpc::ListVersions, json!({ "parent": name })).await.unwrap();
    let next = json!({ "parent": name, "page_token": text(&page, "next_page_token") });
    for (who, rpc, message, most) in [
        (&portugal, Rpc::ListVersions, json!({ "parent": name }), 60.0),
        (&portugal, Rpc::ListVersions, next, 60.0),
        (&portugal, Rpc::GetFreezingRequest, json!({ "name": name }), 10.0),
        (&officer, Rpc::GetFreezingRequest, json!({ "name": name, "version_number": 7 }), 10.0),
        (&portugal, Rpc::ListFreezingRequests, json!({}), 10.0),
        (&portugal, Rpc::AcknowledgeFreezingRequest, acknowledge, 10.0),
    ] {
        let rows = looked_at(&many.plans(who, rpc, message).await, "request_version");
        assert!(rows <= most, "{rpc:?} looks at {rows} versions");
    }
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
            // Of nothing nothing more is read.
            assert!(sent.len() <= statements(rpc), "{rpc:?} of {case:?}: {sent:#?}");
        }
    }
}
