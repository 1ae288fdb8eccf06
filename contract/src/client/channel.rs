//! The way to a server: TLS, or plain text on this machine only.

use std::{fs, path::Path, time::Duration};

use tonic::transport::{Certificate, Channel, ClientTlsConfig, Endpoint};

use super::failure::Failure;

/// The server when nothing names another.
pub const DEFAULT_ENDPOINT: &str = "http://127.0.0.1:7400";

/// A channel that connects with its first call, and again after a loss.
pub fn to(endpoint: &str, ca: Option<&Path>) -> Result<Channel, Failure> {
    let wrong = |what: &dyn std::fmt::Display| Failure::usage(format!("--endpoint: {endpoint}: {what}"));
    let target = Endpoint::from_shared(endpoint.to_owned()).map_err(|error| wrong(&error))?;
    let target = target
        .connect_timeout(Duration::from_secs(5))
        .user_agent(concat!("focalnet/", env!("CARGO_PKG_VERSION")));
    let target = target.map_err(|error| wrong(&error))?;
    let uri = target.uri();
    let target = match (uri.scheme_str(), ca) {
        (Some("http"), _) if uri.host().is_some_and(is_this_machine) => target,
        (Some("http"), _) => return Err(wrong(&"passwords would travel in the clear; write https://")),
        (Some("https"), Some(ca)) => {
            let pem =
                fs::read(ca).map_err(|error| Failure::usage(format!("--ca: {}: {error}", ca.display())))?;
            let tls = ClientTlsConfig::new().ca_certificate(Certificate::from_pem(pem));
            target.tls_config(tls).map_err(|error| wrong(&error))?
        }
        (Some("https"), None) => {
            return Err(wrong(&"name the server's certificate authority with --ca FILE"));
        }
        _ => return Err(wrong(&"write https://HOST:PORT, or http://127.0.0.1:PORT on this machine")),
    };
    Ok(target.connect_lazy())
}

fn is_this_machine(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<std::net::IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn plain_text_stays_on_this_machine() {
        for good in ["http://127.0.0.1:7400", "http://localhost:1", "http://[::1]:7400", DEFAULT_ENDPOINT] {
            assert!(to(good, None).is_ok(), "{good}");
        }
        for bad in [
            "http://focalnet.example",
            "http://10.0.0.1:7400",
            "https://focalnet.example",
            "ftp://x",
            "x",
            "",
        ] {
            assert!(to(bad, None).is_err(), "{bad}");
        }
    }
}
