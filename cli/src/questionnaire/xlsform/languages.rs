//! Languages as headers write them: `French (fr)`, `fr` or `French`.

use focalnet_domain::country::is_language;

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

/// The code of a language as it is written in a header.
pub(super) fn code(written: &str) -> Option<String> {
    let in_brackets =
        written.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')).map(|(_, code)| code.trim());
    let named = || {
        NAMES.iter().find(|(name, _)| name.to_lowercase() == written.to_lowercase()).map(|(_, code)| *code)
    };
    in_brackets.or_else(named).or(Some(written)).filter(|code| is_language(code)).map(str::to_owned)
}

/// A language as ODK has it in a header: its name and its code in brackets. A language without a name here goes by
/// its code.
pub(super) fn header(code: &str) -> String {
    let primary = code.split('-').next().unwrap_or(code);
    let name = NAMES.iter().find(|(_, of)| *of == primary).map_or(code, |(name, _)| *name);
    format!("{name} ({code})")
}
