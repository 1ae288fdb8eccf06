//! The ledger of assets: what holds them back and until when, who stands behind them, what they cost, who claims them,
//! and what became of them. Facts are only added, each with the time it became known and the event that says so.

use crate::Step;

pub(crate) const STEP: Step = Step {
    name: "m0009_asset_ledger",
    up: "
ALTER TABLE asset
    ADD COLUMN persons integer[] NOT NULL DEFAULT '{}',
    ADD COLUMN value_substitute_for_id uuid CONSTRAINT fk_asset_value_substitute_for_id REFERENCES asset (id),
    -- An asset is sold only once.
    ADD COLUMN proceeds_of_id uuid CONSTRAINT fk_asset_proceeds_of_id REFERENCES asset (id)
        CONSTRAINT uq_asset_proceeds_of_id UNIQUE,
    ADD COLUMN event_id uuid,
    -- Hash of the last event that changed it, of those that both sides read, and of those that the Court alone reads.
    ADD COLUMN head bytea,
    ADD COLUMN issuer_head bytea;
ALTER TABLE asset ALTER COLUMN persons DROP DEFAULT;
ALTER TABLE measure
    ADD COLUMN numerator integer,
    ADD COLUMN denominator integer,
    ADD COLUMN create_time timestamptz,
    ADD COLUMN event_id uuid,
    ADD CONSTRAINT ck_measure_share CHECK ((numerator IS NULL) = (denominator IS NULL)
        AND (numerator IS NULL OR numerator BETWEEN 1 AND denominator));
ALTER TABLE valuation ADD COLUMN converted_from jsonb, ADD COLUMN event_id uuid;
ALTER TABLE disposition
    ADD COLUMN numerator integer,
    ADD COLUMN denominator integer,
    ADD COLUMN proceeds jsonb,
    ADD COLUMN event_id uuid,
    ADD CONSTRAINT ck_disposition_share CHECK ((numerator IS NULL) = (denominator IS NULL)
        AND (numerator IS NULL OR numerator BETWEEN 1 AND denominator)),
    ADD CONSTRAINT ck_disposition_proceeds CHECK ((proceeds IS NOT NULL) = (kind = 'realised')),
    DROP CONSTRAINT ck_disposition_kind,
    ADD CONSTRAINT ck_disposition_kind CHECK (kind IN ('released', 'returned', 'transferred', 'continued_blocking',
        'lost', 'sold', 'forfeiture_ordered', 'applied_to_fine', 'applied_to_reparations', 'applied_to_legal_aid',
        'realised', 'allocated', 'in_trust_fund', 'paid_to_victims', 'reimbursed_court'));

-- Assets that exist already rest on the last event of their request or order that told of them. Only since
-- this step are assets reported by themselves, and under orders; such assets exist here only if the step was
-- taken back and is taken again.
UPDATE asset SET (event_id, head) = (SELECT e.id, e.hash FROM journal_event e
    WHERE e.subject_id = coalesce(asset.request_id, asset.order_id) AND e.audience IN ('shared', 'court')
    AND e.act IN ('report_execution', 'report_release', 'report_asset')
    ORDER BY e.index DESC LIMIT 1);
UPDATE measure SET (create_time, event_id) = (SELECT a.create_time, a.event_id FROM asset a WHERE a.id = measure.asset_id);
UPDATE valuation SET event_id = (SELECT a.event_id FROM asset a WHERE a.id = valuation.asset_id);
UPDATE disposition SET event_id = (SELECT a.event_id FROM asset a WHERE a.id = disposition.asset_id);
ALTER TABLE asset ALTER COLUMN event_id SET NOT NULL, ALTER COLUMN head SET NOT NULL;
ALTER TABLE measure ALTER COLUMN create_time SET NOT NULL, ALTER COLUMN event_id SET NOT NULL;
ALTER TABLE valuation ALTER COLUMN event_id SET NOT NULL;
ALTER TABLE disposition ALTER COLUMN event_id SET NOT NULL;

CREATE TABLE measure_change (
    measure_id uuid NOT NULL CONSTRAINT fk_measure_change_measure_id REFERENCES measure (id),
    position integer NOT NULL,
    kind text NOT NULL CONSTRAINT ck_measure_change_kind CHECK (kind IN ('renewed', 'lifted')),
    end_date date,
    reminder_date date,
    national_reference text,
    reason text,
    create_time timestamptz NOT NULL,
    event_id uuid NOT NULL,
    CONSTRAINT pk_measure_change PRIMARY KEY (measure_id, position),
    CONSTRAINT ck_measure_change_lifted CHECK (kind = 'renewed' OR end_date IS NOT NULL AND reason IS NOT NULL)
);

-- Shares of one layer are not more than the whole; a sum of exact parts differs from it by less than the last digit.
CREATE FUNCTION owners_fit(owners jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT sum((o -> 'share' ->> 'numerator')::numeric / (o -> 'share' ->> 'denominator')::numeric) <= 1.000000000001
    FROM jsonb_array_elements(owners) AS o
$$;
CREATE TABLE ownership (
    asset_id uuid NOT NULL CONSTRAINT fk_ownership_asset_id REFERENCES asset (id),
    position integer NOT NULL,
    layer text NOT NULL CONSTRAINT ck_ownership_layer CHECK (layer IN ('holder', 'legal_owner', 'beneficial_owner')),
    from_date date NOT NULL,
    owners jsonb NOT NULL CONSTRAINT ck_ownership_owners CHECK (owners_fit(owners)),
    create_time timestamptz NOT NULL,
    event_id uuid NOT NULL,
    CONSTRAINT pk_ownership PRIMARY KEY (asset_id, position)
);

CREATE TABLE encumbrance (
    asset_id uuid NOT NULL CONSTRAINT fk_encumbrance_asset_id REFERENCES asset (id),
    position integer NOT NULL,
    facts jsonb NOT NULL,
    create_time timestamptz NOT NULL,
    event_id uuid NOT NULL,
    CONSTRAINT pk_encumbrance PRIMARY KEY (asset_id, position)
);

CREATE TABLE cost (
    asset_id uuid NOT NULL CONSTRAINT fk_cost_asset_id REFERENCES asset (id),
    number integer NOT NULL CONSTRAINT ck_cost_number CHECK (number > 0),
    kind text NOT NULL CONSTRAINT ck_cost_kind CHECK (kind IN ('storage', 'upkeep', 'insurance', 'tax', 'administration',
        'valuation', 'sale', 'other', 'rent', 'interest', 'other_income')),
    amount numeric(24, 4) NOT NULL CONSTRAINT ck_cost_amount CHECK (amount >= 0),
    currency_code text NOT NULL,
    due_date date NOT NULL,
    extraordinary boolean NOT NULL,
    bearer text CONSTRAINT ck_cost_bearer CHECK (bearer IN ('requested_state', 'court', 'asset', 'owner')),
    agreed_in_id uuid CONSTRAINT fk_cost_agreed_in_id REFERENCES clarification (id),
    paid_date date,
    description text,
    create_time timestamptz NOT NULL,
    event_id uuid NOT NULL,
    CONSTRAINT pk_cost PRIMARY KEY (asset_id, number),
    -- Costs have a bearer, income has none; the Court bears extraordinary costs only.
    CONSTRAINT ck_cost_borne CHECK ((bearer IS NULL) = (kind IN ('rent', 'interest', 'other_income'))),
    CONSTRAINT ck_cost_extraordinary CHECK (bearer <> 'court' OR extraordinary)
);

CREATE TABLE cost_settlement (
    asset_id uuid NOT NULL,
    number integer NOT NULL,
    paid_date date NOT NULL,
    create_time timestamptz NOT NULL,
    event_id uuid NOT NULL,
    CONSTRAINT pk_cost_settlement PRIMARY KEY (asset_id, number),
    CONSTRAINT fk_cost_settlement_cost FOREIGN KEY (asset_id, number) REFERENCES cost (asset_id, number)
);

CREATE TABLE claim (
    id uuid PRIMARY KEY,
    asset_id uuid NOT NULL CONSTRAINT fk_claim_asset_id REFERENCES asset (id),
    position integer NOT NULL,
    facts jsonb NOT NULL,
    create_time timestamptz NOT NULL,
    event_id uuid NOT NULL,
    CONSTRAINT uq_claim_position UNIQUE (asset_id, position)
);

CREATE TABLE claim_decision (
    claim_id uuid NOT NULL CONSTRAINT fk_claim_decision_claim_id REFERENCES claim (id),
    position integer NOT NULL,
    state text NOT NULL CONSTRAINT ck_claim_decision_state CHECK (state IN ('lodged', 'under_review', 'upheld',
        'upheld_in_part', 'rejected', 'under_appeal', 'final')),
    decision_date date NOT NULL,
    reference text,
    numerator integer,
    denominator integer,
    create_time timestamptz NOT NULL,
    event_id uuid NOT NULL,
    CONSTRAINT pk_claim_decision PRIMARY KEY (claim_id, position),
    CONSTRAINT ck_claim_decision_upheld CHECK ((state = 'upheld_in_part') = (numerator IS NOT NULL)
        AND (numerator IS NULL) = (denominator IS NULL) AND (numerator IS NULL OR numerator BETWEEN 1 AND denominator))
);
CREATE UNIQUE INDEX uq_claim_decision_final ON claim_decision (claim_id) WHERE state = 'final';

CREATE TABLE allocation (
    asset_id uuid NOT NULL CONSTRAINT fk_allocation_asset_id REFERENCES asset (id),
    position integer NOT NULL,
    purpose text NOT NULL
        CONSTRAINT ck_allocation_purpose CHECK (purpose IN ('fine', 'forfeiture', 'reparations', 'legal_aid')),
    amount numeric(24, 4) NOT NULL CONSTRAINT ck_allocation_amount CHECK (amount >= 0),
    currency_code text NOT NULL,
    decision_date date NOT NULL,
    reference text NOT NULL,
    create_time timestamptz NOT NULL,
    event_id uuid NOT NULL,
    CONSTRAINT pk_allocation PRIMARY KEY (asset_id, position)
);

CREATE INDEX ix_asset_time ON asset (create_time DESC, id DESC);
CREATE INDEX ix_asset_request_time ON asset (request_id, create_time DESC, id DESC);
CREATE INDEX ix_measure_end_date ON measure (end_date) WHERE end_date IS NOT NULL;
CREATE INDEX ix_measure_reminder_date ON measure (reminder_date) WHERE reminder_date IS NOT NULL;
CREATE INDEX ix_cost_open ON cost (asset_id) WHERE paid_date IS NULL AND bearer IS NOT NULL;

CREATE FUNCTION fact_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was reported of an asset is kept' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER tr_measure_kept BEFORE UPDATE OR DELETE ON measure FOR EACH ROW EXECUTE FUNCTION fact_is_kept();
CREATE TRIGGER tr_valuation_kept BEFORE UPDATE OR DELETE ON valuation FOR EACH ROW EXECUTE FUNCTION fact_is_kept();
CREATE TRIGGER tr_disposition_kept BEFORE UPDATE OR DELETE ON disposition FOR EACH ROW EXECUTE FUNCTION fact_is_kept();
CREATE TRIGGER tr_cost_kept BEFORE UPDATE OR DELETE ON cost FOR EACH ROW EXECUTE FUNCTION fact_is_kept();

GRANT SELECT, INSERT ON measure_change, ownership, encumbrance, cost, cost_settlement, claim, claim_decision,
    allocation TO focalnet_app;
",
    // Cannot be taken back: owners, encumbrances, costs, claims, allocations, changes of measures, whose an asset is, and what
    // became of it in words that this step adds. Each asset rests again on the last event of its request that told of one.
    down: "
DROP TRIGGER tr_cost_kept ON cost;
DROP TRIGGER tr_disposition_kept ON disposition;
DROP TRIGGER tr_valuation_kept ON valuation;
DROP TRIGGER tr_measure_kept ON measure;
DROP FUNCTION fact_is_kept;
DROP INDEX ix_measure_reminder_date;
DROP INDEX ix_measure_end_date;
DROP INDEX ix_asset_request_time;
DROP INDEX ix_asset_time;
DROP TABLE allocation;
DROP TABLE claim_decision;
DROP TABLE claim;
DROP TABLE cost_settlement;
DROP TABLE cost;
DROP TABLE encumbrance;
DROP TABLE ownership;
DROP FUNCTION owners_fit;
DROP TABLE measure_change;
DELETE FROM disposition WHERE kind NOT IN ('released', 'returned', 'transferred', 'continued_blocking', 'lost');
ALTER TABLE disposition
    DROP CONSTRAINT ck_disposition_kind,
    ADD CONSTRAINT ck_disposition_kind
        CHECK (kind IN ('released', 'returned', 'transferred', 'continued_blocking', 'lost')),
    DROP CONSTRAINT ck_disposition_proceeds,
    DROP CONSTRAINT ck_disposition_share,
    DROP COLUMN event_id,
    DROP COLUMN proceeds,
    DROP COLUMN denominator,
    DROP COLUMN numerator;
ALTER TABLE valuation DROP COLUMN event_id, DROP COLUMN converted_from;
ALTER TABLE measure
    DROP CONSTRAINT ck_measure_share,
    DROP COLUMN event_id,
    DROP COLUMN create_time,
    DROP COLUMN denominator,
    DROP COLUMN numerator;
ALTER TABLE asset
    DROP COLUMN issuer_head,
    DROP COLUMN head,
    DROP COLUMN event_id,
    DROP COLUMN proceeds_of_id,
    DROP COLUMN value_substitute_for_id,
    DROP COLUMN persons;
",
};
