//! The user's own account: profile, sessions, access tokens.

pub(super) mod addresses;
pub(super) mod picture;
pub(super) mod profile;
pub(super) mod sessions;
pub(super) mod tokens;

use rocket::Route;

pub fn routes() -> Vec<Route> {
    [profile::routes(), addresses::routes(), picture::routes(), sessions::routes(), tokens::routes()].concat()
}
