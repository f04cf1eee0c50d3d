//! Files that `image` does not write: of kinds that cameras and editors make, and of sizes that would take long to draw.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use png::{BitDepth, ColorType, Encoder, Info};

/// Red and blue with samples of 8 bits.
const COLORS: [[u8; 3]; 2] = [[200, 0, 0], [0, 0, 200]];
/// The same as luma and chroma, less 128.
const LUMA_CHROMA: [[i32; 3]; 2] = [[-68, -34, 100], [-105, 100, -16]];

/// How a PNG keeps its pixels.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    Plain,
    Wide,
    Palette,
    Interlaced,
}

/// A PNG that is red up to the pixel `border`, then blue.
pub fn png(kind: Kind, width: u32, height: u32, border: u32) -> Vec<u8> {
    let mut info = Info::with_size(width, height);
    info.interlaced = matches!(kind, Kind::Interlaced);
    info.color_type = if matches!(kind, Kind::Palette) { ColorType::Indexed } else { ColorType::Rgb };
    info.bit_depth = match kind {
        Kind::Wide => BitDepth::Sixteen,
        Kind::Palette => BitDepth::One,
        Kind::Plain | Kind::Interlaced => BitDepth::Eight,
    };
    info.palette = matches!(kind, Kind::Palette).then(|| COLORS.concat().into());
    let mut bytes = Vec::new();
    let mut writer = Encoder::with_info(&mut bytes, info).unwrap().write_header().unwrap();
    let mut data = ZlibEncoder::new(Vec::new(), Compression::fast());
    let passes: &[[u32; 4]] = match kind {
        Kind::Interlaced => {
            &[[0, 8, 0, 8], [4, 8, 0, 8], [0, 4, 4, 8], [2, 4, 0, 4], [0, 2, 2, 4], [1, 2, 0, 2], [0, 1, 1, 2]]
        }
        _ => &[[0, 1, 0, 1]],
    };
    for &[x, across, y, down] in passes {
        let columns = (x..width).step_by(across as usize).map(|x| usize::from(x >= border));
        // No filter, then the pixels.
        let mut row = vec![0];
        match kind {
            Kind::Palette => row.extend(columns.collect::<Vec<_>>().chunks(8).map(|bits| {
                bits.iter().enumerate().map(|(n, bit)| if *bit == 1 { 128_u8 >> n } else { 0 }).sum::<u8>()
            })),
            Kind::Wide => row.extend(columns.flat_map(|color| COLORS[color].into_iter().flat_map(|byte| [byte, byte]))),
            Kind::Plain | Kind::Interlaced => row.extend(columns.flat_map(|color| COLORS[color])),
        }
        (y..height).step_by(down as usize).for_each(|_| data.write_all(&row).unwrap());
    }
    writer.write_chunk(png::chunk::IDAT, &data.finish().unwrap()).unwrap();
    writer.finish().unwrap();
    bytes
}

/// A JPEG that is red up to the pixel `border`, a multiple of 8, then blue. The progressive one has one scan, with the
/// means of the blocks; the other one has all frequencies, all of them 0.
pub fn jpeg(is_progressive: bool, width: u16, height: u16, border: u16) -> Vec<u8> {
    let mut bytes = vec![0xFF, 0xD8];
    let mut segment = |marker: u8, payload: &[&[u8]]| {
        let payload = payload.concat();
        bytes.extend([0xFF, marker]);
        bytes.extend(u16::try_from(payload.len() + 2).unwrap().to_be_bytes());
        bytes.extend(payload);
    };
    // Steps of 8: a mean is kept as it is.
    segment(0xDB, &[&[0], &[8; 64]]);
    let components = [1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0];
    let frame = if is_progressive { 0xC2 } else { 0xC0 };
    segment(frame, &[&[8], &height.to_be_bytes(), &width.to_be_bytes(), &[3], &components]);
    // The code 0 for a difference of 0, and 10000 to 10111 for those of 1 to 8 bits.
    segment(0xC4, &[&[0x00, 1, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], &[0, 1, 2, 3, 4, 5, 6, 7, 8]]);
    // The code 0 for the end of a block.
    segment(0xC4, &[&[0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], &[0]]);
    segment(0xDA, &[&[3, 1, 0, 2, 0, 3, 0], &[0, if is_progressive { 0 } else { 63 }, 0]]);
    let mut bits = Bits { bytes, byte: 0, number: 0 };
    let mut last = [0; 3];
    for _ in 0..height.div_ceil(8) {
        for x in (0..width).step_by(8) {
            let means = LUMA_CHROMA[usize::from(x >= border)];
            for (last, mean) in last.iter_mut().zip(means) {
                bits.difference(mean - *last);
                *last = mean;
                if !is_progressive {
                    bits.add(0, 1);
                }
            }
        }
    }
    bits.finish()
}

/// A WebP without losses of one colour, in a few bytes whatever its size.
pub fn flat_webp(width: u32, height: u32) -> Vec<u8> {
    let mut bits: Vec<bool> = Vec::new();
    let mut add = |value: u32, number: u32| bits.extend((0..number).map(|n| value >> n & 1 == 1));
    add(0x2F, 8);
    add(width - 1, 14);
    add(height - 1, 14);
    // No alpha channel, the version, no transform, no cache of colours, one group of codes.
    add(0, 1 + 3 + 1 + 1 + 1);
    // One symbol each of green, red, blue and alpha: its code has no bits.
    for symbol in [0, 200, 0, 255] {
        add(0b101, 3);
        add(symbol, 8);
    }
    add(0b001, 3 + 1);
    let data: Vec<u8> =
        bits.chunks(8).map(|bits| bits.iter().rev().fold(0, |byte, bit| byte << 1 | u8::from(*bit))).collect();
    let data = [data, vec![0; 16]].concat();
    let length = u32::try_from(data.len()).unwrap();
    let head = [b"RIFF".as_slice(), &(length + 12).to_le_bytes(), b"WEBPVP8L", &length.to_le_bytes()];
    [head.concat(), data].concat()
}

/// The data of a JPEG's scan.
struct Bits {
    bytes: Vec<u8>,
    byte: u8,
    number: u32,
}

impl Bits {
    fn add(&mut self, value: u32, number: u32) {
        for n in (0..number).rev() {
            self.byte = self.byte << 1 | u8::from(value >> n & 1 == 1);
            self.number += 1;
            if self.number == 8 {
                self.bytes.push(self.byte);
                if self.byte == 0xFF {
                    self.bytes.push(0);
                }
                (self.byte, self.number) = (0, 0);
            }
        }
    }

    fn difference(&mut self, difference: i32) {
        let length = 32 - difference.unsigned_abs().leading_zeros();
        if length == 0 {
            return self.add(0, 1);
        }
        self.add(0b10000 + length - 1, 5);
        let value = if difference < 0 { difference + (1 << length) - 1 } else { difference };
        self.add(value.unsigned_abs(), length);
    }

    fn finish(mut self) -> Vec<u8> {
        self.add(u32::MAX, (8 - self.number) % 8);
        self.bytes.extend([0xFF, 0xD9]);
        self.bytes
    }
}
