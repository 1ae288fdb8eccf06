//! What the story needs of the server it is played on, beside the contract: a clock that can be set, and the first
//! administrator. Whoever starts the server opens this door; everything else goes through the contract.

use std::pin::Pin;

use chrono::{DateTime, Utc};
use focalnet_contract::client::{Failure, channel};
use secrecy::SecretString;
use tonic::transport::Channel;

/// Something that is being done on the server's side of the door.
pub type Done = Pin<Box<dyn Future<Output = Result<(), Failure>> + Send>>;

/// The way to a server, and what only its operator can do.
pub struct Door {
    endpoint: String,
    channel: Channel,
    set_clock: Box<dyn Fn(DateTime<Utc>) -> Done + Send + Sync>,
    bootstrap: Box<dyn Fn(Administrator) -> Done + Send + Sync>,
}

/// The first administrator of a server, whom nobody else can make.
#[derive(Debug, Clone)]
pub struct Administrator {
    /// Name of the organ.
    pub organization: String,
    /// What to sign in with.
    pub login: String,
    /// The person's name.
    pub display_name: String,
    /// The first password.
    pub password: SecretString,
}

impl Door {
    /// The door to the server at `endpoint`, on this machine.
    pub fn new(
        endpoint: String,
        set_clock: impl Fn(DateTime<Utc>) -> Done + Send + Sync + 'static,
        bootstrap: impl Fn(Administrator) -> Done + Send + Sync + 'static,
    ) -> Result<Self, Failure> {
        let channel = channel::to(&endpoint, None)?;
        Ok(Self { endpoint, channel, set_clock: Box::new(set_clock), bootstrap: Box::new(bootstrap) })
    }

    /// Where the server listens.
    #[must_use]
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// A way to the server.
    #[must_use]
    pub fn channel(&self) -> Channel {
        self.channel.clone()
    }

    /// Makes it this instant for the server; sessions begun before may have ended by it.
    pub(crate) async fn set_clock(&self, at: DateTime<Utc>) -> Result<(), Failure> {
        (self.set_clock)(at).await
    }

    /// Makes the Registry and its first administrator.
    pub(crate) async fn bootstrap(&self, first: Administrator) -> Result<(), Failure> {
        (self.bootstrap)(first).await
    }
}
