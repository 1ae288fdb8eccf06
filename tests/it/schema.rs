//! The schema: its steps up and down, and the names in it.

use std::collections::BTreeSet;

use focalnet::testing::store::Store;
use focalnet_migrations::{Migrator, MigratorTrait};

use crate::support::{empty::Empty, ledger::texts};

/// Everything that a step could leave in a database, as lines.
const CATALOGUE: &str = "
    SELECT concat_ws(' ', 'column', table_name, column_name, udt_name, is_nullable, column_default)
        FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid))
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'function ' || oid::regprocedure FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT 'type ' || oid::regtype FROM pg_type WHERE typnamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', 'relation', relkind, oid::regclass)
        FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', 'grant', grantee, privilege_type, table_name)
        FROM information_schema.role_table_grants WHERE table_schema = 'public'
    UNION ALL SELECT 'extension ' || extname FROM pg_extension
    UNION ALL SELECT 'schema ' || nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%'
";

impl Empty {
    async fn catalogue(&mut self) -> BTreeSet<String> {
        texts(&mut self.superuser, CATALOGUE).await.into_iter().collect()
    }
}

/// A migrated database.
async fn migrated() -> Empty {
    let empty = Empty::new().await;
    empty.database().migrate(&|_| {}).await.unwrap();
    empty
}

/// What the migrations keep their own record in.
fn is_record(line: &str) -> bool {
    line.contains("seaql_migrations")
}

#[tokio::test]
async fn the_whole_schema_goes_up_down_and_up() {
    let mut database = Empty::new().await;
    let before = database.catalogue().await;
    assert!(!before.iter().any(|line| line.starts_with("relation")));
    database.database().migrate(&|_| {}).await.unwrap();
    let up = database.catalogue().await;

    let owner = Store::connect(&database.database().owner_url, 1).await.unwrap();
    assert!(owner.is_current().await.unwrap());
    owner.migrate_down(None).await.unwrap();
    let down: BTreeSet<_> = database.catalogue().await.into_iter().filter(|line| !is_record(line)).collect();
    assert_eq!(down, before);
    assert!(!owner.is_current().await.unwrap());

    owner.migrate().await.unwrap();
    assert_eq!(database.catalogue().await, up);
    owner.migrate().await.unwrap();
    assert_eq!(database.catalogue().await, up, "a second time there is nothing to do");
    owner.close().await.unwrap();
}

#[tokio::test]
async fn each_step_takes_back_what_it_made() {
    let mut database = Empty::new().await;
    let owner = database.owner().await;
    Migrator::install(&owner).await.unwrap();
    for step in Migrator::migrations() {
        let before = database.catalogue().await;
        Migrator::up(&owner, Some(1)).await.unwrap();
        let up = database.catalogue().await;
        assert_ne!(up, before, "{} makes something", step.name());
        Migrator::down(&owner, Some(1)).await.unwrap();
        assert_eq!(database.catalogue().await, before, "{} leaves nothing", step.name());
        Migrator::up(&owner, Some(1)).await.unwrap();
        assert_eq!(database.catalogue().await, up, "{} again", step.name());
    }
    assert!(Migrator::get_pending_migrations(&owner).await.unwrap().is_empty());
    owner.close().await.unwrap();
}

/// Two servers that start at once bring the schema up to date together.
#[tokio::test(flavor = "multi_thread")]
async fn several_may_migrate_at_once() {
    let database = Empty::new().await;
    let several: Vec<_> = (0..4)
        .map(|_| {
            let database = database.database();
            tokio::spawn(async move { database.migrate(&|_| {}).await })
        })
        .collect();
    for one in several {
        one.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn constraints_and_indexes_are_named_by_what_they_are() {
    let mut database = migrated().await;
    let constraints = "
        SELECT concat_ws(' ', contype, conrelid::regclass, conname) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND contype <> 'n' ORDER BY 1";
    for line in texts(&mut database.superuser, constraints).await.iter().filter(|line| !is_record(line)) {
        let [kind, table, name] = line.split(' ').collect::<Vec<_>>()[..] else { unreachable!("{line}") };
        let named = match kind {
            "p" => name == format!("pk_{table}") || name == format!("{table}_pkey"),
            "f" => name.starts_with(&format!("fk_{table}_")),
            "u" => name.starts_with(&format!("uq_{table}_")),
            "c" => name.starts_with(&format!("ck_{table}_")),
            "x" => name.starts_with(&format!("ex_{table}_")),
            _ => false,
        };
        assert!(named, "{line}");
    }
    let indexes = "
        SELECT concat_ws(' ', indrelid::regclass, indexrelid::regclass, indisunique) FROM pg_index
        WHERE NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
        AND indrelid::regclass::text NOT LIKE 'pg\\_%' AND indrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)";
    for line in texts(&mut database.superuser, indexes).await {
        let [table, name, unique] = line.split(' ').collect::<Vec<_>>()[..] else { unreachable!("{line}") };
        let prefix = if unique == "t" { "uq" } else { "ix" };
        assert!(name.starts_with(&format!("{prefix}_{table}_")), "{line}");
    }
}

/// Time comes from the program's clock, ids from the program: the database makes up nothing.
#[tokio::test]
async fn no_column_has_a_default() {
    let mut database = migrated().await;
    let defaults = "
        SELECT table_name || '.' || column_name FROM information_schema.columns
        WHERE table_schema = 'public' AND (column_default IS NOT NULL OR is_identity = 'YES' OR is_generated = 'ALWAYS')";
    assert_eq!(texts(&mut database.superuser, defaults).await, <[String; 0]>::default());
}

/// Times with a zone, texts and bytes without a length.
#[tokio::test]
async fn columns_are_of_a_few_types() {
    let mut database = migrated().await;
    let odd = "
        SELECT concat_ws(' ', table_name, column_name, udt_name) FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name <> 'seaql_migrations' AND udt_name NOT IN
        ('uuid', 'text', '_text', '_uuid', '_int4', 'bool', 'int4', 'int8', 'numeric', 'date', 'timestamptz', 'bytea', 'jsonb',
        'datemultirange')";
    assert_eq!(texts(&mut database.superuser, odd).await, <[String; 0]>::default());
}
