//! The journal.

use std::sync::Arc;

use focalnet_contract::{
    Rpc,
    proto::{
        GetReceiptRequest, ListEventsRequest, ListEventsResponse, ListSigningKeysRequest,
        ListSigningKeysResponse, Receipt, journal_service_server::JournalService,
    },
};
use tonic::Request;

use super::edge::{Answer, Edge};
use crate::app::{App, Call, Page};

#[tonic::async_trait]
impl JournalService for Edge {
    async fn list_events(&self, request: Request<ListEventsRequest>) -> Answer<ListEventsResponse> {
        self.list(Rpc::ListEvents, request, async |app, call| app.list_events(&call).await).await
    }

    async fn get_receipt(&self, request: Request<GetReceiptRequest>) -> Answer<Receipt> {
        self.plain(Rpc::GetReceipt, request, async |app, call| app.get_receipt(&call).await).await
    }

    async fn list_signing_keys(
        &self,
        request: Request<ListSigningKeysRequest>,
    ) -> Answer<ListSigningKeysResponse> {
        let keys = async |app: Arc<App>, call: Call| {
            let items = app.list_signing_keys(&call).await?;
            Ok(Page { items, next_page_token: String::new() })
        };
        self.list(Rpc::ListSigningKeys, request, keys).await
    }
}
