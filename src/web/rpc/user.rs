//! `user.*`

mod activation;
mod assignments;
mod create;
mod delete;
mod exposure;
mod info;
mod list;
mod passwords;
mod picture;
mod projection;

use rocket::Route;

pub fn routes() -> Vec<Route> {
    [
        create::routes(),
        info::routes(),
        delete::routes(),
        exposure::routes(),
        activation::routes(),
        assignments::routes(),
        passwords::routes(),
        picture::routes(),
        list::routes(),
    ]
    .concat()
}
