//! Questionnaires about national law: their documents, circulations and responses, and what follows from answers.

mod answering;
mod answers;
mod circulate;
mod documents;
mod feed;
mod read;
mod respond;
mod statistics;

#[cfg(test)]
pub use answers::{AnswersQuery, GapQuery};
#[cfg(test)]
pub use respond::{Answers, ReminderSent};
#[cfg(test)]
pub use statistics::StatisticsQuery;
