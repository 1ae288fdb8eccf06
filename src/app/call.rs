//! What reaches a use case and what leaves it, without any transport.

use chrono::{DateTime, Utc};
use focalnet_contract::Rpc;
use focalnet_domain::error::Violation;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    authz::fields::Reader,
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
    pub fn name<T: std::str::FromStr<Err = focalnet_domain::names::BadName>>(&self) -> Result<T> {
        self.name
            .parse()
            .map_err(|bad: focalnet_domain::names::BadName| Error::invalid("name", bad.to_string()))
    }

    /// `parent` as a name of a kind; malformed: `INVALID_ARGUMENT`.
    pub fn parent<T: std::str::FromStr<Err = focalnet_domain::names::BadName>>(&self) -> Result<T> {
        self.parent
            .parse()
            .map_err(|bad: focalnet_domain::names::BadName| Error::invalid("parent", bad.to_string()))
    }
}

/// The content of a call, with all violations of its form. They are told only after the caller is known to see the
/// resource and to have a right to act.
#[derive(Debug)]
pub struct Checked<T>(pub Result<T, Vec<Violation>>);

impl<T> Checked<T> {
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
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reader: Option<Reader>,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// The entries.
    pub items: Vec<T>,
    /// Token of the next page; empty on the last.
    pub next_page_token: String,
}
