//! How this API shows things.

use serde_json::{Map, Value, json};

use crate::domain::users::Profile;

/// A user, without orgs.
pub fn user_view(profile: &Profile) -> Value {
    let user = &profile.user;
    let mut shown = Map::new();
    let mut show = |field: &str, value: Value| {
        shown.insert(field.to_owned(), value);
    };
    show("id", json!(user.uid));
    // Optional in Usher's accounts, and left out of answers where there is none.
    if let Some(username) = &user.username {
        show("username", json!(username));
    }
    show("fullName", json!(user.full_name));
    show("picture", json!(user.picture));
    let emails = profile.addresses.iter().map(|address| {
        json!({
            "address": address.address,
            "isVerified": address.verified_at.is_some(),
            "isPrimary": address.is_primary,
        })
    });
    show("emails", emails.collect());
    show("createdAt", json!(user.created_at.iso()));
    show("updatedAt", json!(user.updated_at.iso()));
    Value::Object(shown)
}

/// A user with the uids of their orgs.
pub fn user_with_orgs(profile: &Profile, orgs: &[String]) -> Value {
    let mut shown = user_view(profile);
    shown["orgs"] = json!(orgs);
    shown
}
