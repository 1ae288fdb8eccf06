//! What the database itself forbids to the role that the server runs as.

use std::collections::BTreeMap;

use focalnet::testing::store::provision::{APP, OWNER};

use crate::support::{
    ledger::{run, texts},
    world::World,
};

/// What the server may do with each table, and no more. A new table has a line here.
const GRANTS: &[(&str, &str)] = &[
    ("account", "INSERT, SELECT, UPDATE"),
    ("allocation", "INSERT, SELECT"),
    ("answer", "INSERT, SELECT"),
    ("answered_call", "DELETE, INSERT, SELECT, UPDATE"),
    ("approval", "INSERT, SELECT, UPDATE"),
    ("asset", "INSERT, SELECT, UPDATE"),
    ("asset_share", "INSERT, SELECT, UPDATE"),
    ("attested_answer", "INSERT, SELECT"),
    ("case_member", "INSERT, SELECT, UPDATE"),
    ("case_person", "INSERT, SELECT, UPDATE"),
    ("channel", "INSERT, SELECT"),
    ("circulation", "INSERT, SELECT"),
    ("claim", "INSERT, SELECT"),
    ("claim_decision", "INSERT, SELECT"),
    ("clarification", "INSERT, SELECT, UPDATE"),
    ("clarification_message", "INSERT, SELECT"),
    ("clock_offset", "SELECT"),
    ("cost", "INSERT, SELECT"),
    ("cost_settlement", "INSERT, SELECT"),
    ("court_case", "INSERT, SELECT, UPDATE"),
    ("court_order", "INSERT, SELECT, UPDATE"),
    ("designation", "INSERT, SELECT, UPDATE"),
    ("disposition", "INSERT, SELECT"),
    ("encumbrance", "INSERT, SELECT"),
    ("freezing_request", "INSERT, SELECT, UPDATE"),
    ("journal_event", "INSERT, SELECT"),
    ("login_attempt", "DELETE, INSERT, SELECT, UPDATE"),
    ("mandate", "INSERT, SELECT, UPDATE"),
    ("measure", "INSERT, SELECT"),
    ("measure_change", "INSERT, SELECT"),
    ("order_change", "INSERT, SELECT"),
    ("order_purpose", "INSERT, SELECT, UPDATE"),
    ("order_recovery", "INSERT, SELECT, UPDATE"),
    ("order_work", "INSERT, SELECT, UPDATE"),
    ("organization", "INSERT, SELECT, UPDATE"),
    ("ownership", "INSERT, SELECT"),
    ("probe", "SELECT, UPDATE"),
    ("questionnaire", "INSERT, SELECT, UPDATE"),
    ("request_person", "INSERT, SELECT, UPDATE"),
    ("request_purpose", "INSERT, SELECT, UPDATE"),
    ("request_version", "INSERT, SELECT, UPDATE"),
    ("response", "INSERT, SELECT, UPDATE"),
    ("seaql_migrations", "SELECT"),
    ("session", "INSERT, SELECT, UPDATE"),
    ("signing_key", "INSERT, SELECT"),
    ("valuation", "INSERT, SELECT"),
];

#[tokio::test]
async fn the_server_may_do_with_each_table_what_it_needs_and_no_more() {
    let world = World::new().await;
    let mut owner = world.database_as("postgres").await;
    let sql = format!(
        "SELECT table_name || ': ' || string_agg(privilege_type, ', ' ORDER BY privilege_type)
         FROM information_schema.tables
         LEFT JOIN information_schema.role_table_grants USING (table_schema, table_name)
         WHERE table_schema = 'public' AND coalesce(grantee, '{APP}') IN ('{APP}', 'PUBLIC')
         GROUP BY table_name ORDER BY table_name"
    );
    let granted = texts(&mut owner, &sql).await;
    let granted: BTreeMap<_, _> = granted.iter().map(|line| line.split_once(": ").unwrap()).collect();
    let tables = "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'";
    for table in texts(&mut owner, tables).await {
        assert!(GRANTS.iter().any(|(name, _)| *name == table), "{table} has no line");
    }
    assert_eq!(granted, GRANTS.iter().copied().collect());
}

#[tokio::test]
async fn the_server_owns_nothing_and_is_nobody_special() {
    let world = World::new().await;
    let mut owner = world.database_as("postgres").await;
    let nothing = [
        format!("SELECT relname::text FROM pg_class WHERE relowner = '{APP}'::regrole"),
        format!("SELECT proname::text FROM pg_proc WHERE proowner = '{APP}'::regrole"),
        format!("SELECT roleid::regrole::text FROM pg_auth_members WHERE member = '{APP}'::regrole"),
        format!(
            "SELECT grantee::text FROM information_schema.role_table_grants WHERE grantee = '{APP}' AND is_grantable = 'YES'"
        ),
        format!(
            "SELECT rolname::text FROM pg_roles WHERE rolname IN ('{APP}', '{OWNER}')
             AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)"
        ),
        format!("SELECT 'creates' WHERE has_schema_privilege('{APP}', 'public', 'CREATE')"),
        format!("SELECT 'creates' WHERE has_database_privilege('{APP}', current_database(), 'CREATE')"),
        // Nor does a column give what its table does not.
        format!(
            "SELECT attrelid::regclass || '.' || attname FROM pg_attribute WHERE array_to_string(attacl, ' ') LIKE '%{APP}=%'"
        ),
    ];
    for sql in nothing {
        assert_eq!(texts(&mut owner, &sql).await, <[String; 0]>::default(), "{sql}");
    }
}

#[tokio::test]
async fn the_server_cannot_rewrite_the_journal() {
    let world = World::new().await;
    let mut server = world.database_as(APP).await;
    let rewritings = [
        "UPDATE journal_event SET act = 'nothing'",
        "UPDATE journal_event SET hash = hash",
        "DELETE FROM journal_event",
        "TRUNCATE journal_event",
        "DROP TABLE journal_event",
        "ALTER TABLE journal_event DROP COLUMN persons",
        "ALTER TABLE journal_event DROP CONSTRAINT ck_journal_event_stream",
        "SELECT 1 FROM journal_event FOR UPDATE",
        "CREATE TRIGGER tr_silent BEFORE INSERT ON journal_event FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "CREATE RULE silent AS ON INSERT TO journal_event DO INSTEAD NOTHING",
        "UPDATE signing_key SET verifier_key = 'mine'",
        "DELETE FROM signing_key",
        "UPDATE clock_offset SET seconds = 1",
        "INSERT INTO clock_offset VALUES (true, 1)",
        "SET ROLE focalnet_owner",
        "SET session_replication_role = replica",
    ];
    for sql in rewritings {
        let told = run(&mut server, sql).await.unwrap_err();
        let code = told.as_database_error().and_then(sqlx::error::DatabaseError::code);
        assert_eq!(code.as_deref(), Some("42501"), "{sql}: {told}");
    }
}
