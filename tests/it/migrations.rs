//! Steps of the schema, taken on data: the story as each release has left it, and rows made for steps that move rows.

mod contents;
mod fixture;
mod invariants;
mod moved;
mod readers;
mod story;
