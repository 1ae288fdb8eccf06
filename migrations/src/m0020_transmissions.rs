//! How a version was sent stands with the version, and only its confirmation is added later.

use crate::Step;

pub(crate) const STEP: Step = Step {
    name: "m0020_transmissions",
    up: "
ALTER TABLE request_version ADD COLUMN transmission jsonb;
ALTER TABLE request_version DISABLE TRIGGER tr_request_version_sent;
UPDATE request_version v SET transmission = t.sent -> 'transmission'
FROM (SELECT id, jsonb_array_elements(facts -> 'transmissions') AS sent FROM freezing_request) t
WHERE t.id = v.request_id AND (t.sent ->> 'version')::integer = v.number;
ALTER TABLE request_version ENABLE TRIGGER tr_request_version_sent;
ALTER TABLE request_version ADD CONSTRAINT ck_request_version_transmission
    CHECK ((transmit_time IS NULL) = (transmission IS NULL));
CREATE INDEX ix_request_version_unconfirmed ON request_version (request_id)
    WHERE transmission ->> 'medium' = 'urgent' AND transmission ->> 'confirmation_reference' IS NULL;

UPDATE freezing_request r SET facts = r.facts - 'transmissions' || jsonb_build_object(
    'channel', (SELECT v.transmission -> 'channel' FROM request_version v WHERE v.request_id = r.id AND v.number = 1),
    'urgent_unconfirmed', EXISTS (SELECT 1 FROM request_version v WHERE v.request_id = r.id
        AND v.transmission ->> 'medium' = 'urgent' AND v.transmission ->> 'confirmation_reference' IS NULL));

CREATE OR REPLACE FUNCTION request_version_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.transmission ->> 'confirmation_reference' IS NULL
        AND to_jsonb(NEW) #- '{transmission,confirmation_reference}'
            = to_jsonb(OLD) #- '{transmission,confirmation_reference}'
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a version that was sent never changes' USING ERRCODE = 'check_violation';
END $$;
",
    down: "
CREATE OR REPLACE FUNCTION request_version_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a version that was sent never changes' USING ERRCODE = 'check_violation';
END $$;
UPDATE freezing_request r SET facts = r.facts - 'channel' - 'urgent_unconfirmed' || jsonb_build_object('transmissions',
    (SELECT coalesce(jsonb_agg(jsonb_build_object('version', v.number, 'transmission', v.transmission) ORDER BY v.number),
        '[]') FROM request_version v WHERE v.request_id = r.id AND v.transmission IS NOT NULL));
DROP INDEX ix_request_version_unconfirmed;
ALTER TABLE request_version DROP COLUMN transmission;
",
};
