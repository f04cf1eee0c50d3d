//! The user's own account: who they are, where they are signed in, which programs act as them.

mod addresses;
mod picture;
mod profile;
mod sessions;
mod tokens;

use rocket::Route;

pub fn routes() -> Vec<Route> {
    [profile::routes(), addresses::routes(), picture::routes(), sessions::routes(), tokens::routes()].concat()
}
