//! Reserved usernames.

use crate::error::{AccountError, Error};
use crate::fields::{RESERVED_USERNAMES, Username};

/// Rejects a name that could be taken for the service itself.
///
/// # Errors
/// [`AccountError::UsernameReserved`].
pub(crate) fn refuse_reserved(username: Option<&Username>) -> Result<(), Error> {
    match username {
        Some(name) if RESERVED_USERNAMES.contains(&name.as_str()) => {
            Err(AccountError::UsernameReserved(name.as_str().to_owned()).into())
        }
        _ => Ok(()),
    }
}
