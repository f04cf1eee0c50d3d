//! What is compressed, for whom, and what must not be.

use std::io::Read as _;

use flate2::read::GzDecoder;
use rocket::http::{Header, Method};

use crate::support::api::environment_body;
use crate::support::app::{App, PASSWORD};
use crate::support::on_both;
use crate::support::process::Place;

struct Received {
    status: u16,
    encoding: Option<String>,
    vary: String,
    body: Vec<u8>,
}

impl Received {
    fn is_compressed(&self) -> bool {
        self.encoding.as_deref() == Some("gzip")
    }

    fn text(&self) -> String {
        let mut text = String::new();
        match self.encoding {
            Some(_) => drop(GzDecoder::new(self.body.as_slice()).read_to_string(&mut text).unwrap()),
            None => text = String::from_utf8(self.body.clone()).unwrap(),
        }
        text
    }
}

const READS_GZIP: (&str, &str) = ("Accept-Encoding", "gzip, deflate, br");

async fn ask(app: &App, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Received {
    let mut request = app.client().req(method, path.to_owned()).body(body);
    for (name, value) in headers {
        request = request.header(Header::new((*name).to_owned(), (*value).to_owned()));
    }
    let response = request.dispatch().await;
    let header = |name| response.headers().get_one(name).map(str::to_owned);
    let (status, encoding) = (response.status().code, header("Content-Encoding"));
    let vary = header("Vary").unwrap_or_default();
    Received { status, encoding, vary, body: response.into_bytes().await.unwrap_or_default() }
}

async fn get(app: &App, path: &str, headers: &[(&str, &str)]) -> Received {
    ask(app, Method::Get, path, headers, "").await
}

on_both! {
    async fn pages_and_static_files_are_compressed_for_whoever_reads_that(app: App) {
        for (path, vary) in [
            ("/sign-up", "Accept-Language, Accept-Encoding"),
            ("/sign-in", "Accept-Language, Accept-Encoding"),
            ("/static/usher.css", "Accept-Encoding"),
        ] {
            let plain = get(&app, path, &[]).await;
            let compressed = get(&app, path, &[READS_GZIP]).await;
            assert!(!plain.is_compressed() && compressed.is_compressed(), "{path}");
            assert!(compressed.body.len() * 3 < plain.body.len() * 2, "{path}: {} bytes", compressed.body.len());
            assert_eq!((plain.vary.as_str(), compressed.vary.as_str()), (vary, vary), "{path}");
            assert_eq!(plain.status, compressed.status, "{path}");
            if path.starts_with("/static") {
                assert_eq!(plain.text(), compressed.text());
            }
            assert!(compressed.text().trim_end().ends_with(if path.ends_with("css") { "}" } else { "</html>" }));
            for refusal in ["gzip;q=0", "identity", "br", "gzip;q=0, *"] {
                let answer = get(&app, path, &[("Accept-Encoding", refusal)]).await;
                assert_eq!((answer.encoding, answer.vary.as_str()), (None, vary), "{path} for {refusal}");
            }
        }
    }

    async fn what_is_short_or_no_text_stays_as_it_is(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let cookie = ("Cookie", rosa.cookie.as_deref().unwrap());
        for number in 0..30 {
            rosa.environment(&format!("Harbor {number}")).await;
        }
        for (path, status) in [("/static/usher.svg", 200), ("/health/ready", 200), ("/", 200), ("/api/environments", 200)]
        {
            let answer = get(&app, path, &[READS_GZIP, cookie]).await;
            assert_eq!((answer.status, answer.is_compressed()), (status, path == "/"), "{path}");
            assert_eq!(answer.vary.contains("Accept-Encoding"), path == "/", "{path}");
        }
        assert!(get(&app, "/api/environments", &[READS_GZIP, cookie]).await.body.len() > 1024, "it is long, and JSON");
    }

    async fn a_page_that_holds_a_secret_is_not_compressed(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let mut browser = app.browser_of(&rosa);
        let token = browser.get("/account").await.csrf().await;
        app.unverified_user("mia@harbor.test").await;
        let verify = app.mail_to("mia@harbor.test").await.link();
        rosa.invite(id, "mia@harbor.test", false).await;
        let invitation = app.mail_to("mia@harbor.test").await.link();
        rosa.forget_password("rosa@harbor.test").await;
        let reset = app.mail_to("rosa@harbor.test").await.link();
        let setup = format!("/setup/{}", app.setup_token().await);
        let cookies = browser.cookies();
        let cookie = ("Cookie", cookies.as_str());
        for path in [invitation, verify, reset, setup] {
            let page = get(&app, &path, &[READS_GZIP, cookie]).await;
            assert_eq!((page.status, page.is_compressed()), (200, false), "{path}");
            assert!(page.body.len() > 1024, "{path}");
        }

        let form = ("Content-Type", "application/x-www-form-urlencoded");
        let reveal = format!("/environments/{id}/reveal");
        let sharing = browser.get(&format!("/environments/{id}/sharing")).await;
        let link = sharing.attribute("[formaction$='/link']", "formaction").unwrap();
        let secret = environment_body("")["secretKey"].as_str().unwrap().to_owned();
        let once = [(reveal, secret), (link, "/invitations/".to_owned()), ("/account/tokens".to_owned(), "usher_".to_owned())];
        for (path, shown) in once {
            let body = format!("csrf={token}&name=Nightly+copy&expiresInSeconds=2592000&password={}", PASSWORD.replace(' ', "+"));
            let page = ask(&app, Method::Post, &path, &[READS_GZIP, cookie, form], &body).await;
            assert_eq!((page.status, page.is_compressed()), (200, false), "{path}");
            assert!(page.text().contains(&shown), "{path}: {}", page.text());
        }
        let body = format!("csrf={token}&email=rosa%40harbor.test&password={PASSWORD}x");
        let again = ask(&app, Method::Post, "/sign-in", &[READS_GZIP, cookie, form], &body).await;
        assert_eq!((again.status, again.is_compressed()), (422, false));
    }

    async fn what_another_site_asked_for_is_not_compressed(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let cookie = ("Cookie", rosa.cookie.as_deref().unwrap());
        for (from, compressed) in [("cross-site", false), ("same-site", false), ("same-origin", true), ("none", true)] {
            let answer = get(&app, "/environments", &[READS_GZIP, cookie, ("Sec-Fetch-Site", from)]).await;
            assert_eq!((answer.status, answer.is_compressed()), (200, compressed), "{from}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lengths_are_those_of_what_is_sent() {
    let place = Place::default();
    let server = place.start();
    let client = server.client();
    for path in ["/sign-up", "/static/usher.css"] {
        let mut lengths = Vec::new();
        for readable in ["gzip", "identity"] {
            let (headers, body) = client.get_reading(path, readable);
            let length = headers["Content-Length"].to_str().unwrap().parse::<usize>().unwrap();
            assert_eq!(length, body.len(), "{path} as {readable}");
            let head = client.head_reading(path, readable);
            assert_eq!(head.get("Content-Encoding"), headers.get("Content-Encoding"), "{path} as {readable}");
            let of_head = head["Content-Length"].to_str().unwrap().parse::<usize>().unwrap();
            // Tokens and cookies differ, so the compressed size may vary by some bytes.
            assert!(of_head.abs_diff(length) < 64, "{path} as {readable}: {of_head}, {length}");
            lengths.push(length);
        }
        assert!(lengths[0] < lengths[1], "{path}: {lengths:?}");
    }
}
