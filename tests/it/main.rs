//! The program from outside: real servers on a real database, called by the people of one cast.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod administration;
mod amendments;
mod as_read;
mod assets;
mod auth;
mod clarifications;
mod command_line;
mod contract;
mod directory;
mod failover;
mod faults;
mod growth;
mod isolation;
mod journal;
mod lifecycle;
mod limits;
mod load;
mod log;
mod migrations;
mod orders_end;
mod outages;
mod outsider;
mod pages;
mod plans;
mod questionnaires;
mod repeats;
mod rooms;
mod schema;
mod secrets;
mod statements;
mod story;
mod strangers;
mod support;
mod two_persons;
mod wire;
