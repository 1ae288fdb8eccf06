//! Decisions of Chambers.

use focalnet_contract::proto::{
    GetOrderRequest, ListOrderChangesRequest, ListOrderChangesResponse, ListOrderWorkRequest,
    ListOrderWorkResponse, ListOrdersRequest, ListOrdersResponse, ModifyOrderRequest, Order,
    RecordOrderRequest, RevokeOrderRequest, order_service_server::OrderService,
};

use super::edge::{Answer, Asked, Edge};

#[tonic::async_trait]
impl OrderService for Edge {
    async fn record_order(&self, request: Asked<RecordOrderRequest>) -> Answer<Order> {
        self.act(request, async |app, call, input| app.record_order(&call, input).await).await
    }

    async fn get_order(&self, request: Asked<GetOrderRequest>) -> Answer<Order> {
        self.plain(request, async |app, call| app.get_order(&call).await).await
    }

    async fn list_orders(&self, request: Asked<ListOrdersRequest>) -> Answer<ListOrdersResponse> {
        self.plain(request, async |app, call| app.list_orders(&call).await).await
    }

    async fn list_order_changes(
        &self,
        request: Asked<ListOrderChangesRequest>,
    ) -> Answer<ListOrderChangesResponse> {
        self.plain(request, async |app, call| app.list_order_changes(&call).await).await
    }

    async fn list_order_work(&self, request: Asked<ListOrderWorkRequest>) -> Answer<ListOrderWorkResponse> {
        self.plain(request, async |app, call| app.list_order_work(&call).await).await
    }

    async fn modify_order(&self, request: Asked<ModifyOrderRequest>) -> Answer<Order> {
        self.act(request, async |app, call, input| app.modify_order(&call, input).await).await
    }

    async fn revoke_order(&self, request: Asked<RevokeOrderRequest>) -> Answer<Order> {
        self.act(request, async |app, call, input| app.revoke_order(&call, input).await).await
    }
}
