//! What an order asks for each purpose at most, and what of it was recovered, whichever States recovered it.

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

GRANT SELECT, INSERT, UPDATE ON order_recovery TO focalnet_app;
",
    down: "
ALTER TABLE allocation DROP COLUMN rate_source, DROP COLUMN counts_as_currency_code, DROP COLUMN counts_as;
DROP TABLE order_recovery;
",
};
