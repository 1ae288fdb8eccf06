//! Threads stand beside the request: they move neither its state nor what is proposed for it.

use focalnet_contract::proto::{approval, clarification::Topic};
use focalnet_domain::freezing_request::{ActKind, State};
use tonic::Code;

use super::wrong_state;
use crate::support::{refusals::refused, world::World};

#[tokio::test]
async fn a_thread_moves_no_state_and_voids_no_proposal() {
    let world = World::new().await;
    let (officer, portugal) = (world.registry().officer(), world.portugal().focal_point());
    let request = world.in_state(State::Acknowledged).await;
    officer.does(ActKind::Cease, &request).await.unwrap();
    portugal.does(ActKind::Deny, &request).await.unwrap();
    let (before, theirs) = (officer.reads(&request).await.unwrap(), portugal.reads(&request).await.unwrap());

    let asked = portugal.asks(&request, Topic::Legalbasis, "Which article?").await.unwrap();
    officer.reroutes(&asked.name, None).await.unwrap();
    world.chamber().judge().replies(&asked.name, "RS 57(3)(e).").await.unwrap();
    portugal.resolves(&asked.name).await.unwrap();

    for (who, before) in [(&officer, &before), (&portugal, &theirs)] {
        let after = who.reads(&request).await.unwrap();
        assert_eq!((after.state(), &after.flags), (before.state(), &before.flags));
        assert_eq!(after.pending_approval, before.pending_approval, "both proposals are open still");
        assert_ne!(after.etag, before.etag, "but there is something new to read");
        assert_eq!(who.reads_proposal(&request).await.unwrap().state(), approval::State::Open);
    }
    world.portugal().deputy().approves(&request).await.unwrap();
    assert_eq!(refused(officer.does(ActKind::MarkReady, &request).await), wrong_state());
}

#[tokio::test]
async fn questions_are_asked_from_transmission_to_closing() {
    let world = World::new().await;
    let (officer, portugal) = (world.registry().officer(), world.portugal().focal_point());
    for state in State::ALL {
        let request = world.in_state(*state).await;
        let told = officer.asks(&request, Topic::Release, "What became of it?").await;
        match state {
            State::Draft | State::Ready => {
                assert_eq!(refused(told), wrong_state(), "{state}");
                let told = portugal.asks(&request, Topic::Costs, "Who pays?").await;
                assert_eq!(refused(told).0, Code::NotFound, "{state}");
            }
            State::Closed => assert_eq!(refused(told), wrong_state(), "{state}"),
            _ => {
                told.unwrap();
                portugal.asks(&request, Topic::Costs, "Who pays?").await.unwrap();
            }
        }
    }
}

#[tokio::test]
async fn with_the_dossier_its_threads_are_closed() {
    let world = World::new().await;
    let (officer, portugal) = (world.registry().officer(), world.portugal().focal_point());
    let request = world.in_state(State::ReleaseReported).await;
    let open = portugal.asks(&request, Topic::Costs, "Who pays?").await.unwrap().name;
    let answered = portugal.asks(&request, Topic::Release, "To whom?").await.unwrap().name;
    officer.replies(&answered, "To him.").await.unwrap();
    world.performs(ActKind::Close, &request).await;
    for told in [
        officer.replies(&open, "You.").await,
        officer.reroutes(&open, None).await,
        portugal.resolves(&open).await,
        portugal.resolves(&answered).await,
        portugal.replies(&answered, "Him?").await,
    ] {
        assert_eq!(refused(told), wrong_state());
    }
    assert_eq!(portugal.reads_thread(&answered).await.unwrap().message_count, 2, "and stay to be read");
}

#[tokio::test]
async fn of_two_who_answer_at_once_one_is_told_to_read_again() {
    let world = World::new().await;
    let (officer, portugal) = (world.registry().officer(), world.portugal().focal_point());
    let request = world.transmitted(&world.portugal()).await;
    let asked = portugal.asks(&request, Topic::Costs, "Who pays?").await.unwrap();
    let (first, second) =
        tokio::join!(officer.replies(&asked.name, "You."), officer.replies(&asked.name, "We."));
    let late = [first, second].into_iter().filter_map(Result::err).map(|told| told.code());
    let late: Vec<_> = late.collect();
    assert!(late == [Code::Aborted] || late == [Code::FailedPrecondition], "{late:?}");
    assert_eq!(portugal.reads_messages(&asked.name).await.unwrap().len(), 2);
}
