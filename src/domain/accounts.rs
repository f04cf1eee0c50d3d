//! Accounts: sign-up, proof of identity, deletion.

pub mod addresses;
pub mod delete;
pub mod passwords;
pub mod profile;
pub mod proof;
mod refusals;
pub mod resets;
pub mod setup;
pub mod sign_in;
pub mod sign_up;
pub(crate) mod usernames;
pub mod verification;

use crate::email_address::EmailAddress;
use crate::fields::FullName;

/// The given name, or the part of the address before the `@`.
fn name_or_local_part(name: Option<FullName>, address: &EmailAddress) -> String {
    name.map_or_else(|| address.local_part().to_owned(), String::from)
}
