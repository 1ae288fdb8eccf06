//! A server whose statements the database logs, and the end of it.

use std::{fs, path::Path};

use chrono::{DateTime, Utc};
use focalnet::testing::store::provision;
use sqlx::AssertSqlSafe;

use super::{Failed, Server, World};

/// What a new connection of the server's role logs: statements, and the values that they are carried out with.
const LOGGED: [&str; 2] = ["log_statement = 'all'", "log_error_verbosity = 'default'"];
/// What questions leave behind since a time; an answer is kept for a week.
const LEFT: [&str; 4] = [
    "DELETE FROM journal_event WHERE act = 'open_clarification' AND time >= $1",
    "DELETE FROM clarification_message WHERE create_time >= $1",
    "DELETE FROM clarification WHERE create_time >= $1",
    "DELETE FROM answered_call WHERE method = 'OpenClarification' AND expire_time >= $1 + interval '7 days'",
];

impl World {
    /// A second server, with so many connections whose statements are logged.
    pub(crate) async fn serve_logged(
        &mut self,
        program: &Path,
        connections: usize,
    ) -> Result<Server, Failed> {
        for setting in LOGGED {
            self.of_role(&format!("SET {setting}")).await?;
        }
        let connections = connections.to_string();
        let beside = [("DATABASE__CONNECTIONS", connections.as_str())];
        Server::start(program, &self.database.url, &self.keys, &beside)
    }

    /// New connections log nothing.
    pub(crate) async fn log_no_more(&mut self) -> Result<(), Failed> {
        self.of_role("RESET ALL").await
    }

    /// What the database has logged.
    pub(crate) fn log(&self) -> Result<String, Failed> {
        let bytes = fs::read(self.folder.path().join("postgres/postgres.log"))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Takes back all questions since a time.
    pub(crate) async fn take_back(&mut self, since: DateTime<Utc>) -> Result<(), Failed> {
        for sql in LEFT {
            sqlx::query(sql).bind(since).execute(&mut self.superuser).await?;
        }
        Ok(())
    }

    async fn of_role(&mut self, what: &str) -> Result<(), Failed> {
        let (role, database) = (provision::APP, super::NAME_OF_DATABASE);
        let sql = format!("ALTER ROLE {role} IN DATABASE {database} {what}");
        sqlx::query(AssertSqlSafe(sql)).execute(&mut self.superuser).await?;
        Ok(())
    }
}
