//! Multipart forms with a picture, read part by part within limits.

use multer::{Field, Multipart};
use rocket::Data;
use rocket::data::ToByteUnit;
use rocket::http::ContentType;

use crate::domain::users::pictures::{File, LONGEST_FILE};
use crate::error::Error;

/// Limit of the whole body. A file beyond [`LONGEST_FILE`] is skipped, not cut off, so that a response can be sent.
const LONGEST_FORM_MIB: u64 = 32;
/// Limits of text fields: bytes of each, and their number.
const LONGEST_FIELD: usize = 2048;
const MOST_FIELDS: usize = 100;

const FILE: &str = "picture";

/// The boundary; `None` if the content type is not multipart.
pub fn boundary(content_type: Option<&ContentType>) -> Option<String> {
    multer::parse_boundary(content_type?.to_string()).ok()
}

pub struct Parts<'r> {
    parts: Multipart<'r>,
    fields: usize,
    /// A file was too long, so the rest need not be readable.
    was_too_long: bool,
}

pub enum Part<'r> {
    /// Name and value.
    Text(String, String),
    /// A file, unread.
    File(Box<Field<'r>>),
}

impl<'r> Parts<'r> {
    pub fn of(boundary: String, data: Data<'r>) -> Self {
        let parts = Multipart::with_reader(data.open(LONGEST_FORM_MIB.mebibytes()), boundary);
        Self { parts, fields: 0, was_too_long: false }
    }

    ///
    /// # Errors
    /// [`Error::BrokenBody`], [`Error::TooLarge`].
    pub async fn next(&mut self) -> Result<Option<Part<'r>>, Error> {
        let part = match self.parts.next_field().await {
            Ok(Some(part)) => part,
            Ok(None) => return Ok(None),
            // The body was cut off at its limit.
            Err(_) if self.was_too_long => return Ok(None),
            Err(_) => return Err(Error::BrokenBody),
        };
        let name = part.name().unwrap_or_default().to_owned();
        if name == FILE {
            return Ok(Some(Part::File(Box::new(part))));
        }
        let value = read_up_to(LONGEST_FIELD, part).await?.ok_or(Error::TooLarge)?;
        let text = String::from_utf8(value).map_err(|_| Error::BrokenBody)?;
        self.fields += 1;
        if self.fields > MOST_FIELDS { Err(Error::TooLarge) } else { Ok(Some(Part::Text(name, text))) }
    }

    /// Reads a file; `None` if none was chosen.
    ///
    /// # Errors
    /// [`Error::BrokenBody`].
    pub async fn read(&mut self, file: Box<Field<'r>>) -> Result<Option<File>, Error> {
        Ok(match read_up_to(LONGEST_FILE, *file).await? {
            // Browsers send an empty file if none was chosen.
            Some(bytes) if bytes.is_empty() => None,
            Some(bytes) => Some(File::Whole(bytes)),
            None => {
                self.was_too_long = true;
                Some(File::TooLong)
            }
        })
    }
}

/// The bytes of a part; `None` if there are more than `longest`.
async fn read_up_to(longest: usize, mut part: Field<'_>) -> Result<Option<Vec<u8>>, Error> {
    let mut bytes = Vec::new();
    let mut fits = true;
    loop {
        match part.chunk().await {
            Ok(Some(chunk)) if fits && bytes.len() + chunk.len() <= longest => bytes.extend_from_slice(&chunk),
            Ok(Some(_)) => {
                fits = false;
                bytes = Vec::new();
            }
            Ok(None) => return Ok(fits.then_some(bytes)),
            // The body was cut off at its limit.
            Err(_) if !fits => return Ok(None),
            Err(_) => return Err(Error::BrokenBody),
        }
    }
}
