//! The numbers.

use focalnet::authz::Rpc;

/// The number of each method, where it has most to do. A method without one does not build.
pub(super) const fn statements(rpc: Rpc) -> usize {
    match rpc {
        Rpc::GetApproval
        | Rpc::GetCase
        | Rpc::GetClarification
        | Rpc::GetFreezingRequest
        | Rpc::GetOrder
        | Rpc::GetOrganization
        | Rpc::GetReceipt
        | Rpc::GetSelf
        | Rpc::GetUser
        | Rpc::ListApprovals
        | Rpc::ListCases
        | Rpc::ListClarifications
        | Rpc::ListEvents
        | Rpc::ListFreezingRequests
        | Rpc::ListOrders
        | Rpc::ListOrganizations
        | Rpc::ListPersons
        | Rpc::ListSigningKeys
        | Rpc::ListUsers
        | Rpc::Logout => 4,
        Rpc::GetQuestionnaire
        | Rpc::GetResponseStatistics
        | Rpc::ListFocalPoints
        | Rpc::ListQuestionnaires
        | Rpc::ListResponses => 4,
        Rpc::CheckFreezingRequest | Rpc::GetResponse => 5,
        Rpc::ListAnswers => 5,
        Rpc::GetGapAnalysis => 8,
        Rpc::RefreshToken => 6,
        Rpc::CeaseFreezingRequest
        | Rpc::CloseFreezingRequest
        | Rpc::CreateOrganization
        | Rpc::Decline
        | Rpc::DenyFreezingRequest
        | Rpc::TransmitFreezingRequest
        | Rpc::Withdraw => 8,
        Rpc::CreateQuestionnaire => 7,
        Rpc::AcknowledgeFreezingRequest
        | Rpc::CloseConsultation
        | Rpc::ConfirmUrgentTransmission
        | Rpc::CreateCase
        | Rpc::CreateUser
        | Rpc::MarkFreezingRequestReady
        | Rpc::OpenClarification
        | Rpc::OpenConsultation
        | Rpc::PostponeFreezingRequest
        | Rpc::ReportRelease
        | Rpc::ResolveClarification
        | Rpc::ResumeFreezingRequest
        | Rpc::RevokeOrder
        | Rpc::StartExecution
        | Rpc::UpdateOrganization => 9,
        Rpc::DesignateFocalPoint | Rpc::EndDesignation | Rpc::SetChannel => 11,
        Rpc::UpdateQuestionnaire => 9,
        Rpc::PublishQuestionnaire | Rpc::RecordReminder => 10,
        Rpc::SubmitResponse | Rpc::ReopenResponse => 11,
        Rpc::CirculateQuestionnaire | Rpc::SaveAnswers => 12,
        Rpc::AttestResponse => 18,
        Rpc::AddPerson
        | Rpc::AssignAuthority
        | Rpc::ModifyOrder
        | Rpc::ReplyToClarification
        | Rpc::RerouteClarification
        | Rpc::WithdrawFreezingRequest => 10,
        Rpc::GrantMandate
        | Rpc::RecordOrder
        | Rpc::RevokeMandate
        | Rpc::SuspendUser
        | Rpc::UpdateFreezingRequest
        | Rpc::UpdatePersonStatus => 11,
        Rpc::AmendFreezingRequest
        | Rpc::Approve
        | Rpc::AssignMember
        | Rpc::CreateFreezingRequest
        | Rpc::Login
        | Rpc::ReportExecution
        | Rpc::UnassignMember => 12,
        Rpc::ChangePassword => 18,
    }
}

/// The most that any method of its kind may send.
fn limit(rpc: Rpc) -> usize {
    let name = rpc.names().1;
    match rpc {
        // Two transactions, so that no connection is held while passwords are hashed.
        Rpc::ChangePassword => 2 * 12,
        // Two acts in one: the directory follows what was attested.
        Rpc::AttestResponse => 2 * 12,
        // Answers are asked for beside what they answer, however many there are.
        Rpc::GetResponse | Rpc::ListAnswers => 5,
        Rpc::GetGapAnalysis => 8,
        _ if name.starts_with("Get") || name.starts_with("List") => 4,
        _ => 12,
    }
}

#[test]
fn no_method_states_more_than_its_kind_may_send() {
    for rpc in Rpc::ALL {
        assert!(statements(*rpc) <= limit(*rpc), "{rpc:?}");
    }
}
