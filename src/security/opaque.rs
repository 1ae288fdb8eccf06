//! Credentials that mean nothing by themselves: random text, of which the store keeps only the digest.

use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use secrecy::{ExposeSecret, SecretString};

use super::{
    digest::{framed, random, sha256_raw},
    keys::Keys,
};
use crate::error::Result;

/// The alphabet of Crockford's base 32: no I, L, O, U.
const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Seven groups of four symbols: 140 random bits.
const CODE_SYMBOLS: usize = 28;

/// A code to be read out or typed once, as in `7Q2M-X0GT-…`: 140 random bits in seven groups.
pub fn one_time_code() -> Result<SecretString> {
    let symbol = |byte: &u8| char::from(SYMBOLS[usize::from(byte % 32)]);
    let symbols: String = random::<CODE_SYMBOLS>()?.iter().map(symbol).collect();
    Ok(grouped(&symbols).into())
}

/// The code that somebody typed, in the one spelling whose digest is stored; `None` when it cannot be a code.
///
/// Case, spaces and hyphens do not matter, nor does I or L for 1 and O for 0.
#[must_use]
pub fn typed_code(typed: &SecretString) -> Option<SecretString> {
    let read = |c: char| match c.to_ascii_uppercase() {
        'I' | 'L' => '1',
        'O' => '0',
        upper => upper,
    };
    let typed = typed.expose_secret();
    let symbols: String = typed.chars().filter(|c| !matches!(c, '-' | ' ')).map(read).collect();
    let good = symbols.len() == CODE_SYMBOLS && symbols.bytes().all(|byte| SYMBOLS.contains(&byte));
    good.then(|| grouped(&symbols).into())
}

/// A token that is exchanged once for a new pair: 256 random bits in base64url.
pub fn refresh_token() -> Result<SecretString> {
    Ok(URL_SAFE_NO_PAD.encode(random::<32>()?).into())
}

/// What is stored of a code or refresh token: its SHA-256. It needs no salt, there is nothing to guess.
#[must_use]
pub fn token_hash(token: &SecretString) -> [u8; 32] {
    sha256_raw(token.expose_secret().as_bytes())
}

impl Keys {
    /// Under what attempts to sign in with `login` are counted: a dump of the counts names no logins.
    #[must_use]
    pub fn login_key(&self, login: &str) -> [u8; 32] {
        let tag = hmac::sign(self.refresh_key(), &framed(&[b"focalnet login v1", login.as_bytes()]));
        std::array::from_fn(|i| tag.as_ref()[i])
    }

    /// The refresh token that follows `presented`: always the same one, so that a lost answer can be given again.
    #[must_use]
    pub fn refresh_successor(&self, presented: &SecretString) -> SecretString {
        let parts = framed(&[b"focalnet refresh v1", presented.expose_secret().as_bytes()]);
        URL_SAFE_NO_PAD.encode(hmac::sign(self.refresh_key(), &parts)).into()
    }
}

fn grouped(symbols: &str) -> String {
    let mut code = String::with_capacity(CODE_SYMBOLS + CODE_SYMBOLS / 4);
    for (at, symbol) in symbols.chars().enumerate() {
        if at > 0 && at % 4 == 0 {
            code.push('-');
        }
        code.push(symbol);
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_people_type_them() {
        let code = one_time_code().unwrap();
        let text = code.expose_secret();
        assert_eq!(text.len(), 34);
        assert!(text.split('-').all(|group| group.len() == 4));
        assert_ne!(text, one_time_code().unwrap().expose_secret());
        let sloppy = text.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
        assert_eq!(typed_code(&sloppy.into()).unwrap().expose_secret(), text);
        for wrong in
            ["", &text[1..], &format!("{text}0"), &format!("U{}", &text[1..]), &format!("é{}", &text[2..])]
        {
            assert!(typed_code(&wrong.into()).is_none(), "{wrong}");
        }
    }

    #[test]
    fn every_symbol_occurs() {
        let codes: Vec<_> = (0..100).map(|_| one_time_code().unwrap()).collect();
        for symbol in SYMBOLS {
            assert!(codes.iter().any(|code| code.expose_secret().contains(char::from(*symbol))));
        }
    }

    #[test]
    fn successors_are_fixed_and_lead_on() {
        let (keys, others) = (Keys::generate("a").unwrap(), Keys::generate("a").unwrap());
        let first = refresh_token().unwrap();
        assert_eq!(first.expose_secret().len(), 43);
        let second = keys.refresh_successor(&first);
        assert_eq!(second.expose_secret().len(), 43);
        assert_eq!(second.expose_secret(), keys.refresh_successor(&first).expose_secret());
        assert_ne!(second.expose_secret(), others.refresh_successor(&first).expose_secret());
        assert_ne!(second.expose_secret(), keys.refresh_successor(&second).expose_secret());
        assert_ne!(token_hash(&first), token_hash(&second));
    }
}
