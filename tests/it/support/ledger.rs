//! The journal as its readers export it, and as whoever owns the database could change it.

use focalnet_contract::{
    Rpc,
    proto::{ListSigningKeysRequest, Receipt},
    receipt::PublicKey,
};
use focalnet_domain::journal::Event;
use prost_reflect::{DynamicMessage, SerializeOptions};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, Row as _};
use tonic::Status;

use super::{actor::Clients, waiting::pages, world::World};

impl Clients {
    /// Everything the caller may read of the journal of something, as an export of the command line holds it.
    pub(crate) async fn exports(&self, of: &str) -> Result<Vec<Event>, Status> {
        pages(async |token| {
            let list = json!({ "parent": of, "page_size": 7, "page_token": token });
            let page = as_json(&self.call(Rpc::ListEvents, list).await?);
            let events: Vec<Event> = serde_json::from_value(page["events"].clone()).unwrap();
            Ok((events, page["next_page_token"].as_str().unwrap_or_default().to_owned()))
        })
        .await
    }

    /// The public keys of the server.
    pub(crate) async fn signing_keys(&self) -> Vec<PublicKey> {
        let keys = self.journal().list_signing_keys(ListSigningKeysRequest {}).await.unwrap();
        keys.into_inner().signing_keys.iter().map(|key| key.verifier_key.parse().unwrap()).collect()
    }
}

/// An answer as JSON with the names of the contract.
pub(crate) fn as_json(answer: &DynamicMessage) -> Value {
    let options = SerializeOptions::new().use_proto_field_name(true);
    answer.serialize_with_options(serde_json::value::Serializer, &options).unwrap()
}

/// A text field of an answer.
#[track_caller]
pub(crate) fn text(answer: &DynamicMessage, field: &str) -> String {
    answer.get_field_by_name(field).unwrap().as_str().unwrap().to_owned()
}

/// The receipt in the answer of an act.
#[track_caller]
pub(crate) fn receipt(answer: &DynamicMessage) -> Receipt {
    answer.get_field_by_name("receipt").unwrap().as_message().unwrap().transcode_to().unwrap()
}

impl World {
    /// A connection to the database of this world, as a role.
    pub(crate) async fn database_as(&self, role: &str) -> PgConnection {
        PgConnection::connect(&self.base.url(role, &self.database)).await.unwrap()
    }
}

/// Runs statements.
pub(crate) async fn run(connection: &mut PgConnection, sql: &str) -> Result<u64, sqlx::Error> {
    Ok(connection.execute(AssertSqlSafe(sql.to_owned())).await?.rows_affected())
}

/// The first column of what a query finds, as text.
pub(crate) async fn texts(connection: &mut PgConnection, sql: &str) -> Vec<String> {
    let rows = connection.fetch_all(AssertSqlSafe(sql.to_owned())).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}
