//! Where the database is: one host or several, of which one takes writes. Which one that is can change, as when a standby
//! is promoted; whoever connects looks for it.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use sea_orm::{DatabaseConnection, SqlxPostgresConnector};
use sqlx::{
    ConnectOptions as _, Connection as _, Executor as _, PgConnection, Row as _,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tokio::time::timeout;

use crate::error::{Error, Result};

/// What a session of ours is set to, and how that is shown. It is set once the connection is there, because a pooler
/// between refuses what it does not know in a start message.
///
/// A statement that reads assets has hundreds of expressions: to compile them takes longer than to read. And one caller's
/// list takes no workers away from the others.
const SETTINGS: [(&str, &str); 3] =
    [("statement_timeout", "20s"), ("jit", "off"), ("max_parallel_workers_per_gather", "0")];

/// How long one of several hosts may take to answer: one that is gone without a word must not keep us from the next.
const ANSWER: Duration = Duration::from_secs(3);

/// For how long a write that failed counts as a sign that others fail, too.
const FAILING: Duration = Duration::from_secs(10);

/// The statements kept prepared on a connection.
const PREPARED: usize = 300;

/// The hosts of a database.
#[derive(Debug)]
pub(super) struct Hosts {
    all: Vec<PgConnectOptions>,
    /// Where to look first: where it was found last.
    first: AtomicUsize,
    state: Arc<State>,
}

/// What statements have told of the hosts.
#[derive(Debug, Default)]
pub(super) struct State {
    /// Counts how often the one that takes writes was lost.
    term: AtomicU64,
    /// When a write last failed for want of room or of a file.
    failed: Mutex<Option<Instant>>,
}

impl State {
    /// Learns from an error of a statement on a connection of a term.
    pub(super) fn learn(&self, error: &sqlx::Error, term: u64) {
        let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
        match code.as_deref() {
            // It takes no writes any more: connections to it end once they are free.
            Some("25006") => {
                let _ = self.term.compare_exchange(term, term.wrapping_add(1), Relaxed, Relaxed);
            }
            Some(code) if code.starts_with("53") || code.starts_with("58") => {
                *self.failed.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
            }
            _ => {}
        }
    }

    /// Whether a write has failed just now.
    pub(super) fn is_failing(&self) -> bool {
        let failed = *self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.is_some_and(|at| at.elapsed() < FAILING)
    }
}

/// A connection to a host.
#[derive(Debug)]
pub(super) struct Found {
    /// The connection.
    pub(super) wire: PgConnection,
    /// The host takes writes, or is the only one.
    pub(super) settled: bool,
    /// When it was made.
    pub(super) term: u64,
}

impl Hosts {
    /// From a URL as libpq takes it: `postgres://user@one:5432,two:5432/database`.
    pub(super) fn parse(url: &str) -> Result<Self> {
        let urls = each(url);
        let all = urls.iter().map(|url| {
            let options: PgConnectOptions = url.parse().map_err(|error: sqlx::Error| {
                // The error quotes nothing of the URL, which may hold a password.
                Error::internal(format!("database.url: {error}"))
            })?;
            // A pooler refuses this one at the start, and the default is as exact.
            Ok(options.statement_cache_capacity(PREPARED).extra_float_digits(None))
        });
        let all = all.collect::<Result<Vec<_>>>()?;
        Ok(Self { all, first: AtomicUsize::new(0), state: Arc::default() })
    }

    /// Connects to the host that takes writes; where none does, to one that answers.
    pub(super) async fn connect(&self) -> Result<Found, sqlx::Error> {
        self.find().await.map(|(_, wire)| wire)
    }

    async fn find(&self) -> Result<(usize, Found), sqlx::Error> {
        let (first, term) = (self.first.load(Relaxed), self.state.term.load(Relaxed));
        let mut found = Err(sqlx::Error::PoolClosed);
        for host in (0..self.all.len()).map(|step| (first + step) % self.all.len()) {
            let answer = match self.all.len() {
                1 => connect(&self.all[host]).await,
                _ => timeout(ANSWER, connect(&self.all[host])).await.unwrap_or_else(|_| Err(silent())),
            };
            match answer {
                Ok((wire, writes)) => {
                    let settled = writes || self.all.len() == 1;
                    if settled {
                        self.first.store(host, Relaxed);
                        return Ok((host, Found { wire, settled, term }));
                    }
                    found = Ok((host, Found { wire, settled, term }));
                }
                Err(error) if found.is_err() => found = Err(error),
                Err(_) => {}
            }
        }
        found
    }

    /// Whether a connection may still be used: not when another host takes writes since.
    pub(super) fn is_present(&self, settled: bool, term: u64) -> bool {
        settled && term == self.state.term.load(Relaxed)
    }

    /// What statements have told of them.
    pub(super) fn state(&self) -> &Arc<State> {
        &self.state
    }

    /// A connection of the kind that migrations want.
    pub(super) async fn of_migrations(&self) -> Result<DatabaseConnection> {
        let (host, Found { wire, .. }) = self.find().await.map_err(super::link::failed)?;
        wire.close().await.map_err(super::link::failed)?;
        let pool = PgPoolOptions::new().max_connections(1).connect_lazy_with(self.all[host].clone());
        Ok(SqlxPostgresConnector::from_sqlx_postgres_pool(pool))
    }
}

fn silent() -> sqlx::Error {
    sqlx::Error::Io(std::io::Error::new(std::io::ErrorKind::TimedOut, "the host does not answer"))
}

/// Connects, and tells whether the host takes writes.
async fn connect(options: &PgConnectOptions) -> Result<(PgConnection, bool), sqlx::Error> {
    let mut wire = options.connect().await?;
    let mut statements = SETTINGS.map(|(name, value)| format!("SET {name} = '{value}'")).to_vec();
    statements.push("SELECT current_setting('transaction_read_only') = 'off' AS writes".to_owned());
    let row = wire.fetch_one(sqlx::raw_sql(sqlx::AssertSqlSafe(statements.join("; ")))).await?;
    let writes = row.try_get("writes")?;
    Ok((wire, writes))
}

/// The URLs of the hosts that a URL names.
fn each(url: &str) -> Vec<String> {
    let Some((scheme, rest)) = url.split_once("://") else { return vec![url.to_owned()] };
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let (user, hosts) = authority.rsplit_once('@').map_or(("", authority), |(user, hosts)| (user, hosts));
    let at = if authority.contains('@') { "@" } else { "" };
    hosts.split(',').map(|host| format!("{scheme}://{user}{at}{host}{path}")).collect()
}

/// Why a pooler between this program and the database will not do, if one is there that will not: it must keep a
/// connection for as long as its client has it.
pub(super) async fn pooled_wrongly(hosts: &Hosts) -> Result<Option<String>, sqlx::Error> {
    let mut one = hosts.connect().await?.wire;
    let mut other = hosts.connect().await?.wire;
    let mine = backend(&mut one).await?;
    // A pooler that gives a connection back after each transaction gives the same one to the next who begins.
    other.execute("BEGIN").await?;
    let others = backend(&mut other).await?;
    let again = backend(&mut one).await?;
    let mut lost = None;
    for (name, value) in SETTINGS {
        let set: String =
            sqlx::query_scalar("SELECT current_setting($1)").bind(name).fetch_one(&mut one).await?;
        if set != value {
            lost = Some(name);
        }
    }
    other.execute("ROLLBACK").await?;
    one.close().await?;
    other.close().await?;
    let pools = mine == others || mine != again;
    Ok(match lost {
        _ if pools => Some("a pooler in transaction mode is between; use its session mode".to_owned()),
        Some(name) => {
            Some(format!("{name} is not kept for the session; let the pooler between use its session mode"))
        }
        None => None,
    })
}

async fn backend(wire: &mut PgConnection) -> Result<i32, sqlx::Error> {
    let sql = sqlx::raw_sql("SELECT pg_backend_pid() AS pid");
    wire.fetch_one(sql).await?.try_get("pid")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_names_one_host_or_several() {
        let cases: [(&str, &[&str]); 6] = [
            ("postgres://u@one/d", &["postgres://u@one/d"]),
            (
                "postgres://u:p%2C@one:1,two:2/d?a=b",
                &["postgres://u:p%2C@one:1/d?a=b", "postgres://u:p%2C@two:2/d?a=b"],
            ),
            (
                "postgresql://one,two,[::1]:5/d",
                &["postgresql://one/d", "postgresql://two/d", "postgresql://[::1]:5/d"],
            ),
            ("postgres://u:a,b@one,two", &["postgres://u:a,b@one", "postgres://u:a,b@two"]),
            ("postgres://u@/d?host=/run/a", &["postgres://u@/d?host=/run/a"]),
            ("nothing", &["nothing"]),
        ];
        for (url, hosts) in cases {
            assert_eq!(each(url), hosts, "{url}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_url_does_not_show_its_password() {
        for url in ["postgres://u:secret@one:x/d", "nothing-secret", "postgres://u:secret@one,two:x/d"] {
            let told = Hosts::parse(url).unwrap_err().to_string();
            assert!(!told.contains("secret"), "{told}");
        }
    }
}
