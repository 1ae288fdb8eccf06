//! Figures for reports.

use focalnet_contract::{
    Rpc,
    proto::{GetResponseStatisticsRequest, ResponseStatistics, report_service_server::ReportService},
};
use tonic::Request;

use super::edge::{Answer, Edge};

#[tonic::async_trait]
impl ReportService for Edge {
    async fn get_response_statistics(
        &self,
        request: Request<GetResponseStatisticsRequest>,
    ) -> Answer<ResponseStatistics> {
        self.act(Rpc::GetResponseStatistics, request, async |app, call, input| {
            app.get_response_statistics(&call, input).await
        })
        .await
    }
}
