//! Who may do what. The policy table is the only authority: a write takes the [`Permit`] that a decision returned, a
//! read or a list takes the [`Scope`] of who asks, and both can be made only here.

use chrono::{DateTime, Utc};
use focalnet_domain::{
    names::{OrganizationId, UserId},
    organization::{Kind, Role},
};
use uuid::Uuid;

pub mod fields;
pub mod policy;
pub mod scope;

pub use policy::{Permit, authorize};
pub use scope::Scope;

/// Who calls: read from the database in the statement that checks the session, on each call.
#[derive(Debug, Clone)]
pub struct Actor {
    /// The account.
    pub user: UserId,
    /// The person's name.
    pub display_name: String,
    /// The organization.
    pub organization: OrganizationId,
    /// What the organization is.
    pub kind: Kind,
    /// The roles whose mandates are in force.
    pub roles: Vec<Role>,
    /// The session, which can be ended at any moment.
    pub session: Uuid,
    /// The session can only change the password.
    pub restricted: bool,
    /// The instant of the call.
    pub now: DateTime<Utc>,
}

impl Actor {
    /// Whether a role is in force.
    #[must_use]
    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}
