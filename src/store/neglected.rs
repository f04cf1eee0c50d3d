//! Open invitations that wait for their inviter.

use sea_orm::{ConnectionTrait, FromQueryResult};

use super::all;
use super::invitations::INVITEE;
use super::permissions::Scopes;
use crate::clock::Timestamp;
use crate::entity::outbox::MailState;
use crate::error::Error;
use crate::ids::InvitationId;

/// An invitation that will come to nothing unless its inviter does something.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Neglected {
    pub id: InvitationId,
    /// `None`: the invitation is to an org.
    pub environment_id: Option<i64>,
    pub org_slug: Option<String>,
    pub target_name: String,
    /// As [`super::invitations::Found::invitee`].
    pub invitee: String,
    pub expires_at: Timestamp,
    /// The invitee came too late.
    pub link_asked_at: Option<Timestamp>,
    pub mail_state: Option<MailState>,
}

/// The open invitations of an inviter to environments that they administer and to these orgs: those whose mail failed
/// (the latest ten); then those that nobody has answered in all but the last quarter of their life, at most a day (the
/// ten that end first); then those for which a new link is wanted (the ten latest wishes).
pub async fn of_inviter(
    connection: &impl ConnectionTrait,
    inviter_id: i64,
    orgs: &Scopes,
    now: Timestamp,
) -> Result<Vec<Neglected>, Error> {
    let mine = |part: u8, place: &str| {
        format!(
            "SELECT i.id, e.id AS environment_id, g.slug AS org_slug, COALESCE(e.name, g.name) AS target_name,
                    {INVITEE} AS invitee, i.expires_at, i.link_asked_at, o.state AS mail_state, {part} AS part, {place} AS place
             FROM invitations i
             LEFT JOIN environments e ON e.id = i.environment_id
             LEFT JOIN environment_members m ON m.environment_id = e.id AND m.user_id = i.inviter_id
             LEFT JOIN orgs g ON g.id = i.org_id
             LEFT JOIN outbox o ON o.invitation_id = i.id AND o.generation = i.generation AND o.kind = 'invitation'
             WHERE i.inviter_id = $1 AND i.state = 'pending'
               AND (e.owner_id = i.inviter_id OR m.is_admin OR (g.id IS NOT NULL AND {}))",
            orgs.condition("g.id")
        )
    };
    let (failed, ending, wanted) = (mine(1, "-i.id"), mine(2, "i.expires_at"), mine(3, "-i.link_asked_at"));
    let sql = format!(
        "SELECT * FROM ({failed} AND o.state = 'failed' ORDER BY place LIMIT 10) failed
         UNION ALL
         SELECT * FROM ({ending} AND (o.state IS NULL OR o.state <> 'failed') AND i.link_asked_at IS NULL
             AND i.expires_at > $2 AND i.expires_at <= $2 + {LAST_QUARTER} ORDER BY place, i.id LIMIT 10) ending
         UNION ALL
         SELECT * FROM ({wanted} AND (o.state IS NULL OR o.state <> 'failed') AND i.link_asked_at IS NOT NULL
             ORDER BY place, i.id LIMIT 10) wanted
         ORDER BY part, place, id"
    );
    all(connection, &sql, [inviter_id.into(), now.into()]).await
}

/// In milliseconds; a day at most.
const LAST_QUARTER: &str = "CASE WHEN i.life < 4 * 86400000 THEN i.life / 4 ELSE 86400000 END";
