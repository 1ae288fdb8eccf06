//! What runs beside a request: proposals that wait for a second person, and clarifications.

use crate::Step;

pub(crate) const STEP: Step = Step {
    name: "m0006_threads",
    up: "
CREATE TABLE approval (
    id uuid PRIMARY KEY,
    request_id uuid NOT NULL CONSTRAINT fk_approval_request_id REFERENCES freezing_request (id),
    audience text NOT NULL CONSTRAINT ck_approval_audience CHECK (audience IN ('issuer', 'state')),
    act text NOT NULL CONSTRAINT ck_approval_act CHECK (act IN ('transmit', 'deny', 'cease')),
    payload jsonb NOT NULL,
    state text NOT NULL CONSTRAINT ck_approval_state
        CHECK (state IN ('open', 'approved', 'declined', 'withdrawn', 'voided', 'expired')),
    proposer_id uuid NOT NULL CONSTRAINT fk_approval_proposer_id REFERENCES account (id),
    decider_id uuid CONSTRAINT fk_approval_decider_id REFERENCES account (id),
    reason text,
    propose_time timestamptz NOT NULL,
    expire_time timestamptz NOT NULL,
    head bytea NOT NULL,
    CONSTRAINT ck_approval_second_person
        CHECK (state NOT IN ('approved', 'declined') OR (decider_id IS NOT NULL AND decider_id <> proposer_id))
);
CREATE UNIQUE INDEX uq_approval_open ON approval (request_id, act) WHERE state = 'open';
CREATE INDEX ix_approval_time ON approval (propose_time DESC, id DESC);
CREATE INDEX ix_approval_request_id ON approval (request_id);

CREATE TABLE clarification (
    id uuid PRIMARY KEY,
    request_id uuid NOT NULL CONSTRAINT fk_clarification_request_id REFERENCES freezing_request (id),
    topic text NOT NULL,
    blocks text NOT NULL CONSTRAINT ck_clarification_blocks CHECK (blocks IN ('none', 'request', 'assets')),
    opener text NOT NULL,
    addressee text NOT NULL,
    state text NOT NULL CONSTRAINT ck_clarification_state CHECK (state IN ('open', 'answered', 'resolved')),
    create_time timestamptz NOT NULL,
    expected_reply_time timestamptz NOT NULL,
    head bytea NOT NULL,
    CONSTRAINT ck_clarification_ends CHECK (opener <> addressee)
);
CREATE INDEX ix_clarification_time ON clarification (request_id, create_time DESC, id DESC);

CREATE TABLE clarification_message (
    clarification_id uuid NOT NULL CONSTRAINT fk_clarification_message_clarification_id REFERENCES clarification (id),
    position integer NOT NULL,
    author text NOT NULL,
    author_display_name text NOT NULL,
    text text,
    language_code text,
    rerouted_to text,
    create_time timestamptz NOT NULL,
    CONSTRAINT pk_clarification_message PRIMARY KEY (clarification_id, position),
    CONSTRAINT ck_clarification_message_text CHECK ((text IS NULL) = (language_code IS NULL)),
    CONSTRAINT ck_clarification_message_any CHECK (num_nonnulls(text, rerouted_to) > 0)
);

GRANT SELECT, INSERT, UPDATE ON approval, clarification TO focalnet_app;
GRANT SELECT, INSERT ON clarification_message TO focalnet_app;
",
    // Cannot be taken back: proposals and clarifications.
    down: "
DROP TABLE clarification_message;
DROP TABLE clarification;
DROP TABLE approval;
",
};
