//! Sessions, what a call learns when it enters by one, and the attempts to begin one.

use super::{said::*, scene::*, *};
use crate::store::{Plans, Refresh, SessionRow};

#[tokio::test]
async fn a_session_of_which_everything_is_said_is_read_as_it_was_saved() {
    let scene = Scene::new().await;
    let (tx, actor) = (&scene.tx, scene.permit.actor());
    set_clock(tx, Duration::seconds(90)).await;
    tx.insert_session(actor.session, actor.user, true, [1; 32], at(5), at(6)).await.unwrap();
    let refresh = Refresh { presented: [2; 32], successor: [3; 32] };
    tx.rotate_session(actor.session, refresh, at(7)).await.unwrap();
    let continued = tx.lock_session(actor.session).await.unwrap().unwrap();
    assert_said(&continued, &[]);
    let hashes = (continued.refresh_hash, continued.previous_hash.unwrap());
    let read = (continued.user, hashes, continued.refresh_time);
    assert_eq!(read, (actor.user, (vec![3; 32], vec![2; 32]), at(7)));

    tx.end_session(actor.session, at(8)).await.unwrap();
    let user = user(actor);
    let saved = SessionRow {
        user: user.name,
        display_name: user.display_name,
        state: user.state,
        organization: user.organization,
        kind: actor.kind,
        mandates: user.mandates,
        restricted: true,
        expire_time: at(6),
        end_time: Some(at(8)),
        clock_offset: Duration::seconds(90),
    };
    assert_eq!(tx.clock_offset().await.unwrap(), saved.clock_offset);
    // Seconds are all that the clock adds.
    assert_said(&saved, &[".clock_offset.nanos"]);
    for plans in [Plans::Kept, Plans::Fitted] {
        assert_same(&tx.enter(actor.user, actor.session, plans).await.unwrap(), &saved);
    }
}

#[tokio::test]
async fn attempts_to_sign_in_are_read_as_they_were_counted() {
    let tx = begin().await;
    tx.lock_attempts([1; 32], at(0)).await.unwrap();
    tx.count_attempts([1; 32], 3, at(1)).await.unwrap();
    assert_eq!(tx.lock_attempts([1; 32], at(2)).await.unwrap(), (3, at(1)));
}
