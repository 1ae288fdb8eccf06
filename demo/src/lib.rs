//! A real case of the Court, played by clients of the contract against a real server.
//!
//! The public facts are those of *The Prosecutor v. Jean-Pierre Bemba Gombo* (ICC-01/05-01/08). People, references,
//! identifiers, values and the answers of States are the story's own.

mod cast;
mod content;
mod door;
mod output;
mod person;
mod proof;
mod stage;
mod story;
mod views;

pub use self::{
    cast::{Actor, Place, Who},
    door::{Administrator, Done, Door},
    output::{Narrator, json},
    proof::Proof,
    stage::Names,
    story::{begin, play},
};

/// What the story left behind.
#[derive(Debug)]
pub struct Played {
    /// Everybody, with passwords.
    pub actors: Vec<Actor>,
    /// What was made.
    pub names: Names,
    /// What was checked.
    pub proof: Proof,
}
