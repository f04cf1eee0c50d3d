//! The faces: pages for browsers, JSON for programs. A handler parses the request, calls one operation and
//! shows the result; no rule lives here.

mod assets;
mod body;
mod client;
mod compression;
mod cookies;
mod csrf;
mod environment_fields;
mod faces;
mod headers;
mod health;
mod html;
mod kept;
mod language;
mod limits;
mod log;
mod media;
mod multipart;
mod path_end;
mod path_id;
mod rest;
mod rpc;
mod secret_names;
mod session;
mod take_away;
mod templates;
mod visitor_cookie;

use rocket::shield::Shield;
use rocket::{Build, Rocket};

/// Mounts every route, catcher and fairing.
pub(crate) fn mount(rocket: Rocket<Build>) -> Rocket<Build> {
    let rocket = rocket
        .manage(limits::SignInRate::new())
        .manage(assets::Assets::new())
        .manage(body::Bodies::new())
        // Our own headers instead of Rocket's.
        .attach(Shield::new())
        .attach(path_end::fairing())
        .attach(templates::fairing());
    html::mount(rocket)
        .attach(headers::Headers)
        .attach(compression::Pages)
        // Last, so that it sees the answer as it goes out.
        .attach(log::RequestLog)
        .mount("/health", health::routes())
        .mount("/static", assets::routes())
        .mount("/api", rest::routes())
        .mount("/api/environments", rest::environment_routes())
        // MyCRT's published page has the singular.
        .mount("/api/environment", rest::environment_routes())
        .mount("/api/v1", rpc::routes())
        .mount("/media", media::routes())
        .register("/api", rest::catchers())
        .register("/api/v1", rpc::catchers())
        .register("/media", rpc::catchers())
}
