//! Answered calls.

use super::{said::*, scene::*, *};
use crate::store::Answered;

#[tokio::test]
async fn an_answer_is_read_as_it_was_kept() {
    let scene = Scene::new().await;
    let (tx, request_id) = (&scene.tx, focalnet_domain::ids::new());
    let order = scene.order().await;
    let saved = Answered { digest: vec![0xA1, 0x02], answer: vec![0x01, 0xFE, 0x3C] };
    assert_said(&saved, &[]);
    let Answered { digest, answer } = &saved;
    tx.keep_answer(&scene.permit, "ModifyOrder", request_id, digest, answer, at(2)).await.unwrap();

    let user = scene.court.user();
    let read = tx.answered(user, "ModifyOrder", request_id, at(1)).await.unwrap();
    assert_same(&read, &Some(saved.clone()));
    let call = ("ModifyOrder", Some(request_id));
    let locked = tx.lock_order(&scene.court, order.name, call, at(1)).await.unwrap();
    assert_same(&locked, &Some(Some(saved)));
    let late = tx.lock_order(&scene.court, order.name, call, at(2)).await.unwrap();
    assert_same(&late, &Some(None));
}
