//! The program from outside: real servers on a real database, called by the people of one cast.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod isolation;
mod lifecycle;
mod repeats;
mod statements;
mod strangers;
mod support;
mod two_persons;
