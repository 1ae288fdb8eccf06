//! How much an order asks for each purpose at most, and how much of it was recovered, whichever States
//! recovered it.

use crate::Step;

pub(crate) const STEP: Step = Step {
    name: "m0013_recovery",
    up: "
CREATE TABLE order_recovery (
    order_id uuid NOT NULL CONSTRAINT fk_order_recovery_order_id REFERENCES court_order (id),
    purpose text NOT NULL
        CONSTRAINT ck_order_recovery_purpose CHECK (purpose IN ('fine', 'forfeiture', 'reparations', 'legal_aid')),
    position integer NOT NULL,
    amount numeric(24, 4) NOT NULL CONSTRAINT ck_order_recovery_amount CHECK (amount > 0),
    currency_code text NOT NULL
        CONSTRAINT ck_order_recovery_currency_code CHECK (currency_code ~ '^[A-Z]{3}$'),
    recovered numeric(24, 4) NOT NULL,
    CONSTRAINT pk_order_recovery PRIMARY KEY (order_id, purpose),
    -- Never more than the order asks for.
    CONSTRAINT ck_order_recovery_recovered CHECK (recovered >= 0 AND recovered <= amount)
);

ALTER TABLE allocation
    ADD COLUMN counts_as numeric(24, 4) CONSTRAINT ck_allocation_counts_as CHECK (counts_as >= 0),
    ADD COLUMN counts_as_currency_code text,
    ADD COLUMN rate_source text,
    ADD CONSTRAINT ck_allocation_rate
        CHECK (num_nonnulls(counts_as, counts_as_currency_code, rate_source) IN (0, 3));

-- When it became known that a purpose had ended.
ALTER TABLE request_purpose ADD COLUMN end_time timestamptz;
-- If a request has several ends, the first end that names this person and this purpose; where no content
-- tells, the last end.
UPDATE request_purpose p SET end_time = coalesce(
    (SELECT min(e.time) FROM journal_event e CROSS JOIN LATERAL (SELECT nullif(e.content, '')::jsonb -> e.act) AS s(said)
        WHERE e.subject_id = p.request_id AND e.audience = 'shared' AND e.act = 'cease' AND said -> 'purposes' ? p.purpose
        AND (said -> 'persons' @> to_jsonb(p.position) OR said -> 'along' @> to_jsonb(p.position))),
    (SELECT max(e.time) FROM journal_event e
        WHERE e.subject_id = p.request_id AND e.audience = 'shared' AND e.act = 'cease'),
    p.end_date)
    WHERE p.end_date IS NOT NULL;
ALTER TABLE request_purpose ADD CONSTRAINT ck_request_purpose_end CHECK ((end_date IS NULL) = (end_time IS NULL));

-- A measure is lifted once, and what was reported of an asset is kept, all of it.
CREATE UNIQUE INDEX uq_measure_change_lifted ON measure_change (measure_id) WHERE kind = 'lifted';
CREATE TRIGGER tr_measure_change_kept BEFORE UPDATE OR DELETE ON measure_change
    FOR EACH ROW EXECUTE FUNCTION fact_is_kept();
CREATE TRIGGER tr_ownership_kept BEFORE UPDATE OR DELETE ON ownership FOR EACH ROW EXECUTE FUNCTION fact_is_kept();
CREATE TRIGGER tr_encumbrance_kept BEFORE UPDATE OR DELETE ON encumbrance FOR EACH ROW EXECUTE FUNCTION fact_is_kept();
CREATE TRIGGER tr_cost_settlement_kept BEFORE UPDATE OR DELETE ON cost_settlement
    FOR EACH ROW EXECUTE FUNCTION fact_is_kept();
CREATE TRIGGER tr_claim_kept BEFORE UPDATE OR DELETE ON claim FOR EACH ROW EXECUTE FUNCTION fact_is_kept();
CREATE TRIGGER tr_claim_decision_kept BEFORE UPDATE OR DELETE ON claim_decision
    FOR EACH ROW EXECUTE FUNCTION fact_is_kept();
CREATE TRIGGER tr_allocation_kept BEFORE UPDATE OR DELETE ON allocation FOR EACH ROW EXECUTE FUNCTION fact_is_kept();

-- And what is shared cannot become a lead only.
CREATE FUNCTION shared_is_no_lead() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM asset_share s WHERE s.asset_id = NEW.id AND s.revoke_time IS NULL) THEN
        RAISE EXCEPTION 'what is shared is no lead only' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER tr_asset_lead BEFORE UPDATE OF lead_only ON asset FOR EACH ROW
    WHEN (NEW.lead_only AND NOT OLD.lead_only) EXECUTE FUNCTION shared_is_no_lead();

GRANT SELECT, INSERT, UPDATE ON order_recovery TO focalnet_app;
",
    // Cannot be taken back: what of an order was recovered for each purpose, and at which rates. What it asks for stays in its
    // facts, but counts for nothing.
    down: "
DROP TRIGGER tr_asset_lead ON asset;
DROP FUNCTION shared_is_no_lead;
DROP TRIGGER tr_allocation_kept ON allocation;
DROP TRIGGER tr_claim_decision_kept ON claim_decision;
DROP TRIGGER tr_claim_kept ON claim;
DROP TRIGGER tr_cost_settlement_kept ON cost_settlement;
DROP TRIGGER tr_encumbrance_kept ON encumbrance;
DROP TRIGGER tr_ownership_kept ON ownership;
DROP TRIGGER tr_measure_change_kept ON measure_change;
DROP INDEX uq_measure_change_lifted;
ALTER TABLE request_purpose DROP COLUMN end_time;
ALTER TABLE allocation DROP COLUMN rate_source, DROP COLUMN counts_as_currency_code, DROP COLUMN counts_as;
DROP TABLE order_recovery;
",
};
