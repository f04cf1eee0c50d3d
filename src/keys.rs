//! Derives every secret of an installation from one master key.
//!
//! HKDF-SHA-256 derives a key per purpose, so that a leak in one does not affect the others. Sealed columns are
//! XChaCha20-Poly1305 with the column's name and the row's uid as associated data: a value copied into another row or
//! column does not open.

use std::fmt;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::ids::{hex, random_bytes};

/// What a derived key is for.
#[derive(Clone, Copy, Debug)]
pub enum Purpose {
    /// Digests of session secrets.
    Session,
    /// Tokens of mailed links, and their digests.
    Link,
    /// Invite codes, and their digests.
    Code,
    /// The hidden field of forms.
    Csrf,
    /// Keys of throttle counters.
    Throttle,
    /// What requests asked for, to know a repeated one again.
    Repeat,
}

impl Purpose {
    const ALL: [Self; 6] = [Self::Session, Self::Link, Self::Code, Self::Csrf, Self::Throttle, Self::Repeat];

    const fn label(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Link => "link",
            Self::Code => "code",
            Self::Csrf => "csrf",
            Self::Throttle => "throttle",
            Self::Repeat => "repeat",
        }
    }
}

/// The keys derived from one master key.
#[derive(Clone)]
pub struct Keys {
    macs: [Hmac<Sha256>; Purpose::ALL.len()],
    cipher: XChaCha20Poly1305,
    id: [u8; 4],
    fingerprint: String,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(…)")
    }
}

/// A sealed value that this installation's key does not open.
#[derive(Debug, thiserror::Error)]
#[error("a sealed value does not open: it was sealed with another key, changed, or moved")]
pub struct Unsealable;

const SEAL_VERSION: u8 = 1;
const NONCE_BYTES: usize = 24;
const HEADER_BYTES: usize = 1 + 4 + NONCE_BYTES;

impl Keys {
    /// Derives all keys from a master key.
    pub fn derive(master: &[u8; 32]) -> Self {
        let hkdf = Hkdf::<Sha256>::new(Some(b"usher"), master);
        let expand = |label: &str| {
            let mut key = Zeroizing::new([0u8; 32]);
            hkdf.expand(label.as_bytes(), key.as_mut()).expect("32 bytes are a length that HKDF-SHA-256 can give");
            key
        };
        let macs = Purpose::ALL.map(|purpose| {
            Hmac::<Sha256>::new_from_slice(expand(purpose.label()).as_slice()).expect("HMAC takes a key of any length")
        });
        let cipher = XChaCha20Poly1305::new_from_slice(expand("seal").as_slice()).expect("the key has 32 bytes");
        let fingerprint = expand("fingerprint");
        let mut id = [0; 4];
        id.copy_from_slice(&fingerprint[..4]);
        Self { macs, cipher, id, fingerprint: hex(&fingerprint[..16]) }
    }

    /// Identifies the master key without revealing it: 32 hex digits.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// HMAC-SHA-256 over `parts` under the key of `purpose`. Each part is prefixed with its length.
    pub fn mac(&self, purpose: Purpose, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = self.macs[purpose as usize].clone();
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// The stored form of a secret: 64 hex digits, useless without the master key.
    pub fn digest(&self, purpose: Purpose, secret: &str) -> String {
        hex(&self.mac(purpose, &[b"digest", secret.as_bytes()]))
    }

    /// A secret of 32 letters and digits (190 bits), the same for the same parts.
    pub fn derived_token(&self, purpose: Purpose, parts: &[&[u8]]) -> String {
        letters_and_digits(&self.mac(purpose, parts))
    }

    /// Seals `plain` for one column of one row. Layout: version, key id (4), nonce (24), ciphertext.
    pub fn seal(&self, column: &str, uid: &str, plain: &str) -> Vec<u8> {
        let nonce = random_bytes::<NONCE_BYTES>();
        let aad = associated(column, uid);
        let sealed = self
            .cipher
            .encrypt(&XNonce::from(nonce), Payload { msg: plain.as_bytes(), aad: &aad })
            .expect("the text is far shorter than the cipher's limit");
        let mut out = Vec::with_capacity(HEADER_BYTES + sealed.len());
        out.push(SEAL_VERSION);
        out.extend_from_slice(&self.id);
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&sealed);
        out
    }

    /// Opens a value sealed for the same column and row.
    ///
    /// # Errors
    /// [`Unsealable`] for anything else.
    pub fn open(&self, column: &str, uid: &str, sealed: &[u8]) -> Result<String, Unsealable> {
        let (header, ciphertext) = sealed.split_at_checked(HEADER_BYTES).ok_or(Unsealable)?;
        if header[0] != SEAL_VERSION || header[1..5] != self.id {
            return Err(Unsealable);
        }
        let nonce: [u8; NONCE_BYTES] = header[5..].try_into().map_err(|_| Unsealable)?;
        let aad = associated(column, uid);
        let plain = self
            .cipher
            .decrypt(&XNonce::from(nonce), Payload { msg: ciphertext, aad: &aad })
            .map_err(|_| Unsealable)?;
        String::from_utf8(plain).map_err(|_| Unsealable)
    }
}

/// Compares two strings in constant time.
pub fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

fn associated(column: &str, uid: &str) -> Vec<u8> {
    [column.as_bytes(), b"\0", uid.as_bytes()].concat()
}

/// 32 letters and digits from 256 bits, by repeated division: no character is more frequent than another by more than
/// 2⁻⁶⁰.
fn letters_and_digits(bytes: &[u8; 32]) -> String {
    const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let mut number = *bytes;
    (0..32)
        .map(|_| {
            let mut rest = 0u32;
            for byte in &mut number {
                let value = rest * 256 + u32::from(*byte);
                *byte = u8::try_from(value / 62).expect("the rest is below 62, so the quotient is a byte");
                rest = value % 62;
            }
            char::from(ALPHABET[rest as usize])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_value_opens_in_its_own_row_and_column_alone() {
        let keys = Keys::derive(&[7; 32]);
        let sealed = keys.seal("environments.db_pass", "row-1", "salt-water");
        assert_eq!(keys.open("environments.db_pass", "row-1", &sealed).unwrap(), "salt-water");
        assert!(keys.open("environments.db_pass", "row-2", &sealed).is_err());
        assert!(keys.open("environments.db_user", "row-1", &sealed).is_err());
        assert!(Keys::derive(&[8; 32]).open("environments.db_pass", "row-1", &sealed).is_err());
        assert!(!sealed.windows(4).any(|part| part == b"salt"));
    }

    #[test]
    fn a_token_is_32_letters_and_digits_and_depends_on_every_part() {
        let keys = Keys::derive(&[7; 32]);
        let token = keys.derived_token(Purpose::Link, &[b"a", b"b"]);
        assert_eq!(token.len(), 32);
        assert!(token.chars().all(|c| c.is_ascii_alphanumeric()));
        assert_ne!(token, keys.derived_token(Purpose::Link, &[b"ab", b""]));
        assert_ne!(token, keys.derived_token(Purpose::Code, &[b"a", b"b"]));
    }
}
