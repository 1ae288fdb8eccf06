//! All States, three versions of sixty questions: reading it takes as many statements as for one, and it arrives whole.

use std::collections::BTreeSet;

use focalnet::testing::store::provision::OWNER;
use focalnet_contract::Rpc;
use focalnet_domain::states;
use prost::Message as _;
use serde_json::{Value, json};

use crate::{
    statements::counted,
    support::{
        ledger::run,
        questionnaires::{document, question, words},
        world::World,
    },
};

const STATES: usize = 125;
const QUESTIONS: usize = 60;
const VERSIONS: usize = 3;
/// What a client takes in one message, if it is not told otherwise.
const MESSAGE: usize = 4 << 20;

/// Sixty questions, each of which shows a gap when the answer is no, as worded as the set of the program.
fn sixty_questions() -> Value {
    let text =
        "There is no procedure by which assets can be frozen at the request of the Court before conviction.";
    let both = json!([words(text)[0], { "language_code": "fr", "text": text }]);
    let ask = |number: usize| {
        let key = format!("Q{number}");
        let rule = json!({ "when": format!("${{{key}}} = 'no'"), "severity": "SEVERITY_MAJOR",
                           "provision": "RS 87(1); ICC-ASP/21, annex I, paragraph 9", "description": both });
        question(&key, "BOOLEAN", json!({ "gap_rules": [rule] }))
    };
    let mut document = document();
    document["questions"] = (0..QUESTIONS).map(ask).collect();
    document
}

/// Fills the database as its owner: more States, a circulation of each version to all of them, and all their answers, of
/// which those to the last version say no.
async fn fill(world: &World) {
    let codes = states::all().iter().map(|state| state.alpha2.as_str());
    let missing: Vec<_> = codes.filter(|code| !["PT", "BE", "CD"].contains(code)).take(STATES - 3).collect();
    let sql = format!(
        "INSERT INTO organization (id, kind, display_name, country_code, create_time, head)
         SELECT gen_random_uuid(), 'state', 'State ' || code, code, now(), o.head
         FROM unnest('{{{codes}}}'::text[]) AS code, (SELECT head FROM organization LIMIT 1) AS o;
         INSERT INTO designation (id, state_id, capacity, contact, start_date, create_time)
         SELECT gen_random_uuid(), id, 'focal_point', '{{\"authority\": \"Ministry\"}}', '2020-01-01', now()
         FROM organization WHERE kind = 'state';
         INSERT INTO circulation (id, questionnaire_id, note_verbale, due_date, create_time)
         SELECT gen_random_uuid(), id, 'NV/' || version_number, '2100-01-01', now() FROM questionnaire;
         INSERT INTO response (id, circulation_id, questionnaire_id, requested_state_id, state, reminders, submitter_id,
             attester_id, attest_time, audience, create_time, shared_head)
         SELECT gen_random_uuid(), c.id, c.questionnaire_id, o.id, 'attested', '[]', a.one, a.other, now(), ARRAY[o.id],
             now(), o.head
         FROM circulation c, organization o, (SELECT min(id::text)::uuid AS one, max(id::text)::uuid AS other FROM account) a
         WHERE o.kind = 'state';
         INSERT INTO answer (id, response_id, question, number, value, valid_from_date, shared, author_id,
             author_display_name, create_time, head)
         SELECT gen_random_uuid(), r.id, 'Q' || n, 1, jsonb_build_object('boolean', q.version_number < {VERSIONS}),
             current_date - 300 + 100 * q.version_number, false, r.submitter_id, 'Somebody', now(), r.shared_head
         FROM response r JOIN questionnaire q ON q.id = r.questionnaire_id, generate_series(0, {last}) AS n;
         INSERT INTO attested_answer (id, requested_state_id, response_id, question, number, questionnaire_key,
             version_number, valid_from_date, attest_time)
         SELECT gen_random_uuid(), r.requested_state_id, r.id, a.question, a.number, q.key, q.version_number,
             a.valid_from_date, r.attest_time
         FROM answer a JOIN response r ON r.id = a.response_id JOIN questionnaire q ON q.id = r.questionnaire_id;
         ANALYZE;",
        codes = missing.join(","),
        last = QUESTIONS - 1,
    );
    run(&mut world.database_as(OWNER).await, &sql).await.unwrap();
}

/// What the Registry asks of one State and of all.
fn questions(parent: &str, request: &str) -> [(Rpc, Value); 5] {
    [
        (Rpc::ListAnswers, json!({ "parent": parent, "page_size": 200 })),
        (Rpc::GetGapAnalysis, json!({ "parent": parent })),
        (Rpc::GetGapAnalysis, json!({ "parent": parent, "baseline_date": "2020-01-01" })),
        (Rpc::ListFocalPoints, json!({ "parent": parent, "page_size": 200 })),
        (Rpc::CheckFreezingRequest, json!({ "name": request })),
    ]
}

#[tokio::test]
async fn of_all_states_it_takes_as_many_statements_as_of_one() {
    let world = World::with_statements_logged().await;
    let officer = world.registry().officer();
    for _ in 0..VERSIONS {
        world.published(sixty_questions()).await;
    }
    let request = world.draft_for(&world.portugal()).await;
    let mut before = Vec::new();
    for (rpc, message) in questions("organizations/-", &request) {
        before.push(counted(&world, &officer, rpc, message).await.1.len());
    }
    fill(&world).await;
    for ((rpc, message), few) in questions(world.portugal().name(), &request).into_iter().zip(&before) {
        let (_, sent) = counted(&world, &officer, rpc, message).await;
        assert!(sent.len() >= *few, "{rpc:?}: of one State {}, of all {few}", sent.len());
    }
    for ((rpc, message), few) in questions("organizations/-", &request).into_iter().zip(before) {
        let (answer, sent) = counted(&world, &officer, rpc, message).await;
        assert_eq!(sent.len(), few, "{rpc:?}: {sent:#?}");
        assert!(answer.encoded_len() < MESSAGE, "{rpc:?}: {} bytes", answer.encoded_len());
    }

    // Everybody's answers to everything, each once; all of the last version.
    let all = officer.lists(Rpc::ListAnswers, json!({ "parent": "organizations/-" })).await.unwrap();
    let distinct: BTreeSet<_> =
        all.iter().map(|one| (one["country_code"].to_string(), one["question"].to_string())).collect();
    assert_eq!((all.len(), distinct.len()), (STATES * QUESTIONS, STATES * QUESTIONS));
    assert!(all.iter().all(|answer| answer["version_number"] == VERSIONS));
    let analysis = officer.asks(Rpc::GetGapAnalysis, json!({ "parent": "organizations/-" })).await.unwrap();
    let states = analysis["states"].as_array().unwrap();
    assert_eq!(states.len(), STATES);
    assert!(states.iter().all(|state| state["gaps"].as_array().unwrap().len() == QUESTIONS));
    assert!(states.is_sorted_by_key(|state| state["country_code"].to_string()));
}
