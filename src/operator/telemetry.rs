//! Logs: structured, on standard error, without content.

use std::io::IsTerminal as _;

use focalnet_contract::client::Failure;
use tracing_subscriber::{EnvFilter, fmt};

use crate::config::{LogConfig, LogFormat};

/// Starts them. Called twice, the first call counts.
pub(crate) fn start(config: &LogConfig) -> Result<(), Failure> {
    let filter =
        EnvFilter::try_new(&config.filter).map_err(|error| Failure::usage(format!("log.filter: {error}")))?;
    let builder =
        fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal());
    let _ = match config.format {
        LogFormat::Text => builder.try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
    Ok(())
}
