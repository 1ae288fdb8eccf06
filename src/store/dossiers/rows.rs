//! What a read of a request brings in its one statement, and the request made from it.

use chrono::{DateTime, NaiveDate, Utc};
use focalnet_domain::{
    freezing_request::{AssetCounts, FreezingRequest, RequestPerson, RequestPurpose},
    journal::{Audience, Bytes},
    names::{CaseId, FreezingRequestId, OrderId, OrganizationId, PersonId},
    order,
    order::PurposeAmount,
};
use sea_orm::{EntityTrait, FromQueryResult, QuerySelect, Select, sea_query::Expr};
use serde::Deserialize;

use super::{Dossier, Head, versions, versions::Content};
use crate::{
    error::Result,
    store::{
        approvals,
        assets::COUNTS,
        entity::{freezing_request, request_person, request_purpose},
        journal::hash,
        json, order_recovery,
        typed::Typed,
        word,
    },
};

/// The parts of a request that a read brings beside the request's own row.
const PARTS: [(&str, &str); 4] = [
    ("numbers", "(SELECT json_build_object('situation', c.situation_number, 'case', c.case_number,
        'order', o.document_number, 'order_date', o.decision_date, 'order_state', o.state,
        'order_final', o.facts ->> 'final_date', 'order_until', o.facts ->> 'valid_until_date',
        'authority', a.display_name, 'requested_state', s.display_name)
        FROM court_case c LEFT JOIN court_order o ON o.id = freezing_request.order_id
        LEFT JOIN organization a ON a.id = freezing_request.authority_id
        JOIN organization s ON s.id = freezing_request.requested_state_id WHERE c.id = freezing_request.case_id)"),
    ("persons", "(SELECT coalesce(json_agg(p ORDER BY p.position), '[]')
        FROM request_person p WHERE p.request_id = freezing_request.id)"),
    ("purposes", "(SELECT coalesce(json_agg(p ORDER BY p.position, p.purpose), '[]')
        FROM request_purpose p WHERE p.request_id = freezing_request.id)"),
    ("heads", "(SELECT coalesce(json_agg(h), '[]') FROM unnest(ARRAY['shared', 'issuer', 'state']) AS s(audience),
        LATERAL (SELECT e.audience, e.index, e.time, translate(encode(e.hash, 'base64'), E'\\n', '') AS hash
            FROM journal_event e WHERE e.subject_id = freezing_request.id AND e.audience = s.audience
            ORDER BY e.index DESC LIMIT 1) h)"),
];

#[derive(FromQueryResult)]
pub(super) struct Row {
    #[sea_orm(nested)]
    own: freezing_request::Model,
    numbers: Typed<Numbers>,
    outstanding: Typed<Vec<PurposeAmount>>,
    versions: Typed<Vec<versions::VersionRow>>,
    persons: Typed<Vec<request_person::Model>>,
    purposes: Typed<Vec<request_purpose::Model>>,
    heads: Typed<Vec<HeadRow>>,
    approvals: Typed<Vec<approvals::OpenRow>>,
    asset_counts: Typed<AssetCounts>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Numbers {
    situation: String,
    case: String,
    order: Option<String>,
    order_date: Option<NaiveDate>,
    order_final: Option<NaiveDate>,
    order_state: Option<order::State>,
    order_until: Option<NaiveDate>,
    authority: Option<String>,
    requested_state: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadRow {
    audience: Audience,
    index: i64,
    time: DateTime<Utc>,
    hash: Bytes,
}

pub(super) fn select(today: NaiveDate, content: Content) -> Select<freezing_request::Entity> {
    let select = PARTS.iter().fold(freezing_request::Entity::find(), |select, (name, sql)| {
        select.column_as(Expr::cust(*sql), *name)
    });
    let counts = Expr::cust_with_values(COUNTS, [today]);
    let outstanding = order_recovery::outstanding("freezing_request.order_id");
    let select = select.column_as(Expr::cust(outstanding), "outstanding").column_as(counts, "asset_counts");
    let select = select.column_as(Expr::cust(versions::at_hand(content)), "versions");
    select.column_as(Expr::cust(approvals::open("request_id", "freezing_request")), "approvals")
}

pub(super) fn from_row(row: Row) -> Result<Dossier> {
    const TABLE: &str = "freezing_request";
    let own = row.own;
    let case = CaseId(own.case_id);
    let numbers = row.numbers.0;
    let person = |row: request_person::Model| {
        Ok(RequestPerson {
            position: row.position,
            display_name: row.display_name,
            person: row.person_id.map(|id| PersonId { parent: case, id }),
            status: word("request_person", "status", &row.status)?,
            status_date: row.status_date,
        })
    };
    let purpose = |row: request_purpose::Model| {
        Ok(RequestPurpose {
            position: row.position,
            purpose: word("request_purpose", "purpose", &row.purpose)?,
            basis: row.basis,
            end_date: row.end_date,
            end_time: row.end_time,
        })
    };
    let head = |row: HeadRow| {
        Ok(Head { audience: row.audience, index: row.index, time: row.time, hash: hash(&row.hash.0)? })
    };
    let request = FreezingRequest {
        name: FreezingRequestId(own.id),
        origin: word(TABLE, "origin", &own.origin)?,
        case,
        situation_number: numbers.situation,
        case_number: numbers.case,
        order: own.order_id.map(OrderId),
        order_number: numbers.order,
        order_date: numbers.order_date,
        order_final_date: numbers.order_final,
        order_state: numbers.order_state.map(|state| (state, numbers.order_until)),
        issuing_organization: OrganizationId(own.issuing_organization_id),
        chamber: own.chamber_id.map(OrganizationId),
        applicant: own.applicant_id.map(OrganizationId),
        requested_state: OrganizationId(own.requested_state_id),
        authority: own.authority_id.map(OrganizationId),
        requested_state_display_name: numbers.requested_state,
        authority_display_name: numbers.authority,
        outstanding: row.outstanding.0,
        measures: own.measures.iter().map(|text| word(TABLE, "measures", text)).collect::<Result<_>>()?,
        state: word(TABLE, "state", &own.state)?,
        versions: versions::read(row.versions.0)?,
        persons: row.persons.0.into_iter().map(person).collect::<Result<_>>()?,
        purposes: row.purposes.0.into_iter().map(purpose).collect::<Result<_>>()?,
        facts: json(TABLE, own.facts)?,
        asset_counts: row.asset_counts.0,
        touched: Vec::new(),
        create_time: own.create_time,
        transmit_time: own.transmit_time,
    };
    let heads = row.heads.0.into_iter().map(head).collect::<Result<_>>()?;
    Ok(Dossier { request, heads, approvals: approvals::read(row.approvals.0)? })
}
