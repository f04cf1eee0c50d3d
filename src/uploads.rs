//! Memory for what is being uploaded, of all requests together: it may be large, and come slowly.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

const KIB: usize = 1024;

#[derive(Clone, Debug)]
pub struct Uploads {
    /// What is left, in permits of a KiB.
    left: Arc<Semaphore>,
    /// How many bytes each upload has without being counted.
    free: usize,
}

/// The bytes that have come, and what is made from them. Counted until dropped.
#[derive(Debug)]
pub struct Upload {
    bytes: Vec<u8>,
    /// The size of what is made from them.
    made: usize,
    uploads: Uploads,
    held: Option<OwnedSemaphorePermit>,
}

/// There is no room for more.
#[derive(Debug)]
pub struct NoRoom;

impl Uploads {
    /// `bytes` for all together.
    pub fn of(bytes: usize) -> Self {
        Self::beyond(0, bytes)
    }

    /// `free` bytes for each, and `bytes` for all together beyond that.
    pub fn beyond(free: usize, bytes: usize) -> Self {
        Self { left: Arc::new(Semaphore::new(bytes / KIB)), free }
    }

    pub fn begin(&self) -> Upload {
        Upload { bytes: Vec::new(), made: 0, uploads: self.clone(), held: None }
    }
}

impl Upload {
    /// # Errors
    /// [`NoRoom`], at once: whoever waited would hold what others wait for.
    pub fn extend(&mut self, chunk: &[u8]) -> Result<(), NoRoom> {
        self.hold(self.bytes.len() + chunk.len() + self.made)?;
        self.bytes.try_reserve(chunk.len()).map_err(|_| NoRoom)?;
        self.bytes.extend_from_slice(chunk);
        Ok(())
    }

    /// Counts something of this size that is made from the bytes.
    ///
    /// # Errors
    /// [`NoRoom`], at once.
    pub fn make(&mut self, size: usize) -> Result<(), NoRoom> {
        self.hold(self.bytes.len() + self.made + size)?;
        self.made += size;
        Ok(())
    }

    fn hold(&mut self, size: usize) -> Result<(), NoRoom> {
        let held = self.held.as_ref().map_or(0, OwnedSemaphorePermit::num_permits);
        let counted = size.saturating_sub(self.uploads.free);
        let more = counted.div_ceil(KIB).saturating_sub(held);
        let more = u32::try_from(more).map_err(|_| NoRoom)?;
        let more = self.uploads.left.clone().try_acquire_many_owned(more).map_err(|_| NoRoom)?;
        match &mut self.held {
            Some(held) => held.merge(more),
            None => self.held = Some(more),
        }
        Ok(())
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub fn bytes_mut(&mut self) -> &mut [u8] {
        &mut self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uploads_share_their_memory_until_they_end() {
        let uploads = Uploads::of(10 * KIB);
        let (mut one, mut other) = (uploads.begin(), uploads.begin());
        for _ in 0..4 {
            one.extend(&[1; KIB + 1]).unwrap();
        }
        assert_eq!(one.bytes(), [1; 4 * KIB + 4]);
        // A KiB that was begun is taken whole, once.
        other.extend(&[2; 5 * KIB - 1]).unwrap();
        other.extend(&[2]).unwrap();
        assert!(other.extend(&[2]).is_err() && one.extend(&[1; KIB]).is_err());
        drop(one);
        other.extend(&[2; 5 * KIB]).unwrap();
        assert!(uploads.begin().extend(&[3]).is_err());
    }
}
