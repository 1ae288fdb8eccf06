//! What a read of a request brings in its one statement, and the request made from it.

use chrono::{DateTime, NaiveDate, Utc};
use focalnet_domain::{
    freezing_request::{AssetCounts, FreezingRequest, RequestPerson, RequestPurpose},
    journal::{Audience, Bytes},
    names::{CaseId, FreezingRequestId, OrderId, OrganizationId, PersonId},
    order::PurposeAmount,
};
use sea_orm::{EntityTrait, FromQueryResult, JoinType, QuerySelect, Select, sea_query::Expr};
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

/// What a request says of the case and the order it belongs to and of whom it goes to: the row of each, joined.
const NAMES: [(&str, &str); 7] = [
    ("situation_number", "c.situation_number"),
    ("case_number", "c.case_number"),
    ("order_number", "o.document_number"),
    ("order_date", "o.decision_date"),
    ("order_final_date", "(o.facts ->> 'final_date')::date"),
    ("authority_display_name", "a.display_name"),
    ("requested_state_display_name", "s.display_name"),
];

/// The parts of a request that a read brings beside the request's own row.
const PARTS: [(&str, &str); 3] = [
    (
        "persons",
        "(SELECT coalesce(json_agg(p ORDER BY p.position), '[]')
        FROM request_person p WHERE p.request_id = freezing_request.id)",
    ),
    (
        "purposes",
        "(SELECT coalesce(json_agg(p ORDER BY p.position, p.purpose), '[]')
        FROM request_purpose p WHERE p.request_id = freezing_request.id)",
    ),
    (
        "heads",
        "(SELECT coalesce(json_agg(h), '[]') FROM unnest(ARRAY['shared', 'issuer', 'state']) AS s(audience),
        LATERAL (SELECT e.audience, e.index, e.time, translate(encode(e.hash, 'base64'), E'\\n', '') AS hash
            FROM journal_event e WHERE e.subject_id = freezing_request.id AND e.audience = s.audience
            ORDER BY e.index DESC LIMIT 1) h)",
    ),
];

#[derive(FromQueryResult)]
pub(super) struct Row {
    #[sea_orm(nested)]
    own: freezing_request::Model,
    #[sea_orm(nested)]
    names: Names,
    outstanding: Typed<Vec<PurposeAmount>>,
    versions: Typed<Vec<versions::VersionRow>>,
    persons: Typed<Vec<request_person::Model>>,
    purposes: Typed<Vec<request_purpose::Model>>,
    heads: Typed<Vec<HeadRow>>,
    approvals: Typed<Vec<approvals::OpenRow>>,
    asset_counts: Typed<AssetCounts>,
}

#[derive(FromQueryResult)]
struct Names {
    situation_number: String,
    case_number: String,
    order_number: Option<String>,
    order_date: Option<NaiveDate>,
    order_final_date: Option<NaiveDate>,
    authority_display_name: Option<String>,
    requested_state_display_name: String,
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
    let mut select = freezing_request::Entity::find();
    let joins = [
        (JoinType::InnerJoin, "court_case", "c", "c.id = freezing_request.case_id"),
        (JoinType::InnerJoin, "organization", "s", "s.id = freezing_request.requested_state_id"),
        (JoinType::LeftJoin, "court_order", "o", "o.id = freezing_request.order_id"),
        (JoinType::LeftJoin, "organization", "a", "a.id = freezing_request.authority_id"),
    ];
    for (join, table, alias, on) in joins {
        QuerySelect::query(&mut select).join_as(join, table, alias, Expr::cust(on));
    }
    let select = NAMES
        .iter()
        .chain(&PARTS)
        .fold(select, |select, (name, sql)| select.column_as(Expr::cust(*sql), *name));
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
    let names = row.names;
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
        situation_number: names.situation_number,
        case_number: names.case_number,
        order: own.order_id.map(OrderId),
        order_number: names.order_number,
        order_date: names.order_date,
        order_final_date: names.order_final_date,
        issuing_organization: OrganizationId(own.issuing_organization_id),
        chamber: own.chamber_id.map(OrganizationId),
        applicant: own.applicant_id.map(OrganizationId),
        requested_state: OrganizationId(own.requested_state_id),
        authority: own.authority_id.map(OrganizationId),
        requested_state_display_name: names.requested_state_display_name,
        authority_display_name: names.authority_display_name,
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
