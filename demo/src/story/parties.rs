//! The parties and their people: the first administrator from the database side, everybody else through the contract.

use focalnet_contract::{
    client::Failure,
    proto::{
        ChangePasswordRequest, CreateOrganizationRequest, CreateUserRequest, GetSelfRequest,
        GrantMandateRequest, Role, User,
    },
};
use focalnet_domain::journal::Bytes;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::task::JoinSet;
use tonic::transport::Channel;

use crate::{
    Administrator,
    cast::{Actor, Place, Who},
    person::{Person, Receipts, request_id},
    stage::Stage,
    story::BEGIN,
};

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.tell.chapter("The parties");
    stage.at(BEGIN).await?;
    let admin = administrator(stage).await?;
    for place in Place::MADE {
        make(stage, &admin, place, String::new()).await?;
    }
    let kept = |who: &Who| who.place().is_court() || who.role() == Role::StateAdmin;
    let (by_platform, by_states): (Vec<Who>, Vec<Who>) =
        Who::ALL.iter().copied().filter(|who| *who != Who::PlatformAdmin).partition(kept);
    enrol(stage, by_platform.into_iter().map(|who| (admin.clone(), who)).collect()).await?;
    stage.tell.say(
        "The platform's administrator makes two Chambers, the Office of the Prosecutor and three States, the Court's \
         people, and one administrator for each State.",
    );

    let portugal = stage.person(Who::PortugalAdmin).await?;
    make(stage, &portugal, Place::Faro, stage.place(Place::Portugal)).await?;
    let mut rest = Vec::new();
    for who in by_states {
        rest.push((stage.person(who.keeper()).await?, who));
    }
    enrol(stage, rest).await?;
    stage.tell.say(
        "Each State's administrator makes its focal point; Portugal also a deputy, and an authority that can execute. \
         Everybody gets a code that works once, and chooses a password.",
    );
    Ok(())
}

/// The one account that is not made by another.
async fn administrator(stage: &mut Stage<'_>) -> Result<Person, Failure> {
    let who = Who::PlatformAdmin;
    let password = password()?;
    let first = Administrator {
        organization: Place::Registry.display_name().to_owned(),
        login: who.login().to_owned(),
        display_name: who.display_name().to_owned(),
        password: password.clone(),
    };
    stage.door.bootstrap(first).await?;
    stage.actors.insert(who, Actor { who, organization: String::new(), password });
    let admin = stage.person(who).await?;
    let own = admin.auth().get_self(GetSelfRequest {}).await?.into_inner().organization.unwrap_or_default();
    stage.places.insert(Place::Registry, own.name.clone());
    if let Some(actor) = stage.actors.get_mut(&who) {
        actor.organization = own.name;
    }
    Ok(admin)
}

async fn make(stage: &mut Stage<'_>, keeper: &Person, place: Place, of: String) -> Result<(), Failure> {
    let organization = Some(place.organization(of));
    let create = CreateOrganizationRequest { organization, request_id: request_id() };
    let made = keeper.done(keeper.organizations().create_organization(create).await)?;
    stage.places.insert(place, made.name);
    Ok(())
}

/// Makes accounts, several at a time.
async fn enrol(stage: &mut Stage<'_>, people: Vec<(Person, Who)>) -> Result<(), Failure> {
    let mut at_work = JoinSet::new();
    for (keeper, who) in people {
        let organization = stage.place(who.place());
        at_work.spawn(account(stage.door.channel(), keeper, who, organization, stage.receipts.clone()));
    }
    while let Some(made) = at_work.join_next().await {
        let actor = made.map_err(|error| Failure::unexpected(error.to_string()))??;
        stage.actors.insert(actor.who, actor);
    }
    Ok(())
}

/// An account, from its creation to the person's own password.
async fn account(
    channel: Channel,
    keeper: Person,
    who: Who,
    organization: String,
    receipts: Receipts,
) -> Result<Actor, Failure> {
    let user = User {
        organization: organization.clone(),
        login: who.login().to_owned(),
        display_name: who.display_name().to_owned(),
        ..User::default()
    };
    let create = CreateUserRequest { user: Some(user), request_id: request_id() };
    let made = keeper.done(keeper.users().create_user(create).await)?;
    let grant = GrantMandateRequest {
        name: made.name,
        etag: made.etag,
        request_id: request_id(),
        role: who.role().into(),
        ..GrantMandateRequest::default()
    };
    keeper.done(keeper.users().grant_mandate(grant).await)?;

    let code = SecretString::from(made.one_time_code);
    let newcomer = Person::sign_in(channel, who, &code, &receipts).await?;
    let password = password()?;
    let change = ChangePasswordRequest {
        current_password: code.expose_secret().to_owned(),
        new_password: password.expose_secret().to_owned(),
    };
    newcomer.auth().change_password(change).await?;
    Ok(Actor { who, organization, password })
}

/// A password nobody guesses.
fn password() -> Result<SecretString, Failure> {
    let mut bytes = [0; 12];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| Failure::unexpected("the system gives no random bytes"))?;
    Ok(Bytes(bytes.to_vec()).hex().into())
}
