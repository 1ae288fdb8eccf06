//! The connections on which callers call. They call in turn on all of them.

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::{
        PoisonError, RwLock,
        atomic::{AtomicUsize, Ordering},
    },
};

use tonic::transport::{Channel, Endpoint};

use crate::world::Failed;

/// How many connections come from one address: a server may allow an address only so many.
const OF_ADDRESS: usize = 16;
/// How many addresses differ in their last part only.
const LAST_PARTS: usize = 250;

/// The connections to one server; they can be turned to another.
#[derive(Debug, Default)]
pub(crate) struct Line {
    channels: RwLock<Vec<Channel>>,
    next: AtomicUsize,
}

impl Line {
    /// Connects to a server, in place of the connections until now.
    pub(crate) async fn connect(&self, server: &str, connections: usize) -> Result<(), Failed> {
        let mut channels = Vec::with_capacity(connections);
        for number in 0..connections.max(1) {
            let endpoint = Endpoint::from_shared(server.to_owned())?.tcp_nodelay(true);
            channels.push(endpoint.local_address(Some(address(number)?)).connect().await?);
        }
        *self.channels.write().unwrap_or_else(PoisonError::into_inner) = channels;
        Ok(())
    }

    /// The next in turn.
    pub(crate) fn channel(&self) -> Channel {
        let channels = self.channels.read().unwrap_or_else(PoisonError::into_inner);
        channels[self.next.fetch_add(1, Ordering::Relaxed) % channels.len()].clone()
    }
}

/// From where a connection comes: the first from `127.0.0.2`.
fn address(number: usize) -> Result<IpAddr, Failed> {
    let place = number / OF_ADDRESS;
    let (third, last) = (u8::try_from(place / LAST_PARTS)?, u8::try_from(2 + place % LAST_PARTS)?);
    Ok(Ipv4Addr::new(127, 0, third, last).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_connections_come_from_many_addresses() {
        let addresses: Vec<_> = (0..1_000).map(|number| address(number).unwrap()).collect();
        assert_eq!(addresses[0].to_string(), "127.0.0.2");
        assert!(addresses.iter().all(IpAddr::is_loopback));
        for address in &addresses {
            assert!(addresses.iter().filter(|other| *other == address).count() <= OF_ADDRESS);
        }
        assert!(address(LAST_PARTS * OF_ADDRESS).unwrap().to_string().ends_with("127.0.1.2"));
    }
}
