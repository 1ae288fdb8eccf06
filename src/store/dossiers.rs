//! Reading requests with all that belongs to them, in one statement each.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, Select, sea_query::Expr,
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    PageQuery, Tx,
    calls::Answered,
    cases::cases_of,
    entity::{approval, freezing_request},
    json, newest_first, word,
};
use crate::{
    authz::{Scope, scope::Dossiers},
    domain::{
        approval::Approval,
        asset::{Asset, AssetIdentifier, Disposition, Measure, NewMeasure, Valuation},
        case::PersonStatus,
        filter,
        freezing_request::{FreezingRequest, Parties, RequestPerson, RequestPurpose, Version},
        journal::{Audience, Bytes, Hash},
        money::Money,
        names::{
            ApprovalId, AssetId, CaseId, FreezingRequestId, MeasureId, OrderId, OrganizationId, PersonId,
        },
        user::Mandate,
    },
    error::{Error, Result},
};

/// A request with the heads of its streams and its open proposals.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// The request.
    pub request: FreezingRequest,
    /// The head of each stream that has begun.
    pub heads: Vec<Head>,
    /// Proposals nobody has decided.
    pub approvals: Vec<OpenApproval>,
}

/// The head of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The stream.
    pub audience: Audience,
    /// Number of its last event.
    pub index: i64,
    /// Time of its last event.
    pub time: DateTime<Utc>,
    /// Hash of its last event.
    pub hash: Hash,
}

/// An open proposal, with what decides whether it can be carried out.
#[derive(Debug, Clone)]
pub struct OpenApproval {
    /// The proposal.
    pub approval: Approval,
    /// The side it lives on.
    pub audience: Audience,
    /// Hash of its last event.
    pub head: Hash,
    /// The proposer's mandates.
    pub proposer_mandates: Vec<Mandate>,
    /// Whether the proposer's account can be used.
    pub proposer_active: bool,
}

impl OpenApproval {
    /// A proposal just made.
    #[must_use]
    pub const fn new(approval: Approval, audience: Audience, head: Hash) -> Self {
        Self { approval, audience, head, proposer_mandates: Vec::new(), proposer_active: true }
    }
}

#[derive(Deserialize)]
struct OpenRow {
    approval: Approval,
    audience: Audience,
    head: Bytes,
    proposer_mandates: Vec<Mandate>,
    proposer_active: bool,
}

/// What of a request a read brings beside its own row.
const PARTS: [(&str, &str); 7] = [
    ("numbers", "(SELECT json_build_object('situation', c.situation_number, 'case', c.case_number,
        'order', o.document_number, 'order_date', o.decision_date, 'authority', a.display_name)
        FROM court_case c LEFT JOIN court_order o ON o.id = freezing_request.order_id
        LEFT JOIN organization a ON a.id = freezing_request.authority_id WHERE c.id = freezing_request.case_id)"),
    ("versions", "(SELECT coalesce(json_agg(json_build_object('number', v.number, 'content', v.content,
        'changed_paths', v.changed_paths, 'reason', v.reason, 'transmit_time', v.transmit_time) ORDER BY v.number), '[]')
        FROM request_version v WHERE v.request_id = freezing_request.id)"),
    ("persons", "(SELECT coalesce(json_agg(p ORDER BY p.position), '[]')
        FROM request_person p WHERE p.request_id = freezing_request.id)"),
    ("purposes", "(SELECT coalesce(json_agg(p ORDER BY p.position, p.purpose), '[]')
        FROM request_purpose p WHERE p.request_id = freezing_request.id)"),
    ("heads", "(SELECT coalesce(json_agg(h), '[]') FROM unnest(ARRAY['shared', 'issuer', 'state']) AS s(audience),
        LATERAL (SELECT e.audience, e.index, e.time, translate(encode(e.hash, 'base64'), E'\\n', '') AS hash
            FROM journal_event e WHERE e.subject_id = freezing_request.id AND e.audience = s.audience
            ORDER BY e.index DESC LIMIT 1) h)"),
    ("approvals", "(SELECT coalesce(json_agg(json_build_object('audience', p.audience,
        'head', translate(encode(p.head, 'base64'), E'\\n', ''), 'proposer_active', a.state = 'active',
        'proposer_mandates', (SELECT coalesce(json_agg(m), '[]') FROM mandate m WHERE m.account_id = p.proposer_id),
        'approval', p.payload || jsonb_build_object('name', 'approvals/' || p.id,
            'subject', 'freezingRequests/' || p.request_id, 'state', p.state, 'proposer', 'users/' || p.proposer_id,
            'proposer_display_name', a.display_name, 'propose_time', p.propose_time, 'expire_time', p.expire_time))
        ORDER BY p.propose_time, p.id), '[]')
        FROM approval p JOIN account a ON a.id = p.proposer_id
        WHERE p.request_id = freezing_request.id AND p.state = 'open')"),
    ("assets", ASSETS),
];

const ASSETS: &str = "(SELECT coalesce(json_agg(json_build_object('id', a.id, 'type', a.type, 'jurisdiction', a.jurisdiction,
    'description', a.description, 'location', a.location, 'identifiers', a.identifiers, 'holder', a.holder,
    'create_time', a.create_time,
    'measures', (SELECT coalesce(json_agg(m ORDER BY m.position), '[]') FROM measure m WHERE m.asset_id = a.id),
    'valuations', (SELECT coalesce(json_agg(json_build_object('amount', v.amount::text, 'currency_code', v.currency_code,
        'valuation_date', v.valuation_date, 'method', v.method, 'appraiser', v.appraiser) ORDER BY v.position), '[]')
        FROM valuation v WHERE v.asset_id = a.id),
    'dispositions', (SELECT coalesce(json_agg(d ORDER BY d.position), '[]') FROM disposition d WHERE d.asset_id = a.id)
    ) ORDER BY a.position), '[]') FROM asset a WHERE a.request_id = freezing_request.id)";

#[derive(FromQueryResult)]
struct Row {
    #[sea_orm(nested)]
    own: freezing_request::Model,
    numbers: serde_json::Value,
    versions: serde_json::Value,
    persons: serde_json::Value,
    purposes: serde_json::Value,
    heads: serde_json::Value,
    approvals: serde_json::Value,
    assets: serde_json::Value,
}

#[derive(Deserialize)]
struct Numbers {
    situation: String,
    case: String,
    order: Option<String>,
    order_date: Option<NaiveDate>,
    authority: Option<String>,
}

#[derive(Deserialize)]
struct PersonRow {
    position: i32,
    display_name: String,
    person_id: Option<Uuid>,
    status: PersonStatus,
    status_date: Option<NaiveDate>,
}

#[derive(Deserialize)]
struct HeadRow {
    audience: Audience,
    index: i64,
    time: DateTime<Utc>,
    hash: Bytes,
}

#[derive(Deserialize)]
struct AssetRow {
    id: Uuid,
    #[serde(rename = "type")]
    kind: crate::domain::asset::AssetType,
    jurisdiction: String,
    description: String,
    location: Option<String>,
    identifiers: Vec<AssetIdentifier>,
    holder: String,
    create_time: DateTime<Utc>,
    measures: Vec<MeasureRow>,
    valuations: Vec<ValuationRow>,
    dispositions: Vec<Disposition>,
}

#[derive(Deserialize)]
struct MeasureRow {
    id: Uuid,
    #[serde(flatten)]
    facts: NewMeasure,
}

#[derive(Deserialize)]
struct ValuationRow {
    amount: Decimal,
    currency_code: String,
    valuation_date: NaiveDate,
    method: crate::domain::asset::ValuationMethod,
    appraiser: Option<String>,
}

impl AssetRow {
    fn asset(self) -> Result<Asset> {
        let name = AssetId(self.id);
        let measure =
            |row: MeasureRow| Measure { name: MeasureId { parent: name, id: row.id }, facts: row.facts };
        let valuation = |row: ValuationRow| {
            let value = Money::new(&row.currency_code, row.amount);
            let value = value.map_err(|error| Error::internal(format!("valuation: {}", error.field)))?;
            Ok(Valuation {
                value,
                valuation_date: row.valuation_date,
                method: row.method,
                appraiser: row.appraiser,
            })
        };
        Ok(Asset {
            name,
            kind: self.kind,
            jurisdiction: self.jurisdiction,
            description: self.description,
            location: self.location,
            identifiers: self.identifiers,
            holder: self.holder,
            measures: self.measures.into_iter().map(measure).collect(),
            valuations: self.valuations.into_iter().map(valuation).collect::<Result<_>>()?,
            dispositions: self.dispositions,
            create_time: self.create_time,
        })
    }
}

/// What a scope sees: the Court's parties by assignment to the case, a State what was sent to it, an authority what is
/// assigned to it.
pub(super) fn visible(scope: &Scope) -> Condition {
    use freezing_request::Column;
    match scope.dossiers() {
        Dossiers::None => Condition::all().add(Expr::cust("false")),
        Dossiers::Court(own, user) => Condition::all().add(Column::CaseId.in_subquery(cases_of(user))).add(
            Condition::any()
                .add(Column::IssuingOrganizationId.eq(own.0))
                .add(Column::ChamberId.eq(own.0))
                .add(Column::ApplicantId.eq(own.0)),
        ),
        Dossiers::State(own) => {
            Condition::all().add(Column::RequestedStateId.eq(own.0)).add(Column::TransmitTime.is_not_null())
        }
        Dossiers::Authority(own) => Condition::all().add(Column::AuthorityId.eq(own.0)),
    }
}

/// The requests a scope sees, for what hangs on them.
pub(super) fn visible_requests(scope: &Scope) -> sea_orm::sea_query::SelectStatement {
    let mut select = freezing_request::Entity::find()
        .select_only()
        .column(freezing_request::Column::Id)
        .filter(visible(scope));
    QuerySelect::query(&mut select).to_owned()
}

fn select(with_assets: bool) -> Select<freezing_request::Entity> {
    PARTS.iter().fold(freezing_request::Entity::find(), |select, (name, sql)| {
        let sql = if *name == "assets" && !with_assets { "'[]'::json" } else { sql };
        select.column_as(Expr::cust(sql), *name)
    })
}

fn from_row(row: Row) -> Result<Dossier> {
    const TABLE: &str = "freezing_request";
    let own = row.own;
    let case = CaseId(own.case_id);
    let numbers: Numbers = json(TABLE, row.numbers)?;
    let person = |row: PersonRow| RequestPerson {
        position: row.position,
        display_name: row.display_name,
        person: row.person_id.map(|id| PersonId { parent: case, id }),
        status: row.status,
        status_date: row.status_date,
    };
    let head = |row: HeadRow| {
        Ok(Head {
            audience: row.audience,
            index: row.index,
            time: row.time,
            hash: super::journal::hash(&row.hash.0)?,
        })
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
        issuing_organization: OrganizationId(own.issuing_organization_id),
        chamber: own.chamber_id.map(OrganizationId),
        applicant: own.applicant_id.map(OrganizationId),
        requested_state: OrganizationId(own.requested_state_id),
        authority: own.authority_id.map(OrganizationId),
        authority_display_name: numbers.authority,
        measures: own.measures.iter().map(|text| word(TABLE, "measures", text)).collect::<Result<_>>()?,
        state: word(TABLE, "state", &own.state)?,
        versions: json::<Vec<Version>>("request_version", row.versions)?,
        persons: json::<Vec<PersonRow>>("request_person", row.persons)?.into_iter().map(person).collect(),
        purposes: json::<Vec<RequestPurpose>>("request_purpose", row.purposes)?,
        facts: json(TABLE, own.facts)?,
        assets: json::<Vec<AssetRow>>("asset", row.assets)?
            .into_iter()
            .map(AssetRow::asset)
            .collect::<Result<_>>()?,
        create_time: own.create_time,
        transmit_time: own.transmit_time,
    };
    let heads =
        json::<Vec<HeadRow>>("journal_event", row.heads)?.into_iter().map(head).collect::<Result<_>>()?;
    let open = |row: OpenRow| {
        Ok(OpenApproval {
            approval: row.approval,
            audience: row.audience,
            head: super::journal::hash(&row.head.0)?,
            proposer_mandates: row.proposer_mandates,
            proposer_active: row.proposer_active,
        })
    };
    let approvals =
        json::<Vec<OpenRow>>("approval", row.approvals)?.into_iter().map(open).collect::<Result<_>>()?;
    Ok(Dossier { request, heads, approvals })
}

#[derive(FromQueryResult)]
struct Locked {
    id: Uuid,
    replay: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct Replay {
    digest: String,
    answer: String,
    expire_time: DateTime<Utc>,
}

impl Tx {
    /// A request that the scope sees.
    pub async fn dossier(&self, scope: &Scope, name: FreezingRequestId) -> Result<Option<Dossier>> {
        let select = select(true).filter(freezing_request::Column::Id.eq(name.0)).filter(visible(scope));
        select.into_model::<Row>().one(&self.tx).await?.map(from_row).transpose()
    }

    /// Who is what to a request that the scope sees, without the rest of it.
    pub async fn dossier_party(&self, scope: &Scope, name: FreezingRequestId) -> Result<Option<Parties>> {
        let select = freezing_request::Entity::find_by_id(name.0).filter(visible(scope));
        Ok(select.one(&self.tx).await?.map(|row| Parties {
            channel: OrganizationId(row.issuing_organization_id),
            chamber: row.chamber_id.map(OrganizationId),
            applicant: row.applicant_id.map(OrganizationId),
            state: row.transmit_time.map(|_| OrganizationId(row.requested_state_id)),
            authority: row.authority_id.map(OrganizationId),
        }))
    }

    /// Locks a request that the scope sees, before anything of it is read: a statement that waits for a row lock still
    /// sees the rest of the database as it was before it waited. It also brings the answer to an earlier call with the
    /// same `request_id`.
    pub async fn lock_request(
        &self,
        scope: &Scope,
        name: FreezingRequestId,
        call: (&str, Option<Uuid>),
        now: DateTime<Utc>,
    ) -> Result<Option<Option<Answered>>> {
        self.lock_where(scope, freezing_request::Column::Id.eq(name.0).into(), call, now)
            .await
            .map(|found| found.map(|(_, replay)| replay))
    }

    /// The same for the request that a proposal is about, if the scope sees the proposal.
    pub async fn lock_request_of(
        &self,
        scope: &Scope,
        proposal: ApprovalId,
        call: (&str, Option<Uuid>),
        now: DateTime<Utc>,
    ) -> Result<Option<(FreezingRequestId, Option<Answered>)>> {
        let mut about = approval::Entity::find_by_id(proposal.0)
            .select_only()
            .column(approval::Column::RequestId)
            .filter(super::approvals::own_side(scope));
        let about = QuerySelect::query(&mut about).to_owned();
        let which = Condition::all().add(freezing_request::Column::Id.in_subquery(about));
        self.lock_where(scope, which, call, now).await
    }

    async fn lock_where(
        &self,
        scope: &Scope,
        which: Condition,
        (method, request_id): (&str, Option<Uuid>),
        now: DateTime<Utc>,
    ) -> Result<Option<(FreezingRequestId, Option<Answered>)>> {
        let replay = Expr::cust_with_values(
            "(SELECT json_build_object('digest', encode(c.digest, 'hex'), 'answer', c.answer, 'expire_time', c.expire_time)
                FROM answered_call c WHERE c.account_id = $1 AND c.method = $2 AND c.request_id = $3)",
            [sea_orm::Value::from(scope.user().0), method.into(), request_id.into()],
        );
        let select = freezing_request::Entity::find()
            .select_only()
            .column(freezing_request::Column::Id)
            .column_as(replay, "replay")
            .filter(which)
            .filter(visible(scope))
            .lock_exclusive();
        let Some(row) = select.into_model::<Locked>().one(&self.tx).await? else { return Ok(None) };
        let replay: Option<Replay> = row.replay.map(|value| json("answered_call", value)).transpose()?;
        let replay = replay.filter(|replay| replay.expire_time > now);
        let answered = replay.map(|replay| Answered { digest: unhex(&replay.digest), answer: replay.answer });
        Ok(Some((FreezingRequestId(row.id), answered)))
    }

    /// A page of the requests the scope sees, without their assets: for the Court by drafting, for a State by
    /// transmission.
    pub async fn dossiers(
        &self,
        scope: &Scope,
        filter: &[filter::Condition],
        page: &PageQuery,
    ) -> Result<Vec<Dossier>> {
        use freezing_request::Column;
        let mut which = visible(scope);
        for condition in filter {
            let value = condition.value.as_str();
            which = which.add(match condition.field.as_str() {
                "state" => Column::State.eq(value),
                "origin" => Column::Origin.eq(value),
                "requested_state" => Column::RequestedStateId
                    .eq(value.parse::<OrganizationId>().map(|name| name.0).unwrap_or_default()),
                "order" => {
                    Column::OrderId.eq(value.parse::<OrderId>().map(|name| name.0).unwrap_or_default())
                }
                _ => Column::CaseId.eq(value.parse::<CaseId>().map(|name| name.0).unwrap_or_default()),
            });
        }
        let time = if scope.is_court() { Column::CreateTime } else { Column::TransmitTime };
        let select = newest_first(select(false).filter(which), time, Column::Id, page);
        select.into_model::<Row>().all(&self.tx).await?.into_iter().map(from_row).collect()
    }
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len() / 2).filter_map(|i| u8::from_str_radix(text.get(2 * i..2 * i + 2)?, 16).ok()).collect()
}
