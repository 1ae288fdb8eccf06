//! Assets from report to release.

use std::sync::Arc;

use focalnet_contract::{
    Method,
    proto::{
        AllocateProceedsRequest, Asset, AssetOverview, DecideClaimRequest, GetAssetRequest,
        GetCaseAssetStatusRequest, GetPatrimonyRequest, LiftMeasureRequest, ListAssetSharesRequest,
        ListAssetSharesResponse, ListAssetsRequest, ListAssetsResponse, ListClaimsRequest,
        ListClaimsResponse, ListCostsRequest, ListCostsResponse, ListMeasureChangesRequest,
        ListMeasureChangesResponse, ListValuationsRequest, ListValuationsResponse, RecordClaimRequest,
        RecordCostRequest, RecordDispositionRequest, RecordEncumbranceRequest, RecordMeasureRequest,
        RecordOwnershipRequest, RecordSaleRequest, RecordValuationRequest, RenewMeasureRequest,
        ReportAssetRequest, RevokeAssetShareRequest, SettleCostRequest, ShareAssetRequest,
        UpdateAssetRequest, asset_service_server::AssetService,
    },
};
use focalnet_domain::asset::act::AssetAct;
use serde::de::DeserializeOwned;

use super::edge::{Answer, Asked, Edge};
use crate::app::{App, Call, Input};

impl Edge {
    /// An act on an asset: all of them are one use case, which gets what accompanies the act.
    async fn perform_on_asset<Q: Method<Answer = Asset>, T: DeserializeOwned>(
        &self,
        request: Asked<Q>,
        act: fn(T) -> AssetAct,
    ) -> Answer<Asset> {
        let use_case = async move |app: Arc<App>, call: Call, input: Input<T>| {
            app.act_on_asset(&call, Input(input.0.map(act))).await
        };
        self.act(request, use_case).await
    }
}

#[tonic::async_trait]
impl AssetService for Edge {
    async fn report_asset(&self, request: Asked<ReportAssetRequest>) -> Answer<Asset> {
        self.act(request, async |app, call, input| app.report_asset(&call, input).await).await
    }

    async fn get_asset(&self, request: Asked<GetAssetRequest>) -> Answer<Asset> {
        self.act(request, async |app, call, input| app.get_asset(&call, input).await).await
    }

    async fn list_assets(&self, request: Asked<ListAssetsRequest>) -> Answer<ListAssetsResponse> {
        self.act(request, async |app, call, input| app.list_assets(&call, input).await).await
    }

    async fn list_valuations(&self, request: Asked<ListValuationsRequest>) -> Answer<ListValuationsResponse> {
        self.act(request, async |app, call, input| app.list_valuations(&call, input).await).await
    }

    async fn list_costs(&self, request: Asked<ListCostsRequest>) -> Answer<ListCostsResponse> {
        self.act(request, async |app, call, input| app.list_costs(&call, input).await).await
    }

    async fn list_claims(&self, request: Asked<ListClaimsRequest>) -> Answer<ListClaimsResponse> {
        self.act(request, async |app, call, input| app.list_claims(&call, input).await).await
    }

    async fn list_asset_shares(
        &self,
        request: Asked<ListAssetSharesRequest>,
    ) -> Answer<ListAssetSharesResponse> {
        self.act(request, async |app, call, input| app.list_asset_shares(&call, input).await).await
    }

    async fn list_measure_changes(
        &self,
        request: Asked<ListMeasureChangesRequest>,
    ) -> Answer<ListMeasureChangesResponse> {
        self.act(request, async |app, call, input| app.list_measure_changes(&call, input).await).await
    }

    async fn get_case_asset_status(
        &self,
        request: Asked<GetCaseAssetStatusRequest>,
    ) -> Answer<AssetOverview> {
        self.act(request, async |app, call, input| app.get_case_asset_status(&call, input).await).await
    }

    async fn get_patrimony(&self, request: Asked<GetPatrimonyRequest>) -> Answer<AssetOverview> {
        self.act(request, async |app, call, input| app.get_patrimony(&call, input).await).await
    }

    async fn share_asset(&self, request: Asked<ShareAssetRequest>) -> Answer<Asset> {
        self.perform_on_asset(request, AssetAct::ShareAsset).await
    }

    async fn revoke_asset_share(&self, request: Asked<RevokeAssetShareRequest>) -> Answer<Asset> {
        self.perform_on_asset(request, AssetAct::RevokeAssetShare).await
    }

    async fn update_asset(&self, request: Asked<UpdateAssetRequest>) -> Answer<Asset> {
        self.perform_on_asset(request, AssetAct::Update).await
    }

    async fn record_ownership(&self, request: Asked<RecordOwnershipRequest>) -> Answer<Asset> {
        self.perform_on_asset(request, AssetAct::RecordOwnership).await
    }

    async fn record_measure(&self, request: Asked<RecordMeasureRequest>) -> Answer<Asset> {
        self.perform_on_asset(request, AssetAct::RecordMeasure).await
    }

    async fn renew_measure(&self, request: Asked<RenewMeasureRequest>) -> Answer<Asset> {
        self.perform_on_asset(request, AssetAct::RenewMeasure).await
    }

    async fn lift_measure(&self, request: Asked<LiftMeasureRequest>) -> Answer<Asset> {
        self.perform_on_asset(request, AssetAct::LiftMeasure).await
    }

    async fn record_valuation(&self, request: Asked<RecordValuationRequest>) -> Answer<Asset> {
        self.perform_on_asset(request, AssetAct::RecordValuation).await
    }

    async fn record_encumbrance(&self, request: Asked<RecordEncumbranceRequest>) -> Answer<Asset> {
        self.perform_on_asset(request, AssetAct::RecordEncumbrance).await
    }

    async fn record_cost(&self, request: Asked<RecordCostRequest>) -> Answer<Asset> {
        self.perform_on_asset(request, AssetAct::RecordCost).await
    }

    async fn settle_cost(&self, request: Asked<SettleCostRequest>) -> Answer<Asset> {
        self.perform_on_asset(request, AssetAct::SettleCost).await
    }

    async fn record_claim(&self, request: Asked<RecordClaimRequest>) -> Answer<Asset> {
        self.perform_on_asset(request, AssetAct::RecordClaim).await
    }

    async fn decide_claim(&self, request: Asked<DecideClaimRequest>) -> Answer<Asset> {
        self.perform_on_asset(request, AssetAct::DecideClaim).await
    }

    async fn record_sale(&self, request: Asked<RecordSaleRequest>) -> Answer<Asset> {
        self.perform_on_asset(request, AssetAct::RecordSale).await
    }

    async fn record_disposition(&self, request: Asked<RecordDispositionRequest>) -> Answer<Asset> {
        self.perform_on_asset(request, AssetAct::RecordDisposition).await
    }

    async fn allocate_proceeds(&self, request: Asked<AllocateProceedsRequest>) -> Answer<Asset> {
        self.perform_on_asset(request, AssetAct::AllocateProceeds).await
    }
}
