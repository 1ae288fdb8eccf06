//! Each decision about an order is a row of its own, and the newest of what grows is found by an index.

use crate::Step;

pub(crate) const STEP: Step = Step {
    name: "m0019_order_changes",
    up: "
CREATE TABLE order_change (
    order_id uuid NOT NULL CONSTRAINT fk_order_change_order_id REFERENCES court_order (id),
    -- From 1, in the order in which they were recorded.
    position integer NOT NULL CONSTRAINT ck_order_change_position CHECK (position >= 1),
    document_number text NOT NULL,
    decision_date date NOT NULL,
    summary text NOT NULL,
    CONSTRAINT pk_order_change PRIMARY KEY (order_id, position)
);
INSERT INTO order_change (order_id, position, document_number, decision_date, summary)
SELECT o.id, c.position, c.change ->> 'document_number', (c.change ->> 'decision_date')::date, c.change ->> 'summary'
FROM court_order o, jsonb_array_elements(o.changes) WITH ORDINALITY AS c (change, position);
ALTER TABLE court_order DROP COLUMN changes;
GRANT SELECT, INSERT ON order_change TO focalnet_app;

-- The value that holds for a day; what an asset bears itself; who is a member now, the newest first.
CREATE INDEX ix_valuation_day ON valuation (asset_id, valuation_date DESC, create_time DESC, position DESC);
CREATE INDEX ix_cost_of_asset ON cost (asset_id, number) WHERE bearer = 'asset';
CREATE INDEX ix_asset_share_held ON asset_share (asset_id, position) WHERE revoke_time IS NULL;
CREATE INDEX ix_case_member_time ON case_member (case_id, start_time DESC, id DESC) WHERE end_time IS NULL;
",
    down: "
DROP INDEX ix_case_member_time;
DROP INDEX ix_asset_share_held;
DROP INDEX ix_cost_of_asset;
DROP INDEX ix_valuation_day;
ALTER TABLE court_order ADD COLUMN changes jsonb NOT NULL DEFAULT '[]';
UPDATE court_order o SET changes = c.changes
FROM (SELECT order_id, jsonb_agg(jsonb_build_object('document_number', document_number, 'decision_date', decision_date,
    'summary', summary) ORDER BY position) AS changes FROM order_change GROUP BY order_id) c
WHERE c.order_id = o.id;
ALTER TABLE court_order ALTER COLUMN changes DROP DEFAULT;
DROP TABLE order_change;
",
};
