//! Sessions: the check that every call begins with, and the tokens that continue them.

use chrono::{DateTime, Duration, Utc};
use focalnet_domain::{
    error::Reason,
    names::{OrganizationId, UserId},
    organization::Kind,
    user::{Mandate, State},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryResult, QuerySelect,
    sea_query::Expr,
};
use uuid::Uuid;

use super::{
    Plans, Tx,
    entity::{clock_offset, session},
    link::{Link, Links, Prepared},
    queues::{Queues, Thing, Turn},
    typed::Typed,
    word,
};
use crate::error::{Error, Result};

/// A session with whose it is, as the first statement of a call reads it.
#[derive(Debug, Clone)]
pub struct SessionRow {
    /// The account.
    pub user: UserId,
    /// The person's name.
    pub display_name: String,
    /// Whether the account can be used.
    pub state: State,
    /// The organization.
    pub organization: OrganizationId,
    /// What it is.
    pub kind: Kind,
    /// All mandates.
    pub mandates: Vec<Mandate>,
    /// The session can only change the password.
    pub restricted: bool,
    /// Until when it lives at most.
    pub expire_time: DateTime<Utc>,
    /// When it was ended.
    pub end_time: Option<DateTime<Utc>>,
    /// What the clock adds.
    pub clock_offset: Duration,
}

/// The same, as it is read.
#[derive(FromQueryResult)]
pub(super) struct Row {
    display_name: String,
    pub(super) state: String,
    organization_id: Uuid,
    kind: String,
    restricted: bool,
    expire_time: DateTime<Utc>,
    pub(super) end_time: Option<DateTime<Utc>>,
    mandates: Typed<Vec<Mandate>>,
    seconds: i64,
    pub(super) free: bool,
}

/// Checks a session and tells whose it is; takes the context of row-level security with it, and says how to plan.
const ENTER: &str = "
PREPARE enter (uuid, uuid, bigint, text) AS
SELECT a.display_name, a.state, a.organization_id, o.kind, s.restricted, s.expire_time, s.end_time,
    (SELECT coalesce(json_agg(json_build_object('role', m.role, 'start_time', m.start_time, 'end_time', m.end_time)), '[]')
        FROM mandate m WHERE m.account_id = a.id) AS mandates,
    coalesce((SELECT seconds FROM clock_offset), 0) AS seconds,
    set_config('app.org', a.organization_id::text, true), set_config('plan_cache_mode', $4, true),
    $3::bigint IS NULL OR pg_try_advisory_xact_lock($3) AS free
FROM session s JOIN account a ON a.id = s.account_id JOIN organization o ON o.id = a.organization_id
WHERE s.id = $1 AND a.id = $2";

/// The two tokens that continue a session.
#[derive(Debug, Clone, Copy)]
pub struct Refresh {
    /// Hash of the token presented.
    pub presented: [u8; 32],
    /// Hash of its successor.
    pub successor: [u8; 32],
}

/// A session as a refresh token finds it.
#[derive(Debug, Clone)]
pub struct Continued {
    /// Whose it is.
    pub user: UserId,
    /// Hash of the refresh token that works.
    pub refresh_hash: Vec<u8>,
    /// Hash of the one before.
    pub previous_hash: Option<Vec<u8>>,
    /// When the newest token was given.
    pub refresh_time: DateTime<Utc>,
}

/// How somebody with a session begins a transaction.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entering {
    pub(super) user: UserId,
    pub(super) session: Uuid,
    /// The lock of the call's `request_id`.
    pub(super) lock: Option<i64>,
    pub(super) plans: Plans,
}

/// A transaction that can begin again, and with what.
#[derive(Debug, Clone)]
pub(super) struct Begun {
    pub(super) links: Links,
    pub(super) queues: Queues,
    pub(super) entering: Entering,
}

pub(super) fn enter(Entering { user, session, lock, plans }: Entering) -> Prepared {
    let lock = lock.map_or_else(|| "NULL".to_owned(), |lock| lock.to_string());
    let mode = match plans {
        Plans::Kept => "force_generic_plan",
        Plans::Fitted => "auto",
    };
    let user = user.0;
    Prepared { prepare: ENTER, execute: format!("EXECUTE enter ('{session}', '{user}', {lock}, '{mode}')") }
}

pub(super) fn entered(row: Option<QueryResult>) -> Result<Row> {
    let row = row.ok_or(Error::Unauthenticated(Reason::NotSignedIn))?;
    Ok(Row::from_query_result(&row, "")?)
}

fn seen(user: UserId, row: Row) -> Result<SessionRow> {
    Ok(SessionRow {
        user,
        display_name: row.display_name,
        state: word("account", "state", &row.state)?,
        organization: OrganizationId(row.organization_id),
        kind: word("organization", "kind", &row.kind)?,
        mandates: row.mandates.0,
        restricted: row.restricted,
        expire_time: row.expire_time,
        end_time: row.end_time,
        clock_offset: Duration::seconds(row.seconds),
    })
}

impl Tx {
    /// Begins a transaction with the check of a session, and perhaps with a turn at the row that it will lock.
    pub(super) async fn entered(begun: Begun, turn: Option<Turn>) -> Result<(Self, SessionRow)> {
        let entering = begun.entering;
        let (tx, row) = Link::begin(&begun.links, Some(&enter(entering))).await?;
        let mut row = entered(row)?;
        let busy = entering.lock.filter(|_| !row.free);
        // Nobody waits in one queue while others wait in another one for them.
        let tx = Self::of(tx, Some(begun), turn.filter(|_| busy.is_none()));
        if let Some(lock) = busy {
            // The same call is at work elsewhere. What was read before waiting for it may have ended meanwhile.
            (row, _) = tx.waits(Thing::Call(lock)).await?;
        }
        Ok((tx, seen(entering.user, row)?))
    }

    /// Checks a session and tells whose it is, in a transaction that has begun.
    pub async fn enter(&self, user: UserId, session: Uuid, plans: Plans) -> Result<SessionRow> {
        let entering = Entering { user, session, lock: None, plans };
        seen(user, entered(self.link.carry_out(&enter(entering)).await?)?)
    }

    /// What the clock adds: zero outside the development profile.
    pub async fn clock_offset(&self) -> Result<Duration> {
        let row = clock_offset::Entity::find().one(&self.link).await?;
        Ok(row.map_or_else(Duration::zero, |row| Duration::seconds(row.seconds)))
    }

    /// Begins a session.
    pub async fn insert_session(
        &self,
        id: Uuid,
        user: UserId,
        restricted: bool,
        refresh_hash: [u8; 32],
        now: DateTime<Utc>,
        expire_time: DateTime<Utc>,
    ) -> Result<()> {
        let row = session::ActiveModel {
            id: Set(id),
            account_id: Set(user.0),
            restricted: Set(restricted),
            refresh_hash: Set(refresh_hash.to_vec()),
            previous_hash: Set(None),
            refresh_time: Set(now),
            create_time: Set(now),
            expire_time: Set(expire_time),
            end_time: Set(None),
        };
        session::Entity::insert(row).exec_without_returning(&self.link).await?;
        Ok(())
    }

    /// A living session, locked.
    pub async fn lock_session(&self, session: Uuid) -> Result<Option<Continued>> {
        let select = session::Entity::find_by_id(session).filter(session::Column::EndTime.is_null());
        let row = select.lock_exclusive().one(&self.link).await?;
        Ok(row.map(|row| Continued {
            user: UserId(row.account_id),
            refresh_hash: row.refresh_hash,
            previous_hash: row.previous_hash,
            refresh_time: row.refresh_time,
        }))
    }

    /// Puts the successor of a refresh token in its place.
    pub async fn rotate_session(&self, id: Uuid, refresh: Refresh, now: DateTime<Utc>) -> Result<()> {
        session::Entity::update_many()
            .col_expr(session::Column::PreviousHash, Expr::val(refresh.presented.to_vec()))
            .col_expr(session::Column::RefreshHash, Expr::val(refresh.successor.to_vec()))
            .col_expr(session::Column::RefreshTime, Expr::val(now))
            .filter(session::Column::Id.eq(id))
            .exec(&self.link)
            .await?;
        Ok(())
    }

    /// Ends one session.
    pub async fn end_session(&self, id: Uuid, now: DateTime<Utc>) -> Result<()> {
        self.end_sessions_where(session::Column::Id.eq(id), now).await
    }

    /// Ends all sessions of an account.
    pub async fn end_sessions(&self, user: UserId, now: DateTime<Utc>) -> Result<()> {
        self.end_sessions_where(session::Column::AccountId.eq(user.0), now).await
    }

    async fn end_sessions_where(
        &self,
        which: impl sea_orm::sea_query::IntoCondition,
        now: DateTime<Utc>,
    ) -> Result<()> {
        session::Entity::update_many()
            .col_expr(session::Column::EndTime, Expr::val(now))
            .filter(which)
            .filter(session::Column::EndTime.is_null())
            .exec(&self.link)
            .await?;
        Ok(())
    }
}
