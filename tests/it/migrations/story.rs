//! The story, and what `focalnet-load` makes, on every way that a schema can take: up to today, down and up again.

use std::collections::{BTreeMap, BTreeSet};

use focalnet_migrations::{Migrator, MigratorTrait};

use super::{
    contents::Contents,
    fixture::{self, Aged},
    invariants::broken,
    readers::{reads, unread},
};
use crate::support::ledger::texts;

/// What is lost when a step is taken back and taken again, of all that the worlds of these tests hold: tables in which
/// rows are lost, else columns. Each of these files says so where it goes down.
const LOST: &[(&str, &[&str])] = &[
    ("m0001_parties", &["account", "clock_offset", "mandate", "organization"]),
    ("m0002_journal", &["journal_event", "signing_key"]),
    ("m0003_cases", &["case_member", "case_person", "court_case", "court_order"]),
    ("m0004_requests", &["freezing_request", "request_person", "request_purpose", "request_version"]),
    ("m0005_assets", &["asset", "disposition", "measure", "valuation"]),
    ("m0006_threads", &["approval", "clarification", "clarification_message"]),
    ("m0007_directory", &["channel", "designation", "organization.directory_head"]),
    ("m0008_questionnaires", &["answer", "attested_answer", "circulation", "questionnaire", "response"]),
    (
        "m0009_asset_ledger",
        &[
            "allocation",
            "asset.event_id",
            "asset.head",
            "asset.persons",
            "claim",
            "claim_decision",
            "cost",
            "cost_settlement",
            "disposition",
            "encumbrance",
            "measure.event_id",
            "measure_change",
            "ownership",
            "valuation.event_id",
        ],
    ),
    ("m0010_order_work", &["order_work"]),
    ("m0011_asset_shares", &["asset_share"]),
    ("m0013_recovery", &["order_recovery"]),
    ("m0017_messages", &["clarification_message.id"]),
    ("m0018_version_digest", &["request_version.content_sha256"]),
];

/// What a step changes on its way up, by intent, of what was there before it: columns, or tables that it drops.
const REWRITTEN: &[(&str, &[&str])] = &[
    ("m0019_order_changes", &["court_order.changes"]),
    ("m0020_transmissions", &["freezing_request.facts"]),
    ("m0023_state_of_assets", &["asset.audience"]),
    ("m0026_order_terms", &["court_order.facts"]),
];

/// What a table says of a step.
fn said(table: &[(&str, &[&'static str])], step: &str) -> BTreeSet<String> {
    let rows = table.iter().filter(|(name, _)| *name == step);
    rows.flat_map(|(_, what)| what.iter().map(ToString::to_string)).collect()
}

fn names() -> Vec<String> {
    Migrator::migrations().iter().map(|step| step.name().to_owned()).collect()
}

#[tokio::test]
async fn the_story_of_each_release_is_whole_on_the_schema_of_today() {
    for fixture in fixture::all() {
        let mut aged = Aged::holding(&fixture).await;
        assert_eq!(broken(&mut aged.database.superuser).await, <[String; 0]>::default(), "as it was kept");
        let kept = Contents::of(&mut aged.database.superuser).await;
        aged.goes_to(names().len()).await;
        assert_eq!(broken(&mut aged.database.superuser).await, <[String; 0]>::default());
        let meant: BTreeSet<_> =
            names()[fixture.steps..].iter().flat_map(|step| said(REWRITTEN, step)).collect();
        let lost = kept.lost_in(&Contents::of(&mut aged.database.superuser).await);
        assert!(lost.is_subset(&meant), "{lost:?} of the story at step {} is not what it was", fixture.steps);
    }
}

/// Steps that lose nothing are taken down on data, and up again, and nobody sees a difference.
#[tokio::test]
async fn each_of_its_people_reads_everything_before_and_after_a_way_down_and_up() {
    for fixture in fixture::all() {
        let mut aged = Aged::holding(&fixture).await;
        let all = names();
        aged.goes_to(all.len()).await;
        let before = reads(&aged.database).await;
        let requests = "SELECT 'freezingRequests/' || id FROM freezing_request";
        let assets = "SELECT 'assets/' || id FROM asset";
        for every in [requests, assets] {
            let names = texts(&mut aged.database.superuser, every).await;
            assert_eq!(unread(&before, &names), <[&String; 0]>::default(), "of {} nobody reads", names.len());
        }

        let floor = all.iter().rposition(|step| !said(LOST, step).is_empty()).map_or(0, |last| last + 1);
        aged.goes_to(floor).await;
        aged.goes_to(all.len()).await;
        let after = reads(&aged.database).await;
        for (what, answer) in &before {
            assert_eq!(Some(answer), after.get(what), "{what}");
        }
        assert_eq!(before.len(), after.len());
    }
}

/// Step by step, from today to nothing.
#[tokio::test]
async fn what_a_step_cannot_bring_again_is_said() {
    let mut worlds = vec![Aged::loaded().await];
    for fixture in fixture::all() {
        worlds.push(Aged::holding(&fixture).await);
    }
    let mut found = BTreeMap::<String, BTreeSet<String>>::new();
    for mut aged in worlds {
        aged.goes_to(names().len()).await;
        while let Some(step) = aged.steps.checked_sub(1).map(|last| names()[last].clone()) {
            let number = aged.steps;
            let up = Contents::of(&mut aged.database.superuser).await;
            aged.goes_to(number - 1).await;
            let down = Contents::of(&mut aged.database.superuser).await;
            aged.goes_to(number).await;
            let again = Contents::of(&mut aged.database.superuser).await;
            let (lost, moved) = (up.lost_in(&again), down.lost_in(&again));
            assert!(
                lost.is_subset(&said(LOST, &step)),
                "{step} loses {lost:?}: say so in LOST and in its file"
            );
            assert!(moved.is_subset(&said(REWRITTEN, &step)), "{step} changes {moved:?} on its way up");
            found.entry(step).or_default().extend(lost);
            aged.goes_to(number - 1).await;
        }
    }
    for (step, lost) in found {
        assert_eq!(lost, said(LOST, &step), "{step} loses less than is said");
    }
}

#[test]
fn the_file_of_a_step_says_what_it_cannot_take_back() {
    for (step, _) in LOST {
        let file = format!("{}/migrations/src/{step}.rs", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.contains("    // Cannot be taken back: "), "{file}");
    }
}

/// What these tests rely on finds what is broken.
#[tokio::test]
async fn what_is_broken_is_found() {
    let mut aged = Aged::holding(&fixture::all()[0]).await;
    for (spoil, told) in [
        ("DELETE FROM court_case", "fk_freezing_request_case_id"),
        ("UPDATE asset SET head = sha256('other')", "asset.head"),
        ("DELETE FROM journal_event WHERE act = 'acknowledge'", "the events before it are missing"),
    ] {
        aged.does("SET session_replication_role = replica").await;
        aged.does(spoil).await;
        let broken = broken(&mut aged.database.superuser).await;
        assert!(broken.iter().any(|line| line.contains(told)), "{spoil}: {broken:?}");
        aged = Aged::holding(&fixture::all()[0]).await;
    }
}
