//! What the questionnaire of the story leaves behind: answers in force, the directory, and requests checked against both.

use std::collections::BTreeSet;

use focalnet_contract::proto::{
    Asset, Channel, DirectoryEntry, FreezingRequest, GetGapAnalysisRequest, GetResponseRequest,
    ListFocalPointsRequest, Response, answer_value, channel, response::State,
};
use focalnet_demo::Who;
use tonic::{Code, Status};

use super::{
    ending::{Ended, holds, reads},
    holdings,
};
use crate::support::actor::Clients;

async fn response(who: &Clients, name: &str) -> Result<Response, Status> {
    let get = GetResponseRequest { name: name.into() };
    Ok(who.questionnaires().get_response(get).await?.into_inner())
}

async fn directory(who: &Clients, filter: &str) -> Vec<DirectoryEntry> {
    let list = ListFocalPointsRequest {
        parent: "organizations/-".into(),
        filter: filter.into(),
        as_of_date: "2008-05-27".into(),
        ..ListFocalPointsRequest::default()
    };
    who.directory().list_focal_points(list).await.unwrap().into_inner().entries
}

pub(super) async fn only_what_portugal_attested_is_known(ended: &Ended) {
    let names = &ended.played.names;
    let officer = ended.person(Who::RegistryOfficer).await;
    let portugal = response(&officer, &names.response_portugal).await.unwrap();
    assert_eq!((portugal.state(), portugal.answers.len()), (State::Attested, 84));
    let needs_order = portugal.answers.iter().find(|answer| answer.question == "C1").unwrap();
    let kind = needs_order.value.as_ref().unwrap().kind.as_ref().unwrap();
    assert_eq!(*kind, answer_value::Kind::Option("domestic_order".into()));

    // To the Court, half of the answers and none are the same; to the States they are not.
    for name in [&names.response_belgium, &names.response_drc] {
        let waiting = response(&officer, name).await.unwrap();
        assert_eq!((waiting.state(), waiting.answers.len(), waiting.progress), (State::Draft, 0, None));
        assert_eq!((waiting.overdue, waiting.reminders.len()), (true, 1));
    }
    let belgium = ended.person(Who::BelgiumFocalPoint).await;
    let own = response(&belgium, &names.response_belgium).await.unwrap();
    assert_eq!((own.state(), own.answers.len(), own.reminders.len()), (State::Draft, 28, 0));
    for other in [&names.response_portugal, &names.response_drc] {
        assert_eq!(response(&belgium, other).await.unwrap_err().code(), Code::NotFound);
    }

    let designated = directory(&officer, "focal_point = DESIGNATED").await;
    let [portugal] = &designated[..] else { unreachable!("{designated:?}") };
    let people = portugal.focal_points.iter().map(|one| one.contact.clone().unwrap().person_display_name);
    assert_eq!(people.collect::<BTreeSet<_>>(), ["Duarte Nogueira", "Inês Carvalho"].map(Into::into).into());
    let missing = directory(&officer, "focal_point = MISSING").await.into_iter();
    let missing: BTreeSet<_> = missing.map(|entry| entry.country_code).collect();
    assert_eq!(missing, ["BE", "CD"].map(Into::into).into());

    // Nobody has confirmed the contacts since.
    let get = GetGapAnalysisRequest { parent: portugal.name.clone(), ..GetGapAnalysisRequest::default() };
    let now = officer.questionnaires().get_gap_analysis(get.clone()).await.unwrap().into_inner();
    let then = GetGapAnalysisRequest { as_of_date: "2008-05-27".into(), ..get };
    let then = officer.questionnaires().get_gap_analysis(then).await.unwrap().into_inner();
    let gaps = |analysis: focalnet_contract::proto::GapAnalysis| -> BTreeSet<_> {
        analysis.states.into_iter().flat_map(|state| state.gaps).map(|gap| gap.question).collect()
    };
    let (now, then) = (gaps(now), gaps(then));
    assert_eq!(then, ["A7", "D1_urgent", "E3", "E4", "F1"].map(Into::into).into());
    let since: BTreeSet<_> = now.difference(&then).map(String::as_str).collect();
    assert_eq!(since, ["A2", "A3_deputy", "A3_focal_point"].into());
}

pub(super) async fn the_request_keeps_what_it_was_sent_under(ended: &Ended) {
    let names = &ended.played.names;
    let officer = ended.person(Who::RegistryOfficer).await;
    let sent = |request: &FreezingRequest| {
        let transmission = request.transmission.clone().unwrap();
        (transmission.channel, transmission.answers_used.unwrap())
    };
    let reminders = |held: &[Asset]| -> BTreeSet<String> {
        let measures = held.iter().flat_map(|asset| &asset.measures);
        measures.map(|measure| measure.reminder_date.clone()).collect()
    };
    let assets = [&names.asset_aircraft, &names.asset_house, &names.asset_account_lisbon];

    // Portugal reads the same of its own request; which version there was, it knows from what it was asked.
    let portugal = ended.person(Who::PortugalFocalPoint).await;
    let version = (names.questionnaire.as_str(), 1);
    for (who, version) in [(&officer, version), (&portugal, ("", 0))] {
        let request = reads(who, &names.request_portugal).await.unwrap();
        let (channel, answers) = sent(&request);
        let Channel { kind, languages, effective_date, .. } = channel.unwrap();
        assert_eq!(kind, channel::Kind::Diplomatic as i32);
        assert_eq!((languages.join(" "), effective_date), ("pt en".into(), "2008-03-03".into()));
        assert_eq!((answers.questionnaire.as_str(), answers.version_number), version);
        assert_eq!(answers.as_of_date, "2008-05-27");
        assert_eq!(answers.attest_time.unwrap().to_string()[..10], *"2008-03-03");
        // 24 months from the first day, less 60 days; by now all of them are lifted.
        let mut known = BTreeSet::new();
        for name in assets {
            let [measure] = &holdings::as_known(who, name, "2008-12-31").await.measures[..] else {
                unreachable!("{name}")
            };
            known.insert(measure.reminder_date.clone());
        }
        assert_eq!(known, ["2010-04-06", "2010-04-10"].map(Into::into).into());
        let held = holds(who, &names.request_portugal).await;
        assert_eq!(reminders(&held), [String::new()].into());
    }

    let held = holds(&officer, &names.request_belgium).await;
    let request = reads(&officer, &names.request_belgium).await.unwrap();
    let (channel, answers) = sent(&request);
    assert_eq!((channel, answers.attest_time), (None, None));
    assert_eq!(reminders(&held), [String::new()].into(), "Belgium has not said how long a freeze lasts");
}
