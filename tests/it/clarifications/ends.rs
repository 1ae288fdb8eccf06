//! Who stands at which end of a thread, and who reads what of it.

use focalnet_contract::proto::{
    Clarification, ListClarificationsRequest, ThreadMessage, clarification::Topic, organization::Kind,
};
use focalnet_domain::freezing_request::{ActKind, State};
use tonic::Code;

use super::{role_missing, wrong_party, wrong_state};
use crate::support::{
    refusals::{refused, why},
    world::World,
};

#[tokio::test]
async fn only_the_addressee_replies_and_only_the_opener_resolves() {
    let world = World::new().await;
    let (registry, otp, chamber, portugal) =
        (world.registry(), world.otp(), world.chamber(), world.portugal());
    let request = world.in_state(State::UnderExamination).await;
    let asked = portugal.focal_point().asks(&request, Topic::Ident, "Which one?").await.unwrap();
    for (who, reply, resolve) in [
        (otp.investigator(), wrong_party(), wrong_party()),
        (chamber.legal_officer(), wrong_party(), wrong_party()),
        (chamber.judge(), wrong_party(), role_missing()),
        (registry.approver(), role_missing(), role_missing()),
        (otp.approver(), role_missing(), role_missing()),
        (world.portuguese_authority(), role_missing(), role_missing()),
    ] {
        assert_eq!(refused(who.replies(&asked.name, "This one.").await), reply, "{}", who.login);
        assert_eq!(refused(who.resolves(&asked.name).await), resolve, "{}", who.login);
    }
    // The opener waits for the answer; the addressee does not settle it.
    assert_eq!(refused(portugal.focal_point().replies(&asked.name, "Well?").await), wrong_state());
    assert_eq!(refused(registry.officer().resolves(&asked.name).await), wrong_party());
    registry.officer().replies(&asked.name, "The one born in Mbandaka.").await.unwrap();
    assert_eq!(refused(registry.officer().replies(&asked.name, "Or not.").await), wrong_state());
    assert_eq!(refused(registry.officer().reroutes(&asked.name, None).await), wrong_state());
    // The deputy speaks for the State as well.
    portugal.deputy().resolves(&asked.name).await.unwrap();
    for told in [
        portugal.focal_point().resolves(&asked.name).await,
        portugal.focal_point().replies(&asked.name, "Still").await,
        registry.officer().replies(&asked.name, "Still").await,
    ] {
        assert_eq!(refused(told), wrong_state());
    }
}

#[tokio::test]
async fn others_do_not_know_of_it() {
    let world = World::new().await;
    let request = world.transmitted(&world.portugal()).await;
    world.transmitted(&world.belgium()).await;
    let asked = world.portugal().focal_point().asks(&request, Topic::Costs, "Who pays?").await.unwrap();
    for who in [
        world.belgium().focal_point(),
        world.portugal().admin(),
        world.registry().admin(),
        world.portuguese_authority(),
    ] {
        assert_eq!(refused(who.reads_thread(&asked.name).await), (Code::NotFound, "NOT_FOUND".into()));
        assert_eq!(refused(who.reads_messages(&asked.name).await), (Code::NotFound, "NOT_FOUND".into()));
        assert_eq!(refused(who.asks(&request, Topic::Costs, "Who?").await).0, Code::NotFound);
        let list = ListClarificationsRequest { parent: "freezingRequests/-".into(), ..Default::default() };
        let list = who.clarifications().list_clarifications(list).await.unwrap().into_inner();
        assert_eq!(list.clarifications, [], "{}", who.login);
    }
    // A thread is found under its own request only.
    let (_, id) = asked.name.split_once("/clarifications/").unwrap();
    let other = world.transmitted(&world.portugal()).await;
    let elsewhere = format!("{other}/clarifications/{id}");
    let told = world.portugal().focal_point().reads_thread(&elsewhere).await;
    assert_eq!(refused(told).0, Code::NotFound);
    let told = world.portugal().focal_point().reads_messages(&elsewhere).await;
    assert_eq!(refused(told).0, Code::NotFound);
}

#[tokio::test]
async fn an_authority_reads_and_asks_through_its_focal_point() {
    let world = World::new().await;
    let request = world.in_state(State::UnderExamination).await;
    let authority = world.portuguese_authority();
    assert_eq!(refused(authority.asks(&request, Topic::Assetid, "Which plot?").await), role_missing());
    let asked = world.portugal().focal_point().asks(&request, Topic::Assetid, "Which plot?").await.unwrap();
    let read = authority.reads_thread(&asked.name).await.unwrap();
    assert_eq!(
        read.first_message.unwrap().author_display_name,
        world.portugal().focal_point().display_name()
    );
}

#[tokio::test]
async fn names_of_writers_are_for_their_own_side() {
    let world = World::new().await;
    let (portugal, officer) = (world.portugal().focal_point(), world.registry().officer());
    let request = world.transmitted(&world.portugal()).await;
    let asked = portugal.asks(&request, Topic::Notify, "When?").await.unwrap();
    officer.reroutes(&asked.name, None).await.unwrap();
    let chamber = world.chamber().judge();
    let told = chamber.replies(&asked.name, "Later.").await.unwrap();
    // Oldest first.
    let of_the_court = ["", &officer.display_name(), &chamber.display_name()].map(str::to_owned);
    let of_portugal = [&portugal.display_name(), "", ""].map(str::to_owned);
    let ends = |thread: &Clarification| {
        let name = |message: &Option<ThreadMessage>| message.clone().unwrap().author_display_name;
        [name(&thread.first_message), name(&thread.last_message)]
    };
    assert_eq!(ends(&told), [of_the_court[0].clone(), of_the_court[2].clone()], "in the answer of an act");
    for (who, names) in [
        (&officer, &of_the_court),
        (&chamber, &of_the_court),
        (&world.otp().investigator(), &of_the_court),
        (&portugal, &of_portugal),
        (&world.portugal().deputy(), &of_portugal),
    ] {
        let at_the_ends = [names[0].clone(), names[2].clone()];
        assert_eq!(ends(&who.reads_thread(&asked.name).await.unwrap()), at_the_ends, "{}", who.login);
        let list = ListClarificationsRequest { parent: request.clone(), ..Default::default() };
        let list = who.clarifications().list_clarifications(list).await.unwrap().into_inner();
        assert_eq!(list.clarifications.iter().map(ends).collect::<Vec<_>>(), [at_the_ends], "{}", who.login);
        let messages = who.reads_messages(&asked.name).await.unwrap();
        let told: Vec<_> = messages.into_iter().rev().map(|message| message.author_display_name).collect();
        assert_eq!(told, names.to_vec(), "{}", who.login);
    }
    // Nor does the journal name them.
    for event in portugal.events(&request).await.unwrap() {
        let own = event.organ == "state";
        assert_eq!(event.persons.is_empty(), !own, "{} by {}", event.act, event.organ);
        assert!(!event.content.contains("Somebody called"), "{}", event.content);
    }
}

#[tokio::test]
async fn questions_about_the_prosecutors_own_stay_with_the_prosecutor() {
    let world = World::new().await;
    let (otp, portugal) = (world.otp(), world.portugal().focal_point());
    let request = otp.investigator().drafts_to(world.portugal().name()).await.unwrap().name;
    world.performed(&request, &[ActKind::MarkReady.into(), ActKind::Transmit.into()]).await;
    for topic in [Topic::Costs, Topic::Notify, Topic::Legalbasis] {
        let asked = portugal.asks(&request, topic, "Why?").await.unwrap();
        assert_eq!(asked.addressee(), Kind::Otp, "whatever the topic");
        let told = otp.investigator().reroutes(&asked.name, None).await.unwrap_err();
        assert_eq!(why(&told).0, Code::PermissionDenied, "not even to the Chamber");
        for who in [world.registry().officer(), world.chamber().legal_officer()] {
            assert_eq!(refused(who.reads_thread(&asked.name).await).0, Code::NotFound);
            assert_eq!(refused(who.reroutes(&asked.name, None).await).0, Code::NotFound);
        }
        otp.investigator().replies(&asked.name, "Because.").await.unwrap();
        portugal.resolves(&asked.name).await.unwrap();
    }
    let asked = otp.investigator().asks(&request, Topic::Value, "What is it worth?").await.unwrap();
    assert_eq!((asked.opener(), asked.addressee()), (Kind::Otp, Kind::State));
}

/// The applicant of an order sees what is asked under it, and leaves the asking to the channel.
#[tokio::test]
async fn an_applicant_reads_along() {
    let world = World::new().await;
    let request = world.transmitted(&world.portugal()).await;
    let asked = world.portugal().focal_point().asks(&request, Topic::Costs, "Who pays?").await.unwrap();
    let otp = world.otp().investigator();
    otp.reads_thread(&asked.name).await.unwrap();
    assert_eq!(refused(otp.asks(&request, Topic::Value, "What is it worth?").await), wrong_party());
}
