//! `/api/environments/:id/users/…`

use futures_util::FutureExt as _;
use rocket::{Route, State, get, routes};
use serde::Serialize;
use serde_json::json;

use super::Answer;
use super::dialect::{Json, Refusal, unnamed};
use super::parts::{self, List};
use crate::domain::environments::members;
use crate::error::Error;
use crate::ids::{EnvironmentId, MembershipId, UserId};
use crate::store::members::Membership;
use crate::usher::Usher;
use crate::web::session::ApiUser;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Member {
    user_id: UserId,
    is_admin: bool,
    username: String,
    accepted_at: i64,
}

impl Member {
    fn of(member: Membership) -> Self {
        Self {
            user_id: member.user_id,
            is_admin: member.level.is_admin(),
            username: member.address,
            accepted_at: member.joined_at.millis(),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Me {
    id: MembershipId,
    user_id: UserId,
    email: String,
    is_member: bool,
    is_admin: bool,
}

#[get("/<id>/users/count")]
async fn count(usher: &State<Usher>, asker: Result<ApiUser, Error>, id: EnvironmentId) -> Answer {
    let count = members::count(usher, &asker?.0, id).await.map_err(unnamed)?;
    Ok(Json(json!({ "count": count })))
}

#[get("/<id>/users/list")]
async fn list(usher: &State<Usher>, asker: Result<ApiUser, Error>, id: EnvironmentId) -> Result<List<Member>, Refusal> {
    let read = parts::list(
        usher,
        asker?.0,
        move |usher, actor, after| members::part(usher, actor, id, after).boxed(),
        Member::of,
    );
    Ok(read.await.map_err(unnamed)?)
}

#[get("/<id>/users/me")]
async fn me(usher: &State<Usher>, asker: Result<ApiUser, Error>, id: EnvironmentId) -> Answer<Me> {
    let actor = asker?.0;
    let mine = members::mine(usher, &actor, id).await.map_err(unnamed)?;
    Ok(Json(Me {
        id: mine.as_ref().map_or(MembershipId(0), |mine| mine.id),
        user_id: actor.user_id,
        email: actor.address,
        is_member: mine.is_some(),
        is_admin: mine.is_some_and(|mine| mine.level.is_admin()),
    }))
}

pub fn routes() -> Vec<Route> {
    routes![count, list, me]
}
