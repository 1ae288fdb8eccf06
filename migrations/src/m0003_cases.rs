//! Cases, who works on them, the persons they are about, and orders.

use crate::Step;

pub(crate) const STEP: Step = Step {
    name: "m0003_cases",
    up: "
CREATE TABLE court_case (
    id uuid PRIMARY KEY,
    situation_number text NOT NULL,
    case_number text NOT NULL,
    display_name text NOT NULL,
    creator_id uuid NOT NULL CONSTRAINT fk_court_case_creator_id REFERENCES account (id),
    create_time timestamptz NOT NULL,
    head bytea NOT NULL,
    -- Scoped to the creator: a key over all would tell a stranger that the case exists.
    CONSTRAINT uq_court_case_number UNIQUE (creator_id, case_number)
);
CREATE INDEX ix_court_case_time ON court_case (create_time DESC, id DESC);

CREATE TABLE case_member (
    id uuid PRIMARY KEY,
    case_id uuid NOT NULL CONSTRAINT fk_case_member_case_id REFERENCES court_case (id),
    account_id uuid NOT NULL CONSTRAINT fk_case_member_account_id REFERENCES account (id),
    start_time timestamptz NOT NULL,
    end_time timestamptz,
    CONSTRAINT ck_case_member_time CHECK (start_time <= end_time)
);
CREATE UNIQUE INDEX uq_case_member_once ON case_member (case_id, account_id) WHERE end_time IS NULL;
CREATE INDEX ix_case_member_account_id ON case_member (account_id) WHERE end_time IS NULL;

CREATE TABLE case_person (
    id uuid PRIMARY KEY,
    case_id uuid NOT NULL CONSTRAINT fk_case_person_case_id REFERENCES court_case (id),
    facts jsonb NOT NULL,
    warrant_date date,
    status text NOT NULL
        CONSTRAINT ck_case_person_status CHECK (status IN ('active', 'lapsed', 'acquitted', 'convicted', 'deceased')),
    status_date date,
    create_time timestamptz NOT NULL,
    head bytea NOT NULL
);
CREATE INDEX ix_case_person_time ON case_person (case_id, create_time DESC, id DESC);

CREATE TABLE court_order (
    id uuid PRIMARY KEY,
    case_id uuid NOT NULL CONSTRAINT fk_court_order_case_id REFERENCES court_case (id),
    document_number text NOT NULL,
    decision_date date NOT NULL,
    chamber_id uuid NOT NULL CONSTRAINT fk_court_order_chamber_id REFERENCES organization (id),
    applicant_id uuid CONSTRAINT fk_court_order_applicant_id REFERENCES organization (id),
    state text NOT NULL CONSTRAINT ck_court_order_state CHECK (state IN ('in_force', 'revoked')),
    facts jsonb NOT NULL,
    changes jsonb NOT NULL,
    create_time timestamptz NOT NULL,
    head bytea NOT NULL,
    CONSTRAINT uq_court_order_document_number UNIQUE (case_id, chamber_id, document_number)
);
CREATE INDEX ix_court_order_time ON court_order (create_time DESC, id DESC);

GRANT SELECT, INSERT, UPDATE ON court_case, case_member, case_person, court_order TO focalnet_app;
",
    // Cannot be taken back: cases with their persons and members, and orders.
    down: "
DROP TABLE court_order;
DROP TABLE case_person;
DROP TABLE case_member;
DROP TABLE court_case;
",
};
