//! `user.invite` and `user.join`

use rocket::{Route, State, post, routes};
use serde_json::json;

use super::check::{FULL_NAME, ID, PASSWORD, PICTURE};
use super::grants::assignments;
use super::org::{LONGEST_SECONDS, seconds};
use super::session::{UserKey, user_key};
use super::view::belonging_view;
use super::{Answer, Asker, Body, Envelope, Failure, Words};
use crate::domain::access::grants::RequestedGrants;
use crate::domain::actor::{Actor, Client};
use crate::domain::invitations::invite::{self, Ask, Invitee, Members, Newcomers};
use crate::domain::invitations::newcomer::Newcomer;
use crate::domain::invitations::redeem::{self, Redeemable};
use crate::domain::offer::{Key, Kind, Level, Proposal};
use crate::domain::users;
use crate::domain::users::create::check_username_is_wanted;
use crate::email_address::EmailAddress;
use crate::error::{Error, OrgError};
use crate::fields::{FieldValue as _, FullName, LinkToken, Named as _, Password, Raw, Username};
use crate::ids::UserId;
use crate::usher::Usher;

#[post("/user.invite", data = "<body>")]
async fn send(usher: &State<Usher>, asker: Asker, body: Result<Body, Error>) -> Answer {
    let body = body?;
    let actor = asker.user()?;
    let mut check = body.check()?;
    let key = user_key(&mut check);
    let org_uid = check.required_text("orgId", ID);
    let permissions = assignments(&mut check, "permissions");
    let roles = assignments(&mut check, "roles");
    let life = check.integer("tokenExpiresInSeconds", 0, LONGEST_SECONDS);
    let (UserKey { key, as_sent }, org_uid, grants) =
        check.finish(|| Some((key?, org_uid?, RequestedGrants { permissions: permissions?, roles: roles? })))?;
    let invitee = match EmailAddress::try_from(key.as_str()) {
        Ok(address) => Invitee::Address(address.into()),
        Err(_) if !usher.config.usernames_enabled => return Err(Failure::fault("userKey", "string.email")),
        Err(_) => match Username::read(&key) {
            Ok(username) => Invitee::Username(username),
            Err(_) => return Err(Failure::fault("userKey", "string.regex.name")),
        },
    };
    let words = Words {
        org: format!("Org \"{org_uid}\" does not exist"),
        user: format!("User \"{key}\" does not exist"),
        key: as_sent,
        ..Words::of(&actor)
    };
    let ask = Ask {
        proposal: Proposal { kind: Kind::Org, place: Key::Uid(org_uid), level: Level::Member, grants },
        invitee,
        newcomers: Newcomers::Welcome,
        members: Members::Welcome,
        life: life.map(seconds),
        note: None,
    };
    invite::invite(usher, &actor, &ask).await.map_err(|error| words.failure(error))?;
    Ok(Envelope::ok(json!({})))
}

/// The fields of an account that is created from the token.
struct Fields {
    username: Option<Username>,
    password: Option<String>,
    full_name: Option<FullName>,
    picture: Option<String>,
}

#[post("/user.join", data = "<body>")]
async fn join(usher: &State<Usher>, asker: Asker, client: Client, body: Result<Body, Error>) -> Answer {
    let body = body?;
    let visitor = asker.anyone()?;
    let mut check = body.check()?;
    let token = check.required_name::<LinkToken>("token");
    let username = check.name("username");
    let password = check.text("password", PASSWORD);
    let full_name = check.name_by("fullName", FULL_NAME);
    let picture = check.text("picture", PICTURE);
    let (token, fields) = check.finish(|| Some((token?, Fields { username, password, full_name, picture })))?;
    let token = token.as_str();
    let redeemable = redeem::look(usher, token, visitor.as_ref()).await?;
    let user_id = match &visitor {
        Some(actor) => join_as_self(usher, actor, token, redeemable, &fields).await?,
        None => join_as_newcomer(usher, &client, token, &redeemable, fields).await?,
    };
    let user = users::find(usher, user_id).await?;
    Ok(Envelope::ok(json!({ "user": belonging_view(&usher.config.public_url, &user) })))
}

async fn join_as_self(
    usher: &Usher,
    actor: &Actor,
    token: &str,
    redeemable: Redeemable,
    fields: &Fields,
) -> Result<UserId, Failure> {
    let words = Words::of(actor);
    let not_redeemed = || {
        let message = format!("Invitation token \"{token}\" cannot be redeemed by user \"{}\"", words.asker);
        Failure::new(10012, message)
    };
    if matches!(redeemable, Redeemable::ByAnother { is_exclusive: true }) {
        return Err(not_redeemed());
    }
    let sent = [
        ("username", fields.username.is_some()),
        ("password", fields.password.is_some()),
        ("fullName", fields.full_name.is_some()),
        ("picture", fields.picture.is_some()),
    ];
    if let Some((field, _)) = sent.into_iter().find(|(_, is_sent)| *is_sent) {
        return Err(Failure::fault(field, "any.forbidden"));
    }
    match redeemable {
        Redeemable::AlreadyIn { user, org } => {
            Err(Words { membership: (user, org), ..words }.failure(OrgError::AlreadyMember.into()))
        }
        Redeemable::ByAnother { .. } | Redeemable::BySomebodyNamed => Err(not_redeemed()),
        Redeemable::BySelf | Redeemable::ByNewcomer => Ok(redeem::as_self(usher, actor, token).await?),
    }
}

async fn join_as_newcomer(
    usher: &Usher,
    client: &Client,
    token: &str,
    redeemable: &Redeemable,
    fields: Fields,
) -> Result<UserId, Failure> {
    if !matches!(redeemable, Redeemable::ByNewcomer) {
        let message =
            format!("Invitation token \"{token}\" is exclusive to an authenticated user; please login and retry");
        return Err(Failure::new(10012, message));
    }
    check_username_is_wanted(usher, fields.username.as_ref())?;
    let Some(password) = fields.password else { return Err(Failure::fault("password", "any.required")) };
    let Some(full_name) = fields.full_name else { return Err(Failure::fault("fullName", "any.required")) };
    let password = Password::parse(Raw::Text(password.into()));
    let password = password.map_err(|_| Failure::fault("password", "string.regex.name"))?;
    let (username, full_name, picture) = (fields.username, Some(full_name), fields.picture);
    let newcomer = Newcomer { username, full_name, password, picture };
    Ok(redeem::as_newcomer(usher, token, newcomer, client).await?)
}

pub fn routes() -> Vec<Route> {
    routes![send, join]
}
