//! `/api/environments/invites`

use rocket::{Route, State, delete, post, put, routes};
use serde::Serialize;
use serde_json::json;

use super::Answer;
use super::body::{Body, NoBody};
use super::dialect::Json;
use super::environments::{ShowKeys, full};
use crate::domain::environments;
use crate::domain::environments::members;
use crate::domain::invitations::invite::{Ask, Newcomers};
use crate::domain::invitations::{accept, invite, revoke};
use crate::domain::offer::Level;
use crate::email_address::EmailAddress;
use crate::error::{Error, InvitationError, Thing};
use crate::fields::{Fields, InviteCode, RowId};
use crate::ids::{EnvironmentId, InvitationId, MembershipId, UserId};
use crate::usher::Usher;
use crate::web::session::ApiUser;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invite {
    id: InvitationId,
    environment_id: EnvironmentId,
    user_id: Option<UserId>,
    email: String,
    is_admin: bool,
    invite_code: String,
    accepted: bool,
    created_at: i64,
    accepted_at: Option<i64>,
}

/// The fields shared by inviting and its validation.
pub(super) struct NewInvite {
    pub environment_id: RowId,
    pub address: EmailAddress,
    pub is_admin: bool,
}

pub(super) fn new_invite(body: &Body) -> Result<NewInvite, Error> {
    let mut fields = Fields::of(body);
    let environment_id = fields.required("environmentId");
    let address = fields.required("userEmail");
    let is_admin = fields.optional("isAdmin").unwrap_or(false);
    fields.finish(|| Some(NewInvite { environment_id: environment_id?, address: address?, is_admin }))
}

#[post("/invites", data = "<body>")]
async fn create(usher: &State<Usher>, asker: Result<ApiUser, Error>, body: Result<Body, Error>) -> Answer<Invite> {
    let actor = asker?.0;
    let new = new_invite(&body?)?;
    let environment_id = EnvironmentId(new.environment_id.0);
    let email = new.address.as_given().to_owned();
    let level = Level::from_is_admin(new.is_admin);
    let ask = Ask::to_environment(environment_id, level, new.address.into(), Newcomers::Refused);
    let invited = invite::invite(usher, &actor, &ask).await?;
    Ok(Json(Invite {
        id: invited.id,
        environment_id,
        user_id: invited.invitee_id,
        email,
        is_admin: new.is_admin,
        invite_code: invited.code,
        accepted: false,
        created_at: invited.created_at.millis(),
        accepted_at: None,
    }))
}

#[put("/invites/accept", data = "<body>")]
async fn accept_code(usher: &State<Usher>, asker: Result<ApiUser, Error>, body: Result<Body, Error>) -> Answer {
    let actor = asker?.0;
    let body = body?;
    let mut fields = Fields::of(&body);
    let code = fields.required::<InviteCode>("inviteCode");
    let code = fields.finish(|| code)?;
    let joined = accept::by_code(usher, &actor, &code).await?;
    let id = environments::id_of(&joined.offer.place).ok_or(Error::Invitation(InvitationError::CodeUnknown))?;
    let (details, credentials) =
        environments::reveal_to_joined(usher, &actor, id).await.map_err(|error| match error {
            Error::NotFound(_) => Error::Invitation(InvitationError::CodeUnknown),
            other => other,
        })?;
    Ok(Json(full(&details, Some(&credentials), ShowKeys::Yes)))
}

#[delete("/invites/<id>", data = "<body>")]
async fn remove(
    usher: &State<Usher>,
    asker: Result<ApiUser, Error>,
    id: MembershipId,
    body: Result<NoBody, Error>,
) -> Answer {
    let actor = asker?.0;
    body?;
    revoke::withdraw(usher, &actor, id).await?;
    Ok(Json(json!({ "affectedRows": 1 })))
}

#[put("/invites/promote", data = "<body>")]
async fn promote(usher: &State<Usher>, asker: Result<ApiUser, Error>, body: Result<Body, Error>) -> Answer {
    let actor = asker?.0;
    let body = body?;
    let mut fields = Fields::of(&body);
    let id = fields.required::<RowId>("envUserId");
    let id = fields.finish(|| id)?;
    members::promote(usher, &actor, MembershipId(id.0)).await.map_err(|error| match error {
        Error::NotFound(Thing::Environment(_)) => Error::NotFound(Thing::UnnamedEnvironment),
        other => other,
    })?;
    Ok(Json(json!({})))
}

pub fn routes() -> Vec<Route> {
    routes![create, accept_code, remove, promote]
}
