//! Requests to States, the versions of their content, their persons and purposes.

use crate::Step;

pub(crate) const STEP: Step = Step {
    name: "m0004_requests",
    up: "
CREATE TABLE freezing_request (
    id uuid PRIMARY KEY,
    origin text NOT NULL CONSTRAINT ck_freezing_request_origin CHECK (origin IN ('chamber', 'prosecutor', 'registry')),
    case_id uuid NOT NULL CONSTRAINT fk_freezing_request_case_id REFERENCES court_case (id),
    order_id uuid CONSTRAINT fk_freezing_request_order_id REFERENCES court_order (id),
    issuing_organization_id uuid NOT NULL
        CONSTRAINT fk_freezing_request_issuing_organization_id REFERENCES organization (id),
    chamber_id uuid CONSTRAINT fk_freezing_request_chamber_id REFERENCES organization (id),
    applicant_id uuid CONSTRAINT fk_freezing_request_applicant_id REFERENCES organization (id),
    requested_state_id uuid NOT NULL CONSTRAINT fk_freezing_request_requested_state_id REFERENCES organization (id),
    authority_id uuid CONSTRAINT fk_freezing_request_authority_id REFERENCES organization (id),
    measures text[] NOT NULL CONSTRAINT ck_freezing_request_measures CHECK (cardinality(measures) > 0),
    state text NOT NULL CONSTRAINT ck_freezing_request_state CHECK (state IN (
        'draft', 'ready', 'transmitted', 'acknowledged', 'under_examination', 'executing', 'executed_in_part',
        'executed', 'nothing_found', 'impossible', 'denied', 'ceased', 'release_reported', 'withdrawn', 'superseded',
        'closed')),
    facts jsonb NOT NULL,
    audience uuid[] NOT NULL,
    create_time timestamptz NOT NULL,
    transmit_time timestamptz,
    CONSTRAINT ck_freezing_request_order CHECK ((origin = 'chamber') = (order_id IS NOT NULL)),
    CONSTRAINT ck_freezing_request_chamber CHECK ((origin = 'chamber') = (chamber_id IS NOT NULL)),
    CONSTRAINT ck_freezing_request_transmitted CHECK (transmit_time IS NOT NULL OR
        state IN ('draft', 'ready', 'withdrawn', 'superseded', 'closed')),
    CONSTRAINT ck_freezing_request_authority CHECK (authority_id IS NULL OR transmit_time IS NOT NULL)
);
CREATE INDEX ix_freezing_request_state ON freezing_request (requested_state_id, transmit_time DESC, id DESC)
    WHERE transmit_time IS NOT NULL;
CREATE INDEX ix_freezing_request_authority ON freezing_request (authority_id, transmit_time DESC, id DESC)
    WHERE authority_id IS NOT NULL;
CREATE INDEX ix_freezing_request_channel ON freezing_request (issuing_organization_id, create_time DESC, id DESC);
CREATE INDEX ix_freezing_request_chamber ON freezing_request (chamber_id, create_time DESC, id DESC);
CREATE INDEX ix_freezing_request_applicant ON freezing_request (applicant_id, create_time DESC, id DESC);
CREATE INDEX ix_freezing_request_case ON freezing_request (case_id, create_time DESC, id DESC);

CREATE TABLE request_version (
    request_id uuid NOT NULL CONSTRAINT fk_request_version_request_id REFERENCES freezing_request (id),
    number integer NOT NULL,
    content jsonb NOT NULL,
    changed_paths text[] NOT NULL,
    reason text,
    transmit_time timestamptz,
    CONSTRAINT pk_request_version PRIMARY KEY (request_id, number)
);

CREATE FUNCTION request_version_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a version that was sent never changes' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER tr_request_version_sent BEFORE UPDATE OR DELETE ON request_version
    FOR EACH ROW WHEN (OLD.transmit_time IS NOT NULL) EXECUTE FUNCTION request_version_is_immutable();

CREATE TABLE request_person (
    request_id uuid NOT NULL CONSTRAINT fk_request_person_request_id REFERENCES freezing_request (id),
    position integer NOT NULL,
    display_name text NOT NULL,
    person_id uuid CONSTRAINT fk_request_person_person_id REFERENCES case_person (id),
    status text NOT NULL
        CONSTRAINT ck_request_person_status CHECK (status IN ('active', 'lapsed', 'acquitted', 'convicted', 'deceased')),
    status_date date,
    CONSTRAINT pk_request_person PRIMARY KEY (request_id, position)
);
CREATE INDEX ix_request_person_person_id ON request_person (person_id);

CREATE TABLE request_purpose (
    request_id uuid NOT NULL,
    position integer NOT NULL,
    purpose text NOT NULL
        CONSTRAINT ck_request_purpose_purpose CHECK (purpose IN ('fine', 'forfeiture', 'reparations', 'legal_aid')),
    basis text NOT NULL,
    end_date date,
    CONSTRAINT pk_request_purpose PRIMARY KEY (request_id, position, purpose),
    CONSTRAINT fk_request_purpose_person FOREIGN KEY (request_id, position)
        REFERENCES request_person (request_id, position)
);

GRANT SELECT, INSERT, UPDATE ON freezing_request, request_version, request_person, request_purpose TO focalnet_app;
",
    // Cannot be taken back: requests, with all versions of what they say.
    down: "
DROP TABLE request_purpose;
DROP TABLE request_person;
DROP TABLE request_version;
DROP FUNCTION request_version_is_immutable;
DROP TABLE freezing_request;
",
};
