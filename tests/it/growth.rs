//! What a call reads does not grow with all that there is: the database looks at about as many pages for it among eight
//! times as many requests. Asked of every method, and of every method that reads for each kind of reader.

use std::collections::{BTreeMap, BTreeSet};

use focalnet_contract::{Rpc, catalogue::is_read, proto::FreezingRequest};
use focalnet_domain::organization::Role;
use focalnet_load::Size;
use serde_json::{Value, json};

use crate::{
    statements::scene,
    support::{
        actor::Clients,
        dynamic::method,
        ledger::text,
        load::LoadedWorld,
        samples::{Read, Things, sample},
    },
};

const FEW: Size = Size { requests: 2_000, assets_per_request: 4, cases: 40, states: 100, seed: 1 };
const MANY: Size = Size { requests: 16_000, cases: 320, ..FEW };

/// So many entries of a list there are in any case.
const ENTRIES: i32 = 5;

/// How much the same call may read among eight times as many requests. Each index may be a level deeper, small tables have
/// some pages more, and a plan may begin elsewhere. What reads all there is reads eight times as much.
const fn most(pages: u64) -> u64 {
    pages * 4 + 96
}

/// What the load has none of; the cast's own is read in a scene.
const NOT_LOADED: &[Rpc] = &[Rpc::GetGapAnalysis, Rpc::GetQuestionnaire, Rpc::GetResponse, Rpc::GetUser];

/// The pages that each call takes.
type Pages = BTreeMap<String, u64>;

/// Who reads: of each role of the load somebody in the middle, an officer of all cases, one of a single case; and the cast,
/// who see little of it.
async fn readers(many: &LoadedWorld) -> Vec<(String, Clients)> {
    let mut logins = vec!["load.officer", "load.newcomer"];
    for role in Role::ALL {
        let of_role: Vec<_> = many.loaded.people.iter().filter(|somebody| somebody.role == *role).collect();
        logins.extend(of_role.get(of_role.len() / 2).map(|somebody| somebody.login.as_str()));
    }
    let mut readers = Vec::new();
    for login in logins {
        readers.push((login.to_owned(), many.somebody(login).await));
    }
    readers.extend(many.world.everybody().map(|actor| (actor.login.clone(), actor.clients)));
    readers
}

/// One thing of each kind that somebody sees, as far as there is one.
async fn things_of(who: &Clients) -> Things {
    let first = async |rpc: Rpc, parent: &str| {
        let message = if parent.is_empty() { json!({}) } else { json!({ "parent": parent }) };
        let all = who.lists(rpc, message).await.unwrap_or_default();
        all.into_iter().next().unwrap_or_default()
    };
    let named = |name: &Value| name.as_str().unwrap_or_default().to_owned();
    let read = |name: &Value| Read { name: named(name), etag: String::new() };
    let page = who.asks(Rpc::ListFreezingRequests, json!({ "page_size": 1 })).await.unwrap_or_default();
    let request = &page["freezing_requests"][0];
    if request.is_null() {
        return Things::nowhere();
    }
    let name = named(&request["name"]);
    let asset = first(Rpc::ListAssets, &name).await;
    Things {
        organization: read(&request["requested_state"]),
        case: read(&request["case"]),
        order: read(&request["order"]),
        person: read(&request["persons"][0]["person"]),
        clarification: read(&first(Rpc::ListClarifications, "freezingRequests/-").await["name"]),
        approval: read(&first(Rpc::ListApprovals, "").await["name"]),
        event: named(&first(Rpc::ListEvents, &name).await["name"]),
        measure: named(&asset["measures"][0]["name"]),
        asset: read(&asset["name"]),
        request: FreezingRequest { name, ..FreezingRequest::default() },
        ..Things::nowhere()
    }
}

/// The calls of a method: about one thing; for a list also about all there is, at its first page and at a later one.
async fn questions(who: &Clients, rpc: Rpc, things: &Things) -> Vec<(&'static str, Value)> {
    let one = sample(rpc, things);
    let has = |field: &str| method(rpc).input().get_field_by_name(field).is_some();
    if !has("page_token") {
        return vec![("of one", one)];
    }
    let mut all = json!({ "page_size": ENTRIES });
    if has("parent") {
        let everywhere = matches!(rpc, Rpc::ListAssets | Rpc::ListClarifications);
        all["parent"] = if everywhere { "freezingRequests/-".into() } else { one["parent"].clone() };
    }
    let mut questions = Vec::new();
    let mut first = all.clone();
    first["page_size"] = (2 * ENTRIES).into();
    if let Ok(page) = who.call(rpc, first).await {
        let mut late = all.clone();
        late["page_token"] = text(&page, "next_page_token").into();
        questions.push(("late", late));
    }
    if has("parent") {
        questions.push(("of one", json!({ "parent": one["parent"], "page_size": ENTRIES })));
    }
    questions.push(("of all", all));
    questions
}

async fn pages_of_reads(many: &LoadedWorld) -> Pages {
    let (mut pages, mut answered) = (Pages::new(), BTreeSet::new());
    let reads: Vec<_> = Rpc::ALL.iter().copied().filter(|rpc| is_read(&method(*rpc))).collect();
    for (login, who) in readers(many).await {
        let things = things_of(&who).await;
        for rpc in &reads {
            // They tell all of a case, and among more requests there are larger cases.
            if matches!(rpc, Rpc::GetCaseAssetStatus | Rpc::GetPatrimony) && login != "load.newcomer" {
                continue;
            }
            for (which, message) in questions(&who, *rpc, &things).await {
                let (answer, looked_at) = many.pages(&who, *rpc, message).await;
                if answer.is_ok() {
                    answered.insert(format!("{rpc:?}"));
                }
                pages.insert(format!("{rpc:?} {which} by {login}"), looked_at);
            }
        }
    }
    let loaded = reads.iter().filter(|rpc| !NOT_LOADED.contains(rpc)).map(|rpc| format!("{rpc:?}"));
    assert_eq!(loaded.filter(|rpc| !answered.contains(rpc)).collect::<Vec<_>>(), <[String; 0]>::default());
    pages
}

async fn pages_of_scenes(many: &LoadedWorld) -> Pages {
    let mut pages = Pages::new();
    for rpc in Rpc::ALL {
        let (who, message) = scene(&many.world, *rpc).await;
        let (answer, looked_at) = many.pages(&who, *rpc, message).await;
        answer.unwrap_or_else(|told| unreachable!("{rpc:?}: {told:?}"));
        pages.insert(format!("{rpc:?}"), looked_at);
    }
    pages
}

/// The calls that read far more among more.
fn grown(few: &Pages, many: &Pages) -> Vec<String> {
    let grown = few.iter().filter_map(|(call, few)| {
        let many = many.get(call).copied().unwrap_or_default();
        (many > most(*few)).then(|| format!("{call}: {few} pages, and {many} among more"))
    });
    grown.collect()
}

#[tokio::test]
async fn nobody_reads_more_because_there_is_more() {
    let (few, many) = (LoadedWorld::new(&FEW).await, LoadedWorld::new(&MANY).await);
    let grown = grown(&pages_of_reads(&few).await, &pages_of_reads(&many).await);
    assert!(grown.is_empty(), "{}", grown.join("\n"));
}

#[tokio::test]
async fn no_method_reads_more_because_there_is_more() {
    let (few, many) = (LoadedWorld::new(&FEW).await, LoadedWorld::new(&MANY).await);
    let grown = grown(&pages_of_scenes(&few).await, &pages_of_scenes(&many).await);
    assert!(grown.is_empty(), "{}", grown.join("\n"));
}
