//! The folder that holds the key ring.

use std::{
    collections::BTreeMap,
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, ErrorKind, Read, Write},
    os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use secrecy::{ExposeSecret, SecretSlice, SecretString};

use super::{digest::random, pem};

/// The files (with `.pem`) that hold an Ed25519 private key.
pub(super) const SIGNING: [&str; 2] = ["token", "receipt"];
/// The files (with `.pem`) that hold 32 random bytes.
pub(super) const SECRETS: [&str; 4] = ["etag", "page", "refresh", "pepper"];

/// What stands before the 32 bytes of an Ed25519 key in `SubjectPublicKeyInfo` (RFC 8410).
const SPKI: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// Why there is no key ring. Each says in one line what to do.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// The system refused.
    #[error("{}: {}", .0.display(), .1)]
    Io(PathBuf, io::Error),
    /// A file of the ring is not there.
    #[error("{}: missing; restore the whole key folder from its backup (a new server makes its own)", .0.display())]
    Missing(PathBuf),
    /// Others may read it: the mode.
    #[error("{}: has mode {:o} and must be closed to others: chmod go= it", .0.display(), .1)]
    Exposed(PathBuf, u32),
    /// The content is not what belongs there.
    #[error("{}: is not {}", .0.display(), .1)]
    Malformed(PathBuf, &'static str),
    /// One key for two purposes.
    #[error("token.pem and receipt.pem hold the same key; a token key must not sign receipts")]
    SameKey,
    /// The server's name cannot stand in a receipt.
    #[error("`{0}` cannot be the server's name: it needs a character and may hold neither space nor plus")]
    Name(String),
    /// No entropy.
    #[error("the system gives no random bytes")]
    Random,
}

/// Secrets by the name of their file.
pub(super) type Secrets = BTreeMap<&'static str, SecretSlice<u8>>;

/// What a folder holds.
pub(super) struct Found {
    /// Secrets in use, by file.
    pub(super) current: Secrets,
    /// Public keys no longer in use, by the file whose place they had.
    pub(super) retired: Vec<(&'static str, [u8; 32])>,
}

/// Makes `folder` with these secrets, unless it holds something already.
///
/// The folder is written beside and renamed into place, which fails when another process was faster.
pub(super) fn create(folder: &Path, secrets: &Secrets) -> Result<(), KeysError> {
    match fs::read_dir(folder).map(|mut entries| entries.next().is_some()) {
        Ok(true) => return Ok(()),
        Ok(false) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(io_error(folder)(error)),
    }
    let suffix = u64::from_ne_bytes(random().map_err(|_| KeysError::Random)?);
    let draft = folder.with_added_extension(format!("{suffix:016x}.new"));
    let written = publish(folder, &draft, secrets);
    if written.is_err() {
        // The first error is the one worth telling.
        let _ = fs::remove_dir_all(&draft);
    }
    match written {
        Err(error) if matches!(error.kind(), ErrorKind::DirectoryNotEmpty | ErrorKind::AlreadyExists) => {
            Ok(())
        }
        other => other.map_err(io_error(folder)),
    }
}

fn publish(folder: &Path, draft: &Path, secrets: &Secrets) -> io::Result<()> {
    if let Some(parent) = folder.parent() {
        fs::create_dir_all(parent)?;
    }
    DirBuilder::new().mode(0o700).create(draft)?;
    for (name, bytes) in secrets {
        let label = if SIGNING.contains(name) { pem::PRIVATE_KEY } else { pem::SECRET };
        let path = draft.join(name).with_extension("pem");
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(pem::write(label, bytes).expose_secret().as_bytes())?;
        file.sync_all()?;
    }
    File::open(draft)?.sync_all()?;
    fs::rename(draft, folder)?;
    // The name itself must outlive a power cut, before anything is signed or hashed with these keys.
    File::open(folder.join(".."))?.sync_all()
}

/// Everything in `folder`.
pub(super) fn read(folder: &Path) -> Result<Found, KeysError> {
    let opened = File::open(folder).map_err(|error| missing_or(folder, error))?;
    check_closed(folder, &opened)?;
    let mut current = Secrets::new();
    for name in SIGNING {
        current.insert(name, secret(&folder.join(name).with_extension("pem"), pem::PRIVATE_KEY)?);
    }
    for name in SECRETS {
        let path = folder.join(name).with_extension("pem");
        let bytes = secret(&path, pem::SECRET)?;
        if bytes.expose_secret().len() != 32 {
            return Err(KeysError::Malformed(path, "a secret of 32 bytes"));
        }
        current.insert(name, bytes);
    }
    Ok(Found { current, retired: retired(&folder.join("retired"))? })
}

fn retired(folder: &Path) -> Result<Vec<(&'static str, [u8; 32])>, KeysError> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        other => other.map_err(io_error(folder))?,
    };
    let mut paths =
        entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>().map_err(io_error(folder))?;
    paths.sort();
    paths.into_iter().map(|path| retired_key(&path)).collect()
}

fn retired_key(path: &Path) -> Result<(&'static str, [u8; 32]), KeysError> {
    let malformed = |what| KeysError::Malformed(path.to_owned(), what);
    let file = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let stem = file.strip_suffix(".pem").and_then(|stem| stem.split_once('-'));
    let purpose = stem.and_then(|(purpose, _)| SIGNING.into_iter().find(|name| *name == purpose));
    let purpose = purpose.ok_or_else(|| malformed("called token-*.pem or receipt-*.pem"))?;
    let text = fs::read_to_string(path).map_err(io_error(path))?;
    let spki = pem::read(pem::PUBLIC_KEY, &text.into());
    let bytes = spki.and_then(|spki| spki.expose_secret().strip_prefix(&SPKI)?.try_into().ok());
    Ok((
        purpose,
        bytes.ok_or_else(|| malformed("an Ed25519 public key, as `openssl pkey -pubout` writes it"))?,
    ))
}

fn secret(path: &Path, label: &'static str) -> Result<SecretSlice<u8>, KeysError> {
    let mut file = File::open(path).map_err(|error| missing_or(path, error))?;
    check_closed(path, &file)?;
    let mut text = String::new();
    file.read_to_string(&mut text).map_err(io_error(path))?;
    let text = SecretString::from(text);
    pem::read(label, &text)
        .ok_or_else(|| KeysError::Malformed(path.to_owned(), "a PEM block of the right kind"))
}

fn check_closed(path: &Path, opened: &File) -> Result<(), KeysError> {
    let mode = opened.metadata().map_err(io_error(path))?.mode() & 0o7777;
    let others = mode & 0o077;
    if others == 0 { Ok(()) } else { Err(KeysError::Exposed(path.to_owned(), mode)) }
}

fn missing_or(path: &Path, error: io::Error) -> KeysError {
    if error.kind() == ErrorKind::NotFound {
        KeysError::Missing(path.to_owned())
    } else {
        KeysError::Io(path.to_owned(), error)
    }
}

fn io_error(path: &Path) -> impl FnOnce(io::Error) -> KeysError {
    move |error| KeysError::Io(path.to_owned(), error)
}

#[cfg(test)]
mod tests {
    use std::{os::unix::fs::PermissionsExt, process::Command, thread};

    use focalnet_contract::receipt::Receipt;

    use super::*;
    use crate::security::Keys;

    const NAME: &str = "focalnet.example";

    fn folder() -> (tempfile::TempDir, PathBuf) {
        let temp = tempfile::tempdir().unwrap();
        let folder = temp.path().join("a/keys");
        (temp, folder)
    }

    fn chmod(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    fn ids(keys: &Keys) -> (Vec<String>, Vec<String>, String) {
        let ids =
            |keys: &[focalnet_contract::receipt::PublicKey]| keys.iter().map(ToString::to_string).collect();
        (ids(keys.token_keys()), ids(keys.receipt_keys()), keys.etag("x", [[0; 32]]))
    }

    #[test]
    fn first_start_creates_and_the_next_reads() {
        let (_temp, folder) = folder();
        let error = Keys::load(&folder, NAME, false).unwrap_err();
        assert!(matches!(error, KeysError::Missing(_)), "{error}");
        let first = Keys::load(&folder, NAME, true).unwrap();
        assert_eq!(ids(&first), ids(&Keys::load(&folder, NAME, true).unwrap()));
        assert_eq!(ids(&first), ids(&Keys::load(&folder, NAME, false).unwrap()));
        assert_eq!(fs::metadata(&folder).unwrap().mode() & 0o777, 0o700);
        for entry in fs::read_dir(&folder).unwrap() {
            assert_eq!(entry.unwrap().metadata().unwrap().mode() & 0o777, 0o600);
        }
        assert_eq!(fs::read_dir(folder.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn an_empty_folder_is_filled() {
        let (temp, _) = folder();
        chmod(temp.path(), 0o700);
        let folder = temp.path().join("keys");
        fs::create_dir(&folder).unwrap();
        Keys::load(&folder, NAME, true).unwrap();
    }

    #[test]
    fn processes_that_start_at_once_share_one_ring() {
        for _ in 0..10 {
            let (_temp, folder) = folder();
            let loaded: Vec<_> = thread::scope(|scope| {
                let threads: Vec<_> =
                    (0..8).map(|_| scope.spawn(|| ids(&Keys::load(&folder, NAME, true).unwrap()))).collect();
                threads.into_iter().map(|thread| thread.join().unwrap()).collect()
            });
            assert!(loaded.iter().all(|ids| *ids == loaded[0]));
            assert_eq!(fs::read_dir(folder.parent().unwrap()).unwrap().count(), 1);
        }
    }

    #[test]
    fn refuses_what_others_can_read() {
        let (_temp, folder) = folder();
        Keys::load(&folder, NAME, true).unwrap();
        for (path, good, bad) in [(folder.clone(), 0o700, 0o750), (folder.join("pepper.pem"), 0o600, 0o604)] {
            chmod(&path, bad);
            let error = Keys::load(&folder, NAME, true).unwrap_err();
            assert!(matches!(&error, KeysError::Exposed(at, mode) if *at == path && *mode == bad), "{error}");
            chmod(&path, good);
        }
        Keys::load(&folder, NAME, true).unwrap();
    }

    #[test]
    fn a_lost_file_is_never_replaced() {
        let (_temp, folder) = folder();
        for file in SIGNING.into_iter().chain(SECRETS) {
            let path = folder.join(file).with_extension("pem");
            Keys::load(&folder, NAME, true).unwrap();
            let kept = fs::read(&path).unwrap();
            fs::remove_file(&path).unwrap();
            let error = Keys::load(&folder, NAME, true).unwrap_err();
            assert!(matches!(&error, KeysError::Missing(at) if *at == path), "{error}");
            OpenOptions::new()
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(&path)
                .unwrap()
                .write_all(&kept)
                .unwrap();
        }
    }

    #[test]
    fn refuses_content_that_does_not_belong() {
        let (_temp, folder) = folder();
        Keys::load(&folder, NAME, true).unwrap();
        let short = pem::write(pem::SECRET, &vec![1; 31].into());
        let no_key = pem::write(pem::PRIVATE_KEY, &vec![1; 48].into());
        let rows = [
            ("etag.pem", short.expose_secret()),
            ("etag.pem", no_key.expose_secret()),
            ("etag.pem", ""),
            ("token.pem", no_key.expose_secret()),
            ("token.pem", short.expose_secret()),
        ];
        for (file, content) in rows {
            let kept = fs::read(folder.join(file)).unwrap();
            fs::write(folder.join(file), content).unwrap();
            let error = Keys::load(&folder, NAME, true).unwrap_err();
            assert!(matches!(error, KeysError::Malformed(..)), "{error}");
            assert!(!format!("{error} {error:?}").contains("AQEB"), "content in the error");
            fs::write(folder.join(file), kept).unwrap();
        }
        fs::copy(folder.join("token.pem"), folder.join("receipt.pem")).unwrap();
        assert!(matches!(Keys::load(&folder, NAME, true), Err(KeysError::SameKey)));
    }

    #[test]
    fn retired_keys_still_verify() {
        let (_temp, folder) = folder();
        let old = Keys::load(&folder, NAME, true).unwrap();
        fs::create_dir(folder.join("retired")).unwrap();
        let spki = [&SPKI, old.receipt_keys()[0].bytes().as_slice()].concat();
        let text = pem::write(pem::PUBLIC_KEY, &spki.into());
        fs::write(folder.join("retired/receipt-2026.pem"), text.expose_secret()).unwrap();
        let fresh = Keys::generate(NAME).unwrap();
        let pkcs8 = fresh.receipt_signer().pair().to_pkcs8v1().unwrap().as_ref().to_vec();
        fs::write(folder.join("receipt.pem"), pem::write(pem::PRIVATE_KEY, &pkcs8.into()).expose_secret())
            .unwrap();

        let new = Keys::load(&folder, NAME, false).unwrap();
        assert_eq!(new.receipt_keys(), [fresh.receipt_keys(), old.receipt_keys()].concat());
        assert_eq!(new.token_keys(), old.token_keys());
        let receipt = Receipt {
            stream: "organizations/00000000-0000-4000-8000-000000000001/keepers".parse().unwrap(),
            index: 1,
            head: [1; 32],
            time: chrono::DateTime::UNIX_EPOCH,
            event: focalnet_domain::names::EventId(uuid::Uuid::nil()),
            event_digest: [2; 32],
        };
        assert_eq!(
            Receipt::verify(&receipt.sign(old.receipt_signer()), new.receipt_keys()),
            Ok(receipt.clone())
        );
        assert_eq!(Receipt::verify(&receipt.sign(new.receipt_signer()), new.receipt_keys()), Ok(receipt));

        fs::write(folder.join("retired/receipt.pem"), text.expose_secret()).unwrap();
        assert!(matches!(Keys::load(&folder, NAME, false), Err(KeysError::Malformed(..))));
    }

    #[test]
    fn openssl_reads_our_keys_and_we_read_its() {
        let (_temp, folder) = folder();
        let old = Keys::load(&folder, NAME, true).unwrap();
        fs::create_dir(folder.join("retired")).unwrap();
        let openssl = |arguments: &[&str]| {
            Command::new("openssl")
                .args(arguments)
                .current_dir(&folder)
                .status()
                .is_ok_and(|status| status.success())
        };
        if !openssl(&["pkey", "-in", "token.pem", "-pubout", "-out", "retired/token-1.pem"]) {
            return; // no openssl with Ed25519 here
        }
        assert!(openssl(&["genpkey", "-algorithm", "ed25519", "-out", "token.pem"]));
        let new = Keys::load(&folder, NAME, false).unwrap();
        assert_eq!(new.token_keys()[1..], *old.token_keys());
        assert_ne!(new.token_keys()[0], old.token_keys()[0]);
    }

    #[test]
    fn debug_shows_no_secret() {
        assert_eq!(
            format!("{:?}", Keys::generate(NAME).unwrap()),
            r#"Keys { name: "focalnet.example", .. }"#
        );
        assert!(matches!(Keys::generate("a b"), Err(KeysError::Name(_))));
    }
}
