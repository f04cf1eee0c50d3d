//! Ignores what stands behind a path: a slash, and in pages' paths what belongs to the text around a link.

use percent_encoding::percent_decode_str;
use rocket::fairing::AdHoc;
use rocket::http::Method;
use rocket::http::uri::Origin;

pub fn fairing() -> AdHoc {
    AdHoc::on_request("end of the path", |request, _| {
        Box::pin(async move {
            let uri = request.uri();
            let path = uri.path().as_str();
            let is_page = matches!(request.method(), Method::Get | Method::Head) && !path.starts_with("/api/");
            let bare = if is_page { without_text(path) } else { path.trim_end_matches('/') };
            if bare.len() == path.len() || bare.is_empty() {
                return;
            }
            let bare = uri.query().map_or_else(|| bare.to_owned(), |query| format!("{bare}?{query}"));
            if let Ok(bare) = Origin::parse_owned(bare) {
                request.set_uri(bare);
            }
        })
    })
}

/// A path as sent, without the slashes, white space and punctuation at its end. None of our paths ends with these.
fn without_text(path: &str) -> &str {
    let decoded = percent_decode_str(path).decode_utf8_lossy();
    let behind = |c: char| c.is_whitespace() || "/.,;:!?)]}>\"'*…“”‘’«»›\u{200b}\u{feff}".contains(c);
    let text = &decoded[decoded.trim_end_matches(behind).len()..];
    text.chars().rev().fold(path, |path, c| {
        let encoded = || path.len().checked_sub(3 * c.len_utf8()).and_then(|length| path.get(..length));
        path.strip_suffix(c).or_else(encoded).unwrap_or(path)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_around_a_link_does_not_belong_to_it() {
        for text in ["", "/", ".", "%3E", ">.", ")", "%20", "%0D%0A", ",%C2%A0", "%E2%80%9D", "…", "/).%20/"] {
            assert_eq!(without_text(&format!("/invitations/abc{text}")), "/invitations/abc", "{text}");
        }
        for path in ["/", "/orgs/a_", "/orgs/a-", "/orgs/a%00", "/static/a.css", "/media/%FF", "/a.b"] {
            assert_eq!(without_text(path), path.trim_end_matches('/'));
        }
        assert_eq!(without_text("//"), "");
    }
}
