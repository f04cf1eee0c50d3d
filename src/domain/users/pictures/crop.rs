//! The square to crop, and where it lies in a file with an EXIF orientation.

use image::metadata::Orientation;

use crate::error::{Error, PictureError};

/// The part to keep, as displayed.
#[derive(Clone, Copy, Debug)]
pub enum Crop {
    /// In pixels. `size: None`: as large as the shorter side.
    Pixels { x: u32, y: u32, size: Option<u32> },
    /// A square, `percent` of the shorter side wide.
    Part { across: Place, down: Place, percent: u32 },
}

/// The position along one axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Start,
    Middle,
    End,
}

impl Place {
    fn of(self, room: u32) -> u32 {
        match self {
            Self::Start => 0,
            Self::Middle => room / 2,
            Self::End => room,
        }
    }
}

/// A square in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Square {
    pub x: u32,
    pub y: u32,
    pub size: u32,
}

impl Crop {
    /// The square in a picture of this size.
    ///
    /// # Errors
    /// [`PictureError::CropOutside`].
    pub(super) fn square(self, width: u32, height: u32) -> Result<Square, Error> {
        let shorter = width.min(height);
        match self {
            Self::Pixels { x, y, size } => {
                let size = size.unwrap_or(shorter);
                if x.saturating_add(size) > width || y.saturating_add(size) > height {
                    return Err(PictureError::CropOutside.into());
                }
                Ok(Square { x, y, size })
            }
            Self::Part { across, down, percent } => {
                let size = (shorter * percent.clamp(1, 100) / 100).max(1);
                Ok(Square { x: across.of(width - size), y: down.of(height - size), size })
            }
        }
    }
}

/// Width and height as displayed.
pub(super) fn seen_size(orientation: Orientation, width: u32, height: u32) -> (u32, u32) {
    match orientation {
        Orientation::NoTransforms
        | Orientation::Rotate180
        | Orientation::FlipHorizontal
        | Orientation::FlipVertical => (width, height),
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH => {
            (height, width)
        }
    }
}

impl Square {
    /// The same square in stored coordinates, in a file of this size: cropping before rotating takes a fraction of the
    /// memory.
    pub(super) fn stored(self, orientation: Orientation, width: u32, height: u32) -> Self {
        let Self { x, y, size } = self;
        let (x, y) = match orientation {
            Orientation::NoTransforms => (x, y),
            Orientation::FlipHorizontal => (width - x - size, y),
            Orientation::FlipVertical => (x, height - y - size),
            Orientation::Rotate180 => (width - x - size, height - y - size),
            Orientation::Rotate90 => (y, height - x - size),
            Orientation::Rotate270 => (width - y - size, x),
            Orientation::Rotate90FlipH => (y, x),
            Orientation::Rotate270FlipH => (width - y - size, height - x - size),
        };
        Self { x, y, size }
    }
}

#[cfg(test)]
mod tests {
    use image::{DynamicImage, GrayImage, Luma};

    use super::*;

    #[test]
    fn cutting_first_and_turning_then_is_the_same_as_the_other_way_round() {
        let stored = DynamicImage::from(GrayImage::from_fn(7, 4, |x, y| Luma([u8::try_from(10 * x + y).unwrap()])));
        for exif in 1..=8 {
            let orientation = Orientation::from_exif(exif).unwrap();
            let mut seen = stored.clone();
            seen.apply_orientation(orientation);
            let (width, height) = seen_size(orientation, 7, 4);
            assert_eq!((width, height), (seen.width(), seen.height()));
            let square = Crop::Pixels { x: width - 3, y: 1, size: Some(2) }.square(width, height).unwrap();
            let there = square.stored(orientation, 7, 4);
            let mut cut = stored.crop_imm(there.x, there.y, there.size, there.size);
            cut.apply_orientation(orientation);
            assert_eq!(cut, seen.crop_imm(square.x, square.y, square.size, square.size), "{orientation:?}");
        }
    }

    #[test]
    fn a_part_lies_within_the_picture() {
        let part = |across, down, percent| Crop::Part { across, down, percent }.square(600, 300).unwrap();
        assert_eq!(part(Place::Middle, Place::Middle, 100), Square { x: 150, y: 0, size: 300 });
        assert_eq!(part(Place::Start, Place::End, 50), Square { x: 0, y: 150, size: 150 });
        assert_eq!(part(Place::End, Place::Middle, 75), Square { x: 375, y: 37, size: 225 });
    }
}
