//! Actions of signed-in users.

use super::{Story, address, field, find};
use crate::demo::world::{Act, Role, settings};
use crate::domain::access::definitions::{self, Name};
use crate::domain::access::grants::{RequestedGrant, RequestedGrants};
use crate::domain::actor::Actor;
use crate::domain::environments::look::Shown;
use crate::domain::environments::{self, NewEnvironment, Settings, change};
use crate::domain::invitations::invite::{Ask, Invitee, Members, Newcomers, invite};
use crate::domain::invitations::{accept, revoke};
use crate::domain::offer::{Key, Kind, Level, Proposal};
use crate::domain::orgs;
use crate::domain::users::activation;
use crate::error::Error;
use crate::fields::ResourceId;

impl Story<'_> {
    pub(super) async fn act(&mut self, actor: &Actor, who: &'static str, act: &Act) -> Result<(), Error> {
        let usher = &self.usher;
        match *act {
            Act::MakeEnvironment { name, region } => {
                let made = environments::create(usher, actor, new_environment(name, region)?).await?;
                self.made.environments.insert(name, made.id);
                Ok(())
            }
            Act::Rename { place, name } => {
                let id = *find(&self.made.environments, &place)?;
                change::rename(usher, actor, id, field(name)?).await
            }
            Act::Reveal { place } => {
                let id = *find(&self.made.environments, &place)?;
                environments::reveal(usher, actor, id, Shown::on_page()).await.map(drop)
            }
            Act::MakeOrg { name, slug } => {
                let org = orgs::create(usher, actor, field(name)?, field(slug)?).await?;
                self.made.uids.insert(name, org.uid);
                Ok(())
            }
            Act::AddPermission { org, name, description } => {
                self.define(actor, org, (Name::Permission(field(name)?), name), description, &[]).await
            }
            Act::AddRole { org, name, description, permissions } => {
                self.define(actor, org, (Name::Role(field(name)?), name), description, permissions).await
            }
            Act::Invite { place, to, level, roles } => self.invite(actor, place, to, level, roles).await,
            Act::Accept { place } => {
                let id = *find(&self.made.invitations, &(place, who))?;
                accept::listed(usher, actor, id).await.map(drop)
            }
            Act::Revoke { place, to } => {
                let id = *find(&self.made.invitations, &(place, to))?;
                revoke::revoke(usher, actor, id).await
            }
            Act::Deactivate { whom } => {
                let uid = find(&self.made.users, &whom)?.as_deref().unwrap_or_default();
                activation::deactivate_another(usher, actor, uid).await
            }
        }
    }

    async fn define(
        &mut self,
        actor: &Actor,
        org: &'static str,
        name: (Name, &'static str),
        description: &str,
        permissions: &[&'static str],
    ) -> Result<(), Error> {
        let (name, called) = name;
        let permissions = permissions.iter().map(|name| find(&self.made.uids, name).cloned());
        let new = definitions::New {
            name,
            description: Some(field(description)?),
            permissions: permissions.collect::<Result<_, _>>()?,
            scope: Some(find(&self.made.uids, &org)?.clone()),
        };
        let made = definitions::create(&self.usher, actor, new).await?;
        self.made.uids.insert(called, made.definition.uid);
        Ok(())
    }

    async fn invite(
        &mut self,
        actor: &Actor,
        place: &'static str,
        to: &'static str,
        level: Level,
        roles: &[Role],
    ) -> Result<(), Error> {
        let (kind, key) = match self.made.environments.get(place) {
            Some(id) => (Kind::Environment, Key::Path(id.to_string())),
            None => (Kind::Org, Key::Uid(find(&self.made.uids, &place)?.clone())),
        };
        let mut grants = RequestedGrants::default();
        for role in roles {
            let resource_id = role.resource.map(field::<ResourceId>).transpose()?.map(String::from);
            grants.roles.push(RequestedGrant { uid: find(&self.made.uids, &role.name)?.clone(), resource_id });
        }
        let ask = Ask {
            proposal: Proposal { kind, place: key, level, grants },
            invitee: Invitee::Address(address(to)?.into()),
            newcomers: Newcomers::Welcome,
            members: Members::Refused,
            life: None,
            note: None,
        };
        let invited = invite(&self.usher, actor, &ask).await?;
        self.made.invitations.insert((place, to), invited.id);
        Ok(())
    }
}

fn new_environment(name: &str, region: &str) -> Result<NewEnvironment, Error> {
    Ok(NewEnvironment {
        name: field(name)?,
        access_key: field(settings::ACCESS_KEY)?,
        secret_key: field(settings::SECRET_KEY)?,
        region: field(region)?,
        keys_id: None,
        keys_name: None,
        db_user: field(settings::DB_USER)?,
        db_pass: field(settings::DB_PASS)?,
        settings: Settings {
            bucket: field(settings::BUCKET)?,
            prefix: Some(field(settings::PREFIX)?),
            db_name: field(settings::DB_NAME)?,
            host: field(settings::DB_HOST)?,
            instance: field(settings::INSTANCE)?,
            parameter_group: Some(field(settings::PARAMETER_GROUP)?),
        },
    })
}
