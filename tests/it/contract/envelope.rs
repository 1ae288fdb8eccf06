//! `request_id` and `etag`: which calls take them, and what happens without.

use focalnet_contract::Rpc;
use serde_json::{Value, json};
use tonic::Code;

use super::{Contract, but, methods, takes};
use crate::{
    support::{actor::Actor, refusals::why},
    wire::{fields, opened, reason},
};

fn is_read(rpc: Rpc) -> bool {
    let name = rpc.names().1;
    ["Get", "List", "Check"].iter().any(|verb| name.starts_with(verb))
}

/// Calls that make something new: there is no version yet.
const MAKING: [Rpc; 13] = [
    Rpc::ReportAsset,
    Rpc::CreateOrganization,
    Rpc::CreateUser,
    Rpc::CreateCase,
    Rpc::AddPerson,
    Rpc::RecordOrder,
    Rpc::CreateFreezingRequest,
    Rpc::OpenClarification,
    Rpc::DesignateFocalPoint,
    Rpc::SetChannel,
    Rpc::CreateQuestionnaire,
    Rpc::CirculateQuestionnaire,
    // Each answer carries the version of the one it follows.
    Rpc::SaveAnswers,
];

#[test]
fn every_change_takes_a_request_id_and_every_change_of_something_a_version() {
    for rpc in methods() {
        assert_eq!(takes(rpc, "request_id"), !is_read(rpc), "{rpc:?}");
        assert_eq!(takes(rpc, "etag"), !is_read(rpc) && !MAKING.contains(&rpc), "{rpc:?}");
    }
}

#[tokio::test]
async fn without_a_good_request_id_nothing_is_done() {
    let contract = Contract::new().await;
    for rpc in methods().filter(|rpc| takes(*rpc, "request_id")) {
        let (who, message) = (contract.who(rpc), contract.message(rpc));
        for id in ["", "1", "{7b1d0000-0000-4000-8000-000000000000}", "7b1d0000000040008000000000000000"] {
            let told = who.call(rpc, but(&message, "request_id", id)).await.unwrap_err();
            assert_eq!(why(&told), (Code::InvalidArgument, "INVALID_ARGUMENT".into()), "{rpc:?} with `{id}`");
            assert_eq!(fields(&told), ["request_id"], "{rpc:?} with `{id}`");
            reason(&told);
        }
    }
}

/// The version that the caller sees now.
async fn present(who: &Actor, message: &Value) -> String {
    let name = message["name"].as_str().or_else(|| message["organization"]["name"].as_str());
    let name = name.or_else(|| message["freezing_request"]["name"].as_str());
    let name = name.or_else(|| message["asset"]["name"].as_str());
    let name = name.or_else(|| message["questionnaire"]["name"].as_str()).unwrap().to_owned();
    let parts: Vec<_> = name.split('/').collect();
    let read = match (parts[0], parts.len()) {
        ("organizations", 2) => Rpc::GetOrganization,
        ("questionnaires", _) => Rpc::GetQuestionnaire,
        ("responses", _) => Rpc::GetResponse,
        ("organizations", _) => {
            let parent = json!({ "parent": parts[..2].join("/") });
            let (entries, _) = opened(&who.call(Rpc::ListFocalPoints, parent).await.unwrap());
            let entry = entries[0].as_message().unwrap();
            return entry.get_field_by_name("etag").unwrap().as_str().unwrap().to_owned();
        }
        ("users", _) => Rpc::GetUser,
        ("cases", 2) => Rpc::GetCase,
        ("orders", _) => Rpc::GetOrder,
        ("freezingRequests", 2) => Rpc::GetFreezingRequest,
        ("freezingRequests", _) => Rpc::GetClarification,
        ("approvals", _) => Rpc::GetApproval,
        ("assets", _) => Rpc::GetAsset,
        _ => {
            let persons =
                who.call(Rpc::ListPersons, json!({ "parent": parts[..2].join("/") })).await.unwrap();
            let persons = persons.get_field_by_name("persons").unwrap().into_owned();
            let person = persons.as_list().unwrap()[0].as_message().unwrap().clone();
            return person.get_field_by_name("etag").unwrap().as_str().unwrap().to_owned();
        }
    };
    let read = who.call(read, json!({ "name": name })).await.unwrap();
    read.get_field_by_name("etag").unwrap().as_str().unwrap().to_owned()
}

#[tokio::test]
async fn without_the_present_version_nothing_is_done() {
    let contract = Contract::new().await;
    for rpc in methods().filter(|rpc| takes(*rpc, "etag")) {
        let (who, message) = (contract.who(rpc), contract.message(rpc));
        let told = who.call(rpc, but(&message, "etag", "")).await.unwrap_err();
        assert_eq!(why(&told), (Code::InvalidArgument, "INVALID_ARGUMENT".into()), "{rpc:?}");
        assert_eq!(fields(&told), ["etag"], "{rpc:?}");

        let present = present(&who, &message).await;
        let unquoted = present.trim_matches('"');
        assert!(unquoted.len() > 10, "{rpc:?} has {present}");
        for stale in ["\"AAAAAAAAAAAAAAAAAAAAAA\"", "*", unquoted, "x"] {
            let told = who.call(rpc, but(&message, "etag", stale)).await.unwrap_err();
            assert_eq!(why(&told), (Code::Aborted, "STALE".into()), "{rpc:?} with {stale}");
            reason(&told);
            let all = format!("{} {:?} {}", told.message(), told.metadata(), told.details().escape_ascii());
            assert!(!all.contains(unquoted), "{rpc:?} tells the present version");
        }
        assert_eq!(self::present(&who, &message).await, present, "{rpc:?} has done nothing");
    }
}

/// A name of another kind, or of no kind, is told before anything is looked up.
#[tokio::test]
async fn what_is_no_name_is_told() {
    let contract = Contract::new().await;
    for rpc in methods() {
        for field in ["name", "parent"].into_iter().filter(|field| takes(rpc, field)) {
            let (who, message) = (contract.who(rpc), contract.message(rpc));
            for name in ["", "x", "receipts/7b1d0000-0000-4000-8000-000000000000", "freezingRequests/%2e%2e"]
            {
                let told = who.call(rpc, but(&message, field, name)).await;
                let told = told.map(|_| rpc).unwrap_err();
                assert_eq!(why(&told).0, Code::InvalidArgument, "{rpc:?} with `{name}`");
                assert_eq!(fields(&told), [field], "{rpc:?} with `{name}`");
            }
        }
    }
}
