//! A new database from the cluster's own side: the two roles, the database, the schema.

use chrono::Duration;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, Statement};

use super::{Entrant, Store, hosts, link};
use crate::error::Result;

/// The role that owns the schema and runs migrations.
pub const OWNER: &str = "focalnet_owner";
/// The role the server runs as: it owns nothing.
pub const APP: &str = "focalnet_app";

/// Makes the two roles and an empty database, as the cluster's superuser; what exists already stays.
pub async fn provision(superuser_url: &str, database: &str) -> Result<()> {
    let mut options = ConnectOptions::new(superuser_url);
    options.max_connections(1).sqlx_logging(false);
    let db = Database::connect(options).await?;
    let backend = db.get_database_backend();
    for role in [OWNER, APP] {
        let known = Statement::from_sql_and_values(
            backend,
            "SELECT 1 FROM pg_roles WHERE rolname = $1",
            [role.into()],
        );
        if db.query_one_raw(known).await?.is_none() {
            db.execute_unprepared(&format!("CREATE ROLE {role} LOGIN")).await?;
        }
    }
    let known = Statement::from_sql_and_values(
        backend,
        "SELECT 1 FROM pg_database WHERE datname = $1",
        [database.into()],
    );
    if db.query_one_raw(known).await?.is_none() {
        // `CREATE DATABASE` stands alone: it cannot run inside a transaction.
        db.execute_unprepared(&format!("CREATE DATABASE \"{database}\" OWNER {OWNER}")).await?;
    }
    Ok(db.close().await?)
}

impl Store {
    /// Why the pooler between this program and the database will not do, if one is there that will not.
    pub async fn pooled_wrongly(&self) -> Result<Option<String>> {
        Ok(hosts::pooled_wrongly(&self.hosts).await.map_err(link::failed)?)
    }

    /// What makes this database unfit for real use, if anything: a role with more than it needs, or writes that can be
    /// lost.
    pub async fn unsound(&self) -> Result<Option<String>> {
        const FACTS: &str = "
            SELECT CASE
                WHEN (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user)
                    THEN 'the role is a superuser or bypasses row security; use focalnet_app'
                WHEN EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user)
                    THEN 'the role owns tables; use focalnet_app'
                WHEN current_setting('fsync') <> 'on' OR current_setting('full_page_writes') <> 'on'
                    OR current_setting('synchronous_commit') NOT IN ('on', 'remote_apply', 'remote_write')
                    THEN 'fsync, full_page_writes and synchronous_commit must be on'
            END AS fact";
        let (tx, _) = self.begin(Entrant::Nobody).await?;
        let row = tx.link.query_one_raw(tx.statement(FACTS, [])).await?;
        Ok(row.map(|row| row.try_get::<Option<String>>("", "fact")).transpose()?.flatten())
    }

    /// Sets what the clock adds, as the owner of the schema. Development only.
    pub async fn set_clock_offset(&self, offset: Duration) -> Result<()> {
        let set = "INSERT INTO clock_offset (single, seconds) VALUES (true, $1)
                   ON CONFLICT (single) DO UPDATE SET seconds = excluded.seconds";
        let (tx, _) = self.begin(Entrant::Nobody).await?;
        tx.link.execute_raw(tx.statement(set, [offset.num_seconds().into()])).await?;
        tx.commit().await
    }
}
