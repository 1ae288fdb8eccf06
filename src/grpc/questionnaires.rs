//! Questionnaires, responses, and what follows from answers.

use focalnet_contract::proto::{
    AttestResponseRequest, CirculateQuestionnaireRequest, Circulation, CreateQuestionnaireRequest,
    GapAnalysis, GetGapAnalysisRequest, GetQuestionnaireRequest, GetResponseRequest, ListAnswersRequest,
    ListAnswersResponse, ListQuestionnairesRequest, ListQuestionnairesResponse, ListResponsesRequest,
    ListResponsesResponse, PublishQuestionnaireRequest, Questionnaire, RecordReminderRequest,
    ReopenResponseRequest, Response, SaveAnswersRequest, SubmitResponseRequest, UpdateQuestionnaireRequest,
    questionnaire_service_server::QuestionnaireService,
};

use super::edge::{Answer, Asked, Edge};

#[tonic::async_trait]
impl QuestionnaireService for Edge {
    async fn create_questionnaire(
        &self,
        request: Asked<CreateQuestionnaireRequest>,
    ) -> Answer<Questionnaire> {
        self.act(request, async |app, call, input| app.create_questionnaire(&call, input).await).await
    }

    async fn update_questionnaire(
        &self,
        request: Asked<UpdateQuestionnaireRequest>,
    ) -> Answer<Questionnaire> {
        self.act(request, async |app, call, input| app.update_questionnaire(&call, input).await).await
    }

    async fn publish_questionnaire(
        &self,
        request: Asked<PublishQuestionnaireRequest>,
    ) -> Answer<Questionnaire> {
        self.act(request, async |app, call, input| app.publish_questionnaire(&call, input).await).await
    }

    async fn get_questionnaire(&self, request: Asked<GetQuestionnaireRequest>) -> Answer<Questionnaire> {
        self.plain(request, async |app, call| app.get_questionnaire(&call).await).await
    }

    async fn list_questionnaires(
        &self,
        request: Asked<ListQuestionnairesRequest>,
    ) -> Answer<ListQuestionnairesResponse> {
        self.plain(request, async |app, call| app.list_questionnaires(&call).await).await
    }

    async fn circulate_questionnaire(
        &self,
        request: Asked<CirculateQuestionnaireRequest>,
    ) -> Answer<Circulation> {
        self.act(request, async |app, call, input| app.circulate_questionnaire(&call, input).await).await
    }

    async fn get_response(&self, request: Asked<GetResponseRequest>) -> Answer<Response> {
        self.plain(request, async |app, call| app.get_response(&call).await).await
    }

    async fn list_responses(&self, request: Asked<ListResponsesRequest>) -> Answer<ListResponsesResponse> {
        self.plain(request, async |app, call| app.list_responses(&call).await).await
    }

    async fn save_answers(&self, request: Asked<SaveAnswersRequest>) -> Answer<Response> {
        self.act(request, async |app, call, input| app.save_answers(&call, input).await).await
    }

    async fn submit_response(&self, request: Asked<SubmitResponseRequest>) -> Answer<Response> {
        self.act(request, async |app, call, input| app.submit_response(&call, input).await).await
    }

    async fn attest_response(&self, request: Asked<AttestResponseRequest>) -> Answer<Response> {
        self.act(request, async |app, call, input| app.attest_response(&call, input).await).await
    }

    async fn reopen_response(&self, request: Asked<ReopenResponseRequest>) -> Answer<Response> {
        self.act(request, async |app, call, input| app.reopen_response(&call, input).await).await
    }

    async fn record_reminder(&self, request: Asked<RecordReminderRequest>) -> Answer<Response> {
        self.act(request, async |app, call, input| app.record_reminder(&call, input).await).await
    }

    async fn list_answers(&self, request: Asked<ListAnswersRequest>) -> Answer<ListAnswersResponse> {
        self.act(request, async |app, call, input| app.list_answers(&call, input).await).await
    }

    async fn get_gap_analysis(&self, request: Asked<GetGapAnalysisRequest>) -> Answer<GapAnalysis> {
        self.act(request, async |app, call, input| app.get_gap_analysis(&call, input).await).await
    }
}
