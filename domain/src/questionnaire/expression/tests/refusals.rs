use super::super::{Expression, MAX_DEPTH, MAX_LENGTH};

#[test]
fn says_where_and_what() {
    for (source, position, word) in [
        // Characters
        ("${A} == 'x'", 6, "write `=`"),
        ("true() && true()", 8, "`and`"),
        ("true() || true()", 8, "`or`"),
        ("!true()", 1, "not(…)"),
        ("${A} <> 'x'", 6, "`!=`"),
        ("${A} => 1", 6, "`>=`"),
        ("${A} / 2 > 1", 6, "`div`"),
        ("${A} % 2 = 1", 6, "`mod`"),
        (". = 'x'", 1, "key"),
        ("${A} = .", 8, "constraint"),
        ("selected(., 'x')", 10, "constraint"),
        ("${A} > .5", 8, "0.5"),
        ("${A} > 5.", 10, "digit"),
        ("$A = 'x'", 1, "`${`"),
        ("{A} = 'x'", 1, "`$`"),
        ("A} = 'x'", 2, "no `${`"),
        ("${A = 'x'", 4, "`}` is missing"),
        ("${A", 4, "`}` is missing"),
        ("${} = 'x'", 3, "key"),
        ("${1A} = 'x'", 3, "letter"),
        ("${ A } = 'x'", 3, "key"),
        ("${é} = 'x'", 3, "key"),
        ("${A} = 'x", 8, "closing '"),
        ("${A} = \"x'", 8, "closing \""),
        ("${A} = ‘x’", 8, "straight"),
        ("'čšž' = “x”", 9, "straight"),
        ("${A}\u{a0}= 'x'", 5, "plain space"),
        ("true() # x", 8, "`#`"),
        ("true()\u{0}", 7, "\\0"),
        // Order of tokens
        ("", 1, "the end"),
        ("   ", 4, "the end"),
        ("true() and", 11, "the end"),
        ("and true()", 1, "`and`"),
        ("${A} = = 'x'", 8, "found `=`"),
        ("true() true()", 8, "operator"),
        ("true() AND true()", 8, "`AND`"),
        ("3e2 = 300", 2, "`e2`"),
        ("(true()", 8, "`)`"),
        ("true())", 7, "the end, found `)`"),
        ("not(true()", 11, "`)`"),
        ("not(true(),)", 12, "found `)`"),
        ("()", 2, "found `)`"),
        ("true", 1, "`true(…)`"),
        ("${A} = yes", 8, "'yes'"),
        // Functions
        ("today() > 1", 1, "string-length"),
        ("concat(${A}, 'b') = 'ab'", 1, "coalesce"),
        ("true(1)", 1, "expected 0, found 1"),
        ("not()", 1, "expected 1, found 0"),
        ("1 = 1 and if(true(), true())", 11, "expected 3, found 2"),
        ("selected('A', 'x')", 10, "question"),
        ("selected(${A}, ${B})", 16, "option"),
        ("count-selected('x') = 1", 16, "question"),
        // Types
        ("${A1}", 1, "`${A1} = 'yes'`"),
        ("true() and ${B}", 12, "`${B} = 'yes'`"),
        ("(${B}) or true()", 1, "`${B} = 'yes'`"),
        ("not(${B})", 5, "`${B} = 'yes'`"),
        ("if(${B}, true(), false())", 4, "`${B} = 'yes'`"),
        ("1 + 1", 1, "a number: compare"),
        ("coalesce(${A}, 'x')", 1, "text: compare"),
        ("true() = 'yes'", 10, "a condition cannot be compared with text"),
        ("1 != true()", 6, "a number cannot be compared with a condition"),
        ("1 < 2 < 3", 1, "number is needed"),
        ("1 + true() = 2", 5, "number is needed"),
        ("-true() = 1", 2, "number is needed"),
        ("if(true(), ${A}, 1) = 1", 18, "number(…)"),
        ("string-length(3) = 1", 15, "text is needed"),
        ("coalesce(${A}, 1) = 1", 16, "text is needed"),
        ("number(true()) = 1", 8, "text is needed"),
    ] {
        let error = Expression::parse(source).expect_err(source);
        assert_eq!(error.position, position, "{source}: {error}");
        assert!(error.message.contains(word), "{source}: {error}");
    }
}

#[test]
fn says_its_bounds() {
    let spaces = format!("true(){}", " ".repeat(MAX_LENGTH));
    let compact = format!("1{}>0", "+1".repeat(MAX_LENGTH / 3));
    let signs = format!("{}1 = 1", "-".repeat(MAX_DEPTH));
    let digits = format!("{} = 1", "9".repeat(400));
    for (source, position, word) in [
        (spaces, MAX_LENGTH + 1, "at most 2000"),
        (compact, 1, "spaced out"),
        (signs, MAX_DEPTH + 1, "at most 50"),
        (digits, 1, "too large"),
    ] {
        let error = Expression::parse(&source).expect_err(&source);
        assert_eq!(error.position, position, "{error}");
        assert!(error.to_string().starts_with(&format!("position {position}: ")), "{error}");
        assert!(error.message.contains(word), "{error}");
    }
}
