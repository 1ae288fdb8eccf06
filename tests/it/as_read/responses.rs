//! Every act on a response, in every state in which the table allows it.

use std::collections::BTreeSet;

use focalnet::testing::authz::policy::{Rule, rule};
use focalnet_contract::Rpc;
use focalnet_domain::questionnaire::response::ROWS;
use serde_json::json;

use super::differences;
use crate::support::{
    actor::Actor,
    samples::{Read, Things, sample},
    world::World,
};

#[tokio::test]
async fn each_act_on_a_response_answers_what_is_read_afterwards() {
    let world = World::new().await;
    let (officer, portugal) = (world.registry().officer(), world.portugal());
    let (focal_point, deputy) = (portugal.focal_point(), portugal.deputy());
    let (_, asked) = world.asked(&portugal).await;
    // A way through all rows.
    let way: &[(&Actor, Rpc)] = &[
        (&officer, Rpc::RecordReminder),
        (&focal_point, Rpc::SaveAnswers),
        (&focal_point, Rpc::SubmitResponse),
        (&officer, Rpc::RecordReminder),
        (&deputy, Rpc::ReopenResponse),
        (&officer, Rpc::RecordReminder),
        (&focal_point, Rpc::SubmitResponse),
        (&deputy, Rpc::AttestResponse),
        (&focal_point, Rpc::ReopenResponse),
        (&deputy, Rpc::SaveAnswers),
    ];
    let mut done = BTreeSet::new();
    for (who, rpc) in way {
        // The Registry knows nothing of what the State does before it attests.
        let state =
            focal_point.reads_response(&asked.name).await.unwrap()["state"].as_str().unwrap().to_owned();
        let read = who.reads_response(&asked.name).await.unwrap();
        let response = Read { name: asked.name.clone(), etag: read["etag"].as_str().unwrap().into() };
        let mut message = sample(*rpc, &Things { response, ..Things::default() });
        if *rpc == Rpc::SaveAnswers {
            message["answers"] = crate::support::asking::following(&read, message["answers"].take());
        }
        let answer = who.asks(*rpc, message).await.unwrap_or_else(|told| unreachable!("{rpc:?}: {told:?}"));
        assert_eq!(differences(who, *rpc, answer).await, <[String; 0]>::default(), "in {state}");
        let Rule::Response(act, _) = rule(*rpc) else { unreachable!("{rpc:?} is no act on a response") };
        done.insert(json!([act.as_str(), state]).to_string());
    }
    for row in ROWS {
        for state in row.from {
            let state = format!("STATE_{}", state.as_str().to_uppercase());
            let cell = json!([row.act.as_str(), state]).to_string();
            assert!(done.contains(&cell), "{cell} was not done");
        }
    }
}
