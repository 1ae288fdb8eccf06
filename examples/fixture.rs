//! Plays the story of the demo and writes the rows that it leaves, as SQL, where the tests of migrations look for them.
//! `make fixture` runs it once for each release; `tests/fixtures/README.md` says why.

#![expect(clippy::unwrap_used, reason = "what cannot be made is not half made")]

use std::{fmt::Write as _, fs, os::unix::fs::PermissionsExt as _, path::Path};

use focalnet::testing::{
    cluster::{Cluster, Options},
    operator::demo::World,
};
use focalnet_demo::{Narrator, play};
use focalnet_migrations::{Migrator, MigratorTrait as _};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, Row as _};

/// Rows of one statement: so few that a reader can look at it.
const ROWS: usize = 200;

/// All but what migrations write themselves, and what lasts for days only and holds most of the bytes.
const TABLES: &str =
    "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
    AND relname NOT IN ('seaql_migrations', 'answered_call', 'login_attempt', 'session') ORDER BY 1";

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().unwrap();
    // As root the cluster belongs to another user, who has to come through.
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o711)).unwrap();
    let data = folder.path().join("story");
    plays(&data).await;

    let cluster = Cluster::start(&Options::kept(data.join("postgres")), &|_| {}).unwrap();
    let mut database = PgConnection::connect(&cluster.url("postgres", "focalnet")).await.unwrap();
    let text = rows(&mut database).await;
    database.close().await.unwrap();
    cluster.stop().unwrap();

    let steps = Migrator::migrations();
    let (number, _) = steps.last().unwrap().name()[1..].split_once('_').unwrap();
    let path = format!("{}/tests/fixtures/story_{number}.sql", env!("CARGO_MANIFEST_DIR"));
    fs::write(&path, text).unwrap();
    println!("{path}");
}

async fn plays(data: &Path) {
    let world = World::start(Some(data), &|what| eprintln!("{what} …")).await.unwrap();
    let mut narrator = Narrator::new(Box::new(std::io::sink()));
    Box::pin(play(world.door(), &mut narrator)).await.unwrap();
    world.reset_clock().await.unwrap();
    world.stop().await.unwrap();
}

/// All rows of all tables, a row a line. Each value stands as the text that PostgreSQL reads back into the same value.
async fn rows(database: &mut PgConnection) -> String {
    let mut text = String::new();
    for table in texts(database, TABLES).await {
        let columns = format!(
            "SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attnum > 0
             AND NOT attisdropped ORDER BY attnum"
        );
        let columns = texts(database, &columns).await;
        let values: Vec<_> = columns.iter().map(|column| format!("quote_nullable({column}::text)")).collect();
        let values =
            format!("SELECT '(' || concat_ws(', ', {}) || ')' FROM {table} ORDER BY 1", values.join(", "));
        for some in texts(database, &values).await.chunks(ROWS) {
            writeln!(text, "INSERT INTO {table} ({}) VALUES", columns.join(", ")).unwrap();
            writeln!(text, "{};", some.join(",\n")).unwrap();
        }
    }
    text
}

async fn texts(database: &mut PgConnection, sql: &str) -> Vec<String> {
    let rows = database.fetch_all(AssertSqlSafe(sql.to_owned())).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}
