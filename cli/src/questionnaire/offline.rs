//! Answering a response offline: export it as a workbook, and save what was answered there.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command, value_parser};
use focalnet_contract::client::{Exit, Failure};
use focalnet_domain::{
    country::is_language,
    questionnaire::{
        answer::NewAnswer,
        logic::Logic,
        response::{AnswerConflict, AnswerView, Progress, ResponseView},
    },
};
use serde_json::json;

use super::{
    exchange,
    workbook::{self, Change, Origin, Problem, Workbook},
};
use crate::{Context, Handwritten, block_on, files, render};

/// Writes a response to a workbook.
pub(crate) const EXPORT: Handwritten = Handwritten { command: export_command, run: export };
/// Saves the answers of a workbook.
pub(crate) const IMPORT: Handwritten = Handwritten { command: import_command, run: import };

fn export_command() -> Command {
    let language = |tag: &str| {
        is_language(tag).then(|| tag.to_owned()).ok_or("write a BCP 47 language tag, as fr or pt-BR")
    };
    Command::new("export")
        .about("Write a response to a workbook, to be answered offline")
        .long_about(
            "Write a response to a workbook (.xlsx), to be answered offline in any spreadsheet program. It holds all \
             questions with the answers so far, and says how to fill it in. `focalnet questionnaire import` saves what \
             was answered.",
        )
        .arg(Arg::new("name").value_name("RESPONSE").required(true).help("`responses/{uuid}`"))
        .arg(
            Arg::new("out")
                .long("out")
                .value_name("FILE")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help("The workbook to write, a name that ends in .xlsx"),
        )
        .arg(
            Arg::new("language")
                .long("language")
                .value_name("TAG")
                .default_value("en")
                .value_parser(language)
                .help("The language of the questions, as fr; what has no words in it is in English"),
        )
        .arg(files::overwrite_flag())
}

fn import_command() -> Command {
    Command::new("import")
        .about("Save the answers of a workbook that was filled in")
        .long_about(
            "Save the answers of a workbook that `focalnet questionnaire export` wrote and somebody filled in: all that \
             changed in it, or nothing. All problems are named at once, by cell. An answer that somebody else gave \
             since the export is not overwritten: both are told.",
        )
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help("The workbook (.xlsx)"),
        )
}

fn path<'a>(matches: &'a ArgMatches, name: &str) -> &'a Path {
    matches.get_one::<PathBuf>(name).map_or(Path::new(""), |path| path)
}

fn text<'a>(matches: &'a ArgMatches, name: &str) -> &'a str {
    matches.get_one::<String>(name).map_or("", String::as_str)
}

fn export(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let (path, name, language) = (path(matches, "out"), text(matches, "name"), text(matches, "language"));
    let unwritable = |error: &dyn std::fmt::Display| Failure::usage(format!("{}: {error}", path.display()));
    if !path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx")) {
        return Err(unwritable(&"the name of a workbook ends in .xlsx"));
    }
    let (response, document) = block_on(async { exchange::response(&mut context.client()?, name).await })?;
    if response.progress.is_none() {
        let text =
            "only the State's own people answer its response; `focalnet questionnaire get-response` shows it";
        return Err(Failure::new(Exit::Denied, text));
    }
    let bytes = workbook::write(&Origin::of(&response, language), &document, &response.answers)
        .map_err(|error| unwritable(&error))?;
    files::write(path, &bytes, matches)?;
    let (answers, open) = (response.answers.len(), progress(&response).open.len());
    render::print(&if context.json {
        format!("{}\n", json!({ "file": path, "response": name, "answers": answers, "open": open }))
    } else {
        format!("{answers} answers and {open} open questions written to {}\n", path.display())
    })
}

fn import(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let path = path(matches, "file");
    let bytes = files::read(path)?;
    let workbook = Workbook::open(&bytes).map_err(|problem| refused(path, &[problem]))?;
    let name = &workbook.origin.response;
    block_on(async {
        let mut client = context.client()?;
        let (response, document) = exchange::response(&mut client, name).await?;
        if Origin::of(&response, &workbook.origin.language) != workbook.origin {
            return Err(Failure::usage(format!(
                "{}: the response is to another questionnaire now",
                path.display()
            )));
        }
        let logic = Logic::of(&document)
            .map_err(|_| Failure::unexpected("the conditions of the questionnaire cannot be read"))?;
        let changes = workbook::changes(&workbook, &logic, &response.answers)
            .map_err(|problems| refused(path, &problems))?;
        let answers: Vec<_> = changes.iter().map(|change| change.answer.clone()).collect();
        if answers.is_empty() {
            return done(context, &response, &answers);
        }
        let saved = exchange::save(&mut client, name, &answers).await;
        let after = saved.map_err(|failure| placed(failure, &changes, &response.answers))?;
        done(context, &after, &answers)
    })
}

/// Names the cells of the answers that a refusal names by their numbers. Where the server had no room for the
/// conflicts, they are made from the answers that were read.
fn placed(failure: Failure, changes: &[Change], present: &[AnswerView]) -> Failure {
    let cell = |field: &str| {
        let (number, path) = field.strip_prefix("answers[")?.split_once(']')?;
        let change = changes.get(number.parse::<usize>().ok()?)?;
        let place = if path.starts_with(".comment") { change.comment } else { change.place };
        Some(place.to_string())
    };
    let known = changes.iter().filter_map(|Change { answer, .. }| {
        let present =
            present.iter().find(|present| present.question == answer.question && present.number > 0)?;
        let is_newer = answer.etag.as_deref().unwrap_or_default() != present.etag;
        is_newer.then(|| AnswerConflict { sent: sent(answer, present), present: present.clone() })
    });
    let failure = failure.at(cell).or_conflicts(known.collect());
    if failure.conflicts().is_empty() {
        return failure;
    }
    failure.next("nothing was saved: export the response again, and decide on these answers there.")
}

/// An answer that was sent, as it would be shown.
fn sent(answer: &NewAnswer, present: &AnswerView) -> AnswerView {
    AnswerView {
        question: answer.question.clone(),
        value: answer.value.clone(),
        valid_from_date: answer.valid_from_date.unwrap_or(present.valid_from_date),
        shared: answer.shared,
        comment: answer.comment.clone(),
        etag: String::new(),
        number: 0,
        unconfirmed: false,
        author_display_name: None,
        create_time: None,
    }
}

fn progress(response: &ResponseView) -> Progress {
    response.progress.clone().unwrap_or_default()
}

fn done(context: &Context<'_>, response: &ResponseView, saved: &[NewAnswer]) -> Result<(), Failure> {
    let Progress { open, required, .. } = progress(response);
    let saved: Vec<_> = saved.iter().map(|answer| answer.question.as_str()).collect();
    render::print(&if context.json {
        let told = json!({
            "response": response.name, "saved": saved, "open": open, "required": required,
        });
        format!("{told}\n")
    } else {
        let what = match saved.len() {
            0 => "nothing to save: the workbook says what the response says".to_owned(),
            1 => "1 answer saved".to_owned(),
            count => format!("{count} answers saved"),
        };
        format!("{what}; {} questions open, {} of them required\n", open.len(), required.len())
    })
}

/// All problems of a workbook, each on a line of its own.
fn refused(path: &Path, problems: &[Problem]) -> Failure {
    let list = problems.iter().map(|problem| {
        let cell = problem.place.map(|place| place.to_string());
        (cell.unwrap_or_default(), problem.reason.clone())
    });
    Failure::new(Exit::Usage, format!("{} cannot be taken", path.display()))
        .problems(list.collect())
        .next("correct these cells; nothing was saved.")
}
