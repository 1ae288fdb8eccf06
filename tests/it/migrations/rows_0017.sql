-- What m0018 finds, on top of the rows of step 12: request 30 with two versions that were sent and one that was not, 31 with
-- one, and 32 with one of which the journal holds no content any more.

INSERT INTO request_version (request_id, number, content, changed_paths, transmit_time)
SELECT ('00000000-0000-4000-8000-0000000000' || number)::uuid, version, '{}', '{}', sent
FROM (VALUES
    ('30', 1, timestamptz '2008-06-01Z'), ('30', 2, '2009-06-01Z'), ('30', 3, NULL),
    ('31', 1, '2008-06-01Z'), ('32', 1, '2008-06-01Z')
) AS v (number, version, sent);

INSERT INTO journal_event (id, stream, subject_id, audience, index, time, act, subject, organ, content, content_salt,
    content_digest, persons, persons_salt, persons_digest, hash)
SELECT gen_random_uuid(), 'freezingRequests/00000000-0000-4000-8000-0000000000' || number || '/shared',
    ('00000000-0000-4000-8000-0000000000' || number)::uuid, 'shared', 100 + coalesce(version, 1), '2008-06-01Z', 'transmit',
    'freezingRequests/00000000-0000-4000-8000-0000000000' || number, 'registry',
    CASE WHEN version IS NULL THEN '' ELSE jsonb_build_object('transmit',
        jsonb_build_object('version', version, 'content_sha256', 'd' || version))::text END,
    '', '', '', '', '', sha256('e')
FROM (VALUES ('30', 1), ('30', 2), ('31', 1), ('32', NULL)) AS e (number, version);
