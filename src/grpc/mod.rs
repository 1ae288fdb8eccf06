//! gRPC: the contract on one side, the use cases on the other, and the one conversion between them, by name.

mod approvals;
mod auth;
mod cases;
mod clarifications;
mod edge;
mod envelope;
mod freezing_requests;
mod gate;
mod journal;
mod orders;
mod organizations;
pub mod proto;
mod read;
mod render;
mod schema;
mod status;
#[cfg(test)]
mod tests;
mod text;
mod users;

pub use edge::{Edge, MAX_ANSWER, MAX_REQUEST};
pub use gate::{Gate, Reflection};
pub use render::answer;
