//! JPEG. Decoded as a whole if there is room, which takes a byte for each channel of each pixel. A progressive one takes
//! two bytes more for each sample until all its scans are read; a large one is read at an eighth of its size instead.

mod bits;
mod coarse;
mod segments;

use std::io::Cursor;

use image::codecs::jpeg::JpegDecoder;
use image::{DynamicImage, ImageDecoder as _, ImageError};

use self::segments::Header;
use super::KEPT;
use super::crop::Square;
use super::room::{MOST, room};
use super::shrink::{ALL, Shrinker};
use crate::error::{Error, PictureError};

pub(super) fn shrunk(bytes: &[u8], square: Square) -> Result<DynamicImage, Error> {
    let decoder = JpegDecoder::new(Cursor::new(bytes)).map_err(unreadable)?;
    let header = Header::of(bytes).ok_or(PictureError::Unreadable)?;
    let (width, height) = decoder.dimensions();
    // Of two frames in a broken file the library may have read the other.
    if (header.width, header.height) != (width as usize, height as usize) {
        return Err(PictureError::Unreadable.into());
    }
    let working = header.kept_coefficients() * 2;
    if decoder.total_bytes() + working > MOST && header.is_progressive && square.size >= KEPT * coarse::BLOCK {
        drop(decoder);
        return coarse::shrunk(bytes, &header, square);
    }
    let mut pixels = room(decoder.total_bytes(), working)?;
    let mut shrinker = Shrinker::new(square, decoder.color_type());
    decoder.read_image(&mut pixels).map_err(unreadable)?;
    for (y, row) in pixels.chunks_exact(pixels.len() / height as usize).enumerate() {
        shrinker.add(y, ALL, row);
    }
    Ok(shrinker.finish())
}

fn unreadable(_: ImageError) -> Error {
    PictureError::Unreadable.into()
}
