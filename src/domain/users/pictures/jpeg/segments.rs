//! The parts of a JPEG file (ITU T.81, annex B).

pub(super) const DHT: u8 = 0xC4;
pub(super) const SOS: u8 = 0xDA;
pub(super) const DQT: u8 = 0xDB;
pub(super) const DRI: u8 = 0xDD;
const APP14: u8 = 0xEE;

/// Those between the start and the end of the picture.
pub(super) struct Segments<'a>(pub &'a [u8]);

pub(super) struct Segment<'a> {
    pub marker: u8,
    pub payload: &'a [u8],
    /// What follows it: the data of a scan.
    pub rest: &'a [u8],
}

impl<'a> Iterator for Segments<'a> {
    type Item = Segment<'a>;

    fn next(&mut self) -> Option<Segment<'a>> {
        // Not a filled or stuffed byte, a restart within a scan, or the start.
        let is_marker = |pair: &[u8]| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0x01 | 0xD0..=0xD8 | 0xFF);
        let at = self.0.windows(2).position(is_marker)?;
        let (marker, rest) = self.0.get(at + 1..)?.split_first()?;
        let length = usize::from(u16::from_be_bytes(*rest.first_chunk()?));
        let payload = rest.get(2..length)?;
        self.0 = &rest[length..];
        Some(Segment { marker: *marker, payload, rest: self.0 })
    }
}

/// What is said before the first scan.
pub(super) struct Header {
    pub width: usize,
    pub height: usize,
    pub is_progressive: bool,
    /// Of the three channels of a picture in colour: luma and chroma, or red, green and blue.
    pub is_rgb: bool,
    pub components: Vec<Component>,
    /// Whether the first scan has all components.
    is_one_scan: bool,
}

#[derive(Clone, Copy)]
pub(super) struct Component {
    pub id: u8,
    /// Samples of this component for every [`Header::across`] pixels, and [`Header::down`].
    pub across: usize,
    pub down: usize,
    /// The quantization table's number.
    pub table: usize,
}

impl Header {
    /// `None` if the file is broken.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let mut header = None;
        let mut adobe = None;
        for Segment { marker, payload, .. } in Segments(bytes) {
            match marker {
                // The frame; the exceptions among these are DHT, JPG and DAC.
                0xC0..=0xCF if !matches!(marker, DHT | 0xC8 | 0xCC) => header = Some(Self::frame(marker, payload)?),
                APP14 if payload.starts_with(b"Adobe") => adobe = payload.get(11).copied(),
                SOS => {
                    let mut header: Self = header?;
                    header.is_one_scan = usize::from(*payload.first()?) == header.components.len();
                    header.is_rgb = adobe.map_or_else(|| header.is_named_rgb(), |transform| transform == 0);
                    return Some(header);
                }
                _ => {}
            }
        }
        None
    }

    fn frame(marker: u8, payload: &[u8]) -> Option<Self> {
        let [_, height_high, height_low, width_high, width_low, count] = *payload.first_chunk::<6>()?;
        let components =
            payload.get(6..6 + 3 * usize::from(count))?.as_chunks::<3>().0.iter().map(|&[id, factors, table]| {
                Component {
                    id,
                    across: usize::from(factors >> 4),
                    down: usize::from(factors & 15),
                    table: table.into(),
                }
            });
        let components: Vec<Component> = components.collect();
        if components.is_empty() || components.iter().any(|part| part.across * part.down == 0) {
            return None;
        }
        Some(Self {
            width: u16::from_be_bytes([width_high, width_low]).into(),
            height: u16::from_be_bytes([height_high, height_low]).into(),
            is_progressive: marker == 0xC2,
            is_rgb: false,
            components,
            is_one_scan: false,
        })
    }

    fn is_named_rgb(&self) -> bool {
        self.components.iter().map(|part| part.id).eq(*b"RGB")
    }

    /// The largest number of samples of a component across.
    pub fn across(&self) -> usize {
        self.components.iter().map(|part| part.across).max().unwrap_or(1)
    }

    pub fn down(&self) -> usize {
        self.components.iter().map(|part| part.down).max().unwrap_or(1)
    }

    /// Units of 8 × 8 samples of each component, across and down: as many blocks of each as it has samples.
    pub fn units(&self) -> (usize, usize) {
        (self.width.div_ceil(8 * self.across()), self.height.div_ceil(8 * self.down()))
    }

    /// How many coefficients a decoder keeps until it has read all scans.
    pub fn kept_coefficients(&self) -> u64 {
        if self.is_one_scan && !self.is_progressive {
            return 0;
        }
        let (across, down) = self.units();
        let blocks: usize = self.components.iter().map(|part| part.across * part.down).sum();
        (across * down * blocks * 64) as u64
    }
}
