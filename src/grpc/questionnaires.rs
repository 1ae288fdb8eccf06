//! Questionnaires, responses, and what follows from answers.

use focalnet_contract::{
    Rpc,
    proto::{
        AttestResponseRequest, CirculateQuestionnaireRequest, Circulation, CreateQuestionnaireRequest,
        GapAnalysis, GetGapAnalysisRequest, GetQuestionnaireRequest, GetResponseRequest, ListAnswersRequest,
        ListAnswersResponse, ListQuestionnairesRequest, ListQuestionnairesResponse, ListResponsesRequest,
        ListResponsesResponse, PublishQuestionnaireRequest, Questionnaire, RecordReminderRequest,
        ReopenResponseRequest, Response, SaveAnswersRequest, SubmitResponseRequest,
        UpdateQuestionnaireRequest, questionnaire_service_server::QuestionnaireService,
    },
};
use tonic::Request;

use super::edge::{Answer, Edge};

#[tonic::async_trait]
impl QuestionnaireService for Edge {
    async fn create_questionnaire(
        &self,
        request: Request<CreateQuestionnaireRequest>,
    ) -> Answer<Questionnaire> {
        self.act(Rpc::CreateQuestionnaire, request, async |app, call, input| {
            app.create_questionnaire(&call, input).await
        })
        .await
    }

    async fn update_questionnaire(
        &self,
        request: Request<UpdateQuestionnaireRequest>,
    ) -> Answer<Questionnaire> {
        self.act(Rpc::UpdateQuestionnaire, request, async |app, call, input| {
            app.update_questionnaire(&call, input).await
        })
        .await
    }

    async fn publish_questionnaire(
        &self,
        request: Request<PublishQuestionnaireRequest>,
    ) -> Answer<Questionnaire> {
        self.act(Rpc::PublishQuestionnaire, request, async |app, call, input| {
            app.publish_questionnaire(&call, input).await
        })
        .await
    }

    async fn get_questionnaire(&self, request: Request<GetQuestionnaireRequest>) -> Answer<Questionnaire> {
        self.plain(Rpc::GetQuestionnaire, request, async |app, call| app.get_questionnaire(&call).await).await
    }

    async fn list_questionnaires(
        &self,
        request: Request<ListQuestionnairesRequest>,
    ) -> Answer<ListQuestionnairesResponse> {
        self.list(Rpc::ListQuestionnaires, request, async |app, call| app.list_questionnaires(&call).await)
            .await
    }

    async fn circulate_questionnaire(
        &self,
        request: Request<CirculateQuestionnaireRequest>,
    ) -> Answer<Circulation> {
        self.act(Rpc::CirculateQuestionnaire, request, async |app, call, input| {
            app.circulate_questionnaire(&call, input).await
        })
        .await
    }

    async fn get_response(&self, request: Request<GetResponseRequest>) -> Answer<Response> {
        self.plain(Rpc::GetResponse, request, async |app, call| app.get_response(&call).await).await
    }

    async fn list_responses(&self, request: Request<ListResponsesRequest>) -> Answer<ListResponsesResponse> {
        self.list(Rpc::ListResponses, request, async |app, call| app.list_responses(&call).await).await
    }

    async fn save_answers(&self, request: Request<SaveAnswersRequest>) -> Answer<Response> {
        self.act(Rpc::SaveAnswers, request, async |app, call, input| app.save_answers(&call, input).await)
            .await
    }

    async fn submit_response(&self, request: Request<SubmitResponseRequest>) -> Answer<Response> {
        self.act(Rpc::SubmitResponse, request, async |app, call, input| {
            app.submit_response(&call, input).await
        })
        .await
    }

    async fn attest_response(&self, request: Request<AttestResponseRequest>) -> Answer<Response> {
        self.act(Rpc::AttestResponse, request, async |app, call, input| {
            app.attest_response(&call, input).await
        })
        .await
    }

    async fn reopen_response(&self, request: Request<ReopenResponseRequest>) -> Answer<Response> {
        self.act(Rpc::ReopenResponse, request, async |app, call, input| {
            app.reopen_response(&call, input).await
        })
        .await
    }

    async fn record_reminder(&self, request: Request<RecordReminderRequest>) -> Answer<Response> {
        self.act(Rpc::RecordReminder, request, async |app, call, input| {
            app.record_reminder(&call, input).await
        })
        .await
    }

    async fn list_answers(&self, request: Request<ListAnswersRequest>) -> Answer<ListAnswersResponse> {
        self.search(Rpc::ListAnswers, request, async |app, call, input| app.list_answers(&call, input).await)
            .await
    }

    async fn get_gap_analysis(&self, request: Request<GetGapAnalysisRequest>) -> Answer<GapAnalysis> {
        self.act(Rpc::GetGapAnalysis, request, async |app, call, input| {
            app.get_gap_analysis(&call, input).await
        })
        .await
    }
}
