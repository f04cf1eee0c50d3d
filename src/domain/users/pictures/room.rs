//! Memory for pixels, in bounds: the decoders would abort the process if they got none.

use crate::error::{Error, PictureError};

/// For one picture, in bytes: the largest as RGBA.
pub(super) const MOST: u64 = 400_000_000;
/// What the rest of the server and the decoder's tables may need meanwhile, in bytes; less for a small picture.
const SPARE: u64 = 64 * 1024 * 1024;

/// A buffer of `pixels` bytes, where the decoder can allocate `working` bytes more.
///
/// # Errors
/// [`PictureError::TooCostly`].
pub(super) fn room(pixels: u64, working: u64) -> Result<Vec<u8>, Error> {
    if pixels + working > MOST {
        return Err(PictureError::TooCostly.into());
    }
    // Addresses, not memory: dropped unused, and only where a limit like `ulimit -v` is near does this fail.
    let spare = reserve(working + SPARE.min(pixels + working))?;
    let mut buffer = reserve(pixels)?;
    drop(spare);
    buffer.resize(buffer.capacity(), 0);
    Ok(buffer)
}

fn reserve(bytes: u64) -> Result<Vec<u8>, Error> {
    let mut reserved = Vec::new();
    let bytes = usize::try_from(bytes).map_err(|_| PictureError::TooCostly)?;
    reserved.try_reserve_exact(bytes).map_err(|_| PictureError::TooCostly)?;
    Ok(reserved)
}
