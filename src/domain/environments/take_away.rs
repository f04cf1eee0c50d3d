//! Gives an environment's values out in a format, for programs.

use sea_orm::DatabaseTransaction;

use super::look::{Looking, note};
use super::sealing::Credentials;
use super::shared_lock;
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::access::policy;
use crate::domain::actor::Actor;
use crate::error::{AccountError, EnvironmentError, Error, Thing};
use crate::fields::Reason;
use crate::formats::{self, Format, Name, Scheme, Style, Values};
use crate::ids::EnvironmentId;
use crate::keys::Keys;
use crate::secret::Secret;
use crate::store;
use crate::store::audit::Details as AuditDetails;
use crate::store::environments::Details;
use crate::store::locks::Locks;
use crate::store::secrets::Field;
use crate::store::sightings::Way;
use crate::usher::Usher;

/// What is wanted, and how.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub format: Format,
    /// `None`: all that the format has.
    pub fields: Option<Vec<Field>>,
    /// Put before the name of each variable.
    pub prefix: String,
    /// The section of an AWS profile; `None`: after the environment.
    pub profile: Option<String>,
    pub scheme: Scheme,
    pub reason: Option<Reason>,
}

impl Wanted {
    pub fn in_format(format: Format) -> Self {
        let (fields, prefix, profile) = (None, String::new(), None);
        Self { format, fields, prefix, profile, scheme: Scheme::default(), reason: None }
    }

    /// The secrets that the answer holds.
    fn secrets(&self) -> Vec<Field> {
        let of_format = self.format.values().iter().filter_map(|name| secret(*name));
        of_format.filter(|field| self.fields.as_ref().is_none_or(|wanted| wanted.contains(field))).collect()
    }
}

const fn secret(name: Name) -> Option<Field> {
    match name {
        Name::AccessKey => Some(Field::AccessKey),
        Name::SecretKey => Some(Field::SecretKey),
        Name::DbUser => Some(Field::DbUser),
        Name::DbPass => Some(Field::DbPass),
        Name::Region
        | Name::Bucket
        | Name::Prefix
        | Name::Host
        | Name::DbName
        | Name::Instance
        | Name::ParameterGroup => None,
    }
}

/// The values of an environment in a format. Notes first what the actor takes away, with an event each time.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`], [`AccountError::Unproved`]; [`EnvironmentError::Unfit`] when the format cannot
/// hold a value: then nothing is given out, and nothing noted.
pub async fn take_away(usher: &Usher, actor: &Actor, id: EnvironmentId, wanted: Wanted) -> Result<Secret, Error> {
    let operation = TakeAway { actor: actor.clone(), id, wanted, keys: usher.keys.clone(), now: usher.now() };
    actor.write(usher, operation).await
}

#[derive(Clone, Debug)]
struct TakeAway {
    actor: Actor,
    id: EnvironmentId,
    wanted: Wanted,
    keys: Keys,
    now: Timestamp,
}

impl Operation for TakeAway {
    type Output = Secret;

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        shared_lock(txn, self.id).await
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<Secret, Error> {
        let access = store::environments::access(txn, self.id, self.actor.user_id, self.now).await?;
        let access = policy::seeing(access, self.id)?;
        if !policy::may_see_credentials(&access) {
            return Err(AccountError::Unproved.into());
        }
        let details = store::environments::details(txn, self.id).await?;
        let details = details.ok_or(Error::NotFound(Thing::Environment(self.id)))?;
        let secrets = self.wanted.secrets();
        let text = self.written(&details, &secrets)?;
        let told = AuditDetails {
            secrets: secrets.clone(),
            reason: self.wanted.reason.clone().map(String::from),
            format: Some(self.wanted.format.name().to_owned()),
            ..AuditDetails::default()
        };
        let looking = Looking { actor: &self.actor, details: &details, fields: &secrets, way: Way::Export, told };
        note(txn, looking, self.now).await?;
        Ok(text)
    }
}

impl TakeAway {
    fn written(&self, details: &Details, secrets: &[Field]) -> Result<Secret, Error> {
        let wanted = &self.wanted;
        let credentials = Credentials::open(&self.keys, details)?;
        let mut values = Values::default();
        for name in Name::ALL {
            let value = match secret(name) {
                Some(field) if secrets.contains(&field) => Some(credentials.of(field).expose()),
                Some(_) => None,
                None => plain(details, name),
            };
            if let Some(value) = value {
                values.set(name, value);
            }
        }
        let style = Style {
            prefix: wanted.prefix.clone(),
            profile: wanted.profile.clone().unwrap_or_else(|| profile_of(&details.name)),
            scheme: wanted.scheme,
        };
        formats::write(&values, wanted.format, &style).map_err(|unfit| EnvironmentError::Unfit(unfit).into())
    }
}

fn plain(details: &Details, name: Name) -> Option<&str> {
    match name {
        Name::Region => Some(&details.region),
        Name::Bucket => Some(&details.bucket),
        Name::Prefix => details.prefix.as_deref(),
        Name::Host => Some(&details.host),
        Name::DbName => Some(&details.db_name),
        Name::Instance => Some(&details.instance),
        Name::ParameterGroup => details.parameter_group.as_deref(),
        Name::AccessKey | Name::SecretKey | Name::DbUser | Name::DbPass => None,
    }
}

/// The environment's name as a profile: in lower case, with hyphens.
fn profile_of(name: &str) -> String {
    name.to_ascii_lowercase().replace(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-', "-")
}
