//! The entities are the tables of the migrated schema, column by column, in both directions.

use std::collections::BTreeMap;

use sea_orm::{
    ColumnTrait, ColumnType, ConnectOptions, ConnectionTrait as _, Database, EntityTrait, IdenStatic as _,
    Iterable as _, Statement,
};

use super::*;
use crate::{
    cluster::{Cluster, Options, scratch_folder},
    runtime,
};

/// Of each column of a table, or of an entity, its type, whether it can be null, and whether it is part of the key.
type Tables = BTreeMap<String, BTreeMap<String, (String, bool, bool)>>;

fn entities() -> Tables {
    let mut tables = Tables::new();
    macro_rules! entities {
        ($($table:ident,)*) => { $(describe::<$table::Entity>(&mut tables);)* };
    }
    entities! {
        account, allocation, answer, answered_call, approval, asset, asset_share, attested_answer, case_member,
        case_person, channel, circulation, claim, claim_decision, clarification, clarification_message,
        clock_offset, cost, cost_settlement, court_case, court_order, designation, disposition, encumbrance,
        freezing_request, journal_event, login_attempt, mandate, measure, measure_change, order_change, order_purpose, order_recovery, order_work,
        organization, ownership, probe, questionnaire, request_person, request_purpose, request_version, response, session,
        signing_key, valuation,
    }
    tables
}

fn describe<E: EntityTrait>(tables: &mut Tables) {
    let keys: Vec<_> = E::PrimaryKey::iter().map(|key| key.as_str()).collect();
    let columns = E::Column::iter().map(|column| {
        let (name, definition) = (column.as_str(), column.def());
        let kind = kind(definition.get_column_type());
        (name.to_owned(), (kind, definition.is_null(), keys.contains(&name)))
    });
    tables.insert(E::default().table_name().to_owned(), columns.collect());
}

/// What PostgreSQL calls the type.
fn kind(column: &ColumnType) -> String {
    match column {
        ColumnType::Array(of) => format!("_{}", kind(of)),
        // To the wire they are one.
        ColumnType::Text | ColumnType::String(_) => "text".to_owned(),
        ColumnType::Uuid => "uuid".to_owned(),
        ColumnType::Boolean => "bool".to_owned(),
        ColumnType::Integer => "int4".to_owned(),
        ColumnType::BigInteger => "int8".to_owned(),
        ColumnType::Decimal(Some((digits, scale))) => format!("numeric({digits},{scale})"),
        ColumnType::Date => "date".to_owned(),
        ColumnType::TimestampWithTimeZone => "timestamptz".to_owned(),
        ColumnType::VarBinary(_) | ColumnType::Blob => "bytea".to_owned(),
        ColumnType::JsonBinary => "jsonb".to_owned(),
        ColumnType::Custom(name) => name.to_string(),
        other => panic!("{other:?} is no type of ours"),
    }
}

const COLUMNS: &str = "
    SELECT c.table_name::text, c.column_name::text, c.is_nullable = 'YES' AS nullable,
        c.udt_name || coalesce('(' || nullif(c.numeric_precision, 0) || ',' || nullif(c.numeric_scale, 0) || ')', '') AS kind,
        k.column_name IS NOT NULL AS key
    FROM information_schema.columns c
    LEFT JOIN information_schema.table_constraints t USING (table_schema, table_name)
    LEFT JOIN information_schema.key_column_usage k
        ON k.constraint_name = t.constraint_name AND k.table_name = c.table_name AND k.column_name = c.column_name
    WHERE c.table_schema = 'public' AND c.table_name <> 'seaql_migrations' AND t.constraint_type = 'PRIMARY KEY'";

#[tokio::test]
async fn entities_and_tables_do_not_drift_apart() {
    let cluster =
        tokio::task::spawn_blocking(|| Cluster::start(&Options::throwaway(scratch_folder()), &|_| {}));
    let database = runtime::Database::of(cluster.await.unwrap().unwrap()).await.unwrap();
    database.migrate(&|_| {}).await.unwrap();
    let db = Database::connect(ConnectOptions::new(&database.owner_url)).await.unwrap();
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), COLUMNS)).await.unwrap();
    let mut tables = Tables::new();
    for row in rows {
        let text = |column: &str| row.try_get::<String>("", column).unwrap();
        let is = |column: &str| row.try_get::<bool>("", column).unwrap();
        let column = (text("kind"), is("nullable"), is("key"));
        tables.entry(text("table_name")).or_default().insert(text("column_name"), column);
    }
    db.close().await.unwrap();

    let entities = entities();
    let names = |tables: &Tables| tables.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&entities), names(&tables), "each table has an entity, and each entity a table");
    for (table, columns) in &tables {
        assert_eq!(entities[table], *columns, "{table}");
    }
}
