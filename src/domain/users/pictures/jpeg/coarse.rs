//! A progressive JPEG at an eighth of its size: only the mean of each block of 8 × 8 samples is read (ITU T.81, annexes F
//! and G), which its first scan and one for each further bit hold. The other scans are skipped, unread.

use image::{ColorType, DynamicImage};

use super::bits::{Bits, Huffman};
use super::segments::{Component, DHT, DQT, DRI, Header, SOS, Segment, Segments};
use crate::domain::users::pictures::crop::Square;
use crate::domain::users::pictures::shrink::{ALL, Shrinker};
use crate::error::{Error, PictureError};

/// Width and height of a block, in samples.
pub(in super::super) const BLOCK: u32 = 8;

/// # Errors
/// [`PictureError::TooCostly`] for four channels, which only printers use.
pub(super) fn shrunk(bytes: &[u8], header: &Header, square: Square) -> Result<DynamicImage, Error> {
    let color = match header.components.len() {
        1 => ColorType::L8,
        3 => ColorType::Rgb8,
        _ => return Err(PictureError::TooCostly.into()),
    };
    let planes = Decoder::of(header).decode(bytes).ok_or(PictureError::Unreadable)?;
    let mut shrinker = Shrinker::of_blocks(BLOCK, square, color);
    for y in 0..header.height.div_ceil(BLOCK as usize) {
        let blocks = (0..header.width.div_ceil(BLOCK as usize)).map(|x| {
            let mut channels = [0.0; 4];
            for (channel, plane) in channels.iter_mut().zip(&planes) {
                *channel = plane.mean(x, y);
            }
            channels
        });
        shrinker.add_pixels(y, ALL, blocks);
    }
    if color == ColorType::Rgb8 && !header.is_rgb {
        shrinker.convert(to_rgb);
    }
    Ok(shrinker.finish())
}

/// As JFIF defines it.
fn to_rgb([y, blue, red, _]: [f32; 4]) -> [f32; 4] {
    let (blue, red) = (blue - 128.0, red - 128.0);
    [y + 1.402 * red, y - 0.344_136 * blue - 0.714_136 * red, y + 1.772 * blue, 0.0]
}

/// The means of a component.
struct Plane {
    component: Component,
    /// Blocks in a line; whole units, as scans of several components have them.
    stride: usize,
    /// Blocks of the picture alone, as scans of one component have them.
    across: usize,
    down: usize,
    /// For every [`Header::across`] blocks of the largest component.
    scale: (usize, usize),
    means: Vec<i16>,
    /// The last one read: the next is told as the difference.
    last: i32,
    /// The step of quantization.
    step: u16,
}

impl Plane {
    fn of(header: &Header, component: Component) -> Self {
        let (units_across, units_down) = header.units();
        let blocks = |pixels: usize, samples: usize, most: usize| (pixels * samples).div_ceil(8 * most);
        Self {
            component,
            stride: units_across * component.across,
            across: blocks(header.width, component.across, header.across()),
            down: blocks(header.height, component.down, header.down()),
            scale: (header.across(), header.down()),
            means: vec![0; units_across * component.across * units_down * component.down],
            last: 0,
            step: 1,
        }
    }

    /// The value at this block of the largest component.
    fn mean(&self, x: usize, y: usize) -> f32 {
        let (x, y) = (x * self.component.across / self.scale.0, y * self.component.down / self.scale.1);
        let mean = self.means.get(y * self.stride + x).copied().unwrap_or_default();
        (f32::from(mean) * f32::from(self.step) / 8.0 + 128.0).clamp(0.0, 255.0)
    }
}

/// Reads the scans that matter.
struct Decoder {
    units: (usize, usize),
    planes: Vec<Plane>,
    huffman: [Option<Huffman>; 4],
    steps: [u16; 4],
    /// Units between restarts.
    restart: usize,
}

/// Whether it has the first bits of the means or adds one, and down to which.
#[derive(Clone, Copy)]
struct Scan {
    is_first: bool,
    low_bit: u8,
}

/// A component in a scan: its plane, its code, and its blocks in each unit.
struct Part {
    plane: usize,
    table: usize,
    across: usize,
    down: usize,
}

impl Decoder {
    fn of(header: &Header) -> Self {
        let planes = header.components.iter().map(|component| Plane::of(header, *component)).collect();
        Self { units: header.units(), planes, huffman: [const { None }; 4], steps: [1; 4], restart: 0 }
    }

    fn decode(mut self, bytes: &[u8]) -> Option<Vec<Plane>> {
        let mut scans = 0;
        for Segment { marker, payload, rest } in Segments(bytes) {
            match marker {
                DHT => self.read_huffman(payload)?,
                DQT => self.read_steps(payload)?,
                DRI => self.restart = usize::from(u16::from_be_bytes(*payload.first_chunk()?)),
                SOS => scans += usize::from(self.read_scan(payload, rest)?),
                _ => {}
            }
        }
        for plane in &mut self.planes {
            plane.step = *self.steps.get(plane.component.table)?;
        }
        (scans > 0).then_some(self.planes)
    }

    fn read_huffman(&mut self, mut tables: &[u8]) -> Option<()> {
        while let Some((&kind, rest)) = tables.split_first() {
            let (counts, rest) = rest.split_first_chunk::<16>()?;
            let values = counts.iter().map(|count| usize::from(*count)).sum();
            let (values, rest) = rest.split_at_checked(values)?;
            // Those of the class 1 are for the other scans.
            if kind >> 4 == 0 {
                *self.huffman.get_mut(usize::from(kind & 15))? = Some(Huffman::of(counts, values));
            }
            tables = rest;
        }
        Some(())
    }

    /// The first step of each table: that of the means.
    fn read_steps(&mut self, mut tables: &[u8]) -> Option<()> {
        while let Some((&kind, rest)) = tables.split_first() {
            let step = self.steps.get_mut(usize::from(kind & 15))?;
            let is_wide = kind >> 4 != 0;
            *step = if is_wide { u16::from_be_bytes(*rest.first_chunk()?) } else { u16::from(*rest.first()?) };
            tables = rest.get(if is_wide { 128 } else { 64 }..)?;
        }
        Some(())
    }

    /// Whether it was a scan of means.
    fn read_scan(&mut self, payload: &[u8], data: &[u8]) -> Option<bool> {
        let (&count, rest) = payload.split_first()?;
        let (named, rest) = rest.split_at_checked(2 * usize::from(count))?;
        let [first, last, bits] = *rest.first_chunk::<3>()?;
        if first != 0 || last != 0 {
            return Some(false);
        }
        let mut parts = Vec::new();
        for &[id, table] in named.as_chunks::<2>().0 {
            let plane = self.planes.iter().position(|plane| plane.component.id == id)?;
            let Component { across, down, .. } = self.planes[plane].component;
            parts.push(Part { plane, table: usize::from(table >> 4), across, down });
        }
        let mut units = self.units;
        // Alone, a component comes block by block.
        if let [part] = parts.as_mut_slice() {
            (part.across, part.down) = (1, 1);
            units = (self.planes[part.plane].across, self.planes[part.plane].down);
        }
        let scan = Scan { is_first: bits >> 4 == 0, low_bit: bits & 15 };
        self.read_units(&mut Bits::of(data), scan, &parts, units)?;
        Some(true)
    }

    /// Line by line; each has the blocks of all parts.
    fn read_units(
        &mut self,
        bits: &mut Bits<'_>,
        scan: Scan,
        parts: &[Part],
        (across, down): (usize, usize),
    ) -> Option<()> {
        self.planes.iter_mut().for_each(|plane| plane.last = 0);
        for unit in 0..across * down {
            if unit > 0 && self.restart > 0 && unit % self.restart == 0 {
                bits.restart()?;
                self.planes.iter_mut().for_each(|plane| plane.last = 0);
            }
            for part in parts {
                let Plane { stride, last, means, .. } = &mut self.planes[part.plane];
                let huffman = self.huffman.get(part.table)?.as_ref();
                let (x, y) = (unit % across * part.across, unit / across * part.down);
                for block in 0..part.across * part.down {
                    let at = (y + block / part.across) * *stride + x + block % part.across;
                    read_mean(bits, scan, huffman, last, means.get_mut(at)?)?;
                }
            }
        }
        Some(())
    }
}

fn read_mean(bits: &mut Bits<'_>, scan: Scan, huffman: Option<&Huffman>, last: &mut i32, mean: &mut i16) -> Option<()> {
    if scan.is_first {
        let length = huffman?.read(bits)?;
        *last = last.wrapping_add(bits.signed(length)?);
        *mean = i16::try_from(last.checked_shl(scan.low_bit.into())?).ok()?;
    } else if bits.bit()? == 1 {
        *mean |= 1_i16.checked_shl(scan.low_bit.into())?;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use image::{GenericImageView as _, Rgb, RgbImage};

    use super::*;

    /// Colours that change slowly, chroma at half the size, restarts, and a bit of the means in a scan of its own.
    const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/assets/progressive.jpg"));

    #[test]
    fn the_blocks_have_the_means_of_their_pixels() {
        let whole = image::load_from_memory(FILE).unwrap().to_rgb8();
        let blocks = RgbImage::from_fn(whole.width(), whole.height(), |x, y| {
            let block = whole.view(x / BLOCK * BLOCK, y / BLOCK * BLOCK, BLOCK, BLOCK);
            let sum = |n: usize| block.pixels().map(|(_, _, pixel)| u32::from(pixel[n])).sum::<u32>();
            Rgb([0, 1, 2].map(|n| u8::try_from(sum(n) / (BLOCK * BLOCK)).unwrap()))
        });
        let square = Square { x: 21, y: 3, size: 101 };
        let mut expected = Shrinker::new(square, ColorType::Rgb8);
        for (y, row) in blocks.as_raw().chunks_exact(3 * 168).enumerate() {
            expected.add(y, ALL, row);
        }
        let shrunk = shrunk(FILE, &Header::of(FILE).unwrap(), square).unwrap();
        let expected = expected.finish();
        let apart = || shrunk.as_bytes().iter().zip(expected.as_bytes()).map(|(a, b)| u64::from(a.abs_diff(*b)));
        // Chroma is the same for 16 pixels, where the library interpolates.
        let (most, sum) = (apart().max(), apart().sum::<u64>());
        assert!(most <= Some(16) && sum < 6 * 3 * 400 * 400, "{most:?}, {sum}");
    }

    #[test]
    fn broken_files_are_unreadable() {
        let square = Square { x: 0, y: 0, size: 100 };
        let header = Header::of(FILE).unwrap();
        assert!(Header::of(&FILE[..150]).is_none());
        for length in [0, 150, 400] {
            assert!(shrunk(&FILE[..length], &header, square).is_err(), "{length}");
        }
        // Whatever the bytes are, it ends, and without a panic.
        for at in 0..FILE.len() {
            for byte in [0x00, 0xFF, FILE[at] ^ 0x10] {
                let mut broken = FILE.to_vec();
                broken[at] = byte;
                if let Some(header) = Header::of(&broken).filter(|header| header.width * header.height < 1_000_000) {
                    let _ = Decoder::of(&header).decode(&broken);
                }
            }
        }
    }
}
