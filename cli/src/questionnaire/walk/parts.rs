//! Values that take several lines: laws, a contact, a file.

use std::{fs, io::Write, path::Path};

use focalnet_contract::{client::Failure, schema};
use focalnet_domain::{
    country::is_language,
    directory::Contact,
    freezing_request::content::Attachment,
    journal::{Bytes, sha256},
    questionnaire::{
        Question, QuestionType,
        answer::{LegislationReference, LegislationReferences, Value},
    },
};

use super::{parse, phrases::Phrase, reader::Reader, talk::Talk};
use crate::questionnaire::tongue::Tongue;

/// The field of the title of a law.
const LAW: &str = "LocalizedText.text";

/// Why there is no value.
#[derive(Debug)]
pub(super) enum Stop {
    /// What was written is wrong.
    Wrong(String),
    /// The question is to be asked anew.
    Anew,
    /// The walk is over.
    Leave,
    /// Reading or writing failed.
    Broken(Failure),
}

impl From<String> for Stop {
    fn from(why: String) -> Self {
        Self::Wrong(why)
    }
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        Self::Broken(error.into())
    }
}

impl<R: Reader, O: Write> Talk<R, O> {
    /// The answer that begins with a text; further lines are asked for where its type takes them.
    pub(super) fn value(&mut self, question: &Question, text: &str, language: &str) -> Result<Value, Stop> {
        match question.kind {
            QuestionType::Legislation => self.laws(text, language).map(Value::Legislation),
            QuestionType::Contact => self.contact(text).map(Value::Contact),
            QuestionType::File => self.file(text, language).map(Value::File),
            _ => Ok(parse::value(question, text, language)?),
        }
    }

    /// A line within an answer, asked for until it can be taken.
    fn part<T>(&mut self, prompt: &str, mut read: impl FnMut(&str) -> Result<T, String>) -> Result<T, Stop> {
        loop {
            let Some(line) = self.line(&format!("  {prompt}"))? else { return Err(Stop::Leave) };
            let taken = match line.as_str() {
                ":quit" => return Err(Stop::Leave),
                ":back" => return Err(Stop::Anew),
                "?" => Err(self.tongue.say(Phrase::WithinHelp, &[])),
                text => match text.strip_prefix(':') {
                    None => read(text),
                    Some(literal) if literal.starts_with(':') => read(literal),
                    Some(_) => Err(self.tongue.say(Phrase::WithinCommands, &[])),
                },
            };
            match taken {
                Ok(value) => return Ok(value),
                Err(why) => self.say(2, &why)?,
            }
        }
    }

    /// A line that may be left out, asked for until it fits its field and the rest.
    fn optional(
        &mut self,
        prompt: Phrase,
        field: &str,
        check: impl Fn(Option<&str>) -> Result<(), String>,
    ) -> Result<Option<String>, Stop> {
        let tongue = self.tongue;
        let prompt = tongue.say(Phrase::OrNone, &[prompt.text(tongue)]);
        self.part(&prompt, |text| {
            let text = Some(within(text, field, tongue)?).filter(|text| !text.is_empty());
            check(text).map(|()| text.map(str::to_owned))
        })
    }

    fn laws(&mut self, title: &str, language: &str) -> Result<LegislationReferences, Stop> {
        let tongue = self.tongue;
        let mut references = Vec::new();
        let mut title = within(title, LAW, tongue)?.to_owned();
        while !title.is_empty() {
            references.push(LegislationReference {
                title: parse::words(&title, language),
                article: self.optional(Phrase::Article, "LegislationReference.article", |_| Ok(()))?,
                url: self.optional(Phrase::Link, "LegislationReference.url", |_| Ok(()))?,
                in_force_from_date: self.part(Phrase::LawSince.text(tongue), |text| {
                    if text.is_empty() { Ok(None) } else { parse::day(text, tongue).map(Some) }
                })?,
            });
            let most =
                schema::rules("LegislationReferences.references").map_or(usize::MAX, |rules| rules.max_items);
            if references.len() == most {
                self.tell(2, Phrase::MostLaws, &[&most.to_string()])?;
                break;
            }
            let next = |text: &str| within(text, LAW, tongue).map(str::to_owned);
            title = self.part(Phrase::AnotherLaw.text(tongue), next)?;
        }
        Ok(LegislationReferences { references })
    }

    fn contact(&mut self, authority: &str) -> Result<Contact, Stop> {
        let tongue = self.tongue;
        let authority = if authority == "-" { "" } else { authority };
        let mut contact = Contact {
            authority: within(authority, "Contact.authority", tongue)?.to_owned(),
            person_display_name: None,
            postal_address: None,
            email: None,
            telephone: None,
            around_the_clock: false,
        };
        let known = contact.clone();
        contact.person_display_name =
            self.optional(Phrase::Person, "Contact.person_display_name", |person| {
                let person_display_name = person.map(str::to_owned);
                checked(&Contact { person_display_name, ..known.clone() }, tongue)
            })?;
        contact.postal_address =
            self.optional(Phrase::PostalAddress, "Contact.postal_address", |_| Ok(()))?;
        let known = contact.clone();
        contact.email = self.optional(Phrase::MailAddress, "Contact.email", |email| {
            checked(&Contact { email: email.map(str::to_owned), ..known.clone() }, tongue)
        })?;
        contact.telephone = self.optional(Phrase::TelephoneNumber, "Contact.telephone", |telephone| {
            checked(&Contact { telephone: telephone.map(str::to_owned), ..known.clone() }, tongue)
        })?;
        let any_hour = |text: &str| if text.is_empty() { Ok(false) } else { parse::boolean(text, tongue) };
        contact.around_the_clock = self.part(Phrase::AnyHour.text(tongue), any_hour)?;
        Ok(contact)
    }

    fn file(&mut self, kind: &str, language: &str) -> Result<Attachment, Stop> {
        let tongue = self.tongue;
        let kind = within(kind, "Attachment.kind", tongue)?.to_owned();
        let mut attachment =
            self.part(Phrase::FilePath.text(tongue), |text| digested(Path::new(text), tongue))?;
        attachment.kind = kind;
        attachment.language_code =
            self.part(&tongue.say(Phrase::FileLanguage, &[language]), |text| match text {
                "" => Ok(language.to_owned()),
                tag if is_language(tag) => Ok(tag.to_owned()),
                _ => Err(tongue.say(Phrase::LanguageTag, &[])),
            })?;
        Ok(attachment)
    }
}

/// What the server would refuse is better said before the lines that follow.
fn within<'t>(text: &'t str, field: &str, tongue: Tongue) -> Result<&'t str, String> {
    if text.contains('\n') {
        Err(tongue.say(Phrase::OneLine, &[]))
    } else {
        parse::fitting(text, field, tongue)
    }
}

fn checked(contact: &Contact, tongue: Tongue) -> Result<(), String> {
    let Some((field, _)) = contact.problem() else { return Ok(()) };
    Err(tongue.say(
        match field {
            ".email" => Phrase::Mail,
            ".telephone" => Phrase::Telephone,
            _ => Phrase::Nobody,
        },
        &[],
    ))
}

/// The metadata of a file: the file itself stays where it is.
fn digested(path: &Path, tongue: Tongue) -> Result<Attachment, String> {
    let shown = path.display().to_string();
    let failed = |error: std::io::Error| tongue.say(Phrase::FileProblem, &[&shown, &error.to_string()]);
    let is_file = fs::metadata(path).map_err(failed)?.is_file();
    let name = path.file_name().and_then(|name| name.to_str()).filter(|_| is_file);
    let name = name.ok_or_else(|| tongue.say(Phrase::IsNoFile, &[&shown]))?;
    let bytes = fs::read(path).map_err(failed)?;
    Ok(Attachment {
        kind: String::new(),
        file_name: within(name, "Attachment.file_name", tongue)?.to_owned(),
        sha256: Bytes(sha256(&[&bytes]).to_vec()).hex(),
        size_bytes: i64::try_from(bytes.len()).map_err(|_| tongue.say(Phrase::FileTooLarge, &[&shown]))?,
        language_code: String::new(),
        translation_of: None,
    })
}
