//! The options of a closed question as a drop-down shows them.

use focalnet_domain::questionnaire::Question;

/// White space within words is what programs change first.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The options in a language, in their order: their wordings or, where two would look the same, with their keys.
pub(super) fn shown(question: &Question, language: &str) -> Vec<String> {
    let labels: Vec<_> =
        question.options.iter().map(|option| spaced(option.label.in_language(language))).collect();
    let alone = |place: usize| !labels[place].is_empty() && !labels[..place].contains(&labels[place]);
    if (0..labels.len()).all(alone) {
        return labels;
    }
    let with_key = |(option, label): (&focalnet_domain::questionnaire::QuestionOption, String)| {
        spaced(&format!("{}: {label}", option.key))
    };
    question.options.iter().zip(labels).map(with_key).collect()
}

/// The key of the option that a text means: by what the drop-down shows, by its key, or by either in another case.
pub(super) fn chosen(question: &Question, language: &str, text: &str) -> Option<String> {
    let (text, shown) = (spaced(text), shown(question, language));
    let keys = || question.options.iter().map(|option| &option.key);
    let exact = keys().zip(&shown).find(|(_, label)| **label == text).map(|(key, _)| key);
    let by_key = || keys().find(|key| **key == text);
    let lower = text.to_lowercase();
    let by_case = || {
        let mut fitting = keys()
            .zip(&shown)
            .filter(|(key, label)| label.to_lowercase() == lower || key.to_lowercase() == lower);
        fitting.next().filter(|_| fitting.next().is_none()).map(|(key, _)| key)
    };
    exact.or_else(by_key).or_else(by_case).cloned()
}
