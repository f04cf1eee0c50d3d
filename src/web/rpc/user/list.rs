//! `user.list`

use rocket::{Route, State, post, routes};
use serde_json::{Value, json};

use super::projection::Projection;
use crate::domain::users;
use crate::error::Error;
use crate::usher::Usher;
use crate::web::rpc::paging::Paging;
use crate::web::rpc::view::belonging_view;
use crate::web::rpc::{Answer, Asker, Body, Envelope};

#[post("/user.list", data = "<body>")]
async fn list(usher: &State<Usher>, asker: Asker, body: Result<Body, Error>) -> Answer {
    let body = body?;
    let actor = asker.user()?;
    let mut check = body.check()?;
    let paging = Paging::of(&mut check);
    let (projection, ()) = Projection::of(&mut check, |_| ());
    check.finish(|| Some(()))?;
    let found = users::list::list(usher, &actor, &paging.prefix, &paging.after, paging.limit).await?;
    let public_url = &usher.config.public_url;
    let shown: Vec<Value> = found.iter().map(|user| projection.cut(belonging_view(public_url, user))).collect();
    let mut answer = json!({ "users": shown });
    if let Some(next) = paging.next(&found, |user| &user.profile.user.uid) {
        answer["nextCursor"] = next;
    }
    Ok(Envelope::ok(answer))
}

pub fn routes() -> Vec<Route> {
    routes![list]
}
