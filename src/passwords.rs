//! Argon2id, off the async threads, with at most one hash per core at a time.
//!
//! Parameters: OWASP's Password Storage Cheat Sheet (19 MiB, two passes, one lane).

mod cores;

use std::sync::Arc;
use std::time::Duration;

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Params, Version};
use subtle::ConstantTimeEq as _;

use self::cores::{Core, Cores};
use crate::error::Error;
use crate::ids::random_bytes;
use crate::secret::Secret;

/// As many blocks of 1 KiB.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const SALT_BYTES: usize = 16;
const HASH_BYTES: usize = 32;

/// Requests that may wait for a core; more fail with [`Error::TooMany`].
const QUEUE: usize = 64;
/// By then the queue has been processed.
const RETRY_AFTER: Duration = Duration::from_secs(2);

/// Hashes and verifies passwords.
#[derive(Clone)]
pub struct Passwords {
    cores: Cores,
    /// The hash of an unknown password: verifying it costs as much as a real one.
    nobodys: Arc<str>,
}

impl Passwords {
    /// # Errors
    /// When Argon2 rejects the parameters.
    pub fn new() -> Result<Self, Error> {
        // Random, so that no password has it, and no start waits for a hash.
        let nobodys = phc(&argon2()?, &random_bytes::<SALT_BYTES>(), &random_bytes::<HASH_BYTES>())?;
        Ok(Self { cores: Cores::new(QUEUE, RETRY_AFTER), nobodys: nobodys.into() })
    }

    /// Hashes a password into a PHC string.
    ///
    /// # Errors
    /// [`Error::TooMany`] when the queue is full.
    pub async fn hash(&self, password: Secret) -> Result<String, Error> {
        self.on_a_core(move |core| hash(core, &password)).await
    }

    /// Verifies a password. Without `phc` takes as long and returns false.
    ///
    /// # Errors
    /// [`Error::TooMany`] when the queue is full.
    pub async fn verify(&self, phc: Option<String>, password: Secret) -> Result<bool, Error> {
        let known = phc.is_some();
        let phc = phc.unwrap_or_else(|| self.nobodys.as_ref().to_owned());
        let fits = self.on_a_core(move |core| verify(core, &phc, &password)).await?;
        Ok(known && fits)
    }

    async fn on_a_core<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Core) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let mut core = self.cores.take().await?;
        tokio::task::spawn_blocking(move || work(&mut core)).await.map_err(Error::internal)?
    }
}

/// How new hashes are made.
fn argon2() -> Result<Argon2<'static>, Error> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, Some(HASH_BYTES)).map_err(broken)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// How this hash was made: by an earlier version or elsewhere, perhaps.
fn argon2_of(phc: &PasswordHash) -> Result<Argon2<'static>, argon2::password_hash::Error> {
    let version = phc.version.map(Version::try_from).transpose()?.unwrap_or_default();
    Ok(Argon2::new(Algorithm::new(phc.algorithm)?, version, Params::try_from(phc)?))
}

fn hash(core: &mut Core, password: &Secret) -> Result<String, Error> {
    let argon2 = argon2()?;
    let salt = random_bytes::<SALT_BYTES>();
    let mut output = [0; HASH_BYTES];
    core.hash_into(&argon2, password.expose().as_bytes(), &salt, &mut output)?;
    phc(&argon2, &salt, &output)
}

fn verify(core: &mut Core, phc: &str, password: &Secret) -> Result<bool, Error> {
    let phc = PasswordHash::new(phc).map_err(broken)?;
    let (Some(salt), Some(expected), Ok(argon2)) = (&phc.salt, &phc.hash, argon2_of(&phc)) else { return Ok(false) };
    let mut output = [0; Output::MAX_LENGTH];
    let output = &mut output[..expected.len()];
    core.hash_into(&argon2, password.expose().as_bytes(), salt, output)?;
    Ok(output.ct_eq(expected.as_bytes()).into())
}

fn phc(argon2: &Argon2<'_>, salt: &[u8], hash: &[u8]) -> Result<String, Error> {
    let phc = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(argon2.params()).map_err(broken)?,
        salt: Some(Salt::new(salt).map_err(broken)?),
        hash: Some(Output::new(hash).map_err(broken)?),
    };
    Ok(phc.to_string())
}

fn broken(error: impl std::fmt::Display) -> Error {
    Error::internal(error.to_string())
}

#[cfg(test)]
mod tests {
    use argon2::{PasswordHasher as _, PasswordVerifier as _};

    use super::*;

    const PASSWORD: &[u8] = b"correct horse 1";

    fn secret(password: &[u8]) -> Secret {
        Secret::from(String::from_utf8(password.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn hashes_are_what_argon2_itself_makes() {
        let passwords = Passwords::new().unwrap();
        // The second hash is made in the memory of the first.
        for password in [PASSWORD, b"battery staple 2"] {
            let phc = passwords.hash(secret(password)).await.unwrap();
            assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$") && phc.len() == 97, "{phc}");
            assert!(Argon2::default().verify_password(password, phc.as_str()).is_ok());
            assert!(passwords.verify(Some(phc.clone()), secret(password)).await.unwrap());
            assert!(!passwords.verify(Some(phc), secret(b"another")).await.unwrap());
        }
        assert!(!passwords.verify(None, secret(PASSWORD)).await.unwrap());
    }

    #[tokio::test]
    async fn hashes_of_other_parameters_are_verified() {
        let passwords = Passwords::new().unwrap();
        for (algorithm, version, memory, passes, lanes, length) in [
            (Algorithm::Argon2id, Version::V0x13, 19_456, 3, 2, None),
            (Algorithm::Argon2id, Version::V0x13, 4_096, 3, 1, None),
            (Algorithm::Argon2id, Version::V0x13, 24_000, 1, 4, Some(16)),
            (Algorithm::Argon2i, Version::V0x10, 512, 3, 1, Some(64)),
            (Algorithm::Argon2d, Version::V0x13, 64, 1, 1, None),
        ] {
            let made = Argon2::new(algorithm, version, Params::new(memory, passes, lanes, length).unwrap());
            let phc = made.hash_password_with_salt(PASSWORD, b"0123456789abcdef").unwrap().to_string();
            assert!(passwords.verify(Some(phc.clone()), secret(PASSWORD)).await.unwrap(), "{phc}");
            assert!(!passwords.verify(Some(phc.clone()), secret(b"another")).await.unwrap(), "{phc}");
        }
    }

    #[tokio::test]
    async fn a_panic_keeps_no_core() {
        let passwords = Passwords::new().unwrap();
        for _ in 0..=QUEUE + std::thread::available_parallelism().unwrap().get() {
            let panicked = passwords.on_a_core(|_| -> Result<(), Error> { panic!("while hashing") }).await;
            assert!(matches!(panicked, Err(Error::Internal(_))), "{panicked:?}");
        }
        let phc = passwords.hash(secret(PASSWORD)).await.unwrap();
        assert!(passwords.verify(Some(phc), secret(PASSWORD)).await.unwrap());
    }
}
