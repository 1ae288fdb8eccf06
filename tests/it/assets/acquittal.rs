//! What ends with an acquittal, and what stays because it rests on another judgment.

use focalnet_contract::{
    Rpc,
    proto::{AssetOverview, PurposeKind, asset::State, freezing_request, request_purpose},
};
use focalnet_domain::freezing_request::{ActKind, State as RequestState};
use serde_json::{Value, json};
use tonic::Code;

use super::{count, disposition, euros, house, total, value};
use crate::support::{actor::Actor, acts::Deed, cast::Org, content, refusals::refused, world::World};

/// The other case: witnesses were bribed, he was fined 300,000 euros, and owes the Court 1.88 million of legal aid. Portugal
/// was asked to freeze for both.
async fn fined(world: &World) -> (String, String) {
    let officer = world.registry().officer();
    let name = |made: Value| made["name"].as_str().unwrap().to_owned();
    let case = json!({ "case": {
        "situation_number": "ICC-01/05", "case_number": "ICC-01/05-01/13", "display_name": "The Prosecutor v. Ngoma et al.",
    }});
    let case = name(officer.asks(Rpc::CreateCase, case).await.unwrap());
    let person = json!({ "parent": case, "person": {
        "family_name": "Ngoma", "given_names": "Jean Paul", "warrant_date": "2013-11-20",
    }});
    let person = name(officer.asks(Rpc::AddPerson, person).await.unwrap());
    for member in [world.registry().approver(), world.chamber().legal_officer()] {
        let etag = officer.asks(Rpc::GetCase, json!({ "name": case })).await.unwrap()["etag"].clone();
        let assign = json!({ "name": case, "etag": etag, "user": member.name });
        officer.asks(Rpc::AssignMember, assign).await.unwrap();
    }
    world.stands(&person, "STATUS_CONVICTED").await;
    let order = json!({ "order": {
        "case": case, "document_number": "ICC-01/05-01/13-2312", "chamber": world.cast().organization(Org::Chamber),
        "decision_date": "2018-09-17", "classification": "CLASSIFICATION_CONFIDENTIAL", "measures": ["MEASURE_TRACE", "MEASURE_FREEZE"],
        "summary": "To secure the fine and the debt.", "persons": [person],
        "purposes": ["PURPOSE_KIND_FINE", "PURPOSE_KIND_LEGAL_AID"],
    }});
    let order = name(world.chamber().legal_officer().asks(Rpc::RecordOrder, order).await.unwrap());
    let mut content = content::json(&person);
    content["amount"]["amount"] = "2180000.00".into();
    content["amountComputation"] = "The fine of 300,000 euros, and 1,880,000 euros of legal aid.".into();
    content["purposes"] = json!([
        { "purpose": "PURPOSE_KIND_FINE", "basis": "RS 70(3), RPE 166" },
        { "purpose": "PURPOSE_KIND_LEGAL_AID", "basis": "RoC 85" },
    ]);
    let request = json!({ "freezing_request": {
        "origin": "ORIGIN_CHAMBER", "case": case, "order": order, "requested_state": world.portugal().name(),
        "measures": ["MEASURE_FREEZE"], "content": content,
    }});
    let request = name(officer.asks(Rpc::CreateFreezingRequest, request).await.unwrap());
    let way = [ActKind::MarkReady, ActKind::Transmit, ActKind::Acknowledge, ActKind::StartExecution];
    world.performed(&request, &way.map(Into::into)).await;
    world.performed(&request, &[Deed::Report(RequestState::Executed)]).await;
    (case, request)
}

async fn status_of(who: &Actor, case: &str) -> AssetOverview {
    who.call(Rpc::GetCaseAssetStatus, json!({ "name": case })).await.unwrap().transcode_to().unwrap()
}

fn purposes(overview: &AssetOverview) -> Vec<PurposeKind> {
    overview.purposes.iter().map(focalnet_contract::proto::AssetGroup::purpose).collect()
}

/// Scenario 7. An acquittal ends forfeiture and reparations, for whatever serves nothing else. The fine and the debt of
/// legal aid hold on to what is frozen for them. The State decides what it releases, reports it in part, and the dossier stays
/// open until every asset is accounted for.
#[tokio::test]
async fn after_an_acquittal_the_fine_and_the_debt_of_legal_aid_hold_on() {
    let world = World::new().await;
    let name = world.in_state(RequestState::Executed).await;
    let (portugal, officer) = (world.portugal().focal_point(), world.registry().officer());
    let aircraft = portugal.holds(&name).await[0].name.clone();
    let house_of_his = portugal.reports_asset(&name, house("")).await.unwrap().name;
    let (other_case, fined) = fined(&world).await;
    let mut villa = house("");
    villa["description"] = "A villa at Cascais".into();
    villa["valuations"] = json!([value("2018-10-01", "2400000.00")]);
    let villa = portugal.reports_asset(&fined, villa).await.unwrap().name;

    world.stands(&world.cast().person, "STATUS_ACQUITTED").await;
    world.all_ended().await;
    let read = portugal.reads(&name).await.unwrap();
    assert_eq!(read.state(), freezing_request::State::Ceased);
    assert!(read.purposes.iter().all(|purpose| purpose.status() == request_purpose::Status::Ceased));
    let of_case = status_of(&officer, &world.cast().case).await;
    assert_eq!((purposes(&of_case), count(total(&of_case).releases_outstanding.as_ref())), (vec![], 2));
    assert_eq!(count(total(&of_case).outlived.as_ref()), 2, "the duty ceases, the freeze does not");

    let held = portugal.reads(&fined).await.unwrap();
    assert_eq!(held.state(), freezing_request::State::Executed);
    assert!(held.purposes.iter().all(|purpose| purpose.status() == request_purpose::Status::Active));
    let of_other = status_of(&officer, &other_case).await;
    assert_eq!(purposes(&of_other), [PurposeKind::Fine, PurposeKind::LegalAid]);
    assert_eq!(count(total(&of_other).releases_outstanding.as_ref()), 0);
    let told =
        portugal.does_to(&villa, Rpc::RecordDisposition, disposition("KIND_RELEASED", "2018-12-01")).await;
    assert_eq!(
        refused(told),
        (Code::FailedPrecondition, "WRONG_STATE".into()),
        "it is not the State's to release"
    );

    let mut blocked = disposition("KIND_CONTINUED_BLOCKING", "2018-12-01");
    blocked["disposition"]["reason"] = "The fine of 300,000 euros".into();
    let returned = disposition("KIND_RETURNED", "2018-12-01");
    let release = |asset: &str, what: &Value| json!({ "asset": asset, "disposition": what["disposition"] });
    let released = json!({
        "name": name, "etag": read.etag, "releases": [release(&aircraft, &returned), release(&house_of_his, &blocked)],
    });
    portugal.asks(Rpc::ReportRelease, released).await.unwrap();
    let read = officer.reads(&name).await.unwrap();
    assert_eq!(read.state(), freezing_request::State::ReleaseReported);
    let states: Vec<_> =
        officer.holds(&name).await.iter().map(focalnet_contract::proto::Asset::state).collect();
    assert_eq!(states, [State::Returned, State::Blocked]);
    let unsettled = json!({ "parent": name, "filter": "unsettled = true" });
    let unsettled = officer.lists(Rpc::ListAssets, unsettled).await.unwrap();
    assert_eq!(unsettled.iter().map(|asset| &asset["name"]).collect::<Vec<_>>(), [house_of_his.as_str()]);
    let told = refused(officer.does(ActKind::Close, &name).await);
    assert_eq!(told, (Code::FailedPrecondition, "ASSETS_OUTSTANDING".into()), "blocked is not settled");

    let of_other = status_of(&officer, &other_case).await;
    assert_eq!(officer.reads_asset(&villa).await.unwrap().state(), State::Frozen);
    assert_eq!(
        total(&of_other).values[0].amount,
        Some(euros("3300000.00")),
        "the villa, and what was found with it"
    );
}
