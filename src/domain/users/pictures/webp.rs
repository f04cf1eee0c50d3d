//! WebP. What is kept has no alpha channel, which decides how the decoder is led to need the least memory.

use std::io::Cursor;

use image::{ColorType, DynamicImage};
use image_webp::WebPDecoder;
use image_webp::vp8::{Frame, Vp8Decoder};

use super::crop::Square;
use super::room::{MOST, room};
use super::shrink::{ALL, Shrinker};
use crate::error::{Error, PictureError};

/// The picture, or the first one of an animation.
pub(super) fn shrunk(bytes: &mut [u8], square: Square) -> Result<DynamicImage, Error> {
    let mut decoder = WebPDecoder::new(Cursor::new(&*bytes)).map_err(unreadable)?;
    let (width, height) = decoder.dimensions();
    let (is_animated, is_lossy) = (decoder.is_animated(), decoder.is_lossy());
    let size = u64::from(width) * u64::from(height);
    let (channels, working) = match (is_animated, is_lossy) {
        // The frame and the canvas that it is laid on.
        (true, _) => (3, 8 * size),
        // It works on RGBA: without an alpha channel it would allocate that and then copy.
        (false, false) => (4, 0),
        // Planes of a byte a pixel, and two of a quarter.
        (false, true) => (3, 2 * size * 3 / 4),
    };
    if is_lossy && !is_animated && channels * size + working > MOST {
        return shrunk_planes(bytes, (width, height), square);
    }
    set_alpha(bytes, channels == 4);
    let mut pixels = room(channels * size, working)?;
    WebPDecoder::new(Cursor::new(&*bytes))
        .and_then(|mut decoder| decoder.read_image(&mut pixels))
        .map_err(unreadable)?;
    let color = if channels == 4 { ColorType::Rgba8 } else { ColorType::Rgb8 };
    let mut shrinker = Shrinker::new(square, color);
    for (y, row) in pixels.chunks_exact(pixels.len() / height as usize).enumerate() {
        shrinker.add(y, ALL, row);
    }
    Ok(shrinker.finish())
}

/// Says in the file's header whether it has an alpha channel.
fn set_alpha(bytes: &mut [u8], has_alpha: bool) {
    const CHUNK: usize = 12;
    const ALPHA: u8 = 0x10;
    let place = match bytes.get(CHUNK..CHUNK + 4) {
        Some(b"VP8X") => 20,
        Some(b"VP8L") => 24,
        _ => return,
    };
    if let Some(flags) = bytes.get_mut(place) {
        *flags = if has_alpha { *flags | ALPHA } else { *flags & !ALPHA };
    }
}

/// A large lossy picture, without ever being RGB: luma and chroma are scaled down, and then converted.
fn shrunk_planes(bytes: &[u8], (width, height): (u32, u32), square: Square) -> Result<DynamicImage, Error> {
    let data = vp8(bytes).ok_or(PictureError::Unreadable)?;
    let mut shrinker = Shrinker::new(square, ColorType::Rgb8);
    let stride = width.next_multiple_of(16);
    drop(room(0, u64::from(stride) * u64::from(height.next_multiple_of(16)) * 3 / 2)?);
    let frame = Vp8Decoder::decode_frame(data).map_err(unreadable)?;
    if (u32::from(frame.width), u32::from(frame.height)) != (width, height) {
        return Err(PictureError::Unreadable.into());
    }
    let Frame { ybuf, ubuf, vbuf, .. } = &frame;
    let stride = stride as usize;
    let luma = ybuf.chunks_exact(stride);
    let chroma = ubuf.chunks_exact(stride / 2).zip(vbuf.chunks_exact(stride / 2));
    // Each line of chroma is for two of luma, each of its samples for two pixels.
    for (y, (luma, (blue, red))) in luma.zip(chroma.flat_map(|line| [line, line])).enumerate() {
        let chroma = blue.iter().zip(red).flat_map(|sample| [sample, sample]);
        let pixels = luma.iter().zip(chroma).map(|(&y, (&u, &v))| [y.into(), u.into(), v.into(), 0.0]);
        shrinker.add_pixels(y, ALL, pixels);
    }
    shrinker.convert(to_rgb);
    Ok(shrinker.finish())
}

/// BT.601 in its limited range, as WebP defines it.
fn to_rgb([y, u, v, _]: [f32; 4]) -> [f32; 4] {
    let (y, u, v) = ((y - 16.0) * 1.164_38, u - 128.0, v - 128.0);
    [y + 1.596_03 * v, y - 0.391_76 * u - 0.812_97 * v, y + 2.017_23 * u, 0.0]
}

/// The data of the lossy picture in a file.
fn vp8(bytes: &[u8]) -> Option<&[u8]> {
    let mut chunks = bytes.get(12..)?;
    loop {
        let (head, rest) = chunks.split_at_checked(8)?;
        let (name, length) = head.split_at(4);
        let length = u32::from_le_bytes(length.try_into().ok()?) as usize;
        if name == b"VP8 " {
            return rest.get(..length);
        }
        chunks = rest.get(length.next_multiple_of(2)..)?;
    }
}

fn unreadable(_: image_webp::DecodingError) -> Error {
    PictureError::Unreadable.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Colours that change slowly.
    const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/assets/lossy.webp"));

    #[test]
    fn planes_give_the_same_picture() {
        let square = Square { x: 21, y: 3, size: 101 };
        let whole = shrunk(&mut FILE.to_vec(), square).unwrap();
        let planes = shrunk_planes(FILE, (168, 120), square).unwrap();
        let apart = whole.as_bytes().iter().zip(planes.as_bytes()).map(|(a, b)| a.abs_diff(*b)).max();
        assert!(apart <= Some(4), "{apart:?}");
    }
}
