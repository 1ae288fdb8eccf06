//! A row that servers write to see whether the database takes writes: one that was demoted still answers reads.

use crate::Step;

pub(crate) const STEP: Step = Step {
    name: "m0025_probe",
    up: "
CREATE TABLE probe (
    single boolean PRIMARY KEY CONSTRAINT ck_probe_single CHECK (single),
    count bigint NOT NULL
) WITH (fillfactor = 10);
INSERT INTO probe (single, count) VALUES (true, 0);
GRANT SELECT, UPDATE ON probe TO focalnet_app;
",
    down: "DROP TABLE probe;",
};
