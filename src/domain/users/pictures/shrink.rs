//! Scales a square down while its pixels arrive, so that a picture is never in memory as a whole, and never twice.
//!
//! The filter is linear: what a pixel adds to the result depends on its place alone. So they may come in any order, as
//! those of an interlaced PNG do. The weights are those of `image`'s `FilterType::Triangle`, and so is the result.

use image::{ColorType, DynamicImage, ImageBuffer, Pixel, Primitive};

use super::crop::Square;

/// Width and height of the result, in pixels.
const KEPT: usize = super::KEPT as usize;

/// Up to four channels; unused ones are 0.
type Channels = [f32; 4];

/// Which pixels of a row come: all, or every `step`th from `start` on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Comb {
    pub start: usize,
    pub step: usize,
}

pub(super) const ALL: Comb = Comb { start: 0, step: 1 };

/// By pixel, from the first of the square on: the pixels of the result that it is part of, and how much.
#[derive(Debug)]
struct Shares {
    first: usize,
    shares: Vec<Vec<(usize, f32)>>,
}

/// Gathers the pixels of a square.
#[derive(Debug)]
pub(super) struct Shrinker {
    color: ColorType,
    across: Shares,
    down: Shares,
    row: Vec<Channels>,
    sums: Vec<Channels>,
}

impl Shrinker {
    pub fn new(square: Square, color: ColorType) -> Self {
        Self::of_blocks(1, square, color)
    }

    /// For a picture of which only the mean of each block of `side` × `side` pixels is known: those come as its pixels.
    pub fn of_blocks(side: u32, square: Square, color: ColorType) -> Self {
        Self {
            color,
            across: Shares::of(side, square.x, square.size),
            down: Shares::of(side, square.y, square.size),
            row: vec![[0.0; 4]; KEPT],
            sums: vec![[0.0; 4]; KEPT * KEPT],
        }
    }

    /// Adds a row, or part of it; 16-bit samples are big-endian, as in PNG.
    pub fn add(&mut self, y: usize, comb: Comb, bytes: &[u8]) {
        match self.color {
            ColorType::L8 => self.add_samples(y, comb, bytes, |&[l]| [l.into(), 0.0, 0.0, 0.0]),
            ColorType::La8 => self.add_samples(y, comb, bytes, |&[l, a]| [l.into(), a.into(), 0.0, 0.0]),
            ColorType::Rgb8 => self.add_samples(y, comb, bytes, |&[r, g, b]| [r.into(), g.into(), b.into(), 0.0]),
            ColorType::Rgba8 => self.add_samples(y, comb, bytes, |sample: &[u8; 4]| sample.map(f32::from)),
            ColorType::L16 => self.add_samples(y, comb, bytes, wide::<2>),
            ColorType::La16 => self.add_samples(y, comb, bytes, wide::<4>),
            ColorType::Rgb16 => self.add_samples(y, comb, bytes, wide::<6>),
            _ => self.add_samples(y, comb, bytes, wide::<8>),
        }
    }

    fn add_samples<const N: usize>(&mut self, y: usize, comb: Comb, bytes: &[u8], read: fn(&[u8; N]) -> Channels) {
        self.add_pixels(y, comb, bytes.as_chunks::<N>().0.iter().map(read));
    }

    /// Adds a row, or part of it.
    pub fn add_pixels(&mut self, y: usize, comb: Comb, pixels: impl Iterator<Item = Channels>) {
        let Shares { first, shares } = &self.down;
        let Some(down) = y.checked_sub(*first).and_then(|y| shares.get(y)) else { return };
        let Shares { first, shares } = &self.across;
        let outside = first.saturating_sub(comb.start).div_ceil(comb.step);
        let across = shares.iter().skip(comb.start + outside * comb.step - first).step_by(comb.step);
        self.row.fill([0.0; 4]);
        for (pixel, shares) in pixels.skip(outside).zip(across) {
            for &(x, weight) in shares {
                add(&mut self.row[x], pixel, weight);
            }
        }
        for &(y, weight) in down {
            for (sum, part) in self.sums[y * KEPT..][..KEPT].iter_mut().zip(&self.row) {
                add(sum, *part, weight);
            }
        }
    }

    /// Changes the pixels of the result.
    pub fn convert(&mut self, convert: impl Fn(Channels) -> Channels) {
        for sum in &mut self.sums {
            *sum = convert(*sum);
        }
    }

    /// The result, when all pixels have come.
    pub fn finish(self) -> DynamicImage {
        let Self { color, sums, .. } = self;
        match color {
            ColorType::L8 => DynamicImage::ImageLuma8(image(&sums, byte)),
            ColorType::La8 => DynamicImage::ImageLumaA8(image(&sums, byte)),
            ColorType::Rgb8 => DynamicImage::ImageRgb8(image(&sums, byte)),
            ColorType::Rgba8 => DynamicImage::ImageRgba8(image(&sums, byte)),
            ColorType::L16 => DynamicImage::ImageLuma16(image(&sums, word)),
            ColorType::La16 => DynamicImage::ImageLumaA16(image(&sums, word)),
            ColorType::Rgb16 => DynamicImage::ImageRgb16(image(&sums, word)),
            _ => DynamicImage::ImageRgba16(image(&sums, word)),
        }
    }
}

#[inline]
fn add(sum: &mut Channels, pixel: Channels, weight: f32) {
    for (sum, channel) in sum.iter_mut().zip(pixel) {
        *sum += channel * weight;
    }
}

fn wide<const N: usize>(bytes: &[u8; N]) -> Channels {
    let mut channels = [0.0; 4];
    for (channel, sample) in channels.iter_mut().zip(bytes.as_chunks::<2>().0) {
        *channel = u16::from_be_bytes(*sample).into();
    }
    channels
}

impl Shares {
    /// A pixel of the result is an average around its centre, the weights falling to 0 at the centres of its neighbours.
    fn of(side: u32, start: u32, size: u32) -> Self {
        let ratio = real(size) / real(super::KEPT);
        let reach = ratio.max(1.0);
        let first = start / side;
        let mut shares: Vec<Vec<(usize, f32)>> = vec![Vec::new(); ((start + size).div_ceil(side) - first) as usize];
        for out in 0..super::KEPT {
            let centre = (real(out) + 0.5) * ratio;
            let from = whole((centre - reach).floor()).min(size - 1);
            let to = whole((centre + reach).ceil()).clamp(from + 1, size);
            let weights = (from..to).map(|n| (1.0 - ((real(n) + 0.5 - centre) / reach).abs()).max(0.0));
            let sum: f32 = weights.clone().sum();
            for (n, weight) in (from..to).zip(weights).filter(|(_, weight)| *weight > 0.0) {
                let shares = &mut shares[((start + n) / side - first) as usize];
                match shares.last_mut() {
                    Some((last, share)) if *last == out as usize => *share += weight / sum,
                    _ => shares.push((out as usize, weight / sum)),
                }
            }
        }
        Self { first: first as usize, shares }
    }
}

fn image<P: Pixel>(sums: &[Channels], sample: fn(f32) -> P::Subpixel) -> ImageBuffer<P, Vec<P::Subpixel>>
where
    P::Subpixel: Primitive,
{
    let channels = usize::from(P::CHANNEL_COUNT);
    let samples = sums.iter().flat_map(|sum| sum.iter().take(channels)).map(|channel| sample(*channel)).collect();
    ImageBuffer::from_raw(super::KEPT, super::KEPT, samples).expect("there is a sum for each pixel")
}

/// At most 10,000, so it is exact.
fn real(pixels: u32) -> f32 {
    u16::try_from(pixels).unwrap_or(u16::MAX).into()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` clamps, which is what is wanted")]
fn whole(number: f32) -> u32 {
    number as u32
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` clamps, which is what is wanted")]
fn byte(number: f32) -> u8 {
    number.round() as u8
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` clamps, which is what is wanted")]
fn word(number: f32) -> u16 {
    number.round() as u16
}

#[cfg(test)]
mod tests {
    use image::imageops::FilterType;
    use image::{Rgb, RgbImage};

    use super::*;

    #[test]
    fn the_result_is_that_of_the_library() {
        // Colours that change from pixel to pixel.
        let whole = RgbImage::from_fn(1311, 1007, |x, y| {
            let mixed = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)).to_le_bytes();
            Rgb([mixed[1], mixed[2], u8::try_from((x + y) / 10).unwrap()])
        });
        for square in [(0, 0, 1007), (301, 5, 1002), (7, 9, 400), (1000, 700, 211), (0, 0, 1)] {
            let square = Square { x: square.0, y: square.1, size: square.2 };
            let mut shrinker = Shrinker::new(square, ColorType::Rgb8);
            for (y, row) in whole.as_raw().chunks_exact(3 * 1311).enumerate() {
                shrinker.add(y, ALL, row);
            }
            let cut = DynamicImage::from(whole.clone()).crop_imm(square.x, square.y, square.size, square.size);
            let expected = cut.resize_exact(super::super::KEPT, super::super::KEPT, FilterType::Triangle);
            let apart = shrinker.finish().as_bytes().iter().zip(expected.as_bytes()).map(|(a, b)| a.abs_diff(*b)).max();
            assert!(apart <= Some(1), "{square:?}: {apart:?}");
        }
    }
}
