//! What is left two years later.

use focalnet_contract::client::Failure;

use super::status;
use crate::stage::Stage;

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.tell.chapter("What is left");
    stage.at("2019-03-08T09:00:00Z").await?;
    stage.tell.say(
        "He claims EUR 68.8 million of the Court, EUR 42.4 million of it for what became of his assets.",
    );
    stage.at("2019-11-27T09:00:00Z").await?;
    stage.tell.say("The Appeals Chamber confirms the fine.");
    stage.at("2020-05-18T09:00:00Z").await?;
    stage.tell.say(
        "Pre-Trial Chamber II rejects the claim (ICC-01/05-01/08-3694): to execute requests, and to look after what is \
         frozen, is mainly for the States; the Registry facilitates.",
    );
    let (case, other) = (stage.names.case.clone(), stage.names.case_witnesses.clone());
    stage.tell.say("The investigator asks a last time what is held in the first case:");
    status::ask(stage, &case, ["", ""]).await?;
    stage.tell.say("And in the other, for the fine and the debt:");
    status::ask(stage, &other, ["", ""]).await?;
    Ok(())
}
