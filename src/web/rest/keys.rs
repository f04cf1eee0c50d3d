//! `/api/awsKeys`

use futures_util::FutureExt as _;
use rocket::{Route, State, get, routes};
use serde_json::{Value, json};

use super::Answer;
use super::dialect::{Json, Refusal};
use super::parts::{self, List};
use crate::domain::environments::keys::{self, OwnKeys};
use crate::error::Error;
use crate::ids::CloudKeysId;
use crate::usher::Usher;
use crate::web::session::ApiUser;

fn shown(keys: OwnKeys) -> Value {
    json!({
        "id": keys.id,
        "accessKey": keys.access_key.expose(),
        "secretKey": keys.secret_key.expose(),
        "region": keys.region,
        "name": keys.name,
        "userId": keys.user_id,
    })
}

#[get("/awsKeys")]
async fn list(usher: &State<Usher>, asker: Result<ApiUser, Error>) -> Result<List<Value>, Refusal> {
    let keys = parts::list(usher, asker?.0, |usher, actor, after| keys::part(usher, actor, after).boxed(), shown);
    Ok(keys.await?)
}

#[get("/awsKeys/<id>")]
async fn find(usher: &State<Usher>, asker: Result<ApiUser, Error>, id: CloudKeysId) -> Answer {
    Ok(Json(shown(keys::find(usher, &asker?.0, id).await?)))
}

pub fn routes() -> Vec<Route> {
    routes![list, find]
}
