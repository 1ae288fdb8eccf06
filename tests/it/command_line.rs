//! The program as its users have it: nothing but commands, and a server that is one of them.

mod assets;
mod at_a_terminal;
mod case_status;
mod exits;
mod from_the_start;
mod questionnaires;
