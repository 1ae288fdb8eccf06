//! The numbers.

use focalnet::authz::Rpc;

/// The number of each method, where it has most to do. A method without one does not build.
pub(crate) const fn statements(rpc: Rpc) -> usize {
    match rpc {
        Rpc::GetApproval
        | Rpc::GetAsset
        | Rpc::GetCase
        | Rpc::GetClarification
        | Rpc::GetFreezingRequest
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
        | Rpc::ListFocalPoints
        | Rpc::ListFreezingRequests
        | Rpc::ListOrders
        | Rpc::ListOrganizations
        | Rpc::ListPersons
        | Rpc::ListQuestionnaires
        | Rpc::ListResponses
        | Rpc::ListSigningKeys
        | Rpc::ListUsers
        | Rpc::Logout => 4,
        Rpc::GetCaseAssetStatus | Rpc::GetResponse | Rpc::ListAnswers | Rpc::ListAssets => 5,
        Rpc::CheckFreezingRequest | Rpc::GetPatrimony | Rpc::RefreshToken => 6,
        Rpc::CreateQuestionnaire => 7,
        Rpc::CeaseFreezingRequest
        | Rpc::CloseFreezingRequest
        | Rpc::CreateOrganization
        | Rpc::Decline
        | Rpc::DenyFreezingRequest
        | Rpc::GetGapAnalysis
        | Rpc::Withdraw => 8,
        Rpc::AcknowledgeFreezingRequest
        | Rpc::CloseConsultation
        | Rpc::ConfirmUrgentTransmission
        | Rpc::CreateCase
        | Rpc::CreateUser
        | Rpc::OpenClarification
        | Rpc::OpenConsultation
        | Rpc::PostponeFreezingRequest
        | Rpc::ResolveClarification
        | Rpc::ResumeFreezingRequest
        | Rpc::StartExecution
        | Rpc::UpdateAsset
        | Rpc::UpdateOrganization
        | Rpc::UpdateQuestionnaire => 9,
        Rpc::AddPerson
        | Rpc::AssignAuthority
        | Rpc::DecideClaim
        | Rpc::LiftMeasure
        | Rpc::MarkFreezingRequestReady
        | Rpc::PublishQuestionnaire
        | Rpc::RecordClaim
        | Rpc::RecordCost
        | Rpc::RecordDisposition
        | Rpc::RecordEncumbrance
        | Rpc::RecordOwnership
        | Rpc::RecordReminder
        | Rpc::RecordValuation
        | Rpc::ReplyToClarification
        | Rpc::ReportRelease
        | Rpc::RerouteClarification
        | Rpc::SettleCost
        | Rpc::TransmitFreezingRequest
        | Rpc::WithdrawFreezingRequest => 10,
        Rpc::DesignateFocalPoint
        | Rpc::EndDesignation
        | Rpc::GrantMandate
        | Rpc::RecordMeasure
        | Rpc::RecordOrder
        | Rpc::RenewMeasure
        | Rpc::ReopenResponse
        | Rpc::ReportAsset
        | Rpc::RevokeAssetShare
        | Rpc::RevokeMandate
        | Rpc::RevokeOrder
        | Rpc::SetChannel
        | Rpc::ShareAsset
        | Rpc::SubmitResponse
        | Rpc::SuspendUser
        | Rpc::UpdateFreezingRequest => 11,
        Rpc::AssignMember
        | Rpc::CirculateQuestionnaire
        | Rpc::CreateFreezingRequest
        | Rpc::Login
        | Rpc::ModifyOrder
        | Rpc::SaveAnswers
        | Rpc::UnassignMember
        | Rpc::UpdatePersonStatus => 12,
        Rpc::AllocateProceeds | Rpc::AmendFreezingRequest | Rpc::RecordSale | Rpc::ReportExecution => 13,
        Rpc::Approve => 14,
        Rpc::ChangePassword => 18,
        Rpc::AttestResponse => 20,
    }
}

/// The most that any method of its kind may send.
fn limit(rpc: Rpc) -> usize {
    let name = rpc.names().1;
    match rpc {
        // Two transactions, so that no connection is held while passwords are hashed; and two acts in one, where the
        // directory follows what is attested.
        Rpc::ChangePassword | Rpc::AttestResponse => 2 * 12,
        // The case, the person and the assets.
        Rpc::GetPatrimony => 6,
        // Answers are asked for beside what they answer, however many there are; and a parent that is not seen is told
        // from one that has none.
        Rpc::GetCaseAssetStatus | Rpc::GetResponse | Rpc::ListAnswers | Rpc::ListAssets => 5,
        Rpc::GetGapAnalysis => 8,
        _ if name.starts_with("Get") || name.starts_with("List") => 4,
        // Beside the act itself, what the State has said of its law; or the asset that takes the place of one that was sold.
        // What is allocated is counted under the lock on its order.
        Rpc::AllocateProceeds
        | Rpc::AmendFreezingRequest
        | Rpc::Approve
        | Rpc::RecordSale
        | Rpc::ReportExecution => 14,
        Rpc::CheckFreezingRequest => 6,
        _ => 12,
    }
}

#[test]
fn no_method_states_more_than_its_kind_may_send() {
    for rpc in Rpc::ALL {
        assert!(statements(*rpc) <= limit(*rpc), "{rpc:?}");
    }
}
