//! Cases with their members, and persons.

use focalnet_domain::{
    case::{Member, PersonStatus},
    series::{SHOWN, Series},
};

use super::{said::*, scene::*, *};

#[tokio::test]
async fn a_case_of_which_everything_is_said_is_read_as_it_was_saved() {
    let scene = Scene::new().await;
    let (tx, mut case) = (&scene.tx, scene.case.clone());
    let mut members = case.members.to_vec();
    for minute in 10..20 {
        let actor = join(tx, &organization(Kind::Chamber, None), Role::ChamberLegalOfficer).await;
        tx.insert_member(&scene.permit, case.name, actor.user, at(minute)).await.unwrap();
        let Actor { user, display_name, organization, .. } = actor;
        members.push(Member { user, display_name, organization, start_time: at(minute) });
    }
    let gone = members.pop().unwrap();
    tx.end_member(&scene.permit, case.name, gone.user, at(30)).await.unwrap();
    tx.touch_case(&scene.permit, case.name, head(9)).await.unwrap();

    let newest = members.len() - SHOWN - 1;
    case.members = Series::of(members.len(), members[newest..].to_vec());
    case.member_count = members.len();
    assert_said(&case, &[]);
    let saved = (case.clone(), head(9));
    assert_same(&tx.case(&scene.court, case.name).await.unwrap(), &Some(saved.clone()));
    assert_same(&tx.cases(&scene.court, &[], &FIRST).await.unwrap(), &vec![saved]);

    let asked = [&members[..1], &members[newest..]].concat();
    case.members = Series::of(members.len(), asked);
    let read = tx.case_of(&scene.court, case.name, Some(members[0].user)).await.unwrap();
    assert_same(&read, &Some((case.clone(), head(9))));

    let mut read = Vec::new();
    let mut page = PageQuery { after: None, size: 3 };
    while read.len() < members.len() {
        let next = tx.members(case.name, &page).await.unwrap();
        page.after = next.iter().take(3).next_back().map(|(member, id)| (member.start_time, *id));
        read.extend(next.into_iter().take(3).map(|(member, _)| member));
    }
    members.reverse();
    assert_same(&read, &members);
}

#[tokio::test]
async fn a_person_of_whom_everything_is_said_is_read_as_saved() {
    let scene = Scene::new().await;
    let (tx, mut person) = (&scene.tx, scene.person(10).await);
    assert_said(&person, &[]);
    assert_same(&tx.person(person.name).await.unwrap(), &Some((person.clone(), head(5))));

    (person.status, person.status_date) = (PersonStatus::Deceased, Some(day("2026-02-03")));
    tx.update_person(&scene.permit, &person, head(9)).await.unwrap();
    assert_same(&tx.person(person.name).await.unwrap(), &Some((person.clone(), head(9))));
    let named = tx.persons_named(scene.case.name, &[person.name]).await.unwrap();
    assert_same(&named, &vec![person.clone()]);
    let listed = tx.persons(&scene.court, scene.case.name, &[], &FIRST).await.unwrap();
    assert_same(&listed, &Some(vec![(person, at(10), head(9))]));
}
