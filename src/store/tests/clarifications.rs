//! Questions about requests, and the entries of their threads.

use focalnet_domain::{
    clarification::{Blocks, Clarification, State, Topic},
    names::{ClarificationId, ClarificationMessageId},
    text::LocalizedText,
    thread::{Message, Messages},
};

use super::{said::*, scene::*, *};

fn message(thread: ClarificationId, minute: i64) -> Message<ClarificationMessageId> {
    Message {
        name: ClarificationMessageId { parent: thread, id: focalnet_domain::ids::new() },
        author: Kind::Otp,
        author_display_name: Some(format!("Author {minute}")),
        text: Some(LocalizedText { text: format!("Words {minute}"), language_code: "fr".to_owned() }),
        rerouted_to: Some(Kind::Chamber),
        create_time: at(minute),
    }
}

#[tokio::test]
async fn a_thread_of_which_everything_is_said_is_read_as_it_was_saved() {
    let scene = Scene::new().await;
    let (tx, permit, court) = (&scene.tx, &scene.permit, &scene.court);
    let order = scene.order().await;
    let request = scene.request(&order).await;
    let name = ClarificationId { parent: request.name, id: focalnet_domain::ids::new() };
    let mut messages = vec![message(name, 1)];
    let mut thread = Clarification {
        name,
        topic: Topic::Costs,
        blocks: Blocks::Assets,
        opener: Kind::State,
        addressee: Kind::Registry,
        state: State::Open,
        messages: Messages::of(messages[0].clone()),
        create_time: at(1),
        expected_reply_time: at(100),
    };
    tx.insert_clarification(permit, &thread, head(1)).await.unwrap();
    for minute in [2, 3] {
        messages.push(message(name, minute));
        thread.messages.add(message(name, minute));
        thread.messages.last_message = messages[messages.len() - 1].clone();
        tx.save_clarification(permit, &thread, true, head(2)).await.unwrap();
    }
    (thread.addressee, thread.state) = (Kind::Chamber, State::Answered);
    tx.save_clarification(permit, &thread, false, head(3)).await.unwrap();

    assert_said(&thread, &[]);
    let saved = (thread, head(3));
    assert_same(&tx.clarification(court, name).await.unwrap(), &Some(saved.clone()));
    for of in [None, Some(request.name)] {
        let listed = tx.clarifications(court, of, &[], &FIRST).await.unwrap();
        assert_same(&listed, &Some(vec![saved.clone()]));
    }
    messages.reverse();
    assert_same(&tx.messages(court, name, &[], &FIRST).await.unwrap(), &Some(messages));
}
