-- What m0013 and m0014 find: a case with four persons and six orders, with four requests and
-- an asset under one of them. The last
-- digits of an id say what it is of: 1x persons, 2x orders, 3x requests.

INSERT INTO organization (id, kind, display_name, country_code, create_time, head) VALUES
('00000000-0000-4000-8000-000000000001', 'chamber', 'Pre-Trial Chamber III', NULL, '2008-05-01', sha256('1')),
('00000000-0000-4000-8000-000000000002', 'state', 'Portugal', 'PT', '2008-05-01', sha256('2'));
INSERT INTO account (id, organization_id, login, display_name, state, create_time, head) VALUES
('00000000-0000-4000-8000-000000000003', '00000000-0000-4000-8000-000000000001', 'judge', 'Judge', 'active', '2008-05-01', sha256('3'));
INSERT INTO court_case (id, situation_number, case_number, display_name, creator_id, create_time, head) VALUES
('00000000-0000-4000-8000-000000000004', 'ICC-01/05', 'ICC-01/05-01/08', 'A case', '00000000-0000-4000-8000-000000000003', '2008-05-01', sha256('4'));

-- The first is acquitted, the second accused, the third was left out of a list later, the fourth came into it later.
INSERT INTO case_person (id, case_id, facts, status, status_date, create_time, head)
SELECT ('00000000-0000-4000-8000-00000000001' || n)::uuid, '00000000-0000-4000-8000-000000000004', '{}',
    CASE n WHEN 0 THEN 'acquitted' ELSE 'active' END, CASE n WHEN 0 THEN date '2018-06-08' END, '2008-05-01', sha256('1')
FROM generate_series(0, 3) n;

CREATE FUNCTION persons(VARIADIC numbers integer[]) RETURNS jsonb LANGUAGE sql AS $$
    SELECT jsonb_agg('cases/00000000-0000-4000-8000-000000000004/persons/00000000-0000-4000-8000-00000000001' || n)
    FROM unnest(numbers) n
$$;

-- As they stand: 20 about an acquittal, 21 revoked, 22 with purposes that have ended, 23 recorded after the acquittal,
-- 24 and 25 of which the journal holds no content any more.
INSERT INTO court_order (id, case_id, document_number, decision_date, chamber_id, state, facts, changes, create_time, head)
SELECT ('00000000-0000-4000-8000-0000000000' || number)::uuid, '00000000-0000-4000-8000-000000000004', number, decided,
    '00000000-0000-4000-8000-000000000001', state, jsonb_build_object('persons', persons, 'purposes', purposes), changes,
    recorded, sha256('2')
FROM (VALUES
    ('20', date '2008-05-27', 'in_force', persons(0, 1), '["forfeiture", "legal_aid"]'::jsonb, '[]'::jsonb, timestamptz '2008-05-28Z'),
    ('21', '2008-05-27', 'revoked', persons(0, 1), '["fine", "legal_aid"]', '[{"decision_date": "2019-01-02"}]', '2008-05-28Z'),
    ('22', '2008-05-27', 'in_force', persons(1, 3), '["forfeiture"]', '[]', '2008-05-28Z'),
    ('23', '2018-09-17', 'in_force', persons(0), '["fine"]', '[]', '2018-09-24Z'),
    ('24', '2008-05-27', 'in_force', persons(0, 1), '["fine"]', '[]', '2008-05-28Z'),
    ('25', '2008-05-27', 'revoked', persons(1), '["fine"]', '[{"decision_date": "2019-01-02"}]', '2008-05-28Z')
) AS o (number, decided, state, persons, purposes, changes, recorded);

-- Requests under the first: 30 that has ended piece by piece, 31 withdrawn, 32 whose content was destroyed, 33 of which
-- nothing is told.
INSERT INTO freezing_request (id, origin, case_id, order_id, issuing_organization_id, chamber_id, requested_state_id, measures,
    state, facts, audience, create_time, transmit_time)
SELECT ('00000000-0000-4000-8000-00000000003' || n)::uuid, 'chamber', '00000000-0000-4000-8000-000000000004',
    '00000000-0000-4000-8000-000000000020', '00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000001',
    '00000000-0000-4000-8000-000000000002', '{freeze}', CASE n WHEN 1 THEN 'withdrawn' ELSE 'transmitted' END, '{}', '{}',
    '2008-06-01', '2008-06-01'
FROM generate_series(0, 3) n;
INSERT INTO request_person (request_id, position, display_name, status)
SELECT ('00000000-0000-4000-8000-00000000003' || n)::uuid, p, 'Somebody', 'active'
FROM generate_series(0, 3) n, generate_series(0, 1) p;
INSERT INTO request_purpose (request_id, position, purpose, basis, end_date)
SELECT ('00000000-0000-4000-8000-0000000000' || number)::uuid, position, purpose, 'RS 75', ended
FROM (VALUES
    ('30', 0, 'fine', date '2010-01-01'), ('30', 0, 'forfeiture', '2012-01-01'), ('30', 1, 'fine', '2012-01-01'),
    ('30', 1, 'legal_aid', NULL),
    ('31', 0, 'fine', '2010-01-01'), ('31', 0, 'forfeiture', NULL),
    ('32', 0, 'fine', '2010-01-01'), ('33', 0, 'fine', '2010-01-01')
) AS p (number, position, purpose, ended);

-- What the journal tells, in the order in which it became known.
INSERT INTO journal_event (id, stream, subject_id, audience, index, time, act, subject, organ, content, content_salt,
    content_digest, persons, persons_salt, persons_digest, hash)
SELECT gen_random_uuid(), kind || '/00000000-0000-4000-8000-0000000000' || number || '/' || audience,
    ('00000000-0000-4000-8000-0000000000' || number)::uuid, audience, row_number() OVER (PARTITION BY number ORDER BY time),
    time, act, coalesce(persons(person) ->> 0, kind || '/00000000-0000-4000-8000-0000000000' || number), 'registry',
    coalesce(jsonb_build_object(act, content)::text, ''), '', '', '', '', '', sha256('e')
FROM (VALUES
    ('orders', '20', 'court', timestamptz '2008-05-28Z', 'record_order', NULL, jsonb_build_object('persons', persons(0, 1))),
    ('orders', '21', 'court', '2008-05-28Z', 'record_order', NULL, jsonb_build_object('persons', persons(0, 1))),
    ('orders', '22', 'court', '2008-05-28Z', 'record_order', NULL, jsonb_build_object('persons', persons(2, 1))),
    ('orders', '23', 'court', '2018-09-24Z', 'record_order', NULL, jsonb_build_object('persons', persons(0))),
    ('orders', '24', 'court', '2008-05-28Z', 'record_order', NULL, NULL),
    ('orders', '25', 'court', '2008-05-28Z', 'record_order', NULL, NULL),
    ('orders', '25', 'court', '2019-01-03Z', 'revoke_order', NULL, NULL),
    ('orders', '20', 'court', '2008-07-01Z', 'report_asset', NULL, '{}'),
    ('orders', '22', 'court', '2009-02-01Z', 'modify_order', NULL, jsonb_build_object('decision_date', '2009-01-31',
        'persons', '[]'::jsonb, 'ended_purposes', '["reparations"]'::jsonb, 'ended_for', '[]'::jsonb)),
    ('orders', '22', 'court', '2009-03-01Z', 'modify_order', NULL, jsonb_build_object('decision_date', '2009-02-28',
        'persons', persons(1, 3), 'ended_purposes', '[]'::jsonb)),
    ('orders', '22', 'court', '2009-04-01Z', 'modify_order', NULL, jsonb_build_object('decision_date', '2009-03-31',
        'persons', '[]'::jsonb, 'ended_purposes', '["forfeiture"]'::jsonb, 'ended_for', persons(1))),
    ('cases', '04', 'court', '2018-06-12Z', 'update_person_status', 0,
        '{"status": "acquitted", "status_date": "2018-06-08"}'),
    ('cases', '04', 'court', '2018-06-13Z', 'update_person_status', 1,
        '{"status": "convicted", "status_date": "2018-06-13"}'),
    ('orders', '21', 'court', '2019-01-03Z', 'revoke_order', NULL, '{"decision_date": "2019-01-02"}'),
    ('freezingRequests', '30', 'shared', '2010-01-05Z', 'cease', NULL, '{"persons": [0], "purposes": ["fine"]}'),
    ('freezingRequests', '30', 'shared', '2012-01-05Z', 'cease', NULL,
        '{"persons": [0], "along": [1], "purposes": ["fine", "forfeiture"]}'),
    ('freezingRequests', '31', 'shared', '2010-01-05Z', 'cease', NULL, '{"persons": [0], "purposes": ["fine"]}'),
    ('freezingRequests', '31', 'shared', '2011-07-01 23:30:00Z', 'withdraw', NULL, '{"reason": "Over"}'),
    ('freezingRequests', '32', 'shared', '2010-01-05Z', 'cease', NULL, NULL),
    ('freezingRequests', '32', 'shared', '2010-01-06Z', 'cease', NULL, NULL)
) AS e (kind, number, audience, time, act, person, content);

INSERT INTO asset (id, order_id, position, type, jurisdiction, description, identifiers, holder, audience, create_time, persons,
    lead_only, event_id, head)
SELECT '00000000-0000-4000-8000-000000000040', subject_id, 0, 'cash', 'NL', 'In a safe', '[]', 'The Registry', '{}', time, '{}',
    false, id, hash
FROM journal_event WHERE act = 'report_asset';

DROP FUNCTION persons;
