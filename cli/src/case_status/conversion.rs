//! Totals in one currency, by rates from the command line.

use clap::{Arg, ArgAction, ArgMatches};
use focalnet_contract::{
    client::{Failure, escape},
    proto::ConvertedSum,
};
use serde_json::{Value, json};

use super::money;

/// The flags: all of them, or none.
pub(super) fn args() -> [Arg; 4] {
    let arg = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    [
        arg("convert-to", "CURRENCY", "Tell totals in this currency as well, by the rates that you give")
            .requires_all(["rate", "rate-date", "rate-source"]),
        arg(
            "rate",
            "CURRENCY=RATE",
            "Units of the currency to convert to for one of this, as XAF=0.0015245; repeat it for others",
        )
        .action(ArgAction::Append)
        .requires("convert-to"),
        arg("rate-date", "DATE", "The day of the rates").requires("convert-to"),
        arg("rate-source", "NAME", "Who published them, as 'European Central Bank'").requires("convert-to"),
    ]
}

/// What they say, as a message.
pub(super) fn rates(matches: &ArgMatches) -> Result<Option<Value>, Failure> {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    let Some(currency) = text("convert-to") else { return Ok(None) };
    let given = matches.get_many::<String>("rate").unwrap_or_default();
    let rate = |given: &String| {
        let (currency, rate) = given.split_once('=').ok_or_else(|| {
            Failure::usage(format!("`--rate {given}` says no rate"))
                .next("write it as `--rate XAF=0.0015245`.")
        })?;
        Ok(json!({ "currency_code": currency, "rate": rate }))
    };
    let rates = given.map(rate).collect::<Result<Vec<_>, Failure>>()?;
    let (day, source) = (text("rate-date"), text("rate-source"));
    Ok(Some(json!({ "currency_code": currency, "rates": rates, "rate_date": day, "source": source })))
}

/// The converted total, to be shown behind the sums.
pub(super) fn shown(converted: &ConvertedSum) -> String {
    let amount = converted.amount.as_ref().map_or_else(|| "too much to tell".to_owned(), money);
    let without = converted.without_rate.join(", ");
    let without = if without.is_empty() { without } else { format!(" without {without}") };
    let rounded = if converted.rounded { " rounded down" } else { "" };
    format!(" = {amount}{rounded}{without}")
}

/// The rates by which totals were converted, as a note.
pub(super) fn note(converted: &ConvertedSum) -> String {
    format!("Rates     of {}, {}\n", converted.rate_date, escape::line(&converted.source))
}
