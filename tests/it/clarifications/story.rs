//! The two questions of Portugal: one the Registry answers, one only the Chamber can.

use focalnet_contract::proto::{
    Clarification,
    clarification::{Blocks, State, Topic},
    organization::Kind,
};
use focalnet_domain::freezing_request::ActKind;

use super::{words, wrong_party};
use crate::support::{refusals::refused, world::World};

#[tokio::test]
async fn who_pays_for_the_aircraft() {
    let world = World::new().await;
    let (portugal, officer) = (world.portugal().focal_point(), world.registry().officer());
    let request = world.transmitted(&world.portugal()).await;
    let question = "The Boeing stands at Faro. Who pays for its parking?";
    let asked = portugal.asks(&request, Topic::Costs, question).await.unwrap();
    assert!(asked.name.starts_with(&format!("{request}/clarifications/")));
    assert_eq!((asked.opener(), asked.addressee()), (Kind::State, Kind::Registry));
    assert_eq!((asked.state(), asked.blocks()), (State::Open, Blocks::None));
    let receipt = asked.receipt.clone().unwrap();
    let [event] = &portugal.events_of("open_clarification", &request).await[..] else { unreachable!() };
    assert_eq!((&event.name, &event.subject), (&receipt.event, &asked.name));

    let answer = "Portugal: it is an ordinary cost of execution (RS 100).";
    let answered = officer.replies(&asked.name, answer).await.unwrap();
    assert_eq!(answered.state(), State::Answered);
    let read = portugal.reads_thread(&asked.name).await.unwrap();
    let (first, last) = (read.first_message.unwrap(), read.last_message.unwrap());
    assert_eq!((first.text.clone(), last.text.clone()), (Some(words(question)), Some(words(answer))));
    assert_eq!((first.author(), last.author()), (Kind::State, Kind::Registry));
    assert_eq!(portugal.reads_messages(&asked.name).await.unwrap(), [last, first], "newest first");

    let further = portugal.replies(&asked.name, "And its insurance?").await.unwrap();
    assert_eq!((further.state(), further.addressee()), (State::Open, Kind::Registry), "it asks on");
    officer.replies(&asked.name, "The same.").await.unwrap();
    let resolved = portugal.resolves(&asked.name).await.unwrap();
    assert_eq!((resolved.state(), resolved.message_count), (State::Resolved, 4));
}

#[tokio::test]
async fn may_the_airport_be_told() {
    let world = World::new().await;
    let (portugal, officer) = (world.portugal().focal_point(), world.registry().officer());
    let chamber = world.chamber().legal_officer();
    let request = world.transmitted(&world.portugal()).await;
    let asked = portugal.asks(&request, Topic::Notify, "May the airport be told?").await.unwrap();
    assert_eq!((asked.addressee(), asked.blocks()), (Kind::Registry, Blocks::Request));
    assert_eq!(refused(chamber.replies(&asked.name, "No.").await), wrong_party(), "not the Chamber's yet");

    let notice = "Notice is for the Chamber.";
    let rerouted = officer.reroutes(&asked.name, Some(notice)).await.unwrap();
    assert_eq!((rerouted.state(), rerouted.addressee()), (State::Open, Kind::Chamber));
    // Portugal sees whom it waits for, and the word to it.
    let read = portugal.reads_thread(&asked.name).await.unwrap();
    assert_eq!(read.addressee(), Kind::Chamber);
    let entry = read.last_message.unwrap();
    assert_eq!((entry.rerouted_to(), entry.author()), (Kind::Chamber, Kind::Registry));
    assert_eq!(entry.text, Some(words(notice)));
    assert_ne!(read.etag, asked.etag);

    // The Registry sees it throughout, and cannot answer in the Chamber's place, nor hand it on again.
    assert_eq!(officer.reads_thread(&asked.name).await.unwrap().message_count, 2);
    assert_eq!(refused(officer.replies(&asked.name, "We think so.").await), wrong_party());
    assert_eq!(refused(officer.reroutes(&asked.name, None).await), wrong_party());
    let answered = chamber.replies(&asked.name, "Not before the freeze.").await.unwrap();
    assert_eq!(answered.state(), State::Answered);
    assert_eq!(officer.reads_thread(&asked.name).await.unwrap().message_count, 3);
    portugal.resolves(&asked.name).await.unwrap();

    let events = portugal.events(&request).await.unwrap();
    let of_thread = events.iter().filter(|event| event.subject == asked.name);
    let acts: Vec<_> = of_thread.map(|event| event.act.as_str()).collect();
    assert_eq!(
        acts,
        ["open_clarification", "reroute_clarification", "reply_to_clarification", "resolve_clarification"]
    );
}

#[tokio::test]
async fn a_question_is_handed_on_without_a_word() {
    let world = World::new().await;
    let request = world.transmitted(&world.portugal()).await;
    let asked = world.portugal().deputy().asks(&request, Topic::Scope, "All of it?").await.unwrap();
    world.registry().officer().reroutes(&asked.name, None).await.unwrap();
    let read: Clarification = world.portugal().focal_point().reads_thread(&asked.name).await.unwrap();
    assert_eq!((read.message_count, &read.last_message.unwrap().text), (2, &None));
    world.chamber().judge().replies(&asked.name, "All of it.").await.unwrap();
}

#[tokio::test]
async fn the_court_asks_too() {
    let world = World::new().await;
    let request = world.transmitted(&world.portugal()).await;
    world.performs(ActKind::Acknowledge, &request).await;
    let (registry, chamber, portugal) = (world.registry(), world.chamber(), world.portugal());
    for (who, kind) in [(registry.officer(), Kind::Registry), (chamber.legal_officer(), Kind::Chamber)] {
        let asked = who.asks(&request, Topic::Value, "What is it worth?").await.unwrap();
        assert_eq!((asked.opener(), asked.addressee()), (kind, Kind::State));
        assert_eq!(refused(portugal.focal_point().reroutes(&asked.name, None).await).1, "ROLE_MISSING");
        portugal.deputy().replies(&asked.name, "Nothing.").await.unwrap();
        assert_eq!(refused(portugal.focal_point().resolves(&asked.name).await), wrong_party());
        who.resolves(&asked.name).await.unwrap();
    }
}
