//! Lists of invitations.

use migration::folding::folded;
use sea_orm::{ActiveEnum as _, ConnectionTrait, FromQueryResult, Value};

use super::invitations::{FOUND, Found, INVITEE};
use super::{Bound, Direction, HALF_A_PAGE, PAGE_AND_ONE, Page, all, is_present, sequence};
use crate::clock::Timestamp;
use crate::email_address::searched;
use crate::entity::invitation::InvitationState;
use crate::entity::member::Level;
use crate::entity::outbox::MessageState;
use crate::error::Error;
use crate::ids::{InvitationId, PlaceId, UserId};

/// An invitation as the inviter and administrators see it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Open {
    pub id: InvitationId,
    pub state: InvitationState,
    /// As [`Found::invitee`].
    pub invitee: String,
    /// Whether the inviter does not know the address.
    pub is_address_hidden: bool,
    pub level: Level,
    /// `None`: their account is gone.
    pub inviter_name: Option<String>,
    pub inviter_deactivated_at: Option<Timestamp>,
    pub sent_at: Timestamp,
    pub expires_at: Timestamp,
    pub link_asked_at: Option<Timestamp>,
    pub mail_state: Option<MessageState>,
    pub mail_fault: Option<String>,
}

/// A filter for invitations to a place.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Expired ones count as pending.
    pub state: InvitationState,
    /// Words in the invitee or the inviter's name; empty: any.
    pub search: &'a str,
    /// An invitation's id.
    pub before: i64,
}

/// How many invitations are looked through for one page of a search.
const LOOKED_THROUGH: u32 = 5_000;

/// A page of the invitations to a place, the latest first. Of a search, as much as is in the next [`LOOKED_THROUGH`].
pub async fn page(
    connection: &impl ConnectionTrait,
    place_id: PlaceId,
    wanted: Wanted<'_>,
) -> Result<Page<Open>, Error> {
    // The state is a literal: open ones have partial indexes.
    let state = format!("'{}'", wanted.state.to_value());
    let before = sequence(connection, "i", &[("place_id", "$1"), ("state", &state)], Direction::Falling, "$2");
    let mut values: Vec<Value> = vec![place_id.into(), wanted.before.into()];
    let searched = wanted.filter(&mut values);
    let bound = if searched.is_empty() {
        None
    } else {
        let keys =
            format!("SELECT i.id AS key FROM invitations i WHERE {} ORDER BY {}", before.condition, before.order);
        Bound::of(connection, LOOKED_THROUGH, &keys, [place_id.into(), wanted.before.into()]).await?
    };
    let sql = format!(
        "SELECT i.id, i.state, {INVITEE} AS invitee, {INVITEE} <> i.address AS is_address_hidden, i.level,
                u.full_name AS inviter_name, u.deactivated_at AS inviter_deactivated_at, i.sent_at, i.expires_at,
                i.link_asked_at, o.state AS mail_state, o.fault AS mail_fault
         FROM invitations i
         LEFT JOIN users u ON u.id = i.inviter_id
         LEFT JOIN outbox o ON o.invitation_id = i.id AND o.generation = i.generation AND o.kind = 'invitation'
         WHERE {condition}{bound}{searched}
         ORDER BY {order} LIMIT {limit}",
        condition = before.condition,
        bound = Bound::or_above(bound, "i.id"),
        order = before.order,
        limit = HALF_A_PAGE + 1
    );
    let rows = all(connection, &sql, values).await?;
    Ok(Page::cut_at_half(rows, |open: &Open| open.id.0).within(bound))
}

impl Wanted<'_> {
    /// SQL: further conditions, with their values.
    fn filter(&self, values: &mut Vec<Value>) -> String {
        let words = self.search.split_whitespace().take(super::MOST_WORDS);
        words
            .map(|word| {
                let typed = word.to_lowercase();
                let kept = searched(word).unwrap_or_else(|| typed.clone());
                let patterns = [typed, kept, folded(word)];
                values.extend(patterns.map(|text| Value::from(format!("%{}%", super::like_literal(&text)))));
                let [typed, kept, folded] = [values.len() - 2, values.len() - 1, values.len()];
                format!(
                    " AND (LOWER({INVITEE}) LIKE ${typed} ESCAPE '!' OR LOWER({INVITEE}) LIKE ${kept} ESCAPE '!'
                           OR u.sort_key LIKE ${folded} ESCAPE '!')"
                )
            })
            .collect()
    }
}

/// The open invitations that were sent to a verified address of a user, the latest first.
pub async fn waiting_for(
    connection: &impl ConnectionTrait,
    user_id: UserId,
    now: Timestamp,
    before: i64,
) -> Result<Page<Found>, Error> {
    let sql = format!(
        "{FOUND}
         WHERE i.state = 'pending' AND i.expires_at > $1 AND i.id < $3
           AND i.place_id IS NOT NULL
           AND i.normal IN (SELECT normal FROM addresses
                            WHERE user_id = $2 AND counts AND verified_at IS NOT NULL)
           AND NOT EXISTS (SELECT 1 FROM members m WHERE m.place_id = i.place_id AND m.user_id = $2 AND {})
         ORDER BY i.id DESC LIMIT {PAGE_AND_ONE}",
        is_present("m", "$1")
    );
    let rows = all(connection, &sql, [now.into(), user_id.into(), before.into()]).await?;
    Ok(Page::cut(rows, |found: &Found| found.id.0))
}
