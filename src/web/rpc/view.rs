//! JSON representations.

use serde_json::{Map, Value, json};

use crate::domain::users::{Belonging, Profile, pictures};
use crate::public_url::PublicUrl;

pub fn user_view(public_url: &PublicUrl, profile: &Profile) -> Value {
    Value::Object(fields(public_url, profile, None))
}

pub fn belonging_view(public_url: &PublicUrl, user: &Belonging) -> Value {
    let orgs = user.orgs.iter().map(|org| json!(org.org_uid)).collect();
    Value::Object(fields(public_url, &user.profile, Some(orgs)))
}

fn fields(public_url: &PublicUrl, profile: &Profile, orgs: Option<Value>) -> Map<String, Value> {
    let user = &profile.user;
    let mut shown = Map::new();
    let mut show = |field: &str, value: Value| {
        shown.insert(field.to_owned(), value);
    };
    show("id", json!(user.uid));
    // Optional in Usher, and omitted if missing.
    if let Some(username) = &user.username {
        show("username", json!(username));
    }
    show("fullName", json!(user.full_name));
    show("picture", json!(user.picture.as_deref().map(|picture| pictures::url(public_url, picture))));
    let emails = profile.addresses.iter().map(|address| {
        json!({
            "address": address.address,
            "isVerified": address.verified_at.is_some(),
            "isPrimary": address.is_primary,
        })
    });
    show("emails", emails.collect());
    if let Some(orgs) = orgs {
        show("orgs", orgs);
    }
    show("createdAt", json!(user.created_at.iso()));
    show("updatedAt", json!(user.updated_at.iso()));
    shown
}
