//! What every client needs: the way to a server, the session and its refresh, one call, and failures with what to do
//! next; text made harmless, values in words, and the check of receipts and events.

pub mod call;
pub mod channel;
mod codec;
pub mod conflicts;
pub mod escape;
pub mod exit;
pub mod failure;
mod hints;
pub mod proofs;
pub mod session;
pub mod words;

pub use call::Client;
pub use codec::DynamicCodec;
pub use exit::{EXITS, Exit};
pub use failure::Failure;
use prost_reflect::DynamicMessage;

/// A text field by name, if the message has it.
#[must_use]
pub fn text_of(message: &DynamicMessage, field: &str) -> Option<String> {
    message.get_field_by_name(field)?.as_str().map(str::to_owned)
}
