//! `focalnet bootstrap`: the first administrator, from the database side.

use std::{
    io::Read as _,
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
};

use clap::{Arg, ArgMatches, Command, value_parser};
use focalnet_cli::{Context, prompt};
use focalnet_contract::client::Failure;
use secrecy::SecretString;

use super::{Steps, block_on, config, config_flag};
use crate::{app::FirstAdministrator, runtime, runtime::Database};

pub(super) fn command() -> Command {
    let text =
        |name: &'static str, help: &'static str| Arg::new(name).long(name).value_name("TEXT").help(help);
    let command = Command::new("bootstrap")
        .about("Make the Registry and its first platform administrator in an empty database")
        .long_about(
            "Make the Registry and its first platform administrator in an empty database. The password is asked for, \
             or read from a file that only you can read; it is never an argument.",
        )
        .arg(text("login", "What to sign in with").required(true))
        .arg(text("display-name", "The person's name").required(true))
        .arg(text("organization", "Name of the organ").default_value("Registry"))
        .arg(
            Arg::new("password-file")
                .long("password-file")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .help("Read the password from this file, mode 0600"),
        );
    config_flag(command)
}

fn password(file: Option<&PathBuf>) -> Result<SecretString, Failure> {
    match file {
        Some(path) => read_secret(path),
        None => prompt::new_secret("Password").map(SecretString::from),
    }
}

fn read_secret(path: &Path) -> Result<SecretString, Failure> {
    let mut file = std::fs::File::open(path)?;
    if file.metadata()?.mode() & 0o077 != 0 {
        return Err(Failure::usage(format!("{}: others can read it; chmod 600 it", path.display())));
    }
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    Ok(SecretString::from(text.trim_end_matches(['\r', '\n'])))
}

pub(super) fn run(_: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let config = config(matches)?;
    let said = |name: &str| matches.get_one::<String>(name).cloned().unwrap_or_default();
    let first = FirstAdministrator {
        organization: said("organization"),
        login: said("login"),
        display_name: said("display-name"),
        password: password(matches.get_one("password-file"))?,
    };
    let steps = Steps::new();
    block_on(async {
        let say = |what: &str| steps.say(what);
        let database = Database::open(&config, true, &say).await?;
        if !database.owner_url.is_empty() {
            database.migrate(&say).await?;
        }
        let app = runtime::app(&config, &database, 1).await?;
        Ok(app.bootstrap(&first).await.map(|_| ())?)
    })?;
    steps.done();
    eprintln!("{} can sign in now: focalnet login {}", first.display_name, first.login);
    Ok(())
}
