//! An asset with what is read of it, as one JSON that its statement brings. It is made of whole rows, so that no key is
//! written twice: the types that read it are the entities, which a test compares with the tables.

use chrono::{DateTime, NaiveDate, Utc};
use focalnet_domain::{
    asset::{Asset, act::AssetAct},
    journal::Hash,
    series::SHOWN,
};
use sea_orm::{Value, sea_query::Expr, sea_query::SimpleExpr};
use serde::Deserialize;

use crate::{
    error::Result,
    store::{
        entity::{
            allocation, asset, asset_share, claim, claim_decision, cost, cost_settlement, disposition,
            encumbrance, measure, measure_change, ownership, valuation,
        },
        journal::hash,
    },
};

/// A cost `c` of an asset with what settled it.
pub(super) const COST: &str = "json_build_object('own', row_to_json(c), 'request_id', asset.request_id,
    'settlement', (SELECT row_to_json(s) FROM cost_settlement s WHERE s.asset_id = c.asset_id AND s.number = c.number))";

/// A claim `c`, written like this, with its steps.
pub(super) fn claim(own: &str) -> String {
    format!(
        "json_build_object('own', {own}, 'decisions', (SELECT coalesce(json_agg(d ORDER BY d.position), '[]')
            FROM claim_decision d WHERE d.claim_id = c.id))"
    )
}

/// Which of the facts that grow with time are read of an asset.
#[derive(Debug, Clone, Copy)]
pub enum Facts<'a> {
    /// What it shows and its rules ask about: the newest, the value that holds for the day, and what the act is about.
    Shown {
        /// The day.
        day: NaiveDate,
        /// What became known at this instant or later is left out.
        unknown_from: Option<DateTime<Utc>>,
        /// The act.
        act: Option<&'a AssetAct>,
    },
    /// All of them, for sums over time.
    All,
}

impl Facts<'_> {
    /// What it shows on a day, as far as is known today.
    pub(in crate::store) const fn on(day: NaiveDate) -> Self {
        Self::Shown { day, unknown_from: None, act: None }
    }

    /// The numbers of the newest rows of a table that were known by then.
    fn newest(table: &str, number: &str, of: &str) -> String {
        format!(
            "ARRAY(SELECT n.{number} FROM {table} n WHERE n.{of} AND n.create_time < $2
                ORDER BY n.{number} DESC LIMIT {SHOWN})"
        )
    }

    /// The JSON of an asset, of a row of `asset`.
    pub(super) fn json(self) -> SimpleExpr {
        let (changes, values, costs, shares, own) = match self {
            Self::All => {
                (String::new(), String::new(), String::new(), String::new(), "row_to_json(c)".to_owned())
            }
            Self::Shown { .. } => {
                let of_asset = "asset_id = asset.id";
                let newest = |table| Self::newest(table, "position", of_asset);
                (
                    format!("AND h.position = ANY ({})", Self::newest("measure_change", "position", "measure_id = m.id")),
                    format!(
                        "AND v.position = ANY ({} || ARRAY(SELECT b.position FROM valuation b WHERE b.asset_id = asset.id
                            AND b.valuation_date <= $1 AND b.create_time < $2
                            ORDER BY b.valuation_date DESC, b.create_time DESC, b.position DESC LIMIT 1))",
                        newest("valuation")
                    ),
                    // What an act settles, and, where proceeds are allocated, what the asset bears.
                    format!(
                        "AND c.number = ANY ({} || $3::int || ARRAY(SELECT b.number FROM cost b
                            WHERE b.asset_id = asset.id AND b.bearer = 'asset' AND $4))",
                        Self::newest("cost", "number", of_asset)
                    ),
                    format!(
                        "AND s.position = ANY ({} || ARRAY(SELECT b.position FROM asset_share b
                            WHERE b.asset_id = asset.id AND b.revoke_time IS NULL AND b.create_time < $2))",
                        newest("asset_share")
                    ),
                    format!(
                        "CASE WHEN c.position = ANY ({}) THEN to_jsonb(c) ELSE to_jsonb(c) #- '{{facts,evidence}}' END",
                        newest("claim")
                    ),
                )
            }
        };
        let list = |entry: &str, table: &str, which: &str, order: &str| {
            let alias = order.split('.').next().unwrap_or_default();
            format!(
                "(SELECT coalesce(json_agg({entry} ORDER BY {order}), '[]') FROM {table} {alias}
                    WHERE {alias}.asset_id = asset.id {which})"
            )
        };
        let measure = format!(
            "json_build_object('own', row_to_json(m), 'changes', (SELECT coalesce(json_agg(h ORDER BY h.position), '[]')
                FROM measure_change h WHERE h.measure_id = m.id {changes}))"
        );
        let parts = [
            ("own", "row_to_json(asset)".to_owned()),
            ("measures", list(&measure, "measure", "", "m.position")),
            ("valuations", list("v", "valuation", &values, "v.position")),
            ("ownerships", list("o", "ownership", "", "o.position")),
            ("encumbrances", list("e", "encumbrance", "", "e.position")),
            ("costs", list(COST, "cost", &costs, "c.number")),
            ("claims", list(&claim(&own), "claim", "", "c.position")),
            ("dispositions", list("d", "disposition", "", "d.position")),
            ("allocations", list("l", "allocation", "", "l.position")),
            ("shares", list("s", "asset_share", &shares, "s.position")),
        ];
        let parts = parts.map(|(key, value)| format!("'{key}', {value}"));
        Expr::cust_with_values(format!("json_build_object({})", parts.join(", ")), self.values())
    }

    fn values(self) -> Vec<Value> {
        let Self::Shown { day, unknown_from, act } = self else { return Vec::new() };
        let settled = match act {
            Some(AssetAct::SettleCost(settle)) => Some(settle.number),
            _ => None,
        };
        let allocates = matches!(act, Some(AssetAct::AllocateProceeds(_)));
        vec![
            day.into(),
            unknown_from.unwrap_or(DateTime::<Utc>::MAX_UTC).into(),
            settled.into(),
            allocates.into(),
        ]
    }
}

/// The events that an asset rests on, as far as its etag goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AssetHeads {
    /// Hash of the last event that changed it, of those that both sides read.
    pub shared: Hash,
    /// Of those that the Court alone reads.
    pub issuer: Option<Hash>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AssetRow {
    pub(super) own: asset::Model,
    pub(super) measures: Vec<MeasureRow>,
    pub(super) valuations: Vec<valuation::Model>,
    pub(super) ownerships: Vec<ownership::Model>,
    pub(super) encumbrances: Vec<encumbrance::Model>,
    pub(super) costs: Vec<CostRow>,
    pub(super) claims: Vec<ClaimRow>,
    pub(super) dispositions: Vec<disposition::Model>,
    pub(super) allocations: Vec<allocation::Model>,
    pub(super) shares: Vec<asset_share::Model>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MeasureRow {
    pub(super) own: measure::Model,
    pub(super) changes: Vec<measure_change::Model>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CostRow {
    pub(super) own: cost::Model,
    pub(super) request_id: Option<uuid::Uuid>,
    pub(super) settlement: Option<cost_settlement::Model>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClaimRow {
    pub(super) own: claim::Model,
    pub(super) decisions: Vec<claim_decision::Model>,
}

/// An asset, and what its etag is made of.
pub(super) fn asset(row: AssetRow) -> Result<(Asset, AssetHeads)> {
    let heads = AssetHeads {
        shared: hash(&row.own.head)?,
        issuer: row.own.issuer_head.as_deref().map(hash).transpose()?,
    };
    Ok((row.read()?, heads))
}
