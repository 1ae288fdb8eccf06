//! An asset keeps whether anything of it is left, and on which days it is frozen and seized: lists of requests count
//! assets by this, and to ask the facts of each would take most of the time of a list.

use crate::Step;

/// What each asset has to keep, computed from its facts. Nothing remains of an asset when the shares that left and the shares
/// that claims took out are together the whole. A return hands back first what was released before, and this share has
/// left only once: of all returns only that part counts by which they were ever ahead of the releases at most. Shares are
/// added with thirty decimals. A measure holds from its first day to its last, which its last change says.
macro_rules! standing {
    () => {
        "
SELECT a.id,
    (SELECT coalesce(sum(d.part) FILTER (WHERE d.kind <> 'returned'), 0) + greatest(coalesce(max(d.ahead), 0), 0)
        FROM (SELECT p.kind, p.part, sum(CASE p.kind WHEN 'returned' THEN p.part WHEN 'released' THEN -p.part ELSE 0 END)
                OVER (ORDER BY p.position) AS ahead
            FROM (SELECT position, kind, coalesce(numerator::numeric(40, 30) / denominator, 1) AS part FROM disposition
                WHERE asset_id = a.id AND kind IN ('transferred', 'lost', 'sold', 'released', 'returned')) p) d)
    + (SELECT coalesce(sum(CASE r.state
            WHEN 'upheld' THEN coalesce((c.facts #>> '{share,numerator}')::numeric(40, 30)
                / (c.facts #>> '{share,denominator}')::numeric, 1)
            WHEN 'upheld_in_part' THEN r.numerator::numeric(40, 30) / r.denominator END), 0)
        FROM claim c JOIN claim_decision f ON f.claim_id = c.id AND f.state = 'final'
        CROSS JOIN LATERAL (SELECT b.state, b.numerator, b.denominator FROM claim_decision b
            WHERE b.claim_id = c.id AND b.state <> 'final' ORDER BY b.position DESC LIMIT 1) r
        WHERE c.asset_id = a.id AND c.facts ->> 'right' IN ('ownership', 'co_ownership', 'spouse_share'))
    > 1 - 1e-25 AS settled,
    coalesce(range_agg(m.days) FILTER (WHERE m.kind = 'freeze'), '{}') AS frozen_days,
    coalesce(range_agg(m.days) FILTER (WHERE m.kind = 'seizure'), '{}') AS seized_days
FROM asset a LEFT JOIN (SELECT m.asset_id, m.kind, daterange(m.start_date, m.last_date, '[]') AS days
    FROM (SELECT m.asset_id, m.kind, m.start_date, CASE WHEN c.measure_id IS NULL THEN m.end_date ELSE c.end_date END AS last_date
        FROM measure m LEFT JOIN LATERAL (SELECT c.measure_id, c.end_date FROM measure_change c WHERE c.measure_id = m.id
            ORDER BY c.position DESC LIMIT 1) c ON true) m
    WHERE m.last_date IS NULL OR m.last_date >= m.start_date) m ON m.asset_id = a.id
GROUP BY a.id"
    };
}

/// Of each asset that does not keep what its facts say, its id: there is none.
pub const ASSETS_OUT_OF_DATE: &str = concat!(
    "SELECT a.id::text FROM asset a JOIN (",
    standing!(),
    ") s USING (id) WHERE (a.settled, a.frozen_days, a.seized_days) IS DISTINCT FROM (s.settled, s.frozen_days, s.seized_days)"
);

pub(crate) const STEP: Step = Step {
    name: "m0022_asset_standing",
    up: concat!(
        "
ALTER TABLE asset
    ADD COLUMN settled boolean NOT NULL DEFAULT false,
    ADD COLUMN frozen_days datemultirange NOT NULL DEFAULT '{}',
    ADD COLUMN seized_days datemultirange NOT NULL DEFAULT '{}';
UPDATE asset SET settled = s.settled, frozen_days = s.frozen_days, seized_days = s.seized_days FROM (",
        standing!(),
        ") s WHERE s.id = asset.id;
ALTER TABLE asset
    ALTER COLUMN settled DROP DEFAULT,
    ALTER COLUMN frozen_days DROP DEFAULT,
    ALTER COLUMN seized_days DROP DEFAULT;
CREATE INDEX ix_asset_request_standing ON asset (request_id) INCLUDE (settled, frozen_days, seized_days);
"
    ),
    down: "
DROP INDEX ix_asset_request_standing;
ALTER TABLE asset DROP COLUMN settled, DROP COLUMN frozen_days, DROP COLUMN seized_days;
",
};
