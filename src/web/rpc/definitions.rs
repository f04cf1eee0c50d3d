//! `permission.*` and `role.*`

use rocket::{Route, State, post, routes};
use serde_json::{Map, Value, json};

use super::check::{Check, ID};
use super::grants::ids;
use super::paging::Paging;
use super::{Answer, Asker, Body, Envelope, Words};
use crate::domain::access::definitions::{self, Change, Described, Name, New};
use crate::domain::actor::Actor;
use crate::error::Error;
use crate::ids::DefinitionKind::{self, Permission, Role};
use crate::store::definitions::{Definition, Listed};
use crate::store::role_permissions::Holding;
use crate::usher::Usher;
use crate::web::rpc::Failure;

const MOST_PERMISSIONS: usize = 100;

/// A permission or role; an empty description is omitted.
fn view(found: &Definition, held: &[Holding], counts: Option<&Listed>) -> Value {
    let held: Vec<&str> = held.iter().map(|holding| holding.permission_uid.as_str()).collect();
    let mut shown = Map::new();
    let mut show = |key: &str, value: Value| shown.insert(key.to_owned(), value);
    show("id", json!(found.uid));
    show("name", json!(found.name));
    if let Some(description) = &found.description {
        show("description", json!(description));
    }
    show("scope", json!(found.org_uid));
    match found.id.kind() {
        Permission => show("isSystemPermission", json!(found.is_system)),
        Role => {
            show("permissions", json!(held));
            show("isSystemRole", json!(found.is_system))
        }
    };
    if let Some(counts) = counts {
        show("usersCount", json!(counts.users_count));
        if let Some(roles) = counts.roles_count {
            show("rolesCount", json!(roles));
        }
    }
    show("createdAt", json!(found.created_at.iso()));
    show("updatedAt", json!(found.updated_at.iso()));
    Value::Object(shown)
}

fn answer(described: &Described) -> Envelope {
    let Described { definition, permissions } = described;
    Envelope::ok(json!({ definition.id.kind().name(): view(definition, permissions, None) }))
}

fn words(actor: &Actor, kind: DefinitionKind, id: &str, operation: &'static str) -> Words {
    let kind = match kind {
        Permission => "Permission",
        Role => "Role",
    };
    Words { definition: Some(format!("{kind} {id} cannot be found")), operation, ..Words::of(actor) }
}

fn name(check: &mut Check<'_>, kind: DefinitionKind) -> Option<Name> {
    match kind {
        Permission => check.name("name").map(Name::Permission),
        Role => check.name("name").map(Name::Role),
    }
}

/// The role's permissions, if sent.
fn permissions(check: &mut Check<'_>, kind: DefinitionKind) -> Option<Vec<String>> {
    match kind {
        Permission => None,
        Role => ids(check, "permissions", MOST_PERMISSIONS),
    }
}

async fn create(kind: DefinitionKind, usher: &Usher, asker: Asker, body: Result<Body, Error>) -> Answer {
    let body = body?;
    let actor = asker.user()?;
    let mut check = body.check()?;
    check.require("name");
    let name = name(&mut check, kind);
    let description = check.name("description");
    if kind == Role {
        check.require("permissions");
    }
    let permissions = permissions(&mut check, kind);
    let scope = check.text("scope", ID);
    let new =
        check.finish(|| Some(New { name: name?, description, scope, permissions: permissions.unwrap_or_default() }))?;
    let words = Words { unknown_permission: " or is not accessible", ..Words::of(&actor) };
    let created = definitions::create(usher, &actor, new).await.map_err(|error| words.failure(error))?;
    Ok(answer(&created))
}

async fn info(kind: DefinitionKind, usher: &Usher, asker: Asker, body: Result<Body, Error>) -> Answer {
    let (actor, id) = asker_and_id(asker, &body?)?;
    let words = words(&actor, kind, &id, "read");
    let found = definitions::info(usher, &actor, kind, &id).await.map_err(|error| words.failure(error))?;
    Ok(answer(&found))
}

/// The caller, and the only field of methods that take just an id.
fn asker_and_id(asker: Asker, body: &Body) -> Result<(Actor, String), Failure> {
    let actor = asker.user()?;
    let mut check = body.check()?;
    let id = check.required_text("id", ID);
    Ok((actor, check.finish(|| id)?))
}

async fn update(kind: DefinitionKind, usher: &Usher, asker: Asker, body: Result<Body, Error>) -> Answer {
    let body = body?;
    let actor = asker.user()?;
    let mut check = body.check()?;
    let id = check.required_text("id", ID);
    let name = name(&mut check, kind);
    let description = check.name("description").map(Some);
    let permissions = permissions(&mut check, kind);
    let (id, change) = check.finish(|| Some((id?, Change { name, description, permissions })))?;
    let unknown_permission = " or is not accessible";
    let words = Words { quote: "", unknown_permission, ..words(&actor, kind, &id, "updated") };
    if change.name.is_none() && change.description.is_none() && change.permissions.is_none() {
        definitions::check_writable(usher, &actor, kind, &id).await.map_err(|error| words.failure(error))?;
        return Err(Failure::fault("name", "any.required"));
    }
    let changed = definitions::update(usher, &actor, kind, &id, change).await.map_err(|error| words.failure(error))?;
    Ok(answer(&changed))
}

async fn delete(kind: DefinitionKind, usher: &Usher, asker: Asker, body: Result<Body, Error>) -> Answer {
    let (actor, id) = asker_and_id(asker, &body?)?;
    let words = words(&actor, kind, &id, "deleted");
    definitions::delete(usher, &actor, kind, &id).await.map_err(|error| words.failure(error))?;
    Ok(Envelope::ok(json!({})))
}

async fn list(kind: DefinitionKind, usher: &Usher, asker: Asker, body: Result<Body, Error>) -> Answer {
    let body = body?;
    let actor = asker.user()?;
    let mut check = body.check()?;
    let paging = Paging::of(&mut check);
    check.finish(|| Some(()))?;
    let listed = definitions::list(usher, &actor, kind, &paging.part()).await?;
    let shown: Vec<Value> = listed.iter().map(|(listed, held)| view(&listed.definition, held, Some(listed))).collect();
    let mut answer = json!({ kind.plural(): shown });
    if let Some(cursor) = paging.next(&listed, |(listed, _)| &listed.definition.uid) {
        answer["nextCursor"] = cursor;
    }
    Ok(Envelope::ok(answer))
}

/// The routes of one operation for both kinds.
macro_rules! methods {
    ($($module:ident: $permission:literal, $role:literal;)*) => {
        $(mod $module {
            use super::{Answer, Asker, Body, Error, Permission, Role, State, Usher, post};

            #[post($permission, data = "<body>")]
            pub async fn permission(usher: &State<Usher>, asker: Asker, body: Result<Body, Error>) -> Answer {
                super::$module(Permission, usher, asker, body).await
            }

            #[post($role, data = "<body>")]
            pub async fn role(usher: &State<Usher>, asker: Asker, body: Result<Body, Error>) -> Answer {
                super::$module(Role, usher, asker, body).await
            }
        })*

        pub fn routes() -> Vec<Route> {
            routes![$($module::permission, $module::role,)*]
        }
    };
}

methods! {
    create: "/permission.create", "/role.create";
    info: "/permission.info", "/role.info";
    update: "/permission.update", "/role.update";
    delete: "/permission.delete", "/role.delete";
    list: "/permission.list", "/role.list";
}
