//! For which of its persons each purpose of an order holds, and until when.

use crate::Step;

pub(crate) const STEP: Step = Step {
    name: "m0014_order_purpose",
    up: "
CREATE TABLE order_purpose (
    order_id uuid NOT NULL CONSTRAINT fk_order_purpose_order_id REFERENCES court_order (id),
    -- Of the person, among all that the order has ever named: it never moves.
    position integer NOT NULL CONSTRAINT ck_order_purpose_position CHECK (position >= 0),
    purpose text NOT NULL
        CONSTRAINT ck_order_purpose_purpose CHECK (purpose IN ('fine', 'forfeiture', 'reparations', 'legal_aid')),
    person_id uuid NOT NULL CONSTRAINT fk_order_purpose_person_id REFERENCES case_person (id),
    end_date date,
    end_time timestamptz,
    CONSTRAINT pk_order_purpose PRIMARY KEY (order_id, position, purpose),
    CONSTRAINT uq_order_purpose_person UNIQUE (order_id, person_id, purpose),
    CONSTRAINT ck_order_purpose_end CHECK ((end_date IS NULL) = (end_time IS NULL))
);
CREATE INDEX ix_order_purpose_person_id ON order_purpose (person_id);

INSERT INTO order_purpose (order_id, position, purpose, person_id, end_date, end_time)
SELECT o.id, p.number - 1, u.purpose, c.id,
    CASE WHEN o.state = 'revoked' THEN coalesce((o.changes -> -1 ->> 'decision_date')::date, o.decision_date)
        WHEN c.status IN ('lapsed', 'acquitted', 'deceased') AND u.purpose <> 'legal_aid' THEN
            greatest(c.status_date, o.decision_date) END,
    CASE WHEN o.state = 'revoked' THEN coalesce((SELECT max(e.time) FROM journal_event e
            WHERE e.subject_id = o.id AND e.act = 'revoke_order'), o.create_time)
        WHEN c.status IN ('lapsed', 'acquitted', 'deceased') AND u.purpose <> 'legal_aid' THEN
            coalesce((SELECT max(e.time) FROM journal_event e
                WHERE e.subject_id = o.case_id AND e.act = 'update_person_status' AND e.subject = p.name), o.create_time) END
FROM court_order o
CROSS JOIN LATERAL jsonb_array_elements_text(o.facts -> 'persons') WITH ORDINALITY AS p(name, number)
CROSS JOIN LATERAL jsonb_array_elements_text(o.facts -> 'purposes') AS u(purpose)
JOIN case_person c ON c.id = split_part(p.name, '/', 4)::uuid
ON CONFLICT DO NOTHING;

-- What was withdrawn binds no more.
UPDATE request_purpose p SET end_date = (e.time AT TIME ZONE 'UTC')::date, end_time = e.time
FROM (SELECT subject_id, max(time) AS time FROM journal_event WHERE act = 'withdraw' GROUP BY subject_id) e
WHERE e.subject_id = p.request_id AND p.end_date IS NULL;

GRANT SELECT, INSERT, UPDATE ON order_purpose TO focalnet_app;
",
    down: "
DROP TABLE order_purpose;
",
};
