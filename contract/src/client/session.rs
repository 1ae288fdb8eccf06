//! The session of a profile: its tokens, in a file that only its owner can read.

use std::{
    env,
    fs::{self, DirBuilder, OpenOptions, Permissions},
    io::{ErrorKind, Write},
    os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    process,
};

use prost_reflect::DynamicMessage;
use serde::{Deserialize, Serialize};

use super::failure::Failure;
use crate::client::text_of;

/// Where a profile is signed in, and as whom. It has no `Debug`: it holds the tokens.
#[derive(Clone, Serialize, Deserialize)]
pub struct Session {
    /// The server, the only one that gets these tokens.
    pub endpoint: String,
    /// The certificate authority of that server.
    pub ca: Option<PathBuf>,
    /// The token of each call.
    pub access_token: String,
    /// What gives the next tokens, once.
    pub refresh_token: String,
}

impl Session {
    /// Takes over the tokens of an answer of `AuthService`.
    pub fn accept(&mut self, tokens: &DynamicMessage) {
        self.access_token = text_of(tokens, "access_token").unwrap_or_default();
        self.refresh_token = text_of(tokens, "refresh_token").unwrap_or_default();
    }
}

/// The file of one profile.
#[derive(Debug, Clone)]
pub struct SessionFile {
    path: PathBuf,
}

impl SessionFile {
    /// The file of `profile` in the user's folder for state.
    pub fn of(profile: &str) -> Result<Self, Failure> {
        let state = env::var_os("XDG_STATE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
        let state = state.or_else(|| Some(env::home_dir()?.join(".local/state")));
        let state = state.ok_or_else(|| Failure::usage("no home folder: set XDG_STATE_HOME"))?;
        Self::within(&state.join("focalnet"), profile)
    }

    /// The file of `profile` in a folder.
    pub fn within(folder: &Path, profile: &str) -> Result<Self, Failure> {
        let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
        if profile.is_empty() || !profile.chars().all(plain) {
            return Err(Failure::usage("--profile: write letters, digits, `-` and `_` only"));
        }
        Ok(Self { path: folder.join(format!("{profile}.json")) })
    }

    /// The session, if there is one; a file that others could read is refused.
    pub fn load(&self) -> Result<Option<Session>, Failure> {
        let metadata = match fs::metadata(&self.path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            other => other.map_err(|error| self.failure(&error))?,
        };
        let owner = rustix::process::geteuid().as_raw();
        if metadata.mode() & 0o077 != 0 || metadata.uid() != owner {
            let message =
                format!("{} is not yours alone to read, so its tokens may be known", self.path.display());
            return Err(Failure::usage(message).next("remove it, and sign in again with `focalnet login`."));
        }
        let text = fs::read_to_string(&self.path).map_err(|error| self.failure(&error))?;
        serde_json::from_str(&text).map(Some).map_err(|error| self.failure(&error))
    }

    /// Replaces the session at once, so that no reader finds half of it.
    pub fn save(&self, session: &Session) -> Result<(), Failure> {
        let fresh = self.path.with_extension(format!("{}.new", process::id()));
        let write = || -> std::io::Result<()> {
            if let Some(folder) = self.path.parent() {
                DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
                fs::set_permissions(folder, Permissions::from_mode(0o700))?;
            }
            let mut file =
                OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&fresh)?;
            file.write_all(&serde_json::to_vec(session)?)?;
            file.sync_all()?;
            fs::rename(&fresh, &self.path)
        };
        write().map_err(|error| self.failure(&error))
    }

    /// Forgets the session.
    pub fn remove(&self) -> Result<(), Failure> {
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(self.failure(&error)),
            _ => Ok(()),
        }
    }

    fn failure(&self, error: &dyn std::error::Error) -> Failure {
        Failure::unexpected(format!("{}: {error}", self.path.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session() -> Session {
        let (access_token, refresh_token) = ("a".to_owned(), "r".to_owned());
        Session { endpoint: "http://127.0.0.1:7400".to_owned(), ca: None, access_token, refresh_token }
    }

    #[test]
    fn only_the_owner_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = SessionFile::within(&folder.path().join("focalnet"), "default").unwrap();
        assert!(file.load().unwrap().is_none());
        file.save(&session()).unwrap();
        file.save(&session()).unwrap();
        assert_eq!(fs::metadata(&file.path).unwrap().mode() & 0o777, 0o600);
        assert_eq!(fs::metadata(file.path.parent().unwrap()).unwrap().mode() & 0o777, 0o700);
        assert_eq!(fs::read_dir(file.path.parent().unwrap()).unwrap().count(), 1);
        assert_eq!(file.load().unwrap().unwrap().refresh_token, "r");
        fs::set_permissions(&file.path, Permissions::from_mode(0o640)).unwrap();
        assert!(file.load().is_err());
        file.remove().unwrap();
        file.remove().unwrap();
    }

    #[test]
    fn a_profile_is_no_path() {
        for profile in ["", "../x", "a/b", "a.b"] {
            assert!(SessionFile::within(Path::new("/tmp"), profile).is_err(), "{profile}");
        }
    }
}
