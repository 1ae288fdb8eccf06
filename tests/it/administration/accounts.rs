//! Which accounts an administrator sees, and that it is all he sees.

use std::collections::BTreeSet;

use focalnet_contract::{Rpc, proto::ListUsersRequest};
use focalnet_domain::{
    freezing_request::{ActKind, State},
    organization::Role,
};
use tonic::Code;

use super::right;
use crate::support::{
    actor::Actor,
    cast::Org,
    new_id,
    refusals::{all_of, refused},
    world::World,
};

/// The logins that somebody sees.
async fn seen_by(who: &Actor, filter: &str) -> BTreeSet<String> {
    let list = ListUsersRequest { page_size: 200, filter: filter.into(), ..ListUsersRequest::default() };
    let users = who.users().list_users(list).await.unwrap().into_inner().users;
    users.into_iter().map(|user| user.login).collect()
}

#[tokio::test]
async fn each_keeper_sees_his_people_and_others_themselves() {
    let world = World::new().await;
    let logins = |of: &dyn Fn(&Actor) -> bool| -> BTreeSet<String> {
        world.everybody().filter(|who| of(who)).map(|who| who.login).collect()
    };
    let court = |who: &Actor| matches!(who.org, Org::Registry | Org::Otp | Org::Chamber);
    for who in world.everybody() {
        let expected = match (who.org, who.role) {
            // Of a State's people nobody but its administrators.
            (_, Role::PlatformAdmin) => logins(&|other| court(other) || other.role == Role::StateAdmin),
            (Org::Portugal, Role::StateAdmin) => {
                logins(&|other| matches!(other.org, Org::Portugal | Org::Authority))
            }
            (org, Role::StateAdmin) => logins(&|other| other.org == org),
            _ => BTreeSet::from([who.login.clone()]),
        };
        assert_eq!(seen_by(&who, "").await, expected, "by {}", who.login);
        let none = who.account(&format!("users/{}", new_id())).await.unwrap_err();
        for other in world.everybody() {
            match who.account(&other.name).await {
                Ok(_) => assert!(expected.contains(&other.login), "{} by {}", other.login, who.login),
                Err(hidden) => {
                    assert!(!expected.contains(&other.login), "{} by {}", other.login, who.login);
                    assert_eq!(all_of(&hidden), all_of(&none), "{} by {}", other.login, who.login);
                }
            }
        }
    }
}

#[tokio::test]
async fn filters_find_no_more() {
    let world = World::new().await;
    let admin = world.registry().admin();
    let portugal = format!("organization = {}", world.portugal().name());
    assert_eq!(seen_by(&admin, &portugal).await, BTreeSet::from([world.portugal().admin().login]));
    let focal_point = world.portugal().focal_point().login;
    assert!(seen_by(&admin, &format!("login = {focal_point}")).await.is_empty());
    assert_eq!(seen_by(&world.portugal().admin(), &format!("login = {focal_point}")).await.len(), 1);
    assert!(seen_by(&world.belgium().admin(), &format!("login = {focal_point}")).await.is_empty());
}

/// Whoever becomes a focal point is out of the platform's sight, whatever else he is.
#[tokio::test]
async fn an_administrator_who_sees_content_is_the_states_own_affair() {
    let world = World::new().await;
    let portugal = world.portugal();
    let deputy = portugal.deputy();
    portugal.admin().grants(&deputy.name, Role::StateAdmin, None, None).await.unwrap();
    assert_eq!(right(&world.registry().admin().account(&deputy.name).await), '.');
    portugal.admin().revokes(&deputy.name, Role::DeputyFocalPoint).await.unwrap();
    assert_eq!(right(&world.registry().admin().account(&deputy.name).await), '.', "nor what he was");
}

#[tokio::test]
async fn administrators_see_no_content() {
    let world = World::new().await;
    let (officer, portugal) = (world.registry().officer(), world.portugal());
    let name = world.in_state(State::Executed).await;
    officer.does(ActKind::Cease, &name).await.unwrap();
    let lists = [
        Rpc::ListCases,
        Rpc::ListOrders,
        Rpc::ListFreezingRequests,
        Rpc::ListApprovals,
        Rpc::ListClarifications,
    ];
    for admin in [world.registry().admin(), portugal.admin(), world.belgium().admin()] {
        for list in lists {
            assert_eq!(admin.counts(list).await, 0, "{list:?} by {}", admin.login);
        }
        let hidden = (Code::NotFound, "NOT_FOUND".into());
        assert_eq!(refused(admin.reads(&name).await), hidden);
        for journal in [&name, &world.cast().case, &world.cast().order] {
            assert_eq!(refused(admin.events(journal).await), hidden, "journal of {journal}");
        }
    }
    for list in [Rpc::ListCases, Rpc::ListOrders, Rpc::ListFreezingRequests, Rpc::ListApprovals] {
        assert_ne!(officer.counts(list).await, 0, "{list:?} has something for others");
    }
}

#[tokio::test]
async fn an_account_is_suspended_once() {
    let world = World::new().await;
    let portugal = world.portugal();
    let admin = portugal.admin();
    admin.suspends(&portugal.deputy().name).await.unwrap();
    let told = refused(admin.suspends(&portugal.deputy().name).await);
    assert_eq!(told, (Code::FailedPrecondition, "WRONG_STATE".into()));
}

#[tokio::test]
async fn whoever_is_suspended_is_out_and_is_assigned_to_nothing() {
    let world = World::new().await;
    let otp = world.newcomer(Org::Otp, "otp.new", &[Role::OtpFinancialInvestigator]).await;
    world.registry().admin().suspends(&otp.name).await.unwrap();
    assert_eq!(refused(otp.account(&otp.name).await), (Code::Unauthenticated, "NOT_SIGNED_IN".into()));
    let told = super::assignments::assigns(&world.registry().officer(), &world.cast().case, &otp.login).await;
    assert_eq!(refused(told), (Code::NotFound, "NOT_FOUND".into()));
}
