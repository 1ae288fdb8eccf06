//! The `type` column of a survey.

use focalnet_domain::questionnaire::QuestionType;

use super::columns::CALCULATE;

/// What a row of a survey is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum RowType {
    /// A question, with the name of its list of options when it has one.
    Question(QuestionType, Option<String>),
    /// The first row of a group.
    BeginGroup,
    /// The last row of a group.
    EndGroup,
    /// The first row of what is asked several times.
    BeginRepeat,
    /// The last row of what is asked several times.
    EndRepeat,
    /// A row that asks nothing: the app fills it in.
    Bookkeeping,
    /// What a questionnaire has no place for, and why.
    Refused(String),
}

/// Spellings of closed questions, longer ones before those they begin with.
const CLOSED: &[(&str, QuestionType)] = &[
    ("select one from ", QuestionType::SelectOne),
    ("select one using ", QuestionType::SelectOne),
    ("select one ", QuestionType::SelectOne),
    ("select1 ", QuestionType::SelectOne),
    ("add select one prompt using ", QuestionType::SelectOne),
    ("select all that apply from ", QuestionType::SelectMultiple),
    ("select all that apply ", QuestionType::SelectMultiple),
    ("select multiple from ", QuestionType::SelectMultiple),
    ("select multiple using ", QuestionType::SelectMultiple),
    ("select multiple ", QuestionType::SelectMultiple),
    ("add select multiple prompt using ", QuestionType::SelectMultiple),
];

/// How a question is written in the `type` column, without the name of a list.
pub(super) fn written(kind: QuestionType) -> &'static str {
    match kind {
        QuestionType::Boolean | QuestionType::SelectOne => "select_one",
        QuestionType::SelectMultiple => "select_multiple",
        QuestionType::Text | QuestionType::Legislation | QuestionType::Contact => "text",
        QuestionType::Integer | QuestionType::Period => "integer",
        QuestionType::Decimal => "decimal",
        QuestionType::Date => "date",
        QuestionType::File => "file",
        QuestionType::Note => "note",
    }
}

/// Reads the `type` column.
pub(super) fn parse(text: &str) -> RowType {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (first, rest) = words.split_first().map_or(("", &[][..]), |(first, rest)| (*first, rest));
    let spaced =
        [&[first.replace('_', " ")], &rest.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>()[..]]
            .concat()
            .join(" ");
    let lower = spaced.to_lowercase();
    for file in ["select one from file", "select multiple from file", "select one external"] {
        if lower.starts_with(file) {
            return RowType::Refused(
                "options cannot come from a file: put them into the sheet choices".to_owned(),
            );
        }
    }
    if let Some((spelling, kind)) = CLOSED.iter().find(|(spelling, _)| lower.starts_with(spelling)) {
        // Only ASCII precedes the list, so the lengths are the same in both cases.
        return closed(*kind, spaced.get(spelling.len()..).unwrap_or_default());
    }
    open(&lower, text)
}

fn closed(kind: QuestionType, list: &str) -> RowType {
    let words: Vec<&str> = list.split(' ').collect();
    match words[..] {
        [list] => RowType::Question(kind, Some(list.to_owned())),
        [_, "or_other"] | [_, "or", "specify", "other"] => RowType::Refused(
            "`or_other` is not known: add an option to the list and a text question that is relevant when it is chosen"
                .to_owned(),
        ),
        _ => RowType::Refused(format!("`{list}` is no name of a list")),
    }
}

fn open(lower: &str, text: &str) -> RowType {
    let prompt = lower.strip_prefix("add ").and_then(|rest| rest.strip_suffix(" prompt"));
    let plain =
        prompt.or_else(|| lower.strip_prefix("get ")).or_else(|| lower.strip_prefix("q ")).unwrap_or(lower);
    let reason = match plain {
        "text" | "string" => return RowType::Question(QuestionType::Text, None),
        "integer" | "int" => return RowType::Question(QuestionType::Integer, None),
        "decimal" => return RowType::Question(QuestionType::Decimal, None),
        "note" => return RowType::Question(QuestionType::Note, None),
        "date" => return RowType::Question(QuestionType::Date, None),
        "file" | "image" | "photo" | "picture" | "audio" | "video" => {
            return RowType::Question(QuestionType::File, None);
        }
        "begin group" => return RowType::BeginGroup,
        "end group" => return RowType::EndGroup,
        "begin repeat" | "begin lgroup" | "begin looped group" => return RowType::BeginRepeat,
        "end repeat" | "end lgroup" | "end looped group" | "end loop" => return RowType::EndRepeat,
        "start"
        | "start time"
        | "end"
        | "end time"
        | "today"
        | "audit"
        | "username"
        | "uri:username"
        | "email"
        | "uri:email"
        | "deviceid"
        | "device id"
        | "uri:deviceid"
        | "imei"
        | "phonenumber"
        | "phone number"
        | "uri:phonenumber"
        | "simserial"
        | "sim id"
        | "uri:simserial"
        | "subscriberid"
        | "subscriber id"
        | "uri:subscriberid"
        | "start-geopoint"
        | "background-audio"
        | "background-geopoint" => {
            return RowType::Bookkeeping;
        }
        _ if plain.starts_with("begin loop") => return RowType::BeginRepeat,
        "acknowledge" | "trigger" => "an acknowledgement is no answer: ask with `select_one`",
        "calculate" => CALCULATE,
        "hidden" => "`hidden` is not supported: it asks nothing",
        "csv-external" | "xml-external" => "a form cannot bring files with it",
        "geopoint" | "location" | "gps" | "geotrace" | "geoshape" => {
            return unknown(text, "an answer is no place on a map; ask for the place with `text`");
        }
        "time" | "datetime" | "date time" | "date and time" => {
            return unknown(
                text,
                "an answer has no time of the day; ask for the day with `date`, or with `text`",
            );
        }
        "range" => return unknown(text, "ask with `integer` or `decimal`, and with a `constraint`"),
        "barcode" => return unknown(text, "ask with `text`"),
        _ if plain.starts_with("rank ") => {
            return unknown(
                text,
                "options cannot be put in an order; ask with `select_multiple`, or with `text`",
            );
        }
        _ => {
            return unknown(
                text,
                "known are select_one, select_multiple, text, integer, decimal, date, file and note",
            );
        }
    };
    RowType::Refused(reason.to_owned())
}

fn unknown(text: &str, instead: &str) -> RowType {
    RowType::Refused(format!("the type `{text}` is not supported: {instead}"))
}
