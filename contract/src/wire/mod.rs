//! The domain's types on the wire, in one pass each way. Names meet by the descriptor set: a key of the domain is a field
//! of the contract by the same name, and the value of an enum is its word.
//!
//! [`write()`] is a serializer of serde that writes the wire format; a [`View`] says which fields are left out. [`Message`]
//! reads the wire format once, [`Message::violations`] holds it against the options of the fields, and
//! [`Message::value`] hands it to the domain's type.

mod codec;
mod limits;
mod message;
mod text;
mod value;
mod violations;
mod writer;

pub use codec::{Codec, Sent, Told};
pub use limits::{overfull, thousands};
pub use message::{Malformed, Message, largest};
pub use writer::{Everything, Shown, View, entry, page, write};

/// The domain's types and the contract do not fit each other: an error of the program. The text names places, and never
/// a value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Misfit(pub String);

/// The result of a conversion.
pub type Result<T> = std::result::Result<T, Misfit>;

#[cfg(test)]
mod tests;
