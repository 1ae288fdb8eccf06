//! The journal as its readers see it, receipts, and the keys to check them with.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{App, Call, Page, ReceiptView, freezing_requests::readable, lists::Form, work::Work};
use crate::{
    domain::{
        freezing_request::Party,
        journal::{Audience, Event, Subject},
    },
    error::{Error, Result},
};

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

/// Acts whose content an authority does not need: it gets their digests.
const NOT_FOR_AUTHORITIES: &[&str] = &["acknowledge", "deny", "open_consultation", "close_consultation"];

/// How a caller reads the streams of a subject.
struct Reading {
    audiences: &'static [Audience],
    party: Option<Party>,
}

impl Reading {
    /// Takes from an event what its reader may not have.
    fn withhold(&self, event: &mut Event) {
        let Some(party) = self.party else { return };
        let own_side = event.organ.is_court() == party.is_issuer();
        let content = party == Party::Authority && NOT_FOR_AUTHORITIES.contains(&event.act.as_str());
        event.withhold(content, !own_side);
    }
}

impl Work<'_> {
    /// The streams of a subject that the caller reads; none when it does not see the subject.
    async fn reading(&self, subject: Subject) -> Result<Option<Reading>> {
        let court = |seen: bool| seen.then_some(Reading { audiences: &[Audience::Court], party: None });
        Ok(match subject {
            Subject::Request(name) => match self.tx.dossier_party(&self.scope, name).await? {
                Some(parties) => parties
                    .of(self.actor.organization)
                    .map(|party| Reading { audiences: readable(party), party: Some(party) }),
                None => None,
            },
            Subject::Case(name) => court(self.tx.case(&self.scope, name).await?.is_some()),
            Subject::Order(name) => court(self.tx.order(&self.scope, name).await?.is_some()),
            Subject::Organization(name) => {
                let organization = self.tx.organization(&self.scope, name).await?;
                let kept = organization.filter(|(organization, _)| self.scope.keeps(organization));
                kept.map(|_| Reading { audiences: &[Audience::Keepers], party: None })
            }
        })
    }
}

impl App {
    /// Lists the events of a resource.
    pub async fn list_events(&self, call: &Call) -> Result<Page<Event>> {
        let work = self.enter(call).await?;
        let subject: Subject = call.parent()?;
        let reading = work.reading(subject).await?.ok_or(Error::NotFound)?;
        let query = work.query(&[("act", Form::Text), ("stream", Form::Text)])?;
        let (act, stream) = (query.value("act"), query.value("stream"));
        let mut events = work.tx.events(subject, reading.audiences, act, stream, &query.page).await?;
        for event in &mut events {
            reading.withhold(event);
        }
        let page = work.paged(&query, events, |event| (event.time, event.name.0));
        work.tx.commit().await?;
        Ok(page)
    }

    /// Gives the receipt of an event again.
    pub async fn get_receipt(&self, call: &Call) -> Result<ReceiptView> {
        let work = self.enter(call).await?;
        let name = call.name()?;
        let event = work.tx.event(name).await?.ok_or(Error::NotFound)?;
        let reading = work.reading(event.stream.subject).await?.ok_or(Error::NotFound)?;
        if !reading.audiences.contains(&event.stream.audience) {
            return Err(Error::NotFound);
        }
        let receipt = work.receipt(&event)?;
        work.tx.commit().await?;
        Ok(receipt)
    }

    /// Lists the public keys of receipts.
    pub async fn list_signing_keys(&self, call: &Call) -> Result<Vec<SigningKey>> {
        let work = self.enter(call).await?;
        let rows = work.tx.keys().await?;
        work.tx.commit().await?;
        let key = |row: crate::store::KeyRow| SigningKey {
            key_id: row.key_id,
            verifier_key: row.verifier_key,
            start_time: row.start_time,
        };
        Ok(rows.into_iter().map(key).collect())
    }
}
