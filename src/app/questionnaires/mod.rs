//! Questionnaires about national law: their documents, circulations and responses, and what follows from answers.

mod answering;
mod answers;
mod circulate;
mod documents;
mod feed;
mod read;
mod respond;
mod statistics;

pub use answers::{AnswersQuery, GapQuery};
pub use respond::{Answers, ReminderSent};
pub use statistics::StatisticsQuery;
