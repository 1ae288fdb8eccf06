//! Assets with their measures, values and dispositions: facts only, no state.

use crate::Step;

pub(crate) const STEP: Step = Step {
    name: "m0005_assets",
    up: "
CREATE TABLE asset (
    id uuid PRIMARY KEY,
    request_id uuid CONSTRAINT fk_asset_request_id REFERENCES freezing_request (id),
    -- Assets that the Court itself holds come under an order, without a request.
    order_id uuid CONSTRAINT fk_asset_order_id REFERENCES court_order (id),
    position integer NOT NULL,
    type text NOT NULL CONSTRAINT ck_asset_type CHECK (type IN (
        'bank_account', 'securities', 'company_interest', 'real_estate', 'vehicle', 'vessel', 'aircraft', 'crypto',
        'cash', 'precious', 'art', 'livestock', 'receivable', 'other')),
    jurisdiction text NOT NULL,
    description text NOT NULL,
    location text,
    identifiers jsonb NOT NULL,
    holder text NOT NULL,
    audience uuid[] NOT NULL,
    create_time timestamptz NOT NULL,
    CONSTRAINT ck_asset_parent CHECK (num_nonnulls(request_id, order_id) = 1),
    CONSTRAINT uq_asset_position UNIQUE (request_id, position)
);
CREATE INDEX ix_asset_order_id ON asset (order_id);

CREATE TABLE measure (
    id uuid PRIMARY KEY,
    asset_id uuid NOT NULL CONSTRAINT fk_measure_asset_id REFERENCES asset (id),
    position integer NOT NULL,
    kind text NOT NULL CONSTRAINT ck_measure_kind CHECK (kind IN ('freeze', 'seizure', 'management_order')),
    national_reference text NOT NULL,
    authority text,
    start_date date NOT NULL,
    end_date date,
    reminder_date date,
    CONSTRAINT ck_measure_date CHECK (start_date <= end_date),
    CONSTRAINT uq_measure_position UNIQUE (asset_id, position)
);

CREATE TABLE valuation (
    asset_id uuid NOT NULL CONSTRAINT fk_valuation_asset_id REFERENCES asset (id),
    position integer NOT NULL,
    amount numeric(24, 4) NOT NULL CONSTRAINT ck_valuation_amount CHECK (amount >= 0),
    currency_code text NOT NULL,
    valuation_date date NOT NULL,
    method text NOT NULL CONSTRAINT ck_valuation_method
        CHECK (method IN ('book', 'market', 'appraisal', 'liquidation', 'self_declared')),
    appraiser text,
    create_time timestamptz NOT NULL,
    CONSTRAINT pk_valuation PRIMARY KEY (asset_id, position)
);

CREATE TABLE disposition (
    asset_id uuid NOT NULL CONSTRAINT fk_disposition_asset_id REFERENCES asset (id),
    position integer NOT NULL,
    kind text NOT NULL CONSTRAINT ck_disposition_kind
        CHECK (kind IN ('released', 'returned', 'transferred', 'continued_blocking', 'lost')),
    disposition_date date NOT NULL,
    reason text,
    national_reference text,
    create_time timestamptz NOT NULL,
    CONSTRAINT pk_disposition PRIMARY KEY (asset_id, position),
    CONSTRAINT ck_disposition_reason CHECK (kind NOT IN ('continued_blocking', 'lost') OR reason IS NOT NULL)
);

GRANT SELECT, INSERT, UPDATE ON asset TO focalnet_app;
GRANT SELECT, INSERT ON measure, valuation, disposition TO focalnet_app;
",
    // Cannot be taken back: assets, measures, values and what became of them.
    down: "
DROP TABLE disposition;
DROP TABLE valuation;
DROP TABLE measure;
DROP TABLE asset;
",
};
