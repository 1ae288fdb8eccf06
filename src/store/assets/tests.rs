//! Every field of an asset is kept: one of which everything is said is saved and read again.

use chrono::NaiveDate;
use focalnet_contract::Rpc;
use focalnet_domain::{
    asset::{
        Asset, AssetShare, Cost, Fact, NewAsset, Parent, Recorded, act::Change, claim::Claim,
        cost::Settlement,
    },
    journal::Audience,
    names::{AssetId, ClaimId, EventId, FreezingRequestId, OrderId, OrganizationId, UserId},
    organization::{Kind, Role},
};
use sea_orm::ConnectionTrait as _;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::*;
use crate::{
    authz::{Actor, Permit, authorize, policy::Relation},
    cluster::{Cluster, Options, scratch_folder},
    runtime,
    store::{Entrant, Store},
};

/// Rows that these refer to are not made.
const ALONE: &str = "DO $$ DECLARE c record; BEGIN
    FOR c IN SELECT conrelid::regclass AS t, conname FROM pg_constraint WHERE contype = 'f' LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.t, c.conname);
    END LOOP; END $$";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn of<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

fn recorded(minute: u32) -> Recorded {
    let create_time = format!("2026-01-02T03:{minute:02}:05.678901Z").parse().unwrap();
    Recorded { create_time, event: EventId::random() }
}

fn share() -> Value {
    json!({ "numerator": 2, "denominator": 3 })
}

fn money(amount: &str) -> Value {
    json!({ "currency_code": "EUR", "amount": amount })
}

/// What can be said of an asset when it is reported. What is given as a lead only is shared with nobody.
fn reported(lead_only: bool) -> NewAsset {
    of(json!({
        "type": "vessel", "jurisdiction": "PT", "description": "A yacht", "location": "Lagos",
        "identifiers": [{ "kind": "imo", "value": "9074729" }], "holder": "The harbour", "persons": [1],
        "measures": [{
            "kind": "seizure", "national_reference": "12/08", "authority": "A court", "start_date": "2026-01-01",
            "end_date": "2026-06-01", "share": share(), "reminder_date": "2026-05-01",
        }],
        "valuations": [{
            "value": money("99999999999999999999.99"), "valuation_date": "2026-01-02", "method": "appraisal",
            "appraiser": "A valuer", "converted_from": {
                "amount": { "currency_code": "XAF", "amount": "655957" }, "rate": "0.0015", "rate_date": "2026-01-01",
                "source": "A bank",
            },
        }],
        "ownerships": [{
            "layer": "legal_owner", "from_date": "2020-01-01",
            "owners": [{ "display_name": "He", "position": 1, "share": { "numerator": 1, "denominator": 1 } }],
        }],
        "encumbrances": [{
            "kind": "mortgage", "creditor": "A bank", "amount": money("3.50"), "rank": 1, "from_date": "2020-01-01",
            "end_date": "2030-01-01",
        }],
        "value_substitute_for": AssetId::random(), "lead_only": lead_only,
    }))
}

/// What is said of it later, each with what the store is told.
fn later(asset: &mut Asset) -> Vec<Change> {
    let measure = asset.measures[0].name;
    let renewal = of(json!({
        "kind": "renewed", "end_date": "2027-06-01", "reminder_date": "2027-05-01", "national_reference": "13/08",
        "reason": "It goes on",
    }));
    asset.measures[0].changes.push(Fact::new(renewal, recorded(1)));
    let thread = asset
        .freezing_request
        .map(|request| format!("{request}/clarifications/{}", focalnet_domain::ids::new()));
    let cost = of(json!({
        "kind": "storage", "amount": money("7.25"), "due_date": "2026-01-03", "extraordinary": true, "bearer": "court",
        "agreed_in": thread, "paid_date": "2026-01-04", "description": "A month",
    }));
    let settlement = Some(Fact::new(Settlement { paid_date: day("2026-01-05") }, recorded(3)));
    asset.costs.push(Cost { number: 1, facts: cost, settlement, recorded: recorded(2) });
    let claim = ClaimId { parent: asset.name, id: focalnet_domain::ids::new() };
    let facts = of(json!({
        "claimant": "His wife", "right": "co_ownership", "share": share(), "amount": money("8.00"),
        "forum": "national", "lodged_date": "2026-01-06", "acquisition_date": "2025-01-01",
        "acquisition_price": money("9.00"), "evidence": "A deed",
    }));
    let decision = of(json!({
        "state": "upheld_in_part", "decision_date": "2026-01-07", "reference": "14/08", "upheld": share(),
    }));
    let decisions = vec![Fact::new(decision, recorded(5))];
    asset.claims.push(Claim { name: claim, facts, decisions, recorded: recorded(4) });
    let realised = of(json!({
        "kind": "realised", "disposition_date": "2026-01-08", "reason": "It was sold", "national_reference": "15/08",
        "share": share(), "proceeds": money("10.00"),
    }));
    asset.dispositions.push(Fact::new(realised, recorded(6)));
    let allocation = of(json!({
        "purpose": "reparations", "amount": money("5.00"), "decision_date": "2026-01-09", "reference": "ICC-Pres-1",
        "counts_as": { "currency_code": "USD", "amount": "6.00" }, "rate_source": "A bank",
    }));
    asset.allocations.push(Fact::new(allocation, recorded(7)));
    let mut changes = vec![
        Change::MeasureChange(measure),
        Change::Cost,
        Change::Settlement(1),
        Change::Claim,
        Change::ClaimDecision(claim),
        Change::Disposition,
        Change::Allocations(1),
    ];
    if !asset.lead_only {
        asset.shares.push(AssetShare {
            recipient: OrganizationId::random(),
            purpose: "To find more".to_owned(),
            revoke_reason: Some("Nothing was found".to_owned()),
            revoke_time: Some(recorded(9).create_time),
            recorded: recorded(8),
        });
        changes.push(Change::Share);
    }
    changes
}

/// The places in some JSON where nothing is said.
fn unsaid(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (key, field) in fields {
                unsaid(field, &format!("{path}.{key}"), found);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                unsaid(item, path, found);
            }
        }
        value if [json!(null), json!(""), json!([]), json!(0), json!(false)].contains(value) => {
            found.push(path.to_owned());
        }
        _ => {}
    }
}

fn permit() -> Permit {
    let actor = Actor {
        user: UserId::random(),
        display_name: "A. Nother".to_owned(),
        organization: OrganizationId::random(),
        kind: Kind::State,
        roles: vec![Role::FocalPoint],
        session: focalnet_domain::ids::new(),
        restricted: false,
        now: recorded(0).create_time,
    };
    authorize(&actor, Rpc::GetAsset, Relation::None).unwrap()
}

#[tokio::test]
async fn an_asset_of_which_everything_is_said_is_read_as_it_was_saved() {
    let cluster =
        tokio::task::spawn_blocking(|| Cluster::start(&Options::throwaway(scratch_folder()), &|_| {}));
    let database = runtime::Database::of(cluster.await.unwrap().unwrap()).await.unwrap();
    database.migrate(&|_| {}).await.unwrap();
    let store = Store::connect(&database.owner_url, 1).await.unwrap();
    let (tx, _) = store.begin(Entrant::Nobody).await.unwrap();
    tx.tx.execute_unprepared(ALONE).await.unwrap();

    let (request, order) = (FreezingRequestId::random(), OrderId::random());
    for (parent, empty) in [
        (Parent::Request(request), &[".lead_only", ".order"][..]),
        (Parent::Order(order), &[".costs.agreed_in", ".freezing_request", ".shares"]),
    ] {
        let mut asset = Asset::new(parent, &reported(matches!(parent, Parent::Order(_))), recorded(0));
        asset.proceeds_of = Some(AssetId::random());
        let permit = permit();
        tx.insert_assets(&permit, (0, &[]), std::slice::from_ref(&asset), [7; 32]).await.unwrap();
        let changes = later(&mut asset);
        let mut nothing = Vec::new();
        unsaid(&json!(asset), "", &mut nothing);
        nothing.sort();
        assert_eq!(nothing, empty, "say something of it here");
        tx.save_asset(&permit, &asset, &changes, (Audience::Shared, [8; 32])).await.unwrap();

        for facts in [Facts::All, Facts::on(day("2026-01-10"))] {
            let select = select(facts).filter(asset::Column::Id.eq(asset.name.0));
            let row = select.into_model::<Found>().one(&tx.tx).await.unwrap().unwrap();
            let (read, heads) = rows::asset(row.asset.0).unwrap();
            assert_eq!(read, asset);
            assert_eq!((heads.shared, heads.issuer), ([8; 32], None));
        }
    }
    drop(tx);
    store.close().await.unwrap();
}
