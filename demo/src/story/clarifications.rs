//! Two questions of Portugal: one the Registry answers, one only the Chamber can.

use focalnet_contract::{
    client::Failure,
    proto::{
        Clarification, LocalizedText, OpenClarificationRequest, ReplyToClarificationRequest,
        RerouteClarificationRequest, ResolveClarificationRequest,
        clarification::{Blocks, Topic},
    },
};

use crate::{
    cast::Who,
    person::{Person, refused, request_id},
    stage::Stage,
};

fn words(text: &str) -> LocalizedText {
    LocalizedText { text: text.to_owned(), language_code: "en".to_owned() }
}

pub(super) async fn ask(
    person: &Person,
    request: &str,
    topic: Topic,
    blocks: Blocks,
    text: &str,
) -> Result<String, Failure> {
    let clarification =
        Clarification { topic: topic.into(), blocks: blocks.into(), ..Clarification::default() };
    let open = OpenClarificationRequest {
        parent: request.to_owned(),
        clarification: Some(clarification),
        text: Some(words(text)),
        request_id: request_id(),
    };
    Ok(person.done(person.clarifications().open_clarification(open).await)?.name)
}

pub(super) async fn reply(person: &Person, name: &str, text: &str) -> Result<(), Failure> {
    let reply = ReplyToClarificationRequest { text: Some(words(text)), ..person.on(name).await? };
    person.done(person.clarifications().reply_to_clarification(reply).await)?;
    Ok(())
}

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.tell.chapter("Two questions of Portugal");
    let portugal = stage.person(Who::PortugalFocalPoint).await?;
    let request = stage.names.request_portugal.clone();
    let question = "The Boeing 727 stands at Faro. Who pays for its parking and maintenance?";
    let costs = ask(&portugal, &request, Topic::Costs, Blocks::Unspecified, question).await?;
    stage.tell.say(&format!("COSTS, which blocks nothing: {question}"));
    let question = "May the person, or the airport, be told of the measures, by whom and when?";
    let notify = ask(&portugal, &request, Topic::Notify, Blocks::Request, question).await?;
    stage.tell.say(&format!("NOTIFY, which stops the State's clock: {question}"));

    stage.at("2008-05-30T09:00:00Z").await?;
    let officer = stage.person(Who::RegistryOfficer).await?;
    let answer = "Parking is an ordinary cost of execution and Portugal's (RS 100). Maintenance beyond what keeps the \
                  aircraft from losing value is extraordinary: ask the Registry before it is incurred.";
    reply(&officer, &costs, answer).await?;
    stage.tell.say(&format!("The Registry answers the first: {answer}"));
    let handed_on = RerouteClarificationRequest {
        text: Some(words("Notice is for the Chamber to decide; it has been asked.")),
        ..officer.on(&notify).await?
    };
    officer.done(officer.clarifications().reroute_clarification(handed_on).await)?;
    let late =
        ReplyToClarificationRequest { text: Some(words("We think so.")), ..officer.on(&notify).await? };
    let late = refused(officer.clarifications().reply_to_clarification(late).await)?;
    stage.tell.say("It hands the second on to the Chamber, which alone can interpret its order, and can then not answer in its place:");
    stage.tell.refusal(&late);

    stage.at("2008-06-02T14:00:00Z").await?;
    let chamber = stage.person(Who::LegalOfficer).await?;
    let answer = "No notice before the assets are frozen. The Registrar notifies the person afterwards (RPE 99(2)-(3)); \
                  the airport may be told what it needs to keep the aircraft.";
    reply(&chamber, &notify, answer).await?;
    stage.tell.say(&format!("The Chamber answers: {answer}"));
    let portugal = stage.person(Who::PortugalFocalPoint).await?;
    for name in [&costs, &notify] {
        let resolve: ResolveClarificationRequest = portugal.on(name).await?;
        portugal.done(portugal.clarifications().resolve_clarification(resolve).await)?;
    }
    stage.tell.say("Portugal is content and resolves both.");
    stage.names.clarification_costs = costs;
    stage.names.clarification_notify = notify;
    Ok(())
}
