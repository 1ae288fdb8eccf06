//! Requests to States: draft, read, check, and one way for all acts of the lifecycle.

mod act;
mod create;
mod ledger;
mod read;

pub(super) use act::carry_out;
pub(super) use ledger::Ledger;
#[cfg(test)]
pub use read::VersionChoice;
