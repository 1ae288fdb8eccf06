//! Who works on a case.

use focalnet_contract::proto::{
    AssignMemberRequest, Case, CreateCaseRequest, GetCaseRequest, UnassignMemberRequest,
};
use focalnet_domain::organization::Role;
use tonic::{Code, Status};

use super::right;
use crate::support::{
    actor::Actor,
    cast::Org,
    new_id,
    refusals::{all_of, refused},
    world::World,
};

async fn as_read(who: &Actor, case: &str) -> Result<Case, Status> {
    Ok(who.cases().get_case(GetCaseRequest { name: case.into() }).await?.into_inner())
}

/// Assigns somebody by login or name.
pub(super) async fn assigns(who: &Actor, case: &str, user: &str) -> Result<Case, Status> {
    let Case { name, etag, .. } = as_read(who, case).await?;
    let request = AssignMemberRequest { name, etag, request_id: new_id(), user: user.into() };
    Ok(who.cases().assign_member(request).await?.into_inner())
}

async fn unassigns(who: &Actor, case: &str, user: &str) -> Result<Case, Status> {
    let Case { name, etag, .. } = as_read(who, case).await?;
    let (user, reason) = (user.into(), "Moved to another case".into());
    let request = UnassignMemberRequest { name, etag, request_id: new_id(), user, reason };
    Ok(who.cases().unassign_member(request).await?.into_inner())
}

#[tokio::test]
async fn somebody_is_assigned_by_login_or_name() {
    let world = World::new().await;
    let (officer, case) = (world.registry().officer(), &world.cast().case);
    let otp = world.newcomer(Org::Otp, "otp.new", &[Role::OtpFinancialInvestigator]).await;
    assert_eq!(right(&as_read(&otp, case).await), '.');
    assigns(&officer, case, "otp.new").await.unwrap();
    as_read(&otp, case).await.unwrap();
    let told = refused(assigns(&officer, case, &otp.name).await);
    assert_eq!(told, (Code::AlreadyExists, "ALREADY_EXISTS".into()));
    unassigns(&officer, case, &otp.name).await.unwrap();
    assert_eq!(right(&as_read(&otp, case).await), '.');
    assigns(&officer, case, &otp.name).await.unwrap();
    as_read(&otp, case).await.unwrap();
}

#[tokio::test]
async fn a_states_people_do_not_exist_for_a_case() {
    let world = World::new().await;
    let (officer, case) = (world.registry().officer(), &world.cast().case);
    let nobody = assigns(&officer, case, "nobody.of.this.name").await.unwrap_err();
    assert_eq!(nobody.code(), Code::NotFound);
    let focal_point = world.portugal().focal_point();
    for user in [&focal_point.login, &focal_point.name, &format!("users/{}", new_id()), "Nobody; --"] {
        let told = assigns(&officer, case, user).await.unwrap_err();
        assert_eq!(all_of(&told), all_of(&nobody), "{user}");
    }
}

/// Newcomers of Registry, Prosecutor and Chamber, assigned by those who work on the case.
const TABLE: [(Org, Role, &str); 7] = [
    (Org::Registry, Role::RegistryCooperationOfficer, "+++"),
    (Org::Otp, Role::OtpFinancialInvestigator, "w+w"),
    (Org::Chamber, Role::ChamberLegalOfficer, "ww+"),
    (Org::Registry, Role::RegistryApprover, "rrr"),
    (Org::Otp, Role::OtpApprover, "rrr"),
    (Org::Chamber, Role::Judge, "rrr"),
    (Org::Portugal, Role::FocalPoint, "..."),
];

#[tokio::test]
async fn everybody_assigns_the_own_people_and_the_registry_also_those_it_works_with() {
    let world = World::new().await;
    let case = &world.cast().case;
    let newcomers = [
        world.newcomer(Org::Registry, "registry.new", &[Role::RegistryCooperationOfficer]).await,
        world.newcomer(Org::Otp, "otp.new", &[Role::OtpFinancialInvestigator]).await,
        world.newcomer(Org::Chamber, "chamber.new", &[Role::ChamberLegalOfficer]).await,
    ];
    let officer = world.registry().officer();
    for (org, role, line) in TABLE {
        let who = world.actor(org, role);
        let own = match org {
            Org::Registry => "registry.",
            Org::Otp => "otp.",
            _ => "chamber.",
        };
        for (newcomer, may) in newcomers.iter().zip(line.chars()) {
            let told = assigns(&who, case, &newcomer.login).await;
            // Whom one may not assign is not there: else logins of others could be tried.
            let hidden = !newcomer.login.starts_with(own) && may != '+';
            assert_eq!(right(&told), if hidden { '.' } else { may }, "{} by {}", newcomer.login, who.login);
            if told.is_err() {
                assigns(&officer, case, &newcomer.login).await.unwrap();
            }
            let told = unassigns(&who, case, &newcomer.name).await;
            assert_eq!(right(&told), may, "{} by {}", newcomer.login, who.login);
            if told.is_err() {
                unassigns(&officer, case, &newcomer.name).await.unwrap();
            }
        }
    }
}

#[tokio::test]
async fn the_last_member_stays() {
    let world = World::new().await;
    let officer = world.registry().officer();
    let case = Case {
        situation_number: "ICC-01/04".into(),
        case_number: "ICC-01/04-01/07".into(),
        display_name: "Another".into(),
        ..Case::default()
    };
    let request = CreateCaseRequest { case: Some(case), request_id: new_id() };
    let case = officer.cases().create_case(request).await.unwrap().into_inner().name;
    let wrong_state = (Code::FailedPrecondition, "WRONG_STATE".to_owned());
    assert_eq!(refused(unassigns(&officer, &case, &officer.name).await), wrong_state);
    let approver = world.registry().approver();
    assert_eq!(refused(unassigns(&officer, &case, &approver.name).await), wrong_state, "never a member");
    assigns(&officer, &case, &approver.login).await.unwrap();
    unassigns(&officer, &case, &officer.name).await.unwrap();
    assert_eq!(right(&as_read(&officer, &case).await), '.', "and sees it no more");
    as_read(&approver, &case).await.unwrap();
}
