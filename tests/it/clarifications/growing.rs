//! A thread can grow for ever: what is asked of it stays the same, whatever was written.

use focalnet_contract::{
    Rpc,
    proto::{
        ListClarificationsRequest, ListMessagesRequest, ThreadMessage,
        clarification::{State, Topic},
    },
};
use prost::Message as _;
use serde_json::{Value, json};

use super::words;
use crate::{
    statements::{counted, statements},
    support::{actor::Actor, new_id, waiting::pages, world::World},
};

/// What a client takes.
const ANSWER: usize = 4 << 20;
/// Letters of a text, each of four bytes.
const LETTERS: usize = 20_000;

/// Everything in a thread, in the largest pages.
async fn all(who: &Actor, thread: &str) -> Vec<ThreadMessage> {
    pages(async |page_token| {
        let list =
            ListMessagesRequest { parent: thread.into(), page_size: 200, page_token, ..Default::default() };
        let page = who.clarifications().list_messages(list).await?.into_inner();
        assert!(page.encoded_len() < ANSWER && !page.messages.is_empty());
        Ok((page.messages, page.next_page_token))
    })
    .await
    .unwrap()
}

/// A reply with a text, which says how many statements it took.
async fn replies_counted(world: &World, who: &Actor, thread: &str, text: &str) -> usize {
    let etag = who.reads_thread(thread).await.unwrap().etag;
    let text = json!({ "text": text, "language_code": "en" });
    let reply = json!({ "name": thread, "etag": etag, "request_id": new_id(), "text": text });
    counted(world, who, Rpc::ReplyToClarification, reply).await.1.len()
}

#[tokio::test]
async fn both_sides_read_and_write_a_thread_of_many_times_what_an_answer_holds() {
    let world = World::with_statements_logged().await;
    let (portugal, officer) = (world.portugal().focal_point(), world.registry().officer());
    let request = world.transmitted(&world.portugal()).await;
    let long = "𝔸".repeat(LETTERS);
    let asked = portugal.asks(&request, Topic::Costs, &long).await.unwrap();
    let short = portugal.asks(&request, Topic::Value, "?").await.unwrap();
    world.grows(&asked.name, 300, LETTERS).await;

    let of_a_short_one = replies_counted(&world, &officer, &short.name, &long).await;
    assert_eq!(of_a_short_one, statements(Rpc::ReplyToClarification));
    for who in [&officer, &portugal, &officer] {
        assert_eq!(replies_counted(&world, who, &asked.name, &long).await, of_a_short_one);
    }

    let written = world.written(&asked.name).await;
    for who in [&portugal, &officer] {
        let read = who.reads_thread(&asked.name).await.unwrap();
        assert_eq!(read.message_count, 1 + 300 + 3);
        let messages = all(who, &asked.name).await;
        assert!(messages.iter().map(ThreadMessage::encoded_len).sum::<usize>() > 5 * ANSWER);
        assert_eq!(messages.iter().map(|message| message.name.clone()).collect::<Vec<_>>(), written);
        assert!(messages.is_sorted_by(|a, b| instant(a) > instant(b)), "each is later than the one before");
        assert!(messages.iter().all(|message| message.text == Some(words(&long))));
        assert_eq!(
            (messages.first(), messages.last()),
            (read.last_message.as_ref(), read.first_message.as_ref())
        );
        let list = ListClarificationsRequest { parent: request.clone(), ..Default::default() };
        let list = who.clarifications().list_clarifications(list).await.unwrap().into_inner();
        assert_eq!(list.clarifications.len(), 2);
    }
    let resolved = portugal.resolves(&asked.name).await.unwrap();
    assert_eq!((resolved.state(), resolved.message_count), (State::Resolved, 304));
}

fn instant(message: &ThreadMessage) -> (i64, i32) {
    let time = message.create_time.unwrap();
    (time.seconds, time.nanos)
}

/// A filter reads on to what it asks for.
#[tokio::test]
async fn one_side_of_a_thread_can_be_listed() {
    let world = World::new().await;
    let (portugal, officer) = (world.portugal().focal_point(), world.registry().officer());
    let request = world.transmitted(&world.portugal()).await;
    let asked = portugal.asks(&request, Topic::Costs, "Who pays?").await.unwrap();
    officer.replies(&asked.name, "You.").await.unwrap();
    for (filter, said) in [("author = KIND_STATE", "Who pays?"), ("author = KIND_REGISTRY", "You.")] {
        let list = json!({ "parent": asked.name, "filter": filter });
        let found: Vec<Value> = portugal.lists(Rpc::ListMessages, list).await.unwrap();
        assert_eq!(found.iter().map(|message| &message["text"]["text"]).collect::<Vec<_>>(), [said]);
    }
    let list = json!({ "parent": asked.name, "filter": "author = KIND_CHAMBER" });
    assert_eq!(portugal.lists(Rpc::ListMessages, list).await.unwrap(), [] as [Value; 0]);
}
