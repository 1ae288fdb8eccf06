//! Text from elsewhere, made harmless: what others wrote must not move the cursor, recolour or reorder a terminal.

use std::fmt::Write as _;

/// Whether a terminal acts on the character, or shows the text around it in another order, or hides it.
///
/// The joiners U+200C and U+200D stay: several scripts need them.
fn acts(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// One line: every acting character, line breaks included, becomes `\u{1b}`.
#[must_use]
pub fn line(text: &str) -> String {
    escaped(text, |letter| format!("\\u{{{:x}}}", u32::from(letter)))
}

/// Lines of text, each escaped on its own.
pub fn lines(text: &str) -> impl Iterator<Item = String> {
    text.lines().map(line)
}

/// JSON with the same meaning: in JSON such characters stand in strings only, where they can be written as
/// escapes.
#[must_use]
pub fn json(text: &str) -> String {
    escaped(text, |letter| {
        letter.encode_utf16(&mut [0; 2]).iter().fold(String::new(), |mut code, unit| {
            let _ = write!(code, "\\u{unit:04x}");
            code
        })
    })
}

fn escaped(text: &str, code: impl Fn(char) -> String) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut safe, letter| {
        if acts(letter) {
            safe.push_str(&code(letter));
        } else {
            safe.push(letter);
        }
        safe
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminals_cannot_be_driven() {
        assert_eq!(line("\x1b[2Jgone\u{9b}1m\r\n"), "\\u{1b}[2Jgone\\u{9b}1m\\u{d}\\u{a}");
        assert_eq!(line("abc\u{202e}cba\u{2066}"), "abc\\u{202e}cba\\u{2066}");
        assert_eq!(line("Côte d’Ivoire, نمی\u{200c}خواهم"), "Côte d’Ivoire, نمی\u{200c}خواهم");
        assert_eq!(lines("a\x07\nb").collect::<Vec<_>>(), ["a\\u{7}", "b"]);
    }

    #[test]
    fn json_keeps_its_meaning() {
        let value = serde_json::json!({"text": "\u{9b}31m \u{202e} \u{7f} \u{e0041} é \n"});
        let safe = json(&value.to_string());
        assert!(!safe.chars().any(acts));
        assert_eq!(serde_json::from_str::<serde_json::Value>(&safe).unwrap(), value);
    }
}
