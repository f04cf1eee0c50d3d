//! Forms with a picture: their parts, read one after the other within limits.

use multer::{Field, Multipart};
use rocket::Data;
use rocket::data::ToByteUnit;
use rocket::http::ContentType;

use crate::domain::users::pictures::{File, LONGEST_FILE};
use crate::error::Error;

/// What is read of a form at all. A file beyond [`LONGEST_FILE`] is read over, so that it can be answered.
const LONGEST_FORM_MIB: u64 = 32;
/// Bytes of a field that is no file, and how many such fields there may be.
const LONGEST_FIELD: usize = 2048;
const MOST_FIELDS: usize = 100;

/// The field that holds the file.
const FILE: &str = "picture";

/// What stands between the parts of a form; `None` when it is not of this type.
pub fn boundary(content_type: Option<&ContentType>) -> Option<String> {
    multer::parse_boundary(content_type?.to_string()).ok()
}

/// The parts of a form.
pub struct Parts<'r> {
    parts: Multipart<'r>,
    fields: usize,
    /// A file was too long: nothing more need be readable.
    was_too_long: bool,
}

/// A part of a form.
pub enum Part<'r> {
    /// A field's name and text.
    Text(String, String),
    /// A file, not yet read.
    File(Box<Field<'r>>),
}

impl<'r> Parts<'r> {
    pub fn of(boundary: String, data: Data<'r>) -> Self {
        let parts = Multipart::with_reader(data.open(LONGEST_FORM_MIB.mebibytes()), boundary);
        Self { parts, fields: 0, was_too_long: false }
    }

    /// The next part.
    ///
    /// # Errors
    /// [`Error::BrokenBody`], [`Error::TooLarge`].
    pub async fn next(&mut self) -> Result<Option<Part<'r>>, Error> {
        let part = match self.parts.next_field().await {
            Ok(Some(part)) => part,
            Ok(None) => return Ok(None),
            // Cut off where nothing more is read.
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

    /// Reads a file; `None` when none was chosen.
    ///
    /// # Errors
    /// [`Error::BrokenBody`].
    pub async fn read(&mut self, file: Box<Field<'r>>) -> Result<Option<File>, Error> {
        Ok(match read_up_to(LONGEST_FILE, *file).await? {
            // What a browser sends where no file was chosen.
            Some(bytes) if bytes.is_empty() => None,
            Some(bytes) => Some(File::Whole(bytes)),
            None => {
                self.was_too_long = true;
                Some(File::TooLong)
            }
        })
    }
}

/// The bytes of a part; `None` when there are more than `longest`.
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
            // Cut off where nothing more is read.
            Err(_) if !fits => return Ok(None),
            Err(_) => return Err(Error::BrokenBody),
        }
    }
}
