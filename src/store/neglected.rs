//! Open invitations that wait for their inviter.

use sea_orm::{ActiveEnum as _, ConnectionTrait, FromQueryResult};

use super::definitions::Scopes;
use super::invitations::INVITEE;
use super::places::Place;
use super::{all, is_present};
use crate::clock::Timestamp;
use crate::entity::Kind;
use crate::entity::outbox::MessageState;
use crate::error::Error;
use crate::ids::{InvitationId, UserId};

/// An invitation that will come to nothing unless its inviter does something.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Neglected {
    pub invitation_id: InvitationId,
    #[sea_orm(nested)]
    pub place: Place,
    /// As [`super::invitations::Found::invitee`].
    pub invitee: String,
    pub expires_at: Timestamp,
    /// The invitee came too late.
    pub link_asked_at: Option<Timestamp>,
    pub mail_state: Option<MessageState>,
}

/// The open invitations of an inviter to places that they administer and to these orgs: those whose mail failed
/// (the latest ten); then those that nobody has answered in all but the last quarter of their life, at most a day (the
/// ten that end first); then those for which a new link is wanted (the ten latest wishes).
pub async fn of_inviter(
    connection: &impl ConnectionTrait,
    inviter_id: UserId,
    managed: &[(Kind, Managed)],
    now: Timestamp,
) -> Result<Vec<Neglected>, Error> {
    let present = is_present("m", "$2");
    let managed: Vec<String> = managed.iter().map(|(kind, managed)| managed.condition(*kind)).collect();
    let managed = managed.join(" OR ");
    let mine = |part: u8, turn: &str| {
        format!(
            "SELECT i.id AS invitation_id, g.id, g.kind, g.name, g.key, {INVITEE} AS invitee, i.expires_at, i.link_asked_at, o.state AS mail_state, {part} AS part, {turn} AS turn
             FROM invitations i
             JOIN places g ON g.id = i.place_id
             LEFT JOIN members m ON m.place_id = i.place_id AND m.user_id = i.inviter_id AND {present}
             LEFT JOIN outbox o ON o.invitation_id = i.id AND o.generation = i.generation AND o.kind = 'invitation'
             WHERE i.inviter_id = $1 AND i.state = 'pending' AND ({managed})"
        )
    };
    let (failed, ending, wanted) = (mine(1, "-i.id"), mine(2, "i.expires_at"), mine(3, "-i.link_asked_at"));
    let sql = format!(
        "SELECT * FROM ({failed} AND o.state = 'failed' ORDER BY i.id DESC LIMIT 10) failed
         UNION ALL
         SELECT * FROM ({ending} AND (o.state IS NULL OR o.state <> 'failed') AND i.link_asked_at IS NULL
             AND i.expires_at > $2 AND i.expires_at <= $2 + {LAST_QUARTER}
             ORDER BY i.expires_at, i.id LIMIT 10) ending
         UNION ALL
         SELECT * FROM ({wanted} AND (o.state IS NULL OR o.state <> 'failed') AND i.link_asked_at IS NOT NULL
             ORDER BY i.link_asked_at DESC, i.id DESC LIMIT 10) wanted
         ORDER BY part, turn, invitation_id"
    );
    all(connection, &sql, [inviter_id.into(), now.into()]).await
}

/// Which places of a kind the inviter manages.
#[derive(Clone, Debug)]
pub enum Managed {
    /// Those in which they are an administrator.
    ByLevel,
    /// Those that are one of these orgs.
    Orgs(Scopes),
}

impl Managed {
    /// For an invitation `i` of a kind whose inviter is the member `m`.
    fn condition(&self, kind: Kind) -> String {
        let kind = kind.to_value();
        match self {
            Self::ByLevel => format!("(i.kind = '{kind}' AND m.level = 'administrator')"),
            Self::Orgs(orgs) => format!(
                "(i.kind = '{kind}' AND EXISTS (SELECT 1 FROM orgs r WHERE r.place_id = i.place_id AND {}))",
                orgs.condition("r.id")
            ),
        }
    }
}

/// In milliseconds; a day at most.
const LAST_QUARTER: &str = "CASE WHEN i.life < 4 * 86400000 THEN i.life / 4 ELSE 86400000 END";
