//! The story of the demo: how it ends for each of its people, and the program that tells it.

mod ending;
mod holdings;
mod law;
mod on_the_command_line;
