//! What reaches a use case and what leaves it, without any transport.

use std::{fmt::Display, str::FromStr};

use chrono::{DateTime, Utc};
use focalnet_contract::{
    Rpc,
    catalogue::is_read,
    schema::{self, Shape},
    wire::{self, Message},
};
use focalnet_domain::{
    error::{Obstacle, Reason, Violation},
    names::BadName,
};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    authz::fields::{Reader, Undirected},
    error::{Error, Result},
};

/// One call: who, what, and the parts that all calls share.
#[derive(Debug, Clone)]
pub struct Call {
    /// The method.
    pub rpc: Rpc,
    /// The access token, for methods that need one.
    pub token: Option<SecretString>,
    /// `name` as sent; the use case reads it as the kind of name it wants.
    pub name: String,
    /// `parent` as sent.
    pub parent: String,
    /// `etag` as sent.
    pub etag: String,
    /// The `request_id`.
    pub request_id: Option<Uuid>,
    /// Digest of the whole message, for the replay.
    pub digest: [u8; 32],
    /// Page and filter of a list.
    pub page: PageRequest,
}

/// Page and filter of a list, as sent.
#[derive(Debug, Clone, Default)]
pub struct PageRequest {
    /// 0 means 50; at most 200.
    pub size: i32,
    /// Token of the page before.
    pub token: String,
    /// Filter.
    pub filter: String,
}

impl Call {
    /// `name` as a name of a kind; malformed: `INVALID_ARGUMENT`.
    pub fn name<T: FromStr<Err = BadName> + Display>(&self) -> Result<T> {
        parsed("name", &self.name)
    }

    /// `parent` as a name of a kind; malformed: `INVALID_ARGUMENT`.
    pub fn parent<T: FromStr<Err = BadName> + Display>(&self) -> Result<T> {
        parsed("parent", &self.parent)
    }

    /// The id of the top-level resource that the call names, whatever its kind.
    pub fn subject(&self) -> Option<Uuid> {
        let name = if self.name.is_empty() { &self.parent } else { &self.name };
        name.split('/').nth(1)?.parse().ok()
    }
}

/// A resource name as what it names. Only what has the form of one gets into the log.
fn parsed<T: FromStr<Err = BadName> + Display>(field: &str, text: &str) -> Result<T> {
    let name: T = text.parse().map_err(|bad: BadName| Error::invalid(field, bad.to_string()))?;
    tracing::Span::current().record("resource", tracing::field::display(&name));
    Ok(name)
}

/// The content of a call, with all violations of its form. They are told only after the caller is known to see the
/// resource and to have a right to act.
#[derive(Debug)]
pub struct Input<T>(pub Result<T, Vec<Violation>>);

impl<T> Input<T> {
    /// The content, or all violations.
    pub fn get(&self) -> Result<&T> {
        self.0.as_ref().map_err(|violations| Error::Invalid(violations.clone()))
    }

    /// The content where its form is right: what must be looked up before the violations are told.
    #[must_use]
    pub fn known(&self) -> Option<&T> {
        self.0.as_ref().ok()
    }
}

/// The proof of an act, beside the resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptView {
    /// The signed note.
    pub note: String,
    /// The stream.
    pub stream: String,
    /// Position in the stream.
    pub index: i64,
    /// When it was recorded.
    pub time: DateTime<Utc>,
    /// The event.
    pub event: String,
}

/// A resource as answered: with its etag, and the receipt of the act that the answer is for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Seen<T> {
    /// The resource.
    #[serde(flatten)]
    pub resource: T,
    /// Version of what the caller sees.
    pub etag: String,
    /// Receipt of the act.
    pub receipt: Option<ReceiptView>,
    /// Who reads, where fields depend on it.
    #[serde(skip)]
    pub reader: Option<Reader>,
}

/// A part of a dossier that has no version of its own, and who reads it.
#[derive(Debug, Clone, Copy)]
pub struct Part<T>(pub T, pub Reader);

/// What is answered without an etag and to whoever may ask.
#[derive(Debug, Clone, Copy)]
pub struct Plain<T>(pub T);

/// What an act made and nothing changes any more: with the receipt of the act.
#[derive(Debug, Clone, Serialize)]
pub struct Made<T> {
    /// The resource.
    #[serde(flatten)]
    pub resource: T,
    /// Receipt of the act.
    pub receipt: ReceiptView,
}

/// What a use case tells, and to whom.
pub trait Tell {
    /// As which fields of the contract it is told.
    type Fields: Serialize;

    /// Its fields.
    fn fields(&self) -> &Self::Fields;

    /// Who reads it, where fields depend on it.
    fn reader(&self) -> Option<Reader>;
}

impl<T: Serialize> Tell for Seen<T> {
    type Fields = Self;

    fn fields(&self) -> &Self {
        self
    }

    fn reader(&self) -> Option<Reader> {
        self.reader
    }
}

impl<T: Serialize> Tell for Part<T> {
    type Fields = T;

    fn fields(&self) -> &T {
        &self.0
    }

    fn reader(&self) -> Option<Reader> {
        Some(self.1)
    }
}

impl<T: Serialize> Tell for Plain<T> {
    type Fields = T;

    fn fields(&self) -> &T {
        &self.0
    }

    fn reader(&self) -> Option<Reader> {
        None
    }
}

/// An answer as it leaves: a message of the contract, measured before anything is committed. The same bytes answer a
/// repeated call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer(pub Vec<u8>);

/// The largest answer, in bytes.
pub const MAX_ANSWER: usize = 4 << 20;

impl Answer {
    /// A value as the answer of a method; refused when a client could not take it, or an act would leave too much.
    pub fn of(rpc: Rpc, value: &impl Tell) -> Result<Self> {
        let shape = schema::output(rpc)?;
        let bytes = told(shape, value)?;
        if bytes.len() > MAX_ANSWER {
            return Err(too_large(shape, &bytes));
        }
        if !is_read(schema::method(rpc)?) {
            check_lists(shape, &bytes)?;
        }
        Ok(Self(bytes))
    }

    /// The name of the resource that a kept answer of this method tells.
    pub(super) fn name<T: FromStr>(&self, rpc: Rpc) -> Result<T> {
        let message = Message::read(schema::output(rpc)?, &self.0).ok();
        let name = message.and_then(|message| message.text("name").parse().ok());
        name.ok_or_else(|| Error::internal("a kept answer has no name"))
    }
}

/// An act leaves no list longer than the contract says. What is stored can be read all the same.
fn check_lists(shape: &'static Shape, bytes: &[u8]) -> Result<()> {
    let full = wire::overfull(shape, bytes).map_err(|error| Error::Internal(error.into()))?;
    full.map_or(Ok(()), |(field, most)| {
        let title = "a list would have more entries than it may have; nothing was done".to_owned();
        let text = format!("may have at most {} entries", wire::thousands(most));
        Err(Error::Precondition(Reason::LimitReached, title, vec![Obstacle::new(field, text)]))
    })
}

/// A value as a message, with the fields that its reader sees.
pub(super) fn told(shape: &'static Shape, value: &impl Tell) -> Result<Vec<u8>> {
    Ok(match value.reader() {
        Some(reader) => wire::write(shape, value.fields(), &reader)?,
        None => wire::write(shape, value.fields(), &Undirected)?,
    })
}

/// Names what takes the most room: that is what has to become less.
pub(super) fn too_large(shape: &'static Shape, bytes: &[u8]) -> Error {
    let (field, size) = wire::largest(shape, bytes);
    let text = format!("takes {size} of {} bytes, of which {MAX_ANSWER} can be answered", bytes.len());
    let title = "the answer would be larger than a client can take; nothing was done".to_owned();
    Error::Precondition(Reason::AnswerTooLarge, title, vec![Obstacle::new(field, text)])
}
