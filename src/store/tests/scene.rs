//! Who and what there is before something is saved that refers to it.

use std::sync::atomic::{AtomicUsize, Ordering};

use focalnet_contract::Rpc;
use focalnet_domain::{
    case::{Case, Member},
    names::CaseId,
    organization::Organization,
    states,
    user::{Mandate, State, User},
};
use sea_orm::{ActiveValue::Set, EntityTrait as _};

use super::*;
use crate::{authz::Scope, store::entity::clock_offset};

/// A case, and who reads it.
pub(super) struct Scene {
    pub(super) tx: Tx,
    /// Of an officer of the Registry.
    pub(super) permit: Permit,
    /// What that officer sees.
    pub(super) court: Scope,
    /// What the focal point of a State sees.
    pub(super) state: Scope,
    /// That State.
    pub(super) requested: Organization,
    /// That focal point.
    pub(super) focal_point: Actor,
    /// The officer's case.
    pub(super) case: Case,
}

/// An organization as it is called. No two States have one code, not even States of two tests.
pub(super) fn organization(kind: Kind, state: Option<OrganizationId>) -> Organization {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let code = || states::all()[COUNT.fetch_add(1, Ordering::Relaxed)].alpha2.clone();
    Organization {
        name: OrganizationId::random(),
        kind,
        display_name: format!("The {kind}"),
        country_code: (kind == Kind::State).then(code),
        state,
        create_time: at(0),
    }
}

/// The account of somebody. No two have one login.
pub(super) fn user(actor: &Actor) -> User {
    let mandate = |role: &Role| Mandate { role: *role, start_time: at(1), end_time: Some(at(1_000)) };
    User {
        name: actor.user,
        organization: actor.organization,
        login: actor.user.0.to_string(),
        display_name: actor.display_name.clone(),
        state: State::Active,
        mandates: actor.roles.iter().map(mandate).collect(),
        create_time: at(2),
    }
}

/// Saves an organization with somebody in it.
pub(super) async fn join(tx: &Tx, organization: &Organization, role: Role) -> Actor {
    let actor = actor(organization.name, organization.kind, role);
    let (permit, user) = (permit(&actor), user(&actor));
    tx.insert_organization(&permit, organization, head(1)).await.unwrap();
    tx.insert_account(&permit, &user, ([2; 32], at(3)), head(3)).await.unwrap();
    for mandate in &user.mandates {
        tx.insert_mandate(&permit, user.name, mandate).await.unwrap();
    }
    actor
}

impl Scene {
    pub(super) async fn new() -> Self {
        let tx = begin().await;
        let requested = organization(Kind::State, None);
        let registry = organization(Kind::Registry, None);
        let officer = join(&tx, &registry, Role::RegistryCooperationOfficer).await;
        let focal_point = join(&tx, &requested, Role::FocalPoint).await;
        let member = Member {
            user: officer.user,
            display_name: officer.display_name.clone(),
            organization: officer.organization,
            start_time: at(4),
        };
        let case = Case {
            name: CaseId::random(),
            situation_number: "ICC-01/05".to_owned(),
            case_number: "ICC-01/05-01/08".to_owned(),
            display_name: "The case".to_owned(),
            members: vec![member].into(),
            member_count: 1,
            create_time: at(4),
        };
        let permit = authorize(&officer, Rpc::CreateCase, Relation::None).unwrap();
        tx.insert_case(&permit, &case, head(4)).await.unwrap();
        let (court, state) = (Scope::of(&officer), Scope::of(&focal_point));
        Self { tx, permit, court, state, requested, focal_point, case }
    }
}

/// Makes the clock add something. There is one clock: who sets it next waits until this test is over.
pub(super) async fn set_clock(tx: &Tx, offset: Duration) {
    let row = clock_offset::ActiveModel { single: Set(true), seconds: Set(offset.num_seconds()) };
    clock_offset::Entity::insert(row).exec_without_returning(&tx.link).await.unwrap();
}
