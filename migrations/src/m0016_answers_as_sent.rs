//! What is kept of an answer to a call, for a repetition of the call, are the bytes that were sent.
//!
//! Answers that were kept in the other form are forgotten, both ways: who repeats such a call within its seven days does
//! the act anew, or is told that its etag is stale. This cannot be taken back.

use crate::Step;

pub(crate) const STEP: Step = Step {
    name: "m0016_answers_as_sent",
    up: "
TRUNCATE answered_call;
ALTER TABLE answered_call ALTER COLUMN answer TYPE bytea USING ''::bytea;
",
    down: "
TRUNCATE answered_call;
ALTER TABLE answered_call ALTER COLUMN answer TYPE text USING '';
",
};
