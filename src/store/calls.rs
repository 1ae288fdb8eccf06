//! Answered calls: what makes a repeated `request_id` give the first answer again.

use chrono::{DateTime, Utc};
use focalnet_domain::names::UserId;
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};
use uuid::Uuid;

use super::{Tx, entity::answered_call};
use crate::{authz::Permit, error::Result};

/// A call that was answered before.
#[derive(Debug, Clone)]
pub struct Answered {
    /// Digest of its message.
    pub digest: Vec<u8>,
    /// The answer, as it was sent.
    pub answer: Vec<u8>,
}

impl Tx {
    /// The answer to an earlier call with this `request_id`, if it has one that is still kept.
    pub async fn answered(
        &self,
        user: UserId,
        method: &str,
        request_id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Option<Answered>> {
        let row =
            answered_call::Entity::find_by_id((user.0, method.to_owned(), request_id)).one(&self.tx).await?;
        let row = row.filter(|row| row.expire_time > now);
        Ok(row.map(|row| Answered { digest: row.digest, answer: row.answer }))
    }

    /// Keeps an answer, in the place of one that was kept long enough.
    pub async fn keep_answer(
        &self,
        permit: &Permit,
        method: &str,
        request_id: Uuid,
        digest: &[u8],
        answer: &[u8],
        expire_time: DateTime<Utc>,
    ) -> Result<()> {
        use answered_call::Column;
        let row = answered_call::ActiveModel {
            account_id: Set(permit.actor().user.0),
            method: Set(method.to_owned()),
            request_id: Set(request_id),
            digest: Set(digest.to_vec()),
            answer: Set(answer.to_vec()),
            expire_time: Set(expire_time),
        };
        let outlived = OnConflict::columns([Column::AccountId, Column::Method, Column::RequestId])
            .update_columns([Column::Digest, Column::Answer, Column::ExpireTime])
            .to_owned();
        answered_call::Entity::insert(row).on_conflict(outlived).exec_without_returning(&self.tx).await?;
        Ok(())
    }
}
