//! The lifecycle of a response, as its people and the Registry meet it, against a table of its own.

use focalnet_contract::{Rpc, proto::SubmitResponseRequest};
use serde_json::{Value, json};
use tonic::{Code, Status};

use crate::support::{
    actor::Clients,
    asking::{answer, complaints, entry, fields},
    cast::Org,
    new_id,
    questionnaires::{answers, document},
    refusals::{refused, why},
    respondents::Respondents,
    samples::Read,
    world::World,
};

/// Where a response stands; after an attestation less is possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Draft,
    Submitted,
    Reopened,
    Attested,
    ReopenedAfterwards,
    SubmittedAgain,
}

use Standing::{Attested, Draft, Reopened, ReopenedAfterwards, Submitted, SubmittedAgain};

const STANDINGS: [Standing; 6] = [Draft, Submitted, Reopened, Attested, ReopenedAfterwards, SubmittedAgain];
const ACTS: [Rpc; 5] =
    [Rpc::SaveAnswers, Rpc::SubmitResponse, Rpc::AttestResponse, Rpc::ReopenResponse, Rpc::RecordReminder];

/// The state after an act, as its own people read it; none where it is not allowed.
const fn leads(standing: Standing, act: Rpc) -> Option<&'static str> {
    match (act, standing) {
        (Rpc::SaveAnswers | Rpc::RecordReminder, Draft) => Some("STATE_DRAFT"),
        (Rpc::SubmitResponse, Draft | Reopened | ReopenedAfterwards) | (Rpc::RecordReminder, Submitted) => {
            Some("STATE_SUBMITTED")
        }
        (Rpc::AttestResponse, Submitted | SubmittedAgain) => Some("STATE_ATTESTED"),
        (Rpc::ReopenResponse, Submitted | SubmittedAgain | Attested)
        | (Rpc::SaveAnswers, Reopened | ReopenedAfterwards)
        | (Rpc::RecordReminder, Reopened) => Some("STATE_REOPENED"),
        _ => None,
    }
}

struct Scene {
    world: World,
    questionnaire: Read,
    portugal: Respondents,
}

impl Scene {
    async fn new() -> Self {
        let world = World::new().await;
        let questionnaire = world.published(document()).await;
        let portugal = world.respondents(Org::Portugal);
        Self { world, questionnaire, portugal }
    }

    async fn asked(&self) -> String {
        let state = [self.portugal.name.as_str()];
        self.world.circulates(&self.questionnaire.name, &state, "2100-01-01").await.remove(0)
    }

    /// A response in a standing.
    async fn in_standing(&self, standing: Standing) -> String {
        let response = self.asked().await;
        let portugal = &self.portugal;
        match standing {
            Draft => {}
            Submitted => drop(portugal.submit(&response, answers()).await),
            Reopened => {
                portugal.submit(&response, answers()).await;
                portugal.reopen(&response).await;
            }
            Attested => drop(portugal.attest(&response, answers()).await),
            ReopenedAfterwards => {
                portugal.attest(&response, answers()).await;
                portugal.reopen(&response).await;
            }
            SubmittedAgain => {
                portugal.attest(&response, answers()).await;
                portugal.reopen(&response).await;
                portugal.submit(&response, json!([])).await;
            }
        }
        response
    }

    /// Does an act as whoever it is for, with all that it needs but the state.
    async fn acts(&self, act: Rpc, response: &str) -> Result<Value, Status> {
        let (focal_point, deputy) = (&self.portugal.focal_point, &self.portugal.deputy);
        match act {
            Rpc::SaveAnswers => focal_point.saves(response, answers()).await,
            Rpc::ReopenResponse => focal_point.acts_on(act, response, json!({ "reason": "A law" })).await,
            Rpc::AttestResponse => deputy.acts_on(act, response, json!({})).await,
            Rpc::RecordReminder => {
                let reminder = json!({ "reminder": { "reference": "NV/8" } });
                self.world.registry().officer().acts_on(act, response, reminder).await
            }
            _ => focal_point.acts_on(act, response, json!({})).await,
        }
    }

    async fn seen(&self, response: &str) -> [Vec<u8>; 4] {
        let [own, court] = [&self.portugal.focal_point, &self.world.registry().officer().clients];
        let of = async |who: &Clients| {
            [
                who.bytes_of(Rpc::GetResponse, json!({ "name": response })).await,
                who.bytes_of(Rpc::ListEvents, json!({ "parent": response })).await,
            ]
        };
        let ([a, b], [c, d]) = (of(own).await, of(court).await);
        [a, b, c, d]
    }
}

#[tokio::test]
async fn in_each_state_the_allowed_acts_are_done_and_all_others_refused_without_a_trace() {
    let scene = Scene::new().await;
    for standing in STANDINGS {
        let response = scene.in_standing(standing).await;
        for act in ACTS.into_iter().filter(|act| leads(standing, *act).is_none()) {
            let before = scene.seen(&response).await;
            let told = refused(scene.acts(act, &response).await);
            assert_eq!(told, (Code::FailedPrecondition, "WRONG_STATE".into()), "{act:?} in {standing:?}");
            assert_eq!(scene.seen(&response).await, before, "{act:?} in {standing:?}");
        }
        for act in ACTS.into_iter().filter(|act| leads(standing, *act).is_some()) {
            let response = scene.in_standing(standing).await;
            if act == Rpc::SubmitResponse {
                scene.portugal.focal_point.saves(&response, answers()).await.unwrap();
            }
            scene
                .acts(act, &response)
                .await
                .unwrap_or_else(|told| unreachable!("{act:?} in {standing:?}: {told:?}"));
            let read = scene.portugal.focal_point.reads_response(&response).await.unwrap();
            assert_eq!(read["state"], leads(standing, act).unwrap(), "{act:?} in {standing:?}");
        }
    }
}

#[tokio::test]
async fn what_must_be_answered_is_named_before_a_response_is_submitted() {
    let scene = Scene::new().await;
    let (response, focal_point) = (scene.asked().await, &scene.portugal.focal_point);
    let told = focal_point.acts_on(Rpc::SubmitResponse, &response, json!({})).await.unwrap_err();
    assert_eq!(why(&told), (Code::InvalidArgument, "INCOMPLETE".into()));
    assert_eq!(complaints(&told), [("answers.A1".into(), "is required and not answered".into())]);
    // That it is not known is an answer.
    let unknown = answer("A1", json!({ "absence": "ABSENCE_UNKNOWN" }), json!({}));
    focal_point.saves(&response, json!([unknown])).await.unwrap();
    let submitted = focal_point.acts_on(Rpc::SubmitResponse, &response, json!({})).await.unwrap();
    assert_eq!(submitted["submitter_display_name"], "Somebody called portugal.focal_point");
}

#[tokio::test]
async fn who_submitted_cannot_attest_and_the_other_can() {
    let scene = Scene::new().await;
    for by_deputy in [false, true] {
        let response = scene.asked().await;
        let Respondents { focal_point, deputy, .. } = &scene.portugal;
        let (one, other) = if by_deputy { (deputy, focal_point) } else { (focal_point, deputy) };
        one.saves(&response, answers()).await.unwrap();
        one.acts_on(Rpc::SubmitResponse, &response, json!({})).await.unwrap();
        let told = refused(one.acts_on(Rpc::AttestResponse, &response, json!({})).await);
        assert_eq!(told, (Code::PermissionDenied, "SECOND_PERSON_REQUIRED".into()));
        let attested = other.acts_on(Rpc::AttestResponse, &response, json!({})).await.unwrap();
        assert_eq!(attested["state"], "STATE_ATTESTED");
    }
}

/// Whoever acts has read what stands.
#[tokio::test]
async fn an_act_on_a_response_that_was_read_earlier_is_stale() {
    let scene = Scene::new().await;
    let response = scene.asked().await;
    let focal_point = &scene.portugal.focal_point;
    let read = focal_point.saves(&response, answers()).await.unwrap();
    focal_point.saves(&response, json!([answers()[0]])).await.unwrap();
    let (name, etag) = (response, read["etag"].as_str().unwrap().to_owned());
    let submit = SubmitResponseRequest { name, etag, request_id: new_id() };
    let told = refused(focal_point.questionnaires().submit_response(submit).await);
    assert_eq!(told, (Code::Aborted, "STALE".into()));
}

/// A reason is asked for, and what was attested stays in force until something else is.
#[tokio::test]
async fn what_was_attested_stays_in_force_while_it_is_answered_anew() {
    let scene = Scene::new().await;
    let response = scene.in_standing(Attested).await;
    let Respondents { focal_point, deputy, .. } = &scene.portugal;
    let told =
        focal_point.acts_on(Rpc::ReopenResponse, &response, json!({ "reason": "" })).await.unwrap_err();
    assert_eq!(fields(&told), ["reason"]);
    assert_eq!(scene.portugal.reopen(&response).await["reopen_reason"], "A new law");
    let new = json!([answer("A1", json!({ "boolean": false }), json!({}))]);
    scene.portugal.submit(&response, new).await;

    let officer = scene.world.registry().officer();
    let by_court = async || {
        let read = officer.reads_response(&response).await.unwrap();
        assert_eq!(read["state"], "STATE_ATTESTED");
        let list = json!({ "parent": scene.portugal.name, "filter": "question = A1" });
        let listed = officer.lists(Rpc::ListAnswers, list).await.unwrap().remove(0);
        let shown = entry(&read["answers"], "question", "A1")["value"].clone();
        assert_eq!(shown, listed["value"]);
        shown
    };
    assert_eq!(by_court().await, json!({ "boolean": true }), "the new answer is not confirmed");
    deputy.acts_on(Rpc::AttestResponse, &response, json!({})).await.unwrap();
    assert_eq!(by_court().await, json!({ "boolean": false }));
}
