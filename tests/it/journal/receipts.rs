//! The receipt of an act.

use std::collections::BTreeSet;

use focalnet_contract::{proto::GetReceiptRequest, receipt::Receipt};
use tonic::{Code, Status};

use super::Tale;
use crate::support::{actor::Actor, refusals::refused};

async fn gets(who: &Actor, event: &str) -> Result<focalnet_contract::proto::Receipt, Status> {
    let get = GetReceiptRequest { name: event.into() };
    Ok(who.journal().get_receipt(get).await?.into_inner())
}

#[tokio::test]
async fn every_act_of_the_tale_gave_one_and_it_can_be_had_again_byte_for_byte() {
    let tale = Tale::told().await;
    for (who, receipt) in &tale.receipts {
        assert_eq!(gets(who, &receipt.event).await.unwrap(), *receipt, "{}", who.login);
    }
    // Nor does it matter which reader of the stream asks.
    let focal_point = tale.world.portugal().focal_point();
    for (_, receipt) in tale.receipts.iter().filter(|(_, receipt)| receipt.stream.ends_with("/shared")) {
        assert_eq!(gets(&focal_point, &receipt.event).await.unwrap(), *receipt);
    }
}

#[tokio::test]
async fn it_signs_the_event_that_the_journal_holds() {
    let tale = Tale::told().await;
    let keys = tale.world.belgium().focal_point().signing_keys().await;
    let mut events = tale.exported_by(&tale.world.registry().officer()).await;
    events.extend(tale.exported_by(&tale.world.portugal().focal_point()).await);
    for (who, receipt) in &tale.receipts {
        let signed = Receipt::verify(&receipt.note, &keys).unwrap();
        let event = events.iter().find(|event| event.name == signed.event).unwrap();
        assert_eq!((signed.stream, signed.time), (event.stream, event.time), "{}", who.login);
        assert_eq!(i64::try_from(signed.index).unwrap(), event.index);
        assert_eq!(
            (&signed.head[..], &signed.event_digest[..]),
            (&event.hash.0[..], &event.content_digest.0[..])
        );
        // What is written beside the note is what stands in it.
        let beside = (receipt.stream.as_str(), receipt.index, receipt.event.as_str());
        assert_eq!(beside, (&*signed.stream.to_string(), event.index, &*signed.event.to_string()));
    }
    let signed: BTreeSet<_> = tale.receipts.iter().map(|(_, receipt)| receipt.event.clone()).collect();
    let held: BTreeSet<_> = events.iter().map(|event| event.name.to_string()).collect();
    assert_eq!(signed.len(), tale.receipts.len());
    assert_eq!(signed, held, "one receipt for each event, and one event for each receipt");
}

#[tokio::test]
async fn who_cannot_read_the_stream_gets_none() {
    let tale = Tale::told().await;
    let (belgium, officer) = (tale.world.belgium().focal_point(), tale.world.registry().officer());
    for (_, receipt) in &tale.receipts {
        assert_eq!(refused(gets(&belgium, &receipt.event).await).0, Code::NotFound);
        let of_state = receipt.stream.ends_with("/state");
        assert_eq!(gets(&officer, &receipt.event).await.is_err(), of_state, "{}", receipt.stream);
    }
}
