//! What somebody may see at all: the filter that every read and list of the store carries.

use focalnet_domain::{
    names::{OrganizationId, UserId},
    organization::{Kind, Role},
};

use super::Actor;

/// The part of the world that a caller may see. It is made from an actor, never by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    user: UserId,
    organization: OrganizationId,
    kind: Kind,
    content: bool,
    platform_admin: bool,
    state_admin: bool,
}

/// As whom a scope reads requests and responses, with what belongs to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadsAs {
    /// None: no mandate that shows content.
    None,
    /// As a Court user: party to the request and assigned to its case.
    Court(OrganizationId, UserId),
    /// As the requested State: what was transmitted to it.
    State(OrganizationId),
    /// As a competent authority: what is assigned to it.
    Authority(OrganizationId),
}

/// How a scope reads accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accounts {
    /// Only the own one.
    Own(UserId),
    /// Those of the Court and of the States themselves.
    Platform,
    /// Those of one State and its authorities.
    State(OrganizationId),
}

impl Scope {
    /// The scope of an actor at the instant of its call.
    #[must_use]
    pub fn of(actor: &Actor) -> Self {
        Self {
            user: actor.user,
            organization: actor.organization,
            kind: actor.kind,
            content: actor.roles.iter().any(|role| role.sees_content()),
            platform_admin: actor.has(Role::PlatformAdmin),
            state_admin: actor.has(Role::StateAdmin),
        }
    }

    /// How it reads cases, orders, requests and what hangs on them.
    #[must_use]
    pub fn reads_as(&self) -> ReadsAs {
        match self.kind {
            _ if !self.content => ReadsAs::None,
            Kind::State => ReadsAs::State(self.organization),
            Kind::Authority => ReadsAs::Authority(self.organization),
            Kind::Chamber | Kind::Otp | Kind::Registry | Kind::Presidency => {
                ReadsAs::Court(self.organization, self.user)
            }
        }
    }

    /// How it reads accounts.
    #[must_use]
    pub fn accounts(&self) -> Accounts {
        if self.platform_admin {
            Accounts::Platform
        } else if self.state_admin {
            Accounts::State(self.organization)
        } else {
            Accounts::Own(self.user)
        }
    }

    /// The organization of who asks.
    #[must_use]
    pub const fn organization(&self) -> OrganizationId {
        self.organization
    }

    /// The account of who asks.
    #[must_use]
    pub const fn user(&self) -> UserId {
        self.user
    }

    /// Whether who asks has a mandate that shows content.
    #[must_use]
    pub const fn sees_content(&self) -> bool {
        self.content
    }

    /// What the organization of who asks is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether who asks belongs to the Court.
    #[must_use]
    pub const fn is_court(&self) -> bool {
        self.kind.is_court()
    }
}
