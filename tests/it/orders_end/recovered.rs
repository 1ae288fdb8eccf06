//! What an order asks for a purpose is recovered: whichever States recover it, it is not recovered twice.

use focalnet_contract::{
    Rpc,
    proto::{
        AssetOverview, FreezingRequest, Order, PurposeKind, order_work::Outcome, request_purpose::Status,
    },
};
use focalnet_domain::freezing_request::State;
use serde_json::{Value, json};
use tonic::Code;

use super::done;
use crate::{
    support::{
        assets::{accompaniment, yacht},
        dice::Dice,
        refusals::all_of,
        world::World,
    },
    wire::fields,
};

const REPARATIONS: &str = "PURPOSE_KIND_REPARATIONS";

fn money(currency: &str, amount: &str) -> Value {
    json!({ "currency_code": currency, "amount": amount })
}

fn asks(amount: &Value) -> Value {
    json!({ "summary": "As said", "amounts": [{ "purpose": REPARATIONS, "amount": amount }] })
}

fn allocated(amount: &str) -> Value {
    json!({ "allocations": [{
        "purpose": REPARATIONS, "amount": money("EUR", amount), "decision_date": "2012-01-01",
        "reference": "ICC-Pres-1",
    }]})
}

/// What is left for reparations, and whether they go on.
fn reparations(read: &FreezingRequest) -> (Option<String>, Status) {
    let purpose = read.purposes.iter().find(|of| of.purpose() == PurposeKind::Reparations).unwrap();
    (purpose.outstanding.as_ref().map(|money| money.amount.clone()), purpose.status())
}

fn left(order: &Order) -> Vec<(PurposeKind, String)> {
    let amount = |left: &focalnet_contract::proto::PurposeAmount| left.amount.clone().unwrap().amount;
    order.outstanding.iter().map(|left| (left.purpose(), amount(left))).collect()
}

impl World {
    /// The Court has the worth of a yacht from Portugal.
    async fn brought_in(&self) -> (String, String) {
        let name = self.in_state(State::Executed).await;
        let focal_point = self.portugal().focal_point();
        let yacht = focal_point.reports_asset(&name, yacht()).await.unwrap().name;
        let transferred =
            json!({ "disposition": { "kind": "KIND_TRANSFERRED", "disposition_date": "2011-03-01" } });
        focal_point.does_to(&yacht, Rpc::RecordDisposition, transferred).await.unwrap();
        (name, yacht)
    }
}

#[tokio::test]
async fn it_ends_everywhere_and_no_state_learns_where_it_was_recovered() {
    let world = World::new().await;
    let (first, yacht) = world.brought_in().await;
    let second = world.transmitted(&world.belgium()).await;
    let (officer, belgium) = (world.registry().officer(), world.belgium().focal_point());
    assert_eq!(reparations(&belgium.reads(&second).await.unwrap()), (None, Status::Active), "no limit yet");
    world.decides(Rpc::ModifyOrder, asks(&money("EUR", "1500.00"))).await.unwrap();

    officer.does_to(&yacht, Rpc::AllocateProceeds, allocated("1000.00")).await.unwrap();
    let before = belgium.reads(&second).await.unwrap();
    assert_eq!(
        reparations(&before),
        (Some("500.00".into()), Status::Active),
        "only the rest can be enforced"
    );
    let told = officer.does_to(&yacht, Rpc::AllocateProceeds, allocated("500.01")).await.unwrap_err();
    assert_eq!(fields(&told), ["allocations[0].amount"]);
    assert_eq!(belgium.reads(&second).await.unwrap(), before, "nothing is half done");

    officer.does_to(&yacht, Rpc::AllocateProceeds, allocated("500.00")).await.unwrap();
    let order = world.all_ended().await;
    assert_eq!(left(&order), [(PurposeKind::Reparations, "0.00".into())]);
    let person = json!({ "name": world.cast().person });
    let patrimony: AssetOverview =
        officer.call(Rpc::GetPatrimony, person).await.unwrap().transcode_to().unwrap();
    let [debt] = &patrimony.recoveries[..] else { panic!("{:?}", patrimony.recoveries) };
    let amounts = [&debt.amount, &debt.recovered, &debt.outstanding].map(|of| of.clone().unwrap().amount);
    assert_eq!(
        (debt.order.as_str(), amounts),
        (order.name.as_str(), ["1500.00", "1500.00", "0.00"].map(Into::into))
    );
    assert_eq!(debt.end_date, "2012-01-01", "the day of the decision that recovered the rest");
    let mut ended: Vec<_> = order.work.iter().map(done).collect();
    ended.sort_unstable_by_key(|(name, _)| *name != first);
    assert_eq!(ended, [(first.as_str(), Outcome::Ceased), (second.as_str(), Outcome::Ceased)]);
    let after = belgium.reads(&second).await.unwrap();
    assert_eq!(reparations(&after), (Some("0.00".into()), Status::Ceased));
    let forfeiture = after.purposes.iter().find(|of| of.purpose() == PurposeKind::Forfeiture).unwrap();
    assert_eq!(forfeiture.status(), Status::Active, "of which nothing was said");

    let [event] = &belgium.events_of("cease", &second).await[..] else { unreachable!("one end") };
    assert!(event.content.contains("recovered in full"), "{}", event.content);
    let all = format!("{after:?} {:?}", belgium.events(&second).await);
    for secret in ["Portugal", &yacht, &first, "1000.00", "ICC-Pres-1"] {
        assert!(!all.contains(secret), "{secret}");
    }
}

/// Two requests bring in more than is asked for, at the same time: only one of the two allocations counts.
#[tokio::test]
async fn at_the_same_time_it_is_not_recovered_twice() {
    let world = World::new().await;
    let (_, one) = world.brought_in().await;
    let (_, other) = world.brought_in().await;
    world.decides(Rpc::ModifyOrder, asks(&money("EUR", "1500.00"))).await.unwrap();
    let officer = world.registry().officer();
    let (one, other) = tokio::join!(
        officer.does_to(&one, Rpc::AllocateProceeds, allocated("1500.00")),
        officer.does_to(&other, Rpc::AllocateProceeds, allocated("1500.00")),
    );
    let told = match (one, other) {
        (Ok(_), Err(told)) | (Err(told), Ok(_)) => told,
        both => unreachable!("{both:?}"),
    };
    assert_eq!(fields(&told), ["allocations[0].amount"]);
    assert_eq!(left(&world.all_ended().await), [(PurposeKind::Reparations, "0.00".into())]);
}

#[tokio::test]
async fn what_is_in_another_currency_counts_by_a_named_rate() {
    let world = World::new().await;
    let (_, yacht) = world.brought_in().await;
    world.decides(Rpc::ModifyOrder, asks(&money("USD", "1500.00"))).await.unwrap();
    let officer = world.registry().officer();
    let told = officer.does_to(&yacht, Rpc::AllocateProceeds, allocated("1000.00")).await.unwrap_err();
    assert_eq!(fields(&told), ["allocations[0].counts_as"]);
    let mut counts = allocated("1000.00");
    counts["allocations"][0]["counts_as"] = money("USD", "1300.00");
    let told = officer.does_to(&yacht, Rpc::AllocateProceeds, counts.clone()).await.unwrap_err();
    assert_eq!(fields(&told), ["allocations[0].rate_source"]);
    counts["allocations"][0]["rate_source"] = "European Central Bank, 30 December 2011".into();
    let read = officer.does_to(&yacht, Rpc::AllocateProceeds, counts).await.unwrap();
    assert_eq!(read.allocations[0].counts_as.as_ref().unwrap().amount, "1300.00");
    assert_eq!(left(&world.all_ended().await), [(PurposeKind::Reparations, "200.00".into())]);
}

#[tokio::test]
async fn the_amount_is_one_of_the_order_and_not_below_what_is_there() {
    let world = World::new().await;
    let (_, yacht) = world.brought_in().await;
    let fine = json!({ "purpose": "PURPOSE_KIND_FINE", "amount": money("EUR", "1.00") });
    let some = json!({ "purpose": REPARATIONS, "amount": money("EUR", "1500.00") });
    let none = json!({ "purpose": REPARATIONS, "amount": money("EUR", "0.00") });
    for (amounts, named) in [
        (json!([fine]), "amounts[0].purpose"),
        (json!([some, some]), "amounts[1].purpose"),
        (json!([none]), "amounts[0].amount"),
    ] {
        let what = json!({ "summary": "As said", "amounts": amounts });
        assert_eq!(fields(&world.decides(Rpc::ModifyOrder, what).await.unwrap_err()), [named]);
    }
    world.decides(Rpc::ModifyOrder, asks(&money("EUR", "1500.00"))).await.unwrap();
    let officer = world.registry().officer();
    officer.does_to(&yacht, Rpc::AllocateProceeds, allocated("1000.00")).await.unwrap();
    for less in [money("EUR", "1000.00"), money("USD", "5000.00")] {
        let told = world.decides(Rpc::ModifyOrder, asks(&less)).await.unwrap_err();
        assert_eq!((told.code(), fields(&told)), (Code::InvalidArgument, vec!["amounts[0].amount".into()]));
    }
    let more = world.decides(Rpc::ModifyOrder, asks(&money("EUR", "1200.00"))).await.unwrap();
    assert_eq!(left(&more.transcode_to().unwrap()), [(PurposeKind::Reparations, "200.00".into())]);
    // What was recovered in full has ended everywhere: no amount brings it back.
    officer.does_to(&yacht, Rpc::AllocateProceeds, allocated("200.00")).await.unwrap();
    let told = world.decides(Rpc::ModifyOrder, asks(&money("EUR", "2000.00"))).await.unwrap_err();
    assert_eq!(fields(&told), ["amounts[0].amount"]);
}

/// Whatever is allocated of assets of several requests, in whichever currency: all of it together is never more than the
/// order asks for, what is left is what a sum says, and what does not fit leaves nothing behind.
#[tokio::test]
async fn all_that_is_recovered_of_several_assets_is_never_more_than_the_order_asks_for() {
    let world = World::new().await;
    let mut dice = Dice::thrown();
    let mut yachts = Vec::new();
    for _ in 0..3 {
        yachts.push(world.brought_in().await.1);
    }
    let euros = |cents: u64| money("EUR", &format!("{}.{:02}", cents / 100, cents % 100));
    // The yachts brought in euros; in dollars the order counts by a named rate.
    let in_dollars = dice.once_in(2);
    let stated = |cents: u64| {
        let euros = euros(cents);
        asks(&if in_dollars { money("USD", euros["amount"].as_str().unwrap()) } else { euros })
    };
    let mut asked = 1 + dice.below(30_000_000);
    world.decides(Rpc::ModifyOrder, stated(asked)).await.unwrap();
    let officer = world.registry().officer();
    let (mut recovered, mut refused) = (0, 0);
    for _ in 0..25 {
        if dice.once_in(8) {
            // The Chamber asks for more, or for less than before but more than there is.
            let again = 1 + dice.below(30_000_000);
            let told = world.decides(Rpc::ModifyOrder, stated(again)).await;
            assert_eq!(told.is_ok(), recovered == 0 || again > recovered, "{again} of {recovered}: {told:?}");
            asked = if told.is_ok() { again } else { asked };
            continue;
        }
        let counts = 1 + dice.below(asked / 3 + 2);
        let mut allocation = allocated("1.00");
        let amount = stated(counts)["amounts"][0]["amount"].clone();
        if in_dollars {
            allocation["allocations"][0]["counts_as"] = amount;
            allocation["allocations"][0]["rate_source"] = "European Central Bank, 30 December 2011".into();
        } else {
            allocation["allocations"][0]["amount"] = amount;
        }
        let told = officer.does_to(dice.one::<String>(&yachts), Rpc::AllocateProceeds, allocation).await;
        assert!(told.is_err() || recovered + counts <= asked, "{counts} more than {recovered} of {asked}");
        (recovered, refused) =
            if told.is_ok() { (recovered + counts, refused) } else { (recovered, refused + 1) };
        let order = world.order_read_by(&officer.clients).await;
        assert_eq!(
            left(&order),
            [(PurposeKind::Reparations, euros(asked - recovered)["amount"].as_str().unwrap().to_owned())],
            "after {told:?}"
        );
        if recovered == asked {
            break;
        }
    }
    assert!(recovered > 0 && recovered <= asked, "{refused} refused");
}

/// What was allocated before any amount was stated counts against no amount.
#[tokio::test]
async fn the_amount_is_stated_before_anything_is_allocated() {
    let world = World::new().await;
    let (_, yacht) = world.brought_in().await;
    let officer = world.registry().officer();
    officer.does_to(&yacht, Rpc::AllocateProceeds, allocated("1000.00")).await.unwrap();
    let told = world.decides(Rpc::ModifyOrder, asks(&money("EUR", "1500.00"))).await.unwrap_err();
    assert_eq!(fields(&told), ["amounts[0].purpose"]);
}

/// The Court has allocated what it got; to the State the asset is transferred, in what it reads and in what it is refused.
#[tokio::test]
async fn a_refusal_does_not_tell_the_state_what_became_of_the_money() {
    let world = World::new().await;
    let (_, yacht) = world.brought_in().await;
    let (officer, portugal) = (world.registry().officer(), world.portugal().focal_point());
    let tries = async || {
        let mut told = Vec::new();
        for (rpc, with) in [
            (Rpc::RecordMeasure, accompaniment(Rpc::RecordMeasure, "", "")),
            (Rpc::RecordOwnership, accompaniment(Rpc::RecordOwnership, "", "")),
            (Rpc::RecordClaim, accompaniment(Rpc::RecordClaim, "", "")),
            (Rpc::RecordSale, accompaniment(Rpc::RecordSale, "", "")),
            (Rpc::RecordDisposition, accompaniment(Rpc::RecordDisposition, "", "")),
        ] {
            told.push(all_of(&portugal.does_to(&yacht, rpc, with).await.unwrap_err()));
        }
        told
    };
    let before = tries().await;
    officer.does_to(&yacht, Rpc::AllocateProceeds, allocated("1000.00")).await.unwrap();
    assert_eq!(tries().await, before);
}
