//! What holds for any sequence of acts, done one after the other as the server does them.

use std::collections::BTreeSet;

use chrono::Days;
use proptest::{prelude::*, strategy::ValueTree as _, test_runner::TestRunner};
use rust_decimal::Decimal;

use super::*;
use crate::{
    asset::{
        AssetState, Claim, Disposition, DispositionKind, MeasureKind, NewMeasure,
        claim::{ClaimDecision, ClaimState, NewClaim, Right},
        cost::Bearer,
        disposition::ROWS,
        ownership::Layer,
        sample::{at, claim, cost, measure, ownership, value},
    },
    money::Money,
    order::{PurposeAmount, PurposeKind},
    share,
    share::{Part, Share},
};

/// What somebody tries, still without an asset to try it on.
#[derive(Debug, Clone)]
struct Attempt {
    word: AssetActKind,
    /// Days since the attempt before.
    after: u64,
    /// How many days before the attempt the day lies that the act tells of.
    ago: u64,
    /// Picks one of the things that the asset has, such as a claim.
    pick: usize,
    share: Option<Share>,
    amount: u32,
}

fn any_share() -> impl Strategy<Value = Share> {
    let denominator = prop::sample::select(vec![1, 2, 3, 4, 6, 7, 999_979, 999_983]);
    let share = |denominator| (1..=denominator).prop_map(move |numerator| Share { numerator, denominator });
    denominator.prop_flat_map(share)
}

fn any_attempts() -> impl Strategy<Value = Vec<Attempt>> {
    let words = AssetActKind::ALL.iter().filter(|word| **word != AssetActKind::Report).copied();
    // Dispositions are tried more often, because most other rules depend on them.
    let words = words.chain([AssetActKind::RecordDisposition; 8]).chain([AssetActKind::DecideClaim; 8]);
    let words: Vec<_> = words.collect();
    let share = prop::option::weighted(0.4, any_share());
    let attempt = (prop::sample::select(words), 0..30_u64, 0..60_u64, any::<usize>(), share, 0..200_u32);
    let attempt = attempt.prop_map(|(word, after, ago, pick, share, amount)| Attempt {
        word,
        after,
        ago,
        pick,
        share,
        amount,
    });
    prop::collection::vec(attempt, 1..40)
}

fn one_of<T>(all: &[T], pick: usize) -> Option<&T> {
    all.get(pick.checked_rem(all.len())?)
}

impl Attempt {
    /// A day that is mostly not before the last, else few sequences would come far.
    fn mostly_after(&self, last: Option<NaiveDate>, said: NaiveDate) -> NaiveDate {
        if self.amount.is_multiple_of(5) { said } else { last.map_or(said, |last| last.max(said)) }
    }

    /// The act, with the first day it says something about; none if there is nothing to try it on.
    fn on(&self, asset: &Asset, today: NaiveDate) -> Option<(AssetAct, NaiveDate)> {
        use AssetActKind as Kind;
        let said = today - Days::new(self.ago);
        let later = |day: NaiveDate| day + Days::new(self.amount.into());
        let amount = money(&self.amount.to_string());
        let name = one_of(&asset.measures, self.pick).map(|measure| measure.name);
        Some(match self.word {
            Kind::Report => return None,
            Kind::ShareAsset | Kind::RevokeAssetShare => {
                (act(self.word.as_str(), &sound(self.word, asset)), today)
            }
            Kind::Update => (act("update_asset", &json!({ "holder": "A cousin" })), today),
            Kind::RecordOwnership => {
                let other = Share { numerator: 1, denominator: 3 };
                let mut said_so =
                    ownership(one_of(Layer::ALL, self.pick).copied()?, "01-01", "his 1/1, her 1/1");
                said_so.from_date = said;
                said_so.owners[0].share = self.share.unwrap_or(other);
                said_so.owners[1].share = other;
                (AssetAct::RecordOwnership(RecordOwnership { ownership: said_so }), said)
            }
            Kind::RecordMeasure => {
                let facts = NewMeasure {
                    start_date: said,
                    end_date: self.share.is_none().then(|| later(said)),
                    ..measure(one_of(MeasureKind::ALL, self.pick).copied()?, "01-01", None)
                };
                (AssetAct::RecordMeasure(RecordMeasure { measure: facts }), said)
            }
            Kind::RenewMeasure => {
                let last = asset.measures.iter().find(|m| Some(m.name) == name)?.last_date().unwrap_or(today);
                let end_date = self.share.is_none().then(|| later(last));
                let renewal =
                    RenewMeasure { measure: name?, end_date, national_reference: "2/26".to_owned() };
                (AssetAct::RenewMeasure(renewal), last.succ_opt()?)
            }
            Kind::LiftMeasure => {
                let reason = "No longer needed".to_owned();
                let lift = LiftMeasure { measure: name?, lift_date: said, reason, national_reference: None };
                (AssetAct::LiftMeasure(lift), said)
            }
            Kind::RecordValuation => {
                let valuation = value(&said.to_string(), &(self.amount + 100).to_string());
                (AssetAct::RecordValuation(RecordValuation { valuation }), said)
            }
            Kind::RecordEncumbrance => (act("record_encumbrance", &sound(self.word, asset)), today),
            Kind::RecordCost => {
                let cost = cost(one_of(Bearer::ALL, self.pick).copied(), &(self.amount % 9).to_string());
                (AssetAct::RecordCost(RecordCost { cost }), today)
            }
            Kind::SettleCost => {
                let number = one_of(&asset.costs, self.pick)?.number;
                (AssetAct::SettleCost(SettleCost { number, paid_date: said }), said)
            }
            Kind::RecordClaim => {
                let lodged_date = (self.amount.is_multiple_of(2)).then_some(said);
                let right = one_of(Right::ALL, self.pick)?.as_str();
                let claim = NewClaim { share: self.share, lodged_date, ..claim(right) };
                (AssetAct::RecordClaim(RecordClaim { claim }), lodged_date.unwrap_or(today))
            }
            Kind::DecideClaim => {
                let claim = one_of(&asset.claims, self.pick)?;
                let state = one_of(claim.state().next(), self.pick).copied()?;
                let upheld = self.share.filter(|_| state == ClaimState::UpheldInPart);
                let last = claim.decisions.last().map(|step| step.facts.decision_date);
                let decision_date = self.mostly_after(last.or(claim.facts.lodged_date), said);
                let decision = ClaimDecision { state, decision_date, reference: None, upheld };
                (AssetAct::DecideClaim(DecideClaim { claim: claim.name, decision }), decision_date)
            }
            Kind::RecordSale => {
                let sale_date = said.to_string();
                (act("record_sale", &over(sound(self.word, asset), &json!({ "sale_date": sale_date }))), said)
            }
            Kind::RecordDisposition => {
                // Mostly acts that are possible.
                let knows =
                    Context { today, latest_day: today, purposes: PurposeKind::ALL.to_vec(), ..on("01-01") };
                let possible = DispositionKind::ALL
                    .iter()
                    .filter(|kind| disposition_obstacle(asset, **kind, None, &knows).is_ok());
                let possible: Vec<_> = possible.copied().collect();
                let kinds = if self.amount.is_multiple_of(8) { DispositionKind::ALL } else { &possible };
                let kind = *one_of(kinds, self.pick)?;
                let last = asset.dispositions.last().map(|fact| fact.facts.disposition_date);
                let disposition_date = self.mostly_after(last, said);
                let disposition = Disposition {
                    kind,
                    disposition_date,
                    reason: Some("So it was".to_owned()),
                    national_reference: None,
                    share: self.share.filter(|_| kind.is_exit()),
                    proceeds: (kind == DispositionKind::Realised).then_some(amount),
                };
                (AssetAct::RecordDisposition(RecordDisposition { disposition }), disposition_date)
            }
            Kind::AllocateProceeds => {
                let purpose = *one_of(PurposeKind::ALL, self.pick)?;
                let allocation =
                    json!({ "purpose": purpose, "amount": amount, "decision_date": said, "reference": "1" });
                (act("allocate_proceeds", &json!({ "allocations": [allocation] })), said)
            }
        })
    }
}

/// What is said of a past day.
fn said_of(asset: &Asset, day: NaiveDate) -> (AssetState, String, Part, bool) {
    let facets = format!("{} {}", asset.restraint_on(day), asset.custody_on(day));
    (asset.state_on(day), facets, asset.remaining_on(day), asset.disposal_hold_on(day))
}

/// Some days around those of a sequence.
fn days() -> impl Iterator<Item = NaiveDate> {
    (0..80).map(|some| day("2025-10-01") + Days::new(some * 17))
}

fn allocated(asset: &Asset) -> Decimal {
    asset.allocations.iter().map(|fact| fact.facts.amount.amount()).sum()
}

/// What is left of an order that asks for little, for reparations.
fn outstanding(asset: &Asset) -> PurposeAmount {
    let purpose = PurposeKind::Reparations;
    let recovered = asset.allocations.iter().filter(|fact| fact.facts.purpose == purpose);
    let recovered: Decimal = recovered.map(|fact| fact.facts.amount.amount()).sum();
    let left = Money::new("EUR", Decimal::from(40) - recovered);
    PurposeAmount { purpose, amount: left.expect("no more is recovered than the order asks for") }
}

/// What holds for an asset whatever was done to it.
fn holds(asset: &Asset, today: NaiveDate) -> Result<(), TestCaseError> {
    for on in days() {
        for layer in Layer::ALL {
            let owned = asset
                .owners_on(*layer, on)
                .map(|said| share::sum(said.owners.iter().map(|owner| owner.share)));
            prop_assert!(owned.is_none_or(|owned| owned.is_some_and(|owned| owned <= Part::ONE)), "{layer}");
        }
        let standing = asset.standing_on(on);
        let parts = [standing.remaining, standing.released, standing.transferred];
        for part in parts {
            prop_assert!(
                part >= Part::ZERO && (part == Part::ZERO || Share::of(part).is_some()),
                "{parts:?}"
            );
        }
        prop_assert!(parts.into_iter().sum::<Part>() <= Part::ONE, "{parts:?}");
        let next = on + Days::new(17);
        prop_assert!(asset.remaining_on(next) <= standing.remaining, "what is gone does not come back");
        let in_force = |kind| asset.measures.iter().any(|m| m.facts.kind == kind && m.holds_on(on));
        let needs = match asset.state_on(on) {
            AssetState::Frozen => Some(MeasureKind::Freeze),
            AssetState::Seized => Some(MeasureKind::Seizure),
            AssetState::UnderManagement => Some(MeasureKind::ManagementOrder),
            _ => None,
        };
        prop_assert!(needs.is_none_or(in_force), "{} on {on}", asset.state_on(on));
        prop_assert_eq!(asset.view(on).name, asset.name);
    }
    // A value can change later, what it was realised for cannot.
    if asset.standing_on(today).in_kind == Part::ZERO && !asset.allocations.is_empty() {
        let there = asset.allocatable_on(today).map(|there| there.amount());
        prop_assert!(there.is_some_and(|there| allocated(asset) <= there), "{there:?}");
    }
    prop_assert!(asset.claims.iter().map(Claim::excluded).sum::<Part>() <= Part::ONE);
    prop_assert_eq!(&asset.clone().as_known(at(today).create_time), asset);
    Ok(())
}

/// What became of it, one after the other, as the table has it.
fn is_a_path(asset: &Asset) -> Result<(), TestCaseError> {
    let (mut whole, mut money, mut released) = (None, None, false);
    let mut before = None;
    let in_shares = asset.dispositions.iter().any(|fact| fact.facts.share.is_some());
    for facts in asset.dispositions.iter().map(|fact| &fact.facts) {
        let row = ROWS.iter().find(|row| row.kind == facts.kind).unwrap();
        let follows = row.from.contains(&whole)
            || money.is_some_and(|money| row.from.contains(&Some(money)))
            || (released && row.from.contains(&Some(DispositionKind::Released)));
        prop_assert!(follows, "{} after {whole:?} and {money:?}", facts.kind);
        prop_assert!(in_shares || row.from.contains(&before), "{} after {before:?}", facts.kind);
        prop_assert!(row.shares || facts.share.is_none(), "{} of a share", facts.kind);
        before = Some(facts.kind);
        released |= facts.kind == DispositionKind::Released;
        if facts.kind.is_of_money() || facts.kind == DispositionKind::Transferred {
            money = before;
        }
        if facts.share.is_none() && !facts.kind.is_of_money() {
            whole = before;
        }
    }
    let of_holder =
        asset.dispositions.iter().map(|fact| &fact.facts).filter(|facts| !facts.kind.is_of_money());
    prop_assert!(of_holder.map(|facts| facts.disposition_date).is_sorted());
    Ok(())
}

/// Tries all attempts, checks the asset after each act that was done, and gives the asset as it is in the
/// end.
fn play(attempts: &[Attempt]) -> Result<Asset, TestCaseError> {
    let mut asset = told("freeze 01-01; value 01-01 100");
    let mut today = day("03-01");
    let mut history: Vec<(NaiveDate, Asset)> = Vec::new();
    for attempt in attempts {
        today = today + Days::new(attempt.after);
        let Some((act, since)) = attempt.on(&asset, today) else { continue };
        let before = asset.clone();
        let context = Context {
            today,
            latest_day: today,
            outstanding: vec![outstanding(&asset)],
            purposes: PurposeKind::ALL.to_vec(),
            ..on("01-01")
        };
        if does(&mut asset, &act, &context).is_err() {
            prop_assert_eq!(&asset, &before, "what is refused changes nothing");
            continue;
        }
        holds(&asset, today)?;
        outstanding(&asset);
        is_a_path(&asset)?;
        prop_assert!(asset.remaining_on(today) <= before.remaining_on(today));
        prop_assert!(asset.is_settled_on(today) || !before.is_settled_on(today));
        if let AssetAct::AllocateProceeds(_) = act {
            prop_assert!(allocated(&asset) <= before.allocatable_on(today).unwrap().amount());
        }
        for on in days().take_while(|on| *on < since) {
            prop_assert_eq!(said_of(&asset, on), said_of(&before, on), "{:?} changes {}", act.kind(), on);
        }
        history.retain(|(on, _)| *on != today);
        history.push((today, asset.clone()));
    }
    for (on, then) in history {
        prop_assert_eq!(asset.clone().as_known(at(on).create_time), then);
    }
    Ok(asset)
}

proptest! {
    #[test]
    fn whatever_is_done_the_rules_hold(attempts in any_attempts()) {
        play(&attempts)?;
    }
}

#[test]
fn the_sequences_come_everywhere() {
    let mut runner = TestRunner::deterministic();
    let (mut kinds, mut allocated, mut excluded) = (BTreeSet::new(), 0, 0);
    for _ in 0..500 {
        let attempts = any_attempts().new_tree(&mut runner).unwrap().current();
        let asset = play(&attempts).unwrap();
        kinds.extend(asset.dispositions.iter().map(|fact| fact.facts.kind));
        allocated += usize::from(!asset.allocations.is_empty());
        excluded += usize::from(asset.excluded_on(day("2030-01-01")) > Part::ZERO);
    }
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), DispositionKind::ALL);
    assert!(allocated > 5 && excluded > 5, "{allocated} allocated, {excluded} excluded");
}
