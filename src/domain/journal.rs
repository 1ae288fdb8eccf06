//! The journal: one event for each act, in streams that are read whole or not at all, each a hash chain of its own.
//!
//! `hash = SHA-256(0x01 ‖ previous hash ‖ fields, each with its length)`; the first previous hash is
//! `SHA-256(0x00 ‖ stream)`. Content and persons stand in the chain by salted digests, so that they can be withheld
//! from a party, or destroyed by decision, and the chain still holds.

use std::{collections::BTreeMap, fmt, str::FromStr};

use aws_lc_rs::digest;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{
    names::{BadName, CaseId, EventId, FreezingRequestId, OrderId, OrganizationId, UserId},
    organization::{Kind, Role},
    words::words,
};

/// A link of a chain, or the digest of a text.
pub type Hash = [u8; 32];

/// Bytes that read and write themselves as base64.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bytes(pub Vec<u8>);

impl Bytes {
    /// In hexadecimal.
    #[must_use]
    pub fn hex(&self) -> String {
        self.0.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
    }
}

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        STANDARD.decode(String::deserialize(deserializer)?).map(Self).map_err(de::Error::custom)
    }
}

words! {
    /// Who may read a stream.
    pub enum Audience {
        /// Both sides of a request.
        Shared = "shared",
        /// The issuing side of a request.
        Issuer = "issuer",
        /// The State of a request.
        State = "state",
        /// The Court users who see a case or an order.
        Court = "court",
        /// The people of an organization who keep its users.
        Keepers = "keepers",
    }
}

/// What a stream is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A request: three streams.
    Request(FreezingRequestId),
    /// A case.
    Case(CaseId),
    /// An order.
    Order(OrderId),
    /// An organization with its users.
    Organization(OrganizationId),
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(name) => name.fmt(f),
            Self::Case(name) => name.fmt(f),
            Self::Order(name) => name.fmt(f),
            Self::Organization(name) => name.fmt(f),
        }
    }
}

impl FromStr for Subject {
    type Err = BadName;

    fn from_str(text: &str) -> Result<Self, BadName> {
        let request = || text.parse().map(Self::Request);
        let case = |_| text.parse().map(Self::Case);
        let order = |_| text.parse().map(Self::Order);
        let organization = |_| text.parse().map(Self::Organization);
        request().or_else(case).or_else(order).or_else(organization).map_err(|_: BadName| {
            BadName("`freezingRequests/{uuid}`, `cases/{uuid}`, `orders/{uuid}` or `organizations/{uuid}`")
        })
    }
}

/// A stream: a subject and who may read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stream {
    /// What it is about.
    pub subject: Subject,
    /// Who may read it.
    pub audience: Audience,
}

impl fmt::Display for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.subject, self.audience)
    }
}

impl FromStr for Stream {
    type Err = BadName;

    fn from_str(text: &str) -> Result<Self, BadName> {
        let bad = BadName("a stream, as `freezingRequests/{uuid}/shared`");
        let (subject, audience) = text.rsplit_once('/').ok_or(bad.clone())?;
        Ok(Self { subject: subject.parse()?, audience: audience.parse().map_err(|_| bad)? })
    }
}

impl Serialize for Stream {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Stream {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// Who acted, for the actor's own side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Persons {
    /// The account.
    pub user: UserId,
    /// The person's name.
    pub display_name: String,
    /// The organization.
    pub organization: OrganizationId,
    /// Who proposed what this person approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposer: Option<UserId>,
}

/// An event, as stored and as exported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its name.
    pub name: EventId,
    /// The stream.
    pub stream: Stream,
    /// Position in the stream, from 1.
    #[serde(deserialize_with = "number")]
    pub index: i64,
    /// When it was recorded, in microseconds.
    pub time: DateTime<Utc>,
    /// What was done.
    pub act: String,
    /// The resource it was done to.
    pub subject: String,
    /// Kind of organization that acted.
    pub organ: Kind,
    /// The mandate under which was acted, where one was needed.
    #[serde(default, deserialize_with = "role")]
    pub role: Option<Role>,
    /// The act's content as JSON text.
    #[serde(default)]
    pub content: String,
    /// Salt of the content.
    #[serde(default)]
    pub content_salt: Bytes,
    /// Digest of salt and content.
    pub content_digest: Bytes,
    /// Who acted, as JSON text.
    #[serde(default)]
    pub persons: String,
    /// Salt of the persons.
    #[serde(default)]
    pub persons_salt: Bytes,
    /// Digest of salt and persons.
    pub persons_digest: Bytes,
    /// The link of the chain.
    pub hash: Bytes,
}

/// Proto JSON writes 64-bit numbers as text.
fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Number {
        Plain(i64),
        Text(String),
    }
    match Number::deserialize(deserializer)? {
        Number::Plain(number) => Ok(number),
        Number::Text(text) => text.parse().map_err(de::Error::custom),
    }
}

/// Proto JSON writes enums by their full name.
fn role<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Role>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?.filter(|word| word != "ROLE_UNSPECIFIED");
    let word = text.map(|word| word.trim_start_matches("ROLE_").to_lowercase());
    word.map(|word| word.parse()).transpose().map_err(de::Error::custom)
}

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

    /// Removes what a reader may not have; the digests stay.
    pub fn withhold(&mut self, content: bool, persons: bool) {
        if content {
            self.content.clear();
            self.content_salt.0.clear();
        }
        if persons {
            self.persons.clear();
            self.persons_salt.0.clear();
        }
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
        let (mut previous, mut time) = (genesis(stream), DateTime::<Utc>::MIN_UTC);
        for (expected, event) in (1..).zip(&chain) {
            let bad = |problem| Err(Bad { event: event.name, stream, index: event.index, problem });
            if event.index > expected {
                return bad("the events before it are missing");
            }
            if event.index < expected {
                return bad("there are two events at its place");
            }
            if let Some(problem) = event.texts_fit() {
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
