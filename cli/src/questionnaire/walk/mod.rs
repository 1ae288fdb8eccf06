//! Answering a response question by question, in a terminal or from lines of a pipe. Each answer is saved as it is
//! given; what is asked next is reckoned here, by the code the server reckons with.

mod ask;
mod conflict;
mod edit;
mod input;
mod notes;
mod parse;
mod parts;
mod phrases;
mod reader;
mod refusal;
mod show;
mod steps;
mod talk;

#[cfg(test)]
mod tests;

use std::io::{self, IsTerminal as _};

use clap::{Arg, ArgAction, ArgMatches, Command};
use focalnet_contract::client::{Exit, Failure};
use focalnet_domain::{
    country::is_language,
    questionnaire::{
        Document, QuestionType,
        answer::NewAnswer,
        logic::Logic,
        response::{ResponseAct, ResponseView},
    },
};

use rustix::termios::tcgetwinsize;

use self::{
    phrases::Phrase,
    reader::{Editor, Lines},
    steps::{Walk, Which},
    talk::Talk,
};
use super::{exchange, tongue::Tongue};
use crate::{Context, Handwritten, block_on};

/// Walks through the questions of a response.
pub(crate) const ANSWER: Handwritten = Handwritten { command, run };

fn command() -> Command {
    let language = Arg::new("language")
        .long("language")
        .value_name("TAG")
        .default_value("en")
        .value_parser(|tag: &str| {
            if is_language(tag) { Ok(tag.to_owned()) } else { Err("write a BCP 47 tag, as fr or pt-BR") }
        })
        .help("The language of the questions, and of the texts you write");
    let question = Arg::new("question").long("question").value_name("KEY").conflicts_with("all");
    let all = Arg::new("all").long("all").action(ArgAction::SetTrue);
    Command::new("answer")
        .about("Answer a response question by question")
        .long_about(
            "Answer a response question by question, in a terminal. Each answer is saved at once and shown as it was \
             saved, so that leaving loses nothing; `?` at any question shows what can be written. A pasted text may have \
             several lines, and `:edit` opens your editor for a long one. Answers may also come as lines of standard \
             input. A line that cannot be taken is explained and asked again: scripts are better off with \
             save-answers, which takes all or nothing.",
        )
        .arg(
            Arg::new("name")
                .value_name("RESPONSE")
                .required(true)
                .help("`responses/{uuid}`, as `focalnet questionnaire list-responses` shows it"),
        )
        .arg(language)
        .arg(question.help("This question only, answered or not"))
        .arg(all.help("All questions that are asked, those that are answered included"))
}

fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let text = |id| matches.get_one::<String>(id).map(String::as_str);
    let (name, language) = (text("name").unwrap_or_default(), text("language").unwrap_or("en"));
    let tongue = Tongue::of(language);
    if context.json {
        return Err(Failure::usage(Phrase::NoJson.text(tongue)));
    }
    block_on(async {
        let end = |failure| refusal::end(failure, tongue);
        let mut client = context.client().map_err(end)?;
        let (view, document) = exchange::response(&mut client, name).await.map_err(end)?;
        let which = which(&document, text("question"), matches.get_flag("all"), tongue)?;
        may_be_answered(&view, tongue)?;
        let logic =
            Logic::of(&document).map_err(|_| Failure::unexpected(Phrase::NoConditions.text(tongue)))?;
        let server = async |answer: Option<NewAnswer>| match answer {
            Some(answer) => exchange::save(&mut client, name, &[answer]).await,
            None => exchange::response(&mut client, name).await.map(|(view, _)| view),
        };
        let composed = io::stdin().is_terminal();
        let columns = columns().filter(|_| composed);
        let out = io::stdout().lock();
        if let Some(reader) = columns.and_then(|_| Editor::new()) {
            let talk = Talk { reader, out, columns, tongue };
            return Walk { logic: &logic, language, talk, server, view }.run(which).await;
        }
        let reader = Lines { input: io::stdin().lock(), echoed: columns.is_none(), composed };
        let talk = Talk { reader, out, columns, tongue };
        Walk { logic: &logic, language, talk, server, view }.run(which).await
    })
}

/// How many columns the terminal has that shows what is said; none where it is no terminal.
fn columns() -> Option<usize> {
    let size = tcgetwinsize(io::stdout()).ok()?;
    Some(if size.ws_col == 0 { 80 } else { size.ws_col.into() })
}

fn which(document: &Document, question: Option<&str>, all: bool, tongue: Tongue) -> Result<Which, Failure> {
    let Some(key) = question else { return Ok(if all { Which::All } else { Which::Open }) };
    let refused = |phrase, parts: &[&str]| Failure::usage(tongue.say(phrase, parts));
    let place = document.questions.iter().position(|question| question.key == key);
    let place = place.ok_or_else(|| refused(Phrase::NoQuestion, &[key, &document.key]))?;
    if document.questions[place].kind == QuestionType::Note {
        return Err(refused(Phrase::IsNote, &[key]));
    }
    Ok(Which::One(place))
}

fn may_be_answered(view: &ResponseView, tongue: Tongue) -> Result<(), Failure> {
    if view.progress.is_none() {
        return Err(Failure::new(Exit::Denied, Phrase::OwnPeople.text(tongue)));
    }
    let waits = ResponseAct::SaveAnswers.row().is_some_and(|row| row.from.contains(&view.state));
    let parts = [refusal::state(view.state, tongue), &view.name.to_string()];
    let why = tongue.say(Phrase::NotWaiting, &parts);
    if waits { Ok(()) } else { Err(Failure::new(Exit::Conflict, why)) }
}
