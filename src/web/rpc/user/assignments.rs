//! `user.assignPermission`, `user.revokePermission`, `user.assignRole`, `user.revokeRole`

use rocket::{Route, State, post, routes};
use serde_json::{Value, json};

use crate::domain::access::assignments::{self, Assignment, Named};
use crate::domain::actor::Actor;
use crate::error::Error;
use crate::usher::Usher;
use crate::web::rpc::check::ID;
use crate::web::rpc::grants::resource_id;
use crate::web::rpc::{Answer, Asker, Body, Envelope, Failure, Words};

/// Permission or role: what its id is called, and how.
#[derive(Clone, Copy)]
struct Kind {
    field: &'static str,
    name: fn(String) -> Named,
}

const PERMISSION: Kind = Kind { field: "permissionId", name: Named::Permission };
const ROLE: Kind = Kind { field: "roleId", name: Named::Role };

/// An assignment as it was sent.
struct Sent {
    user_id: String,
    org_id: Option<String>,
    named_id: String,
    resource_id: Option<Value>,
}

impl Sent {
    fn read(kind: Kind, body: &Body) -> Result<Self, Failure> {
        let mut check = body.check()?;
        let user_id = check.required_text("userId", ID);
        let org_id = check.text("orgId", ID);
        let named_id = check.required_text(kind.field, ID);
        let resource_id = resource_id(&mut check);
        Ok(check.finish(|| Some(Self { user_id: user_id?, org_id, named_id: named_id?, resource_id }))?)
    }

    fn assignment(&self, kind: Kind) -> Assignment {
        Assignment {
            user_uid: self.user_id.clone(),
            org_uid: self.org_id.clone(),
            named: (kind.name)(self.named_id.clone()),
            resource_id: self.resource_id.as_ref().map(Value::to_string),
        }
    }

    fn words(&self, kind: Kind, actor: &Actor) -> Words {
        let mut words = Words::of(actor);
        if let Named::Role(id) = (kind.name)(self.named_id.clone()) {
            words.role = format!("Role {id} does not exist");
        }
        let membership = (self.user_id.clone(), self.org_id.clone().unwrap_or_default());
        Words { quote: "", id: self.named_id.clone(), membership, ..words }
    }

    fn shown(&self, kind: Kind) -> Value {
        let mut shown = json!({ "userId": self.user_id, "orgId": self.org_id });
        shown[kind.field] = json!(self.named_id);
        if let Some(resource_id) = &self.resource_id {
            shown["resourceId"] = resource_id.clone();
        }
        shown
    }
}

async fn assign(usher: &Usher, asker: Asker, body: Result<Body, Error>, kind: Kind) -> Result<Value, Failure> {
    let body = body?;
    let actor = asker.user()?;
    let sent = Sent::read(kind, &body)?;
    let assigned = assignments::assign(usher, &actor, sent.assignment(kind)).await;
    assigned.map_err(|error| sent.words(kind, &actor).failure(error))?;
    Ok(sent.shown(kind))
}

async fn revoke(usher: &Usher, asker: Asker, body: Result<Body, Error>, kind: Kind) -> Answer {
    let body = body?;
    let actor = asker.user()?;
    let sent = Sent::read(kind, &body)?;
    let revoked = assignments::revoke(usher, &actor, sent.assignment(kind)).await;
    revoked.map_err(|error| sent.words(kind, &actor).failure(error))?;
    Ok(Envelope::ok(json!({})))
}

#[post("/user.assignPermission", data = "<body>")]
async fn assign_permission(usher: &State<Usher>, asker: Asker, body: Result<Body, Error>) -> Answer {
    let assigned = assign(usher, asker, body, PERMISSION).await?;
    Ok(Envelope::ok(json!({ "permissionAssignment": assigned })))
}

#[post("/user.assignRole", data = "<body>")]
async fn assign_role(usher: &State<Usher>, asker: Asker, body: Result<Body, Error>) -> Answer {
    let assigned = assign(usher, asker, body, ROLE).await?;
    Ok(Envelope::ok(json!({ "roleAssignment": assigned })))
}

#[post("/user.revokePermission", data = "<body>")]
async fn revoke_permission(usher: &State<Usher>, asker: Asker, body: Result<Body, Error>) -> Answer {
    revoke(usher, asker, body, PERMISSION).await
}

#[post("/user.revokeRole", data = "<body>")]
async fn revoke_role(usher: &State<Usher>, asker: Asker, body: Result<Body, Error>) -> Answer {
    revoke(usher, asker, body, ROLE).await
}

pub fn routes() -> Vec<Route> {
    routes![assign_permission, assign_role, revoke_permission, revoke_role]
}
