//! The journal.

use focalnet_contract::proto::{
    GetReceiptRequest, ListEventsRequest, ListEventsResponse, ListSigningKeysRequest,
    ListSigningKeysResponse, Receipt, journal_service_server::JournalService,
};

use super::edge::{Answer, Asked, Edge};

#[tonic::async_trait]
impl JournalService for Edge {
    async fn list_events(&self, request: Asked<ListEventsRequest>) -> Answer<ListEventsResponse> {
        self.plain(request, async |app, call| app.list_events(&call).await).await
    }

    async fn get_receipt(&self, request: Asked<GetReceiptRequest>) -> Answer<Receipt> {
        self.plain(request, async |app, call| app.get_receipt(&call).await).await
    }

    async fn list_signing_keys(
        &self,
        request: Asked<ListSigningKeysRequest>,
    ) -> Answer<ListSigningKeysResponse> {
        self.plain(request, async |app, call| app.list_signing_keys(&call).await).await
    }
}
