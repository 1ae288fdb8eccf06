//! Requests to States: draft, read, check, and one way for all acts of the lifecycle.

mod act;
mod create;
mod read;

pub(super) use act::carry_out;
#[cfg(test)]
pub use read::VersionChoice;
