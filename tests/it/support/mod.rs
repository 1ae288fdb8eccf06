//! What tests stand on: a world with people in it, and their acts.

pub(crate) mod actor;
pub(crate) mod acts;
pub(crate) mod asking;
pub(crate) mod assets;
pub(crate) mod base;
pub(crate) mod cast;
pub(crate) mod content;
pub(crate) mod dice;
pub(crate) mod drive;
pub(crate) mod dynamic;
pub(crate) mod empty;
pub(crate) mod ledger;
pub(crate) mod load;
pub(crate) mod orders;
pub(crate) mod pooler;
pub(crate) mod process;
pub(crate) mod program;
pub(crate) mod questionnaires;
pub(crate) mod refusals;
pub(crate) mod respondents;
pub(crate) mod samples;
pub(crate) mod screen;
pub(crate) mod server;
pub(crate) mod standby;
pub(crate) mod terminal;
pub(crate) mod threads;
pub(crate) mod waiting;
pub(crate) mod world;

/// A fresh UUID, as `request_id` or as the id of what does not exist.
pub(crate) fn new_id() -> String {
    focalnet_domain::ids::new().to_string()
}
