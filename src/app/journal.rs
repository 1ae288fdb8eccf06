//! The journal as its readers see it, receipts, and the keys to check them with.

use chrono::{DateTime, Utc};
use focalnet_domain::{
    journal::{Event, Subject},
    organization::Kind,
};
use serde::{Deserialize, Serialize};

use super::{App, Call, Plain, call::Answer, context::CallContext, lists::Form};
use crate::error::{Error, Result};

/// A public key of receipts.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SigningKey {
    /// RFC 7638 thumbprint.
    pub key_id: String,
    /// C2SP text form.
    pub verifier_key: String,
    /// First use.
    pub start_time: DateTime<Utc>,
}

/// All of them: there is one page.
#[derive(Debug, Serialize)]
pub struct SigningKeys {
    /// The one in use first.
    pub signing_keys: Vec<SigningKey>,
}

/// Acts whose content an authority does not need: it gets their digests.
const NOT_FOR_AUTHORITIES: &[&str] = &["acknowledge", "deny", "open_consultation", "close_consultation"];

impl CallContext<'_> {
    /// Takes from an event what the caller may not have: names of the other side, and what an authority does not need.
    fn withhold(&self, event: &mut Event) {
        let own_side = event.organ.is_court() == self.actor.kind.is_court();
        let authority = self.actor.kind == Kind::Authority;
        event.withhold(authority && NOT_FOR_AUTHORITIES.contains(&event.act.as_str()), !own_side);
    }
}

impl App {
    /// Lists the events of a resource.
    pub async fn list_events(&self, call: &Call) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let subject: Subject = call.parent()?;
        let query = cx.query(&[("act", Form::Text), ("stream", Form::Text)])?;
        let events = cx.tx.events(&cx.scope, subject, &query.conditions, &query.page).await?;
        let mut events = events.ok_or(Error::NotFound("subject"))?;
        for event in &mut events {
            cx.withhold(event);
        }
        let answer = cx.page(&query, events, |event| (event.time, event.name.0), |event| Ok(Plain(event)))?;
        cx.leave(answer).await
    }

    /// Gives the receipt of an event again.
    pub async fn get_receipt(&self, call: &Call) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let event = cx.tx.event(&cx.scope, call.name()?).await?.ok_or(Error::NotFound("event"))?;
        let receipt = cx.receipt(&event)?;
        cx.answer(&Plain(receipt)).await
    }

    /// Lists the public keys of receipts.
    pub async fn list_signing_keys(&self, call: &Call) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let rows = cx.tx.keys().await?;
        cx.tx.commit().await?;
        let key = |row: crate::store::KeyRow| SigningKey {
            key_id: row.key_id,
            verifier_key: row.verifier_key,
            start_time: row.start_time,
        };
        Answer::of(call.rpc, &Plain(SigningKeys { signing_keys: rows.into_iter().map(key).collect() }))
    }
}
