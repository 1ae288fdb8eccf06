//! A version that was sent keeps the digest of what it says, so that it can be told of without being read.

use crate::Step;

pub(crate) const STEP: Step = Step {
    name: "m0018_version_digest",
    up: "
ALTER TABLE request_version ADD COLUMN content_sha256 text;
-- The event of each transmission has the digest. Where what it says was destroyed, the version itself is read.
ALTER TABLE request_version DISABLE TRIGGER tr_request_version_sent;
UPDATE request_version v SET content_sha256 = e.said ->> 'content_sha256'
FROM (
    SELECT subject_id, nullif(content, '')::jsonb -> act AS said FROM journal_event
    WHERE audience = 'shared' AND act = 'transmit'
) e
WHERE e.subject_id = v.request_id AND (e.said ->> 'version')::integer = v.number AND v.transmit_time IS NOT NULL;
ALTER TABLE request_version ENABLE TRIGGER tr_request_version_sent;
",
    // Cannot be taken back: digests of versions whose events hold no content any more.
    down: "
ALTER TABLE request_version DROP COLUMN content_sha256;
",
};
