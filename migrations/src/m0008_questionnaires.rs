//! Questionnaires in immutable versions, circulations, responses, and answers that are only ever added.

use crate::Step;

pub(crate) const STEP: Step = Step {
    name: "m0008_questionnaires",
    up: "
CREATE TABLE questionnaire (
    id uuid PRIMARY KEY,
    key text NOT NULL,
    version_number integer,
    state text NOT NULL CONSTRAINT ck_questionnaire_state CHECK (state IN ('draft', 'published')),
    document jsonb NOT NULL,
    meanings jsonb NOT NULL,
    create_time timestamptz NOT NULL,
    publish_time timestamptz,
    head bytea NOT NULL,
    CONSTRAINT uq_questionnaire_version UNIQUE (key, version_number),
    CONSTRAINT ck_questionnaire_published CHECK (
        (state = 'published') = (version_number IS NOT NULL) AND (state = 'published') = (publish_time IS NOT NULL))
);
CREATE INDEX ix_questionnaire_time ON questionnaire (create_time DESC, id DESC);

CREATE FUNCTION questionnaire_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.key, NEW.version_number, NEW.state, NEW.document, NEW.meanings, NEW.publish_time)
        IS DISTINCT FROM (OLD.key, OLD.version_number, OLD.state, OLD.document, OLD.meanings, OLD.publish_time) THEN
        RAISE EXCEPTION 'a published questionnaire never changes' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER tr_questionnaire_published BEFORE UPDATE ON questionnaire
    FOR EACH ROW WHEN (OLD.state = 'published') EXECUTE FUNCTION questionnaire_is_immutable();

CREATE TABLE circulation (
    id uuid PRIMARY KEY,
    questionnaire_id uuid NOT NULL CONSTRAINT fk_circulation_questionnaire_id REFERENCES questionnaire (id),
    note_verbale text NOT NULL,
    due_date date NOT NULL,
    create_time timestamptz NOT NULL
);
CREATE INDEX ix_circulation_questionnaire_id ON circulation (questionnaire_id);

CREATE TABLE response (
    id uuid PRIMARY KEY,
    circulation_id uuid NOT NULL CONSTRAINT fk_response_circulation_id REFERENCES circulation (id),
    questionnaire_id uuid NOT NULL CONSTRAINT fk_response_questionnaire_id REFERENCES questionnaire (id),
    requested_state_id uuid NOT NULL CONSTRAINT fk_response_requested_state_id REFERENCES organization (id),
    state text NOT NULL
        CONSTRAINT ck_response_state CHECK (state IN ('draft', 'submitted', 'attested', 'reopened')),
    reminders jsonb NOT NULL,
    submitter_id uuid CONSTRAINT fk_response_submitter_id REFERENCES account (id),
    submitter_display_name text,
    attester_id uuid CONSTRAINT fk_response_attester_id REFERENCES account (id),
    reopen_reason text,
    attest_time timestamptz,
    audience uuid[] NOT NULL,
    create_time timestamptz NOT NULL,
    shared_head bytea NOT NULL,
    issuer_head bytea,
    state_head bytea,
    CONSTRAINT uq_response_state UNIQUE (circulation_id, requested_state_id),
    CONSTRAINT ck_response_submitter CHECK (state <> 'submitted' OR submitter_id IS NOT NULL),
    CONSTRAINT ck_response_attested CHECK (state <> 'attested' OR attest_time IS NOT NULL),
    CONSTRAINT ck_response_second_person
        CHECK (state <> 'attested' OR num_nonnulls(attester_id, submitter_id) = 2 AND attester_id <> submitter_id)
);
CREATE INDEX ix_response_time ON response (create_time DESC, id DESC);
CREATE INDEX ix_response_requested_state_id ON response (requested_state_id, create_time DESC, id DESC);
CREATE INDEX ix_response_questionnaire_id ON response (questionnaire_id);

CREATE TABLE answer (
    id uuid PRIMARY KEY,
    response_id uuid NOT NULL CONSTRAINT fk_answer_response_id REFERENCES response (id),
    question text NOT NULL,
    number integer NOT NULL CONSTRAINT ck_answer_number CHECK (number > 0),
    value jsonb NOT NULL,
    comment jsonb,
    valid_from_date date NOT NULL,
    shared boolean NOT NULL,
    author_id uuid NOT NULL CONSTRAINT fk_answer_author_id REFERENCES account (id),
    author_display_name text NOT NULL,
    create_time timestamptz NOT NULL,
    head bytea NOT NULL,
    CONSTRAINT uq_answer_number UNIQUE (response_id, question, number)
);

-- What a second person has confirmed: the answers in force, by the day since when they hold and the time since when
-- they are known.
CREATE TABLE attested_answer (
    id uuid PRIMARY KEY,
    requested_state_id uuid NOT NULL CONSTRAINT fk_attested_answer_requested_state_id REFERENCES organization (id),
    response_id uuid NOT NULL,
    question text NOT NULL,
    number integer NOT NULL,
    questionnaire_key text NOT NULL,
    version_number integer NOT NULL,
    valid_from_date date NOT NULL,
    attest_time timestamptz NOT NULL,
    CONSTRAINT uq_attested_answer_number UNIQUE (response_id, question, number),
    CONSTRAINT fk_attested_answer_number FOREIGN KEY (response_id, question, number)
        REFERENCES answer (response_id, question, number)
);
CREATE INDEX ix_attested_answer_in_force ON attested_answer
    (questionnaire_key, requested_state_id, question, attest_time DESC, number DESC);
CREATE INDEX ix_attested_answer_requested_state_id ON attested_answer (requested_state_id);

GRANT SELECT, INSERT, UPDATE ON questionnaire, response TO focalnet_app;
GRANT SELECT, INSERT ON circulation, answer, attested_answer TO focalnet_app;
",
    // Cannot be taken back: questionnaires, circulations, responses and answers.
    down: "
DROP TABLE attested_answer;
DROP TABLE answer;
DROP TABLE response;
DROP TABLE circulation;
DROP TABLE questionnaire;
DROP FUNCTION questionnaire_is_immutable;
",
};
