//! Who runs the server.

use std::{fs, io};

/// The unprivileged user whom a cluster belongs to when we run as root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Owner {
    pub(super) name: String,
    pub(super) uid: u32,
    pub(super) gid: u32,
}

impl Owner {
    /// `None` unless we run as root: then it is ourselves.
    pub(super) fn of_process() -> io::Result<Option<Self>> {
        if !rustix::process::geteuid().is_root() {
            return Ok(None);
        }
        let passwd = fs::read_to_string("/etc/passwd")?;
        let owner = ["postgres", "nobody"].iter().find_map(|name| Self::named(name, &passwd));
        owner.map(Some).ok_or_else(|| {
            io::Error::other(
                "PostgreSQL does not run as root, and /etc/passwd has neither a user postgres nor nobody",
            )
        })
    }

    pub(super) fn named(name: &str, passwd: &str) -> Option<Self> {
        passwd.lines().find_map(|line| {
            let mut fields = line.split(':');
            let (found, _password) = (fields.next()?, fields.next()?);
            let (uid, gid) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
            (found == name).then(|| Self { name: name.to_owned(), uid, gid })
        })
    }
}
