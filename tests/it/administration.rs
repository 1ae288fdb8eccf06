//! Who keeps organizations, accounts, mandates and assignments, and how far that goes.

use chrono::{DateTime, Utc};
use focalnet_contract::{
    Rpc,
    proto::{GetUserRequest, GrantMandateRequest, RevokeMandateRequest, SuspendUserRequest, User},
};
use focalnet_domain::organization::Role;
use prost_types::Timestamp;
use serde_json::json;
use tonic::{Code, Status};

use crate::{
    support::{
        actor::{Actor, Clients},
        cast::wire,
        new_id,
        refusals::why,
    },
    wire::opened,
};

mod accounts;
mod assignments;
mod growing;
mod mandates;
mod powers;

/// What an outcome says about the caller's right: `+` may, `w` has the role but not here, `r` has no role for it, `.`
/// does not see what it is about. A stale etag is noticed only after that.
#[track_caller]
fn right<T>(outcome: &Result<T, Status>) -> char {
    let Err(refused) = outcome else { return '+' };
    match (refused.code(), why(refused).1.as_str()) {
        (Code::Aborted, "STALE") => '+',
        (Code::PermissionDenied, "WRONG_PARTY") => 'w',
        (Code::PermissionDenied, "ROLE_MISSING") => 'r',
        (Code::NotFound, "NOT_FOUND") => '.',
        other => unreachable!("{other:?}"),
    }
}

const STALE: &str = "\"AAAAAAAAAAAAAAAAAAAAAA\"";

fn time(at: DateTime<Utc>) -> Timestamp {
    Timestamp { seconds: at.timestamp(), nanos: at.timestamp_subsec_nanos().cast_signed() }
}

impl Clients {
    /// Reads an account.
    async fn account(&self, name: &str) -> Result<User, Status> {
        Ok(self.users().get_user(GetUserRequest { name: name.into() }).await?.into_inner())
    }
}

impl Actor {
    /// Gives a role, from an instant to another, to an account as read just before.
    async fn grants(
        &self,
        name: &str,
        role: Role,
        from: Option<DateTime<Utc>>,
        to: Option<DateTime<Utc>>,
    ) -> Result<User, Status> {
        let User { name, etag, .. } = self.account(name).await?;
        let grant = GrantMandateRequest {
            name,
            etag,
            request_id: new_id(),
            role: wire(role),
            start_time: from.map(time),
            end_time: to.map(time),
        };
        Ok(self.users().grant_mandate(grant).await?.into_inner())
    }

    /// Ends a role.
    async fn revokes(&self, name: &str, role: Role) -> Result<User, Status> {
        let User { name, etag, .. } = self.account(name).await?;
        let (role, reason) = (wire(role), "Moved on".into());
        let revoke = RevokeMandateRequest { name, etag, request_id: new_id(), role, reason };
        Ok(self.users().revoke_mandate(revoke).await?.into_inner())
    }

    /// Suspends an account.
    async fn suspends(&self, name: &str) -> Result<User, Status> {
        let User { name, etag, .. } = self.account(name).await?;
        let suspend = SuspendUserRequest { name, etag, request_id: new_id(), reason: "Gone".into() };
        Ok(self.users().suspend_user(suspend).await?.into_inner())
    }

    /// How much a list has, without a filter.
    async fn counts(&self, list: Rpc) -> usize {
        let message = match list {
            Rpc::ListClarifications => json!({ "parent": "freezingRequests/-", "page_size": 200 }),
            _ => json!({ "page_size": 200 }),
        };
        opened(&self.call(list, message).await.unwrap()).0.len()
    }
}
