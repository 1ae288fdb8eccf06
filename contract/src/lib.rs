//! The contract: the messages that are made from `proto/`, the descriptor set with what its options say, the one
//! conversion between the wire and the domain's types, and the kit that every client needs.
//!
//! A client of any kind (the command line, the demo, a console in the browser) is built on this crate and on the
//! domain, and on nothing of the server.

pub mod catalogue;
pub mod client;
pub mod convert;
pub mod format;
pub mod naming;
pub mod proto;
pub mod receipt;
mod rpc;
#[cfg(any(test, feature = "testing"))]
pub mod sample;
pub mod schema;
pub mod wire;

pub use rpc::{Method, Rpc};
