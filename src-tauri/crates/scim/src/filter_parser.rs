use crate::lexer::{Token, tokens};
use crate::{AttributePath, Comparison, Error, ErrorType, Filter};
use serde_json::Value;
use std::str::FromStr;

/// So many parentheses and negations may stand inside each other.
const MAX_DEPTH: usize = 64;

/// So many comparisons may stand in one filter.
const MAX_TERMS: usize = 500;

impl Filter {
    /// Reads a filter. Operators and attribute names may be written in any case.
    ///
    /// # Errors
    /// `invalidFilter`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let invalid = |detail: String| Error::new(ErrorType::InvalidFilter, detail);
        let tokens = tokens(text).map_err(invalid)?;
        let mut parser = Parser { tokens: &tokens, position: 0, depth: 0, terms: 0 };
        let filter = parser.or().map_err(invalid)?;
        match parser.peek() {
            None => Ok(filter),
            Some(_) => Err(invalid("something stands behind the end of the filter".to_owned())),
        }
    }
}

impl FromStr for Comparison {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.to_ascii_lowercase().as_str() {
            "eq" => Ok(Self::Equal),
            "ne" => Ok(Self::NotEqual),
            "co" => Ok(Self::Contains),
            "sw" => Ok(Self::StartsWith),
            "ew" => Ok(Self::EndsWith),
            "gt" => Ok(Self::Greater),
            "ge" => Ok(Self::GreaterOrEqual),
            "lt" => Ok(Self::Less),
            "le" => Ok(Self::LessOrEqual),
            _ => Err("there is an operator that does not exist".to_owned()),
        }
    }
}

struct Parser<'a> {
    tokens: &'a [Token],
    position: usize,
    depth: usize,
    terms: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.position)
    }

    fn next(&mut self) -> Option<&'a Token> {
        let token = self.peek();
        self.position += 1;
        token
    }

    /// Takes the word when it comes next.
    fn takes(&mut self, word: &str) -> bool {
        let comes = matches!(self.peek(), Some(Token::Word(text)) if text.eq_ignore_ascii_case(word));
        self.position += usize::from(comes);
        comes
    }

    fn expects(&mut self, token: &Token) -> Result<(), String> {
        if self.next() == Some(token) { Ok(()) } else { Err("a bracket is missing".to_owned()) }
    }

    fn or(&mut self) -> Result<Filter, String> {
        let mut left = self.and()?;
        while self.takes("or") {
            left = Filter::Or(Box::new(left), Box::new(self.and()?));
        }
        Ok(left)
    }

    fn and(&mut self) -> Result<Filter, String> {
        let mut left = self.term()?;
        while self.takes("and") {
            left = Filter::And(Box::new(left), Box::new(self.term()?));
        }
        Ok(left)
    }

    fn term(&mut self) -> Result<Filter, String> {
        if self.peek() == Some(&Token::Open) {
            return self.inside(&Token::Open, &Token::Close);
        }
        let negates = self.tokens.get(self.position + 1) == Some(&Token::Open) && self.takes("not");
        if negates {
            return Ok(Filter::Not(Box::new(self.inside(&Token::Open, &Token::Close)?)));
        }
        self.about_attribute()
    }

    fn inside(&mut self, open: &Token, close: &Token) -> Result<Filter, String> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err("too many brackets stand inside each other".to_owned());
        }
        self.expects(open)?;
        let filter = self.or()?;
        self.expects(close)?;
        self.depth -= 1;
        Ok(filter)
    }

    fn about_attribute(&mut self) -> Result<Filter, String> {
        self.terms += 1;
        if self.terms > MAX_TERMS {
            return Err("the filter has too many comparisons".to_owned());
        }
        let Some(Token::Word(name)) = self.next() else { return Err("an attribute is missing".to_owned()) };
        let path = AttributePath::parse(name).ok_or("an attribute cannot be read")?;
        if self.peek() == Some(&Token::OpenBracket) {
            return self.about_element(path);
        }
        if self.takes("pr") {
            return Ok(Filter::Present(path));
        }
        let (comparison, value) = self.comparison()?;
        Ok(Filter::Compare(path, comparison, value))
    }

    fn about_element(&mut self, path: AttributePath) -> Result<Filter, String> {
        let inner = Box::new(self.inside(&Token::OpenBracket, &Token::CloseBracket)?);
        let part = match self.peek() {
            Some(Token::Word(word)) => {
                word.strip_prefix('.').filter(|part| AttributePath::parse(part).is_some())
            }
            _ => None,
        };
        let Some(part) = part else { return Ok(Filter::Element(path, inner, None)) };
        self.position += 1;
        let (comparison, value) = self.comparison()?;
        Ok(Filter::Element(path, inner, Some((part.to_owned(), comparison, value))))
    }

    fn comparison(&mut self) -> Result<(Comparison, Value), String> {
        let Some(Token::Word(operator)) = self.next() else {
            return Err("an operator is missing".to_owned());
        };
        Ok((operator.parse()?, self.value()?))
    }

    /// A JSON value, or `True` and `False` as some identity providers write them.
    fn value(&mut self) -> Result<Value, String> {
        match self.next() {
            Some(Token::Text(text)) => Ok(Value::String(text.clone())),
            Some(Token::Word(word)) => match crate::normalise::boolean_text(word) {
                Some(value) => Ok(Value::Bool(value)),
                None if word.eq_ignore_ascii_case("null") => Ok(Value::Null),
                None => serde_json::from_str(word).map_err(|_| "a value cannot be read".to_owned()),
            },
            _ => Err("a value is missing".to_owned()),
        }
    }
}
