//! The cores to hash on, each with its memory.
//!
//! Argon2 needs 19 MiB a hash. Allocated for each, they stay in the allocator's arenas, one or more a thread: 20
//! sign-ins took 380 MB for good. So each core has one memory, used again and again. While nobody hashes none is kept, if
//! malloc gives it back.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use argon2::{Argon2, Block};

use super::MEMORY_KIB;
use crate::error::Error;
use crate::malloc;
use crate::turns::{Turn, Turns};

type Memory = Vec<Block>;

/// As many as the machine has.
#[derive(Clone)]
pub(super) struct Cores {
    turns: Turns,
    is_given_back: bool,
    free: Arc<Mutex<Vec<Memory>>>,
}

/// A turn and the memory to use in it; there is no way to have one alone. Both go back on drop, even if the work panics.
pub(super) struct Core {
    memory: Memory,
    free: Arc<Mutex<Vec<Memory>>>,
    turns: Turns,
    is_given_back: bool,
    _turn: Turn,
}

impl Cores {
    pub fn new(waiting: usize, retry_after: Duration) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let turns = Turns::new(cores, waiting, retry_after);
        Self { turns, is_given_back: malloc::gives_back(), free: Arc::default() }
    }

    /// Waits for a core.
    ///
    /// # Errors
    /// [`Error::TooMany`] when too many wait already.
    pub async fn take(&self) -> Result<Core, Error> {
        let turn = self.turns.take().await?;
        let memory = lock(&self.free).pop().unwrap_or_default();
        let Self { turns, is_given_back, free } = self.clone();
        Ok(Core { memory, free, turns, is_given_back, _turn: turn })
    }
}

impl Core {
    /// Fills `output` with the hash. One that needs more memory than ours, made elsewhere, allocates it for itself.
    ///
    /// # Errors
    /// [`Error::TooMany`] when there is no memory at the moment; Argon2's own.
    pub fn hash_into(
        &mut self,
        argon2: &Argon2<'_>,
        password: &[u8],
        salt: &[u8],
        output: &mut [u8],
    ) -> Result<(), Error> {
        let blocks = argon2.params().block_count();
        let mut own = Memory::new();
        let memory = if blocks > MEMORY_KIB as usize { &mut own } else { &mut self.memory };
        extend(memory, blocks).map_err(|()| self.turns.full())?;
        let hashed = argon2.hash_password_into_with_memory(password, salt, output, memory.as_mut_slice());
        wipe(memory);
        hashed.map_err(|error| Error::internal(error.to_string()))
    }
}

impl Drop for Core {
    fn drop(&mut self) {
        let mut free = lock(&self.free);
        free.push(std::mem::take(&mut self.memory));
        if self.is_given_back && self.turns.is_last() {
            free.clear();
        }
    }
}

/// Argon2's blocks would tell a guessed password by one quick hash. Other than freed memory these stay as they are until
/// the next hash. Zeros cost about a twentieth of a hash, as much as allocating did; `zeroize`, block by block, more than
/// twice that, and the compiler cannot leave zeros out: the memory lives on.
fn wipe(memory: &mut Memory) {
    memory.fill(Block::new());
}

fn extend(memory: &mut Memory, blocks: usize) -> Result<(), ()> {
    let missing = blocks.saturating_sub(memory.len());
    memory.try_reserve_exact(missing).map_err(|error| tracing::warn!(%error, "no memory to hash a password"))?;
    memory.resize(memory.len() + missing, Block::new());
    Ok(())
}

/// Nothing can panic while it is locked.
fn lock(free: &Mutex<Vec<Memory>>) -> MutexGuard<'_, Vec<Memory>> {
    free.lock().unwrap_or_else(PoisonError::into_inner)
}
