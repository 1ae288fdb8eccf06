//! What an order allows: the measures that it orders, and the purposes that a decision keeps where no text says what becomes
//! of them. Owners and third parties of a request carry no purposes.
//!
//! Orders from before are taken to order tracing and freezing, and what was asked for under them.

use crate::Step;

pub(crate) const STEP: Step = Step {
    name: "m0026_order_terms",
    up: "
UPDATE court_order o SET facts = jsonb_set(facts, '{measures}', (
    SELECT jsonb_agg(m.measure ORDER BY m.place)
    FROM unnest(ARRAY['trace', 'freeze', 'enforce', 'recover_legal_aid']) WITH ORDINALITY AS m (measure, place)
    WHERE m.measure IN ('trace', 'freeze') OR EXISTS (
        SELECT 1 FROM freezing_request r WHERE r.order_id = o.id AND m.measure = ANY (r.measures))));

ALTER TABLE order_purpose ADD COLUMN kept_by text;

DELETE FROM request_purpose p WHERE (
    SELECT v.content -> 'persons' -> p.position ->> 'capacity' FROM request_version v
    WHERE v.request_id = p.request_id AND v.transmit_time IS NOT NULL ORDER BY v.number DESC LIMIT 1) <> 'target';

ALTER TABLE case_person DROP CONSTRAINT ck_case_person_status;
ALTER TABLE case_person ADD CONSTRAINT ck_case_person_status CHECK (
    status IN ('active', 'lapsed', 'acquittal_appealed', 'acquitted', 'convicted', 'deceased'));
ALTER TABLE request_person DROP CONSTRAINT ck_request_person_status;
ALTER TABLE request_person ADD CONSTRAINT ck_request_person_status CHECK (
    status IN ('active', 'lapsed', 'acquittal_appealed', 'acquitted', 'convicted', 'deceased'));
",
    // Cannot be taken back: which purposes owners had, and which are kept. An acquittal under appeal is taken for one that
    // is final nowhere: the person is active again.
    down: "
UPDATE case_person SET status = 'active' WHERE status = 'acquittal_appealed';
UPDATE request_person SET status = 'active' WHERE status = 'acquittal_appealed';
ALTER TABLE case_person DROP CONSTRAINT ck_case_person_status;
ALTER TABLE case_person ADD CONSTRAINT ck_case_person_status CHECK (
    status IN ('active', 'lapsed', 'acquitted', 'convicted', 'deceased'));
ALTER TABLE request_person DROP CONSTRAINT ck_request_person_status;
ALTER TABLE request_person ADD CONSTRAINT ck_request_person_status CHECK (
    status IN ('active', 'lapsed', 'acquitted', 'convicted', 'deceased'));
ALTER TABLE order_purpose DROP COLUMN kept_by;
UPDATE court_order SET facts = facts - 'measures';
",
};
