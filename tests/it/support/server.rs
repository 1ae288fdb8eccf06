//! A server in this process, on a port of its own.

use std::sync::Arc;

use chrono::Duration;
use focalnet::testing::{
    app::App, config::Config, runtime, runtime::Database, security::Tokens, server, server::Options,
    store::Entrant,
};
use focalnet_domain::{clock::Clock, ids, names::UserId};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};
use tonic::transport::{Channel, Endpoint};

use super::{actor::Clients, cast::Member};

/// A server in this process. It ends with the runtime of its test.
pub(crate) struct Server {
    /// Its use cases.
    pub(crate) app: Arc<App>,
    /// A connection to it.
    pub(crate) channel: Channel,
    end: oneshot::Sender<()>,
    served: JoinHandle<focalnet::testing::error::Result<()>>,
}

impl Server {
    /// Starts it just as `focalnet serve` does, apart from the command line.
    pub(crate) async fn start(config: &Config, database: &Database) -> Self {
        let app = runtime::app(config, database, config.database.connections).await.unwrap();
        let listener = TcpListener::bind(&config.server.listen).await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (end, ended) = oneshot::channel();
        let shutdown = async {
            // A test that is over drops its end of the channel: then the runtime goes, too.
            if ended.await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        let served = tokio::spawn(server::serve(Arc::clone(&app), listener, Options::default(), shutdown));
        Self { app, channel: connect(&address), end, served }
    }

    /// A session of somebody who has an account in the database, without a login.
    pub(crate) async fn admits(&self, user: UserId, login: &str, tokens: &Tokens) -> Clients {
        let (session, now) = (ids::new(), Clock.now(Duration::zero()));
        let (tx, _) = self.app.store().begin(Entrant::Nobody).await.unwrap();
        tx.insert_session(session, user, false, [0; 32], now, now + Duration::days(1)).await.unwrap();
        tx.commit().await.unwrap();
        let member = Member { name: user.to_string(), login: login.into(), user: user.0, session };
        member.clients(&self.channel, tokens, Duration::zero())
    }

    /// Stops it, and closes its connections to the database.
    pub(crate) async fn stop(self) {
        drop(self.channel);
        self.end.send(()).unwrap();
        self.served.await.unwrap().unwrap();
        self.app.store().clone().close().await.unwrap();
    }
}

/// A connection to a server, made with its first call.
pub(crate) fn connect(address: &str) -> Channel {
    Endpoint::from_shared(format!("http://{address}")).unwrap().tcp_nodelay(true).connect_lazy()
}
