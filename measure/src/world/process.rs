//! The processes: a server of its own, and where the database says which one it is.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
};

use super::{Failed, NAME};

/// A server, which ends with this value.
#[derive(Debug)]
pub(crate) struct Server {
    process: Child,
    /// Where it serves.
    pub(crate) address: String,
}

impl Server {
    /// Starts the program on a database, with its default settings and those that are given beside.
    pub(super) fn start(
        program: &Path,
        url: &str,
        keys: &Path,
        beside: &[(&str, &str)],
    ) -> Result<Self, Failed> {
        let settings = [
            ("DATABASE__URL", url),
            ("SERVER__LISTEN", "127.0.0.1:0"),
            ("SECURITY__NAME", NAME),
            ("SECURITY__KEYS_FOLDER", keys.to_str().unwrap_or_default()),
        ];
        let settings = settings.iter().chain(beside).map(|(key, value)| (format!("FOCALNET__{key}"), value));
        let mut command = Command::new(program);
        command.arg("serve").envs(settings);
        Self::spawned(command)
    }

    /// Starts the rival in a folder, as one process on a database.
    pub(super) fn rival(folder: &Path, url: &str) -> Result<Self, Failed> {
        if !folder.join("node_modules").is_dir() {
            let folder = folder.display();
            return Err(format!("{folder} has no node_modules: run `npm ci` in it first").into());
        }
        let mut command = Command::new("node");
        command.arg(folder.join("server.js")).env("DATABASE_URL", url).env("LISTEN", "127.0.0.1:0");
        Self::spawned(command)
    }

    fn spawned(mut command: Command) -> Result<Self, Failed> {
        let program = command.get_program().to_string_lossy().into_owned();
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut process = command.spawn().map_err(|error| format!("{program} does not start: {error}"))?;
        let said = process.stderr.take().ok_or("the server says nothing")?;
        let mut said = BufReader::new(said).lines().map_while(Result::ok);
        let mut last = String::new();
        let address = said.find_map(|line| {
            let address = line.split_once("serves on ").map(|(_, address)| address.to_owned());
            last = line;
            address
        });
        let address =
            address.ok_or_else(|| format!("{program} does not say where it serves, at last: {last}"))?;
        // Its log is written and read, as anywhere.
        thread::spawn(move || said.for_each(drop));
        Ok(Self { process, address })
    }

    /// Its process.
    pub(crate) fn id(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nobody is left to hear of it.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The process that the folder of a database names.
pub(super) fn postmaster(home: &Path) -> Result<u32, Failed> {
    let mut folders: Vec<PathBuf> = vec![home.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_name() == "postmaster.pid" {
                let text = fs::read_to_string(entry.path())?;
                return Ok(text.lines().next().unwrap_or_default().parse()?);
            }
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            }
        }
    }
    Err("the database does not tell its process".into())
}
