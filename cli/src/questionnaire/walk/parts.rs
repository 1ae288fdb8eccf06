//! Values that take several lines: laws, a contact, a file.

use std::{
    fs,
    io::{BufRead, Write},
    path::Path,
};

use focalnet_contract::{client::Failure, schema, wire::thousands};
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

use super::{parse, talk::Talk};

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

impl<I: BufRead, O: Write> Talk<I, O> {
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
                "?" => Err("Write what is asked for; `:back` begins the answer anew, `:quit` leaves.".to_owned()),
                text => match text.strip_prefix(':') {
                    None => read(text),
                    Some(literal) if literal.starts_with(':') => read(literal),
                    Some(_) => Err("Within an answer there are only `:back` and `:quit`; `::` begins a text with a colon."
                        .to_owned()),
                },
            };
            match taken {
                Ok(value) => return Ok(value),
                Err(why) => self.say(2, &why)?,
            }
        }
    }

    /// A text that may be left out.
    fn optional(&mut self, prompt: &str, field: &str) -> Result<Option<String>, Stop> {
        self.part(&format!("{prompt} (Enter for none)"), |text| {
            within(text, field).map(|text| Some(text.to_owned()).filter(|text| !text.is_empty()))
        })
    }

    fn laws(&mut self, title: &str, language: &str) -> Result<LegislationReferences, Stop> {
        let mut references = Vec::new();
        let mut title = within(title, LAW)?.to_owned();
        while !title.is_empty() {
            references.push(LegislationReference {
                title: parse::words(&title, language),
                article: self.optional("article or section", "LegislationReference.article")?,
                url: self.optional("where it can be read, https://…", "LegislationReference.url")?,
                in_force_from_date: self.part(
                    "in force from, as 2026-03-02 (Enter for not said)",
                    |text| {
                        if text.is_empty() { Ok(None) } else { parse::day(text).map(Some) }
                    },
                )?,
            });
            let most =
                schema::rules("LegislationReferences.references").map_or(usize::MAX, |rules| rules.max_items);
            if references.len() == most {
                self.say(2, &format!("An answer names at most {most} laws: these are taken."))?;
                break;
            }
            let next = |text: &str| within(text, LAW).map(str::to_owned);
            title = self.part("title of another law (Enter ends the list)", next)?;
        }
        Ok(LegislationReferences { references })
    }

    fn contact(&mut self, authority: &str) -> Result<Contact, Stop> {
        let authority =
            within(if authority == "-" { "" } else { authority }, "Contact.authority")?.to_owned();
        let mut contact = Contact {
            authority,
            person_display_name: None,
            postal_address: None,
            email: None,
            telephone: None,
            around_the_clock: false,
        };
        contact.person_display_name = self.part("person (Enter for none)", |text| {
            let person = Some(within(text, "Contact.person_display_name")?.to_owned())
                .filter(|person| !person.is_empty());
            checked(&Contact { person_display_name: person.clone(), ..contact.clone() }).map(|()| person)
        })?;
        contact.postal_address = self.optional("postal address, on one line", "Contact.postal_address")?;
        contact.email = self.part("e-mail (Enter for none)", |text| {
            let email = Some(within(text, "Contact.email")?.to_owned()).filter(|email| !email.is_empty());
            checked(&Contact { email: email.clone(), ..contact.clone() }).map(|()| email)
        })?;
        contact.telephone = self.optional("telephone with country code", "Contact.telephone")?;
        let any_hour = |text: &str| if text.is_empty() { Ok(false) } else { parse::boolean(text) };
        contact.around_the_clock =
            self.part("can somebody be reached at any hour, y or n (Enter for n)", any_hour)?;
        Ok(contact)
    }

    fn file(&mut self, kind: &str, language: &str) -> Result<Attachment, Stop> {
        let kind = within(kind, "Attachment.kind")?.to_owned();
        let mut attachment = self.part("path of the file", |text| digested(Path::new(text)))?;
        attachment.kind = kind;
        attachment.language_code =
            self.part(&format!("its language (Enter for {language})"), |text| match text {
                "" => Ok(language.to_owned()),
                tag if is_language(tag) => Ok(tag.to_owned()),
                _ => Err("Write a BCP 47 tag, as fr or pt-BR.".to_owned()),
            })?;
        Ok(attachment)
    }
}

/// What the server would refuse is better said before the lines that follow.
fn within<'t>(text: &'t str, field: &str) -> Result<&'t str, String> {
    let most = schema::rules(field).map_or(usize::MAX, |rules| rules.max_length);
    let too_long = text.chars().nth(most).is_some();
    if too_long { Err(format!("At most {} characters fit.", thousands(most))) } else { Ok(text) }
}

fn checked(contact: &Contact) -> Result<(), String> {
    match contact.problem() {
        None => Ok(()),
        Some((".email", text)) => Err(format!("The e-mail address {text}.")),
        Some((_, text)) => Err(format!("Please {text}.")),
    }
}

/// The metadata of a file: the file itself stays where it is.
fn digested(path: &Path) -> Result<Attachment, String> {
    let told = |why: &str| format!("{}: {why}.", path.display());
    let is_file = fs::metadata(path).map_err(|error| told(&error.to_string()))?.is_file();
    let name = path.file_name().and_then(|name| name.to_str()).filter(|_| is_file);
    let name = within(name.ok_or_else(|| told("is no file"))?, "Attachment.file_name")?;
    let bytes = fs::read(path).map_err(|error| told(&error.to_string()))?;
    Ok(Attachment {
        kind: String::new(),
        file_name: name.to_owned(),
        sha256: Bytes(sha256(&[&bytes]).to_vec()).hex(),
        size_bytes: i64::try_from(bytes.len()).map_err(|_| told("is too large"))?,
        language_code: String::new(),
        translation_of: None,
    })
}
