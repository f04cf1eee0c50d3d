//! Events of the whole installation, and of one's own account. Addresses are personal data: they are told to whoever reads
//! all users, and of oneself; also of whoever wanted to get into one's account.

use sea_orm::ConnectionTrait;

use crate::clock::Timestamp;
use crate::domain::access::rights::{self, Rights, SystemPermission};
use crate::domain::actor::Actor;
use crate::domain::audit::Topic;
use crate::domain::offer::Kind;
use crate::entity::audit_event::Action;
use crate::error::Error;
use crate::ids::{PlaceId, UserId};
use crate::store;
use crate::store::Page;
use crate::store::activity::{Of, Told, Wanted};
use crate::store::passwords::Login;
use crate::usher::Usher;

/// Which events somebody asks for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// A user's address or username; else a part of whatever an event names. Empty: anybody.
    pub person: String,
    /// The path of a place; else a part of the name of one. Empty: any, and none.
    pub place: String,
    pub topic: Option<Topic>,
    pub from: Option<Timestamp>,
    /// Exclusive.
    pub until: Option<Timestamp>,
}

/// The actor's rights, if they may read all events.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn reading(usher: &Usher, actor: &Actor) -> Result<Rights, Error> {
    let rights = rights::in_scope(usher.db.read(), actor, None, usher.now()).await?;
    rights.need(SystemPermission::UserRead, None)?;
    Ok(rights)
}

/// All events, before an id, for whoever reads all users.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn of_everything(
    usher: &Usher,
    actor: &Actor,
    asked: &Asked,
    before: i64,
    limit: usize,
) -> Result<Page<Told>, Error> {
    let db = usher.db.read();
    reading(usher, actor).await?;
    let (person, place) = (user_of(db, &asked.person).await?, place_of(db, &asked.place).await?);
    let actions = actions(asked);
    let wanted = Wanted {
        search: if person.is_some() { "" } else { &asked.person },
        place_name: if place.is_some() { "" } else { &asked.place },
        // The place itself is the list, unless there is a person's.
        place_id: person.and(place),
        actions: &actions,
        from: asked.from,
        until: asked.until,
        before,
        limit,
    };
    let of = match (person, place) {
        (Some(user_id), _) => Of::Person(user_id),
        (None, Some(place_id)) => Of::Place(place_id),
        (None, None) => Of::Everything,
    };
    read(usher, of, wanted).await
}

/// What the actor did, and what was done to their account, before an id.
///
/// # Errors
/// [`Error::SignInRequired`] when the session has ended.
pub async fn own(usher: &Usher, actor: &Actor, asked: &Asked, before: i64, limit: usize) -> Result<Page<Told>, Error> {
    if !store::sessions::still_opens(usher.db.read(), actor.user_id, actor.session_id, usher.now()).await? {
        return Err(Error::SignInRequired);
    }
    let actions = actions(asked);
    let wanted = Wanted { actions: &actions, from: asked.from, until: asked.until, before, limit, ..Wanted::default() };
    let mut page = read(usher, Of::Person(actor.user_id), wanted).await?;
    for event in page.rows.iter_mut().filter(|event| !tells_own_address(event, actor)) {
        event.ip = None;
    }
    Ok(page)
}

/// Whether an event that the actor did, or that was done to them, shows its address to them: whoever tries to get into
/// somebody's account has none to hide from them.
fn tells_own_address(event: &Told, actor: &Actor) -> bool {
    event.actor_id == Some(actor.user_id) || matches!(event.action, Action::SignInRefused | Action::ResetRequested)
}

fn actions(asked: &Asked) -> Vec<Action> {
    asked.topic.map(Topic::actions).unwrap_or_default()
}

async fn read(usher: &Usher, of: Of, wanted: Wanted<'_>) -> Result<Page<Told>, Error> {
    let db = if wanted.is_filtered() { usher.db.search() } else { usher.db.read() };
    store::activity::told(db, of, wanted).await
}

/// The user with this address or username.
async fn user_of(connection: &impl ConnectionTrait, text: &str) -> Result<Option<UserId>, Error> {
    let owner = match Login::pasted(text) {
        _ if text.is_empty() => None,
        Login::Address(normal) => store::addresses::owner(connection, &normal).await?,
        Login::Username(username) => store::addresses::primary_of_username(connection, &username).await?,
    };
    Ok(owner.map(|owner| owner.user_id))
}

/// The place of a path or of an address that leads there: `/environments/7`, `https://usher.example.org/orgs/harbor/members`.
async fn place_of(connection: &impl ConnectionTrait, text: &str) -> Result<Option<PlaceId>, Error> {
    for kind in Kind::all() {
        let Some((_, rest)) = text.split_once(&format!("/{}/", kind.facts().segment)) else { continue };
        let key = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if let Some(place) = store::places::by_key(connection, kind, key).await? {
            return Ok(Some(place.id));
        }
    }
    Ok(None)
}
