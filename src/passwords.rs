//! Argon2id, off the async threads, with at most one hash per core at a time.
//!
//! Parameters: OWASP's Password Storage Cheat Sheet (19 MiB, two passes, one lane).

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use tokio::sync::Semaphore;

use crate::error::Error;
use crate::ids::random_bytes;
use crate::secret::Secret;

const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const SALT_BYTES: usize = 16;

/// Requests that may wait for a core; more fail with [`Error::TooMany`].
const QUEUE: usize = 64;
/// By then the queue has been processed.
const RETRY_AFTER: Duration = Duration::from_secs(2);

/// Hashes and verifies passwords.
#[derive(Clone)]
pub struct Passwords {
    cores: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
    /// The hash of an unknown password: verifying it costs as much as a real one.
    nobodys: Arc<str>,
}

impl Passwords {
    /// # Errors
    /// When Argon2 cannot allocate its memory.
    pub fn new() -> Result<Self, Error> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let password = Secret::from(crate::ids::hex(&random_bytes::<16>()));
        Ok(Self { cores: Arc::new(Semaphore::new(cores)), waiting: Arc::default(), nobodys: hash(&password)?.into() })
    }

    /// Hashes a password into a PHC string.
    ///
    /// # Errors
    /// [`Error::TooMany`] when the queue is full.
    pub async fn hash(&self, password: Secret) -> Result<String, Error> {
        self.on_a_core(move || hash(&password)).await
    }

    /// Verifies a password. Without `phc` takes as long and returns false.
    ///
    /// # Errors
    /// [`Error::TooMany`] when the queue is full.
    pub async fn verify(&self, phc: Option<String>, password: Secret) -> Result<bool, Error> {
        let known = phc.is_some();
        let phc = phc.unwrap_or_else(|| self.nobodys.as_ref().to_owned());
        let fits = self.on_a_core(move || verify(&phc, &password)).await?;
        Ok(known && fits)
    }

    async fn on_a_core<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let _place = Place::take(&self.waiting)?;
        let _core = self.cores.clone().acquire_owned().await.map_err(Error::internal)?;
        tokio::task::spawn_blocking(work).await.map_err(Error::internal)?
    }
}

/// A slot in the queue, freed on drop.
struct Place(Arc<AtomicUsize>);

impl Place {
    fn take(waiting: &Arc<AtomicUsize>) -> Result<Self, Error> {
        let place = Self(waiting.clone());
        if waiting.fetch_add(1, Ordering::Relaxed) >= QUEUE {
            return Err(Error::TooMany { retry_after: RETRY_AFTER });
        }
        Ok(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn argon2() -> Result<Argon2<'static>, Error> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|error| Error::internal(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &Secret) -> Result<String, Error> {
    argon2()?
        .hash_password_with_salt(password.expose().as_bytes(), &random_bytes::<SALT_BYTES>())
        .map(|phc| phc.to_string())
        .map_err(|error| Error::internal(error.to_string()))
}

fn verify(phc: &str, password: &Secret) -> Result<bool, Error> {
    let phc = PasswordHash::new(phc).map_err(|error| Error::internal(error.to_string()))?;
    Ok(argon2()?.verify_password(password.expose().as_bytes(), &phc).is_ok())
}
