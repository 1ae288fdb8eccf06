//! What a request becomes after it was sent: new versions, ends, and what the State did about it.

use focalnet_contract::{
    Rpc,
    proto::{
        FreezingRequest, GetFreezingRequestRequest, ListVersionsRequest, RequestVersion,
        freezing_request::Flag,
    },
};
use focalnet_domain::freezing_request::ActKind;
use serde_json::{Value, json};
use tonic::{Code, Status};

use crate::support::{actor::Actor, new_id, waiting::pages, world::World};

mod assets;
mod ceasing;
mod endings;
mod many;
mod orders;
mod urgent;
mod versions;

/// A day in ISO 8601, so many days from the first day of the test.
fn day(from_now: i64) -> String {
    use chrono::Duration;
    let at = focalnet_domain::clock::Clock.now(Duration::zero()) + Duration::days(from_now);
    at.date_naive().to_string()
}

fn wrong_state() -> (Code, String) {
    (Code::FailedPrecondition, "WRONG_STATE".into())
}

fn flags(read: &FreezingRequest) -> Vec<Flag> {
    read.flags().collect()
}

impl Actor {
    /// Does something to a request as read just before, with what accompanies it.
    pub(crate) async fn acts(&self, rpc: Rpc, name: &str, with: Value) -> Result<FreezingRequest, Status> {
        let read = self.reads(name).await?;
        let mut message = json!({ "name": name, "etag": read.etag, "request_id": new_id() });
        message.as_object_mut().unwrap().extend(with.as_object().unwrap().clone());
        Ok(self.call(rpc, message).await?.transcode_to().unwrap())
    }

    /// Amends a request.
    async fn amends(&self, name: &str, content: Value) -> Result<FreezingRequest, Status> {
        let with = json!({ "content": content, "reason": "New facts" });
        self.acts(Rpc::AmendFreezingRequest, name, with).await
    }

    /// Reads a request as a version of it says.
    async fn reads_version(&self, name: &str, version_number: i32) -> Result<FreezingRequest, Status> {
        let request = GetFreezingRequestRequest { name: name.into(), version_number };
        Ok(Box::pin(self.requests().get_freezing_request(request)).await?.into_inner())
    }

    /// All versions of a request, newest first as the pages of this size have them.
    async fn lists_versions(&self, name: &str, page_size: i32) -> Result<Vec<RequestVersion>, Status> {
        pages(async |page_token| {
            let list = ListVersionsRequest { parent: name.into(), page_size, page_token };
            let page = self.requests().list_versions(list).await?.into_inner();
            Ok((page.versions, page.next_page_token))
        })
        .await
    }
}

impl World {
    /// The officer amends a request and sends the new version.
    async fn amended(&self, name: &str, content: Value) {
        self.registry().officer().amends(name, content).await.unwrap();
        self.performs(ActKind::Transmit, name).await;
    }
}
