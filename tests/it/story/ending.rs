//! The story played in this process, and what its people find when it is over.

use std::{
    collections::BTreeSet,
    io,
    sync::{Arc, Mutex},
};

use focalnet::testing::operator::demo::World;
use focalnet_contract::proto::{
    Asset, AssetType, CloseFreezingRequestRequest, FreezingRequest, GetClarificationRequest,
    GetFreezingRequestRequest, ListAssetsRequest, ListFreezingRequestsRequest, PurposeKind, asset,
    clarification, disposition::Kind as DispositionKind, freezing_request::State, organization::Kind,
    request_purpose::Status as PurposeStatus,
};
use focalnet_demo::{Narrator, Played, Who, json, play};
use secrecy::ExposeSecret as _;
use tonic::{Code, Status};
use tonic_types::StatusExt as _;

use super::{holdings, law};
use crate::support::{
    actor::{Bearer, Clients},
    cast::login,
    new_id,
    refusals::{all_of, why},
};

/// The story, over.
pub(super) struct Ended {
    world: World,
    pub(super) played: Played,
    told: Arc<Mutex<Vec<u8>>>,
}

/// A narrator's notebook.
struct Notebook(Arc<Mutex<Vec<u8>>>);

impl io::Write for Notebook {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Ended {
    async fn story() -> Self {
        let world = World::start(None, &|_| {}).await.unwrap();
        let told = Arc::new(Mutex::new(Vec::new()));
        let mut narrator = Narrator::new(Box::new(Notebook(Arc::clone(&told))));
        let played = Box::pin(play(world.door(), &mut narrator)).await.unwrap();
        world.reset_clock().await.unwrap();
        Self { world, played, told }
    }

    /// Somebody of the story, who has signed in again.
    pub(super) async fn person(&self, who: Who) -> Clients {
        let actor = self.played.actors.iter().find(|actor| actor.who == who).unwrap();
        let channel = self.world.door().channel();
        let tokens = login(&channel, who.login(), actor.password.expose_secret()).await;
        Clients { channel, bearer: Bearer::new(&tokens.access_token) }
    }
}

pub(super) async fn reads(who: &Clients, name: &str) -> Result<FreezingRequest, Status> {
    let get = GetFreezingRequestRequest { name: name.into(), version_number: 0 };
    Ok(who.requests().get_freezing_request(get).await?.into_inner())
}

async fn sees(who: &Clients) -> BTreeSet<String> {
    let list = who.requests().list_freezing_requests(ListFreezingRequestsRequest::default()).await.unwrap();
    list.into_inner().freezing_requests.into_iter().map(|request| request.name).collect()
}

fn names<const N: usize>(names: [&String; N]) -> BTreeSet<String> {
    names.into_iter().cloned().collect()
}

/// The assets of a request.
pub(super) async fn holds(who: &Clients, name: &str) -> Vec<Asset> {
    let list = ListAssetsRequest { parent: name.into(), page_size: 200, ..ListAssetsRequest::default() };
    who.assets().list_assets(list).await.unwrap().into_inner().assets
}

fn fates(assets: &[Asset]) -> BTreeSet<(AssetType, asset::State)> {
    assets.iter().map(|asset: &Asset| (asset.r#type(), asset.state())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_story_ends_as_it_should_for_each_of_its_people() {
    let ended = Ended::story().await;
    law::only_what_portugal_attested_is_known(&ended).await;
    law::the_request_keeps_what_it_was_sent_under(&ended).await;
    of_portugal_the_house_stays_blocked(&ended).await;
    the_fine_and_the_debt_survive(&ended).await;
    holdings::values_fall_and_parking_is_owed(&ended).await;
    holdings::the_wife_has_a_quarter(&ended).await;
    holdings::what_is_held_in_each_case(&ended).await;
    of_belgium_one_asset_is_missing(&ended).await;
    the_congo_is_told_that_it_is_over(&ended).await;
    the_prosecutors_own_request_stays_with_the_prosecutor(&ended).await;
    all_questions_were_answered_by_whom_they_were_for(&ended).await;
    the_proofs_hold_and_no_password_was_told(&ended);
    ended.world.stop().await.unwrap();
}

async fn of_portugal_the_house_stays_blocked(ended: &Ended) {
    let names = &ended.played.names;
    let officer = ended.person(Who::RegistryOfficer).await;
    let request = reads(&officer, &names.request_portugal).await.unwrap();
    assert_eq!(request.state(), State::ReleaseReported);
    let purposes: BTreeSet<_> =
        request.purposes.iter().map(|purpose| (purpose.purpose(), purpose.status())).collect();
    let ceased =
        [PurposeKind::Forfeiture, PurposeKind::Reparations].map(|kind| (kind, PurposeStatus::Ceased));
    assert_eq!(purposes, ceased.into());
    assert!(request.purposes.iter().all(|purpose| purpose.end_date == "2018-06-08"));
    let held = holds(&officer, &names.request_portugal).await;
    let fates = fates(&held);
    let expected = [
        (AssetType::Aircraft, asset::State::Lost),
        (AssetType::BankAccount, asset::State::Released),
        (AssetType::BankAccount, asset::State::Returned),
        (AssetType::RealEstate, asset::State::Blocked),
    ];
    assert_eq!(fates, expected.into());
    let house = held.iter().find(|asset| asset.name == names.asset_house).unwrap();
    let [blocked] = &house.dispositions[..] else { unreachable!("{house:?}") };
    assert_eq!(blocked.kind(), DispositionKind::ContinuedBlocking);
    assert!(blocked.reason.contains("300,000") && blocked.reason.contains("1,880,000"), "{}", blocked.reason);

    // The authority at Faro still sees what was assigned to it, and nothing else.
    let faro = ended.person(Who::Faro).await;
    let assigned = self::names([&names.request_portugal, &names.request_portugal_second]);
    assert_eq!(sees(&faro).await, assigned);
}

async fn the_fine_and_the_debt_survive(ended: &Ended) {
    let names = &ended.played.names;
    let officer = ended.person(Who::RegistryOfficer).await;
    let second = reads(&officer, &names.request_portugal_second).await.unwrap();
    assert_eq!((second.state(), second.case_number.as_str()), (State::ExecutedInPart, "ICC-01/05-01/13"));
    let purposes: BTreeSet<_> =
        second.purposes.iter().map(|purpose| (purpose.purpose(), purpose.status())).collect();
    let active = [PurposeKind::Fine, PurposeKind::LegalAid].map(|kind| (kind, PurposeStatus::Active));
    assert_eq!(purposes, active.into());
    assert_eq!(second.content.unwrap().amount.unwrap().amount, "2180000.00");
    let held = holds(&officer, &names.request_portugal_second).await;
    let [house] = &held[..] else { unreachable!("{held:?}") };
    assert_eq!((house.r#type(), house.state()), (AssetType::RealEstate, asset::State::Frozen));
}

async fn of_belgium_one_asset_is_missing(ended: &Ended) {
    let names = &ended.played.names;
    let officer = ended.person(Who::RegistryOfficer).await;
    let request = reads(&officer, &names.request_belgium).await.unwrap();
    assert_eq!(request.state(), State::ReleaseReported);
    let held = holds(&officer, &names.request_belgium).await;
    let open: Vec<_> = held.iter().filter(|asset| asset.state() != asset::State::Released).collect();
    let [house] = open[..] else { unreachable!("{open:?}") };
    assert_eq!(house.r#type(), AssetType::RealEstate);

    let (name, etag) = (request.name, request.etag);
    let request_id = new_id();
    let close = CloseFreezingRequestRequest { name, etag, request_id, ..Default::default() };
    let told = officer.requests().close_freezing_request(close).await.unwrap_err();
    assert_eq!(why(&told), (Code::FailedPrecondition, "ASSETS_OUTSTANDING".into()));
    let details = told.get_error_details();
    let missing: Vec<_> =
        details.precondition_failure().unwrap().violations.iter().map(|one| &one.subject).collect();
    assert!(missing.len() == 1 && missing[0].starts_with(&house.name), "{missing:?}");
}

async fn the_congo_is_told_that_it_is_over(ended: &Ended) {
    let names = &ended.played.names;
    let congo = ended.person(Who::CongoFocalPoint).await;
    assert_eq!(sees(&congo).await, self::names([&names.request_drc]));
    let request = reads(&congo, &names.request_drc).await.unwrap();
    assert_eq!(request.state(), State::Ceased);
    assert!(request.flags.is_empty(), "what was postponed was resumed");
}

async fn the_prosecutors_own_request_stays_with_the_prosecutor(ended: &Ended) {
    let names = &ended.played.names;
    let (officer, approver) =
        (ended.person(Who::RegistryOfficer).await, ended.person(Who::RegistryApprover).await);
    let judge = ended.person(Who::Judge).await;
    let three = self::names([&names.request_belgium, &names.request_portugal, &names.request_drc]);
    let mut four = three.clone();
    four.insert(names.request_portugal_second.clone());
    // The judge is of the first case only.
    for (other, seen) in [(&officer, &four), (&approver, &four), (&judge, &three)] {
        assert_eq!(sees(other).await, *seen);
        let hidden = reads(other, &names.request_otp_tracing).await.unwrap_err();
        let absent = reads(other, &format!("freezingRequests/{}", new_id())).await.unwrap_err();
        assert_eq!(all_of(&hidden), all_of(&absent));
        assert_eq!(hidden.code(), Code::NotFound);
        assert_eq!(other.exports(&names.request_otp_tracing).await.unwrap_err().code(), Code::NotFound);
    }

    let investigator = ended.person(Who::Investigator).await;
    let request = reads(&investigator, &names.request_otp_tracing).await.unwrap();
    assert_eq!(request.state(), State::Closed);
    let portugal = ended.person(Who::PortugalFocalPoint).await;
    let own =
        self::names([&names.request_portugal, &names.request_portugal_second, &names.request_otp_tracing]);
    assert_eq!(sees(&portugal).await, own, "Portugal is asked by both");
    for other in [Who::BelgiumFocalPoint, Who::CongoFocalPoint, Who::Faro] {
        let other = ended.person(other).await;
        assert!(reads(&other, &names.request_otp_tracing).await.is_err());
    }
}

async fn all_questions_were_answered_by_whom_they_were_for(ended: &Ended) {
    let names = &ended.played.names;
    let portugal = ended.person(Who::PortugalFocalPoint).await;
    let organs = [
        (&names.clarification_costs, Kind::Registry),
        (&names.clarification_preservation, Kind::Registry),
        (&names.clarification_notify, Kind::Chamber),
    ];
    for (name, organ) in organs {
        let get = GetClarificationRequest { name: name.clone() };
        let thread = portugal.clarifications().get_clarification(get).await.unwrap().into_inner();
        assert_eq!((thread.state(), thread.addressee()), (clarification::State::Resolved, organ), "{name}");
    }
}

fn the_proofs_hold_and_no_password_was_told(ended: &Ended) {
    let proof = ended.played.proof;
    assert!(proof.receipts > 180 && proof.events > 200 && proof.streams > 30, "{proof:?}");
    assert_eq!(ended.played.actors.len(), Who::ALL.len());
    let told = String::from_utf8(ended.told.lock().unwrap().clone()).unwrap();
    let line = json(ended.world.door().endpoint(), &ended.played);
    for actor in &ended.played.actors {
        let password = actor.password.expose_secret();
        assert!(!told.contains(password) && line.contains(password), "{}", actor.who.login());
    }
    for said in [
        "NOT_FOUND",
        "SECOND_PERSON_REQUIRED",
        "domestic_order",
        "ASSETS_OUTSTANDING",
        "EUR 30,150 a month",
        "EUR 1.88 million",
        "EUR 300,000",
        "EUR 68.8 million",
        "8 releases outstanding, 3 renewals due, 4 stale values, 8 measures without legal basis, EUR 87,600.00 unpaid",
        "legal aid  EUR 1,880,000.00  EUR 0.00   EUR 1,880,000.00",
        "18. What each party sees",
        "19. The proofs",
        "Portugal sees 3 requests",
    ] {
        assert!(told.contains(said), "nobody was told of {said}");
    }
}
