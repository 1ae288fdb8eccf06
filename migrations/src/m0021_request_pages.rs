//! A page of the Court's requests is found by an index, whatever part an organ has in them.

use crate::Step;

pub(crate) const STEP: Step = Step {
    name: "m0021_request_pages",
    up: "
CREATE INDEX ix_freezing_request_time ON freezing_request (create_time DESC, id DESC);
",
    down: "
DROP INDEX ix_freezing_request_time;
",
};
