//! Messages that a committed change owes to somebody.

use std::time::Duration;

use sea_orm::{ActiveEnum as _, ActiveValue::Set, ConnectionTrait, EntityTrait, FromQueryResult};

use super::{all, delete_some, execute, on_postgres, one_row};
use crate::clock::{MAX_CLOCK_SKEW, Timestamp};
use crate::entity::outbox::{ActiveModel, Carrier, Entity, MessageKind, MessageState};
use crate::error::Error;
use crate::ids::{InvitationId, MessageId, PlaceId, UserId, new_uid};

/// A mail to be sent.
#[derive(Clone, Debug)]
pub struct NewMail {
    pub uid: String,
    pub kind: MessageKind,
    pub address: String,
    pub user_id: Option<UserId>,
    pub invitation_id: Option<InvitationId>,
    pub generation: Option<i64>,
    pub subject_uid: Option<String>,
    pub now: Timestamp,
}

/// Puts a mail into the outbox.
pub async fn insert(connection: &impl ConnectionTrait, mail: NewMail) -> Result<(), Error> {
    let row = ActiveModel {
        uid: Set(mail.uid),
        carrier: Set(Carrier::Mail),
        kind: Set(mail.kind),
        address: Set(mail.address),
        user_id: Set(mail.user_id),
        invitation_id: Set(mail.invitation_id),
        generation: Set(mail.generation),
        subject_uid: Set(mail.subject_uid),
        state: Set(MessageState::Queued),
        attempts: Set(0),
        next_at: Set(mail.now),
        lease: Set(None),
        lease_until: Set(None),
        fault: Set(None),
        created_at: Set(mail.now),
        done_at: Set(None),
        ..Default::default()
    };
    Entity::insert(row).exec_without_returning(connection).await?;
    Ok(())
}

/// Owes a user a mail about what `actor_id` did to them, at the primary address; nobody who is deactivated, and one
/// mail for several changes of a sort that nobody was told of yet.
pub async fn owe_user(
    connection: &impl ConnectionTrait,
    kind: MessageKind,
    user_id: UserId,
    place_id: Option<PlaceId>,
    actor_id: UserId,
    now: Timestamp,
) -> Result<(), Error> {
    let sql = format!(
        "INSERT INTO outbox (uid, carrier, kind, address, user_id, place_id, actor_id, state,
                             attempts, next_at, created_at)
         SELECT $1, 'mail', '{kind}', a.address, u.id, CAST($2 AS BIGINT), $3, 'queued', 0, $4, $4
         FROM users u JOIN addresses a ON a.user_id = u.id AND a.is_primary
         WHERE u.id = $5 AND {is_active}
           AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.user_id = u.id AND o.kind = '{kind}' AND o.state = 'queued'
                           AND o.attempts = 0 AND o.lease IS NULL AND o.actor_id = $3
                           AND COALESCE(o.place_id, 0) = COALESCE(CAST($2 AS BIGINT), 0){lock})",
        kind = kind.to_value(),
        is_active = super::is_active("u", "$4"),
        // A worker that leases the mail meanwhile would not tell of this change.
        lock = on_postgres(connection, " FOR UPDATE")
    );
    let values = [new_uid(now).into(), place_id.into(), actor_id.into(), now.into(), user_id.into()];
    execute(connection, &sql, values).await.map(drop)
}

/// A message that this worker has leased.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Leased {
    pub id: MessageId,
    pub uid: String,
    pub kind: MessageKind,
    pub address: String,
    pub user_id: Option<UserId>,
    pub invitation_id: Option<InvitationId>,
    pub generation: Option<i64>,
    pub subject_uid: Option<String>,
    /// What it is about; `None`: no place, or one that is gone.
    pub place_id: Option<PlaceId>,
    pub actor_id: Option<UserId>,
    pub attempts: i64,
    /// How often another message has made it due.
    pub freed: i64,
    pub created_at: Timestamp,
    /// When somebody had it sent again after it had failed.
    pub resent_at: Option<Timestamp>,
}

/// A message is put off for this long at most.
pub const LONGEST_PAUSE: Duration = Duration::from_hours(1);

/// No message is put off until later than this.
fn latest(now: Timestamp) -> Timestamp {
    now.plus(LONGEST_PAUSE).plus(MAX_CLOCK_SKEW)
}

/// Which messages to lease.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// All that are due; first those that [somebody waits for](MessageKind::is_awaited).
    All,
    /// Only those.
    Awaited,
}

/// How many messages of each sort are leased at a time.
pub const LEASED: usize = 64;

/// SQL: [`MessageKind::is_awaited`], as in the index.
const AWAITED: &str = "kind IN ('reset_password', 'verify_address')";

/// Leases messages of a carrier that are due, or put off for longer than any is. Nobody else sends them before `until`.
pub async fn lease(
    connection: &impl ConnectionTrait,
    carrier: Carrier,
    due: Due,
    lease: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<Vec<Leased>, Error> {
    // Workers of several processes pass over what another is about to lease, rather than wait for it.
    let unlocked = on_postgres(connection, " FOR UPDATE SKIP LOCKED");
    // LIMIT as a literal: SQLite prepares a statement anew whenever one is bound.
    // `lease_until` was set by earlier processes, which may still run.
    let some = |name: &str, condition: &str| {
        format!(
            "SELECT id FROM (SELECT id FROM outbox WHERE state = 'queued' AND {condition} AND carrier = $4
                             ORDER BY next_at, id LIMIT {LEASED}{unlocked}) {name}"
        )
    };
    let expired = "(lease_until IS NULL OR lease_until <= $3 OR lease_until > $5)";
    let mut sorts = vec![some("awaited", &format!("{AWAITED} AND next_at <= $3 AND {expired}"))];
    if due == Due::All {
        sorts.push(some("due", &format!("next_at <= $3 AND {expired}")));
        sorts.push(some("misdated", "next_at > $5"));
    }
    // A lease puts a message off.
    let sql = format!(
        "UPDATE outbox SET lease = $1, next_at = $2, lease_until = NULL
               WHERE id IN ({sorts})
                 AND state = 'queued' AND (next_at <= $3 OR next_at > $5) AND {expired}
               RETURNING id, uid, kind, address, user_id, invitation_id, generation, subject_uid, place_id, actor_id,
                         attempts, freed, created_at, resent_at",
        sorts = sorts.join(" UNION ALL ")
    );
    let values = [lease.into(), until.into(), now.into(), carrier.into(), latest(now).into()];
    let mut leased: Vec<Leased> = all(connection, &sql, values).await?;
    leased.sort_by_key(|message| (!message.kind.is_awaited(), message.id));
    Ok(leased)
}

/// What became of a leased message.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub id: MessageId,
    pub state: MessageState,
    /// Whether it was tried at all.
    pub tried: bool,
    pub fault: Option<String>,
    /// When to try again, while it stays queued.
    pub next_at: Timestamp,
    /// From when on [`free`] makes it due, if it stays queued for a reason that may be the set-up.
    pub held_at: Option<Timestamp>,
}

/// Notes what became of a message, unless the lease was lost.
pub async fn settle(
    connection: &impl ConnectionTrait,
    lease: &str,
    outcome: &Outcome,
    now: Timestamp,
) -> Result<(), Error> {
    let done_at = (outcome.state != MessageState::Queued).then_some(now);
    // What was not tried keeps what was found before.
    let sql =
        "UPDATE outbox SET state = $1, fault = CASE WHEN $7 = 0 THEN fault ELSE $2 END, next_at = $3, done_at = $4,
                   attempts = attempts + $7, held_at = CASE WHEN $7 = 0 THEN held_at ELSE $8 END,
                   lease = NULL, lease_until = NULL WHERE id = $5 AND lease = $6";
    let values = [
        outcome.state.into(),
        outcome.fault.clone().into(),
        outcome.next_at.into(),
        done_at.into(),
        outcome.id.into(),
        lease.into(),
        i64::from(outcome.tried).into(),
        outcome.held_at.into(),
    ];
    execute(connection, sql, values).await.map(drop)
}

/// How many messages become due at once at most, when one has gone through again.
const FREED: usize = 1000;

/// A message that was begun at `begun` went through: makes due what was put off before for a reason that may be the
/// set-up. How many.
pub async fn free(
    connection: &impl ConnectionTrait,
    carrier: Carrier,
    begun: Timestamp,
    now: Timestamp,
) -> Result<u64, Error> {
    let unlocked = on_postgres(connection, " FOR UPDATE SKIP LOCKED");
    let sql = format!(
        "UPDATE outbox SET next_at = $1, held_at = NULL, freed = freed + 1
         WHERE id IN (SELECT id FROM outbox WHERE state = 'queued' AND held_at IS NOT NULL AND held_at <= $2
                        AND carrier = $3 AND lease IS NULL AND next_at > $1
                      ORDER BY held_at LIMIT {FREED}{unlocked})
           AND state = 'queued' AND lease IS NULL"
    );
    execute(connection, &sql, [now.into(), begun.into(), carrier.into()]).await
}

/// Ends all leases of a carrier's messages: they are due.
pub async fn release(connection: &impl ConnectionTrait, carrier: Carrier, now: Timestamp) -> Result<(), Error> {
    let sql = "UPDATE outbox SET lease = NULL, lease_until = NULL, next_at = $2
               WHERE state = 'queued' AND lease IS NOT NULL AND carrier = $1";
    execute(connection, sql, [carrier.into(), now.into()]).await.map(drop)
}

/// When the next message of a carrier is due.
pub async fn next_due(
    connection: &impl ConnectionTrait,
    carrier: Carrier,
    now: Timestamp,
) -> Result<Option<Timestamp>, Error> {
    let sql = "SELECT next_at FROM outbox WHERE state = 'queued' AND carrier = $1
                 AND (lease_until IS NULL OR lease_until <= $2 OR lease_until > $3)
               ORDER BY next_at LIMIT 1";
    let row = one_row(connection, sql, [carrier.into(), now.into(), latest(now).into()]).await?;
    Ok(row.map(|row| row.try_get("", "next_at")).transpose()?)
}

/// Removes some messages that were settled long ago: whether there may be more.
pub async fn sweep(connection: &impl ConnectionTrait, done_before: Timestamp) -> Result<bool, Error> {
    let mut may_be_more = false;
    for state in ["sent", "dropped", "failed"] {
        // A settled message keeps the time of its next attempt, by which there is an index.
        let old = format!("state = '{state}' AND next_at < $1 AND done_at < $1");
        may_be_more |= delete_some(connection, "outbox", "id", &old, [done_before.into()]).await?;
    }
    Ok(may_be_more)
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable as _;

    use super::*;

    #[test]
    fn sql_and_code_agree_on_what_is_awaited() {
        for kind in MessageKind::iter() {
            assert_eq!(AWAITED.contains(&format!("'{}'", kind.to_value())), kind.is_awaited(), "{kind:?}");
        }
    }
}
