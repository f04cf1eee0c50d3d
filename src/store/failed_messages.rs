//! Messages that could not be sent, and sending them again.

use sea_orm::{ConnectionTrait, FromQueryResult};

use super::{HALF_A_PAGE, Page, all, execute, one_row};
use crate::clock::Timestamp;
use crate::entity::outbox::{Carrier, MessageKind};
use crate::error::Error;
use crate::ids::MessageId;

/// A message that failed.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Failed {
    pub id: MessageId,
    pub carrier: Carrier,
    pub kind: MessageKind,
    /// Empty for a notice.
    pub address: String,
    /// The name of the place that it is about.
    pub place_name: Option<String>,
    pub fault: Option<String>,
    pub failed_at: Timestamp,
}

/// A page of the messages that failed, the latest first.
pub async fn page(connection: &impl ConnectionTrait, before: i64) -> Result<Page<Failed>, Error> {
    let sql = format!(
        "SELECT o.id, o.carrier, o.kind, o.address, p.name AS place_name, o.fault,
                COALESCE(o.done_at, o.created_at) AS failed_at
         FROM outbox o
         LEFT JOIN invitations i ON i.id = o.invitation_id
         LEFT JOIN places p ON p.id = COALESCE(o.place_id, i.place_id)
         WHERE o.state = 'failed' AND o.id < $1
         ORDER BY o.id DESC LIMIT {limit}",
        limit = HALF_A_PAGE + 1
    );
    let rows = all(connection, &sql, [before.into()]).await?;
    Ok(Page::cut_at_half(rows, |failed: &Failed| failed.id.0))
}

/// Whether there is any.
pub async fn any(connection: &impl ConnectionTrait) -> Result<bool, Error> {
    let sql = "SELECT id FROM outbox WHERE state = 'failed' LIMIT 1";
    Ok(one_row(connection, sql, []).await?.is_some())
}

/// How many are sent again at a time.
const AT_ONCE: usize = 1000;

/// The first and the last of the [`AT_ONCE`] latest.
pub async fn latest(connection: &impl ConnectionTrait) -> Result<Option<(MessageId, MessageId)>, Error> {
    let sql = format!(
        "SELECT MIN(id) AS first, MAX(id) AS last
         FROM (SELECT id FROM outbox WHERE state = 'failed' ORDER BY id DESC LIMIT {AT_ONCE}) latest"
    );
    let Some(row) = one_row(connection, &sql, []).await? else { return Ok(None) };
    let (first, last): (Option<i64>, Option<i64>) = (row.try_get("", "first")?, row.try_get("", "last")?);
    Ok(first.zip(last).map(|(first, last)| (MessageId(first), MessageId(last))))
}

/// Has the failed messages among these sent again, as if they were new: how many. Their invitations no longer count as
/// having a mail that failed.
pub async fn send_again(
    connection: &impl ConnectionTrait,
    first: MessageId,
    last: MessageId,
    now: Timestamp,
) -> Result<u64, Error> {
    let sql = "UPDATE invitations SET mail_failed_at = NULL FROM outbox o
               WHERE o.state = 'failed' AND o.id >= $1 AND o.id <= $2 AND o.kind = 'invitation'
                 AND invitations.id = o.invitation_id AND invitations.generation = o.generation";
    execute(connection, sql, [first.into(), last.into()]).await?;
    let sql = "UPDATE outbox SET state = 'queued', attempts = 0, next_at = $3, resent_at = $3, done_at = NULL,
                   fault = NULL, held_at = NULL, freed = 0
               WHERE state = 'failed' AND id >= $1 AND id <= $2";
    execute(connection, sql, [first.into(), last.into(), now.into()]).await
}
