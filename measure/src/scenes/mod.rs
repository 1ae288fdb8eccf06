//! What callers do.

use focalnet_load::Random;

pub(crate) use self::{
    named::{Act, Named},
    single::one_by_one,
};
use self::{
    named::{bytes, nth, scene},
    stage::Stage,
};
use crate::world::{Failed, World};

mod answer;
mod ask;
mod assets;
mod day;
mod lists;
mod named;
mod pool;
mod reads;
mod save;
mod sign_in;
mod single;
mod stage;
mod things;
mod transmit;

/// The scenes, in the order in which they are measured: reads first, because acts leave something behind.
const NAMES: [&str; 19] = [
    "get_self",
    "read_request",
    "read_thread",
    "case_status_small",
    "case_status_median",
    "case_status_largest",
    LISTS,
    "ask",
    "ask_one",
    "ask_10_assets",
    "ask_495_assets",
    "answer",
    "answer_one",
    "record_valuation",
    "report_execution_10_assets",
    "save_50_answers",
    "create_to_transmit",
    "sign_in",
    DAY,
];
/// All lists, for all who may read them.
const LISTS: &str = "lists";
/// How the name of a list begins, as in `list_assets_court` and `list_assets_court_late`.
const LIST: &str = "list_";
/// What is made of the others.
const DAY: &str = "mixed_day";

/// Refuses what cannot be the name of a scene, before anything is loaded.
pub(crate) fn check(names: &[String]) -> Result<(), Failed> {
    let is_known = |name: &&String| NAMES.contains(&name.as_str()) || name.starts_with(LIST);
    match names.iter().find(|name| !is_known(name)) {
        Some(unknown) => Err(format!("no scene is called {unknown}; there are {}", NAMES.join(", ")).into()),
        None => Ok(()),
    }
}

/// Makes the scenes with these names, all when none is named.
pub(crate) async fn make(
    world: &mut World,
    names: &[String],
    random: &mut Random,
) -> Result<Vec<Named>, Failed> {
    let wanted = |name: &str| names.is_empty() || names.iter().any(|wanted| wanted == name);
    let mut stage = Stage::new(world, random).await?;
    let mut made = Vec::new();
    for name in NAMES.into_iter().filter(|name| wanted(name) && ![LISTS, DAY].contains(name)) {
        let scene = one(&mut stage, name).await;
        made.push(scene.map_err(|error| format!("{name} cannot be set up: {error}"))?);
    }
    if wanted(DAY) {
        made.push(
            day::mixed(&mut stage, &made)
                .await
                .map_err(|error| format!("{DAY} cannot be set up: {error}"))?,
        );
    }
    if wanted(LISTS) || names.iter().any(|name| name.starts_with(LIST)) {
        // They are set up last, when there is most to list, and measured before anything else is added.
        let lists = lists::all(&mut stage, |name| wanted(LISTS) || wanted(name)).await?;
        let reads = made.iter().take_while(|made| made.name != DAY && made.acts.is_empty()).count();
        made.splice(reads..reads, lists);
    }
    let is_made = |name: &&String| name.as_str() == LISTS || made.iter().any(|made| made.name == **name);
    if let Some(missing) = names.iter().find(|name| !is_made(name)) {
        return Err(format!("no list is called {missing}").into());
    }
    Ok(made)
}

async fn one(stage: &mut Stage<'_>, name: &str) -> Result<Named, Failed> {
    match name {
        "get_self" => reads::itself(stage).await,
        "read_request" => reads::request(stage).await,
        "read_thread" => reads::thread(stage).await,
        "case_status_small" | "case_status_median" | "case_status_largest" => {
            reads::case_status(stage, name).await
        }
        "ask" => ask::many(stage).await,
        "ask_one" => ask::one(stage).await,
        "ask_10_assets" => ask::with_assets(stage, 10).await,
        "ask_495_assets" => ask::with_assets(stage, 495).await,
        "answer" => answer::many(stage).await,
        "answer_one" => answer::one(stage).await,
        "record_valuation" => assets::value(stage).await,
        "report_execution_10_assets" => assets::report(stage).await,
        "save_50_answers" => save::fifty(stage).await,
        "create_to_transmit" => transmit::chain(stage).await,
        "sign_in" => sign_in::password(stage).await,
        _ => Err("nobody has written it".into()),
    }
}
