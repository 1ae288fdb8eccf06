//! Languages as headers write them: `French (fr)`, `fr` or `French`.

use focalnet_domain::country::language;

/// Names of languages and their codes. The first name of a code is the one that is written.
const NAMES: &[(&str, &str)] = &[
    ("Arabic", "ar"),
    ("العربية", "ar"),
    ("Chinese", "zh"),
    ("中文", "zh"),
    ("English", "en"),
    ("French", "fr"),
    ("Français", "fr"),
    ("Russian", "ru"),
    ("Русский", "ru"),
    ("Spanish", "es"),
    ("Español", "es"),
    ("Albanian", "sq"),
    ("Dutch", "nl"),
    ("Georgian", "ka"),
    ("German", "de"),
    ("Italian", "it"),
    ("Japanese", "ja"),
    ("Korean", "ko"),
    ("Lingala", "ln"),
    ("Persian", "fa"),
    ("Polish", "pl"),
    ("Portuguese", "pt"),
    ("Romanian", "ro"),
    ("Sango", "sg"),
    ("Serbian", "sr"),
    ("Swahili", "sw"),
    ("Turkish", "tr"),
    ("Ukrainian", "uk"),
];

/// The code of a language as it is written in a header, in upper or lower case: the one in brackets, that of a name, or
/// one that stands alone. A word of three letters alone is a code only as codes are written: `Eng` is no language.
pub(super) fn code(written: &str) -> Option<String> {
    let in_brackets =
        written.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')).map(|(_, code)| code.trim());
    let named = || {
        NAMES.iter().find(|(name, _)| name.to_lowercase() == written.to_lowercase()).map(|(_, code)| *code)
    };
    let alone = || {
        let code = language(written)?;
        let is_short = code.split('-').next().is_some_and(|primary| primary.len() == 2);
        (is_short || code == written).then_some(code)
    };
    in_brackets.or_else(named).map_or_else(alone, language)
}

/// A language as ODK has it in a header: its name and its code in brackets. A language without a name here goes by
/// its code.
pub(super) fn header(code: &str) -> String {
    let primary = code.split('-').next().unwrap_or(code);
    let name = NAMES.iter().find(|(_, of)| *of == primary).map_or(code, |(name, _)| *name);
    format!("{name} ({code})")
}
