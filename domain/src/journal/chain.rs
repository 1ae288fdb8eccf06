//! The chain: how an event's hash follows from the one before, and the check of exported events.

use std::collections::BTreeMap;

use aws_lc_rs::digest;
use chrono::{DateTime, Utc};

use super::{Bytes, Event, Hash, Stream};
use crate::{names::EventId, organization::Role};

/// SHA-256 over parts, one after the other.
#[must_use]
pub fn sha256(parts: &[&[u8]]) -> Hash {
    let mut context = digest::Context::new(&digest::SHA256);
    for part in parts {
        context.update(part);
    }
    let mut hash = [0; 32];
    hash.copy_from_slice(context.finish().as_ref());
    hash
}

/// What a chain begins with.
#[must_use]
pub fn genesis(stream: Stream) -> Hash {
    sha256(&[&[0], stream.to_string().as_bytes()])
}

/// Digest of a text with its salt.
#[must_use]
pub fn salted(salt: &[u8], text: &str) -> Hash {
    sha256(&[&(salt.len() as u64).to_be_bytes(), salt, text.as_bytes()])
}

impl Event {
    /// The link that this event makes after `previous`.
    #[must_use]
    pub fn link(&self, previous: &[u8]) -> Hash {
        let stream = self.stream.to_string();
        let (index, time) = (self.index.to_be_bytes(), self.time.timestamp_micros().to_be_bytes());
        let fields: [&[u8]; 10] = [
            stream.as_bytes(),
            &index,
            self.name.0.as_bytes(),
            &time,
            self.act.as_bytes(),
            self.subject.as_bytes(),
            self.organ.as_str().as_bytes(),
            self.role.map_or("", Role::as_str).as_bytes(),
            &self.content_digest.0,
            &self.persons_digest.0,
        ];
        let lengths = fields.map(|field| (field.len() as u64).to_be_bytes());
        let mut parts: Vec<&[u8]> = vec![&[1], previous];
        for (length, field) in lengths.iter().zip(fields) {
            parts.extend([length.as_slice(), field]);
        }
        sha256(&parts)
    }

    /// Whether two exports hold the same event, whatever each of them withholds.
    fn is_same_as(&self, other: &Self) -> bool {
        let bare = |event: &Self| {
            let mut event = event.clone();
            event.withhold(true, true);
            event
        };
        bare(self) == bare(other)
    }

    /// Whether texts that are present are the ones that were digested.
    fn texts_fit(&self) -> Option<&'static str> {
        let fits = |text: &str, salt: &Bytes, digest: &Bytes| {
            (text.is_empty() && salt.0.is_empty()) || salted(&salt.0, text)[..] == digest.0[..]
        };
        if !fits(&self.content, &self.content_salt, &self.content_digest) {
            Some("its content is not the content that was recorded")
        } else if !fits(&self.persons, &self.persons_salt, &self.persons_digest) {
            Some("its persons are not the persons who were recorded")
        } else {
            None
        }
    }
}

/// The first event that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("event {event} (number {index} of {stream}): {problem}")]
pub struct Bad {
    /// The event.
    pub event: EventId,
    /// Its stream.
    pub stream: Stream,
    /// Its position.
    pub index: i64,
    /// What does not fit.
    pub problem: &'static str,
}

/// Checks exported events, stream by stream from the first event on, and gives the head of each stream. Events may
/// come in any order.
pub fn verify(events: &[Event]) -> Result<BTreeMap<Stream, (i64, Hash)>, Bad> {
    let mut streams: BTreeMap<Stream, Vec<&Event>> = BTreeMap::new();
    for event in events {
        streams.entry(event.stream).or_default().push(event);
    }
    let mut heads = BTreeMap::new();
    for (stream, mut chain) in streams {
        chain.sort_by_key(|event| event.index);
        // Two readers may export the same event, each with what it may read of it: each text must fit.
        let misfit = chain.iter().find_map(|event| Some((event.index, event.texts_fit()?)));
        chain.dedup_by(|one, other| one.is_same_as(other));
        let (mut previous, mut time) = (genesis(stream), DateTime::<Utc>::MIN_UTC);
        for (expected, event) in (1..).zip(&chain) {
            let bad = |problem| Err(Bad { event: event.name, stream, index: event.index, problem });
            if event.index > expected {
                return bad("the events before it are missing");
            }
            if event.index < expected {
                return bad("there are two events at its place");
            }
            if let Some((_, problem)) = misfit.filter(|(index, _)| *index == event.index) {
                return bad(problem);
            }
            if event.time < time {
                return bad("it is dated before the event before it");
            }
            let hash = event.link(&previous);
            if hash[..] != event.hash.0[..] {
                return bad("its hash does not follow from it and the event before it");
            }
            (previous, time) = (hash, event.time);
        }
        heads.insert(stream, (chain.last().map_or(0, |event| event.index), previous));
    }
    Ok(heads)
}
