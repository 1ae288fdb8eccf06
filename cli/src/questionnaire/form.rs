//! The document of a questionnaire as a file: TOML, or the XLSForm workbook that people in this field write.

use std::{fmt::Display, path::Path};

use clap::{Arg, ArgMatches, Command, value_parser};
use focalnet_contract::client::{Exit, Failure, text_of, words};
use focalnet_domain::{
    error::Violation,
    questionnaire::{Document, STANDARD, publication},
};
use serde_json::json;

use super::{
    exchange, toml_file,
    xlsform::{self, Places},
};
use crate::{Context, Handwritten, block_on, files, render};

/// Checks a file.
pub(crate) const CHECK: Handwritten = Handwritten { command: check_command, run: check };
/// Makes a draft of a file.
pub(crate) const LOAD: Handwritten = Handwritten { command: load_command, run: load };
/// Writes a questionnaire to a file.
pub(crate) const SAVE: Handwritten = Handwritten { command: save_command, run: save };

fn file(help: &'static str) -> Arg {
    Arg::new("file")
        .value_name("FILE")
        .required(true)
        .value_parser(value_parser!(std::path::PathBuf))
        .help(help)
}

fn check_command() -> Command {
    Command::new("check").about("Check a questionnaire in a file, offline").long_about(
        "Check a questionnaire in a file, offline: its form, and everything that publication asks of a first version. \
         All problems are named at once, by sheet and row, or by question; a condition's by position.",
    )
    .arg(file("A TOML file, an XLSForm workbook (.xlsx, .xls), or `standard` for the set of this program"))
}

fn load_command() -> Command {
    let name = Arg::new("name").long("name").value_name("QUESTIONNAIRE");
    let after = Arg::new("after").long("after").value_name("QUESTIONNAIRE");
    Command::new("load")
        .about("Draft a questionnaire from a file, or change a draft")
        .arg(file(
            "A TOML file, an XLSForm workbook (.xlsx, .xls), or `standard` for the set of this program",
        ))
        .arg(name.help("The draft to change, `questionnaires/{uuid}`; a new one when left out"))
        .arg(after.help(
            "The version before, `questionnaires/{uuid}`; the newest published one of the same key when left out. \
             Questions that are equal to it are unchanged, and those that it has not are new; of the others the file has \
             to say what they have become",
        ))
}

fn save_command() -> Command {
    let name = Arg::new("name").value_name("QUESTIONNAIRE").required(true);
    Command::new("save")
        .about("Write a questionnaire to a file, as TOML or XLSForm")
        .arg(name.help("`questionnaires/{uuid}`, or `standard` for the set of this program"))
        .arg(file("Where to: a name that ends in .toml or .xlsx"))
        .arg(files::overwrite_flag())
}

fn path(matches: &ArgMatches) -> &Path {
    matches.get_one::<std::path::PathBuf>("file").map_or(Path::new(""), |path| path)
}

fn is_workbook(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    ["xlsx", "xls", "xlsm"].contains(&extension.to_ascii_lowercase().as_str())
}

/// The document of a file, after telling what was left out of it, and where in a workbook its parts stand. Whatever the
/// document cannot express is an error.
fn read(path: &Path) -> Result<(Document, Places), Failure> {
    if path == Path::new("standard") {
        return document(path, STANDARD).map(|document| (document, Places::default()));
    }
    let bytes = files::read(path)?;
    if !is_workbook(path) {
        let text = String::from_utf8(bytes)
            .map_err(|_| Failure::usage(format!("{}: is no text in UTF-8", path.display())))?;
        return document(path, &text).map(|document| (document, Places::default()));
    }
    let imported = xlsform::read(&bytes).map_err(|found| refused(path, &found))?;
    for remark in imported.remarks {
        eprintln!("left out: {remark}");
    }
    Ok((imported.document, imported.places))
}

fn document(path: &Path, text: &str) -> Result<Document, Failure> {
    toml_file::read(text).map_err(|problem| refused(path, &[problem]))
}

/// All problems of a file, each on a line of its own.
fn refused(path: &Path, problems: &[impl Display]) -> Failure {
    let parted = |problem: &dyn Display| {
        let line = problem.to_string();
        let (place, reason) = line.split_once(": ").unwrap_or((&line, "is not right"));
        (place.to_owned(), reason.to_owned())
    };
    Failure::new(Exit::Usage, format!("{} cannot be taken", path.display()))
        .problems(problems.iter().map(|problem| parted(problem)).collect())
        .next("correct these places; nothing was saved.")
}

fn check(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let path = path(matches);
    let (mut document, places) = read(path)?;
    // Whether the stated changes are right can be checked only beside the version before.
    for question in &mut document.questions {
        question.change = None;
    }
    let violations = publication::violations(&document, None);
    if !violations.is_empty() {
        let place = |field: &str| places.of(field).unwrap_or_else(|| field.to_owned());
        let line = |found: &Violation| format!("{}: {}", place(&found.field), found.description);
        let lines: Vec<_> = violations.iter().map(line).collect();
        return Err(refused(path, &lines));
    }
    let rules: usize = document.questions.iter().map(|question| question.gap_rules.len()).sum();
    let counts = (document.sections.len(), document.questions.len(), rules);
    render::print(&if context.json {
        format!(
            "{}\n",
            json!({ "key": document.key, "sections": counts.0, "questions": counts.1, "gap_rules": counts.2 })
        )
    } else {
        format!("{}: {} sections, {} questions, {} gap rules\n", document.key, counts.0, counts.1, counts.2)
    })
}

fn load(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let (mut document, places) = read(path(matches))?;
    let named = |id| matches.get_one::<String>(id);
    block_on(async {
        let mut client = context.client()?;
        let before = match named("after") {
            Some(before) => Some(exchange::document(&mut client, before).await?.0),
            None => exchange::newest_published(&mut client, &document.key).await?,
        };
        if let Some(before) = &before {
            publication::say_what_is_plain(&mut document, before);
        }
        let (method, draft) = match named("name") {
            None => ("CreateQuestionnaire", json!({ "questionnaire": document })),
            Some(name) => {
                let (_, etag) = exchange::document(&mut client, name).await?;
                let mut changed = json!(document);
                changed["name"] = json!(name);
                ("UpdateQuestionnaire", json!({ "questionnaire": changed, "etag": etag }))
            }
        };
        let answer = exchange::call(&mut client, method, &draft).await;
        let answer = answer.map_err(|failure| failure.at(|field| places.of(field)))?;
        if context.json {
            return render::print(&words::json(&answer)?);
        }
        let name = text_of(&answer, "name").unwrap_or_default();
        let questions = document.questions.len();
        let unsaid = before.as_ref().map(|before| publication::unsaid(&document, before)).unwrap_or_default();
        let next = if unsaid.is_empty() {
            format!("Next: focalnet questionnaire publish {name}\n")
        } else {
            let keys = unsaid.join(", ");
            format!(
                "{} of them differ from the version before, or are missing: {keys}\nNext: write into the file what each \
                 has become (`change`: reworded, changed_in_meaning or retired), then load it again with `--name \
                 {name}`\n",
                unsaid.len()
            )
        };
        render::print(&format!("{name} drafted with {questions} questions\n{next}"))
    })
}

fn save(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let (path, name) = (path(matches), matches.get_one::<String>("name").map_or("", String::as_str));
    let is = |ending: &str| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(ending));
    if !is("toml") && !is("xlsx") {
        return Err(Failure::usage(format!("{}: the name must end in .toml or .xlsx", path.display())));
    }
    let document = if name == "standard" {
        document(path, STANDARD)?
    } else {
        block_on(async { exchange::document(&mut context.client()?, name).await })?.0
    };
    let unwritable = |error: &dyn Display| Failure::usage(format!("{}: {error}", path.display()));
    let bytes = if is("xlsx") {
        xlsform::write(&document).map_err(|error| unwritable(&error))?
    } else {
        toml_file::write(&document).into_bytes()
    };
    files::write(path, &bytes, matches)?;
    let text = format!("{} questions written to {}\n", document.questions.len(), path.display());
    render::print(&if context.json {
        format!("{}\n", json!({ "file": path, "questions": document.questions.len() }))
    } else {
        text
    })
}
