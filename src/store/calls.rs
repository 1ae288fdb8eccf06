//! Answered calls: what makes a repeated `request_id` give the first answer again. An answer says again what the act has
//! written elsewhere; compressed it takes half the room in the database and in its log.

use std::io::{Read as _, Write as _};

use chrono::{DateTime, Utc};
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use focalnet_domain::names::UserId;
use sea_orm::{
    ActiveValue::Set,
    EntityTrait, FromQueryResult, QuerySelect, Select,
    sea_query::{Expr, OnConflict},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{Tx, entity::answered_call, typed::Typed, unhex};
use crate::{
    authz::{Permit, Scope},
    error::{Error, Result},
};

/// A call that was answered before.
#[derive(Debug, Clone)]
pub struct Answered {
    /// Digest of its message.
    pub digest: Vec<u8>,
    /// The answer, as it was sent.
    pub answer: Vec<u8>,
}

#[derive(FromQueryResult)]
struct Locked {
    replay: Option<Typed<Replay>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Replay {
    digest: String,
    answer: String,
    deflated: bool,
    expire_time: DateTime<Utc>,
}

fn deflate(answer: &[u8]) -> Result<Vec<u8>> {
    let mut into = DeflateEncoder::new(Vec::with_capacity(answer.len() / 2), Compression::fast());
    into.write_all(answer).and_then(|()| into.finish()).map_err(|error| Error::Internal(error.into()))
}

/// An answer as it was sent, of one that was kept like this.
fn inflate(kept: Vec<u8>, deflated: bool) -> Result<Vec<u8>> {
    if !deflated {
        return Ok(kept);
    }
    let mut answer = Vec::with_capacity(2 * kept.len());
    DeflateDecoder::new(&*kept).read_to_end(&mut answer).map_err(|error| Error::Internal(error.into()))?;
    Ok(answer)
}

impl Tx {
    /// Locks a row, before anything of it is read: a statement that waits for a row lock still sees the rest of the
    /// database as it was before it waited. It also brings the answer to an earlier call with the same `request_id`.
    pub(super) async fn lock<E: EntityTrait>(
        &self,
        scope: &Scope,
        (row, select): (Uuid, Select<E>),
        (method, request_id): (&str, Option<Uuid>),
        now: DateTime<Utc>,
    ) -> Result<Option<Option<Answered>>> {
        let replay = Expr::cust_with_values(
            "(SELECT json_build_object('digest', encode(c.digest, 'hex'), 'answer', encode(c.answer, 'hex'), 'deflated', c.deflated,
                'expire_time', c.expire_time)
                FROM answered_call c WHERE c.account_id = $1 AND c.method = $2 AND c.request_id = $3)",
            [sea_orm::Value::from(scope.user().0), method.into(), request_id.into()],
        );
        let select = select.select_only().column_as(replay, "replay");
        let Some(row) = self.locked::<Locked>(row, select).await? else { return Ok(None) };
        let replay = row.replay.map(|replay| replay.0);
        let replay = replay.filter(|replay| replay.expire_time > now);
        let answered = replay.map(|replay| {
            let answer = inflate(unhex(&replay.answer), replay.deflated)?;
            Ok(Answered { digest: unhex(&replay.digest), answer })
        });
        answered.transpose().map(Some)
    }

    /// The answer to an earlier call with this `request_id`, if it has one that is still kept.
    pub async fn answered(
        &self,
        user: UserId,
        method: &str,
        request_id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Option<Answered>> {
        let row = answered_call::Entity::find_by_id((user.0, method.to_owned(), request_id))
            .one(&self.link)
            .await?;
        let row = row.filter(|row| row.expire_time > now);
        row.map(|row| Ok(Answered { digest: row.digest, answer: inflate(row.answer, row.deflated)? }))
            .transpose()
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
            answer: Set(deflate(answer)?),
            deflated: Set(true),
            expire_time: Set(expire_time),
        };
        let outlived = OnConflict::columns([Column::AccountId, Column::Method, Column::RequestId])
            .update_columns([Column::Digest, Column::Answer, Column::Deflated, Column::ExpireTime])
            .to_owned();
        answered_call::Entity::insert(row).on_conflict(outlived).exec_without_returning(&self.link).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_as_it_was_sent_whenever_it_was_kept() {
        for answer in [&b""[..], b"a", &b"freezingRequests/1 freezingRequests/1 ".repeat(1_000)] {
            let kept = deflate(answer).unwrap();
            assert_eq!(inflate(kept.clone(), true).unwrap(), answer);
            assert_eq!(inflate(answer.to_vec(), false).unwrap(), answer);
            assert!(answer.len() < 100 || kept.len() < answer.len() / 10);
        }
    }

    #[test]
    fn what_was_not_kept_like_this_is_no_answer() {
        assert!(inflate(b"freezingRequests/1".to_vec(), true).is_err());
    }
}
