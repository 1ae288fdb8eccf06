//! Configuration in layers: `config/default.toml`, which explains every key, then a file, then the environment as
//! `FOCALNET__SECTION__KEY`.

use std::{collections::HashMap, path::PathBuf};

use config::{Environment, File, FileFormat};
use serde::Deserialize;

use crate::security::PasswordCost;

/// The defaults, with every key explained.
pub const DEFAULT: &str = include_str!("../config/default.toml");

/// The whole configuration.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// How strict to be.
    pub profile: Profile,
    /// Folder for the embedded database and the keys; empty: the default of the system.
    pub data_folder: PathBuf,
    /// The database.
    pub database: DatabaseConfig,
    /// The listener.
    pub server: ServerConfig,
    /// Keys, tokens, passwords.
    pub security: SecurityConfig,
    /// Logs.
    pub log: LogConfig,
}

/// How strict to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Profile {
    /// For trying and for tests: embedded database, reflection, a clock that can be set.
    Development,
    /// For real.
    Production,
}

/// The database.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatabaseConfig {
    /// `embedded`, or the URL of the runtime role.
    pub url: String,
    /// URL of the owner's role, for `focalnet migrate` and `focalnet bootstrap`.
    pub owner_url: String,
    /// Connections of one server process.
    pub connections: usize,
    /// Folder of PostgreSQL's binaries, for `embedded`; empty: searched for.
    pub binaries: PathBuf,
}

/// The listener.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServerConfig {
    /// Address and port.
    pub listen: String,
    /// Certificate chain, PEM; empty: no TLS.
    pub tls_certificate: PathBuf,
    /// Private key, PEM, readable by the owner only.
    pub tls_key: PathBuf,
    /// Seconds a call may take.
    pub deadline_seconds: u64,
    /// For whom the server describes itself.
    pub reflection: ReflectionConfig,
}

/// For whom server reflection (v1 and v1alpha) answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReflectionConfig {
    /// For everybody in the development profile, for nobody else.
    Development,
    /// For everybody with a session.
    SignedIn,
    /// For nobody.
    Off,
}

/// Keys, tokens, passwords.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecurityConfig {
    /// Name under which receipts are signed and tokens are issued.
    pub name: String,
    /// Folder of the keys; empty: `keys` in the data folder.
    pub keys_folder: PathBuf,
    /// Argon2id: memory in KiB.
    pub password_memory_kib: u32,
    /// Argon2id: passes.
    pub password_passes: u32,
    /// Argon2id: lanes.
    pub password_lanes: u32,
    /// Hours a session lives at most.
    pub session_hours: i64,
}

impl SecurityConfig {
    /// The cost of a password hash.
    #[must_use]
    pub const fn password_cost(&self) -> PasswordCost {
        PasswordCost {
            memory_kib: self.password_memory_kib,
            passes: self.password_passes,
            lanes: self.password_lanes,
        }
    }
}

/// Logs.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogConfig {
    /// Filter directives, as `info,focalnet=debug`.
    pub filter: String,
    /// `text` or `json`.
    pub format: LogFormat,
}

/// How a log line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines: one JSON object a line.
    Json,
}

impl Config {
    /// Reads the layers; `environment` stands in for the real one in tests.
    pub fn load(
        file: Option<&PathBuf>,
        environment: Option<HashMap<String, String>>,
    ) -> Result<Self, config::ConfigError> {
        let mut builder = config::Config::builder().add_source(File::from_str(DEFAULT, FileFormat::Toml));
        if let Some(file) = file {
            builder = builder.add_source(File::from(file.clone()).required(true));
        }
        let variables = Environment::with_prefix("FOCALNET")
            .prefix_separator("__")
            .separator("__")
            .ignore_empty(true)
            .try_parsing(true)
            .source(environment);
        builder.add_source(variables).build()?.try_deserialize()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(variables: &[(&str, &str)]) -> Result<Config, config::ConfigError> {
        let variables = variables.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        Config::load(None, Some(variables.collect()))
    }

    #[test]
    fn defaults_are_whole_and_the_environment_wins() {
        assert_eq!(load(&[]).unwrap().profile, Profile::Development);
        let changed =
            load(&[("FOCALNET__SERVER__LISTEN", "127.0.0.1:9"), ("FOCALNET__DATABASE__CONNECTIONS", "3")]);
        let changed = changed.unwrap();
        assert_eq!((changed.server.listen.as_str(), changed.database.connections), ("127.0.0.1:9", 3));
    }

    #[test]
    fn a_misspelt_key_is_refused() {
        assert!(load(&[("FOCALNET__SERVER__LISTN", "x")]).unwrap_err().to_string().contains("listn"));
    }
}
