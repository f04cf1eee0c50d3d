//! The note in forms that invite.

use super::{FormState, Submitted};
use crate::error::Error;
use crate::fault::Rule;
use crate::plain_text::{clean, link_in};
use crate::words::Text;

/// How much of a link is quoted.
const LONGEST_QUOTED: usize = 60;

/// [`FormState::again`], which names what would become a link.
///
/// # Errors
/// As [`FormState::again`].
pub(super) fn again(form: &Submitted, error: Error) -> Result<FormState, Error> {
    let has_link = matches!(&error, Error::Invalid(faults) if faults.iter().any(|fault| fault.rule == Rule::NoteLink));
    let state = FormState::again(form, error)?;
    // As the field reads it.
    let mut lines = form.get("note").unwrap_or_default().lines().map(clean);
    match lines.find_map(|line| link_in(&line)).filter(|_| has_link) {
        Some(link) => {
            let link: String = link.chars().take(LONGEST_QUOTED).collect();
            Ok(state.refusing([("note", Text::of("fault-note-link").with("what", link))]))
        }
        None => Ok(state),
    }
}
