//! What an act says is written into the journal, where its readers must be able to take it.

use focalnet_domain::freezing_request::State;
use serde_json::json;
use tonic::Code;

use focalnet_contract::Rpc;

use crate::{
    support::{refusals::why, world::World},
    wire::obstacles,
};

/// Many owners of few letters take little room in a message, and much more in the journal, which names their fields.
#[tokio::test]
async fn an_act_of_which_nobody_could_read_the_event_is_refused() {
    let world = World::new().await;
    let portugal = world.portugal().focal_point();
    let name = world.in_state(State::Executed).await;
    let (held, events) = (portugal.holds(&name).await.len(), portugal.events(&name).await.unwrap().len());

    let owner = json!({ "display_name": "A", "share": { "numerator": 1, "denominator": 50 } });
    let layer = json!({ "layer": "LAYER_HOLDER", "from_date": "2001-05-01", "owners": vec![owner; 50] });
    let farm = json!({
        "type": "ASSET_TYPE_REAL_ESTATE", "jurisdiction": "PT", "description": "A farm", "holder": "They",
        "ownerships": vec![layer; 30],
    });
    let report = json!({ "outcome": "EXECUTION_OUTCOME_EXECUTED", "assets": vec![farm; 50] });
    let told = portugal.acts(Rpc::ReportExecution, &name, report).await.unwrap_err();
    assert_eq!(why(&told), (Code::FailedPrecondition, "ANSWER_TOO_LARGE".into()));
    assert_eq!(obstacles(&told), ["content"]);
    assert_eq!(portugal.holds(&name).await.len(), held, "nothing was reported");
    assert_eq!(portugal.events(&name).await.unwrap().len(), events);
}
