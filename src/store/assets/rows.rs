//! An asset with everything that was reported of it, as one JSON that its statement brings.

use focalnet_domain::{
    asset::Asset,
    journal::{Bytes, Hash},
};
use serde::Deserialize;

use crate::{
    error::Result,
    store::{journal::hash, json},
};

/// An asset as the domain reads it, of a row of `asset`.
pub(in crate::store) const ASSET: &str = "json_build_object(
    'name', 'assets/' || asset.id, 'freezing_request', 'freezingRequests/' || asset.request_id,
    'order', 'orders/' || asset.order_id, 'type', asset.type, 'jurisdiction', asset.jurisdiction,
    'description', asset.description, 'location', asset.location, 'identifiers', asset.identifiers,
    'holder', asset.holder, 'persons', asset.persons, 'value_substitute_for', 'assets/' || asset.value_substitute_for_id,
    'proceeds_of', 'assets/' || asset.proceeds_of_id, 'create_time', asset.create_time, 'event', 'events/' || asset.event_id,
    'head', translate(encode(asset.head, 'base64'), E'\\n', ''),
    'issuer_head', translate(encode(asset.issuer_head, 'base64'), E'\\n', ''),
    'measures', (SELECT coalesce(json_agg(json_build_object('name', 'assets/' || m.asset_id || '/measures/' || m.id,
        'kind', m.kind, 'national_reference', m.national_reference, 'authority', m.authority, 'start_date', m.start_date,
        'end_date', m.end_date, 'reminder_date', m.reminder_date, 'share', CASE WHEN m.numerator IS NOT NULL
        THEN json_build_object('numerator', m.numerator, 'denominator', m.denominator) END, 'create_time', m.create_time,
        'event', 'events/' || m.event_id, 'changes', (SELECT coalesce(json_agg(json_build_object('kind', c.kind,
        'end_date', c.end_date, 'reminder_date', c.reminder_date, 'national_reference', c.national_reference,
        'reason', c.reason, 'create_time', c.create_time, 'event', 'events/' || c.event_id) ORDER BY c.position), '[]')
        FROM measure_change c WHERE c.measure_id = m.id)) ORDER BY m.position), '[]')
        FROM measure m WHERE m.asset_id = asset.id),
    'valuations', (SELECT coalesce(json_agg(json_build_object('value', json_build_object('currency_code', v.currency_code,
        'amount', trim_scale(v.amount)::text), 'valuation_date', v.valuation_date, 'method', v.method,
        'appraiser', v.appraiser, 'converted_from', v.converted_from, 'create_time', v.create_time,
        'event', 'events/' || v.event_id) ORDER BY v.position), '[]') FROM valuation v WHERE v.asset_id = asset.id),
    'ownerships', (SELECT coalesce(json_agg(json_build_object('layer', o.layer, 'from_date', o.from_date,
        'owners', o.owners, 'create_time', o.create_time, 'event', 'events/' || o.event_id) ORDER BY o.position), '[]')
        FROM ownership o WHERE o.asset_id = asset.id),
    'encumbrances', (SELECT coalesce(json_agg(e.facts || jsonb_build_object('create_time', e.create_time,
        'event', 'events/' || e.event_id) ORDER BY e.position), '[]') FROM encumbrance e WHERE e.asset_id = asset.id),
    'costs', (SELECT coalesce(json_agg(json_build_object('number', c.number, 'kind', c.kind, 'amount',
        json_build_object('currency_code', c.currency_code, 'amount', trim_scale(c.amount)::text), 'due_date', c.due_date,
        'extraordinary', c.extraordinary, 'bearer', c.bearer, 'agreed_in',
        'freezingRequests/' || asset.request_id || '/clarifications/' || c.agreed_in_id, 'paid_date', c.paid_date,
        'description', c.description, 'create_time', c.create_time, 'event', 'events/' || c.event_id, 'settlement',
        (SELECT json_build_object('paid_date', s.paid_date, 'create_time', s.create_time, 'event', 'events/' || s.event_id)
        FROM cost_settlement s WHERE s.asset_id = c.asset_id AND s.number = c.number)) ORDER BY c.number), '[]')
        FROM cost c WHERE c.asset_id = asset.id),
    'claims', (SELECT coalesce(json_agg(c.facts || jsonb_build_object('name', 'assets/' || c.asset_id || '/claims/' || c.id,
        'create_time', c.create_time, 'event', 'events/' || c.event_id, 'decisions', (SELECT coalesce(json_agg(
        json_build_object('state', d.state, 'decision_date', d.decision_date, 'reference', d.reference, 'upheld',
        CASE WHEN d.numerator IS NOT NULL THEN json_build_object('numerator', d.numerator, 'denominator', d.denominator) END,
        'create_time', d.create_time, 'event', 'events/' || d.event_id) ORDER BY d.position), '[]')
        FROM claim_decision d WHERE d.claim_id = c.id)) ORDER BY c.position), '[]') FROM claim c WHERE c.asset_id = asset.id),
    'dispositions', (SELECT coalesce(json_agg(json_build_object('kind', d.kind, 'disposition_date', d.disposition_date,
        'reason', d.reason, 'national_reference', d.national_reference, 'share', CASE WHEN d.numerator IS NOT NULL
        THEN json_build_object('numerator', d.numerator, 'denominator', d.denominator) END, 'proceeds', d.proceeds,
        'create_time', d.create_time, 'event', 'events/' || d.event_id) ORDER BY d.position), '[]')
        FROM disposition d WHERE d.asset_id = asset.id),
    'allocations', (SELECT coalesce(json_agg(json_build_object('purpose', l.purpose, 'amount',
        json_build_object('currency_code', l.currency_code, 'amount', trim_scale(l.amount)::text),
        'decision_date', l.decision_date, 'reference', l.reference, 'counts_as', CASE WHEN l.counts_as IS NOT NULL
        THEN json_build_object('currency_code', l.counts_as_currency_code, 'amount', trim_scale(l.counts_as)::text) END,
        'rate_source', l.rate_source, 'create_time', l.create_time,
        'event', 'events/' || l.event_id) ORDER BY l.position), '[]') FROM allocation l WHERE l.asset_id = asset.id),
    'lead_only', asset.lead_only,
    'shares', (SELECT coalesce(json_agg(json_build_object('recipient', 'organizations/' || h.recipient_id,
        'purpose', h.purpose, 'revoke_reason', h.revoke_reason, 'revoke_time', h.revoke_time, 'create_time', h.create_time,
        'event', 'events/' || h.event_id) ORDER BY h.position), '[]') FROM asset_share h WHERE h.asset_id = asset.id))";

/// The events that an asset rests on, as far as its etag goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AssetHeads {
    /// Hash of the last event that changed it, of those that both sides read.
    pub shared: Hash,
    /// Of those that the Court alone reads.
    pub issuer: Option<Hash>,
}

#[derive(Deserialize)]
pub(in crate::store) struct AssetRow {
    #[serde(flatten)]
    asset: Asset,
    head: Bytes,
    issuer_head: Option<Bytes>,
}

impl AssetRow {
    pub(in crate::store) fn read(self) -> Result<(Asset, AssetHeads)> {
        let heads = AssetHeads {
            shared: hash(&self.head.0)?,
            issuer: self.issuer_head.map(|head| hash(&head.0)).transpose()?,
        };
        Ok((self.asset, heads))
    }
}

pub(super) fn asset(value: serde_json::Value) -> Result<(Asset, AssetHeads)> {
    json::<AssetRow>("asset", value)?.read()
}
