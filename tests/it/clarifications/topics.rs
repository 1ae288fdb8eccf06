//! Topics: what each blocks, and how soon an answer is expected.

use chrono::{DateTime, Datelike as _, Duration, Utc, Weekday};
use focalnet_contract::proto::clarification::{
    Blocks,
    Blocks::{Assets, None as Nothing, Request},
    Topic,
};

use crate::support::world::World;

/// As the table of the field has it: topic, what it blocks, working days.
const TABLE: [(Topic, Blocks, i64); 19] = [
    (Topic::Notify, Request, 3),
    (Topic::Third, Assets, 15),
    (Topic::Costs, Nothing, 10),
    (Topic::Ident, Request, 2),
    (Topic::Assetid, Assets, 5),
    (Topic::Legalbasis, Request, 15),
    (Topic::Scope, Assets, 15),
    (Topic::Nexus, Request, 20),
    (Topic::Duration, Nothing, 10),
    (Topic::Manage, Assets, 10),
    (Topic::Value, Nothing, 10),
    (Topic::Disclose, Request, 3),
    (Topic::Form, Request, 3),
    (Topic::Compete, Assets, 15),
    (Topic::Immunity, Assets, 20),
    (Topic::Postpone, Request, 10),
    (Topic::Transfer, Nothing, 10),
    (Topic::Release, Nothing, 5),
    (Topic::Security, Request, 1),
];

fn instant(time: Option<prost_types::Timestamp>) -> DateTime<Utc> {
    let time = time.unwrap();
    DateTime::from_timestamp(time.seconds, time.nanos.cast_unsigned()).unwrap()
}

/// Days from Monday to Friday after the first, up to the last.
fn working_days(first: DateTime<Utc>, last: DateTime<Utc>) -> i64 {
    let days = (1..=(last - first).num_days()).map(|day| first + Duration::days(day));
    let works = |day: &DateTime<Utc>| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    days.filter(works).count().try_into().unwrap()
}

#[tokio::test]
async fn each_blocks_what_its_kind_does_unless_said_otherwise() {
    let world = World::new().await;
    let portugal = world.portugal().focal_point();
    let request = world.transmitted(&world.portugal()).await;
    for (topic, blocks, days) in TABLE {
        let asked = portugal.asks(&request, topic, "?").await.unwrap();
        assert_eq!((asked.topic(), asked.blocks()), (topic, blocks));
        let (first, last) = (instant(asked.create_time), instant(asked.expected_reply_time));
        assert_eq!(working_days(first, last), days, "{topic:?}");
        assert_eq!(first.time(), last.time());
        assert!(!matches!(last.weekday(), Weekday::Sat | Weekday::Sun));
    }
    for blocks in [Nothing, Request, Assets] {
        let asked = portugal.asks_blocking(&request, Topic::Costs, blocks, "?").await.unwrap();
        assert_eq!(asked.blocks(), blocks);
    }
    let all = (1..).map_while(|number| Topic::try_from(number).ok());
    assert_eq!(all.collect::<Vec<_>>(), TABLE.map(|(topic, ..)| topic));
}
