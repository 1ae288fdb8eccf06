//! Files that people read and write: for their owner's eyes, never half written, and none written over unasked.

use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
};

use clap::{Arg, ArgAction, ArgMatches};
use focalnet_contract::client::Failure;

/// Most bytes of a file that is read: a questionnaire or its answers are far smaller.
const MAX_BYTES: u64 = 32 << 20;

/// The flag that lets a file be written over.
pub(crate) fn overwrite_flag() -> Arg {
    let flag = Arg::new("overwrite").long("overwrite").action(ArgAction::SetTrue);
    flag.help("Write over a file that is there, with whatever it holds")
}

/// Reads a file.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let unreadable = |error: &dyn std::fmt::Display| Failure::usage(format!("{}: {error}", path.display()));
    let size = fs::metadata(path).map_err(|error| unreadable(&error))?.len();
    if size > MAX_BYTES {
        return Err(unreadable(&"is larger than 32 MiB"));
    }
    fs::read(path).map_err(|error| unreadable(&error))
}

/// Writes a file as a whole, with the flag of [`overwrite_flag`].
pub(crate) fn write(path: &Path, bytes: &[u8], matches: &ArgMatches) -> Result<(), Failure> {
    let unwritable = |error: std::io::Error| {
        let failure = Failure::usage(format!("{}: {error}", path.display()));
        if error.kind() == ErrorKind::AlreadyExists {
            failure.next("choose another name, or add --overwrite if nothing in it is needed.")
        } else {
            failure
        }
    };
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    if !matches.get_flag("overwrite") {
        return options.open(path).and_then(|mut file| file.write_all(bytes)).map_err(unwritable);
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}", focalnet_domain::ids::new()));
    let written = options.open(&beside).and_then(|mut file| file.write_all(bytes));
    let done = written.and_then(|()| fs::rename(&beside, path));
    done.inspect_err(|_| drop(fs::remove_file(&beside))).map_err(unwritable)
}
