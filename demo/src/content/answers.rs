//! What States answer to the questionnaire, as data.

use std::collections::BTreeMap;

use focalnet_contract::client::Failure;
use focalnet_domain::questionnaire::answer::{NewAnswer, Value};

/// The answers of one save: question and value.
type Save = BTreeMap<String, Value>;

fn saves() -> Result<BTreeMap<String, Save>, Failure> {
    toml::from_str(include_str!("answers.toml")).map_err(|error| Failure::unexpected(error.to_string()))
}

/// The answers of a save, by the name of its table.
pub(in super::super) fn answers(save: &str) -> Result<Vec<NewAnswer>, Failure> {
    let answers = saves()?.remove(save);
    let answers = answers.ok_or_else(|| Failure::unexpected(format!("nobody answers {save}")))?;
    let answer = |(question, value)| NewAnswer {
        question,
        value,
        valid_from_date: None,
        shared: false,
        comment: None,
        etag: None,
    };
    Ok(answers.into_iter().map(answer).collect())
}

#[cfg(test)]
mod tests {
    use focalnet_domain::questionnaire::{Document, STANDARD};

    use super::*;

    #[test]
    fn every_answer_fits_its_question() {
        let standard: Document = toml::from_str(STANDARD).unwrap();
        for (question, value) in saves().unwrap().into_values().flatten() {
            let asked = standard.questions.iter().find(|asked| asked.key == question).unwrap();
            assert_eq!(value.problem(asked), None, "{question}");
        }
    }
}
