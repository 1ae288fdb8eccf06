//! Every method's content becomes what its use case takes, and nothing of it is lost on the way.

use std::collections::HashSet;

use focalnet_contract::{
    Rpc, convert,
    sample::{sample, strip},
    schema::{self, Rules},
};
use focalnet_domain::{
    asset::{NewAsset, act},
    case::{NewCase, PersonFacts, PersonStatusChange},
    freezing_request::{
        acknowledge::{Acknowledge, AssignAuthority},
        cease::Cease,
        consultation::{CloseConsultation, OpenConsultation},
        deny::Deny,
        draft::{Amend, MarkReady, NewFreezingRequest, Update},
        execution::{ReportExecution, StartExecution},
        postpone::{Postpone, Resume},
        release::{Close, ReportRelease},
        transmit::{ConfirmUrgentTransmission, Transmit},
        withdraw::Withdraw,
    },
    order::{Modification, NewOrder, Revocation},
    organization::NewOrganization,
    questionnaire::{Document, DocumentUpdate, response::NewCirculation},
    user::NewUser,
};
use prost_reflect::{Kind, ReflectMessage};
use serde::{Serialize, de::DeserializeOwned};

use super::read;
use crate::{app::content, grpc::envelope::SHARED};

/// Fields of a request that do not belong to its content, and content that an update does not take.
fn is_foreign(rpc: Rpc, name: &str) -> bool {
    SHARED.contains(&name)
        || rpc == Rpc::UpdateFreezingRequest && ["origin", "case", "order", "requested_state"].contains(&name)
        || rpc == Rpc::UpdateAsset
            && !["description", "location", "identifiers", "holder", "persons", "lead_only"].contains(&name)
        || rpc == Rpc::UpdateQuestionnaire && name == "key"
        || rpc == Rpc::UpdateOrganization && ["kind", "country_code", "state"].contains(&name)
}

fn survives<T: DeserializeOwned + Serialize>(rpc: Rpc) -> Rpc {
    let method = schema::method(rpc).unwrap();
    let own: Vec<_> = method.input().fields().filter(|field| !SHARED.contains(&field.name())).collect();
    let whole = own.first().filter(|field| own.len() == 1 && field.kind() == Kind::Message(method.output()));
    for variant in 0..20 {
        let request = sample(&method.input(), variant);
        let (call, content) = read::<T>(rpc, &request).unwrap_or_else(|error| panic!("{rpc:?}: {error:?}"));
        let repeatable = method.input().get_field_by_name("request_id").is_some();
        assert!(call.request_id.is_some() == repeatable && call.digest != [0; 32]);
        let json =
            serde_json::to_value(content.0.unwrap_or_else(|found| panic!("{rpc:?}: {found:?}"))).unwrap();

        let mut sent = whole.map_or(request.clone(), |f| request.get_field(f).as_message().unwrap().clone());
        let top = sent.descriptor();
        strip(&mut sent, &|field| {
            let foreign = *field.parent_message() == top && is_foreign(rpc, field.name());
            Rules::of(field).output_only || foreign
        });
        let kept = convert::from_domain(&top, &json).unwrap();
        assert!(kept == sent, "{rpc:?}: something is lost");

        let mut least = request.clone();
        strip(&mut least, &|field| !Rules::of(field).required && field.containing_oneof().is_none());
        let (_, content) = read::<T>(rpc, &least).unwrap_or_else(|error| panic!("{rpc:?}: {error:?}"));
        assert!(content.0.is_ok(), "{rpc:?}: what is required is enough");
    }
    rpc
}

#[test]
fn content_survives_the_way_in() {
    let mut tried = HashSet::from([
        survives::<NewOrganization>(Rpc::CreateOrganization),
        survives::<content::OrganizationUpdate>(Rpc::UpdateOrganization),
        survives::<NewUser>(Rpc::CreateUser),
        survives::<content::Justification>(Rpc::SuspendUser),
        survives::<content::Grant>(Rpc::GrantMandate),
        survives::<content::Revoke>(Rpc::RevokeMandate),
        survives::<NewCase>(Rpc::CreateCase),
        survives::<PersonFacts>(Rpc::AddPerson),
        survives::<PersonStatusChange>(Rpc::UpdatePersonStatus),
        survives::<content::Member>(Rpc::AssignMember),
        survives::<content::Unassign>(Rpc::UnassignMember),
        survives::<NewOrder>(Rpc::RecordOrder),
        survives::<Modification>(Rpc::ModifyOrder),
        survives::<Revocation>(Rpc::RevokeOrder),
        survives::<NewFreezingRequest>(Rpc::CreateFreezingRequest),
        survives::<content::VersionChoice>(Rpc::GetFreezingRequest),
        survives::<Update>(Rpc::UpdateFreezingRequest),
        survives::<MarkReady>(Rpc::MarkFreezingRequestReady),
        survives::<Transmit>(Rpc::TransmitFreezingRequest),
        survives::<ConfirmUrgentTransmission>(Rpc::ConfirmUrgentTransmission),
        survives::<Acknowledge>(Rpc::AcknowledgeFreezingRequest),
        survives::<AssignAuthority>(Rpc::AssignAuthority),
        survives::<StartExecution>(Rpc::StartExecution),
        survives::<ReportExecution>(Rpc::ReportExecution),
        survives::<Postpone>(Rpc::PostponeFreezingRequest),
        survives::<Resume>(Rpc::ResumeFreezingRequest),
        survives::<Deny>(Rpc::DenyFreezingRequest),
        survives::<OpenConsultation>(Rpc::OpenConsultation),
        survives::<CloseConsultation>(Rpc::CloseConsultation),
        survives::<Amend>(Rpc::AmendFreezingRequest),
        survives::<Withdraw>(Rpc::WithdrawFreezingRequest),
        survives::<Cease>(Rpc::CeaseFreezingRequest),
        survives::<ReportRelease>(Rpc::ReportRelease),
        survives::<Close>(Rpc::CloseFreezingRequest),
        survives::<content::AssetQuery>(Rpc::GetAsset),
        survives::<content::AssetQuery>(Rpc::ListAssets),
        survives::<content::KnownQuery>(Rpc::ListValuations),
        survives::<content::KnownQuery>(Rpc::ListCosts),
        survives::<content::KnownQuery>(Rpc::ListClaims),
        survives::<content::KnownQuery>(Rpc::ListAssetShares),
        survives::<content::KnownQuery>(Rpc::ListMeasureChanges),
        survives::<content::OverviewQuery>(Rpc::GetCaseAssetStatus),
        survives::<content::OverviewQuery>(Rpc::GetPatrimony),
        survives::<NewAsset>(Rpc::ReportAsset),
        survives::<act::Update>(Rpc::UpdateAsset),
        survives::<act::RecordOwnership>(Rpc::RecordOwnership),
        survives::<act::RecordMeasure>(Rpc::RecordMeasure),
        survives::<act::RenewMeasure>(Rpc::RenewMeasure),
        survives::<act::LiftMeasure>(Rpc::LiftMeasure),
        survives::<act::RecordValuation>(Rpc::RecordValuation),
        survives::<act::RecordEncumbrance>(Rpc::RecordEncumbrance),
        survives::<act::RecordCost>(Rpc::RecordCost),
        survives::<act::SettleCost>(Rpc::SettleCost),
        survives::<act::RecordClaim>(Rpc::RecordClaim),
        survives::<act::DecideClaim>(Rpc::DecideClaim),
        survives::<act::RecordSale>(Rpc::RecordSale),
        survives::<act::RecordDisposition>(Rpc::RecordDisposition),
        survives::<act::AllocateProceeds>(Rpc::AllocateProceeds),
        survives::<act::ShareAsset>(Rpc::ShareAsset),
        survives::<act::RevokeAssetShare>(Rpc::RevokeAssetShare),
        survives::<content::Justification>(Rpc::Decline),
        survives::<content::OptionalJustification>(Rpc::Withdraw),
        survives::<content::Question>(Rpc::OpenClarification),
        survives::<content::NewMessage>(Rpc::ReplyToClarification),
        survives::<content::OptionalText>(Rpc::RerouteClarification),
        survives::<content::Designate>(Rpc::DesignateFocalPoint),
        survives::<content::EndDate>(Rpc::EndDesignation),
        survives::<content::Day>(Rpc::ListDesignations),
        survives::<content::Day>(Rpc::ListFocalPoints),
        survives::<content::ChannelChoice>(Rpc::SetChannel),
        survives::<Document>(Rpc::CreateQuestionnaire),
        survives::<DocumentUpdate>(Rpc::UpdateQuestionnaire),
        survives::<NewCirculation>(Rpc::CirculateQuestionnaire),
        survives::<content::Answers>(Rpc::SaveAnswers),
        survives::<content::Justification>(Rpc::ReopenResponse),
        survives::<content::ReminderSent>(Rpc::RecordReminder),
        survives::<content::AnswersQuery>(Rpc::ListAnswers),
        survives::<content::GapQuery>(Rpc::GetGapAnalysis),
        survives::<content::StatisticsQuery>(Rpc::GetResponseStatistics),
    ]);
    // By hand, for they hold secrets.
    tried.extend([Rpc::Login, Rpc::RefreshToken, Rpc::ChangePassword]);
    for rpc in Rpc::ALL.iter().filter(|rpc| !tried.contains(rpc)) {
        let input = schema::method(*rpc).unwrap().input();
        assert!(
            input.fields().all(|field| SHARED.contains(&field.name())),
            "{rpc:?} has content that nobody tries"
        );
    }
}
