//! Requests that changed something, to know a repeated one again.

use sea_orm::{ConnectionTrait, FromQueryResult};

use super::{delete_some, execute, one};
use crate::clock::Timestamp;
use crate::error::Error;
use crate::ids::UserId;

/// What a user asked for, by keyed digests.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    pub user_id: UserId,
    /// Of what tells requests apart that are meant to differ.
    pub key: &'a str,
    /// Of all that is asked.
    pub body: &'a str,
}

/// Notes a request, unless another with the same key and body was noted: then false. One with the same key and another
/// body takes its place, and so does one after an earlier one that is no longer known. `nonce` tells a repeated request from one that makes several changes.
pub async fn begin(
    connection: &impl ConnectionTrait,
    asked: Asked<'_>,
    nonce: &str,
    (known_after, now): (Timestamp, Timestamp),
) -> Result<bool, Error> {
    let sql = "INSERT INTO repeats (user_id, key_digest, body_digest, nonce, created_at) VALUES ($1, $2, $3, $4, $5)
               ON CONFLICT (user_id, key_digest)
               DO UPDATE SET body_digest = $3, nonce = $4, outcome = NULL, created_at = $5
               WHERE repeats.body_digest <> $3 OR repeats.nonce = $4 OR repeats.created_at <= $6";
    let Asked { user_id, key, body } = asked;
    let values = [user_id.into(), key.into(), body.into(), nonce.into(), now.into(), known_after.into()];
    Ok(execute(connection, sql, values).await? > 0)
}

#[derive(Debug, FromQueryResult)]
pub struct Noted {
    pub nonce: String,
    /// Sealed.
    pub outcome: Option<Vec<u8>>,
}

/// The same request, if it was noted after a time.
pub async fn find(
    connection: &impl ConnectionTrait,
    asked: Asked<'_>,
    after: Timestamp,
) -> Result<Option<Noted>, Error> {
    let sql = "SELECT nonce, outcome FROM repeats
               WHERE user_id = $1 AND key_digest = $2 AND body_digest = $3 AND created_at > $4";
    let Asked { user_id, key, body } = asked;
    one(connection, sql, [user_id.into(), key.into(), body.into(), after.into()]).await
}

/// Notes the outcome of a request.
pub async fn finish(
    connection: &impl ConnectionTrait,
    asked: Asked<'_>,
    nonce: &str,
    outcome: &[u8],
) -> Result<(), Error> {
    let sql = "UPDATE repeats SET outcome = $1 WHERE user_id = $2 AND key_digest = $3 AND nonce = $4";
    execute(connection, sql, [outcome.into(), asked.user_id.into(), asked.key.into(), nonce.into()]).await.map(drop)
}

/// Removes some requests that were noted before a time: whether there may be more.
pub async fn sweep(connection: &impl ConnectionTrait, before: Timestamp) -> Result<bool, Error> {
    delete_some(connection, "repeats", "id", "created_at <= $1", [before.into()]).await
}
