//! PNG, row by row: no more than two rows are in memory, however large the picture is.

use std::io::Cursor;

use image::{ColorType, DynamicImage};
use png::{BitDepth, Decoder, Limits, Reader, Transformations};

use super::crop::Square;
use super::shrink::{ALL, Comb, Shrinker};
use crate::error::{Error, PictureError};

/// For rows and chunks, in bytes.
const MOST: usize = 16 * 1024 * 1024;

/// The passes of an interlaced picture: every `step`th row from `start` on, and of it the pixels of the comb.
const PASSES: [(Comb, Comb); 7] = {
    const fn pass(x: usize, x_step: usize, y: usize, y_step: usize) -> (Comb, Comb) {
        (Comb { start: y, step: y_step }, Comb { start: x, step: x_step })
    }
    [
        pass(0, 8, 0, 8),
        pass(4, 8, 0, 8),
        pass(0, 4, 4, 8),
        pass(2, 4, 0, 4),
        pass(0, 2, 2, 4),
        pass(1, 2, 0, 2),
        pass(0, 1, 1, 2),
    ]
};

/// Colours and depth stay as they are; palettes and fewer than 8 bits become 8-bit channels.
pub(super) fn shrunk(bytes: &[u8], square: Square) -> Result<DynamicImage, Error> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: MOST });
    decoder.set_transformations(Transformations::EXPAND);
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let mut reader = decoder.read_info().map_err(unreadable)?;
    let mut shrinker = Shrinker::new(square, color(&reader)?);
    let height = reader.info().height as usize;
    let passes = if reader.info().interlaced { PASSES.as_slice() } else { &[(ALL, ALL)] };
    for &(rows, comb) in passes {
        for y in (rows.start..height).step_by(rows.step) {
            let row = reader.next_row().map_err(unreadable)?.ok_or(PictureError::Unreadable)?;
            shrinker.add(y, comb, row.data());
        }
    }
    Ok(shrinker.finish())
}

fn color(reader: &Reader<Cursor<&[u8]>>) -> Result<ColorType, Error> {
    Ok(match reader.output_color_type() {
        (png::ColorType::Grayscale, BitDepth::Eight) => ColorType::L8,
        (png::ColorType::GrayscaleAlpha, BitDepth::Eight) => ColorType::La8,
        (png::ColorType::Rgb, BitDepth::Eight) => ColorType::Rgb8,
        (png::ColorType::Rgba, BitDepth::Eight) => ColorType::Rgba8,
        (png::ColorType::Grayscale, BitDepth::Sixteen) => ColorType::L16,
        (png::ColorType::GrayscaleAlpha, BitDepth::Sixteen) => ColorType::La16,
        (png::ColorType::Rgb, BitDepth::Sixteen) => ColorType::Rgb16,
        (png::ColorType::Rgba, BitDepth::Sixteen) => ColorType::Rgba16,
        _ => return Err(PictureError::Unreadable.into()),
    })
}

fn unreadable(_: png::DecodingError) -> Error {
    PictureError::Unreadable.into()
}
