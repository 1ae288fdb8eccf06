//! What follows from the answers: gaps in law, and the directory of States.

use focalnet_contract::{
    client::Failure,
    proto::{
        DirectoryEntry, Gap, GetGapAnalysisRequest, ListFocalPointsRequest, LocalizedText, StateGaps,
        designation::Capacity, gap_rule::Severity,
    },
};

use super::transmission::channel;
use crate::{
    cast::{Place, Who},
    output::table,
    person::Person,
    stage::Stage,
    views::word,
};

/// All that the caller may see.
const ALL: &str = "organizations/-";

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.tell.chapter("What is known of the law of each State");
    gaps(stage).await?;
    directory(stage).await
}

async fn gaps(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let officer = stage.person(Who::RegistryOfficer).await?;
    let portugal = analysis(&officer, &stage.place(Place::Portugal)).await?;
    let rows = portugal
        .into_iter()
        .flat_map(|state| state.gaps)
        .map(|gap| [severity(&gap), gap.question, english(gap.description), gap.provision]);
    stage.tell.say("The server derives from Portugal's answers where its law falls short:");
    stage.tell.show(&table(["severity", "question", "gap", "obligation"], rows));

    let states = analysis(&officer, ALL).await?;
    let claimed = states
        .iter()
        .any(|state| state.requested_state != stage.place(Place::Portugal) && !state.gaps.is_empty());
    if claimed {
        return Err(Failure::unexpected("a gap was claimed where nobody has answered"));
    }
    stage
        .tell
        .say("For all States it counts. Where nobody has answered, nobody knows, and no gap is claimed:");
    let rows = states.iter().map(|state| {
        let of =
            |wanted: Severity| state.gaps.iter().filter(|gap| gap.severity() == wanted).count().to_string();
        let StateGaps { requested_state_display_name: name, no_gap, not_known, .. } = state;
        [
            name.clone(),
            of(Severity::Critical),
            of(Severity::Major),
            of(Severity::Minor),
            no_gap.len().to_string(),
            not_known.len().to_string(),
        ]
    });
    stage.tell.show(&table(["state", "critical", "major", "minor", "no gap", "not known"], rows));
    Ok(())
}

async fn analysis(officer: &Person, parent: &str) -> Result<Vec<StateGaps>, Failure> {
    let get = GetGapAnalysisRequest { parent: parent.to_owned(), ..GetGapAnalysisRequest::default() };
    Ok(officer.questionnaires().get_gap_analysis(get).await?.into_inner().states)
}

fn severity(gap: &Gap) -> String {
    word(gap.severity().as_str_name(), "SEVERITY_")
}

fn english(texts: Vec<LocalizedText>) -> String {
    texts.into_iter().find(|text| text.language_code == "en").map(|text| text.text).unwrap_or_default()
}

async fn directory(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let officer = stage.person(Who::RegistryOfficer).await?;
    let list = ListFocalPointsRequest { parent: ALL.to_owned(), ..ListFocalPointsRequest::default() };
    let entries = officer.directory().list_focal_points(list).await?.into_inner().entries;
    stage.tell.say(
        "The attested answers have fed the directory. Portugal has a focal point, a deputy and a channel; of Belgium \
         and the Democratic Republic of the Congo no focal point is known:",
    );
    let rows = entries.iter().map(|entry| {
        let [channel, languages] = channel(entry.channel.as_ref());
        let designated = |capacity| designated(entry, capacity);
        [
            entry.display_name.clone(),
            designated(Capacity::FocalPoint),
            designated(Capacity::DeputyFocalPoint),
            channel,
            languages,
        ]
    });
    stage.tell.show(&table(["state", "focal point", "deputy", "channel", "languages"], rows));
    Ok(())
}

fn designated(entry: &DirectoryEntry, capacity: Capacity) -> String {
    let contacts = entry.focal_points.iter().filter(|designation| designation.capacity() == capacity);
    let contacts = contacts.filter_map(|designation| designation.contact.as_ref());
    let names: Vec<_> = contacts.map(|contact| contact.person_display_name.as_str()).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}
