//! Who may create and rename what: everybody of the cast tries everything, against tables written by hand.

use focalnet_contract::proto::{
    CreateOrganizationRequest, CreateUserRequest, Organization, UpdateOrganizationRequest, User,
    organization::Kind,
};
use focalnet_domain::organization::Role;
use tonic::Code;

use super::{STALE, right};
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

/// The line of a table for a caller.
struct Line {
    who: fn(&Actor) -> bool,
    may: &'static str,
}

fn is_court(who: &Actor) -> bool {
    matches!(who.org, Org::Registry | Org::Otp | Org::Chamber) && who.role != Role::PlatformAdmin
}

fn works_for(who: &Actor, org: Org) -> bool {
    who.org == org && who.role != Role::StateAdmin
}

#[track_caller]
fn line<'t>(table: &'t [Line], who: &Actor) -> Vec<char> {
    let lines: Vec<&'t Line> = table.iter().filter(|line| (line.who)(who)).collect();
    assert_eq!(lines.len(), 1, "one line for {}", who.login);
    lines[0].may.chars().filter(|cell| *cell != ' ').collect()
}

/// Chamber, Prosecutor, Registry, Presidency · State · authority of Portugal.
const ORGANIZATIONS: [Line; 7] = [
    Line { who: |who| who.role == Role::PlatformAdmin, may: "++++ + w" },
    Line { who: |who| who.role == Role::StateAdmin && who.org == Org::Portugal, may: "wwww w +" },
    Line { who: |who| who.role == Role::StateAdmin && who.org != Org::Portugal, may: "wwww w ." },
    Line { who: is_court, may: "rrrr r r" },
    Line { who: |who| works_for(who, Org::Portugal), may: "rrrr r r" },
    Line { who: |who| who.org == Org::Authority, may: "rrrr r ." },
    Line { who: |who| works_for(who, Org::Belgium) || works_for(who, Org::Congo), may: "rrrr r ." },
];

#[tokio::test]
async fn organizations() {
    let world = World::new().await;
    let kinds = [Kind::Chamber, Kind::Otp, Kind::Registry, Kind::Presidency, Kind::State, Kind::Authority];
    for who in world.everybody() {
        for (kind, may) in kinds.into_iter().zip(line(&ORGANIZATIONS, &who)) {
            let organization = Organization {
                kind: kind.into(),
                display_name: format!("By {}", who.login),
                country_code: if kind == Kind::State { "FR" } else { "" }.into(),
                state: if kind == Kind::Authority { world.portugal().name() } else { "" }.into(),
                ..Organization::default()
            };
            let request =
                CreateOrganizationRequest { organization: Some(organization), request_id: new_id() };
            let outcome = who.organizations().create_organization(request).await;
            assert_eq!(right(&outcome), may, "{kind:?} by {}", who.login);
        }
    }
}

#[tokio::test]
async fn a_state_stands_once_and_an_authority_under_a_state() {
    let world = World::new().await;
    let create = async |kind: Kind, country_code: &str, state: &str| {
        let organization = Organization {
            kind: kind.into(),
            display_name: "Another".into(),
            country_code: country_code.into(),
            state: state.into(),
            ..Organization::default()
        };
        let request = CreateOrganizationRequest { organization: Some(organization), request_id: new_id() };
        world.registry().admin().organizations().create_organization(request).await.unwrap_err()
    };
    let told = create(Kind::State, "PT", "").await;
    assert_eq!(why(&told), (Code::AlreadyExists, "ALREADY_EXISTS".into()));
    assert_eq!(fields(&told), ["organization.country_code"]);
    for (kind, country_code, named) in [
        (Kind::State, "", "organization.country_code"),
        (Kind::State, "ZZ", "organization.country_code"),
        (Kind::State, "fr", "organization.country_code"),
        (Kind::Chamber, "FR", "organization.country_code"),
    ] {
        assert_eq!(fields(&create(kind, country_code, "").await), [named], "{kind:?} {country_code}");
    }
    let registry = world.cast().organization(Org::Registry);
    assert_eq!(create(Kind::Authority, "", registry).await.code(), Code::NotFound, "no State");
    let told = create(Kind::Chamber, "", world.portugal().name()).await;
    assert_eq!(fields(&told), ["organization.state"]);
}

/// Registry, Prosecutor, Chamber · Portugal, its authority · Belgium, Congo · a State without people.
const ACCOUNTS: [Line; 8] = [
    Line { who: |who| who.role == Role::PlatformAdmin, may: "+++ ww ww +" },
    Line { who: |who| who.role == Role::StateAdmin && who.org == Org::Portugal, may: "ww. ++ .. ." },
    Line { who: |who| who.role == Role::StateAdmin && who.org == Org::Belgium, may: "ww. .. +. ." },
    Line { who: |who| who.role == Role::StateAdmin && who.org == Org::Congo, may: "ww. .. .+ ." },
    Line { who: is_court, may: "rrr rr rr r" },
    Line { who: |who| works_for(who, Org::Portugal), may: "rr. rr .. ." },
    Line { who: |who| who.org == Org::Authority, may: "rr. .r .. ." },
    Line { who: |who| works_for(who, Org::Belgium) || works_for(who, Org::Congo), may: "rr. .. xx ." },
];

/// The organizations of the tables, the last of them new.
async fn organizations_of(world: &World) -> Vec<String> {
    let of_cast =
        [Org::Registry, Org::Otp, Org::Chamber, Org::Portugal, Org::Authority, Org::Belgium, Org::Congo];
    let mut names: Vec<_> = of_cast.iter().map(|org| world.cast().organization(*org).to_owned()).collect();
    names.push(new_state(world).await);
    names
}

/// France, which has nobody yet.
async fn new_state(world: &World) -> String {
    let organization = Organization {
        kind: Kind::State.into(),
        display_name: "France".into(),
        country_code: "FR".into(),
        ..Organization::default()
    };
    let request = CreateOrganizationRequest { organization: Some(organization), request_id: new_id() };
    let made = world.registry().admin().organizations().create_organization(request).await;
    made.unwrap().into_inner().name
}

/// `x` in a table: the own State, which its people see, and no other.
fn own_or_hidden(world: &World, who: &Actor, organization: &str, cell: char) -> char {
    let own = world.cast().organization(who.org) == organization;
    match cell {
        'x' if own => 'r',
        'x' => '.',
        cell => cell,
    }
}

#[tokio::test]
async fn accounts() {
    let world = World::new().await;
    let organizations = organizations_of(&world).await;
    for who in world.everybody() {
        for (number, (name, cell)) in organizations.iter().zip(line(&ACCOUNTS, &who)).enumerate() {
            let may = own_or_hidden(&world, &who, name, cell);
            let user = User {
                organization: name.clone(),
                login: format!("{}.{number}", who.login),
                display_name: "Somebody".into(),
                ..User::default()
            };
            let request = CreateUserRequest { user: Some(user), request_id: new_id() };
            let outcome = who.users().create_user(request).await;
            assert_eq!(right(&outcome), may, "in organization {number} by {}", who.login);
        }
    }
}

#[tokio::test]
async fn names() {
    let world = World::new().await;
    let organizations = organizations_of(&world).await;
    for who in world.everybody() {
        for (number, (name, cell)) in organizations.iter().zip(line(&ACCOUNTS, &who)).enumerate() {
            // What a State is called is not an account in it.
            let kept = who.role == Role::PlatformAdmin && number != 4;
            let may = if kept { '+' } else { own_or_hidden(&world, &who, name, cell) };
            let organization = Organization {
                name: name.clone(),
                display_name: "Renamed".into(),
                ..Organization::default()
            };
            let request = UpdateOrganizationRequest {
                organization: Some(organization),
                update_mask: None,
                etag: STALE.into(),
                request_id: new_id(),
            };
            let outcome = who.organizations().update_organization(request).await;
            assert_eq!(right(&outcome), may, "organization {number} by {}", who.login);
        }
    }
}

async fn newcomer(world: &World, organization: &str, login: &str) -> Result<User, tonic::Status> {
    let user = User {
        organization: organization.into(),
        login: login.into(),
        display_name: "Somebody".into(),
        ..User::default()
    };
    let request = CreateUserRequest { user: Some(user), request_id: new_id() };
    Ok(world.registry().admin().users().create_user(request).await?.into_inner())
}

#[tokio::test]
async fn the_platform_gives_a_state_its_first_administrator_and_no_other() {
    let world = World::new().await;
    let admin = world.registry().admin();
    let france = new_state(&world).await;
    let first = newcomer(&world, &france, "france.first").await.unwrap();
    let second = newcomer(&world, &france, "france.second").await.unwrap();
    for role in [Role::FocalPoint, Role::DeputyFocalPoint] {
        let told = admin.grants(&first.name, role, None, None).await;
        assert_eq!(right(&told), 'w', "{role} is the State's own affair");
    }
    admin.grants(&first.name, Role::StateAdmin, None, None).await.unwrap();
    assert_eq!(right(&admin.grants(&second.name, Role::StateAdmin, None, None).await), 'w');
    assert_eq!(right(&newcomer(&world, &france, "france.third").await), 'w');
}

#[tokio::test]
async fn a_state_whose_administrator_is_gone_gets_a_new_first_one() {
    let world = World::new().await;
    let admin = world.registry().admin();
    let congo = world.cast().organization(Org::Congo);
    assert_eq!(right(&newcomer(&world, congo, "congo.second").await), 'w');
    let gone = world.actor(Org::Congo, Role::StateAdmin);
    admin.suspends(&gone.name).await.unwrap();
    let second = newcomer(&world, congo, "congo.second").await.unwrap();
    admin.grants(&second.name, Role::StateAdmin, None, None).await.unwrap();
    // The State's own journal tells it who did that.
    let events = admin.events(congo).await.unwrap();
    let acts: Vec<_> = events.iter().rev().take(3).map(|event| event.act.as_str()).collect();
    assert_eq!(acts, ["grant_mandate", "create_user", "suspend_user"]);
}

#[tokio::test]
async fn nobody_changes_his_own_account() {
    let world = World::new().await;
    for who in [world.registry().admin(), world.portugal().admin()] {
        assert_eq!(right(&who.grants(&who.name, Role::FocalPoint, None, None).await), 'w');
        assert_eq!(right(&who.revokes(&who.name, who.role).await), 'w');
        assert_eq!(right(&who.suspends(&who.name).await), 'w');
    }
    for who in world.everybody().filter(|who| who.role.sees_content()) {
        assert_eq!(right(&who.grants(&who.name, who.role, None, None).await), 'r', "{}", who.login);
        assert_eq!(right(&who.suspends(&who.name).await), 'r', "{}", who.login);
    }
}

#[tokio::test]
async fn a_login_is_taken_once() {
    let world = World::new().await;
    let otp = world.cast().organization(Org::Otp);
    newcomer(&world, otp, "twice").await.unwrap();
    let told = newcomer(&world, otp, "twice").await.unwrap_err();
    assert_eq!(why(&told), (Code::AlreadyExists, "ALREADY_EXISTS".into()));
    assert_eq!(fields(&told), ["user.login"]);
    for login in ["ab", "Upper", "spa ce", "ümlaut", "semi;colon"] {
        let told = refused(newcomer(&world, otp, login).await);
        assert_eq!(told, (Code::InvalidArgument, "INVALID_ARGUMENT".into()), "{login}");
    }
}
