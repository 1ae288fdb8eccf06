use super::{Expression, MAX_DEPTH, MAX_LENGTH, Operand, eval::to_number};

mod properties;
mod refusals;

/// Answers as `key=value` separated by `;`. Questions whose keys begin with `n_` are asked for numbers.
fn is_true(expression: &Expression, answers: &str) -> bool {
    expression.holds(|key| {
        let answer = answers.split(';').filter_map(|answer| answer.split_once('='));
        let text = answer.filter(|(known, _)| *known == key).map(|(_, value)| value.to_owned()).collect();
        if key.starts_with("n_") { Operand::Number(text) } else { Operand::Text(text) }
    })
}

fn holds(source: &str, answers: &str) -> bool {
    let expression = Expression::parse(source).unwrap_or_else(|error| panic!("{source}: {error}"));
    is_true(&expression, answers)
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
fn numbers_are_compared_as_numbers_however_they_are_written() {
    for (source, answers, expected) in [
        ("${n_d} = 2", "n_d=2.0", true),
        ("${n_d} = '2'", "n_d=2.0", true),
        ("'2.00' = ${n_d}", "n_d=2", true),
        ("${n_d} != '2'", "n_d=2.0", false),
        ("${n_d} = '0'", "n_d=-0", true),
        ("${n_d} = -0", "n_d=0.0", true),
        ("${n_d} = ${n_i}", "n_d=2.0;n_i=2", true),
        ("${n_d} != ${n_i}", "n_d=2.5;n_i=2", true),
        ("${n_d} = ${T}", "n_d=2.0;T=2", true),
        ("${n_d} = ${T}", "n_d=2.0;T=two", false),
        ("${n_d} = 'two'", "n_d=2", false),
        ("coalesce(${n_d}, ${n_i}) = '2'", "n_i=2.0", true),
        ("if(true(), ${n_d}, ${T}) = '2'", "n_d=2.0", true),
        // Its text is what was answered.
        ("string-length(${n_d}) = 3", "n_d=2.0", true),
        // No answer is the empty text, and nothing else is.
        ("${n_d} = ''", "", true),
        ("${n_d} != ''", "", false),
        ("${n_d} = ''", "n_d=0", false),
        ("${n_d} = ${n_i}", "", true),
        ("${n_d} = 0", "", false),
        // Text stays text.
        ("${T} = '2'", "T=2.0", false),
        ("${T} = ${U}", "T=2.0;U=2", false),
    ] {
        assert_eq!(holds(source, answers), expected, "{source} with {answers}");
    }
}

#[test]
fn a_constraint_is_about_the_answer_itself() {
    for (source, answers, expected) in [
        (". >= 1 and . <= 5", "n_q=5", true),
        (".>=1 and .<=5", "n_q=6", false),
        (". = '5'", "n_q=5.0", true),
        (". > ${n_low}", "n_q=5;n_low=4", true),
        (". > ${n_low}", "n_q=5;n_low=5", false),
        ("${n_q} = .", "n_q=5", true),
        ("not(selected(., 'none') and count-selected(.) > 1)", "n_q=none bank", false),
        ("string-length(.) = 3", "n_q=abc", true),
        ("1 - . = -1", "n_q=2", true),
    ] {
        let constraint = Expression::constraint(source, "n_q").unwrap();
        assert_eq!(is_true(&constraint, answers), expected, "{source} with {answers}");
        assert!(Expression::parse(source).is_err(), "{source}");
    }
    let constraint = Expression::constraint("selected(., 'x') or . = ${other}", "q").unwrap();
    assert_eq!(constraint.references().collect::<Vec<_>>(), ["q", "other"]);
    assert_eq!(constraint.selected_options().collect::<Vec<_>>(), [("q", "x")]);
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
fn tells_what_it_counts() {
    let source = "${A} < 3 or 1 - ${B} = 2 or number(${C}) = ${X} or -${D} = 1 or ${Y} = 'y' and 2 >= (${E}) \
                  or string-length(${Z}) > 1 or count-selected(${Z}) > 1";
    let expression = Expression::parse(source).unwrap();
    assert_eq!(expression.counted().collect::<String>(), "ABCDE");
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
