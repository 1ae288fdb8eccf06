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
pub mod proto;
mod questionnaires;
mod read;
mod render;
mod reports;
mod schema;
mod status;
#[cfg(test)]
mod tests;
mod text;
mod users;
mod words;

pub use edge::{Edge, MAX_ANSWER, MAX_REQUEST};
pub use gate::{Gate, Reflection};
pub use render::answer;
pub use words::{from_domain, to_domain};
