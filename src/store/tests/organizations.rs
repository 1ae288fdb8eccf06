//! Organizations.

use super::{said::*, scene::*, *};
use focalnet_domain::organization::Organization;

#[tokio::test]
async fn an_organization_of_which_everything_is_said_is_read_as_it_was_saved() {
    let scene = Scene::new().await;
    let (tx, court) = (&scene.tx, &scene.court);
    let state = organization(Kind::State, None);
    let mut authority = organization(Kind::Authority, Some(state.name));
    assert_said(&state, &[".state"]);
    assert_said(&authority, &[".country_code"]);
    for new in [&state, &authority] {
        tx.insert_organization(&scene.permit, new, head(1)).await.unwrap();
        assert_same(&tx.organization(court, new.name).await.unwrap(), &Some((new.clone(), head(1))));
    }

    authority.display_name = "Another name".to_owned();
    tx.update_organization(&scene.permit, &authority, head(2)).await.unwrap();
    let saved = Some((authority.clone(), head(2)));
    assert_same(&tx.organization(court, authority.name).await.unwrap(), &saved);
    assert_same(&tx.lock_organization(court, authority.name).await.unwrap(), &saved);
    let listed = tx.organizations(court, &[], &FIRST).await.unwrap();
    let is = |organization: &&(Organization, Hash)| organization.0.name == authority.name;
    assert_same(&listed.iter().find(is).cloned(), &saved);
    let parties = tx.parties(court, state.name).await.unwrap();
    assert_same(&parties.into_iter().find(|party| party.name == state.name), &Some(state));
}
