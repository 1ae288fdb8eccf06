//! What stands against an answer or ends the conversation, in its language. What only the server knows it says in English;
//! in another language the kind of it is said, with the words of the server behind.

use focalnet_contract::client::{Exit, Failure, escape};
use focalnet_domain::questionnaire::{
    Question,
    answer::{Against, Period, Unfit},
    response::State,
};

use super::phrases::Phrase;
use crate::questionnaire::tongue::Tongue;

/// What is wrong with a value as an answer.
pub(super) fn unfit(unfit: &Unfit, tongue: Tongue) -> String {
    let said = |phrase, parts: &[&str]| tongue.say(phrase, parts);
    match unfit {
        Unfit::Note => said(Phrase::NothingToAnswer, &[]),
        Unfit::Type(kind) => said(Phrase::OfType, &[kind.as_str()]),
        Unfit::NoOption(keys) => said(Phrase::NoneOfOptions, &[&keys.join(", ")]),
        Unfit::NothingChosen => said(Phrase::NothingChosen, &[]),
        Unfit::ChosenTwice => said(Phrase::ChosenTwice, &[]),
        Unfit::NoDecimal => said(Phrase::DecimalNumber, &[]),
        Unfit::Length => said(Phrase::LengthWithin, &[&Period::MAX.to_string()]),
        Unfit::NoLaw => said(Phrase::NoLaw, &[]),
        Unfit::Contact(".email", _) => said(Phrase::Mail, &[]),
        Unfit::Contact(".telephone", _) => said(Phrase::Telephone, &[]),
        Unfit::Contact(..) => said(Phrase::Nobody, &[]),
    }
}

/// What is said against an answer that does not satisfy the constraint of its question.
pub(super) fn constraint(question: &Question, language: &str, tongue: Tongue) -> String {
    match (question.constraint_message.in_language(language), &question.constraint) {
        ("", Some(constraint)) => tongue.say(Phrase::Constraint, &[&escape::line(constraint)]),
        (message, _) => message.to_owned(),
    }
}

/// Why the server did not save an answer.
pub(super) fn not_saved(failure: &Failure, key: &str, tongue: Tongue) -> String {
    let explanation = failure.explanation();
    let why = match Against::within(&explanation) {
        Some(Against::NotAsked) => tongue.say(Phrase::NotAsked, &[key]),
        Some(Against::NothingThere) => tongue.say(Phrase::NothingToTakeBack, &[]),
        Some(Against::Attested) => tongue.say(Phrase::AttestedStays, &[]),
        Some(Against::TooLarge) => tongue.say(Phrase::ResponseTooLarge, &[]),
        None => in_words(failure, tongue),
    };
    tongue.say(Phrase::NotSaved, &[&why])
}

/// What the server said, after the kind of it in the language of the conversation.
pub(super) fn in_words(failure: &Failure, tongue: Tongue) -> String {
    let explanation = failure.explanation();
    if tongue == Tongue::English {
        return explanation;
    }
    let kind = match failure.exit() {
        Exit::Ok | Exit::Unexpected => "Une erreur inattendue est survenue",
        Exit::Usage => "Ce n'est pas valable",
        Exit::NotSignedIn => "Vous n'êtes pas connecté, ou ne l'êtes plus ; `focalnet auth login` connecte",
        Exit::Denied => "Vous n'y êtes pas autorisé",
        Exit::NotFound => "C'est introuvable, ou pas pour vous",
        Exit::Conflict => "L'état de la réponse ne le permet pas",
        Exit::Unavailable => "Le serveur est injoignable ou trop occupé ; réessayez plus tard",
    };
    format!("{kind} (en anglais : {explanation})")
}

/// The end of a conversation that the server, or the way to it, has brought about.
pub(super) fn end(failure: Failure, tongue: Tongue) -> Failure {
    if tongue == Tongue::English { failure } else { Failure::new(failure.exit(), in_words(&failure, tongue)) }
}

/// Where a response stands.
pub(super) fn state(state: State, tongue: Tongue) -> &'static str {
    match state {
        State::Draft => Phrase::Draft,
        State::Submitted => Phrase::Submitted,
        State::Attested => Phrase::Attested,
        State::Reopened => Phrase::Reopened,
    }
    .text(tongue)
}
