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
        | Rpc::ListCases
        | Rpc::ListClarifications
        | Rpc::ListDesignations
        | Rpc::ListEvents
        | Rpc::ListFocalPoints
        | Rpc::ListMessages
        | Rpc::ListOrders
        | Rpc::ListOrganizations
        | Rpc::ListPersons
        | Rpc::ListQuestionnaires
        | Rpc::ListResponses
        | Rpc::ListSigningKeys
        | Rpc::ListUsers
        | Rpc::Logout => 3,
        Rpc::CreateQuestionnaire
        | Rpc::GetFreezingRequest
        | Rpc::GetResponse
        | Rpc::ListAnswers
        | Rpc::ListApprovals
        | Rpc::ListAssetShares
        | Rpc::ListChannels
        | Rpc::ListClaims
        | Rpc::ListCosts
        | Rpc::ListFreezingRequests
        | Rpc::ListMembers
        | Rpc::ListOrderChanges
        | Rpc::ListOrderWork
        | Rpc::ListValuations
        | Rpc::ListVersions => 4,
        Rpc::AcknowledgeFreezingRequest
        | Rpc::CeaseFreezingRequest
        | Rpc::CloseConsultation
        | Rpc::CloseFreezingRequest
        | Rpc::ConfirmUrgentTransmission
        | Rpc::CreateCase
        | Rpc::CreateOrganization
        | Rpc::DenyFreezingRequest
        | Rpc::ListAssets
        | Rpc::ListMeasureChanges
        | Rpc::OpenClarification
        | Rpc::OpenConsultation
        | Rpc::PostponeFreezingRequest
        | Rpc::ResumeFreezingRequest
        | Rpc::StartExecution => 5,
        Rpc::AssignAuthority
        | Rpc::CheckFreezingRequest
        | Rpc::CreateUser
        | Rpc::Decline
        | Rpc::GetCaseAssetStatus
        | Rpc::RefreshToken
        | Rpc::ReplyToClarification
        | Rpc::ReportAsset
        | Rpc::ReportExecution
        | Rpc::ReportRelease
        | Rpc::RerouteClarification
        | Rpc::ResolveClarification
        | Rpc::RevokeOrder
        | Rpc::UpdateFreezingRequest
        | Rpc::UpdateOrganization
        | Rpc::UpdateQuestionnaire
        | Rpc::Withdraw
        | Rpc::WithdrawFreezingRequest => 6,
        Rpc::AddPerson
        | Rpc::CirculateQuestionnaire
        | Rpc::DecideClaim
        | Rpc::GetGapAnalysis
        | Rpc::GetPatrimony
        | Rpc::LiftMeasure
        | Rpc::PublishQuestionnaire
        | Rpc::RecordClaim
        | Rpc::RecordCost
        | Rpc::RecordDisposition
        | Rpc::RecordEncumbrance
        | Rpc::RecordOwnership
        | Rpc::RecordReminder
        | Rpc::RecordValuation
        | Rpc::SettleCost
        | Rpc::UpdateAsset => 7,
        Rpc::AssignMember
        | Rpc::CreateFreezingRequest
        | Rpc::DesignateFocalPoint
        | Rpc::GrantMandate
        | Rpc::MarkFreezingRequestReady
        | Rpc::RecordMeasure
        | Rpc::RecordOrder
        | Rpc::RecordSale
        | Rpc::RenewMeasure
        | Rpc::ReopenResponse
        | Rpc::RevokeAssetShare
        | Rpc::RevokeMandate
        | Rpc::SaveAnswers
        | Rpc::ShareAsset
        | Rpc::SubmitResponse
        | Rpc::SuspendUser
        | Rpc::TransmitFreezingRequest
        | Rpc::UnassignMember => 8,
        Rpc::AllocateProceeds
        | Rpc::AmendFreezingRequest
        | Rpc::Approve
        | Rpc::EndDesignation
        | Rpc::SetChannel => 9,
        Rpc::Login | Rpc::UpdatePersonStatus => 11,
        Rpc::AttestResponse | Rpc::ChangePassword => 13,
        Rpc::ModifyOrder => 14,
    }
}

/// The most that any method of its kind may send.
fn limit(rpc: Rpc) -> usize {
    match rpc {
        // Two transactions, so that no connection is held while passwords are hashed; and two acts in one, where the
        // directory follows what is attested.
        Rpc::ChangePassword | Rpc::AttestResponse => 2 * 8,
        // The same, and attempts are counted on their own.
        Rpc::Login => 11,
        // The case, the assets, where they belong, and what is to be recovered; of one person, the person. Of a request, what is
        // known of its State and its persons, and what its order allows.
        Rpc::GetCaseAssetStatus | Rpc::CheckFreezingRequest => 6,
        // Answers are asked for beside what they answer, however many there are; what an earlier version says is asked for
        // beside the request; and of a list, which requests, and then what is told of them.
        Rpc::GetFreezingRequest | Rpc::GetResponse | Rpc::ListApprovals | Rpc::ListFreezingRequests => 4,
        // The asset, and then the measure; the parent, and then which assets, and what is told of them.
        Rpc::ListMeasureChanges | Rpc::ListAssets => 5,
        Rpc::GetGapAnalysis | Rpc::GetPatrimony => 7,
        // A parent that is not seen is told from one that has none.
        _ if is_read(&method(rpc)) && method(rpc).input().get_field_by_name("parent").is_some() => 4,
        _ if is_read(&method(rpc)) => 3,
        // Beside the act itself, what the State has said of its law, and what the order allows; what is allocated is counted under the lock on its
        // order; what was proposed, and on what; or whose place in the directory is taken, and since when.
        Rpc::AllocateProceeds
        | Rpc::AmendFreezingRequest
        | Rpc::Approve
        | Rpc::EndDesignation
        | Rpc::SetChannel => 9,
        // What ends with an order or a person is told to requests, and what is kept is marked; what was proposed on the order is
        // voided.
        Rpc::ModifyOrder | Rpc::UpdatePersonStatus => 14,
        _ => 8,
    }
}

#[test]
fn no_method_states_more_than_its_kind_may_send() {
    for rpc in Rpc::ALL {
        assert!(statements(*rpc) <= limit(*rpc), "{rpc:?}");
    }
}
