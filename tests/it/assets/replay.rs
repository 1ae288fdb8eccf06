//! What the program tells of assets is what its journal tells, on any day and as known on any day: of random worlds.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use focalnet_contract::Rpc;
use serde_json::{Value, json};
use tonic::Code;

use self::{
    random::{Random, TRIES},
    retold::Retold,
    thing::{WHOLE, coins, day, text, twelfths},
};
use crate::support::{actor::Actor, cast::Org, dice::Dice, world::World};

mod acts;
mod random;
mod reckoning;
mod retold;
mod thing;

/// An amount of each currency as a number of its smallest coin.
fn sums<'a>(list: &'a Value, with: impl Fn(&'a Value, i128) -> Value) -> BTreeMap<String, Value> {
    let sum = |entry: &'a Value| {
        let (currency, sum) = coins(&entry["amount"]);
        (currency, with(entry, sum))
    };
    list.as_array().into_iter().flatten().map(sum).collect()
}

/// A group as the program tells it, in the form of the reckoning.
fn told(group: &Value) -> Value {
    let count = |field: &str| group[field]["count"].as_u64().unwrap_or_default();
    let states: BTreeMap<_, _> = group["states"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|entry| (text(&entry["state"]).replace("STATE_", ""), entry["count"].clone()))
        .collect();
    let number = |sum: i128| u64::try_from(sum).unwrap();
    json!({
        "count": group["count"].as_u64().unwrap_or_default(), "states": states,
        "values": sums(&group["values"], |entry, sum| json!([number(sum), entry["count"]])),
        "unpaid": sums(&group["unpaid"], |_, sum| json!(number(sum))),
        "in_force": count("measures_in_force"), "expiring": count("expiring"), "outlived": count("outlived"),
        "claims": count("claims_pending"), "outstanding": count("releases_outstanding"),
    })
}

/// All groups of an overview by what they are of.
fn groups(overview: &Value) -> BTreeMap<String, Value> {
    let key = |group: &Value| text(group.get("key").unwrap_or(&json!("")));
    let purpose = |group: &Value| text(&group["purpose"]).replace("PURPOSE_KIND_", "").to_lowercase();
    let list = |field: &str| overview[field].as_array().cloned().unwrap_or_default();
    let persons = list("persons").into_iter().map(|group| (format!("person {}", key(&group)), told(&group)));
    let purposes =
        list("purposes").into_iter().map(|group| (format!("purpose {}", purpose(&group)), told(&group)));
    let states = list("states").into_iter().map(|group| (format!("state {}", key(&group)), told(&group)));
    persons.chain(purposes).chain(states).chain([("total".to_owned(), told(&overview["total"]))]).collect()
}

/// Reads each asset that was retold, and finds the same; and none that was not.
async fn compare_assets(
    who: &Actor,
    retold: &Retold,
    all: &BTreeSet<&str>,
    (on, known): (NaiveDate, NaiveDate),
) {
    for name in all {
        let question = json!({ "name": name, "as_of_date": on, "known_date": known });
        let Some(thing) = retold.things.get(*name) else {
            assert_eq!(who.call(Rpc::GetAsset, question).await.unwrap_err().code(), Code::NotFound);
            continue;
        };
        let read = who.asks(Rpc::GetAsset, question).await.unwrap();
        let at = format!("{name} on {on} as known on {known} by {}", who.login);
        assert_eq!(text(&read["state"]).replace("STATE_", ""), thing.state_on(on), "{at}");
        assert_eq!(
            twelfths(&read["remaining"]).unwrap_or_default(),
            thing.remaining_on(on),
            "{at}, of {WHOLE}"
        );
        assert_eq!(read["disposal_hold"].as_bool().unwrap_or_default(), thing.is_claimed_on(on), "{at}");
        let holds = |measure: &&Value| {
            day(&measure["start_date"]).unwrap() <= on
                && day(&measure["last_date"]).is_none_or(|last| on <= last)
        };
        let in_force = read["measures"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(holds)
            .map(|measure| measure["name"].as_str().unwrap());
        assert_eq!(in_force.collect::<BTreeSet<_>>(), thing.in_force_on(on), "{at}");
    }
}

/// The numbers of the case, and the newest value of each asset.
async fn compare_numbers(who: &Actor, world: &World, retold: &Retold, (on, known): (NaiveDate, NaiveDate)) {
    let question = json!({ "name": world.cast().case, "as_of_date": on, "known_date": known });
    let overview = who.asks(Rpc::GetCaseAssetStatus, question).await.unwrap();
    let at = format!("on {on} as known on {known}");
    let (told, retold_numbers) = (groups(&overview), retold.numbers(on));
    for (of, number) in &retold_numbers {
        assert_eq!(told.get(of), Some(number), "{of} {at}");
    }
    assert_eq!(told.len(), retold_numbers.len(), "no group of nothing {at}");
    // The value over time ends with what is held on the day.
    let last = overview["values"].as_array().into_iter().flatten().last();
    if let Some(last) = last {
        assert_eq!(text(&last["valuation_date"]), on.to_string(), "{at}");
        let points: BTreeMap<_, _> = last["values"].as_array().into_iter().flatten().map(coins).collect();
        let total = overview["total"]["values"].as_array().into_iter().flatten();
        assert_eq!(
            points,
            total.map(|sum| coins(&sum["amount"])).filter(|(_, sum)| *sum > 0).collect(),
            "{at}"
        );
    }
    for line in overview["assets"].as_array().into_iter().flatten() {
        let value = retold.things[line["asset"].as_str().unwrap()].value_on(on);
        let read = line.get("value").map(coins);
        assert_eq!(read, value.map(|(_, currency, coins)| (currency.clone(), *coins)), "{line} {at}");
    }
}

#[tokio::test]
async fn a_random_world_is_what_its_journal_tells() {
    let mut random = Random::new(Dice::thrown()).await;
    let begin = random.today;
    random.lives().await;
    println!("{:?}", random.done);
    assert!(random.done.values().sum::<usize>() > TRIES / 3, "most of it was refused: {:?}", random.done);

    random.world.assets_are_up_to_date().await;
    let (officer, today) = (random.world.registry().officer(), random.today);
    let events = random.events(&officer, &random.dossiers).await;
    let now = Retold::from(&events, today);
    let mut days = vec![(today, today)];
    for _ in 0..6 {
        let since = u64::try_from((today - begin).num_days()).unwrap();
        let known = begin + Days::new(random.dice.below(since + 1));
        days.push((known + Days::new(100) - Days::new(random.dice.below(300)), known));
        days.push((known, today));
    }
    let all: BTreeSet<&str> = now.things.keys().map(String::as_str).collect();
    let listed = officer.lists(Rpc::ListAssets, json!({ "parent": "freezingRequests/-" })).await.unwrap();
    let listed: BTreeMap<_, _> = listed
        .iter()
        .map(|asset| (asset["name"].as_str().unwrap(), text(&asset["state"]).replace("STATE_", "")))
        .collect();
    assert_eq!(listed.keys().copied().collect::<BTreeSet<_>>(), all);
    for (name, state) in listed {
        assert_eq!(state, now.things[name].state_on(today), "{name}, listed today");
    }
    for (filter, owed) in ["unsettled = true", "outlived = true"].into_iter().zip(now.owed(today)) {
        let asked = json!({ "parent": "freezingRequests/-", "filter": filter });
        let listed = officer.lists(Rpc::ListAssets, asked).await.unwrap();
        let listed: BTreeSet<_> = listed.iter().map(|asset| asset["name"].as_str().unwrap()).collect();
        assert_eq!(listed, owed, "{filter}");
    }
    for (on, known) in days.iter().copied() {
        let retold = Retold::from(&events, known);
        compare_assets(&officer, &retold, &all, (on, known)).await;
        compare_numbers(&officer, &random.world, &retold, (on, known)).await;
    }

    // Each State finds its own in what it can read itself.
    for dossier in random.dossiers.iter().filter(|dossier| dossier.org != Org::Registry) {
        let state = random.holder(dossier.org);
        let events = random.events(&state, [dossier]).await;
        for (on, known) in days.iter().take(4).copied() {
            let retold = Retold::from(&events, known);
            let own = Retold::from(&events, today);
            compare_assets(&state, &retold, &own.things.keys().map(String::as_str).collect(), (on, known))
                .await;
        }
    }
}
