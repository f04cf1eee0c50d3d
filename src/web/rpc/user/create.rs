//! `user.create`

use rocket::{Route, State, post, routes};
use serde_json::{Value, json};

use crate::domain::users;
use crate::domain::users::create::{RequestedAddress, RequestedUser};
use crate::email_address::EmailAddress;
use crate::error::Error;
use crate::secret::Secret;
use crate::usher::Usher;
use crate::web::rpc::check::{Check, EMAIL, FULL_NAME, PASSWORD, PICTURE, Step};
use crate::web::rpc::grants::ids;
use crate::web::rpc::view::belonging_view;
use crate::web::rpc::{Answer, Asker, Body, Envelope, Failure, Words};

/// Most items of a list.
const MOST: usize = 10;

#[post("/user.create", data = "<body>")]
async fn create(usher: &State<Usher>, asker: Asker, body: Result<Body, Error>) -> Answer {
    let body = body?;
    let actor = asker.user()?;
    let wanted = read(&body)?;
    let user = users::create::create(usher, &actor, wanted).await.map_err(|error| Words::of(&actor).failure(error))?;
    Ok(Envelope::ok(json!({ "user": belonging_view(&usher.config.public_url, &user) })))
}

fn read(body: &Body) -> Result<RequestedUser, Failure> {
    let mut check = body.check()?;
    let username = check.name("username");
    let password = check.required_text("password", PASSWORD);
    let full_name = check.required_name_by("fullName", FULL_NAME);
    let picture = check.text("picture", PICTURE);
    let addresses = emails(&mut check);
    let org_uids = ids(&mut check, "orgs", MOST).unwrap_or_default();
    let wanted = check.finish(|| {
        Some(RequestedUser {
            username,
            password: Secret::from(password?),
            full_name: full_name?,
            picture,
            addresses: addresses?,
            org_uids,
        })
    })?;
    Ok(wanted)
}

fn emails(check: &mut Check<'_>) -> Option<Vec<RequestedAddress>> {
    let items = match check.raw("emails") {
        None => {
            check.fault("emails", "any.required");
            return None;
        }
        Some(Value::Array(items)) => items,
        Some(_) => {
            check.fault("emails", "array.base");
            return None;
        }
    };
    let mut addresses: Vec<RequestedAddress> = Vec::new();
    let mut normal: Vec<(usize, String)> = Vec::new();
    for (index, item) in items.iter().enumerate().take(MOST) {
        let Some(wanted) = check.object("emails", &[Step::Index(index)], item, email) else { continue };
        normal.push((index, wanted.address.normal().to_owned()));
        addresses.push(wanted);
    }
    if addresses.is_empty() {
        check.fault("emails", "array.includesRequiredUnknowns");
    }
    check.at_most("emails", items, MOST);
    check.unique("emails", &normal);
    Some(addresses)
}

fn email(item: &mut Check<'_>) -> Option<RequestedAddress> {
    let address = item.required_text("address", EMAIL);
    let is_verified = item.boolean("isVerified").unwrap_or(false);
    let is_primary = item.boolean("isPrimary").unwrap_or(false);
    let address = EmailAddress::try_from(address?.as_str()).ok()?;
    Some(RequestedAddress { address, is_verified, is_primary })
}

pub fn routes() -> Vec<Route> {
    routes![create]
}
