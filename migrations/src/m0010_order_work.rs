//! What an order's act leaves to be done on each request that it concerns, until a server has done it.

use crate::Step;

pub(crate) const STEP: Step = Step {
    name: "m0010_order_work",
    up: "
CREATE TABLE order_work (
    -- The event that decided it.
    event_id uuid NOT NULL,
    request_id uuid NOT NULL CONSTRAINT fk_order_work_request_id REFERENCES freezing_request (id),
    order_id uuid CONSTRAINT fk_order_work_order_id REFERENCES court_order (id),
    person_id uuid CONSTRAINT fk_order_work_person_id REFERENCES case_person (id),
    ending jsonb NOT NULL,
    author_id uuid NOT NULL CONSTRAINT fk_order_work_author_id REFERENCES account (id),
    author_role text,
    create_time timestamptz NOT NULL,
    attempts integer NOT NULL CONSTRAINT ck_order_work_attempts CHECK (attempts >= 0),
    next_time timestamptz NOT NULL,
    done_time timestamptz,
    outcome text
        CONSTRAINT ck_order_work_outcome CHECK (outcome IN ('ceased', 'nothing_held', 'not_possible')),
    -- One decision ends a request's obligation once.
    CONSTRAINT pk_order_work PRIMARY KEY (event_id, request_id),
    CONSTRAINT ck_order_work_cause CHECK (num_nonnulls(order_id, person_id) = 1),
    CONSTRAINT ck_order_work_done CHECK ((done_time IS NULL) = (outcome IS NULL))
);
CREATE INDEX ix_order_work_due ON order_work (next_time, create_time) WHERE done_time IS NULL;
CREATE INDEX ix_order_work_request_id ON order_work (request_id, create_time);
CREATE INDEX ix_freezing_request_order ON freezing_request (order_id) WHERE order_id IS NOT NULL;

GRANT SELECT, INSERT, UPDATE ON order_work TO focalnet_app;
",
    // Cannot be taken back: what orders have left to be done on requests, and what came of it.
    down: "
DROP INDEX ix_freezing_request_order;
DROP TABLE order_work;
",
};
