//! From characters to tokens.

use std::fmt;

use super::{ParseError, node::Operator};

/// A token and the number of its first character, from 1.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'s> {
    pub(super) at: usize,
    pub(super) is: Lexeme<'s>,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Lexeme<'s> {
    Reference(&'s str),
    Text(&'s str),
    Number(f64),
    Name(&'s str),
    Operator(Operator),
    /// `.`, the answer that a constraint is about.
    Own,
    Open,
    Close,
    Comma,
    End,
}

impl fmt::Display for Lexeme<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reference(key) => write!(f, "`${{{key}}}`"),
            Self::Text(_) => f.write_str("text"),
            Self::Number(_) => f.write_str("a number"),
            Self::Name(name) => write!(f, "`{name}`"),
            Self::Operator(operator) => write!(f, "`{}`", operator.symbol()),
            Self::Own => f.write_str("`.`"),
            Self::Open => f.write_str("`(`"),
            Self::Close => f.write_str("`)`"),
            Self::Comma => f.write_str("`,`"),
            Self::End => f.write_str("the end"),
        }
    }
}

/// Symbols, and what to write instead of those of other languages; the first that matches counts.
const SYMBOLS: [(&str, Result<Lexeme<'static>, &str>); 34] = [
    ("==", Err("write `=` for `==`")),
    ("=<", Err("write `<=` for `=<`")),
    ("=>", Err("write `>=` for `=>`")),
    ("<>", Err("write `!=` for `<>`")),
    ("!=", Ok(Lexeme::Operator(Operator::NotEqual))),
    ("<=", Ok(Lexeme::Operator(Operator::LessOrEqual))),
    (">=", Ok(Lexeme::Operator(Operator::GreaterOrEqual))),
    ("=", Ok(Lexeme::Operator(Operator::Equal))),
    ("<", Ok(Lexeme::Operator(Operator::Less))),
    (">", Ok(Lexeme::Operator(Operator::Greater))),
    ("+", Ok(Lexeme::Operator(Operator::Plus))),
    ("-", Ok(Lexeme::Operator(Operator::Minus))),
    ("*", Ok(Lexeme::Operator(Operator::Times))),
    ("(", Ok(Lexeme::Open)),
    (")", Ok(Lexeme::Close)),
    (",", Ok(Lexeme::Comma)),
    ("!", Err("write `not(…)` for `!`")),
    ("&&", Err("write `and` for `&&`")),
    ("&", Err("write `and` for `&`")),
    ("||", Err("write `or` for `||`")),
    ("|", Err("write `or` for `|`")),
    ("%", Err("write `mod` for `%`")),
    ("/", Err("write `div` for `/`")),
    (".", Ok(Lexeme::Own)),
    ("$", Err("a question is written by its key within `${` and `}`, as `${A1}`")),
    ("{", Err("a question is written with `$` before the brace, as `${A1}`")),
    ("}", Err("there is no `${` before this `}`")),
    ("‘", Err("use the straight quote `'`")),
    ("’", Err("use the straight quote `'`")),
    ("“", Err("use the straight quote `\"`")),
    ("”", Err("use the straight quote `\"`")),
    ("−", Err("use the plain minus `-`")),
    ("–", Err("use the plain minus `-`")),
    ("\u{a0}", Err("use a plain space; this is one that does not break")),
];

/// The tokens of the source; the last, and only the last, is the end.
pub(super) fn tokens(source: &str) -> Result<Vec<Token<'_>>, ParseError> {
    let mut lexer = Lexer { rest: source, at: 1 };
    let mut tokens = Vec::new();
    loop {
        lexer.take_while(|c| matches!(c, ' ' | '\t' | '\r' | '\n'));
        let token = Token { at: lexer.at, is: lexer.lexeme()? };
        tokens.push(token);
        if token.is == Lexeme::End {
            return Ok(tokens);
        }
    }
}

struct Lexer<'s> {
    rest: &'s str,
    at: usize,
}

impl<'s> Lexer<'s> {
    fn lexeme(&mut self) -> Result<Lexeme<'s>, ParseError> {
        let Some(first) = self.rest.chars().next() else { return Ok(Lexeme::End) };
        match first {
            '\'' | '"' => self.text(first),
            '0'..='9' => self.number(),
            '.' if self.rest[1..].starts_with(|c: char| c.is_ascii_digit()) => {
                Err(ParseError::new(self.at, "a number begins with a digit, as `0.5`"))
            }
            _ if begins_name(first) => Ok(self.name()),
            _ if self.skip("${") => self.reference(),
            _ => self.symbol(first),
        }
    }

    fn symbol(&mut self, first: char) -> Result<Lexeme<'s>, ParseError> {
        let at = self.at;
        let (_, meaning) = SYMBOLS
            .iter()
            .find(|(symbol, _)| self.skip(symbol))
            .ok_or_else(|| ParseError::new(at, format!("`{}` has no meaning here", first.escape_debug())))?;
        meaning.map_err(|hint| ParseError::new(at, hint))
    }

    fn text(&mut self, quote: char) -> Result<Lexeme<'s>, ParseError> {
        let at = self.at;
        self.take(quote.len_utf8());
        let text = self.take_while(|c| c != quote);
        if self.rest.is_empty() {
            return Err(ParseError::new(at, format!("the text that begins here has no closing {quote}")));
        }
        self.take(quote.len_utf8());
        Ok(Lexeme::Text(text))
    }

    fn number(&mut self) -> Result<Lexeme<'s>, ParseError> {
        let (at, source) = (self.at, self.rest);
        self.take_while(|c| c.is_ascii_digit());
        if self.skip(".") && self.take_while(|c| c.is_ascii_digit()).is_empty() {
            return Err(ParseError::new(self.at, "a digit is missing after the decimal point"));
        }
        let (digits, _) = source.split_at(source.len() - self.rest.len());
        match digits.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Lexeme::Number(number)),
            _ => Err(ParseError::new(at, "this number is too large")),
        }
    }

    fn name(&mut self) -> Lexeme<'s> {
        match self.take_while(continues_name) {
            "or" => Lexeme::Operator(Operator::Or),
            "and" => Lexeme::Operator(Operator::And),
            "div" => Lexeme::Operator(Operator::Div),
            "mod" => Lexeme::Operator(Operator::Mod),
            name => Lexeme::Name(name),
        }
    }

    fn reference(&mut self) -> Result<Lexeme<'s>, ParseError> {
        if !self.rest.starts_with(begins_name) {
            let message = "the key of a question is missing after `${`: \
                           a letter or `_`, then letters, digits, `_` or `-`";
            return Err(ParseError::new(self.at, message));
        }
        let key = self.take_while(continues_name);
        if self.skip("}") {
            Ok(Lexeme::Reference(key))
        } else {
            Err(ParseError::new(self.at, format!("`}}` is missing after `${{{key}`")))
        }
    }

    fn skip(&mut self, prefix: &str) -> bool {
        let there = self.rest.starts_with(prefix);
        if there {
            self.take(prefix.len());
        }
        there
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'s str {
        self.take(self.rest.find(|c| !wanted(c)).unwrap_or(self.rest.len()))
    }

    /// Takes so many bytes, which must end with a character.
    fn take(&mut self, bytes: usize) -> &'s str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.rest = rest;
        self.at += taken.chars().count();
        taken
    }
}

fn begins_name(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_'
}

fn continues_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
}
