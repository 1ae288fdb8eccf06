//! Accounts with their mandates, and what signing in needs.

use focalnet_domain::user::{Mandate, State};

use super::{said::*, scene::*, *};
use crate::{
    authz::Scope,
    store::{Account, Credentials},
};

#[tokio::test]
async fn an_account_of_which_everything_is_said_is_read_as_it_was_saved() {
    let scene = Scene::new().await;
    let (tx, permit) = (&scene.tx, &scene.permit);
    for (kind, role, unsaid) in [
        (Kind::State, Role::StateAdmin, ".organization.state"),
        (Kind::Authority, Role::AuthorityUser, ".organization.country_code"),
    ] {
        let state = (kind == Kind::Authority).then(|| scene.state.organization());
        let organization = organization(kind, state);
        let actor = actor(organization.name, kind, role);
        let mut user = user(&actor);
        user.mandates.push(Mandate { role, start_time: at(2_000), end_time: Some(at(3_000)) });
        tx.insert_organization(permit, &organization, head(1)).await.unwrap();
        tx.insert_account(permit, &user, ([2; 32], at(4)), head(3)).await.unwrap();
        for mandate in &user.mandates {
            tx.insert_mandate(permit, user.name, mandate).await.unwrap();
        }
        tx.update_account(permit, user.name, State::Suspended, head(4)).await.unwrap();
        tx.end_mandates(permit, user.name, role, at(500)).await.unwrap();
        user.state = State::Suspended;
        for mandate in &mut user.mandates {
            mandate.end_time = Some(mandate.ended(at(500)));
        }

        let account = Account { user, organization, head: head(4) };
        assert_said(&account, &[unsaid]);
        let scope = Scope::of(&actor);
        assert_same(&tx.account(&scope, actor.user).await.unwrap(), &Some(account.clone()));
        assert_same(&tx.accounts(&scope, &[], &FIRST).await.unwrap(), &vec![account]);
    }
}

#[tokio::test]
async fn an_account_of_the_court_is_found_by_its_login() {
    let scene = Scene::new().await;
    let user = user(scene.permit.actor());
    let found = scene.tx.court_account(&user.login).await.unwrap().unwrap();
    assert_same(&(found.user, found.head), &(user, head(3)));
}

#[tokio::test]
async fn what_signing_in_needs_is_read_as_it_was_saved() {
    let scene = Scene::new().await;
    let (tx, actor) = (&scene.tx, scene.permit.actor());
    let user = user(actor);
    let mut saved = Credentials {
        user: user.name,
        login: user.login,
        state: user.state,
        password_hash: None,
        code: Some((vec![2; 32], at(3))),
    };
    assert_said(&saved, &[".password_hash"]);
    assert_same(&tx.credentials(&saved.login).await.unwrap(), &Some(saved.clone()));

    tx.set_password(&scene.permit, saved.user, "The hash".to_owned(), head(5)).await.unwrap();
    (saved.password_hash, saved.code) = (Some("The hash".to_owned()), None);
    assert_said(&saved, &[".code"]);
    assert_same(&tx.credentials_of(saved.user).await.unwrap(), &Some(saved));
}
