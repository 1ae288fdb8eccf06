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

#[derive(FromQueryResult)]
struct Row {
    display_name: String,
    state: String,
    organization_id: Uuid,
    kind: String,
    restricted: bool,
    expire_time: DateTime<Utc>,
    end_time: Option<DateTime<Utc>>,
    mandates: Typed<Vec<Mandate>>,
    seconds: i64,
    free: bool,
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

fn enter(user: UserId, session: Uuid, lock: Option<i64>, plans: Plans) -> Prepared {
    let lock = lock.map_or_else(|| "NULL".to_owned(), |lock| lock.to_string());
    let mode = match plans {
        Plans::Kept => "force_generic_plan",
        Plans::Fitted => "auto",
    };
    let user = user.0;
    Prepared { prepare: ENTER, execute: format!("EXECUTE enter ('{session}', '{user}', {lock}, '{mode}')") }
}

fn entered(row: Option<QueryResult>) -> Result<Row> {
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
    /// Begins a transaction with the check of a session.
    pub(super) async fn entered(
        links: &Links,
        user: UserId,
        session: Uuid,
        (lock, plans): (Option<i64>, Plans),
    ) -> Result<(Self, SessionRow)> {
        let (tx, row) = Link::begin(links, Some(&enter(user, session, lock, plans))).await?;
        let (tx, row) = (Self { tx }, entered(row)?);
        if row.free {
            return Ok((tx, seen(user, row)?));
        }
        // The same call is at work elsewhere. What was read before waiting for it may have ended meanwhile.
        let wait = tx.statement("SELECT pg_advisory_xact_lock($1)", [lock.into()]);
        sea_orm::ConnectionTrait::execute_raw(&tx.tx, wait).await?;
        let row = tx.enter(user, session, plans).await?;
        Ok((tx, row))
    }

    /// Checks a session and tells whose it is, in a transaction that has begun.
    pub async fn enter(&self, user: UserId, session: Uuid, plans: Plans) -> Result<SessionRow> {
        seen(user, entered(self.tx.carry_out(&enter(user, session, None, plans)).await?)?)
    }

    /// What the clock adds: zero outside the development profile.
    pub async fn clock_offset(&self) -> Result<Duration> {
        let row = clock_offset::Entity::find().one(&self.tx).await?;
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
        session::Entity::insert(row).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    /// A living session, locked.
    pub async fn lock_session(&self, session: Uuid) -> Result<Option<Continued>> {
        let select = session::Entity::find_by_id(session).filter(session::Column::EndTime.is_null());
        let row = select.lock_exclusive().one(&self.tx).await?;
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
            .exec(&self.tx)
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
            .exec(&self.tx)
            .await?;
        Ok(())
    }
}
