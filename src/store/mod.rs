//! The store: the only room that names sea-orm. One file for each subject; entities are private.
//!
//! A transaction begins in one place, [`Store::begin`], and knows who acts. Reads take the scope of who asks,
//! writes the permit that the policy gave.

use std::sync::{Arc, Mutex, atomic::AtomicBool};

use chrono::{DateTime, Utc};
use focalnet_domain::names::UserId;
use focalnet_migrations::{Migrator, MigratorTrait};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, Iterable, JoinType,
    QueryFilter, QueryOrder, QuerySelect, Select, Statement, TransactionTrait,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};
use uuid::Uuid;

use self::{
    entity::probe,
    hosts::Hosts,
    link::{Link, Links, links},
};

use crate::{
    authz::Permit,
    error::{Error, Result},
};

mod accounts;
mod answers;
mod approvals;
mod assets;
mod attempts;
mod batch;
mod calls;
mod cases;
mod clarifications;
mod directory;
mod dossiers;
pub(crate) mod entity;
mod entries;
mod error;
mod found;
mod freezing_requests;
mod hosts;
mod journal;
mod link;
mod order_purposes;
mod order_recovery;
mod order_work;
mod orders;
mod organizations;
pub mod provision;
mod questionnaires;
mod queues;
mod responses;
mod scopes;
mod sessions;
#[cfg(test)]
mod tests;
mod typed;

pub use accounts::{Account, Credentials};
pub use answers::AsOf;
pub use approvals::{Decided, OpenApproval};
pub use assets::{AssetHeads, AssetSeen, Facts, place as asset_place};
pub use calls::Answered;
pub use dossiers::{Dossier, Head};
pub use entries::Numbered;
pub use journal::{KeyRow, Position};
pub use order_work::{Cause, OrderTask};
pub use orders::OrderSeen;
use queues::{Queues, Thing, Turn};
pub use responses::{Responding, ResponseChange};
use sessions::{Begun, Entering};
pub use sessions::{Refresh, SessionRow};

/// A pool of connections to the database, as the runtime role.
#[derive(Debug, Clone)]
pub struct Store {
    links: Links,
    hosts: Arc<Hosts>,
    queues: Queues,
}

/// Who begins a transaction.
#[derive(Debug, Clone, Copy)]
pub enum Entrant {
    /// Somebody with a session: the account and session of a verified token, and the lock of its `request_id`, which
    /// lets calls with the same one pass one after the other.
    Session {
        /// The account.
        user: UserId,
        /// The session.
        session: Uuid,
        /// The lock.
        lock: Option<i64>,
        /// The row that the call will want for itself, if it tells.
        row: Option<Uuid>,
        /// How its statements are planned.
        plans: Plans,
    },
    /// Somebody who signs in, or the server itself at start.
    Nobody,
}

/// How the database plans the statements of a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plans {
    /// Once for each connection: they look for one thing and what hangs on it, whoever asks. To plan one of them takes as long
    /// as to carry it out.
    Kept,
    /// By what is asked, where that promises more: a list begins elsewhere for somebody who sees nearly all of it than for
    /// somebody who sees little.
    Fitted,
}

/// A transaction. Dropping it rolls back.
pub struct Tx {
    link: Link,
    /// How it began, for one that can begin again.
    begun: Option<Begun>,
    /// Whether it holds a row, or waits for one.
    holds: AtomicBool,
    /// The turn with which it began at the row that it will lock.
    turn: Mutex<Option<Turn>>,
}

/// Which page of a list.
#[derive(Debug, Clone, Copy)]
pub struct PageQuery {
    /// The entry before the page, by time and id.
    pub after: Option<(DateTime<Utc>, Uuid)>,
    /// Entries of the page; one more is read, which tells whether there is a next one.
    pub size: u64,
}

impl Store {
    /// Connects with at most `connections` connections.
    pub async fn connect(url: &str, connections: usize) -> Result<Self> {
        let hosts = Arc::new(Hosts::parse(url)?);
        let store = Self { links: links(Arc::clone(&hosts), connections)?, hosts, queues: Queues::default() };
        store.ping().await?;
        Ok(store)
    }

    /// Begins a transaction as somebody. With a session the first statement checks it, takes the context for
    /// row-level security, and reads the mandates, all in one.
    pub async fn begin(&self, entrant: Entrant) -> Result<(Tx, Option<SessionRow>)> {
        match entrant {
            Entrant::Session { user, session, lock, row, plans } => {
                let begun = Begun {
                    links: self.links.clone(),
                    queues: self.queues.clone(),
                    entering: Entering { user, session, lock, plans },
                };
                let turn = match row {
                    Some(row) => self.queues.turn_ahead(Thing::Row(row), user).await?,
                    None => None,
                };
                let (tx, row) = Box::pin(Tx::entered(begun, turn)).await?;
                Ok((tx, Some(row)))
            }
            Entrant::Nobody => {
                let (tx, _) = Link::begin(&self.links, None).await?;
                Ok((Tx::of(tx, None, None), None))
            }
        }
    }

    /// Brings the schema up to date, as its owner. Several servers may call it at once; all or nothing.
    pub async fn migrate(&self) -> Result<()> {
        self.change_schema(async |tx| Migrator::up(tx, None).await).await
    }

    /// Takes the newest `steps` migrations back, all when none is said.
    #[cfg(feature = "testing")]
    pub async fn migrate_down(&self, steps: Option<u32>) -> Result<()> {
        self.change_schema(async |tx| Migrator::down(tx, steps).await).await
    }

    /// Changes the schema over a connection of its own, which migrations want to be sea-orm's.
    async fn change_schema(
        &self,
        change: impl AsyncFnOnce(&DatabaseTransaction) -> Result<(), DbErr>,
    ) -> Result<()> {
        let db = self.hosts.of_migrations().await?;
        let tx = db.begin().await?;
        tx.execute_unprepared("SELECT pg_advisory_xact_lock(7309453)").await?;
        change(&tx).await?;
        tx.commit().await?;
        Ok(db.close().await?)
    }

    /// Whether the schema is the one this program was built with.
    pub async fn is_current(&self) -> Result<bool> {
        let (Tx { link: tx, .. }, _) = self.begin(Entrant::Nobody).await?;
        let backend = tx.get_database_backend();
        let begun =
            Statement::from_string(backend, "SELECT to_regclass('seaql_migrations') IS NOT NULL AS begun");
        let begun = tx.query_one_raw(begun).await?.map(|row| row.try_get::<bool>("", "begun")).transpose()?;
        if begun != Some(true) {
            return Ok(false);
        }
        let steps = Statement::from_string(backend, "SELECT version FROM seaql_migrations ORDER BY version");
        let rows = tx.query_all_raw(steps).await?;
        let applied =
            rows.iter().map(|row| row.try_get::<String>("", "version")).collect::<Result<Vec<_>, _>>()?;
        Ok(applied.iter().map(String::as_str).eq(Migrator::migrations().iter().map(|step| step.name())))
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        let (tx, _) = self.begin(Entrant::Nobody).await?;
        tx.commit().await
    }

    /// Whether the database takes writes: a standby, or a primary that was demoted, only answers; and a disk without room
    /// for what somebody wrote just now may still have room for this.
    pub async fn probe(&self) -> Result<()> {
        if self.hosts.state().is_failing() {
            return Err(Error::Unavailable);
        }
        let (tx, _) = self.begin(Entrant::Nobody).await?;
        let count = Expr::col(probe::Column::Count).add(1);
        probe::Entity::update_many().col_expr(probe::Column::Count, count).exec(&tx.link).await?;
        tx.commit().await
    }

    /// Ends all connections: those in use once they are free.
    pub async fn close(self) -> Result<()> {
        link::close(&self.links).await?;
        Ok(())
    }
}

impl Tx {
    fn of(link: Link, begun: Option<Begun>, turn: Option<Turn>) -> Self {
        Self { link, begun, holds: AtomicBool::new(false), turn: Mutex::new(turn) }
    }

    /// Makes everything so.
    pub async fn commit(self) -> Result<()> {
        Ok(Box::pin(self.link.commit()).await?)
    }

    fn statement(&self, sql: &str, values: impl IntoIterator<Item = sea_orm::Value>) -> Statement {
        Statement::from_sql_and_values(self.link.get_database_backend(), sql, values)
    }
}

/// Newest first by (time, id), after the page's cursor, and one entry more than the page.
fn newest_first<E: EntityTrait>(
    select: Select<E>,
    time: E::Column,
    id: E::Column,
    page: &PageQuery,
) -> Select<E> {
    let select = match after(time, id, page) {
        Some(after) => select.filter(after),
        None => select,
    };
    select.order_by_desc(time).order_by_desc(id).limit(page.size + 1)
}

/// What comes after the page's cursor.
fn after(time: impl ColumnTrait, id: impl ColumnTrait, page: &PageQuery) -> Option<SimpleExpr> {
    let (at, last) = page.after?;
    let row = Expr::tuple([column(time), column(id)]);
    Some(row.lt(Expr::tuple([Expr::val(at), Expr::val(last)])))
}

/// A page of what hangs on one parent, in one statement: no row at all when the parent is not seen, one row without
/// child when the page is empty. `which` chooses among the children. They are a subquery with an order and a limit of
/// its own, because only there an index gives the page, however many children there are.
fn page_of<P: EntityTrait, C: EntityTrait>(
    parent: Select<P>,
    (own, foreign): (P::Column, C::Column),
    which: Condition,
    (time, id): (C::Column, C::Column),
    page: &PageQuery,
) -> Select<P> {
    let children = C::find().filter(column(foreign).eq(column(own))).filter(which);
    let mut children = newest_first(children, time, id, page);
    let children = QuerySelect::query(&mut children).to_owned();
    let mut select = C::Column::iter().fold(parent.select_only(), QuerySelect::column);
    QuerySelect::query(&mut select).join_lateral(
        JoinType::LeftJoin,
        children,
        C::default(),
        Expr::cust("true"),
    );
    select.order_by_desc(time).order_by_desc(id)
}

fn column(column: impl ColumnTrait) -> SimpleExpr {
    Expr::col(column.as_column_ref())
}

/// A word of the store that the domain does not know: the row is not one of ours.
fn word<T: std::str::FromStr>(table: &'static str, column: &'static str, text: &str) -> Result<T> {
    text.parse().map_err(|_| Error::internal(format!("{table}.{column} holds an unknown word")))
}

/// A JSON column as what it holds.
fn json<T: serde::de::DeserializeOwned>(table: &'static str, value: serde_json::Value) -> Result<T> {
    serde_json::from_value(value).map_err(|error| Error::internal(format!("{table}: {error}")))
}

/// Something as a JSON column.
fn to_json(value: &impl serde::Serialize) -> Result<serde_json::Value> {
    serde_json::to_value(value).map_err(|error| Error::Internal(Box::new(error)))
}

/// Bytes that a statement wrote in hexadecimal.
fn unhex(text: &str) -> Vec<u8> {
    (0..text.len() / 2).filter_map(|i| u8::from_str_radix(text.get(2 * i..2 * i + 2)?, 16).ok()).collect()
}

/// Proof, for the compiler, that a use case passed the policy before it writes.
fn permitted(_: &Permit) {}
