//! Pages of the assets that the Court holds itself: a few among many, which only the Court lists.

use crate::Step;

pub(crate) const STEP: Step = Step {
    name: "m0012_asset_pages",
    up: "
CREATE INDEX ix_asset_held_time ON asset (create_time DESC, id DESC) WHERE order_id IS NOT NULL;
",
    down: "
DROP INDEX ix_asset_held_time;
",
};
