//! Decisions of Chambers.

use focalnet_contract::{
    Rpc,
    proto::{
        GetOrderRequest, ListOrdersRequest, ListOrdersResponse, ModifyOrderRequest, Order,
        RecordOrderRequest, RevokeOrderRequest, order_service_server::OrderService,
    },
};
use tonic::Request;

use super::edge::{Answer, Edge};

#[tonic::async_trait]
impl OrderService for Edge {
    async fn record_order(&self, request: Request<RecordOrderRequest>) -> Answer<Order> {
        self.act(Rpc::RecordOrder, request, async |app, call, input| app.record_order(&call, input).await)
            .await
    }

    async fn get_order(&self, request: Request<GetOrderRequest>) -> Answer<Order> {
        self.plain(Rpc::GetOrder, request, async |app, call| app.get_order(&call).await).await
    }

    async fn list_orders(&self, request: Request<ListOrdersRequest>) -> Answer<ListOrdersResponse> {
        self.list(Rpc::ListOrders, request, async |app, call| app.list_orders(&call).await).await
    }

    async fn modify_order(&self, request: Request<ModifyOrderRequest>) -> Answer<Order> {
        self.act(Rpc::ModifyOrder, request, async |app, call, input| app.modify_order(&call, input).await)
            .await
    }

    async fn revoke_order(&self, request: Request<RevokeOrderRequest>) -> Answer<Order> {
        self.act(Rpc::RevokeOrder, request, async |app, call, input| app.revoke_order(&call, input).await)
            .await
    }
}
