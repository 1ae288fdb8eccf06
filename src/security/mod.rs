//! Keys, passwords, tokens, receipts: everything that rests on a secret.
//!
//! The room has no clock, no store and no wire: times are parameters, and what it makes is stored or sent by others.
//! aws-lc is the only provider of cryptography.

mod digest;
mod key_folder;
mod keys;
mod opaque;
mod password;
mod pem;
mod seal;
mod token;

pub use digest::random;
pub use key_folder::KeysError;
pub use keys::Keys;
pub use opaque::{one_time_code, refresh_token, token_hash, typed_code};
pub use password::{PasswordCost, Passwords};
#[cfg(feature = "testing")]
pub use token::Claims;
pub use token::Tokens;
