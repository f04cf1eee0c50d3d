//! `user.invite` and `user.join`

use rocket::{Route, State, post, routes};
use serde_json::json;

use super::check::{FULL_NAME, ID, PASSWORD, PICTURE, TOKEN, USERNAME};
use super::grants::assignments;
use super::org::{LONGEST_SECONDS, seconds};
use super::session::{UserKey, user_key};
use super::view::belonging_view;
use super::{Answer, Asker, Body, Envelope, Failure, Words};
use crate::domain::access::grants::WantedGrants;
use crate::domain::accounts::sign_up;
use crate::domain::actor::{Actor, Client};
use crate::domain::invitations::accept;
use crate::domain::invitations::invite::{self, Ask, Invitee, Members, Newcomers};
use crate::domain::invitations::newcomer::{self, Newcomer};
use crate::domain::invitations::preview::{Preview, preview};
use crate::domain::invitations::standing::Standing;
use crate::domain::offer::{Key, Kind, Level, Offer, Proposal};
use crate::domain::users;
use crate::email_address::EmailAddress;
use crate::error::Error;
use crate::fields::{FieldValue, FullName, Password, Raw, Username};
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
        check.finish(|| Some((key?, org_uid?, WantedGrants { permissions: permissions?, roles: roles? })))?;
    let invitee = match EmailAddress::try_from(key.as_str()) {
        Ok(address) => Invitee::Address(address),
        Err(_) if !usher.config.usernames_enabled => return Err(Failure::fault("userKey", "string.email")),
        Err(_) => Invitee::Username(parsed(&key)?),
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
    };
    invite::invite(usher, &actor, &ask).await.map_err(|error| words.failure(error))?;
    Ok(Envelope::ok(json!({})))
}

/// A text that this API's own rules have let through, as the domain has it.
fn parsed<T: FieldValue>(text: &str) -> Result<T, Error> {
    T::parse(Raw::Text(text.into())).map_err(|rule| Error::internal(format!("a checked text breaks {rule:?}")))
}

/// The fields of an account that the token makes.
struct Fields {
    token: String,
    username: Option<String>,
    password: Option<String>,
    full_name: Option<String>,
    picture: Option<String>,
}

#[post("/user.join", data = "<body>")]
async fn join(usher: &State<Usher>, asker: Asker, client: Client, body: Result<Body, Error>) -> Answer {
    let body = body?;
    let visitor = asker.anyone()?;
    let mut check = body.check()?;
    let token = check.required_text("token", TOKEN);
    let username = check.text("username", USERNAME);
    let password = check.text("password", PASSWORD);
    let full_name = check.text("fullName", FULL_NAME);
    let picture = check.text("picture", PICTURE);
    let fields = check.finish(|| Some(Fields { token: token?, username, password, full_name, picture }))?;
    let seen = preview(usher, &fields.token, visitor.as_ref()).await?;
    let user_id = match &visitor {
        Some(actor) => join_as(usher, actor, &seen, &fields).await?,
        None => join_as_newcomer(usher, &client, &seen, fields).await?,
    };
    let user = users::find(usher, user_id).await?;
    Ok(Envelope::ok(json!({ "user": belonging_view(&usher.config.public_url, &user) })))
}

/// Who is named by the invitation alone may use it; one for an address is open to whoever makes an account with
/// it.
fn is_exclusive(seen: &Preview) -> bool {
    seen.invitation.invitee_id.is_some()
}

/// The org's uid, when the token is one for an org that can still be used.
fn usable(seen: &Preview) -> Result<&Offer, Error> {
    let closed = match seen.standing {
        Standing::Newcomer | Standing::SignIn | Standing::Ready | Standing::Other | Standing::Member => false,
        Standing::AcceptedByMe
        | Standing::Accepted
        | Standing::Expired
        | Standing::Revoked
        | Standing::Superseded
        | Standing::Declined
        | Standing::Gone => true,
    };
    match &seen.offer {
        Some(offer) if offer.place.kind == Kind::Org && !closed => Ok(offer),
        _ => Err(Error::LinkUnknown),
    }
}

async fn join_as(usher: &Usher, actor: &Actor, seen: &Preview, fields: &Fields) -> Result<UserId, Failure> {
    let offer = usable(seen)?;
    if seen.standing == Standing::Member {
        // Being in hides how the token stands, which comes first here.
        usable(&preview(usher, &fields.token, None).await?)?;
    }
    let words = Words::of(actor);
    let not_redeemed = || {
        let message = format!("Invitation token \"{}\" cannot be redeemed by user \"{}\"", fields.token, words.asker);
        Failure::new(10012, message)
    };
    if is_exclusive(seen) && seen.standing == Standing::Other {
        return Err(not_redeemed());
    }
    let sent = [
        ("username", &fields.username),
        ("password", &fields.password),
        ("fullName", &fields.full_name),
        ("picture", &fields.picture),
    ];
    if let Some((field, _)) = sent.into_iter().find(|(_, value)| value.is_some()) {
        return Err(Failure::fault(field, "any.forbidden"));
    }
    if users::is_member(usher, offer, actor.user_id).await? {
        let (user, org) = users::names_of_membership(usher, actor.user_id, offer).await?;
        return Err(Words { membership: (user, org), ..words }.failure(Error::AlreadyMember));
    }
    if seen.standing == Standing::Other {
        return Err(not_redeemed());
    }
    let joined = accept::by_link(usher, actor, &fields.token).await?;
    Ok(joined.user_id)
}

async fn join_as_newcomer(usher: &Usher, client: &Client, seen: &Preview, fields: Fields) -> Result<UserId, Failure> {
    usable(seen)?;
    if is_exclusive(seen) {
        let message = format!(
            "Invitation token \"{}\" is exclusive to an authenticated user; please login and retry",
            fields.token
        );
        return Err(Failure::new(10012, message));
    }
    if !usher.config.usernames_enabled && fields.username.is_some() {
        return Err(Failure::fault("username", "any.forbidden"));
    }
    if usher.config.usernames_enabled && fields.username.is_none() {
        return Err(Failure::fault("username", "any.required"));
    }
    let Some(password) = fields.password else { return Err(Failure::fault("password", "any.required")) };
    let Some(full_name) = fields.full_name else { return Err(Failure::fault("fullName", "any.required")) };
    let words = Words { key: fields.username.clone().unwrap_or_default(), ..Words::default() };
    let username = fields.username.map(|name| parsed::<Username>(&name)).transpose()?;
    if let Some(username) = &username {
        // Comes before what is wrong with the address.
        if let Err(error) = sign_up::check_username(usher, username).await {
            return Err(unless_dead(usher, &fields.token, words.failure(error)).await);
        }
    }
    let newcomer = Newcomer {
        username,
        full_name: Some(parsed::<FullName>(&full_name)?),
        password: parsed::<Password>(&password)?,
        picture: fields.picture,
    };
    match newcomer::as_newcomer_without_session(usher, &fields.token, newcomer, client).await {
        Ok(joined) => Ok(joined.user_id),
        // Somebody has made an account with the invited address since.
        Err(Error::SignInRequired) => Err(unless_dead(usher, &fields.token, words.failure(Error::AddressTaken)).await),
        Err(error) => Err(unless_dead(usher, &fields.token, words.failure(error)).await),
    }
}

/// What is told of a refusal. Should another have joined by the same token meanwhile, it is the token that is dead, and
/// not the name that is taken: by that other.
async fn unless_dead(usher: &Usher, token: &str, refused: Failure) -> Failure {
    match preview(usher, token, None).await {
        Ok(seen) => usable(&seen).err().map_or(refused, Failure::from),
        Err(error) => error.into(),
    }
}

pub fn routes() -> Vec<Route> {
    routes![send, join]
}
