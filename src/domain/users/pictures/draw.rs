//! From an uploaded file to the picture that is kept.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits};

use super::crop::{Crop, seen_size};
use super::{jpeg, png, webp};
use crate::error::{Error, PictureError};
use crate::uploads::Upload;

/// Minimum and maximum width and height of an upload, in pixels.
const SMALLEST: u32 = 200;
const LARGEST: u32 = 10_000;
/// Memory limit for all before the pixels, in bytes: colour profiles and the like.
const MOST_BEFORE: u64 = 16 * 1024 * 1024;
const JPEG_QUALITY: u8 = 85;

pub(super) struct Drawn {
    pub content: Vec<u8>,
    pub content_type: &'static str,
    pub extension: &'static str,
}

/// What a file says of its picture.
struct Look {
    format: ImageFormat,
    width: u32,
    height: u32,
    orientation: Orientation,
}

/// Crops, scales, and applies the EXIF orientation. Drops all metadata (location, camera, comments).
pub(super) fn draw(mut upload: Upload, crop: Crop) -> Result<Drawn, Error> {
    let Look { format, width, height, orientation } = look(upload.bytes())?;
    // Checked before decoding: a small file can hold a huge picture.
    if width.min(height) < SMALLEST {
        return Err(PictureError::TooSmall.into());
    }
    if width.max(height) > LARGEST {
        return Err(PictureError::TooLarge.into());
    }
    let (seen_width, seen_height) = seen_size(orientation, width, height);
    let square = crop.square(seen_width, seen_height)?.stored(orientation, width, height);
    let mut small = match format {
        ImageFormat::Png => png::shrunk(upload.bytes(), square)?,
        ImageFormat::Jpeg => jpeg::shrunk(upload.bytes(), square)?,
        _ => webp::shrunk(upload.bytes_mut(), square)?,
    };
    small.apply_orientation(orientation);
    encode(&small, format)
}

fn look(bytes: &[u8]) -> Result<Look, Error> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(Error::internal)?;
    let Some(format @ (ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP)) = reader.format() else {
        return Err(PictureError::Unreadable.into());
    };
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_BEFORE);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| Error::Picture(PictureError::Unreadable))?;
    let (width, height) = decoder.dimensions();
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Ok(Look { format, width, height, orientation })
}

/// PNG stays PNG, anything else becomes JPEG.
fn encode(image: &DynamicImage, format: ImageFormat) -> Result<Drawn, Error> {
    let mut content = Vec::new();
    if format == ImageFormat::Png {
        image.write_to(Cursor::new(&mut content), ImageFormat::Png).map_err(Error::internal)?;
        return Ok(Drawn { content, content_type: "image/png", extension: "png" });
    }
    let encoder = JpegEncoder::new_with_quality(&mut content, JPEG_QUALITY);
    image.to_rgb8().write_with_encoder(encoder).map_err(Error::internal)?;
    Ok(Drawn { content, content_type: "image/jpeg", extension: "jpeg" })
}
