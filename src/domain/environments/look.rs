//! Reads environments. Secrets only on request, with an audit event.

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::sealing::Credentials;
use super::shared_lock;
use super::sightings::{all_fields, note_seen, note_seen_by_joined};
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::access::policy;
use crate::domain::actor::Actor;
use crate::domain::audit::{self, About, Where};
use crate::entity::audit_event::Action;
use crate::error::{Error, Thing};
use crate::fields::Name;
use crate::ids::EnvironmentId;
use crate::store;
use crate::store::Page;
use crate::store::audit::Details as AuditDetails;
use crate::store::environments::{Access, Details, Listed};
use crate::store::locks::{Lock, Locks};
use crate::store::secrets::Field;
use crate::store::sightings::Way;
use crate::usher::Usher;

/// An environment that the actor may see.
#[derive(Clone, Debug)]
pub struct Seen {
    pub access: Access,
    pub details: Details,
}

/// The environments that the actor is a member of, at most `limit`, after a place's id.
///
/// # Errors
/// When the database cannot be read.
pub async fn page(usher: &Usher, actor: &Actor, after: i64, limit: usize) -> Result<Page<Listed>, Error> {
    store::environments::of_user(usher.db.read(), actor.user_id, after, limit, usher.now()).await
}

/// Whether an environment name is free.
///
/// # Errors
/// When the database cannot be read.
pub async fn names_free(usher: &Usher, name: &Name) -> Result<bool, Error> {
    Ok(!store::environments::name_taken(usher.db.read(), name.as_str()).await?)
}

/// The actor's access to an environment that they are a member of.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`].
pub async fn access(usher: &Usher, actor: &Actor, id: EnvironmentId) -> Result<Access, Error> {
    policy::seeing(store::environments::access(usher.db.read(), id, actor.user_id, usher.now()).await?, id)
}

/// The actor's access to an environment that they may change.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`].
pub async fn administered(usher: &Usher, actor: &Actor, id: EnvironmentId) -> Result<Access, Error> {
    policy::administering(store::environments::access(usher.db.read(), id, actor.user_id, usher.now()).await?, id)
}

/// An environment with its secrets sealed.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`].
pub async fn look(usher: &Usher, actor: &Actor, id: EnvironmentId) -> Result<Seen, Error> {
    let access = access(usher, actor, id).await?;
    let details = store::environments::details(usher.db.read(), id).await?;
    Ok(Seen { access, details: details.ok_or(Error::NotFound(Thing::Environment(id)))? })
}

/// What is given out, and how.
#[derive(Clone, Debug)]
pub struct Shown {
    pub fields: Vec<Field>,
    pub way: Way,
}

impl Shown {
    /// All of them, on a page.
    pub fn on_page() -> Self {
        Self { fields: all_fields(), way: Way::Page }
    }

    /// The database's user and password, without the cloud keys, to a program.
    pub fn of_database() -> Self {
        Self { fields: vec![Field::DbUser, Field::DbPass], way: Way::Json }
    }
}

/// An environment with its secrets; `None` of them until the actor has proved their mailbox. Notes first what the actor
/// sees, with an event in every environment that uses the keys. Programs that poll get one event an hour.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`].
pub async fn reveal(
    usher: &Usher,
    actor: &Actor,
    id: EnvironmentId,
    shown: Shown,
) -> Result<(Seen, Option<Credentials>), Error> {
    let operation = Reveal { actor: actor.clone(), id, by: By::Membership, shown, now: usher.now() };
    let (access, details) = actor.write(usher, operation).await?;
    let access = access.ok_or(Error::NotAllowed)?;
    let credentials =
        if policy::may_see_credentials(&access) { Some(Credentials::open(&usher.keys, &details)?) } else { None };
    Ok((Seen { access, details }, credentials))
}

/// [`reveal`] for a user who joined in the same request: the answer to accepting holds even if they are removed, or their
/// account ends, at the same moment.
///
/// # Errors
/// [`Error::NotFound`] when the environment was deleted at the same moment.
pub async fn reveal_to_joined(
    usher: &Usher,
    actor: &Actor,
    id: EnvironmentId,
) -> Result<(Details, Credentials), Error> {
    let shown = Shown { fields: all_fields(), way: Way::Accept };
    let operation = Reveal { actor: actor.clone(), id, by: By::HavingJoined, shown, now: usher.now() };
    let (_, details) = usher.db.write(operation).await?;
    let credentials = Credentials::open(&usher.keys, &details)?;
    Ok((details, credentials))
}

/// Why the actor may see the credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Membership,
    HavingJoined,
}

#[derive(Clone, Debug)]
struct Reveal {
    actor: Actor,
    id: EnvironmentId,
    by: By,
    shown: Shown,
    now: Timestamp,
}

impl Operation for Reveal {
    type Output = (Option<Access>, Details);

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        let locks = shared_lock(txn, self.id).await?;
        Ok(match self.by {
            By::Membership => locks,
            // No session is checked, which would share it: the account may be deactivated or deleted.
            By::HavingJoined => locks.share(Lock::User(self.actor.user_id)),
        })
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<Self::Output, Error> {
        let access = match self.by {
            By::Membership => {
                let access = store::environments::access(txn, self.id, self.actor.user_id, self.now).await?;
                Some(policy::seeing(access, self.id)?)
            }
            By::HavingJoined => None,
        };
        let details = store::environments::details(txn, self.id).await?;
        let details = details.ok_or(Error::NotFound(Thing::Environment(self.id)))?;
        if access.as_ref().is_none_or(policy::may_see_credentials) {
            let Shown { fields, way } = &self.shown;
            let told = AuditDetails::default();
            let looking = Looking { actor: &self.actor, details: &details, fields, way: *way, told };
            note(txn, looking, self.now).await?;
        }
        Ok((access, details))
    }
}

/// That somebody sees secrets of an environment.
pub(super) struct Looking<'a> {
    pub actor: &'a Actor,
    pub details: &'a Details,
    pub fields: &'a [Field],
    pub way: Way,
    /// What the event says.
    pub told: AuditDetails,
}

/// Notes what somebody sees, with an event in every environment that uses the keys, if they are among it.
pub(super) async fn note(txn: &impl ConnectionTrait, looking: Looking<'_>, now: Timestamp) -> Result<(), Error> {
    let Looking { actor, details, fields, way, told } = looking;
    let versions: Vec<&str> = fields.iter().map(|field| details.versions.of(*field)).collect();
    let is_due = match way {
        Way::Accept => note_seen_by_joined(txn, actor, &versions, details.place_id, now).await?,
        _ => note_seen(txn, actor, &versions, way, now).await?,
    };
    if !is_due {
        return Ok(());
    }
    let places = if details.keys_used > 1 && fields.iter().any(|field| field.is_of_keys()) {
        store::cloud_keys::used_by(txn, details.keys_id).await?
    } else {
        vec![details.place_id]
    };
    let elsewhere = in_others(fields, &told);
    for place_id in places {
        let told = if place_id == details.place_id { &told } else { &elsewhere };
        let (action, about) = (Action::CredentialsRevealed, About::nothing().with(told.clone()));
        audit::record(txn, actor, action, Where::environment(place_id), about, now).await?;
    }
    Ok(())
}

/// What the event says in other environments that use the same keys: nothing of the database was given out there, and why it
/// was is not their business.
fn in_others(fields: &[Field], told: &AuditDetails) -> AuditDetails {
    let secrets = fields.iter().copied().filter(|field| field.is_of_keys()).collect();
    AuditDetails { secrets, reason: None, ..told.clone() }
}
