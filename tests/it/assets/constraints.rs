//! What the database refuses of assets, whatever the server does wrong: each check of each table, one row that fits and one
//! that does not.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Executor as _, PgConnection};

use crate::support::{ledger::texts, world::World};

/// A row of each table that breaks nothing but its references.
const ROWS: &[(&str, &str)] = &[
    (
        "asset",
        r#"{"id": "ID", "request_id": "ID", "position": 1, "type": "vessel", "jurisdiction": "PT", "description": "A yacht",
        "identifiers": [], "holder": "He", "requested_state_id": "ID", "create_time": "TIME", "persons": [], "event_id": "ID",
        "head": "\\x00", "lead_only": false, "settled": false, "frozen_days": "{}", "seized_days": "{}"}"#,
    ),
    (
        "measure",
        r#"{"id": "ID", "asset_id": "ID", "position": 1, "kind": "freeze", "national_reference": "1/08",
        "start_date": "2008-06-02", "create_time": "TIME", "event_id": "ID"}"#,
    ),
    (
        "measure_change",
        r#"{"measure_id": "ID", "position": 1, "kind": "renewed", "create_time": "TIME", "event_id": "ID"}"#,
    ),
    (
        "valuation",
        r#"{"asset_id": "ID", "position": 1, "amount": 1, "currency_code": "EUR", "valuation_date": "2008-06-02",
        "method": "book", "create_time": "TIME", "event_id": "ID"}"#,
    ),
    (
        "ownership",
        r#"{"asset_id": "ID", "position": 1, "layer": "holder", "from_date": "2008-06-02",
        "owners": [{"share": {"numerator": 1, "denominator": 3}}, {"share": {"numerator": 2, "denominator": 3}}],
        "create_time": "TIME", "event_id": "ID"}"#,
    ),
    (
        "cost",
        r#"{"asset_id": "ID", "number": 1, "kind": "storage", "amount": 1, "currency_code": "EUR", "due_date": "2008-06-02",
        "extraordinary": false, "bearer": "asset", "create_time": "TIME", "event_id": "ID"}"#,
    ),
    (
        "claim_decision",
        r#"{"claim_id": "ID", "position": 1, "state": "lodged", "decision_date": "2008-06-02", "create_time": "TIME",
        "event_id": "ID"}"#,
    ),
    (
        "disposition",
        r#"{"asset_id": "ID", "position": 1, "kind": "released", "disposition_date": "2018-06-08", "create_time": "TIME",
        "event_id": "ID"}"#,
    ),
    (
        "allocation",
        r#"{"asset_id": "ID", "position": 1, "purpose": "fine", "amount": 1, "currency_code": "EUR",
        "decision_date": "2018-06-08", "reference": "1", "create_time": "TIME", "event_id": "ID"}"#,
    ),
    (
        "asset_share",
        r#"{"asset_id": "ID", "position": 1, "recipient_id": "ID", "purpose": "To know", "create_time": "TIME",
        "event_id": "ID"}"#,
    ),
    ("order_purpose", r#"{"order_id": "ID", "position": 0, "purpose": "fine", "person_id": "ID"}"#),
    (
        "order_recovery",
        r#"{"order_id": "ID", "purpose": "fine", "position": 1, "amount": 10, "currency_code": "EUR", "recovered": 10}"#,
    ),
    (
        "order_work",
        r#"{"event_id": "ID", "request_id": "ID", "order_id": "ID", "ending": {}, "author_id": "ID", "create_time": "TIME",
        "attempts": 0, "next_time": "TIME"}"#,
    ),
    ("request_purpose", r#"{"request_id": "ID", "position": 0, "purpose": "fine", "basis": "RS 77(2)(a)"}"#),
];

/// What breaks each check, laid over the row of its table.
const BREAKS: &[(&str, &str)] = &[
    ("ck_asset_parent", r#"{"order_id": "ID"}"#),
    ("ck_asset_parent", r#"{"request_id": null}"#),
    ("ck_asset_requested_state", r#"{"requested_state_id": null}"#),
    ("ck_asset_type", r#"{"type": "yacht"}"#),
    ("ck_measure_kind", r#"{"kind": "arrest"}"#),
    ("ck_measure_date", r#"{"end_date": "2008-06-01"}"#),
    ("ck_measure_share", r#"{"numerator": 1}"#),
    ("ck_measure_share", r#"{"numerator": 0, "denominator": 2}"#),
    ("ck_measure_share", r#"{"numerator": 3, "denominator": 2}"#),
    ("ck_measure_change_kind", r#"{"kind": "lost", "end_date": "2009-01-01", "reason": "So"}"#),
    ("ck_measure_change_lifted", r#"{"kind": "lifted", "end_date": "2009-01-01"}"#),
    ("ck_measure_change_lifted", r#"{"kind": "lifted", "reason": "So"}"#),
    ("ck_valuation_amount", r#"{"amount": -0.01}"#),
    ("ck_valuation_method", r#"{"method": "guess"}"#),
    ("ck_ownership_layer", r#"{"layer": "friend"}"#),
    (
        "ck_ownership_owners",
        r#"{"owners": [{"share": {"numerator": 1, "denominator": 2}}, {"share": {"numerator": 2, "denominator": 3}}]}"#,
    ),
    ("ck_cost_number", r#"{"number": 0}"#),
    ("ck_cost_kind", r#"{"kind": "bribe"}"#),
    ("ck_cost_amount", r#"{"amount": -1}"#),
    ("ck_cost_bearer", r#"{"bearer": "nobody"}"#),
    ("ck_cost_borne", r#"{"bearer": null}"#),
    ("ck_cost_borne", r#"{"kind": "rent"}"#),
    ("ck_cost_extraordinary", r#"{"bearer": "court"}"#),
    ("ck_claim_decision_state", r#"{"state": "forgotten"}"#),
    ("ck_claim_decision_upheld", r#"{"state": "upheld_in_part"}"#),
    ("ck_claim_decision_upheld", r#"{"numerator": 1, "denominator": 2}"#),
    ("ck_claim_decision_upheld", r#"{"state": "upheld_in_part", "numerator": 3, "denominator": 2}"#),
    ("ck_disposition_kind", r#"{"kind": "forgotten"}"#),
    ("ck_disposition_reason", r#"{"kind": "lost"}"#),
    ("ck_disposition_share", r#"{"numerator": 3, "denominator": 2}"#),
    ("ck_disposition_proceeds", r#"{"kind": "realised"}"#),
    ("ck_disposition_proceeds", r#"{"proceeds": {}}"#),
    ("ck_allocation_amount", r#"{"amount": -1}"#),
    ("ck_allocation_purpose", r#"{"purpose": "party"}"#),
    (
        "ck_allocation_counts_as",
        r#"{"counts_as": -1, "counts_as_currency_code": "USD", "rate_source": "A bank"}"#,
    ),
    ("ck_allocation_rate", r#"{"counts_as": 1, "counts_as_currency_code": "USD"}"#),
    ("ck_asset_share_revoked", r#"{"revoke_time": "2100-01-01T00:00:00Z"}"#),
    ("ck_asset_share_time", r#"{"revoke_time": "2000-01-01T00:00:00Z", "revoke_reason": "So"}"#),
    ("ck_order_purpose_position", r#"{"position": -1}"#),
    ("ck_order_purpose_purpose", r#"{"purpose": "party"}"#),
    ("ck_order_purpose_end", r#"{"end_date": "2018-06-08"}"#),
    ("ck_order_purpose_end", r#"{"end_time": "TIME"}"#),
    ("ck_order_recovery_purpose", r#"{"purpose": "party"}"#),
    ("ck_order_recovery_amount", r#"{"amount": 0, "recovered": 0}"#),
    ("ck_order_recovery_currency_code", r#"{"currency_code": "euro"}"#),
    ("ck_order_recovery_recovered", r#"{"recovered": 10.01}"#),
    ("ck_order_recovery_recovered", r#"{"recovered": -1}"#),
    ("ck_order_work_attempts", r#"{"attempts": -1}"#),
    ("ck_order_work_cause", r#"{"person_id": "ID"}"#),
    ("ck_order_work_cause", r#"{"order_id": null}"#),
    ("ck_order_work_done", r#"{"done_time": "TIME"}"#),
    ("ck_order_work_outcome", r#"{"done_time": "TIME", "outcome": "forgotten"}"#),
    ("ck_request_purpose_purpose", r#"{"purpose": "party"}"#),
    ("ck_request_purpose_end", r#"{"end_date": "2018-06-08"}"#),
];

fn row(text: &str) -> Value {
    let text = text.replace("\"ID\"", "\"00000000-0000-4000-8000-000000000000\"");
    serde_json::from_str(&text.replace("TIME", "2008-06-02T00:00:00Z")).unwrap()
}

/// The constraint, or the class of error, that an insertion meets.
async fn refused(database: &mut PgConnection, table: &str, row: &Value) -> String {
    let sql = format!("INSERT INTO {table} SELECT (jsonb_populate_record(NULL::{table}, '{row}')).*");
    let error = database.execute(AssertSqlSafe(sql)).await.unwrap_err();
    let error = error.as_database_error().unwrap();
    error.constraint().map_or_else(|| error.message().to_owned(), ToOwned::to_owned)
}

#[tokio::test]
async fn each_check_refuses_what_breaks_it() {
    let world = World::new().await;
    let mut database = world.database_as("postgres").await;
    for (table, fits) in ROWS {
        let met = refused(&mut database, table, &row(fits)).await;
        assert!(met.starts_with("fk_"), "{table}: {met}");
    }
    let mut broken = BTreeSet::new();
    for (check, breaks) in BREAKS {
        let of = |(table, _): &&(&str, &str)| check.starts_with(&format!("ck_{table}_"));
        let (table, fits) = ROWS.iter().filter(of).max_by_key(|(table, _)| table.len()).unwrap();
        let mut row_that_breaks = row(fits);
        row_that_breaks.as_object_mut().unwrap().extend(row(breaks).as_object().unwrap().clone());
        assert_eq!(refused(&mut database, table, &row_that_breaks).await, *check, "{breaks}");
        broken.insert((*check).to_owned());
    }
    let tables: Vec<_> = ROWS.iter().map(|(table, _)| format!("'{table}'::regclass")).collect();
    let all = format!(
        "SELECT conname::text FROM pg_constraint WHERE contype = 'c' AND conrelid IN ({}) ORDER BY conname",
        tables.join(", ")
    );
    let all: BTreeSet<_> = texts(&mut database, &all).await.into_iter().collect();
    assert_eq!(broken, all, "each check of these tables has a row that breaks it, and no other is named");
}

/// What was reported stays, even for the owner of the schema.
#[tokio::test]
async fn what_was_reported_is_kept_by_every_table_of_facts() {
    let world = World::new().await;
    let mut database = world.database_as("postgres").await;
    let facts = "SELECT DISTINCT table_name::text FROM information_schema.columns c
        JOIN information_schema.tables t USING (table_schema, table_name)
        WHERE table_schema = 'public' AND column_name IN ('asset_id', 'measure_id', 'claim_id')
        AND table_name <> 'asset_share' ORDER BY 1";
    let facts = texts(&mut database, facts).await;
    assert!(facts.len() > 8, "{facts:?}");
    for table in facts {
        let kept = format!(
            "SELECT tgname::text FROM pg_trigger WHERE tgrelid = '{table}'::regclass AND tgfoid = 'fact_is_kept'::regproc
             AND tgenabled = 'O' AND tgtype & 27 = 27"
        );
        assert_eq!(texts(&mut database, &kept).await, [format!("tr_{table}_kept")]);
    }
    let lead = json!({ "lead_only": true });
    let mut asset = row(ROWS[0].1);
    asset.as_object_mut().unwrap().extend(lead.as_object().unwrap().clone());
    let unbound = "SET session_replication_role = replica";
    database.execute(unbound).await.unwrap();
    let sql = format!("INSERT INTO asset SELECT (jsonb_populate_record(NULL::asset, '{asset}')).*");
    database.execute(AssertSqlSafe(sql)).await.unwrap();
    database.execute("SET session_replication_role = origin").await.unwrap();
    let share = ROWS.iter().find(|(table, _)| *table == "asset_share").unwrap().1;
    let told = refused(&mut database, "asset_share", &row(share)).await;
    assert_eq!(told, "what a State gives as a lead only is shared with nobody");

    let asset = asset["id"].as_str().unwrap();
    let free = format!("UPDATE asset SET lead_only = false WHERE id = '{asset}'");
    database.execute(AssertSqlSafe(free)).await.unwrap();
    database.execute(unbound).await.unwrap();
    let sql = format!(
        "INSERT INTO asset_share SELECT (jsonb_populate_record(NULL::asset_share, '{}')).*",
        row(share)
    );
    database.execute(AssertSqlSafe(sql)).await.unwrap();
    database.execute("SET session_replication_role = origin").await.unwrap();
    let again = format!("UPDATE asset SET lead_only = true WHERE id = '{asset}'");
    let told = database.execute(AssertSqlSafe(again)).await.unwrap_err();
    assert_eq!(told.as_database_error().unwrap().message(), "what is shared is no lead only");
}
