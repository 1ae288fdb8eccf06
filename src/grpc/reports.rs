//! Figures for reports.

use focalnet_contract::proto::{
    GetResponseStatisticsRequest, ResponseStatistics, report_service_server::ReportService,
};

use super::edge::{Answer, Asked, Edge};

#[tonic::async_trait]
impl ReportService for Edge {
    async fn get_response_statistics(
        &self,
        request: Asked<GetResponseStatisticsRequest>,
    ) -> Answer<ResponseStatistics> {
        self.act(request, async |app, call, input| app.get_response_statistics(&call, input).await).await
    }
}
