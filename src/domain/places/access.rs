//! What a user may do in one place: queried once for a request, and handed on.

use sea_orm::ConnectionTrait;

use crate::clock::Timestamp;
use crate::domain::access::policy;
use crate::domain::access::rights::SystemPermission;
use crate::domain::offer::{Kind, Place};
use crate::domain::orgs::Seen;
use crate::domain::{environments, orgs};
use crate::error::{Error, Thing};
use crate::ids::UserId;
use crate::store::environments::Access;

/// What a user may do in one place.
#[derive(Clone, Debug)]
pub enum PlaceAccess {
    Environment(Access),
    Org(Seen),
}

impl PlaceAccess {
    /// # Errors
    /// [`Error::NotFound`] when the place is gone.
    pub async fn of(
        connection: &impl ConnectionTrait,
        place: &Place,
        user_id: UserId,
        now: Timestamp,
    ) -> Result<Self, Error> {
        match place.kind {
            Kind::Environment => {
                environments::offering::access(connection, place, user_id, now).await.map(Self::Environment)
            }
            Kind::Org => orgs::offering::access(connection, place, user_id, now).await.map(Self::Org),
        }
    }

    pub fn place(&self) -> Place {
        match self {
            Self::Environment(access) => access.place(),
            Self::Org(seen) => seen.org.place(),
        }
    }

    /// Checks that the user may see it.
    ///
    /// # Errors
    /// Environment: [`Error::NotAllowed`]. Org: [`Error::NotFound`].
    pub fn check_sees(&self) -> Result<(), Error> {
        match self {
            Self::Environment(access) if policy::may_see(access) => Ok(()),
            Self::Environment(_) => Err(Error::NotAllowed),
            Self::Org(seen) if seen.is_visible() => Ok(()),
            Self::Org(_) => Err(Error::NotFound(Thing::Org)),
        }
    }

    /// Checks that the user may remove members, and list and revoke open invitations.
    ///
    /// # Errors
    /// Environment: [`Error::NotAllowed`]. Org: [`Error::Forbidden`].
    pub fn check_manages(&self) -> Result<(), Error> {
        match self {
            Self::Environment(access) if policy::may_administer(access) => Ok(()),
            Self::Environment(_) => Err(Error::NotAllowed),
            Self::Org(seen) => seen.rights.need(SystemPermission::UserWrite, Some(seen.org.id)),
        }
    }

    /// Checks that the user may read its activity.
    ///
    /// # Errors
    /// Environment: [`Error::NotAllowed`]. Org: [`Error::Forbidden`].
    pub fn check_reads_activity(&self) -> Result<(), Error> {
        match self {
            Self::Environment(_) => self.check_manages(),
            Self::Org(seen) if seen.rights.administer(seen.org.id) => Ok(()),
            Self::Org(_) => Err(Error::Forbidden),
        }
    }
}
