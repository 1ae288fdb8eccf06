//! Proposals wait on any subject: one foreign key for each kind, of which exactly one is set.

use crate::Step;

pub(crate) const STEP: Step = Step {
    name: "m0015_proposals",
    up: "
DROP INDEX uq_approval_open;
-- Proposals that are there already are about requests, and keep their key.
ALTER TABLE approval
    ALTER COLUMN request_id DROP NOT NULL,
    ADD COLUMN order_id uuid CONSTRAINT fk_approval_order_id REFERENCES court_order (id),
    DROP CONSTRAINT ck_approval_audience,
    DROP CONSTRAINT ck_approval_act,
    ADD CONSTRAINT ck_approval_subject CHECK (num_nonnulls(request_id, order_id) = 1),
    -- It stands in a stream of its subject, and is one of the acts of its subject.
    ADD CONSTRAINT ck_approval_audience CHECK (audience IN ('issuer', 'state', 'court')
        AND (audience = 'court') = (order_id IS NOT NULL)),
    ADD CONSTRAINT ck_approval_act CHECK (act IN ('transmit', 'deny', 'cease', 'revoke_order')
        AND (act = 'revoke_order') = (order_id IS NOT NULL));
-- One open proposal of an act on a subject: keys of the other kinds are null, and equal here.
CREATE UNIQUE INDEX uq_approval_open ON approval (request_id, order_id, act) NULLS NOT DISTINCT WHERE state = 'open';
CREATE INDEX ix_approval_order_id ON approval (order_id) WHERE order_id IS NOT NULL;
",
    // Proposals about orders cannot be told without the column and are deleted; the events in the streams of their
    // orders stay. An order that waited for a second person is in force as before.
    down: "
DROP INDEX uq_approval_open;
DROP INDEX ix_approval_order_id;
DELETE FROM approval WHERE order_id IS NOT NULL;
ALTER TABLE approval
    DROP CONSTRAINT ck_approval_subject,
    DROP CONSTRAINT ck_approval_audience,
    DROP CONSTRAINT ck_approval_act,
    DROP COLUMN order_id,
    ALTER COLUMN request_id SET NOT NULL,
    ADD CONSTRAINT ck_approval_audience CHECK (audience IN ('issuer', 'state')),
    ADD CONSTRAINT ck_approval_act CHECK (act IN ('transmit', 'deny', 'cease'));
CREATE UNIQUE INDEX uq_approval_open ON approval (request_id, act) WHERE state = 'open';
",
};
