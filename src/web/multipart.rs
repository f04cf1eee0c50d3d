//! Multipart forms with a picture, read part by part within limits.

use std::error::Error as _;

use multer::{Field, Multipart};
use rocket::Data;
use rocket::data::ToByteUnit;
use rocket::http::ContentType;

use crate::domain::users::pictures::File;
use crate::error::Error;
use crate::uploads::Uploads;
use crate::web::body::{Bodies, InTime, Turn, unreadable};

/// Limit of the whole body. A file that does not fit is skipped, not cut off, so that a response can be sent.
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
    uploads: Uploads,
    _turn: Turn,
    fields: usize,
    /// A file did not fit, so the rest need not be readable.
    did_not_fit: bool,
}

pub enum Part<'r> {
    /// Name and value.
    Text(String, String),
    /// A file, unread.
    File(Box<Field<'r>>),
}

impl<'r> Parts<'r> {
    /// # Errors
    /// [`Error::Busy`].
    pub fn of(boundary: String, data: Data<'r>, bodies: &Bodies, uploads: &Uploads) -> Result<Self, Error> {
        let turn = bodies.begin()?;
        let parts = Multipart::with_reader(InTime::new(data.open(LONGEST_FORM_MIB.mebibytes())), boundary);
        Ok(Self { parts, uploads: uploads.clone(), _turn: turn, fields: 0, did_not_fit: false })
    }

    /// # Errors
    /// [`Error::BrokenBody`], [`Error::TooLarge`], [`Error::TooSlow`].
    pub async fn next(&mut self) -> Result<Option<Part<'r>>, Error> {
        let part = match self.parts.next_field().await {
            Ok(Some(part)) => part,
            Ok(None) => return Ok(None),
            // The body was cut off at its limit.
            Err(_) if self.did_not_fit => return Ok(None),
            Err(error) => return Err(broken(&error)),
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
    /// [`Error::BrokenBody`], [`Error::TooSlow`].
    pub async fn read(&mut self, mut part: Box<Field<'r>>) -> Result<Option<File>, Error> {
        let mut file = File::Whole(self.uploads.begin());
        loop {
            self.did_not_fit = !matches!(file, File::Whole(_));
            match part.chunk().await {
                Ok(Some(chunk)) => file.extend(&chunk),
                // Browsers send an empty file if none was chosen.
                Ok(None) => return Ok(Some(file).filter(|file| !file.is_empty())),
                // The body was cut off at its limit.
                Err(_) if self.did_not_fit => return Ok(Some(file)),
                Err(error) => return Err(broken(&error)),
            }
        }
    }
}

fn broken(error: &multer::Error) -> Error {
    error.source().and_then(|source| source.downcast_ref()).map_or(Error::BrokenBody, unreadable)
}

/// The bytes of a text field; `None` if there are more than `longest`.
async fn read_up_to(longest: usize, mut part: Field<'_>) -> Result<Option<Vec<u8>>, Error> {
    let mut bytes = Vec::new();
    let mut fits = true;
    while let Some(chunk) = part.chunk().await.map_err(|error| broken(&error))? {
        fits = fits && bytes.len() + chunk.len() <= longest;
        if fits {
            bytes.extend_from_slice(&chunk);
        }
    }
    Ok(fits.then_some(bytes))
}
