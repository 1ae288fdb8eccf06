//! The journal, which the runtime role can only read and extend, and the public keys of its receipts.

use crate::Step;

pub(crate) const STEP: Step = Step {
    name: "m0002_journal",
    up: "
CREATE TABLE journal_event (
    id uuid PRIMARY KEY,
    stream text NOT NULL,
    subject_id uuid NOT NULL,
    audience text NOT NULL
        CONSTRAINT ck_journal_event_audience CHECK (audience IN ('shared', 'issuer', 'state', 'court', 'keepers', 'directory')),
    index bigint NOT NULL CONSTRAINT ck_journal_event_index CHECK (index > 0),
    time timestamptz NOT NULL,
    act text NOT NULL,
    subject text NOT NULL,
    organ text NOT NULL,
    role text,
    content text NOT NULL,
    content_salt bytea NOT NULL,
    content_digest bytea NOT NULL,
    persons text NOT NULL,
    persons_salt bytea NOT NULL,
    persons_digest bytea NOT NULL,
    hash bytea NOT NULL CONSTRAINT ck_journal_event_hash CHECK (octet_length(hash) = 32),
    CONSTRAINT uq_journal_event_index UNIQUE (subject_id, audience, index),
    CONSTRAINT ck_journal_event_stream CHECK (stream LIKE '%/' || subject_id::text || '/' || audience)
);
CREATE INDEX ix_journal_event_time ON journal_event (subject_id, time DESC, id DESC);

CREATE TABLE signing_key (
    -- The server's name is part of it: under another name it is another key to whoever checks.
    verifier_key text PRIMARY KEY,
    key_id text NOT NULL,
    start_time timestamptz NOT NULL
);

GRANT SELECT, INSERT ON journal_event, signing_key TO focalnet_app;
",
    // Cannot be taken back: the journal and the keys by which its receipts are checked.
    down: "
DROP TABLE signing_key;
DROP TABLE journal_event;
",
};
