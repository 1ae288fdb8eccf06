//! gRPC: the contract on one side, the use cases on the other, and the one conversion between them, by name.

mod approvals;
mod assets;
mod auth;
mod cases;
mod clarifications;
mod directory;
mod edge;
mod envelope;
mod freezing_requests;
mod gate;
mod journal;
mod orders;
mod organizations;
mod questionnaires;
mod reports;
mod status;
#[cfg(test)]
mod tests;
mod users;

pub use edge::{Edge, MAX_REQUEST};
pub use gate::{Gate, Reflection};
