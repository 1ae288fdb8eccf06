//! The case: who it is about, and who of the Court works on it.

use focalnet_contract::{
    client::Failure,
    proto::{AddPersonRequest, AssignMemberRequest, Case, CreateCaseRequest, GetCaseRequest, Person},
};

use crate::{
    cast::Who,
    person::{refused, request_id},
    stage::Stage,
};

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.tell.chapter("A case, and who works on it");
    stage.at("2008-05-23T09:00:00Z").await?;
    let officer = stage.person(Who::RegistryOfficer).await?;
    let case = Case {
        situation_number: "ICC-01/05".to_owned(),
        case_number: "ICC-01/05-01/08".to_owned(),
        display_name: "The Prosecutor v. Jean-Pierre Bemba Gombo".to_owned(),
        ..Case::default()
    };
    let create = CreateCaseRequest { case: Some(case), request_id: request_id() };
    let case = officer.done(officer.cases().create_case(create).await)?.name;
    stage.names.case.clone_from(&case);
    let person = Person {
        family_name: "Bemba Gombo".to_owned(),
        given_names: "Jean-Pierre".to_owned(),
        birth_date: "1962-11-04".to_owned(),
        birth_place: "Bokada, Équateur Province".to_owned(),
        nationalities: vec!["CD".to_owned()],
        warrant_date: "2008-05-23".to_owned(),
        ..Person::default()
    };
    let add = AddPersonRequest { parent: case.clone(), person: Some(person), request_id: request_id() };
    stage.names.person_bemba = officer.done(officer.cases().add_person(add).await)?.name;
    stage.tell.say(
        "The Registry opens case ICC-01/05-01/08 in situation ICC-01/05. A warrant of arrest against Jean-Pierre \
         Bemba Gombo is issued under seal this day.",
    );

    let judge = stage.person(Who::Judge).await?;
    let hidden = refused(judge.cases().get_case(GetCaseRequest { name: case.clone() }).await)?;
    for who in [Who::RegistryApprover, Who::LegalOfficer, Who::Judge, Who::Investigator, Who::OtpApprover] {
        let assign = AssignMemberRequest { user: who.login().to_owned(), ..officer.on(&case).await? };
        officer.done(officer.cases().assign_member(assign).await)?;
    }
    judge.cases().get_case(GetCaseRequest { name: case }).await?;
    stage.tell.say("Before she is assigned to it, not even the judge sees the case:");
    stage.tell.refusal(&hidden);
    stage
        .tell
        .say("The officer assigns the Registry's second person, the Chamber's and the Prosecutor's people.");
    Ok(())
}
