//! Exporting assets: all pages of a list, written in one of the formats.

use std::{
    io::{IsTerminal as _, stdout},
    path::PathBuf,
};

use chrono::{Duration, NaiveDate};
use clap::{Arg, ArgMatches, Command, ValueEnum, builder::EnumValueParser, value_parser};
use focalnet_contract::{
    catalogue,
    client::{Failure, call::Client, escape, text_of},
    convert,
};
use focalnet_domain::clock::Clock;
use indicatif::{ProgressBar, ProgressFinish, ProgressStyle};
use prost_reflect::{DynamicMessage, Value};
use serde::de::DeserializeOwned;
use serde_json::json;

use super::{csv_file, ftm, inventory, listed::Listed, workbook};
use crate::{
    Context, Handwritten, block_on, case_status::case_named, execute, files, inputs::Invocation, render,
};

/// Writes assets to a file.
pub(crate) const EXPORT: Handwritten = Handwritten { command, run };

/// The most that a page holds.
const PAGE_SIZE: i32 = 200;

/// What assets are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A row for each asset, for any program
    Csv,
    /// A workbook: inventory, values, measures and costs
    Xlsx,
    /// `FollowTheMoney` entities, one JSON object a line
    Ftm,
}

fn command() -> Command {
    let day = |text: &str| text.parse::<NaiveDate>().map_err(|_| "write a day as 2026-03-02");
    Command::new("export")
        .about("Write assets to a file: CSV, a workbook, or FollowTheMoney")
        .long_about(
            "Write assets to a file: as an inventory in CSV, as a workbook (.xlsx) with values, measures and costs on \
             sheets of their own, or as FollowTheMoney entities. It holds names of people in proceedings: the file is \
             for its owner's eyes only, and goes nowhere by itself.",
        )
        .arg(
            Arg::new("parent").value_name("PARENT").required(true).help(
                "`freezingRequests/{uuid}`, `orders/{uuid}`, `freezingRequests/-` for all that you see, or of a case its \
                 number or name",
            ),
        )
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORMAT")
                .required(true)
                .value_parser(EnumValueParser::<Format>::new())
                .help("What to write"),
        )
        .arg(
            Arg::new("out")
                .long("out")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .help("The file to write [default: standard output, except for a workbook]"),
        )
        .arg(files::overwrite_flag())
        .arg(
            Arg::new("filter")
                .long("filter")
                .value_name("TEXT")
                .help("Which of them, as for `focalnet asset list`: `type = ASSET_TYPE_VESSEL AND unpaid = true`"),
        )
        .arg(
            Arg::new("as_of_date")
                .long("as-of-date")
                .value_name("DATE")
                .value_parser(day)
                .help("The day to tell their state of, ISO 8601 [default: today]"),
        )
        .arg(
            Arg::new("known_date")
                .long("known-date")
                .value_name("DATE")
                .value_parser(day)
                .help("Leave out what was reported after this day, ISO 8601"),
        )
}

fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let text = |name: &str| matches.get_one::<String>(name).map_or("", String::as_str);
    let Some(&format) = matches.get_one::<Format>("format") else { return Ok(()) };
    let path = matches.get_one::<PathBuf>("out");
    if path.is_none() {
        if format == Format::Xlsx {
            return Err(Failure::usage("a workbook is not for standard output: name it with --out"));
        }
        if context.json {
            return Err(Failure::usage("--json answers with what was written: name the file with --out"));
        }
    }
    let [as_of, known] = ["as_of_date", "known_date"].map(|name| matches.get_one::<NaiveDate>(name).copied());
    let assets = block_on(async {
        let mut client = context.client()?;
        let (parent, filter) = asked(&mut client, text("parent"), text("filter")).await?;
        list(&mut client, (&parent, &filter), [as_of, known]).await
    })?;
    let day = as_of.unwrap_or_else(|| Clock.now(Duration::zero()).date_naive());
    let bytes = written(format, &assets, day)?;
    let Some(path) = path else { return render::print(&shown(format, &bytes)) };
    files::write(path, &bytes, matches)?;
    let count = assets.len();
    render::print(&if context.json {
        format!("{}\n", json!({ "file": path, "assets": count }))
    } else {
        let assets = if count == 1 { "1 asset".to_owned() } else { format!("{count} assets") };
        format!("{assets} written to {}\n", path.display())
    })
}

fn written(format: Format, assets: &[Listed], day: NaiveDate) -> Result<Vec<u8>, Failure> {
    let failed = |error: &dyn std::fmt::Display| Failure::unexpected(format!("cannot be written: {error}"));
    match format {
        Format::Csv => csv_file::write(&inventory::inventory(assets, day)).map_err(|error| failed(&error)),
        Format::Xlsx => {
            let tables = [
                inventory::inventory(assets, day),
                inventory::values(assets),
                inventory::measures(assets, day),
                inventory::costs(assets),
            ];
            workbook::write(&tables).map_err(|error| failed(&error))
        }
        Format::Ftm => {
            let lines = ftm::write(&ftm::entities(assets, day)).map_err(|error| failed(&error))?;
            Ok(lines.into_bytes())
        }
    }
}

/// What goes to standard output; what others wrote must not drive a terminal.
fn shown(format: Format, bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    if format == Format::Csv && stdout().is_terminal() {
        return escape::lines(&text).map(|line| line + "\n").collect();
    }
    text.into_owned()
}

/// The parent and the filter of the list; a case is not a parent, but something to ask for.
async fn asked(client: &mut Client, given: &str, filter: &str) -> Result<(String, String), Failure> {
    if given.starts_with("freezingRequests/") || given.starts_with("orders/") {
        return Ok((given.to_owned(), filter.to_owned()));
    }
    let case = case_named(client, Some(given.to_owned())).await?;
    let more = if filter.is_empty() { String::new() } else { format!(" AND {filter}") };
    Ok(("freezingRequests/-".to_owned(), format!("case = {case}{more}")))
}

/// All assets of a list, with all that is known of each.
async fn list(
    client: &mut Client,
    (parent, filter): (&str, &str),
    [as_of, known]: [Option<NaiveDate>; 2],
) -> Result<Vec<Listed>, Failure> {
    let bar = ProgressBar::no_length().with_message("assets read").with_finish(ProgressFinish::AndClear);
    if let Ok(style) = ProgressStyle::with_template("{spinner} {human_pos} {msg}") {
        bar.set_style(style);
    }
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let (as_of, known) = (day(as_of), day(known));
    let asked = [("parent", parent), ("filter", filter), ("as_of_date", &as_of), ("known_date", &known)];
    let mut all = Vec::new();
    for mut asset in pages::<Listed>(client, "ListAssets", &asked).await? {
        asset.complete(client, &known).await?;
        all.push(asset);
        bar.inc(1);
    }
    Ok(all)
}

impl Listed {
    /// Reads what a list does not show of an asset: of what grows with time it shows the newest only.
    async fn complete(&mut self, client: &mut Client, known: &str) -> Result<(), Failure> {
        let name = self.name.to_string();
        let asked = [("parent", name.as_str()), ("known_date", known)];
        if self.valuation_count > self.valuations.len() {
            self.valuations = oldest_first(pages(client, "ListValuations", &asked).await?);
        }
        if self.cost_count > self.costs.len() {
            self.costs = oldest_first(pages(client, "ListCosts", &asked).await?);
        }
        if self.claim_count > self.claims.len() {
            self.claims = oldest_first(pages(client, "ListClaims", &asked).await?);
        }
        Ok(())
    }
}

fn oldest_first<T>(mut newest_first: Vec<T>) -> Vec<T> {
    newest_first.reverse();
    newest_first
}

/// All pages of a list.
async fn pages<T: DeserializeOwned>(
    client: &mut Client,
    method: &str,
    asked: &[(&str, &str)],
) -> Result<Vec<T>, Failure> {
    let call = Invocation::new(catalogue::method(method)?);
    let Some(rows) = catalogue::rows(&call.method.output()) else {
        return Err(Failure::unexpected(format!("{method} of the contract is no list")));
    };
    let mut page = DynamicMessage::new(call.method.input());
    page.set_field_by_name("page_size", Value::I32(PAGE_SIZE));
    for (field, value) in asked {
        page.set_field_by_name(field, Value::String((*value).to_owned()));
    }
    let mut all = Vec::new();
    loop {
        let mut answer =
            client.call(&call.method, &page).await.map_err(|failure| execute::flagged(failure, &call))?;
        let token = text_of(&answer, "next_page_token").unwrap_or_default();
        if let Some(Value::List(entries)) = answer.take_field(&rows) {
            for entry in entries.iter().filter_map(Value::as_message) {
                all.push(read(entry)?);
            }
        }
        if token.is_empty() {
            return Ok(all);
        }
        page.set_field_by_name("page_token", Value::String(token));
    }
}

/// An entry of a list from its message.
pub(super) fn read<T: DeserializeOwned>(entry: &DynamicMessage) -> Result<T, Failure> {
    Ok(convert::to_domain(entry)?)
}
