//! Plays the demo's events in order, each at its time.

mod acts;

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;
use std::time::Duration;

use super::accounts::NEWCOMERS;
use super::world::{EVENTS, Event, Visit, What};
use crate::clock::{Clock, Timestamp};
use crate::domain::accounts::setup::{GlobalRight, ReadyUser, create_user};
use crate::domain::accounts::sign_in::sign_in;
use crate::domain::actor::{Actor, Client};
use crate::domain::invitations::newcomer::{Newcomer, as_newcomer_without_session};
use crate::domain::invitations::{decline, token};
use crate::domain::sessions;
use crate::email_address::EmailAddress;
use crate::error::Error;
use crate::fields::{FieldValue, Password, Raw};
use crate::ids::{EnvironmentId, InvitationId};
use crate::mail::{Mailer, mailer};
use crate::store;
use crate::store::passwords::Login;
use crate::usher::Usher;

const NOWHERE: Client = Client { ip: None, agent: None, language: None };

/// Plays all events; returns the links of the [`NEWCOMERS`], in their order.
///
/// # Errors
/// Those of the operations.
pub async fn play(usher: &Usher, password: &Password) -> Result<Vec<String>, Error> {
    let now = usher.now();
    let clock = Clock::manual(now);
    let usher = Usher { clock: clock.clone(), wakers: Arc::default(), ..usher.clone() };
    let mailer = mailer(&usher, &usher.config).map_err(Error::internal)?;
    let mut story = Story { usher, password, mailer, made: Made::default() };
    for event in EVENTS {
        clock.set(time_of(event, now));
        story.play_event(event).await?;
        // At the event's time, so that pages show when each mail was sent.
        story.mailer.deliver_due().await?;
    }
    story.links().await
}

fn time_of(event: &Event, now: Timestamp) -> Timestamp {
    now.minus(Duration::from_secs(event.hours_ago * 60 * 60))
}

struct Story<'a> {
    usher: Usher,
    password: &'a Password,
    mailer: Mailer,
    made: Made,
}

/// What was created so far, by the names in the table.
#[derive(Default)]
struct Made {
    environments: HashMap<&'static str, EnvironmentId>,
    /// The uids of orgs, permissions and roles.
    uids: HashMap<&'static str, String>,
    /// The uids of users by address; `None` for those who joined by a link.
    users: HashMap<&'static str, Option<String>>,
    /// By place and recipient.
    invitations: HashMap<(&'static str, &'static str), InvitationId>,
}

impl Story<'_> {
    async fn play_event(&mut self, event: &Event) -> Result<(), Error> {
        match &event.what {
            What::Visit(visit) => self.visit(event.who, visit).await,
            What::Act(act) => {
                let actor = self.sign_in(event.who).await?;
                self.act(&actor, event.who, act).await?;
                sessions::sign_out(&self.usher, &actor).await
            }
        }
    }

    async fn visit(&mut self, who: &'static str, visit: &Visit) -> Result<(), Error> {
        match *visit {
            Visit::Come { full_name, right } => self.come(who, full_name, right).await,
            Visit::Join { place, username, full_name } => self.join(who, place, username, full_name).await,
            Visit::Decline { place } => {
                let link = self.link(place, who).await?;
                decline::by_link(&self.usher, None, &NOWHERE, &link).await
            }
            Visit::AskForLink { place } => decline::ask_for_link(&self.usher, &self.link(place, who).await?).await,
        }
    }

    async fn come(&mut self, who: &'static str, full_name: &str, right: GlobalRight) -> Result<(), Error> {
        let user = ReadyUser {
            username: who.split('@').next().map(field).transpose()?,
            full_name: Some(field(full_name)?),
            address: address(who)?,
            password: self.password.clone(),
        };
        let created = create_user(&self.usher, user, right).await?;
        self.made.users.insert(who, Some(created.uid));
        Ok(())
    }

    async fn join(
        &mut self,
        who: &'static str,
        place: &'static str,
        username: &str,
        full_name: &str,
    ) -> Result<(), Error> {
        let newcomer = Newcomer {
            username: Some(field(username)?),
            full_name: Some(field(full_name)?),
            password: self.password.clone(),
            picture: None,
        };
        let link = self.link(place, who).await?;
        as_newcomer_without_session(&self.usher, &link, newcomer, &NOWHERE).await?;
        self.made.users.insert(who, None);
        Ok(())
    }

    async fn sign_in(&self, who: &str) -> Result<Actor, Error> {
        let opened = sign_in(&self.usher, &Login::read(who), self.password.secret(), &NOWHERE).await?;
        let session = sessions::resume(&self.usher, opened.secret.expose()).await?;
        let session = session.ok_or_else(|| Error::internal("a demo session ended at once"))?;
        Ok(Actor::of(session, None))
    }

    /// The token of a mailed link.
    async fn link(&self, place: &'static str, to: &'static str) -> Result<String, Error> {
        let id = *find(&self.made.invitations, &(place, to))?;
        let found = store::invitations::find(self.usher.db.read(), id).await?;
        let found = found.ok_or_else(|| Error::internal("a demo invitation is missing"))?;
        Ok(token::mailed_link(&self.usher.keys, &found.uid, found.generation))
    }

    async fn links(&self) -> Result<Vec<String>, Error> {
        let mut links = Vec::new();
        for newcomer in NEWCOMERS {
            let token = self.link(newcomer.place, newcomer.address).await?;
            links.push(self.usher.config.public_url.join(&format!("/invitations/{token}")));
        }
        Ok(links)
    }
}

/// Looks up what an earlier event created.
fn find<'a, K: Eq + Hash, V>(made: &'a HashMap<K, V>, name: &K) -> Result<&'a V, Error> {
    made.get(name).ok_or_else(|| Error::internal("the demo refers to something that does not exist yet"))
}

fn field<T: FieldValue>(text: &str) -> Result<T, Error> {
    T::parse(Raw::Text(text.into())).map_err(|_| Error::internal(format!("{text:?} is not valid for its field")))
}

fn address(text: &str) -> Result<EmailAddress, Error> {
    EmailAddress::try_from(text).map_err(|_| Error::internal(format!("{text:?} is not an address")))
}
