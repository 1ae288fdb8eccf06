//! With whom assets are shared beyond the parties of their request, and what a State gives as a lead only.

use crate::Step;

pub(crate) const STEP: Step = Step {
    name: "m0011_asset_shares",
    up: "
ALTER TABLE asset ADD COLUMN lead_only boolean NOT NULL DEFAULT false;
ALTER TABLE asset ALTER COLUMN lead_only DROP DEFAULT;

CREATE TABLE asset_share (
    asset_id uuid NOT NULL CONSTRAINT fk_asset_share_asset_id REFERENCES asset (id),
    position integer NOT NULL,
    recipient_id uuid NOT NULL CONSTRAINT fk_asset_share_recipient_id REFERENCES organization (id),
    purpose text NOT NULL,
    create_time timestamptz NOT NULL,
    event_id uuid NOT NULL,
    revoke_reason text,
    revoke_time timestamptz,
    CONSTRAINT pk_asset_share PRIMARY KEY (asset_id, position),
    CONSTRAINT ck_asset_share_revoked CHECK ((revoke_reason IS NULL) = (revoke_time IS NULL)),
    CONSTRAINT ck_asset_share_time CHECK (create_time <= revoke_time)
);
CREATE UNIQUE INDEX uq_asset_share_once ON asset_share (asset_id, recipient_id) WHERE revoke_time IS NULL;
CREATE INDEX ix_asset_share_recipient ON asset_share (recipient_id, asset_id) WHERE revoke_time IS NULL;

CREATE FUNCTION lead_is_not_shared() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT lead_only FROM asset WHERE id = NEW.asset_id) THEN
        RAISE EXCEPTION 'what a State gives as a lead only is shared with nobody' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER tr_asset_share_lead BEFORE INSERT ON asset_share FOR EACH ROW EXECUTE FUNCTION lead_is_not_shared();

GRANT SELECT, INSERT, UPDATE ON asset_share TO focalnet_app;
",
    // Cannot be taken back: with whom assets are shared, and that an asset is given as a lead only.
    down: "
DROP TABLE asset_share;
DROP FUNCTION lead_is_not_shared;
ALTER TABLE asset DROP COLUMN lead_only;
",
};
