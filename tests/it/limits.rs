//! What the limits allow, filled to the end: everything stays readable, and every act works.

mod dossier;
mod event;
mod texts;

use focalnet_contract::schema;

/// A letter of four bytes, so many times.
fn long(letters: usize) -> String {
    "𝔸".repeat(letters)
}

/// How many entries a list of a message may have.
fn most(message: &str, list: &str) -> usize {
    schema::rules(&format!("{message}.{list}")).unwrap().max_items
}
