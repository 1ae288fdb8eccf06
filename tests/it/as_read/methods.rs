//! Every method that acts, once.

use focalnet_contract::Rpc;

use super::differences;
use crate::{
    statements::scene,
    support::{dynamic::method, ledger::run, world::World},
};

/// What no read gives as it is answered, and why.
const READ_NOWHERE: &[(Rpc, &str)] =
    &[(Rpc::CirculateQuestionnaire, "a circulation is read by the responses that it asks for")];

#[tokio::test]
async fn each_method_answers_what_is_read_afterwards() {
    let world = World::new().await;
    let mut found = Vec::new();
    let acts = Rpc::ALL.iter().filter(|rpc| method(**rpc).input().get_field_by_name("request_id").is_some());
    for rpc in acts.filter(|rpc| READ_NOWHERE.iter().all(|(nowhere, _)| nowhere != *rpc)) {
        let (who, message) = scene(&world, *rpc).await;
        // What an order leaves to be done on requests is done a moment later: not before the order was read.
        let leaves_work = matches!(rpc, Rpc::ModifyOrder | Rpc::RevokeOrder);
        let somebody = if leaves_work { Some(world.in_the_way().await) } else { None };
        let answer = who.asks(*rpc, message).await.unwrap_or_else(|told| unreachable!("{rpc:?}: {told:?}"));
        found.extend(differences(&who, *rpc, answer).await);
        if let Some(mut somebody) = somebody {
            run(&mut somebody, "ROLLBACK").await.unwrap();
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
