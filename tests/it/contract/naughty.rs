//! Texts that break programs.

/// Most of them are good text all the same.
pub(super) const NAUGHTY: [&str; 64] = [
    // What looks like something else.
    "undefined",
    "null",
    "NULL",
    "nil",
    "None",
    "true",
    "0",
    "-1",
    "1e309",
    "NaN",
    "0x0",
    "1/0",
    "-9223372036854775809",
    "2008-02-30",
    "\"",
    "'",
    "\\",
    "\\u0000",
    "\\ud83d",
    "%00",
    "%s%n%x",
    "{}",
    "[]",
    "{{7*7}}",
    "${jndi:ldap://x/y}",
    "$(reboot)",
    "`reboot`",
    "../../../../etc/passwd",
    "C:\\nul.txt",
    "-rf /",
    "; DROP TABLE freezing_request; --",
    "' OR '1'='1",
    "$1",
    "?",
    "<script>alert(1)</script>",
    "<!ENTITY x SYSTEM \"file:///etc/passwd\">",
    "=HYPERLINK(\"http://x\")",
    "@SUM(1+1)",
    // Writing of the world.
    "田中さんにあげて下さい",
    "사회과학원",
    "Зарегистрируйтесь",
    "هُنَاكَ نَصّ عَرَبِيّ",
    "בְּרֵאשִׁית",
    "Ω≈ç√∫˜µ≤≥÷",
    "ǅ ǆ İ ı ß ſ ﬁ",
    "🏳\u{fe0f}\u{200d}🌈 👩\u{200d}👩\u{200d}👧 🇵🇹",
    "Z\u{321}\u{34a}a\u{320}l\u{354}g\u{329}o\u{32d}",
    "e\u{301} and \u{e9}",
    "\u{feff}marked",
    "zero\u{200b}width\u{2060}joined",
    "line\nfeed\tand\ttabs",
    "not a character \u{fffe} \u{1ffff}",
    "replaced \u{fffd}",
    " spaces around ",
    // Nothing, or what pretends to be something else.
    " ",
    "\n\t",
    "\u{a0}\u{3000}",
    "nul\0inside",
    "\u{1b}[2J\u{1b}[31mred",
    "\u{1b}]0;title\u{7}",
    "carriage\rreturn",
    "next\u{85}line\u{7f}",
    "\u{202e}fdp.exe",
    "\u{2066}isolated\u{2069}",
];

/// Whether a field with room for `most` characters takes a text.
pub(super) fn is_good(text: &str, most: usize) -> bool {
    let deceives = |c: char| {
        c.is_control() && c != '\n' && c != '\t'
            || ('\u{202a}'..='\u{202e}').contains(&c)
            || ('\u{2066}'..='\u{2069}').contains(&c)
    };
    !text.chars().any(deceives) && !text.trim().is_empty() && text.chars().count() <= most
}
