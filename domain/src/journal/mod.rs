//! The journal: one event for each act, in streams that are read whole or not at all, each a hash chain of its own.
//!
//! `hash = SHA-256(0x01 ‖ previous hash ‖ fields, each with its length)`; the first previous hash is
//! `SHA-256(0x00 ‖ stream)`. Content and persons stand in the chain by salted digests, so that they can be withheld
//! from a party, or destroyed by decision, and the chain still holds.

use std::{fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{
    names::{
        ApprovalId, BadName, CaseId, EventId, FreezingRequestId, OrderId, OrganizationId, QuestionnaireId,
        ResponseId, UserId,
    },
    organization::{Kind, Role},
    words::words,
};

mod chain;
#[cfg(test)]
mod tests;

pub use chain::{Bad, genesis, salted, sha256, verify};

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
        /// Both sides of a request or a response.
        Shared = "shared",
        /// The Court's side of a request or a response.
        Issuer = "issuer",
        /// The State's side of a request or a response.
        State = "state",
        /// The Court users who see a case, an order or a questionnaire.
        Court = "court",
        /// The people of an organization who keep its users.
        Keepers = "keepers",
        /// The Court, and the State whose directory entry it is.
        Directory = "directory",
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
    /// An organization with its users, and a State with its entry in the directory.
    Organization(OrganizationId),
    /// A version of a questionnaire, with its circulations.
    Questionnaire(QuestionnaireId),
    /// A response: three streams.
    Response(ResponseId),
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(name) => name.fmt(f),
            Self::Case(name) => name.fmt(f),
            Self::Order(name) => name.fmt(f),
            Self::Organization(name) => name.fmt(f),
            Self::Questionnaire(name) => name.fmt(f),
            Self::Response(name) => name.fmt(f),
        }
    }
}

impl FromStr for Subject {
    type Err = BadName;

    fn from_str(text: &str) -> Result<Self, BadName> {
        let collection = text.split('/').next().unwrap_or_default();
        match collection {
            "freezingRequests" => text.parse().map(Self::Request),
            "cases" => text.parse().map(Self::Case),
            "orders" => text.parse().map(Self::Order),
            "organizations" => text.parse().map(Self::Organization),
            "questionnaires" => text.parse().map(Self::Questionnaire),
            "responses" => text.parse().map(Self::Response),
            _ => Err(BadName(
                "`freezingRequests/{uuid}`, `cases/{uuid}`, `orders/{uuid}`, `organizations/{uuid}`, \
                 `questionnaires/{uuid}` or `responses/{uuid}`",
            )),
        }
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
    /// The proposal that this person approved, and who made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved: Option<(ApprovalId, UserId)>,
}

/// An event, as stored and as exported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its name.
    pub name: EventId,
    /// The stream.
    pub stream: Stream,
    /// Position in the stream, from 1.
    #[serde(default, deserialize_with = "number")]
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

impl Event {
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
}
