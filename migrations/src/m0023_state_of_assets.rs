//! An asset names the State that was asked to hold it, as its request does: a State finds the newest of its assets by an index,
//! however many other States have. It stands in the place of the organizations that see the asset, which nothing asked.

use crate::Step;

pub(crate) const STEP: Step = Step {
    name: "m0023_state_of_assets",
    up: "
ALTER TABLE freezing_request ADD CONSTRAINT uq_freezing_request_state UNIQUE (id, requested_state_id);
ALTER TABLE asset ADD COLUMN requested_state_id uuid;
UPDATE asset SET requested_state_id = r.requested_state_id FROM freezing_request r WHERE r.id = asset.request_id;
ALTER TABLE asset
    DROP COLUMN audience,
    DROP CONSTRAINT fk_asset_request_id,
    ADD CONSTRAINT fk_asset_request_id FOREIGN KEY (request_id, requested_state_id)
        REFERENCES freezing_request (id, requested_state_id),
    ADD CONSTRAINT ck_asset_requested_state CHECK ((request_id IS NULL) = (requested_state_id IS NULL));
CREATE INDEX ix_asset_state_time ON asset (requested_state_id, create_time DESC, id DESC)
    WHERE requested_state_id IS NOT NULL;
-- Proposals are listed for one side, threads of all requests by their time.
DROP INDEX ix_approval_time;
CREATE INDEX ix_approval_time ON approval (audience, propose_time DESC, id DESC);
CREATE INDEX ix_clarification_newest ON clarification (create_time DESC, id DESC);
-- How many cases somebody works on decides where a list begins, and some work on many more than others.
ALTER TABLE case_member ALTER COLUMN account_id SET STATISTICS 1000;
",
    down: "
ALTER TABLE case_member ALTER COLUMN account_id SET STATISTICS -1;
DROP INDEX ix_clarification_newest;
DROP INDEX ix_approval_time;
CREATE INDEX ix_approval_time ON approval (propose_time DESC, id DESC);
DROP INDEX ix_asset_state_time;
ALTER TABLE asset ADD COLUMN audience uuid[];
UPDATE asset SET audience = r.audience FROM freezing_request r WHERE r.id = asset.request_id;
UPDATE asset SET audience = array_remove(ARRAY[o.chamber_id, o.applicant_id], NULL) FROM court_order o
    WHERE o.id = asset.order_id;
ALTER TABLE asset
    ALTER COLUMN audience SET NOT NULL,
    DROP CONSTRAINT ck_asset_requested_state,
    DROP CONSTRAINT fk_asset_request_id,
    DROP COLUMN requested_state_id,
    ADD CONSTRAINT fk_asset_request_id FOREIGN KEY (request_id) REFERENCES freezing_request (id);
ALTER TABLE freezing_request DROP CONSTRAINT uq_freezing_request_state;
",
};
