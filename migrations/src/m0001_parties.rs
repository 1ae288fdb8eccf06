//! Organizations, accounts, mandates, sessions.

use crate::Step;

pub(crate) const STEP: Step = Step {
    name: "m0001_parties",
    up: "
CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TABLE organization (
    id uuid PRIMARY KEY,
    kind text NOT NULL
        CONSTRAINT ck_organization_kind CHECK (kind IN ('chamber', 'otp', 'registry', 'presidency', 'state', 'authority')),
    display_name text NOT NULL,
    country_code text,
    state_id uuid CONSTRAINT fk_organization_state_id REFERENCES organization (id),
    create_time timestamptz NOT NULL,
    head bytea NOT NULL,
    CONSTRAINT ck_organization_country_code CHECK ((kind = 'state') = (country_code IS NOT NULL)),
    CONSTRAINT ck_organization_state_id CHECK ((kind = 'authority') = (state_id IS NOT NULL)),
    CONSTRAINT uq_organization_country_code UNIQUE (country_code)
);
CREATE INDEX ix_organization_time ON organization (create_time DESC, id DESC);
CREATE INDEX ix_organization_state_id ON organization (state_id);

CREATE TABLE account (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL CONSTRAINT fk_account_organization_id REFERENCES organization (id),
    login text NOT NULL CONSTRAINT uq_account_login UNIQUE,
    display_name text NOT NULL,
    state text NOT NULL CONSTRAINT ck_account_state CHECK (state IN ('active', 'suspended')),
    password_hash text,
    code_hash bytea,
    code_expire_time timestamptz,
    create_time timestamptz NOT NULL,
    head bytea NOT NULL,
    CONSTRAINT ck_account_code CHECK ((code_hash IS NULL) = (code_expire_time IS NULL))
);
CREATE INDEX ix_account_organization_id ON account (organization_id);
CREATE INDEX ix_account_time ON account (create_time DESC, id DESC);

-- By a keyed digest of the login, known or not: an attempt tells nothing of whether there is such an account.
CREATE TABLE login_attempt (
    login_key bytea PRIMARY KEY,
    attempts integer NOT NULL,
    last_time timestamptz NOT NULL
);
CREATE INDEX ix_login_attempt_last_time ON login_attempt (last_time);

CREATE TABLE mandate (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL CONSTRAINT fk_mandate_account_id REFERENCES account (id),
    role text NOT NULL,
    start_time timestamptz NOT NULL,
    end_time timestamptz,
    CONSTRAINT ck_mandate_time CHECK (start_time < end_time),
    CONSTRAINT ex_mandate_once EXCLUDE USING gist (account_id WITH =, role WITH =, tstzrange(start_time, end_time) WITH &&)
);
CREATE INDEX ix_mandate_account_id ON mandate (account_id);

CREATE TABLE session (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL CONSTRAINT fk_session_account_id REFERENCES account (id),
    restricted boolean NOT NULL,
    refresh_hash bytea NOT NULL,
    previous_hash bytea,
    refresh_time timestamptz NOT NULL,
    create_time timestamptz NOT NULL,
    expire_time timestamptz NOT NULL,
    end_time timestamptz
);
CREATE INDEX ix_session_account_id ON session (account_id);

CREATE TABLE answered_call (
    account_id uuid NOT NULL CONSTRAINT fk_answered_call_account_id REFERENCES account (id),
    method text NOT NULL,
    request_id uuid NOT NULL,
    digest bytea NOT NULL,
    answer text NOT NULL,
    expire_time timestamptz NOT NULL,
    CONSTRAINT pk_answered_call PRIMARY KEY (account_id, method, request_id)
);
CREATE INDEX ix_answered_call_expire_time ON answered_call (expire_time);

-- Development only: what the clock adds, for all processes alike.
CREATE TABLE clock_offset (
    single boolean PRIMARY KEY CONSTRAINT ck_clock_offset_single CHECK (single),
    seconds bigint NOT NULL
);

GRANT SELECT, INSERT, UPDATE ON organization, account, mandate, session TO focalnet_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON answered_call TO focalnet_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON login_attempt TO focalnet_app;
GRANT SELECT ON clock_offset, seaql_migrations TO focalnet_app;
",
    // Cannot be taken back: organizations, accounts, mandates and sessions.
    down: "
REVOKE SELECT ON seaql_migrations FROM focalnet_app;
DROP TABLE clock_offset;
DROP TABLE answered_call;
DROP TABLE session;
DROP TABLE mandate;
DROP TABLE login_attempt;
DROP TABLE account;
DROP TABLE organization;
DROP EXTENSION btree_gist;
",
};
