-- A question with its message, its event and the answer that is kept for a repeated call, in one round trip. The request is
-- locked first: only so the next number of an event is free.
\set number random(1, :requests)
\startpipeline
BEGIN;
SELECT r.id FROM freezing_request r JOIN floor_request t ON t.request_id = r.id WHERE t.number = :number FOR UPDATE OF r;
WITH asked AS MATERIALIZED (
    SELECT t.request_id AS request, t.account_id AS account, t.display_name AS asker, t.organization_id AS organization,
        gen_random_uuid() AS thread, now() AS time,
        (SELECT e.index + 1 FROM journal_event e WHERE e.subject_id = t.request_id AND e.audience = 'shared'
            ORDER BY e.index DESC LIMIT 1) AS index
    FROM floor_request t WHERE t.number = :number
), thread AS (
    INSERT INTO clarification (id, request_id, topic, blocks, opener, addressee, state, create_time, expected_reply_time,
        head)
    SELECT thread, request, 'costs', 'none', 'state', 'registry', 'open', time, time + interval '14 days',
        decode(repeat('07', 32), 'hex') FROM asked
), message AS (
    INSERT INTO clarification_message (clarification_id, position, author, author_display_name, text, language_code,
        create_time, id)
    SELECT thread, 1, 'state', asker, 'Who bears the costs of storage of the vessel, and until when?', 'en', time,
        gen_random_uuid() FROM asked
), kept AS (
    INSERT INTO answered_call (account_id, method, request_id, digest, answer, deflated,
        expire_time)
    SELECT account, 'OpenClarification', gen_random_uuid(), decode(repeat('07', 32), 'hex'),
        decode(repeat('07', 1244), 'hex'), true, time + interval '7 days' FROM asked
)
INSERT INTO journal_event (id, stream, subject_id, audience, index, time, act, subject, organ, role, content,
    content_salt, content_digest, persons, persons_salt, persons_digest, hash)
SELECT gen_random_uuid(), 'freezingRequests/' || request || '/shared', request, 'shared', index, time,
    'open_clarification', 'freezingRequests/' || request || '/clarifications/' || thread, 'state', 'focal_point',
    '{"open_clarification":{"blocks":"none","text":{"language_code":"en","text":"Who bears the costs of storage of the vessel, and until when?"},"topic":"costs"}}',
    decode(repeat('07', 16), 'hex'), decode(repeat('07', 32), 'hex'),
    '{"user":"users/' || account || '","display_name":"' || asker || '","organization":"organizations/' || organization || '"}',
    decode(repeat('07', 16), 'hex'), decode(repeat('07', 32), 'hex'), decode(repeat('07', 32), 'hex')
FROM asked;
COMMIT;
\endpipeline
