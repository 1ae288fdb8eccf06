//! focalnet: the Court's requests to trace, freeze and seize assets travel to States and back, each party seeing
//! exactly its own part, every act leaving a signed, checkable trace.
//!
//! The rooms, and what each must not name, are drawn in `docs/architecture.md`.

pub mod app;
pub mod authz;
pub mod cli;
pub mod clock;
pub mod cluster;
pub mod config;
pub mod domain;
pub mod error;
pub mod grpc;
pub mod runtime;
pub mod security;
pub mod server;
pub mod store;
