//! Roles are held for a time, in an organization of the right kind.

use chrono::{DateTime, Duration, Utc};
use focalnet_contract::proto::{CreateUserRequest, GetSelfRequest, User};
use focalnet_domain::{
    clock::Clock,
    organization::{Kind, Role},
};
use tonic::Code;

use crate::{
    support::{
        actor::Actor,
        cast::Org,
        new_id,
        refusals::{refused, why},
        world::World,
    },
    wire::fields,
};

async fn roles_of(who: &Actor) -> usize {
    who.auth().get_self(GetSelfRequest {}).await.unwrap().into_inner().roles.len()
}

fn day(from_now: i64) -> DateTime<Utc> {
    Clock.now(Duration::days(from_now))
}

#[tokio::test]
async fn a_mandate_holds_between_its_days() {
    let world = World::new().await;
    let portugal = world.portugal();
    let name = world.transmitted(&portugal).await;
    portugal.deputy().reads(&name).await.unwrap();
    portugal.admin().revokes(&portugal.deputy().name, Role::DeputyFocalPoint).await.unwrap();
    let hidden = (Code::NotFound, "NOT_FOUND".to_owned());
    assert_eq!(refused(portugal.deputy().reads(&name).await), hidden, "it ends at once");

    let given =
        portugal.admin().grants(&portugal.deputy().name, Role::FocalPoint, Some(day(1)), Some(day(3))).await;
    assert_eq!(given.unwrap().mandates.len(), 2, "of the past and of the future");
    assert_eq!(refused(portugal.deputy().reads(&name).await), hidden, "not yet");
    assert_eq!(roles_of(&portugal.deputy()).await, 0);

    let minute = Duration::minutes(1);
    world.set_clock_ahead(Duration::days(1) - minute).await;
    assert_eq!(refused(portugal.deputy().reads(&name).await), hidden, "not yet");
    for day in [Duration::days(1) + minute, Duration::days(3) - minute] {
        world.set_clock_ahead(day).await;
        portugal.deputy().reads(&name).await.unwrap();
        assert_eq!(roles_of(&portugal.deputy()).await, 1);
    }
    world.set_clock_ahead(Duration::days(3)).await;
    assert_eq!(refused(portugal.deputy().reads(&name).await), hidden, "no longer");
}

#[tokio::test]
async fn the_same_role_is_not_held_twice_at_a_time() {
    let world = World::new().await;
    let (admin, deputy) = (world.portugal().admin(), world.portugal().deputy().name);
    let taken = (Code::AlreadyExists, "ALREADY_EXISTS".to_owned());
    let role = Role::DeputyFocalPoint;
    let told = admin.grants(&deputy, role, None, None).await.unwrap_err();
    assert_eq!(why(&told), taken);
    assert_eq!(fields(&told), ["role"]);
    assert_eq!(refused(admin.grants(&deputy, role, Some(day(100)), Some(day(200))).await), taken);

    let role = Role::FocalPoint;
    admin.grants(&deputy, role, Some(day(10)), Some(day(20))).await.unwrap();
    let mandates = admin.account(&deputy).await.unwrap().mandates;
    let ends = mandates.iter().find_map(|mandate| mandate.end_time).unwrap();
    let end = DateTime::from_timestamp(ends.seconds, ends.nanos.cast_unsigned());
    admin.grants(&deputy, role, end, Some(day(30))).await.unwrap();
    for (from, to) in [(15, 16), (5, 11), (29, 31), (1, 100)] {
        assert_eq!(refused(admin.grants(&deputy, role, Some(day(from)), Some(day(to))).await), taken);
    }
    admin.grants(&deputy, role, None, Some(day(5))).await.unwrap();
}

#[tokio::test]
async fn a_mandate_is_ended_with_those_to_come_and_can_be_given_again() {
    let world = World::new().await;
    let (admin, deputy) = (world.portugal().admin(), world.portugal().deputy());
    admin.grants(&deputy.name, Role::FocalPoint, None, Some(day(10))).await.unwrap();
    admin.grants(&deputy.name, Role::FocalPoint, Some(day(20)), Some(day(30))).await.unwrap();
    admin.revokes(&deputy.name, Role::FocalPoint).await.unwrap();
    assert_eq!(roles_of(&deputy).await, 1, "the other role stays");
    let told = refused(admin.revokes(&deputy.name, Role::FocalPoint).await);
    assert_eq!(told, (Code::FailedPrecondition, "WRONG_STATE".into()));
    world.set_clock_ahead(Duration::days(25)).await;
    assert_eq!(roles_of(&world.portugal().deputy()).await, 1);
    world.portugal().admin().grants(&deputy.name, Role::FocalPoint, None, None).await.unwrap();
    assert_eq!(roles_of(&world.portugal().deputy()).await, 2);
}

#[tokio::test]
async fn a_mandate_begins_before_it_ends_and_not_in_the_past() {
    let world = World::new().await;
    let (admin, deputy) = (world.portugal().admin(), world.portugal().deputy().name);
    for (from, to, named) in [
        (Some(day(-1)), None, "start_time"),
        (Some(day(2)), Some(day(1)), "end_time"),
        (None, Some(day(-1)), "end_time"),
    ] {
        let told = admin.grants(&deputy, Role::FocalPoint, from, to).await.unwrap_err();
        assert_eq!(why(&told), (Code::InvalidArgument, "INVALID_ARGUMENT".into()));
        assert_eq!(fields(&told), [named]);
    }
    let told = admin.grants(&deputy, Role::FocalPoint, Some(day(2)), Some(day(2))).await;
    assert!(told.is_ok(), "a moment is a time");
}

#[tokio::test]
async fn each_role_belongs_to_one_kind_of_organization() {
    let world = World::new().await;
    let (platform, state) = (world.registry().admin(), world.portugal().admin());
    let keepers = [
        (Org::Registry, Kind::Registry, &platform),
        (Org::Otp, Kind::Otp, &platform),
        (Org::Chamber, Kind::Chamber, &platform),
        (Org::Portugal, Kind::State, &state),
        (Org::Authority, Kind::Authority, &state),
    ];
    for (org, kind, keeper) in keepers {
        let user = User {
            organization: world.cast().organization(org).into(),
            login: format!("{org}.everything"),
            display_name: "Everything".into(),
            ..User::default()
        };
        let request = CreateUserRequest { user: Some(user), request_id: new_id() };
        let user = keeper.users().create_user(request).await.unwrap().into_inner();
        for role in Role::ALL {
            let given = keeper.grants(&user.name, *role, None, None).await;
            if role.kinds().contains(&kind) {
                given.unwrap();
            } else {
                assert_eq!(fields(&given.unwrap_err()), ["role"], "{role} in {kind}");
            }
        }
    }
}
