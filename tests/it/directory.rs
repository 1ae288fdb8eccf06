//! The directory of States: who speaks for them, by which channel and in which languages they receive requests.

mod channels;
mod designations;
mod feeding;
