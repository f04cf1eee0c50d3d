//! `/api/awsKeys`

use rocket::{Route, State, get, routes};
use serde_json::{Value, json};

use super::Answer;
use super::dialect::Json;
use crate::domain::environments::keys::{self, OwnKeys};
use crate::error::Error;
use crate::ids::CloudKeysId;
use crate::usher::Usher;
use crate::web::session::ApiUser;

fn shown(keys: &OwnKeys) -> Value {
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
async fn list(usher: &State<Usher>, asker: Result<ApiUser, Error>) -> Answer {
    let keys = keys::list(usher, &asker?.0).await?;
    Ok(Json(keys.iter().map(shown).collect()))
}

#[get("/awsKeys/<id>")]
async fn find(usher: &State<Usher>, asker: Result<ApiUser, Error>, id: CloudKeysId) -> Answer {
    Ok(Json(shown(&keys::find(usher, &asker?.0, id).await?)))
}

pub fn routes() -> Vec<Route> {
    routes![list, find]
}
