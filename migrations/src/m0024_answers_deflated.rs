//! What is kept of an answer for a repeated call is compressed. Answers that were kept before are read as they are.
//!
//! Cannot be taken back: answers that were kept at this step. Who repeats such a call within its seven days does the act anew,
//! or is told that its etag is stale.

use crate::Step;

pub(crate) const STEP: Step = Step {
    name: "m0024_answers_deflated",
    up: "
ALTER TABLE answered_call ADD COLUMN deflated boolean NOT NULL DEFAULT false;
ALTER TABLE answered_call ALTER COLUMN deflated DROP DEFAULT;
",
    down: "
DELETE FROM answered_call WHERE deflated;
ALTER TABLE answered_call DROP COLUMN deflated;
",
};
