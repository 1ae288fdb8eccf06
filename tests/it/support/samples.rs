//! One call of every method, about given things.

use focalnet::testing::authz::policy::{Rule, rule};
use focalnet_contract::{Rpc, proto::FreezingRequest};
use focalnet_domain::freezing_request::ActKind;
use serde_json::{Value, json};

use super::{
    acts::{Deed, accompaniment, releases},
    assets,
    cast::PASSWORD,
    content, new_id, questionnaires,
};

/// A resource as somebody read it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Read {
    /// Its name.
    pub(crate) name: String,
    /// The etag.
    pub(crate) etag: String,
}

/// What calls are about.
#[derive(Debug, Clone, Default)]
pub(crate) struct Things {
    pub(crate) organization: Read,
    pub(crate) user: Read,
    pub(crate) case: Read,
    pub(crate) person: Read,
    pub(crate) order: Read,
    pub(crate) chamber: String,
    pub(crate) request: FreezingRequest,
    pub(crate) clarification: Read,
    pub(crate) approval: Read,
    pub(crate) event: String,
    pub(crate) designation: Read,
    pub(crate) questionnaire: Read,
    pub(crate) response: Read,
    pub(crate) asset: Read,
    pub(crate) measure: String,
    pub(crate) claim: String,
}

impl Things {
    /// Things of the right form that do not exist.
    pub(crate) fn nowhere() -> Self {
        let name = |pattern: &str| pattern.replace("{}", &new_id());
        let read = |pattern| Read { name: name(pattern), etag: "\"AAAAAAAAAAAAAAAAAAAAAA\"".into() };
        let request = read("freezingRequests/{}");
        let request = FreezingRequest {
            name: request.name,
            etag: request.etag,
            requested_state: name("organizations/{}"),
            ..FreezingRequest::default()
        };
        Self {
            organization: read("organizations/{}"),
            user: read("users/{}"),
            case: read("cases/{}"),
            person: read("cases/{}/persons/{}"),
            order: read("orders/{}"),
            chamber: name("organizations/{}"),
            request,
            clarification: read("freezingRequests/{}/clarifications/{}"),
            approval: read("approvals/{}"),
            event: name("events/{}"),
            designation: read("organizations/{}/designations/{}"),
            questionnaire: read("questionnaires/{}"),
            response: read("responses/{}"),
            asset: read("assets/{}"),
            measure: name("assets/{}/measures/{}"),
            claim: name("assets/{}/claims/{}"),
        }
    }

    /// The same as far as form goes, but none of it exists.
    pub(crate) fn absent(&self) -> Self {
        let read = |read: &Read| Read { name: elsewhere(&read.name), etag: read.etag.clone() };
        let request = FreezingRequest { name: elsewhere(&self.request.name), ..self.request.clone() };
        Self {
            organization: read(&self.organization),
            user: read(&self.user),
            case: read(&self.case),
            person: read(&self.person),
            order: read(&self.order),
            chamber: elsewhere(&self.chamber),
            request,
            clarification: read(&self.clarification),
            approval: read(&self.approval),
            event: elsewhere(&self.event),
            designation: read(&self.designation),
            questionnaire: read(&self.questionnaire),
            response: read(&self.response),
            asset: read(&self.asset),
            measure: elsewhere(&self.measure),
            claim: elsewhere(&self.claim),
        }
    }
}

/// A name of the same form with fresh ids.
pub(crate) fn elsewhere(name: &str) -> String {
    let part = |part: &str| if part.len() == 36 { new_id() } else { part.to_owned() };
    name.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// A call of a method. Not one of them may be missing: then this does not build.
#[expect(clippy::too_many_lines, reason = "one arm for each method")]
pub(crate) fn sample(rpc: Rpc, things: &Things) -> Value {
    let Things { organization, user, case, person, order, chamber, request, clarification, approval, .. } =
        things;
    let Things { event, designation, questionnaire, response, asset, measure, claim, .. } = things;
    let mut message = match rpc {
        Rpc::Login => json!({ "login": "nobody", "password": PASSWORD }),
        Rpc::RefreshToken => json!({ "refresh_token": "never given" }),
        Rpc::Logout | Rpc::GetSelf | Rpc::ListSigningKeys | Rpc::ListCases => json!({}),
        Rpc::ChangePassword => {
            json!({ "current_password": PASSWORD, "new_password": "9 tepid gravel umbrellas" })
        }

        Rpc::CreateOrganization => json!({ "organization": {
            "kind": "KIND_AUTHORITY", "display_name": "Second Unit", "state": organization.name,
        }}),
        Rpc::GetOrganization => json!({ "name": organization.name }),
        Rpc::ListOrganizations => json!({ "filter": format!("state = {}", organization.name) }),
        Rpc::UpdateOrganization => json!({
            "organization": { "name": organization.name, "display_name": "Renamed" }, "etag": organization.etag,
        }),

        Rpc::CreateUser => json!({ "user": {
            "organization": organization.name, "login": "somebody.else", "display_name": "Somebody Else",
        }}),
        Rpc::ListUsers => json!({ "filter": format!("organization = {}", organization.name) }),
        Rpc::GetUser => json!({ "name": user.name }),
        Rpc::SuspendUser => json!({ "name": user.name, "etag": user.etag, "reason": "Gone" }),
        Rpc::GrantMandate => {
            json!({ "name": user.name, "etag": user.etag, "role": "ROLE_DEPUTY_FOCAL_POINT" })
        }
        Rpc::RevokeMandate => {
            json!({ "name": user.name, "etag": user.etag, "role": "ROLE_FOCAL_POINT", "reason": "Gone" })
        }

        Rpc::CreateCase => json!({ "case": {
            "situation_number": "ICC-01/04", "case_number": "ICC-01/04-01/07", "display_name": "Another",
        }}),
        Rpc::GetCase | Rpc::GetCaseAssetStatus => json!({ "name": case.name }),
        Rpc::AddPerson => json!({ "parent": case.name, "person": { "family_name": "Mbala" } }),
        Rpc::ListMembers | Rpc::ListPersons => json!({ "parent": case.name }),
        Rpc::UpdatePersonStatus => json!({
            "name": person.name, "etag": person.etag, "status": "STATUS_CONVICTED", "status_date": "2016-03-21",
            "reason": "Judgment",
        }),
        Rpc::AssignMember => json!({ "name": case.name, "etag": case.etag, "user": user.name }),
        Rpc::UnassignMember => {
            json!({ "name": case.name, "etag": case.etag, "user": user.name, "reason": "Moved" })
        }

        Rpc::RecordOrder => json!({ "order": {
            "case": case.name, "document_number": "ICC-01/05-01/08-9", "chamber": chamber,
            "decision_date": "2008-06-10", "classification": "CLASSIFICATION_CONFIDENTIAL", "measures": ["MEASURE_TRACE", "MEASURE_FREEZE"], "summary": "More of it.",
            "purposes": ["PURPOSE_KIND_FORFEITURE", "PURPOSE_KIND_REPARATIONS"], "persons": [person.name],
        }}),
        Rpc::GetOrder => json!({ "name": order.name }),
        Rpc::ListOrderChanges | Rpc::ListOrderWork => json!({ "parent": order.name }),
        Rpc::ListOrders => json!({ "filter": format!("case = {}", case.name) }),
        Rpc::ModifyOrder => json!({
            "name": order.name, "etag": order.etag, "document_number": "ICC-01/05-01/08-10",
            "decision_date": "2008-06-11", "summary": "Less of it.", "persons": [person.name],
            "ended_purposes": ["PURPOSE_KIND_FORFEITURE"], "ended_for": [person.name], "end_reason": "Served otherwise.",
            "kept_purposes": ["PURPOSE_KIND_REPARATIONS"], "kept_for": [person.name],
        }),
        Rpc::RevokeOrder => json!({
            "name": order.name, "etag": order.etag, "document_number": "ICC-01/05-01/08-11",
            "decision_date": "2008-06-12", "reason": "None of it.",
        }),

        Rpc::CreateFreezingRequest => json!({ "freezing_request": {
            "origin": "ORIGIN_CHAMBER", "case": case.name, "order": order.name,
            "requested_state": request.requested_state, "measures": ["MEASURE_FREEZE"],
            "content": content::json(&person.name),
        }}),
        Rpc::GetFreezingRequest | Rpc::CheckFreezingRequest => json!({ "name": request.name }),
        Rpc::ListFreezingRequests => json!({ "filter": format!("requested_state = {}", organization.name) }),
        Rpc::UpdateFreezingRequest
        | Rpc::MarkFreezingRequestReady
        | Rpc::TransmitFreezingRequest
        | Rpc::ConfirmUrgentTransmission
        | Rpc::AcknowledgeFreezingRequest
        | Rpc::AssignAuthority
        | Rpc::StartExecution
        | Rpc::ReportExecution
        | Rpc::PostponeFreezingRequest
        | Rpc::ResumeFreezingRequest
        | Rpc::DenyFreezingRequest
        | Rpc::OpenConsultation
        | Rpc::CloseConsultation
        | Rpc::AmendFreezingRequest
        | Rpc::WithdrawFreezingRequest
        | Rpc::CeaseFreezingRequest
        | Rpc::CloseFreezingRequest => accompaniment(Deed::from(act_of(rpc)), request),
        Rpc::ReportRelease => {
            let mut message = accompaniment(Deed::from(act_of(rpc)), request);
            let named: Vec<_> =
                Some(asset.name.clone()).filter(|name| !name.is_empty()).into_iter().collect();
            message["releases"] = releases(&named)["releases"].take();
            message
        }

        Rpc::ReportAsset => json!({ "parent": request.name, "asset": assets::yacht() }),
        Rpc::GetAsset => json!({ "name": asset.name }),
        Rpc::ListValuations | Rpc::ListCosts | Rpc::ListClaims | Rpc::ListAssetShares => {
            json!({ "parent": asset.name })
        }
        Rpc::ListMeasureChanges => json!({ "parent": measure }),
        Rpc::GetPatrimony => json!({ "name": person.name }),
        Rpc::UpdateAsset => json!({
            "asset": { "name": asset.name, "holder": "A company of his brother" }, "etag": asset.etag,
        }),
        Rpc::RecordOwnership
        | Rpc::RecordMeasure
        | Rpc::RenewMeasure
        | Rpc::LiftMeasure
        | Rpc::RecordValuation
        | Rpc::RecordEncumbrance
        | Rpc::RecordCost
        | Rpc::SettleCost
        | Rpc::RecordClaim
        | Rpc::DecideClaim
        | Rpc::RecordSale
        | Rpc::RecordDisposition
        | Rpc::AllocateProceeds
        | Rpc::ShareAsset
        | Rpc::RevokeAssetShare => {
            let mut message = assets::accompaniment(rpc, measure, claim);
            message["name"] = asset.name.clone().into();
            message["etag"] = asset.etag.clone().into();
            message
        }

        Rpc::GetApproval => json!({ "name": approval.name }),
        Rpc::ListApprovals => json!({ "filter": format!("subject = {}", request.name) }),
        Rpc::Approve => json!({ "name": approval.name, "etag": approval.etag }),
        Rpc::Decline | Rpc::Withdraw => {
            json!({ "name": approval.name, "etag": approval.etag, "reason": "On second thoughts" })
        }

        Rpc::OpenClarification => json!({
            "parent": request.name, "clarification": { "topic": "TOPIC_COSTS" },
            "text": { "text": "Who pays for parking at Faro?", "language_code": "en" },
        }),
        Rpc::GetClarification => json!({ "name": clarification.name }),
        Rpc::ListMessages => json!({ "parent": clarification.name }),
        Rpc::ReplyToClarification | Rpc::RerouteClarification => json!({
            "name": clarification.name, "etag": clarification.etag,
            "text": { "text": "The State.", "language_code": "en" },
        }),
        Rpc::ResolveClarification => json!({ "name": clarification.name, "etag": clarification.etag }),

        Rpc::ListClarifications | Rpc::ListEvents | Rpc::ListAssets | Rpc::ListVersions => {
            json!({ "parent": request.name })
        }
        Rpc::GetReceipt => json!({ "name": event }),

        Rpc::DesignateFocalPoint => json!({ "parent": organization.name, "designation": {
            "capacity": "CAPACITY_FOCAL_POINT", "start_date": "2008-06-01",
            "contact": { "authority": "Ministry of Justice", "email": "focal.point@justice.example" },
        }}),
        Rpc::EndDesignation => {
            json!({ "name": designation.name, "etag": designation.etag, "end_date": "2030-01-01" })
        }
        Rpc::ListChannels
        | Rpc::ListDesignations
        | Rpc::ListFocalPoints
        | Rpc::ListAnswers
        | Rpc::GetGapAnalysis => json!({ "parent": organization.name }),
        Rpc::SetChannel => json!({ "parent": organization.name, "channel": {
            "kind": "KIND_MINISTRY", "description": "Ministry of Justice", "languages": ["fr", "en"],
        }}),

        Rpc::CreateQuestionnaire => json!({ "questionnaire": questionnaires::document() }),
        Rpc::UpdateQuestionnaire => json!({
            "questionnaire": {
                "name": questionnaire.name, "title": [{ "language_code": "en", "text": "Another title" }],
            },
            "update_mask": "title", "etag": questionnaire.etag,
        }),
        Rpc::PublishQuestionnaire => json!({ "name": questionnaire.name, "etag": questionnaire.etag }),
        Rpc::GetQuestionnaire => json!({ "name": questionnaire.name }),
        Rpc::ListQuestionnaires => json!({ "filter": "key = asset_recovery" }),
        Rpc::CirculateQuestionnaire => json!({ "parent": questionnaire.name, "circulation": {
            "note_verbale": "NV/2008/001", "due_date": "2100-01-01", "requested_states": [organization.name],
        }}),
        Rpc::GetResponse => json!({ "name": response.name }),
        Rpc::ListResponses => json!({ "filter": format!("questionnaire = {}", questionnaire.name) }),
        Rpc::SaveAnswers => json!({ "name": response.name, "answers": questionnaires::answers() }),
        Rpc::SubmitResponse | Rpc::AttestResponse => json!({ "name": response.name, "etag": response.etag }),
        Rpc::ReopenResponse => json!({ "name": response.name, "etag": response.etag, "reason": "A new law" }),
        Rpc::RecordReminder => json!({
            "name": response.name, "etag": response.etag, "reminder": { "reference": "NV/2008/002" },
        }),
        Rpc::GetResponseStatistics => json!({ "start_date": "2008-01-01", "end_date": "2012-01-01" }),
    };
    let input = super::dynamic::method(rpc).input();
    if input.get_field_by_name("request_id").is_some() {
        message["request_id"] = new_id().into();
    }
    message
}

fn act_of(rpc: Rpc) -> ActKind {
    match rule(rpc) {
        Rule::Lifecycle(act) => act,
        _ => unreachable!("{rpc:?} is no act of the lifecycle"),
    }
}
