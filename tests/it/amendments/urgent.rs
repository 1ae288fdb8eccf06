//! Urgent transmissions (RS 96(1)): by any medium that leaves a record, and then through the formal channel.

use focalnet_contract::{
    Rpc,
    proto::{FreezingRequest, Transmission, freezing_request::Flag, transmission::Medium},
};
use focalnet_domain::freezing_request::{ActKind, State};
use serde_json::json;

use super::{flags, wrong_state};
use crate::{
    support::{acts::Deed, refusals::refused, world::World},
    wire::fields,
};

/// How it was sent last.
fn last(read: &FreezingRequest) -> Transmission {
    read.transmission.clone().unwrap()
}

#[tokio::test]
async fn a_medium_has_grounds_if_and_only_if_it_is_urgent() {
    let world = World::new().await;
    let name = world.in_state(State::Ready).await;
    for transmission in [
        json!({ "medium": "MEDIUM_URGENT", "reference": "Fax" }),
        json!({ "medium": "MEDIUM_FORMAL_CHANNEL", "reference": "NV/1", "urgency_grounds": "Haste" }),
    ] {
        let with = json!({ "transmission": transmission });
        let told = world.registry().officer().acts(Rpc::TransmitFreezingRequest, &name, with).await;
        assert_eq!(fields(&told.unwrap_err()), ["transmission.urgency_grounds"]);
    }
}

#[tokio::test]
async fn it_stays_flagged_until_it_is_confirmed() {
    let world = World::new().await;
    let (officer, portugal) = (world.registry().officer(), world.portugal().focal_point());
    let name = world.in_state(State::Ready).await;
    world.performs(Deed::TransmitUrgently, &name).await;
    for act in [ActKind::Acknowledge, ActKind::AssignAuthority, ActKind::StartExecution] {
        world.performs(act, &name).await;
        for who in [&officer, &portugal, &world.portuguese_authority()] {
            let Ok(read) = who.reads(&name).await else { continue };
            assert_eq!(flags(&read), [Flag::UrgentUnconfirmed], "{act} by {}", who.login);
        }
    }
    let confirmed = officer.does(ActKind::ConfirmUrgentTransmission, &name).await.unwrap();
    assert_eq!(flags(&confirmed), []);
    let read = portugal.reads(&name).await.unwrap();
    assert_eq!((flags(&read), last(&read).confirmation_reference.as_str()), (vec![], "NV/2008/2"));
    let told = officer.does(ActKind::ConfirmUrgentTransmission, &name).await;
    assert_eq!(refused(told), wrong_state());
}

#[tokio::test]
async fn a_formal_transmission_of_something_newer_confirms_nothing() {
    let world = World::new().await;
    let (officer, portugal) = (world.registry().officer(), world.portugal().focal_point());
    let name = world.in_state(State::Ready).await;
    world.performed(&name, &[Deed::TransmitUrgently, ActKind::Amend.into(), ActKind::Transmit.into()]).await;
    let read = portugal.reads(&name).await.unwrap();
    assert_eq!((flags(&read), last(&read).medium()), (vec![Flag::UrgentUnconfirmed], Medium::FormalChannel));
    officer.does(ActKind::ConfirmUrgentTransmission, &name).await.unwrap();
    let read = portugal.reads(&name).await.unwrap();
    assert_eq!(flags(&read), []);
    let references = read.versions.iter().map(|version| {
        let transmission = version.transmission.clone().unwrap();
        (transmission.medium(), transmission.confirmation_reference)
    });
    let confirmed = [(Medium::Urgent, "NV/2008/2".to_owned()), (Medium::FormalChannel, String::new())];
    assert_eq!(references.collect::<Vec<_>>(), confirmed);
}

#[tokio::test]
async fn it_is_owed_even_when_the_obligation_is_over() {
    let world = World::new().await;
    let name = world.in_state(State::Ready).await;
    world.performed(&name, &[Deed::TransmitUrgently, ActKind::Withdraw.into()]).await;
    world.performs(ActKind::ConfirmUrgentTransmission, &name).await;
}
