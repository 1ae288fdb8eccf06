//! Attempts to sign in, counted by a keyed digest of the login, whether there is such an account or not.

use chrono::{DateTime, Duration, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, OnConflict},
};

use super::{
    Tx,
    entity::{answered_call, login_attempt},
};
use crate::error::{Error, Result};

/// After how long attempts are forgotten.
const MEMORY: Duration = Duration::days(1);

impl Tx {
    /// Locks the count of a login: attempts since the last success, and the last of them.
    pub async fn lock_attempts(&self, key: [u8; 32], now: DateTime<Utc>) -> Result<(i32, DateTime<Utc>)> {
        let first = login_attempt::ActiveModel {
            login_key: Set(key.to_vec()),
            attempts: Set(0),
            last_time: Set(now),
        };
        let known = OnConflict::column(login_attempt::Column::LoginKey).do_nothing().to_owned();
        login_attempt::Entity::insert(first).on_conflict(known).exec_without_returning(&self.link).await?;
        let row = login_attempt::Entity::find_by_id(key.to_vec()).lock_exclusive().one(&self.link).await?;
        let row = row.ok_or_else(|| Error::internal("a count of attempts is gone under its lock"))?;
        Ok(if row.last_time + MEMORY < now { (0, now) } else { (row.attempts, row.last_time) })
    }

    /// Sets the count of a login; a success sets it to zero.
    pub async fn count_attempts(&self, key: [u8; 32], attempts: i32, now: DateTime<Utc>) -> Result<()> {
        login_attempt::Entity::update_many()
            .col_expr(login_attempt::Column::Attempts, Expr::val(attempts))
            .col_expr(login_attempt::Column::LastTime, Expr::val(now))
            .filter(login_attempt::Column::LoginKey.eq(key.to_vec()))
            .exec(&self.link)
            .await?;
        Ok(())
    }

    /// Forgets what is only kept for a time: answers to repeated calls, and attempts to sign in.
    pub async fn forget(&self, now: DateTime<Utc>) -> Result<()> {
        answered_call::Entity::delete_many()
            .filter(answered_call::Column::ExpireTime.lte(now))
            .exec(&self.link)
            .await?;
        login_attempt::Entity::delete_many()
            .filter(login_attempt::Column::LastTime.lt(now - MEMORY))
            .exec(&self.link)
            .await?;
        Ok(())
    }
}
