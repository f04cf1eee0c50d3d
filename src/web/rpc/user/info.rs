//! `user.info`

use rocket::{Route, State, post, routes};
use serde_json::{Value, json};

use super::projection::Projection;
use crate::domain::users::look::{self, Include};
use crate::error::Error;
use crate::store::rights::{EffectivePermission, EffectiveRole};
use crate::usher::Usher;
use crate::web::rpc::check::{Check, ID};
use crate::web::rpc::view::belonging_view;
use crate::web::rpc::{Answer, Asker, Body, Envelope, Words};

#[post("/user.info", data = "<body>")]
async fn info(usher: &State<Usher>, asker: Asker, body: Result<Body, Error>) -> Answer {
    let body = body?;
    let actor = asker.user()?;
    let mut check = body.check()?;
    let id = check.required_text("id", ID);
    let (projection, include) = Projection::of(&mut check, include);
    let id = check.finish(|| id)?;
    let seen = look::look(usher, &actor, &id, include).await.map_err(|error| Words::of(&actor).failure(error))?;
    let mut user = projection.cut(belonging_view(&usher.config.public_url, &seen.user));
    if let Some(permissions) = seen.permissions {
        user["permissions"] = permissions_view(permissions);
    }
    if let Some(roles) = seen.roles {
        user["roles"] = roles_view(roles);
    }
    Ok(Envelope::ok(json!({ "user": user })))
}

fn include(projection: &mut Check<'_>) -> Include {
    let permissions = projection.boolean("permissions").unwrap_or(false);
    let roles = projection.boolean("roles").unwrap_or(false);
    Include { permissions, roles }
}

/// One entry per name, org and resource; direct assignments before those by a role.
fn permissions_view(mut permissions: Vec<EffectivePermission>) -> Value {
    type Place<'a> = (&'a str, Option<&'a str>, Option<&'a str>);
    fn place(held: &EffectivePermission) -> Place<'_> {
        (&held.name, held.org_uid.as_deref(), held.resource_id.as_deref().map(bare))
    }
    permissions.sort_by(|a, b| (place(a), &a.role_uid).cmp(&(place(b), &b.role_uid)));
    permissions.dedup_by(|a, b| place(a) == place(b));
    let shown = permissions.iter().map(|held| {
        json!({
            "id": held.uid,
            "name": held.name,
            "isSystemPermission": held.is_system,
            "orgId": held.org_uid.as_deref().unwrap_or_default(),
            "resourceId": resource(held.resource_id.as_deref()),
            "roleId": held.role_uid.as_deref().unwrap_or_default(),
        })
    });
    shown.collect()
}

fn roles_view(mut roles: Vec<EffectiveRole>) -> Value {
    fn place(held: &EffectiveRole) -> (&str, Option<&str>, Option<&str>) {
        (&held.name, held.org_uid.as_deref(), held.resource_id.as_deref().map(bare))
    }
    roles.sort_by(|a, b| place(a).cmp(&place(b)));
    let shown = roles.iter().map(|held| {
        json!({
            "id": held.uid,
            "name": held.name,
            "isSystemRole": held.is_system,
            "orgId": held.org_uid.as_deref().unwrap_or_default(),
            "resourceId": resource(held.resource_id.as_deref()),
        })
    });
    shown.collect()
}

/// The sort key of a resource id; number and string sort alike.
fn bare(json: &str) -> &str {
    json.trim_matches('"')
}

fn resource(json: Option<&str>) -> Value {
    json.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_else(|| Value::from(""))
}

pub fn routes() -> Vec<Route> {
    routes![info]
}
