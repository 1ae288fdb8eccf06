//! The numbers.

use focalnet_contract::{Rpc, catalogue::is_read};

use crate::support::dynamic::method;

/// The number of each method, where it has most to do. A method without one does not build.
#[expect(clippy::too_many_lines, reason = "one line for each method")]
pub(crate) const fn statements(rpc: Rpc) -> usize {
    match rpc {
        Rpc::GetApproval
        | Rpc::GetAsset
        | Rpc::GetCase
        | Rpc::GetClarification
        | Rpc::GetOrder
        | Rpc::GetOrganization
        | Rpc::GetQuestionnaire
        | Rpc::GetReceipt
        | Rpc::GetResponseStatistics
        | Rpc::GetSelf
        | Rpc::GetUser
        | Rpc::ListApprovals
        | Rpc::ListCases
        | Rpc::ListClarifications
        | Rpc::ListEvents
        | Rpc::ListDesignations
        | Rpc::ListFocalPoints
        | Rpc::ListFreezingRequests
        | Rpc::ListMessages
        | Rpc::ListOrders
        | Rpc::ListOrganizations
        | Rpc::ListPersons
        | Rpc::ListQuestionnaires
        | Rpc::ListResponses
        | Rpc::ListSigningKeys
        | Rpc::ListUsers
        | Rpc::Logout => 4,
        Rpc::GetFreezingRequest
        | Rpc::GetResponse
        | Rpc::ListAnswers
        | Rpc::ListAssetShares
        | Rpc::ListAssets
        | Rpc::ListChannels
        | Rpc::ListClaims
        | Rpc::ListCosts
        | Rpc::ListMembers
        | Rpc::ListOrderChanges
        | Rpc::ListOrderWork
        | Rpc::ListValuations
        | Rpc::ListVersions => 5,
        Rpc::CheckFreezingRequest | Rpc::ListMeasureChanges | Rpc::RefreshToken => 6,
        Rpc::CreateQuestionnaire | Rpc::GetCaseAssetStatus => 7,
        Rpc::CeaseFreezingRequest
        | Rpc::CloseFreezingRequest
        | Rpc::CreateOrganization
        | Rpc::DenyFreezingRequest
        | Rpc::GetGapAnalysis
        | Rpc::GetPatrimony => 8,
        Rpc::AcknowledgeFreezingRequest
        | Rpc::CloseConsultation
        | Rpc::CreateCase
        | Rpc::CreateUser
        | Rpc::Decline
        | Rpc::OpenClarification
        | Rpc::OpenConsultation
        | Rpc::PostponeFreezingRequest
        | Rpc::ResolveClarification
        | Rpc::ResumeFreezingRequest
        | Rpc::StartExecution
        | Rpc::UpdateOrganization
        | Rpc::UpdateQuestionnaire
        | Rpc::Withdraw => 9,
        Rpc::AddPerson
        | Rpc::AssignAuthority
        | Rpc::ConfirmUrgentTransmission
        | Rpc::MarkFreezingRequestReady
        | Rpc::PublishQuestionnaire
        | Rpc::RecordReminder
        | Rpc::ReplyToClarification
        | Rpc::RerouteClarification
        | Rpc::RevokeOrder
        | Rpc::TransmitFreezingRequest
        | Rpc::UpdateAsset => 10,
        Rpc::DecideClaim
        | Rpc::DesignateFocalPoint
        | Rpc::GrantMandate
        | Rpc::LiftMeasure
        | Rpc::RecordClaim
        | Rpc::RecordCost
        | Rpc::RecordDisposition
        | Rpc::RecordEncumbrance
        | Rpc::RecordOwnership
        | Rpc::RecordValuation
        | Rpc::ReopenResponse
        | Rpc::ReportAsset
        | Rpc::ReportRelease
        | Rpc::RevokeMandate
        | Rpc::SettleCost
        | Rpc::SubmitResponse
        | Rpc::SuspendUser
        | Rpc::UpdateFreezingRequest => 11,
        Rpc::AssignMember
        | Rpc::CirculateQuestionnaire
        | Rpc::CreateFreezingRequest
        | Rpc::EndDesignation
        | Rpc::Login
        | Rpc::RecordMeasure
        | Rpc::RecordOrder
        | Rpc::RenewMeasure
        | Rpc::RevokeAssetShare
        | Rpc::SaveAnswers
        | Rpc::SetChannel
        | Rpc::ShareAsset
        | Rpc::UnassignMember
        | Rpc::WithdrawFreezingRequest => 12,
        Rpc::AmendFreezingRequest | Rpc::ReportExecution | Rpc::UpdatePersonStatus => 13,
        Rpc::AllocateProceeds | Rpc::RecordSale => 14,
        Rpc::Approve | Rpc::ModifyOrder => 15,
        Rpc::ChangePassword => 18,
        Rpc::AttestResponse => 20,
    }
}

/// The most that any method of its kind may send.
fn limit(rpc: Rpc) -> usize {
    match rpc {
        // Two transactions, so that no connection is held while passwords are hashed; and two acts in one, where the
        // directory follows what is attested.
        Rpc::ChangePassword | Rpc::AttestResponse => 2 * 12,
        // The case, the assets, where they belong, and what is to be recovered; of one person, the person.
        Rpc::GetCaseAssetStatus => 7,
        // Answers are asked for beside what they answer, however many there are; what an earlier version says is asked for
        // beside the request.
        Rpc::GetFreezingRequest | Rpc::GetResponse => 5,
        // The asset, and then the measure; of a request, what is known of its State and its persons.
        Rpc::CheckFreezingRequest | Rpc::ListMeasureChanges => 6,
        Rpc::GetGapAnalysis | Rpc::GetPatrimony => 8,
        // A parent that is not seen is told from one that has none.
        _ if is_read(&method(rpc)) && method(rpc).input().get_field_by_name("parent").is_some() => 5,
        _ if is_read(&method(rpc)) => 4,
        // Beside the act itself, what the State has said of its law; or the asset that takes the place of one that was sold.
        // What is allocated is counted under the lock on its order. What ends with an order or a person is told to requests.
        Rpc::AllocateProceeds
        | Rpc::AmendFreezingRequest
        | Rpc::RecordSale
        | Rpc::ReportExecution
        | Rpc::UpdatePersonStatus => 14,
        // Beside the act that was proposed, what it was proposed on; or what was proposed on the order, and is voided.
        Rpc::Approve | Rpc::ModifyOrder => 15,
        _ => 12,
    }
}

#[test]
fn no_method_states_more_than_its_kind_may_send() {
    for rpc in Rpc::ALL {
        assert!(statements(*rpc) <= limit(*rpc), "{rpc:?}");
    }
}
