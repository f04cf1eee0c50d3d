//! The secrets of an invitation: derived, never stored. The database keeps digests; a resent mail carries the same
//! link.

use crate::ids::hex;
use crate::keys::{Keys, Purpose};
use crate::store::invitations::Links;

/// How a link was delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// By mail: it proves the mailbox.
    Mailed,
    /// Copied by an administrator: as good for joining, but it proves no mailbox.
    Copied,
}

pub(crate) fn mailed_link(keys: &Keys, uid: &str, generation: i64) -> String {
    keys.derived_token(Purpose::Link, &[b"invitation", uid.as_bytes(), &generation.to_be_bytes()])
}

/// The token of a copied link. The edition rises within a generation when more is offered.
pub(crate) fn copied_link(keys: &Keys, uid: &str, generation: i64, edition: i64) -> String {
    let (label, uid, generation) = (b"invitation-copied", uid.as_bytes(), generation.to_be_bytes());
    match edition {
        1 => keys.derived_token(Purpose::Link, &[label, uid, &generation]),
        edition => keys.derived_token(Purpose::Link, &[label, uid, &generation, &edition.to_be_bytes()]),
    }
}

/// The code for typing: eight hex digits.
pub(crate) fn code(keys: &Keys, uid: &str, generation: i64) -> String {
    hex(&keys.mac(Purpose::Code, &[b"code", uid.as_bytes(), &generation.to_be_bytes()])[..4])
}

pub(crate) fn link_digest(keys: &Keys, token: &str) -> String {
    keys.digest(Purpose::Link, token)
}

pub(crate) fn code_digest(keys: &Keys, code: &str) -> String {
    keys.digest(Purpose::Code, code)
}

/// The digests of all secrets of a generation.
pub(super) fn links(keys: &Keys, uid: &str, generation: i64, with_code: bool) -> Links {
    Links {
        mailed_digest: link_digest(keys, &mailed_link(keys, uid, generation)),
        copied_digest: link_digest(keys, &copied_link(keys, uid, generation, 1)),
        code_digest: with_code.then(|| code_digest(keys, &code(keys, uid, generation))),
    }
}
