//! A day of many people: mostly reads and lists, and now and then an act.

use focalnet_contract::Rpc;
use focalnet_load::Random;

use super::{Named, lists, scene, stage::Stage};
use crate::{drive::Scene, world::Failed};

/// How many of a hundred calls are of which scene: 60 reads, 12 acts, 3 of the status of a case, 3 to sign in.
const PARTS: [(u64, &str); 8] = [
    (40, "read_request"),
    (15, "read_thread"),
    (5, "get_self"),
    (5, "ask"),
    (4, "answer"),
    (3, "record_valuation"),
    (3, "case_status_median"),
    (3, "sign_in"),
];
/// The same for first pages of lists, with who reads them: 22.
const LISTS: [(u64, Rpc, &str); 6] = [
    (6, Rpc::ListFreezingRequests, "load.officer"),
    (4, Rpc::ListFreezingRequests, "load.state.af"),
    (4, Rpc::ListAssets, "load.officer"),
    (3, Rpc::ListClarifications, "load.officer"),
    (3, Rpc::ListEvents, "load.officer"),
    (2, Rpc::ListCases, "load.newcomer"),
];

/// Calls of all kinds, as chance decides, and the same for the same seed. Scenes that were made before are used again.
pub(super) async fn mixed(stage: &mut Stage<'_>, made: &[Named]) -> Result<Named, Failed> {
    let (mut parts, mut acts) = (Vec::<(u64, Scene)>::new(), Vec::new());
    for (share, name) in PARTS {
        let known = made.iter().find(|made| made.name == name);
        let (part, of_part) = if let Some(part) = known {
            (part.scene.clone(), part.acts.clone())
        } else {
            let part = Box::pin(super::one(stage, name)).await?;
            (part.scene, part.acts)
        };
        parts.push((share, part));
        acts.extend(of_part);
    }
    for (share, rpc, login) in LISTS {
        parts.push((share, lists::first(stage, rpc, login).await?.scene));
    }
    let seed = stage.random.below(u64::MAX);
    let day = scene(move |number| {
        let mut left = Random::new(seed ^ number).below(100);
        let part = parts.iter().find(|(share, _)| {
            let is_it = left < *share;
            left = left.saturating_sub(*share);
            is_it
        });
        // The shares are a hundred in all.
        let call = part.or(parts.first()).map(|(_, part)| part(number));
        async move {
            match call {
                Some(call) => call.await,
                None => Ok(0),
            }
        }
    });
    let note = "60 % reads, 22 lists, 12 acts, 3 case status, 3 sign-in".into();
    Ok(Named { acts, note, ..Named::read("mixed_day", day) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shares_are_a_hundred() {
        let parts: u64 = PARTS.iter().map(|(share, _)| share).sum();
        let lists: u64 = LISTS.iter().map(|(share, ..)| share).sum();
        assert_eq!((parts, lists), (78, 22));
    }
}
