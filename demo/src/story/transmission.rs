//! The requests leave, by two persons; what each was sent under stays with it.

use focalnet_contract::{
    client::Failure,
    proto::{
        Channel, FreezingRequest, MarkFreezingRequestReadyRequest, Transmission,
        TransmitFreezingRequestRequest, transmission::Medium,
    },
};

use super::approve;
use crate::{
    cast::{Place, Who},
    output::table,
    person::Person,
    stage::Stage,
    views::word,
};

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let (officer, second) =
        (stage.person(Who::RegistryOfficer).await?, stage.person(Who::RegistryApprover).await?);
    let notes = [
        (Place::Belgium, stage.names.request_belgium.clone(), "NV/2008/COOP/101"),
        (Place::Portugal, stage.names.request_portugal.clone(), "NV/2008/COOP/102"),
        (Place::Congo, stage.names.request_drc.clone(), "NV/2008/COOP/103"),
    ];
    let mut sent = Vec::new();
    for (place, name, reference) in notes {
        let ready: MarkFreezingRequestReadyRequest = officer.on(&name).await?;
        officer.done(officer.requests().mark_freezing_request_ready(ready).await)?;
        let proposed = transmit(&officer, &name, reference).await?;
        approve(&second, &proposed).await?;
        let transmission = officer.request(&name).await?.transmission.unwrap_or_default();
        sent.push(sent_under(place, &transmission));
    }
    stage.tell.say(&format!(
        "{} proposes to transmit the three; nothing is sent yet. {}, another human being, looks at each and approves: \
         now they are with the States. What each was sent under stays with it, whatever changes later:",
        Who::RegistryOfficer.display_name(),
        Who::RegistryApprover.display_name()
    ));
    stage.tell.show(&table(["to", "channel", "languages", "answers used"], sent));
    Ok(())
}

fn sent_under(place: Place, transmission: &Transmission) -> [String; 4] {
    let [channel, languages] = channel(transmission.channel.as_ref());
    let used = transmission.answers_used.as_ref();
    let answers = used.map_or_else(String::new, |used| match &used.attest_time {
        None => format!("none given to version {}", used.version_number),
        Some(time) => format!("version {}, attested {}", used.version_number, day(time)),
    });
    [place.display_name().to_owned(), channel, languages, answers]
}

/// A channel in words: by what, and in which languages.
pub(super) fn channel(channel: Option<&Channel>) -> [String; 2] {
    channel.map_or_else(
        || ["not known".to_owned(), "not known".to_owned()],
        |channel| [word(channel.kind().as_str_name(), "KIND_"), channel.languages.join(", ")],
    )
}

/// The day of an instant.
pub(super) fn day(time: &prost_types::Timestamp) -> String {
    time.to_string().chars().take(10).collect()
}

/// Proposes to send a request through the formal channel.
pub(super) async fn transmit(
    officer: &Person,
    name: &str,
    reference: &str,
) -> Result<FreezingRequest, Failure> {
    let transmission = Transmission {
        medium: Medium::FormalChannel.into(),
        reference: reference.to_owned(),
        ..Transmission::default()
    };
    let transmit =
        TransmitFreezingRequestRequest { transmission: Some(transmission), ..officer.on(name).await? };
    officer.done(officer.requests().transmit_freezing_request(transmit).await)
}
