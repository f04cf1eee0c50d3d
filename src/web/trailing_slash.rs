//! Ignores a trailing slash in paths.

use rocket::fairing::AdHoc;
use rocket::http::uri::Origin;

pub fn fairing() -> AdHoc {
    AdHoc::on_request("trailing slash", |request, _| {
        Box::pin(async move {
            let uri = request.uri();
            let path = uri.path().as_str();
            let stripped = path.trim_end_matches('/');
            if stripped.len() == path.len() || stripped.is_empty() {
                return;
            }
            let bare = uri.query().map_or_else(|| stripped.to_owned(), |query| format!("{stripped}?{query}"));
            if let Ok(bare) = Origin::parse_owned(bare) {
                request.set_uri(bare);
            }
        })
    })
}
