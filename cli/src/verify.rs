//! `focalnet verify`: receipts and exported events, checked without a server.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use focalnet_contract::{
    client::{
        escape,
        failure::Failure,
        proofs::{Proofs, Verified},
    },
    receipt::PublicKey,
};
use focalnet_domain::journal::Bytes;
use serde_json::json;

use super::{Context, Handwritten, render};

/// The commands of this file.
pub(crate) const COMMANDS: &[Handwritten] = &[Handwritten { command, run }];

fn command() -> Command {
    let files = Arg::new("files")
        .value_name("FILE")
        .required(true)
        .num_args(1..)
        .value_parser(value_parser!(PathBuf));
    let key = Arg::new("key").long("key").value_name("VKEY").action(ArgAction::Append);
    let keys = Arg::new("keys").long("keys").value_name("FILE").value_parser(value_parser!(PathBuf));
    Command::new("verify")
        .about("Check receipts and exported events, offline")
        .long_about(
            "Check receipts and exported events, offline. A FILE holds receipts as signed notes, or JSON with \
             receipts in it, as any act answers with --json, or events, as `focalnet journal list-events --all \
             --json` gives them. Each signature, each link of the chains and each digest is computed anew; a receipt \
             is held against its event, when events are given. The first that does not fit is named; so are all receipts \
             whose event is not there, and the exit code is 1.",
        )
        .arg(files.help("Receipts or events"))
        .arg(key.help("A public key of the server, `NAME+ID+KEY`; may be repeated").value_parser(public_key))
        .arg(keys.help("The same from a file: `focalnet journal list-signing-keys --json`, or a key a line"))
}

fn public_key(text: &str) -> Result<PublicKey, String> {
    text.parse().map_err(|error: focalnet_contract::receipt::NotAKey| error.to_string())
}

fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let mut keys: Vec<PublicKey> = matches.get_many("key").unwrap_or_default().cloned().collect();
    if let Some(path) = matches.get_one::<PathBuf>("keys") {
        for key in read(path).map(|text| key_lines(&text))? {
            keys.push(
                public_key(&key).map_err(|error| Failure::usage(format!("{}: {error}", path.display())))?,
            );
        }
    }
    let mut proofs = Proofs::default();
    for path in matches.get_many::<PathBuf>("files").unwrap_or_default() {
        let name = path.display().to_string();
        proofs.read(&name, &read(path)?).map_err(|error| Failure::usage(format!("{name}: {error}")))?;
    }
    if keys.is_empty() && !proofs.notes.is_empty() {
        let next =
            "keep the output of `focalnet journal list-signing-keys --json`, and give it with --keys FILE.";
        return Err(Failure::usage("receipts need the server's public key").next(next));
    }
    let done = proofs.verify(&keys).map_err(Failure::unexpected)?;
    render::print(&if context.json {
        as_json(&done, proofs.events.len())
    } else {
        as_text(&done, proofs.events.len())
    })?;
    if done.missing.is_empty() {
        return Ok(());
    }
    let what =
        format!("{} of {} receipts have no event among those given", done.missing.len(), done.receipts);
    Err(Failure::unexpected(what).next(
        "give the events of their streams, too. What the server no longer has was undone, as by a backup that was \
         restored: keep these receipts and tell the Registry.",
    ))
}

fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| Failure::usage(format!("{}: {error}", path.display())))
}

/// The keys of a listing, or one of each line.
fn key_lines(text: &str) -> Vec<String> {
    let listing: Option<serde_json::Value> = serde_json::from_str(text).ok();
    let listed = listing.as_ref().and_then(|listing| listing.get("signing_keys")?.as_array());
    match listed {
        Some(keys) => {
            keys.iter().filter_map(|key| key.get("verifier_key")?.as_str()).map(str::to_owned).collect()
        }
        None => text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect(),
    }
}

fn as_text(done: &Verified, events: usize) -> String {
    let mut lines = Vec::new();
    if done.receipts > 0 {
        lines
            .push(format!("receipts: {} hold, {} of them against their events", done.receipts, done.matched));
    }
    for (stream, (last, head)) in &done.heads {
        let vouched = match done.vouched.get(stream) {
            Some(index) => format!("a receipt vouches for them up to number {index}"),
            None => "no receipt vouches for them".to_owned(),
        };
        let (stream, head) = (escape::line(&stream.to_string()), Bytes(head.to_vec()).hex());
        lines.push(format!("stream {stream}: {last} events hold together, head {head}; {vouched}"));
    }
    for (place, receipt) in &done.missing {
        let stream = escape::line(&receipt.stream.to_string());
        let (place, number) = (escape::line(place), receipt.index);
        lines.push(format!("{place}: no event number {number} of stream {stream} ({})", receipt.event));
    }
    if done.missing.is_empty() {
        lines.push(format!("All holds: {} receipts, {events} events.", done.receipts));
    }
    if done.vouched.len() < done.heads.len() {
        let text = "Only a receipt proves that events are the server's: give those you kept, or ask for one of the last \
                    event with `focalnet journal get-receipt`.";
        lines.push(text.to_owned());
    }
    lines.join("\n") + "\n"
}

fn as_json(done: &Verified, events: usize) -> String {
    let streams = done.heads.iter().map(|(stream, (last, head))| {
        json!({"stream": stream.to_string(), "events": last, "head": Bytes(head.to_vec()),
            "vouched": done.vouched.get(stream)})
    });
    let streams: Vec<_> = streams.collect();
    let missing = done.missing.iter().map(|(place, receipt)| {
        json!({"place": place, "stream": receipt.stream.to_string(), "index": receipt.index,
            "event": receipt.event.to_string()})
    });
    let missing: Vec<_> = missing.collect();
    let done = json!({"receipts": done.receipts, "matched": done.matched, "missing": missing, "events": events,
        "streams": streams});
    escape::json(&done.to_string()) + "\n"
}
