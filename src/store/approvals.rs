//! Proposals that wait for a second person.

use chrono::{DateTime, Utc};
use focalnet_domain::{
    approval::{Approval, Proposed, State},
    filter,
    journal::{Audience, Hash, Subject},
    names::{ApprovalId, FreezingRequestId, OrderId, UserId},
    user::Mandate,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, Select,
    sea_query::{Expr, ExprTrait},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    PageQuery, Tx, entity::approval, found::these, journal::hash, json, permitted, scopes, typed::Typed, word,
};
use crate::{
    authz::{Permit, Scope},
    error::{Error, Result},
};

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
    /// Whether the proposer is still assigned to the case; a State has no assignments.
    pub proposer_assigned: bool,
}

impl OpenApproval {
    /// A proposal just made.
    #[must_use]
    pub const fn new(approval: Approval, audience: Audience, head: Hash) -> Self {
        Self {
            approval,
            audience,
            head,
            proposer_mandates: Vec::new(),
            proposer_active: true,
            proposer_assigned: true,
        }
    }
}

/// A proposal with the name of who made it.
const APPROVAL: &str = "json_build_object('own', row_to_json(approval), 'proposer_display_name',
    (SELECT a.display_name FROM account a WHERE a.id = approval.proposer_id))";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ApprovalRow {
    own: approval::Model,
    proposer_display_name: String,
}

fn proposal(ApprovalRow { own, proposer_display_name }: ApprovalRow) -> Result<(Approval, Hash)> {
    const TABLE: &str = "approval";
    let proposed = match (own.request_id, own.order_id) {
        (Some(request), None) => {
            Proposed::Request { subject: FreezingRequestId(request), act: json(TABLE, own.payload)? }
        }
        (None, Some(order)) => Proposed::Order { subject: OrderId(order), act: json(TABLE, own.payload)? },
        _ => return Err(Error::internal("a proposal is about one subject")),
    };
    let approval = Approval {
        name: ApprovalId(own.id),
        proposed,
        state: word(TABLE, "state", &own.state)?,
        proposer: UserId(own.proposer_id),
        proposer_display_name,
        decider: own.decider_id.map(UserId),
        reason: own.reason,
        propose_time: own.propose_time,
        expire_time: own.expire_time,
    };
    Ok((approval, hash(&own.head)?))
}

/// What nobody has decided about a subject, as a column of it: `key` points to it, and its table knows its case.
pub(super) fn open(key: &str, table: &str) -> String {
    format!(
        "(SELECT coalesce(json_agg(json_build_object('proposer_active', a.state = 'active',
        'proposer_assigned', approval.audience = 'state' OR EXISTS (SELECT 1 FROM case_member m
            WHERE m.account_id = approval.proposer_id AND m.case_id = {table}.case_id AND m.end_time IS NULL),
        'proposer_mandates',
            (SELECT coalesce(json_agg(json_build_object('role', m.role, 'start_time', m.start_time,
                'end_time', m.end_time)), '[]') FROM mandate m WHERE m.account_id = approval.proposer_id),
        'approval', {APPROVAL}) ORDER BY approval.propose_time, approval.id), '[]')
        FROM approval JOIN account a ON a.id = approval.proposer_id
        WHERE approval.{key} = {table}.id AND approval.state = 'open')"
    )
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OpenRow {
    approval: ApprovalRow,
    proposer_mandates: Vec<Mandate>,
    proposer_active: bool,
    proposer_assigned: bool,
}

/// What that column holds.
pub(super) fn read(column: Vec<OpenRow>) -> Result<Vec<OpenApproval>> {
    let open = |row: OpenRow| {
        let audience = word("approval", "audience", &row.approval.own.audience)?;
        let (approval, head) = proposal(row.approval)?;
        Ok(OpenApproval {
            approval,
            audience,
            head,
            proposer_mandates: row.proposer_mandates,
            proposer_active: row.proposer_active,
            proposer_assigned: row.proposer_assigned,
        })
    };
    column.into_iter().map(open).collect()
}

#[derive(FromQueryResult)]
struct Row {
    approval: Typed<ApprovalRow>,
}

fn told() -> Select<approval::Entity> {
    approval::Entity::find().select_only().column_as(Expr::cust(APPROVAL), "approval")
}

fn from_row(row: Row) -> Result<(Approval, Hash)> {
    proposal(row.approval.0)
}

/// The column that points to a subject, and what stands in it; none for subjects without acts of two persons.
const fn key(subject: Subject) -> Option<(approval::Column, Uuid)> {
    match subject {
        Subject::Request(name) => Some((approval::Column::RequestId, name.0)),
        Subject::Order(name) => Some((approval::Column::OrderId, name.0)),
        Subject::Case(_) | Subject::Organization(_) | Subject::Questionnaire(_) | Subject::Response(_) => {
            None
        }
    }
}

/// What became of a proposal.
#[derive(Debug, Clone)]
pub struct Decided {
    /// The proposal.
    pub name: ApprovalId,
    /// The state after.
    pub state: State,
    /// Who decided, if anybody.
    pub decider: Option<UserId>,
    /// Why.
    pub reason: Option<String>,
    /// Hash of the event that says so.
    pub head: Hash,
}

impl Tx {
    /// A proposal of the caller's own side, with the hash of its last event.
    pub async fn approval(&self, scope: &Scope, name: ApprovalId) -> Result<Option<(Approval, Hash)>> {
        let select = told().filter(approval::Column::Id.eq(name.0)).filter(scopes::approvals(scope));
        select.into_model::<Row>().one(&self.link).await?.map(from_row).transpose()
    }

    /// A page of the proposals of the caller's own side.
    pub async fn approvals(
        &self,
        scope: &Scope,
        filter: &[filter::Condition],
        now: DateTime<Utc>,
        page: &PageQuery,
    ) -> Result<Vec<(Approval, Hash)>> {
        use approval::Column;
        let mut which = Condition::all();
        for condition in filter {
            let value = condition.value.as_str();
            which = match (condition.field.as_str(), value.parse::<State>()) {
                // What nobody decided in time is stored as open.
                ("state", Ok(State::Open)) => {
                    which.add(Column::State.eq(value)).add(Column::ExpireTime.gt(now))
                }
                ("state", Ok(State::Expired)) => which.add(
                    Condition::any()
                        .add(Column::State.eq(value))
                        .add(Column::State.eq(State::Open.as_str()).and(Column::ExpireTime.lte(now))),
                ),
                ("state", _) => which.add(Column::State.eq(value)),
                _ => which.add(match value.parse().ok().and_then(key) {
                    Some((column, id)) => column.eq(id),
                    None => Expr::cust("false"),
                }),
            };
        }
        let order = (Column::ProposeTime, Column::Id);
        let ways = scopes::ways_to_approvals(scope);
        let found = self.found::<approval::Entity>(ways, &which, order, page).await?;
        if found.is_empty() {
            return Ok(Vec::new());
        }
        these(told(), order, found)
            .into_model::<Row>()
            .all(&self.link)
            .await?
            .into_iter()
            .map(from_row)
            .collect()
    }

    /// Saves a new proposal on a side.
    pub async fn insert_approval(
        &self,
        permit: &Permit,
        new: &Approval,
        side: Audience,
        head: Hash,
    ) -> Result<()> {
        permitted(permit);
        let mut row = approval::ActiveModel {
            id: Set(new.name.0),
            request_id: Set(None),
            order_id: Set(None),
            audience: Set(side.to_string()),
            act: Set(new.proposed.act().to_owned()),
            payload: Set(new.proposed.content()),
            state: Set(new.state.to_string()),
            proposer_id: Set(new.proposer.0),
            decider_id: Set(None),
            reason: Set(None),
            propose_time: Set(new.propose_time),
            expire_time: Set(new.expire_time),
            head: Set(head.to_vec()),
        };
        if let Some((column, id)) = key(new.proposed.subject()) {
            row.set(column, Some(id).into());
        }
        approval::Entity::insert(row).exec_without_returning(&self.link).await?;
        Ok(())
    }

    /// Saves what became of open proposals, all in one statement.
    pub async fn decide_approvals(&self, permit: &Permit, decided: &[Decided]) -> Result<()> {
        permitted(permit);
        if decided.is_empty() {
            return Ok(());
        }
        let rows: Vec<serde_json::Value> = decided
            .iter()
            .map(|Decided { name, state, decider, reason, head }| {
                serde_json::json!({
                    "id": name.0, "state": state, "decider_id": decider.map(|user| user.0), "reason": reason,
                    "head": focalnet_domain::journal::Bytes(head.to_vec()).hex(),
                })
            })
            .collect();
        let statement = self.statement(
            "UPDATE approval SET state = d.state, decider_id = d.decider_id, reason = d.reason, head = decode(d.head, 'hex')
             FROM jsonb_to_recordset($1) AS d(id uuid, state text, decider_id uuid, reason text, head text)
             WHERE approval.id = d.id",
            [serde_json::Value::Array(rows).into()],
        );
        sea_orm::ConnectionTrait::execute_raw(&self.link, statement).await?;
        Ok(())
    }
}
