//! Entries of a thread have names, and an index gives them page by page.

use crate::Step;

pub(crate) const STEP: Step = Step {
    name: "m0017_messages",
    up: "
ALTER TABLE clarification_message ADD COLUMN id uuid;
-- Made of what the entry is already known by: the step gives the same names when it is taken a second time.
UPDATE clarification_message SET id = md5(clarification_id || '/' || position)::uuid;
ALTER TABLE clarification_message
    ALTER COLUMN id SET NOT NULL,
    ADD CONSTRAINT uq_clarification_message_id UNIQUE (id);
CREATE INDEX ix_clarification_message_time ON clarification_message (clarification_id, create_time DESC, id DESC);
",
    // Cannot be taken back: names of entries that were written at this step. Taken again, it gives them others.
    down: "
DROP INDEX ix_clarification_message_time;
ALTER TABLE clarification_message DROP COLUMN id;
",
};
