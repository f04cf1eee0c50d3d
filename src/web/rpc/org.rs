//! `org.*`

use std::time::Duration;

use rocket::{Route, State, post, routes};
use serde_json::json;

use super::check::ID;
use super::grants::assignments;
use super::{Answer, Asker, Body, Envelope, Words};
use crate::domain::access::grants::RequestedGrants;
use crate::domain::orgs;
use crate::domain::orgs::members::{self, Add};
use crate::error::Error;
use crate::fields::InvitationLife;
use crate::usher::Usher;

/// The longest lifetime of a membership or invitation, in seconds.
pub(super) const LONGEST_SECONDS: i64 = InvitationLife::LONGEST.cast_signed();

pub(super) fn seconds(number: i64) -> Duration {
    Duration::from_secs(u64::try_from(number).unwrap_or(0))
}

#[post("/org.create", data = "<body>")]
async fn create(usher: &State<Usher>, asker: Asker, body: Result<Body, Error>) -> Answer {
    let body = body?;
    let actor = asker.user()?;
    let mut check = body.check()?;
    let name = check.required_name("name");
    let slug = check.required_name("slug");
    let (name, slug) = check.finish(|| Some((name?, slug?)))?;
    let org = orgs::create(usher, &actor, name, slug).await.map_err(|error| Words::of(&actor).failure(error))?;
    Ok(Envelope::ok(json!({
        "org": {
            "id": org.uid,
            "name": org.name,
            "slug": org.slug,
            "createdAt": org.created_at.iso(),
            "updatedAt": org.updated_at.iso(),
        },
    })))
}

#[post("/org.delete", data = "<body>")]
async fn delete(usher: &State<Usher>, asker: Asker, body: Result<Body, Error>) -> Answer {
    let body = body?;
    let actor = asker.user()?;
    let mut check = body.check()?;
    let id = check.required_text("id", ID);
    let id = check.finish(|| id)?;
    let words = Words { org: format!("Org \"{id}\" does not exist"), ..Words::of(&actor) };
    orgs::delete(usher, &actor, &id).await.map_err(|error| words.failure(error))?;
    Ok(Envelope::ok(json!({})))
}

/// The words of methods that name both a user and an org.
fn member_words(words: Words, user: &str, org: &str) -> Words {
    Words {
        user: format!("User \"{user}\" does not exist"),
        org: format!("Org \"{org}\" does not exist"),
        membership: (user.to_owned(), org.to_owned()),
        ..words
    }
}

#[post("/org.addMember", data = "<body>")]
async fn add_member(usher: &State<Usher>, asker: Asker, body: Result<Body, Error>) -> Answer {
    let body = body?;
    let actor = asker.user()?;
    let mut check = body.check()?;
    let user_uid = check.required_text("userId", ID);
    let org_uid = check.required_text("orgId", ID);
    let permissions = assignments(&mut check, "permissions");
    let roles = assignments(&mut check, "roles");
    let life = check.integer("expiresInSeconds", 0, LONGEST_SECONDS);
    let add = check.finish(|| {
        Some(Add {
            org_uid: org_uid?,
            user_uid: user_uid?,
            grants: RequestedGrants { permissions: permissions?, roles: roles? },
            // 0 means no end, too.
            life: life.filter(|life| *life > 0).map(seconds),
        })
    })?;
    let words = member_words(Words::of(&actor), &add.user_uid, &add.org_uid);
    members::add(usher, &actor, add).await.map_err(|error| words.failure(error))?;
    Ok(Envelope::ok(json!({})))
}

#[post("/org.removeMember", data = "<body>")]
async fn remove_member(usher: &State<Usher>, asker: Asker, body: Result<Body, Error>) -> Answer {
    let body = body?;
    let actor = asker.user()?;
    let mut check = body.check()?;
    let user_uid = check.required_text("userId", ID);
    let org_uid = check.required_text("orgId", ID);
    let (user_uid, org_uid) = check.finish(|| Some((user_uid?, org_uid?)))?;
    let words = member_words(Words::of(&actor), &user_uid, &org_uid);
    members::remove(usher, &actor, &org_uid, &user_uid).await.map_err(|error| words.failure(error))?;
    Ok(Envelope::ok(json!({})))
}

pub fn routes() -> Vec<Route> {
    routes![create, delete, add_member, remove_member]
}
