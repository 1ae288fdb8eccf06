use super::{Expression, MAX_DEPTH, MAX_LENGTH, eval::to_number};

mod properties;
mod refusals;

/// Answers as `key=value` separated by `;`.
fn holds(source: &str, answers: &str) -> bool {
    let expression = Expression::parse(source).unwrap_or_else(|error| panic!("{source}: {error}"));
    expression.holds(|key| {
        let answer = answers.split(';').filter_map(|answer| answer.split_once('='));
        answer.filter(|(known, _)| *known == key).map(|(_, value)| value.to_owned()).collect()
    })
}

#[test]
fn evaluates() {
    for (source, answers, expected) in [
        ("true()", "", true),
        ("false()", "", false),
        ("not(false())", "", true),
        // References
        ("${A1} = 'yes'", "A1=yes", true),
        ("${A1} = 'yes'", "A1=no", false),
        ("${A1} = \"yes\"", "", false),
        ("'yes' != ${A1}", "A1=no", true),
        ("${A1} = ''", "", true),
        ("${A-1_b} = ${_c}", "A-1_b=x;_c=x", true),
        // Booleans
        ("${A} = 'x' and ${B} = 'y'", "A=x;B=y", true),
        ("${A} = 'x' and ${B} = 'y'", "A=x", false),
        ("${A} = 'x' or ${B} = 'y'", "B=y", true),
        ("true() or false() and false()", "", true),
        ("(true() or false()) and false()", "", false),
        ("false() = (1 = 2)", "", true),
        ("1 = 1 = true()", "", true),
        ("1 != 1 = true()", "", false),
        // Numbers
        ("${N} > 3", "N=10", true),
        ("${N} > ${M}", "N=10;M=9", true),
        ("'10' = 10.0", "", true),
        ("'10' = '10.0'", "", false),
        ("number('10') = '10.0'", "", true),
        ("1 + 2 * 3 = 7", "", true),
        ("(1 + 2) * 3 = 9", "", true),
        ("10 - 3 - 2 = 5", "", true),
        ("10 - (3 - 2) = 9", "", true),
        ("12 div 3 div 2 = 2", "", true),
        ("1 div 0 > 1000000", "", true),
        ("-1 div 0 < -1000000", "", true),
        ("5 mod 3 = 2", "", true),
        ("5 mod -3 = 2", "", true),
        ("-5 mod 3 = -2", "", true),
        ("1.5 mod 0.5 = 0", "", true),
        ("--1 = 1", "", true),
        ("-${N} = -3", "N=3", true),
        ("1 + 1 < 3 = true()", "", true),
        ("1<2 and 2>=2 and 1<=1 and not(1>1)", "", true),
        // NaN
        ("${N} > 3", "", false),
        ("${N} <= 3", "", false),
        ("${N} = 3", "", false),
        ("${N} != 3", "", true),
        ("0 div 0 = 0 div 0", "", false),
        ("0 div 0 != 0 div 0", "", true),
        ("number(${N}) = number(${N})", "N=3e2", false),
        // Functions
        ("selected(${S}, 'bank')", "S=cash bank", true),
        ("selected(${S}, 'ban')", "S=cash bank", false),
        ("selected(${S}, '')", "", false),
        ("count-selected(${S}) = 2", "S=cash bank", true),
        ("count-selected(${S}) = 0", "", true),
        ("string-length(${T}) = 3", "T=čšž", true),
        ("string-length('') = 0", "", true),
        ("coalesce(${A}, ${B}) = 'b'", "B=b", true),
        ("coalesce(${A}, ${B}) = 'a'", "A=a;B=b", true),
        ("number(${N}) + 1 = 3", "N=2", true),
        ("if(${A} = 'x', 1, 2) = 1", "A=x", true),
        ("if(${A} = 'x', ${B}, 'c') = 'c'", "B=b", true),
        ("if(${A} = 'x', true(), false())", "", false),
    ] {
        assert_eq!(holds(source, answers), expected, "{source} with {answers}");
    }
}

#[test]
fn converts_text_to_numbers() {
    for (text, number) in [
        ("3", 3.0),
        (" 3 ", 3.0),
        ("\t\r\n3\n", 3.0),
        ("-1.5", -1.5),
        (".5", 0.5),
        ("-.5", -0.5),
        ("5.", 5.0),
        ("007", 7.0),
    ] {
        assert!((to_number(text) - number).abs() < f64::EPSILON, "{text:?}");
    }
    for text in [
        "", " ", "-", ".", "-.", "3e2", "+3", "- 3", "--3", "1.2.3", "1,5", "inf", "NaN", "0x1", "3 4",
        "\u{a0}3", "٣",
    ] {
        assert!(to_number(text).is_nan(), "{text:?}");
    }
}

#[test]
fn prints_canonically() {
    for (source, canonical) in [
        ("  ${A}=\"x\"  ", "${A} = 'x'"),
        ("${A}=\"it's\"", "${A} = \"it's\""),
        ("((${A}='x'))or(true( )and false())", "${A} = 'x' or true() and false()"),
        ("(true() or true()) and true()", "(true() or true()) and true()"),
        ("((1+2)+3)-(4-5)=06.50", "1 + 2 + 3 - (4 - 5) = 6.5"),
        ("-(1+2)*(-(3))<- -4", "-(1 + 2) * -3 < --4"),
        ("1=1=(2=2)", "1 = 1 = (2 = 2)"),
        (
            "if(selected(${S},'a'),1,count-selected(${S}))>0",
            "if(selected(${S}, 'a'), 1, count-selected(${S})) > 0",
        ),
        (
            "not(string-length(coalesce(${A},''))=number('1'))",
            "not(string-length(coalesce(${A}, '')) = number('1'))",
        ),
        ("1000000000000000000000000 > 0.0000000001", "1000000000000000000000000 > 0.0000000001"),
    ] {
        let expression = Expression::parse(source).unwrap();
        assert_eq!(expression.to_string(), canonical);
        assert_eq!(Expression::parse(canonical).unwrap(), expression);
    }
}

#[test]
fn tells_references() {
    let source = "${C} = ${A} or selected(${B}, 'x') and if(${C} = '', -${D}, count-selected(${E})) > \
                  string-length(coalesce(${F}, ${A})) + number(${G})";
    let expression = Expression::parse(source).unwrap();
    assert_eq!(expression.references().collect::<String>(), "CABDEFG");
    assert_eq!(Expression::parse("true()").unwrap().references().count(), 0);
}

#[test]
fn tells_options() {
    let source = "selected(${A}, 'a') or ${B} = 'b' or not('c' != ${C}) or ${D} = '' or ${E} = 5 or ${F} = ${G} \
                  or 'h' = 'i' or ${J} < 'k' or (${L} = 'l' = true())";
    let expression = Expression::parse(source).unwrap();
    let options: Vec<_> = expression.selected_options().collect();
    assert_eq!(options, [("A", "a"), ("B", "b"), ("C", "c"), ("L", "l")]);
}

#[test]
fn bounds_length_and_depth() {
    let chain = |terms: usize| format!("1{} > 0", " + 1".repeat(terms - 1));
    let longest = chain((MAX_LENGTH - 1) / 4);
    assert!(holds(&longest, ""));
    assert!(Expression::parse(&longest.replace(' ', "")).is_ok());

    // Every precedence within every second level: the deepest tree there is.
    let deepest = (2..MAX_DEPTH).step_by(2).fold("1".to_owned(), |inner, _| {
        format!("if(true() or true() and true() = (0 < 0 + 1 * {inner}), 1, 0)")
    });
    assert!(holds(&format!("{deepest} = 1"), ""));

    let nested = |levels: usize| format!("{}true(){}", "(".repeat(levels), ")".repeat(levels));
    assert!(holds(&nested(MAX_DEPTH - 1), ""));
    assert_eq!(Expression::parse(&nested(MAX_DEPTH)).unwrap_err().position, MAX_DEPTH + 1);
}
