//! `user.assignPermission`, `user.revokePermission`, `user.assignRole`, `user.revokeRole`

use rocket::{Route, State, post, routes};
use serde_json::{Value, json};

use crate::domain::access::assignments::{self, Assignment};
use crate::domain::actor::Actor;
use crate::error::Error;
use crate::ids::DefinitionKind::{self, Permission, Role};
use crate::usher::Usher;
use crate::web::rpc::check::ID;
use crate::web::rpc::grants::resource_id;
use crate::web::rpc::{Answer, Asker, Body, Envelope, Failure, Words};

const fn id_field(kind: DefinitionKind) -> &'static str {
    match kind {
        Permission => "permissionId",
        Role => "roleId",
    }
}

/// An assignment as sent.
struct Sent {
    user_id: String,
    org_id: Option<String>,
    id: String,
    resource_id: Option<Value>,
}

impl Sent {
    fn read(kind: DefinitionKind, body: &Body) -> Result<Self, Failure> {
        let mut check = body.check()?;
        let user_id = check.required_text("userId", ID);
        let org_id = check.text("orgId", ID);
        let id = check.required_text(id_field(kind), ID);
        let resource_id = resource_id(&mut check);
        Ok(check.finish(|| Some(Self { user_id: user_id?, org_id, id: id?, resource_id }))?)
    }

    fn assignment(&self, kind: DefinitionKind) -> Assignment {
        Assignment {
            user_uid: self.user_id.clone(),
            org_uid: self.org_id.clone(),
            kind,
            uid: self.id.clone(),
            resource_id: self.resource_id.as_ref().map(Value::to_string),
        }
    }

    fn words(&self, kind: DefinitionKind, actor: &Actor) -> Words {
        let definition = (kind == Role).then(|| format!("Role {} does not exist", self.id));
        let membership = (self.user_id.clone(), self.org_id.clone().unwrap_or_default());
        Words { quote: "", definition, membership, ..Words::of(actor) }
    }

    fn shown(&self, kind: DefinitionKind) -> Value {
        let mut shown = json!({ "userId": self.user_id, "orgId": self.org_id });
        shown[id_field(kind)] = json!(self.id);
        if let Some(resource_id) = &self.resource_id {
            shown["resourceId"] = resource_id.clone();
        }
        shown
    }
}

async fn assign(
    usher: &Usher,
    asker: Asker,
    body: Result<Body, Error>,
    kind: DefinitionKind,
) -> Result<Value, Failure> {
    let body = body?;
    let actor = asker.user()?;
    let sent = Sent::read(kind, &body)?;
    let assigned = assignments::assign(usher, &actor, sent.assignment(kind)).await;
    assigned.map_err(|error| sent.words(kind, &actor).failure(error))?;
    Ok(sent.shown(kind))
}

async fn revoke(usher: &Usher, asker: Asker, body: Result<Body, Error>, kind: DefinitionKind) -> Answer {
    let body = body?;
    let actor = asker.user()?;
    let sent = Sent::read(kind, &body)?;
    let revoked = assignments::revoke(usher, &actor, sent.assignment(kind)).await;
    revoked.map_err(|error| sent.words(kind, &actor).failure(error))?;
    Ok(Envelope::ok(json!({})))
}

#[post("/user.assignPermission", data = "<body>")]
async fn assign_permission(usher: &State<Usher>, asker: Asker, body: Result<Body, Error>) -> Answer {
    let assigned = assign(usher, asker, body, Permission).await?;
    Ok(Envelope::ok(json!({ "permissionAssignment": assigned })))
}

#[post("/user.assignRole", data = "<body>")]
async fn assign_role(usher: &State<Usher>, asker: Asker, body: Result<Body, Error>) -> Answer {
    let assigned = assign(usher, asker, body, Role).await?;
    Ok(Envelope::ok(json!({ "roleAssignment": assigned })))
}

#[post("/user.revokePermission", data = "<body>")]
async fn revoke_permission(usher: &State<Usher>, asker: Asker, body: Result<Body, Error>) -> Answer {
    revoke(usher, asker, body, Permission).await
}

#[post("/user.revokeRole", data = "<body>")]
async fn revoke_role(usher: &State<Usher>, asker: Asker, body: Result<Body, Error>) -> Answer {
    revoke(usher, asker, body, Role).await
}

pub fn routes() -> Vec<Route> {
    routes![assign_permission, assign_role, revoke_permission, revoke_role]
}
