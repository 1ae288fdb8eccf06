//! Proposals that wait for a second person.

use chrono::{DateTime, Utc};
use focalnet_domain::{
    approval::{Approval, State},
    filter,
    journal::{Audience, Hash},
    names::{ApprovalId, FreezingRequestId, UserId},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, Select,
    sea_query::{Expr, ExprTrait},
};

use super::{
    PageQuery, Tx, entity::approval, journal::hash, json, newest_first, permitted, scopes, to_json, word,
};
use crate::{
    authz::{Permit, Scope},
    error::Result,
};

#[derive(FromQueryResult)]
struct Row {
    #[sea_orm(nested)]
    own: approval::Model,
    proposer_display_name: String,
}

fn select(scope: &Scope) -> Select<approval::Entity> {
    approval::Entity::find()
        .column_as(
            Expr::cust("(SELECT a.display_name FROM account a WHERE a.id = approval.proposer_id)"),
            "proposer_display_name",
        )
        .filter(scopes::own_side(scope))
        .filter(approval::Column::RequestId.in_subquery(scopes::request_ids(scope)))
}

fn from_row(row: Row) -> Result<(Approval, Hash)> {
    let own = row.own;
    let approval = Approval {
        name: ApprovalId(own.id),
        subject: FreezingRequestId(own.request_id),
        act: json("approval", own.payload)?,
        state: word("approval", "state", &own.state)?,
        proposer: UserId(own.proposer_id),
        proposer_display_name: row.proposer_display_name,
        decider: own.decider_id.map(UserId),
        reason: own.reason,
        propose_time: own.propose_time,
        expire_time: own.expire_time,
    };
    Ok((approval, hash(&own.head)?))
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
        let select = select(scope).filter(approval::Column::Id.eq(name.0));
        select.into_model::<Row>().one(&self.tx).await?.map(from_row).transpose()
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
                _ => {
                    let subject = value.parse::<FreezingRequestId>().map(|name| name.0).unwrap_or_default();
                    which.add(Column::RequestId.eq(subject))
                }
            };
        }
        let select = newest_first(select(scope).filter(which), Column::ProposeTime, Column::Id, page);
        select.into_model::<Row>().all(&self.tx).await?.into_iter().map(from_row).collect()
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
        let row = approval::ActiveModel {
            id: Set(new.name.0),
            request_id: Set(new.subject.0),
            audience: Set(side.to_string()),
            act: Set(new.act.kind().to_string()),
            payload: Set(to_json(&new.act)?),
            state: Set(new.state.to_string()),
            proposer_id: Set(new.proposer.0),
            decider_id: Set(None),
            reason: Set(None),
            propose_time: Set(new.propose_time),
            expire_time: Set(new.expire_time),
            head: Set(head.to_vec()),
        };
        approval::Entity::insert(row).exec_without_returning(&self.tx).await?;
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
        sea_orm::ConnectionTrait::execute_raw(&self.tx, statement).await?;
        Ok(())
    }
}
