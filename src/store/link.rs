//! A connection that says as much as it can at once: to send a statement and to wait for its answer costs more than most
//! statements do. So a transaction begins together with the statement by which a session enters, and what only writes waits
//! for the next read or the end of the transaction.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use deadpool::{
    Runtime,
    managed::{self, Metrics, Object, Pool, PoolError, RecycleError, RecycleResult, TimeoutType, Timeouts},
};
use sea_orm::{
    ConnAcquireErr, ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr, Statement, Values,
};
use sea_query_sqlx::SqlxValues;
use sqlx::{
    AssertSqlSafe, Connection as _, Executor as _, PgConnection, Postgres, postgres::PgQueryResult,
    query::Query,
};
use tokio::{runtime::Handle, sync::Mutex, time::timeout};

use super::{
    batch::{Batch, only_writes},
    hosts::{self, Found, Hosts},
};

/// A connection that has been idle for so long is asked whether it still lives.
const IDLE: Duration = Duration::from_secs(30);
/// A connection that is older is replaced: the database gives its memory back only then.
const OLD: Duration = Duration::from_mins(30);
/// How long a call waits for a connection.
const WAIT: Duration = Duration::from_secs(10);

/// Connections that are kept for the next call.
pub(super) type Links = Pool<Manager>;

/// Makes connections.
#[derive(Debug)]
pub(super) struct Manager(Arc<Hosts>);

/// A connection, and whether it knows the statement by which a session enters.
#[derive(Debug)]
pub(super) struct Kept {
    wire: PgConnection,
    prepared: bool,
    settled: bool,
    term: u64,
    hosts: Arc<hosts::State>,
}

impl Kept {
    /// What a statement has come to.
    fn told<T>(&self, outcome: Result<T, sqlx::Error>) -> Result<T, DbErr> {
        outcome.map_err(|error| {
            self.hosts.learn(&error, self.term);
            failed(error)
        })
    }
}

impl managed::Manager for Manager {
    type Type = Kept;
    type Error = sqlx::Error;

    async fn create(&self) -> Result<Kept, sqlx::Error> {
        let Found { wire, settled, term } = Box::pin(self.0.connect()).await?;
        Ok(Kept { wire, prepared: false, settled, term, hosts: Arc::clone(self.0.state()) })
    }

    async fn recycle(&self, kept: &mut Kept, metrics: &Metrics) -> RecycleResult<sqlx::Error> {
        if metrics.age() > OLD || !self.0.is_present(kept.settled, kept.term) {
            return Err(RecycleError::message("old"));
        }
        if metrics.last_used() > IDLE {
            kept.wire.ping().await?;
        }
        Ok(())
    }
}

/// At most so many connections to these hosts.
pub(super) fn links(hosts: Arc<Hosts>, most: usize) -> Result<Links, DbErr> {
    let waits = Timeouts { wait: Some(WAIT), create: Some(WAIT), recycle: Some(WAIT) };
    let links = Pool::builder(Manager(hosts)).max_size(most).timeouts(waits).runtime(Runtime::Tokio1);
    links.build().map_err(|error| DbErr::Custom(error.to_string()))
}

/// Ends the connections that nobody uses, and lets nobody have one any more.
pub(super) async fn close(links: &Links) -> Result<(), DbErr> {
    let idle = links.retain(|_, _| false).removed;
    links.close();
    for kept in idle {
        kept.wire.close().await.map_err(failed)?;
    }
    Ok(())
}

/// A statement that is prepared by hand, because only so it can be sent together with another.
pub(super) struct Prepared {
    /// How it is prepared.
    pub(super) prepare: &'static str,
    /// How it is carried out: without anything that somebody wrote.
    pub(super) execute: String,
}

/// A connection in a transaction. Dropping it rolls back.
pub(super) struct Link(Box<Mutex<State>>);

struct State {
    /// None once the transaction has ended.
    kept: Option<Object<Manager>>,
    batch: Batch,
    /// Whether something was written.
    touched: bool,
}

impl Link {
    /// Begins a transaction, and carries a statement out that answers one row, if it finds one.
    pub(super) async fn begin(
        links: &Links,
        first: Option<&Prepared>,
    ) -> Result<(Self, Option<QueryResult>), DbErr> {
        loop {
            let kept = links.get().await.map_err(unavailable)?;
            let used = Object::metrics(&kept).recycle_count > 0;
            let state = State { kept: Some(kept), batch: Batch::default(), touched: false };
            let mut link = Self(Box::new(Mutex::new(state)));
            match link.0.get_mut().begin(first).await {
                Ok(row) => return Ok((link, row)),
                // It died while nobody used it; nothing was done on it yet.
                Err(DbErr::Query(RuntimeErr::SqlxError(error))) if used && is_broken(&error) => {
                    drop(link.0.get_mut().kept.take().map(Object::take));
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Carries a prepared statement out in a transaction that has begun.
    pub(super) async fn carry_out(&self, prepared: &Prepared) -> Result<Option<QueryResult>, DbErr> {
        let mut state = self.0.lock().await;
        state.flush().await?;
        state.prepare(prepared).await?;
        state.simple(prepared.execute.clone()).await
    }

    /// All rows of a statement that is planned for its values and then forgotten.
    pub(super) async fn query_anew(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let mut state = self.0.lock().await;
        state.flush().await?;
        let query = query(statement).persistent(false);
        let kept = state.wire()?;
        let rows = kept.wire.fetch_all(query).await;
        let rows = kept.told(rows)?;
        Ok(rows.into_iter().map(QueryResult::from).collect())
    }

    /// Whether nothing was written in the transaction.
    pub(super) async fn is_untouched(&self) -> bool {
        !self.0.lock().await.touched
    }

    /// Ends a transaction in which nothing was done, and gives the connection to others.
    pub(super) async fn leave(&self) -> Result<(), DbErr> {
        let Some(mut kept) = self.0.lock().await.kept.take() else { return Ok(()) };
        let done = kept.wire.execute("ROLLBACK").await;
        kept.told(done).map(|_| ()).inspect_err(|_| drop(Object::take(kept)))
    }

    /// Begins again after that.
    pub(super) async fn again(&self, links: &Links, first: &Prepared) -> Result<Option<QueryResult>, DbErr> {
        let (mut link, row) = Self::begin(links, Some(first)).await?;
        self.0.lock().await.kept = link.0.get_mut().kept.take();
        Ok(row)
    }

    /// Makes everything so.
    pub(super) async fn commit(mut self) -> Result<(), DbErr> {
        let state = self.0.get_mut();
        state.flush().await?;
        let kept = state.wire()?;
        let done = kept.wire.execute("COMMIT").await;
        kept.told(done)?;
        // From here it is free for the next call.
        drop(state.kept.take());
        Ok(())
    }
}

impl State {
    fn wire(&mut self) -> Result<&mut Kept, DbErr> {
        self.kept.as_deref_mut().ok_or_else(|| DbErr::Custom("the transaction has ended".into()))
    }

    async fn begin(&mut self, first: Option<&Prepared>) -> Result<Option<QueryResult>, DbErr> {
        let Some(first) = first else {
            self.wire()?.wire.execute("BEGIN").await.map_err(failed)?;
            return Ok(None);
        };
        self.prepare(first).await?;
        self.simple(format!("BEGIN; {}", first.execute)).await
    }

    async fn prepare(&mut self, prepared: &Prepared) -> Result<(), DbErr> {
        let kept = self.wire()?;
        if !kept.prepared {
            kept.wire.execute(prepared.prepare).await.map_err(failed)?;
            kept.prepared = true;
        }
        Ok(())
    }

    async fn simple(&mut self, sql: String) -> Result<Option<QueryResult>, DbErr> {
        let kept = self.wire()?;
        let row = kept.wire.fetch_optional(sqlx::raw_sql(AssertSqlSafe(sql))).await;
        Ok(kept.told(row)?.map(QueryResult::from))
    }

    /// Sends the writes that wait.
    async fn flush(&mut self) -> Result<(), DbErr> {
        if let Some(statement) = self.batch.take() {
            let kept = self.wire()?;
            let done = kept.wire.execute(query(statement)).await;
            kept.told(done)?;
        }
        Ok(())
    }
}

/// What is left undone is undone, and a connection that cannot even do that is not used again.
impl Drop for State {
    fn drop(&mut self) {
        let Some(mut kept) = self.kept.take() else { return };
        match Handle::try_current() {
            Ok(runtime) => {
                runtime.spawn(async move {
                    // A host that is gone without a word would keep the connection from the others for good.
                    let done = timeout(WAIT, kept.wire.execute("ROLLBACK")).await;
                    if !matches!(done, Ok(Ok(_))) {
                        drop(Object::take(kept));
                    }
                });
            }
            Err(_) => drop(Object::take(kept)),
        }
    }
}

#[async_trait]
impl ConnectionTrait for Link {
    fn get_database_backend(&self) -> DbBackend {
        DbBackend::Postgres
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        let mut state = self.0.lock().await;
        state.touched = true;
        let waits = only_writes(&statement.sql);
        if !waits || !state.batch.takes(&statement) {
            state.flush().await?;
        }
        if waits {
            state.batch.add(statement);
            return Ok(PgQueryResult::default().into());
        }
        let kept = state.wire()?;
        let done = kept.wire.execute(query(statement)).await;
        kept.told(done).map(ExecResult::from)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        let mut state = self.0.lock().await;
        state.touched = true;
        state.flush().await?;
        let sql = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
        let kept = state.wire()?;
        let done = kept.wire.execute(sql).await;
        kept.told(done).map(ExecResult::from)
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let mut state = self.0.lock().await;
        state.flush().await?;
        let kept = state.wire()?;
        let row = kept.wire.fetch_optional(query(statement)).await;
        Ok(kept.told(row)?.map(QueryResult::from))
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let mut state = self.0.lock().await;
        state.flush().await?;
        let kept = state.wire()?;
        let rows = kept.wire.fetch_all(query(statement)).await;
        let rows = kept.told(rows)?;
        Ok(rows.into_iter().map(QueryResult::from).collect())
    }
}

fn query(statement: Statement) -> Query<'static, Postgres, SqlxValues> {
    let values = statement.values.unwrap_or(Values(Vec::new()));
    sqlx::query_with(AssertSqlSafe(statement.sql), SqlxValues(values))
}

pub(super) fn failed(error: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(Arc::new(error)))
}

/// Whether a connection is gone.
fn is_broken(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    matches!(error, sqlx::Error::Io(_)) || code.is_some_and(|code| code.starts_with("57P"))
}

fn unavailable(error: PoolError<sqlx::Error>) -> DbErr {
    match error {
        PoolError::Backend(error) => DbErr::Conn(RuntimeErr::SqlxError(Arc::new(error))),
        PoolError::Timeout(TimeoutType::Wait | TimeoutType::Create | TimeoutType::Recycle) => {
            DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)
        }
        PoolError::Closed => DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed),
        error => DbErr::Custom(error.to_string()),
    }
}
