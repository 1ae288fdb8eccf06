//! focalnet: the Court's requests to trace, freeze and seize assets travel to States and back, each party seeing
//! exactly its own part, every act leaving a signed, checkable trace.
//!
//! This crate is the server and its operator's commands. Its rooms are private: `main` enters by [`run`], and tests and
//! benchmarks by what the feature `testing` shows. `docs/architecture.md` draws the rooms.
#![expect(unreachable_pub, reason = "in a private room `pub` is what the room shows to the others")]

use std::{ffi::OsString, process::ExitCode};

mod app;
mod authz;
mod cluster;
mod config;
mod error;
mod grpc;
mod operator;
mod runtime;
mod security;
mod server;
mod store;
#[cfg(feature = "testing")]
pub mod testing;

/// Runs one command line: a command of the operator, or of a client.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    focalnet_cli::run(args, operator::COMMANDS)
}
