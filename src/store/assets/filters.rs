//! What a list of assets can ask for beside its case, as conditions on a row of `asset`. The domain says the same of one asset
//! (`asset::facets`, `asset_overview::line`); a page of a list is found by an index and cannot ask it.

use chrono::NaiveDate;
use focalnet_domain::filter;
use sea_orm::{ColumnTrait, Condition, Value, sea_query::Expr};

use crate::store::entity::asset;

/// The last day of a measure `m` after its last change. Whether there is a change at all is found by looking
/// for the first one, which the key finds however many there are.
const LAST: &str =
    "CASE WHEN EXISTS (SELECT 1 FROM measure_change c WHERE c.measure_id = m.id AND c.position = 0 OFFSET 0) THEN (SELECT c.end_date
    FROM measure_change c WHERE c.measure_id = m.id ORDER BY c.position DESC LIMIT 1) ELSE m.end_date END";

/// The day on which to think of the renewal of a measure `m`.
const REMINDER: &str = "CASE WHEN EXISTS (SELECT 1 FROM measure_change c WHERE c.measure_id = m.id AND c.position = 0)
    THEN (SELECT c.reminder_date FROM measure_change c WHERE c.measure_id = m.id ORDER BY c.position DESC LIMIT 1)
    ELSE m.reminder_date END";

/// No purpose holds any more for the targets of an asset, in its request or in the order under which it is held; one that
/// names no target, as an owner's, may be of any (`Asset::serves`). Like all conditions here this is asked of one asset: a plan that begins at purposes reads all
/// purposes there are.
const OBLIGATION_OVER: &str = "(CASE WHEN asset.order_id IS NULL THEN NOT EXISTS (
        SELECT 1 FROM request_purpose p WHERE p.request_id = asset.request_id AND p.end_date IS NULL
        AND (p.position = ANY (asset.persons) OR NOT EXISTS (
            SELECT 1 FROM request_purpose t WHERE t.request_id = asset.request_id AND t.position = ANY (asset.persons)))
        OFFSET 0)
    ELSE NOT EXISTS (
        SELECT 1 FROM order_purpose p WHERE p.order_id = asset.order_id AND p.end_date IS NULL
        AND (cardinality(asset.persons) = 0 OR p.position = ANY (asset.persons)) OFFSET 0) END)";

/// The order of an asset is past its last day.
const ORDER_LAPSED: &str = "EXISTS (SELECT 1 FROM court_order o WHERE (o.facts ->> 'valid_until_date')::date < $1
    AND o.id = coalesce(asset.order_id, (SELECT r.order_id FROM freezing_request r WHERE r.id = asset.request_id)))";

/// That a condition holds for an asset of which something is still held. Each `OFFSET` keeps a plan from reading all rows
/// in order to ask about one asset.
fn held(asked: &str) -> String {
    format!("NOT asset.settled AND {asked}")
}

/// Something is left of an asset.
pub(super) fn outstanding() -> Condition {
    Condition::all().add(asset::Column::Settled.eq(false))
}

/// How many assets a request has, and how they stand on a day.
pub(in crate::store) const COUNTS: &str = "
(SELECT json_build_object('total', count(*), 'frozen', count(*) FILTER (WHERE a.frozen_days @> $1 AND NOT a.seized_days @> $1),
        'seized', count(*) FILTER (WHERE a.seized_days @> $1), 'outstanding', count(*) FILTER (WHERE NOT a.settled))
    FROM asset a WHERE a.request_id = freezing_request.id)";

/// Days come as texts of the form that was checked.
pub(super) fn asked(condition: &filter::Condition, today: NaiveDate) -> Condition {
    let value = condition.value.as_str();
    let with = |sql: String, more: Option<NaiveDate>| {
        let values = std::iter::once(Value::from(value.to_owned())).chain(more.map(Value::from));
        Condition::all().add(Expr::cust_with_values(sql, values))
    };
    let measure = |which: &str| {
        let sql = format!(
            "EXISTS (SELECT 1 FROM measure m WHERE m.asset_id = asset.id AND m.start_date <= $2
                AND {which} <= $1::date AND coalesce({LAST} >= $2, true) OFFSET 0)"
        );
        let sql = held(&sql);
        with(sql, Some(today))
    };
    match condition.field.as_str() {
        "type" => Condition::all().add(asset::Column::Type.eq(value)),
        "jurisdiction" => Condition::all().add(asset::Column::Jurisdiction.eq(value)),
        "ends_by" => measure(LAST),
        "renew_by" => measure(REMINDER),
        "valued_before" => with(
            held(
                "NOT EXISTS (SELECT 1 FROM valuation v WHERE v.asset_id = asset.id AND v.valuation_date >= $1::date
                    OFFSET 0)",
            ),
            None,
        ),
        "unpaid" => Condition::all().add(Expr::cust_with_values(
            "EXISTS (SELECT 1 FROM cost c WHERE c.asset_id = asset.id AND c.paid_date IS NULL AND c.bearer IS NOT NULL
                AND c.due_date <= $1
                AND NOT EXISTS (SELECT 1 FROM cost_settlement s WHERE s.asset_id = c.asset_id AND s.number = c.number
                    OFFSET 0) OFFSET 0)",
            [Value::from(today)],
        )),
        "claimed" => Condition::all().add(Expr::cust(
            "EXISTS (SELECT 1 FROM claim c WHERE c.asset_id = asset.id AND NOT EXISTS (SELECT 1 FROM claim_decision d
                WHERE d.claim_id = c.id AND d.state = 'final' OFFSET 0) OFFSET 0)",
        )),
        "outlived" => Condition::all().add(Expr::cust_with_values(
            held(&format!(
                "({OBLIGATION_OVER} OR {ORDER_LAPSED}) AND EXISTS (SELECT 1 FROM measure m
                    WHERE m.asset_id = asset.id AND m.start_date <= $1 AND coalesce({LAST} >= $1, true) OFFSET 0)"
            )),
            [Value::from(today)],
        )),
        _ => Condition::all().add(Expr::cust(held(OBLIGATION_OVER))),
    }
}
