//! Questionnaires about national law: how they are written, answered, read, and what follows from the answers.

mod answering;
mod asof;
mod bilateral;
mod comparing;
mod documents;
mod interleaved;
mod lifecycle;
mod preflight;
mod scale;
mod sides;
mod statistics;
mod taking_back;
mod versions;
