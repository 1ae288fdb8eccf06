//! The directory: focal points of States, their channels and languages, each with its days.

use crate::Step;

pub(crate) const STEP: Step = Step {
    name: "m0007_directory",
    up: "
ALTER TABLE organization ADD COLUMN directory_head bytea
    CONSTRAINT ck_organization_directory_head CHECK (kind = 'state' OR directory_head IS NULL);

CREATE TABLE designation (
    id uuid PRIMARY KEY,
    state_id uuid NOT NULL CONSTRAINT fk_designation_state_id REFERENCES organization (id),
    capacity text NOT NULL
        CONSTRAINT ck_designation_capacity CHECK (capacity IN ('focal_point', 'deputy_focal_point')),
    contact jsonb NOT NULL,
    start_date date NOT NULL,
    end_date date,
    create_time timestamptz NOT NULL,
    CONSTRAINT ck_designation_date CHECK (start_date <= end_date)
);
CREATE INDEX ix_designation_state_id ON designation (state_id, create_time);

CREATE TABLE channel (
    state_id uuid NOT NULL CONSTRAINT fk_channel_state_id REFERENCES organization (id),
    number integer NOT NULL CONSTRAINT ck_channel_number CHECK (number > 0),
    kind text NOT NULL CONSTRAINT ck_channel_kind CHECK (kind IN ('diplomatic', 'ministry', 'other')),
    description text,
    interpol_accepted boolean NOT NULL,
    languages text[] NOT NULL CONSTRAINT ck_channel_languages CHECK (cardinality(languages) > 0),
    received_date date NOT NULL,
    agreed_date date,
    effective_date date NOT NULL,
    create_time timestamptz NOT NULL,
    CONSTRAINT pk_channel PRIMARY KEY (state_id, number),
    CONSTRAINT ck_channel_dates CHECK (received_date <= effective_date AND received_date <= agreed_date),
    CONSTRAINT ck_channel_description CHECK (kind <> 'other' OR description IS NOT NULL)
);

GRANT SELECT, INSERT ON channel TO focalnet_app;
GRANT SELECT, INSERT, UPDATE ON designation TO focalnet_app;
",
    // Cannot be taken back: the directory of States.
    down: "
DROP TABLE channel;
DROP TABLE designation;
ALTER TABLE organization DROP COLUMN directory_head;
",
};
