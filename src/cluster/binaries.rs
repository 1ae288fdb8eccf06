//! Where PostgreSQL's binaries are.

use std::{
    cmp::Reverse,
    env, fs, io,
    path::{Path, PathBuf},
};

use super::{command, owner::Owner};

/// The oldest version that has what we use.
const OLDEST: u32 = 15;
const NEEDED: [&str; 3] = ["postgres", "initdb", "pg_isready"];

/// A folder with the server, the maker of clusters and the probe, all of one version.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Binaries {
    pub(super) folder: PathBuf,
    pub(super) major: u32,
}

impl Binaries {
    /// `setting` alone where it is given, otherwise the first that fits. A cluster runs only with the version that
    /// made it.
    pub(super) fn find(
        setting: Option<&Path>,
        made_by: Option<u32>,
        owner: Option<&Owner>,
    ) -> io::Result<Self> {
        let mut seen = Vec::new();
        for folder in setting.map_or_else(candidates, |folder| vec![folder.to_owned()]) {
            let Some(found) = Self::probe(folder, owner) else { continue };
            if found.major >= OLDEST && made_by.is_none_or(|version| found.major == version) {
                return Ok(found);
            }
            seen.push(format!("{} in {}", found.major, found.folder.display()));
        }
        let os_release = fs::read_to_string("/etc/os-release").unwrap_or_default();
        Err(io::Error::new(io::ErrorKind::NotFound, missing(setting, made_by, &seen, &os_release)))
    }

    fn probe(folder: PathBuf, owner: Option<&Owner>) -> Option<Self> {
        if !NEEDED.iter().all(|name| folder.join(name).is_file()) {
            return None;
        }
        let answer = command(&folder.join("postgres"), owner).arg("--version").output().ok()?;
        Some(Self { major: major(&String::from_utf8_lossy(&answer.stdout))?, folder })
    }
}

/// From `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`; a beta is `17beta1`.
pub(super) fn major(version: &str) -> Option<u32> {
    let number = version.split_whitespace().nth(2)?;
    let digits = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
    number[..digits].parse().ok()
}

/// The `PATH`, then where Debian and the PostgreSQL project's packages put them, which is off the `PATH`.
fn candidates() -> Vec<PathBuf> {
    let mut folders = Vec::new();
    for folder in env::split_paths(&env::var_os("PATH").unwrap_or_default()) {
        // A link in the `PATH` leads to the folder that has the other two as well.
        let Ok(target) = fs::canonicalize(folder.join("postgres")) else { continue };
        let real = target.parent().map(Path::to_owned);
        folders.extend(std::path::absolute(folder).ok().into_iter().chain(real));
    }
    let mut packaged: Vec<_> =
        versions("/usr/lib/postgresql", "").chain(versions("/usr", "pgsql-")).collect();
    packaged.sort_by_key(|(version, _)| Reverse(*version));
    folders.extend(packaged.into_iter().map(|(_, folder)| folder));
    folders.dedup();
    folders
}

fn versions(parent: &str, prefix: &str) -> impl Iterator<Item = (u32, PathBuf)> {
    fs::read_dir(parent).into_iter().flatten().flatten().filter_map(move |entry| {
        let version = entry.file_name().to_str()?.strip_prefix(prefix)?.parse().ok()?;
        Some((version, entry.path().join("bin")))
    })
}

/// One line: what is missing, how to get it here, and that there is another way.
pub(super) fn missing(
    setting: Option<&Path>,
    made_by: Option<u32>,
    seen: &[String],
    os_release: &str,
) -> String {
    let wanted = made_by.map_or_else(
        || format!("PostgreSQL {OLDEST} or newer"),
        |version| format!("PostgreSQL {version}, which made this cluster,"),
    );
    let place = setting.map_or_else(|| "here".to_owned(), |folder| format!("in {}", folder.display()));
    let seen = if seen.is_empty() { String::new() } else { format!(" (only {})", seen.join(", ")) };
    let is_debian = os_release
        .lines()
        .filter_map(|line| line.strip_prefix("ID=").or_else(|| line.strip_prefix("ID_LIKE=")))
        .any(|ids| ids.trim_matches('"').split(' ').any(|id| matches!(id, "debian" | "ubuntu")));
    let package = made_by.map_or_else(|| "postgresql".to_owned(), |version| format!("postgresql-{version}"));
    let advice = if is_debian {
        format!("install it with `sudo apt-get install {package}`")
    } else {
        format!("install its server package ({package}) with this system's package manager")
    };
    format!(
        "{wanted} was not found {place}{seen}: {advice}, or let `database.url` point to an existing server"
    )
}
