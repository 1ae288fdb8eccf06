//! From tokens to the tree, by recursive descent.

use super::{
    MAX_DEPTH, ParseError,
    lexer::{self, Lexeme, Token},
    node::{Node, Operator},
    types::{Kind, Typed},
};

/// The precedence of the loosest operator.
const LOOSEST: u8 = 1;

/// Reads a whole source as a boolean; `own` is the key of the question that `.` stands for, if it may stand there.
pub(super) fn condition(source: &str, own: Option<&str>) -> Result<Node, ParseError> {
    let mut parser = Parser { tokens: &lexer::tokens(source)?, own, depth: 0 };
    let condition = parser.chain(LOOSEST)?;
    parser.expect(Lexeme::End, "an operator (`or and = != < <= > >= + - * div mod`) or the end")?;
    condition.boolean()
}

struct Parser<'t, 's> {
    /// What is still to be read.
    tokens: &'t [Token<'s>],
    own: Option<&'t str>,
    depth: usize,
}

impl<'s> Parser<'_, 's> {
    /// Operands joined by operators of this precedence or a higher one.
    fn chain(&mut self, loosest: u8) -> Result<Typed, ParseError> {
        let mut left = self.operand()?;
        while let Lexeme::Operator(operator) = self.peek().is
            && operator.precedence() >= loosest
        {
            self.advance();
            let right = self.chain(operator.precedence() + 1)?;
            left = left.join(operator, right)?;
        }
        Ok(left)
    }

    /// An operand with its signs. All nesting passes here, so the depth is counted here.
    fn operand(&mut self) -> Result<Typed, ParseError> {
        let Token { at, is } = self.advance();
        if self.depth == MAX_DEPTH {
            let message =
                format!("an expression nests at most {MAX_DEPTH} levels: parentheses, calls and signs");
            return Err(ParseError::new(at, message));
        }
        self.depth += 1;
        let (kind, node) = match is {
            Lexeme::Operator(Operator::Minus) => {
                (Kind::Number, Node::Negative(Box::new(self.operand()?.numeric()?)))
            }
            Lexeme::Open => {
                let inner = self.chain(LOOSEST)?;
                self.expect(Lexeme::Close, "an operator or `)`")?;
                (inner.kind, inner.node)
            }
            Lexeme::Reference(key) => (Kind::Text, Node::Reference(key.to_owned())),
            Lexeme::Own => (Kind::Text, Node::Reference(self.own(at)?.to_owned())),
            Lexeme::Text(text) => (Kind::Text, Node::Text(text.to_owned())),
            Lexeme::Number(number) => (Kind::Number, Node::Number(number)),
            Lexeme::Name(name) => self.call(at, name)?,
            Lexeme::Operator(_) | Lexeme::Close | Lexeme::Comma | Lexeme::End => {
                let message = format!("expected a question, text, number, function or `(`, found {is}");
                return Err(ParseError::new(at, message));
            }
        };
        self.depth -= 1;
        Ok(Typed { at, kind, node })
    }

    /// The key of the question that `.` stands for.
    fn own(&self, at: usize) -> Result<&str, ParseError> {
        let message = "`.` is the answer that a constraint is about, and this is no constraint: a question is written \
                       by its key, as `${A1}`";
        self.own.ok_or_else(|| ParseError::new(at, message))
    }

    /// The call of a function whose name was just read.
    fn call(&mut self, at: usize, name: &str) -> Result<(Kind, Node), ParseError> {
        if self.peek().is != Lexeme::Open {
            let message = format!(
                "`{name}` alone means nothing: write `${{{name}}}` for a question, '{name}' for text \
                 or `{name}(…)` for a function"
            );
            return Err(ParseError::new(at, message));
        }
        match name {
            "true" => self.arguments(at, name).map(|[]| (Kind::Boolean, Node::Boolean(true))),
            "false" => self.arguments(at, name).map(|[]| (Kind::Boolean, Node::Boolean(false))),
            "not" => {
                let [condition] = self.arguments(at, name)?;
                Ok((Kind::Boolean, Node::Not(Box::new(condition.boolean()?))))
            }
            "if" => Typed::choice(self.arguments(at, name)?),
            "selected" => {
                let [key, option] = self.arguments(at, name)?;
                Ok((Kind::Boolean, Node::Selected { key: key.reference()?, option: option.literal()? }))
            }
            "count-selected" => {
                let [key] = self.arguments(at, name)?;
                Ok((Kind::Number, Node::CountSelected(key.reference()?)))
            }
            "string-length" => {
                let [text] = self.arguments(at, name)?;
                Ok((Kind::Number, Node::StringLength(Box::new(text.text()?))))
            }
            "coalesce" => {
                let [first, second] = self.arguments(at, name)?;
                Ok((Kind::Text, Node::Coalesce(Box::new([first.text()?, second.text()?]))))
            }
            "number" => {
                let [text] = self.arguments(at, name)?;
                Ok((Kind::Number, Node::ToNumber(Box::new(text.text()?))))
            }
            _ => Err(ParseError::new(
                at,
                format!(
                    "there is no function `{name}`; known are true, false, not, if, selected, count-selected, \
                     string-length, coalesce and number"
                ),
            )),
        }
    }

    /// Exactly so many arguments in parentheses.
    fn arguments<const N: usize>(&mut self, at: usize, name: &str) -> Result<[Typed; N], ParseError> {
        self.expect(Lexeme::Open, "`(`")?;
        let mut arguments = Vec::new();
        if self.peek().is == Lexeme::Close {
            self.advance();
        } else {
            arguments.push(self.chain(LOOSEST)?);
            while self.peek().is == Lexeme::Comma {
                self.advance();
                arguments.push(self.chain(LOOSEST)?);
            }
            self.expect(Lexeme::Close, "an operator, `,` or `)`")?;
        }
        let found = arguments.len();
        arguments.try_into().map_err(|_| {
            ParseError::new(at, format!("arguments of `{name}(…)`: expected {N}, found {found}"))
        })
    }

    fn expect(&mut self, wanted: Lexeme<'_>, words: &str) -> Result<(), ParseError> {
        let Token { at, is } = self.advance();
        if is == wanted { Ok(()) } else { Err(ParseError::new(at, format!("expected {words}, found {is}"))) }
    }

    fn peek(&self) -> Token<'s> {
        self.tokens.first().copied().unwrap_or(Token { at: 1, is: Lexeme::End })
    }

    /// The next token, which is then read; the end stays.
    fn advance(&mut self) -> Token<'s> {
        let token = self.peek();
        if let [_, rest @ ..] = self.tokens
            && !rest.is_empty()
        {
            self.tokens = rest;
        }
        token
    }
}
