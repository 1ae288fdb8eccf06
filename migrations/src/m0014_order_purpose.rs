//! For which of its persons each purpose of an order holds, and until when.

use crate::Step;

pub(crate) const STEP: Step = Step {
    name: "m0014_order_purpose",
    up: "
CREATE TABLE order_purpose (
    order_id uuid NOT NULL CONSTRAINT fk_order_purpose_order_id REFERENCES court_order (id),
    -- Position of the person among all persons whom the order has ever named. It never changes.
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

-- An order says whom it names and what it serves today. Whom it has named before, and what has ended for whom, stands in
-- the journal. What was destroyed there is not taken over; of a revocation its time is left.
WITH said AS MATERIALIZED (
    SELECT e.subject_id, e.subject, e.act, e.index, e.time, nullif(e.content, '')::jsonb -> e.act AS what
    FROM journal_event e WHERE e.audience = 'court'
    AND e.act IN ('record_order', 'modify_order', 'revoke_order', 'update_person_status')
), ended AS (
    SELECT s.subject_id, s.subject, s.time,
        coalesce((s.what ->> 'decision_date')::date, (s.what ->> 'status_date')::date,
            (s.time AT TIME ZONE 'UTC')::date) AS day,
        -- None: for all persons, and all purposes. What a person's status ends leaves legal aid.
        coalesce(s.what -> 'ended_for', '[]') AS persons,
        CASE s.act WHEN 'modify_order' THEN s.what -> 'ended_purposes' WHEN 'revoke_order' THEN '[]'
            ELSE jsonb_build_array('fine', 'forfeiture', 'reparations') END AS purposes
    FROM said s WHERE CASE s.act WHEN 'modify_order' THEN s.what -> 'ended_purposes' <> '[]'
        WHEN 'revoke_order' THEN true
        ELSE s.what ->> 'status' IN ('lapsed', 'acquitted', 'deceased') END
), mention AS (
    SELECT s.subject_id AS order_id, p.name, ARRAY[s.index, p.number] AS place, s.time
    FROM said s CROSS JOIN LATERAL jsonb_array_elements_text(s.what -> 'persons') WITH ORDINALITY AS p(name, number)
    WHERE s.act IN ('record_order', 'modify_order')
    UNION ALL SELECT o.id, p.name, ARRAY[9223372036854775807, p.number], o.create_time
    FROM court_order o CROSS JOIN LATERAL jsonb_array_elements_text(o.facts -> 'persons') WITH ORDINALITY AS p(name, number)
), named AS (
    SELECT m.order_id, m.name, (array_agg(m.time ORDER BY m.place))[1] AS time,
        row_number() OVER (PARTITION BY m.order_id ORDER BY min(m.place)) - 1 AS position
    FROM mention m GROUP BY m.order_id, m.name
)
INSERT INTO order_purpose (order_id, position, purpose, person_id, end_date, end_time)
SELECT o.id, n.position, u.purpose, c.id,
    CASE WHEN d.day IS NOT NULL THEN greatest(d.day, o.decision_date) END, d.time
FROM court_order o
JOIN named n ON n.order_id = o.id
JOIN case_person c ON c.id = split_part(n.name, '/', 4)::uuid
CROSS JOIN LATERAL (
    SELECT jsonb_array_elements_text(o.facts -> 'purposes')
    UNION SELECT jsonb_array_elements_text(e.purposes) FROM ended e WHERE e.subject_id = o.id
) AS u(purpose)
-- The first end is the one that counts.
LEFT JOIN LATERAL (
    SELECT e.day, e.time FROM ended e
    WHERE (e.subject_id = o.id OR e.subject = n.name) AND e.time >= n.time
    AND (e.persons = '[]' OR e.persons ? n.name) AND (e.purposes = '[]' OR e.purposes ? u.purpose)
    ORDER BY e.time LIMIT 1
) AS d ON true
-- A person who is named only after a purpose has ended for all does not come under this purpose.
WHERE NOT EXISTS (SELECT 1 FROM ended e WHERE e.subject_id = o.id AND e.time <= n.time
    AND e.persons = '[]' AND e.purposes ? u.purpose);

-- A request that was withdrawn obliges nobody any more.
UPDATE request_purpose p SET end_date = (e.time AT TIME ZONE 'UTC')::date, end_time = e.time
FROM (SELECT subject_id, max(time) AS time FROM journal_event WHERE act = 'withdraw' GROUP BY subject_id) e
WHERE e.subject_id = p.request_id AND p.end_date IS NULL;

GRANT SELECT, INSERT, UPDATE ON order_purpose TO focalnet_app;
",
    // Cannot be taken back: ends of purposes that were recovered in full, which no event of the order tells.
    down: "
DROP TABLE order_purpose;
UPDATE request_purpose p SET end_date = NULL, end_time = NULL
FROM (SELECT subject_id, max(time) AS time FROM journal_event WHERE act = 'withdraw' GROUP BY subject_id) e
WHERE e.subject_id = p.request_id AND e.time = p.end_time;
",
};
