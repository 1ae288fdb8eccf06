//! Assets from report to release.

use std::sync::Arc;

use focalnet_contract::{
    Rpc,
    proto::{
        AllocateProceedsRequest, Asset, AssetOverview, DecideClaimRequest, GetAssetRequest,
        GetCaseAssetStatusRequest, GetPatrimonyRequest, LiftMeasureRequest, ListAssetsRequest,
        ListAssetsResponse, RecordClaimRequest, RecordCostRequest, RecordDispositionRequest,
        RecordEncumbranceRequest, RecordMeasureRequest, RecordOwnershipRequest, RecordSaleRequest,
        RecordValuationRequest, RenewMeasureRequest, ReportAssetRequest, RevokeAssetShareRequest,
        SettleCostRequest, ShareAssetRequest, UpdateAssetRequest, asset_service_server::AssetService,
    },
};
use focalnet_domain::asset::act::AssetAct;
use prost::Message;
use serde::de::DeserializeOwned;
use tonic::Request;

use super::edge::{Answer, Edge};
use crate::app::{App, Call, Checked};

impl Edge {
    /// An act on an asset: all of them are one use case, which gets what accompanies the act.
    async fn perform_on_asset<Q: Message, T: DeserializeOwned>(
        &self,
        rpc: Rpc,
        request: Request<Q>,
        act: fn(T) -> AssetAct,
    ) -> Answer<Asset> {
        let use_case = async move |app: Arc<App>, call: Call, input: Checked<T>| {
            app.act_on_asset(&call, Checked(input.0.map(act))).await
        };
        self.act(rpc, request, use_case).await
    }
}

#[tonic::async_trait]
impl AssetService for Edge {
    async fn report_asset(&self, request: Request<ReportAssetRequest>) -> Answer<Asset> {
        self.act(Rpc::ReportAsset, request, async |app, call, input| app.report_asset(&call, input).await)
            .await
    }

    async fn get_asset(&self, request: Request<GetAssetRequest>) -> Answer<Asset> {
        self.act(Rpc::GetAsset, request, async |app, call, input| app.get_asset(&call, input).await).await
    }

    async fn list_assets(&self, request: Request<ListAssetsRequest>) -> Answer<ListAssetsResponse> {
        self.search(Rpc::ListAssets, request, async |app, call, input| app.list_assets(&call, input).await)
            .await
    }

    async fn get_case_asset_status(
        &self,
        request: Request<GetCaseAssetStatusRequest>,
    ) -> Answer<AssetOverview> {
        self.act(Rpc::GetCaseAssetStatus, request, async |app, call, input| {
            app.get_case_asset_status(&call, input).await
        })
        .await
    }

    async fn get_patrimony(&self, request: Request<GetPatrimonyRequest>) -> Answer<AssetOverview> {
        self.act(Rpc::GetPatrimony, request, async |app, call, input| app.get_patrimony(&call, input).await)
            .await
    }

    async fn share_asset(&self, request: Request<ShareAssetRequest>) -> Answer<Asset> {
        self.perform_on_asset(Rpc::ShareAsset, request, AssetAct::ShareAsset).await
    }

    async fn revoke_asset_share(&self, request: Request<RevokeAssetShareRequest>) -> Answer<Asset> {
        self.perform_on_asset(Rpc::RevokeAssetShare, request, AssetAct::RevokeAssetShare).await
    }

    async fn update_asset(&self, request: Request<UpdateAssetRequest>) -> Answer<Asset> {
        self.perform_on_asset(Rpc::UpdateAsset, request, AssetAct::Update).await
    }

    async fn record_ownership(&self, request: Request<RecordOwnershipRequest>) -> Answer<Asset> {
        self.perform_on_asset(Rpc::RecordOwnership, request, AssetAct::RecordOwnership).await
    }

    async fn record_measure(&self, request: Request<RecordMeasureRequest>) -> Answer<Asset> {
        self.perform_on_asset(Rpc::RecordMeasure, request, AssetAct::RecordMeasure).await
    }

    async fn renew_measure(&self, request: Request<RenewMeasureRequest>) -> Answer<Asset> {
        self.perform_on_asset(Rpc::RenewMeasure, request, AssetAct::RenewMeasure).await
    }

    async fn lift_measure(&self, request: Request<LiftMeasureRequest>) -> Answer<Asset> {
        self.perform_on_asset(Rpc::LiftMeasure, request, AssetAct::LiftMeasure).await
    }

    async fn record_valuation(&self, request: Request<RecordValuationRequest>) -> Answer<Asset> {
        self.perform_on_asset(Rpc::RecordValuation, request, AssetAct::RecordValuation).await
    }

    async fn record_encumbrance(&self, request: Request<RecordEncumbranceRequest>) -> Answer<Asset> {
        self.perform_on_asset(Rpc::RecordEncumbrance, request, AssetAct::RecordEncumbrance).await
    }

    async fn record_cost(&self, request: Request<RecordCostRequest>) -> Answer<Asset> {
        self.perform_on_asset(Rpc::RecordCost, request, AssetAct::RecordCost).await
    }

    async fn settle_cost(&self, request: Request<SettleCostRequest>) -> Answer<Asset> {
        self.perform_on_asset(Rpc::SettleCost, request, AssetAct::SettleCost).await
    }

    async fn record_claim(&self, request: Request<RecordClaimRequest>) -> Answer<Asset> {
        self.perform_on_asset(Rpc::RecordClaim, request, AssetAct::RecordClaim).await
    }

    async fn decide_claim(&self, request: Request<DecideClaimRequest>) -> Answer<Asset> {
        self.perform_on_asset(Rpc::DecideClaim, request, AssetAct::DecideClaim).await
    }

    async fn record_sale(&self, request: Request<RecordSaleRequest>) -> Answer<Asset> {
        self.perform_on_asset(Rpc::RecordSale, request, AssetAct::RecordSale).await
    }

    async fn record_disposition(&self, request: Request<RecordDispositionRequest>) -> Answer<Asset> {
        self.perform_on_asset(Rpc::RecordDisposition, request, AssetAct::RecordDisposition).await
    }

    async fn allocate_proceeds(&self, request: Request<AllocateProceedsRequest>) -> Answer<Asset> {
        self.perform_on_asset(Rpc::AllocateProceeds, request, AssetAct::AllocateProceeds).await
    }
}
