//! The story, chapter by chapter. All of it goes through the contract, as everybody's clients would.

mod afterwards;
mod answers;
mod case;
mod claim;
mod clarifications;
mod ending;
mod gaps;
mod holdings;
mod order;
mod parties;
mod questionnaire;
mod release;
mod status;
mod survivors;
mod tracing;
mod transmission;
mod years;

use chrono::{DateTime, Utc};
use focalnet_contract::{
    client::Failure,
    proto::{ApproveRequest, FreezingRequest},
};

use super::{Narrator, Played, person::Person, proof, stage::Stage, views};
use crate::Door;

const BEGIN: &str = "2008-01-14T09:00:00Z";

/// When the story begins. The server's first act is dated then, too.
pub fn begin() -> Result<DateTime<Utc>, Failure> {
    instant(BEGIN)
}

/// An instant as it is written in the story.
pub(crate) fn instant(text: &str) -> Result<DateTime<Utc>, Failure> {
    text.parse().map_err(|error| Failure::unexpected(format!("{text}: {error}")))
}

/// Plays the story, whole.
pub async fn play(door: &Door, tell: &mut Narrator) -> Result<Played, Failure> {
    tell.preface();
    let mut stage = Stage::new(door, tell);
    Box::pin(parties::play(&mut stage)).await?;
    Box::pin(questionnaire::play(&mut stage)).await?;
    Box::pin(gaps::play(&mut stage)).await?;
    Box::pin(case::play(&mut stage)).await?;
    Box::pin(order::play(&mut stage)).await?;
    Box::pin(transmission::play(&mut stage)).await?;
    Box::pin(tracing::play(&mut stage)).await?;
    Box::pin(answers::arrival(&mut stage)).await?;
    Box::pin(clarifications::play(&mut stage)).await?;
    Box::pin(answers::execution(&mut stage)).await?;
    Box::pin(answers::postponement(&mut stage)).await?;
    Box::pin(holdings::play(&mut stage)).await?;
    Box::pin(claim::play(&mut stage)).await?;
    Box::pin(years::play(&mut stage)).await?;
    Box::pin(ending::play(&mut stage)).await?;
    Box::pin(survivors::play(&mut stage)).await?;
    Box::pin(release::play(&mut stage)).await?;
    Box::pin(afterwards::play(&mut stage)).await?;
    Box::pin(views::show(&mut stage)).await?;
    let proof = Box::pin(proof::check(&mut stage)).await?;
    let Stage { actors, names, .. } = stage;
    Ok(Played { actors: actors.into_values().collect(), names, proof })
}

/// The second person carries out what the first has proposed.
async fn approve(second: &Person, proposed: &FreezingRequest) -> Result<(), Failure> {
    let approve: ApproveRequest = second.on(&proposed.pending_approval).await?;
    second.done(second.approvals().approve(approve).await)?;
    Ok(())
}
