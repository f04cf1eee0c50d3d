//! A form that comes too late: its session has ended, or the browser has another one since. What was typed comes back, and
//! signing in right there sends it, under the account whose form it was and no other.

use std::time::Duration;

use rocket::http::Method;

use super::forms::FORM;
use crate::support::api::Answer;
use crate::support::app::{App, PASSWORD};
use crate::support::browser::Browser;
use crate::support::on_both;

pub const ROSA: &str = "rosa@harbor.test";
pub const TOMAS: &str = "tomas@harbor.test";
const NOT_LOST: &str = "Nothing was sent, nothing is lost.";

/// What happens between the page and its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meanwhile {
    Expired,
    SignedOut,
    OtherAccount,
    SignedInAgain,
}

pub use Meanwhile::{Expired, OtherAccount, SignedInAgain, SignedOut};

impl Meanwhile {
    const ALL: [Self; 4] = [Expired, SignedOut, OtherAccount, SignedInAgain];

    pub async fn happen(self, app: &App, browser: &mut Browser<'_>) {
        match self {
            Expired => app.advance(Duration::from_hours(3)),
            SignedOut => drop(browser.get("/account").await.submit("Sign out", &[]).await),
            OtherAccount => drop(browser.sign_in(TOMAS).await),
            SignedInAgain => drop(browser.sign_in(ROSA).await),
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Expired | SignedOut => "You were signed out meanwhile",
            OtherAccount => "You are signed in as somebody else now",
            SignedInAgain => "This page is from an earlier sign-in",
        }
    }

    /// The button of the page, and the password that it takes.
    fn button(self) -> (&'static str, &'static [(&'static str, &'static str)]) {
        match self {
            Expired | SignedOut => ("Sign in and send", &[("againPassword", PASSWORD)]),
            OtherAccount => ("Sign in as rosa@harbor.test and send", &[("againPassword", PASSWORD)]),
            SignedInAgain => ("Send", &[]),
        }
    }
}

/// A browser that has a page of Rosa's with a form, and the form's token.
pub async fn with_a_form(app: &App) -> (Browser<'_>, String) {
    let mut browser = app.browser();
    browser.says_same_origin = true;
    browser.sign_in(ROSA).await;
    let token = browser.get("/account").await.csrf().await;
    (browser, token)
}

pub async fn accounts(app: &App) {
    for address in [ROSA, TOMAS] {
        app.browser().sign_up(address).await;
    }
}

pub async fn name_of(app: &App, address: &str) -> String {
    let mut browser = app.browser();
    browser.sign_in(address).await.get("/account").await.value("fullName")
}

/// Posts without following.
pub async fn send(app: &App, browser: &Browser<'_>, path: &str, header: Option<(&str, &str)>, body: &str) -> Answer {
    let cookies = browser.cookies();
    let headers: Vec<_> = [FORM, ("Cookie", cookies.as_str())].into_iter().chain(header).collect();
    app.api().send(Method::Post, path, &headers, body).await
}

pub const SAME_ORIGIN: Option<(&str, &str)> = Some(("Sec-Fetch-Site", "same-origin"));

on_both! {
    async fn a_stale_form_comes_back_and_is_sent_by_signing_in_there(app: App) {
        accounts(&app).await;
        for (number, meanwhile) in Meanwhile::ALL.into_iter().enumerate() {
            let (mut browser, token) = with_a_form(&app).await;
            meanwhile.happen(&app, &mut browser).await;
            let [before, of_tomas] = [name_of(&app, ROSA).await, name_of(&app, TOMAS).await];
            let typed = format!("Rosa Typed {number}");
            browser.post("/account", &format!("csrf={token}&fullName={}", typed.replace(' ', "+"))).await;
            assert_eq!(browser.status, 409, "{meanwhile:?}: {}", browser.text());
            assert!(browser.title().starts_with(meanwhile.title()), "{meanwhile:?}: {}", browser.title());
            assert!(browser.shows(NOT_LOST));
            assert_eq!(browser.value("fullName"), typed, "{meanwhile:?}");
            assert_eq!(name_of(&app, ROSA).await, before, "{meanwhile:?}: sent too early");
            let (button, fields) = meanwhile.button();
            if !fields.is_empty() {
                assert_eq!(browser.attribute("[autocomplete=username]", "value").as_deref(), Some(ROSA));
                browser.submit(button, &[("againPassword", "wrong horse 1")]).await;
                assert_eq!(browser.status, 422, "{meanwhile:?}: {}", browser.text());
                assert_eq!(browser.fault("againPassword"), "This password is wrong. Nothing was sent yet.");
                assert_eq!(browser.value("fullName"), typed, "{meanwhile:?}");
                assert_eq!(name_of(&app, ROSA).await, before, "{meanwhile:?}: sent with a wrong password");
            }
            browser.submit(button, fields).await;
            assert_eq!((browser.status, browser.path.as_str()), (200, "/account"), "{meanwhile:?}: {}", browser.text());
            assert_eq!(browser.notice(), "Saved.", "{meanwhile:?}");
            assert_eq!(browser.value("fullName"), typed);
            assert_eq!([name_of(&app, ROSA).await, name_of(&app, TOMAS).await], [typed, of_tomas], "{meanwhile:?}");
        }
    }

    async fn a_file_is_chosen_again(app: App) {
        accounts(&app).await;
        for meanwhile in Meanwhile::ALL {
            let (mut browser, token) = with_a_form(&app).await;
            meanwhile.happen(&app, &mut browser).await;
            browser.upload("/account/picture", &[("csrf", &token)], Some(b"picture")).await;
            assert_eq!(browser.status, 409, "{meanwhile:?}: {}", browser.text());
            assert!(browser.title().starts_with(meanwhile.title()), "{meanwhile:?}: {}", browser.title());
            let link = browser.attribute("main a.button", "href").unwrap();
            let signs_in = if meanwhile == SignedInAgain { "" } else { "/sign-in?next=" };
            assert_eq!(link, format!("{signs_in}/account/picture"), "{meanwhile:?}");
            assert!(browser.select(".panel form").is_empty(), "{meanwhile:?}");
        }
    }

    async fn what_may_not_be_ours_is_refused_and_shows_nothing(app: App) {
        accounts(&app).await;
        for meanwhile in Meanwhile::ALL {
            let (mut browser, token) = with_a_form(&app).await;
            let (_, of_another_browser) = with_a_form(&app).await;
            meanwhile.happen(&app, &mut browser).await;
            let has_session = matches!(meanwhile, OtherAccount | SignedInAgain);
            let before = name_of(&app, ROSA).await;
            let mut wrong: Vec<(String, Option<(&str, &str)>)> = vec![
                // Whether it is from our page is not said.
                (token.clone(), None),
                (token.clone(), Some(("Sec-Fetch-Site", "cross-site"))),
                (token.clone(), Some(("Sec-Fetch-Site", "none"))),
                (token.clone(), Some(("Origin", "https://evil.test"))),
                (token.clone(), Some(("Origin", "null"))),
                (of_another_browser.clone(), SAME_ORIGIN),
                (String::new(), SAME_ORIGIN),
            ];
            // Every part of the token counts, but for the tag of the session that has ended.
            for at in [0, 9, 33, 40, 50, 60, token.len() - 2] {
                let other = if token.as_bytes()[at] == b'A' { "B" } else { "A" };
                wrong.push((format!("{}{other}{}", &token[..at], &token[at + 1..]), SAME_ORIGIN));
            }
            for (token, header) in wrong {
                let body = format!("csrf={token}&fullName=Evil+Twin");
                let answer = send(&app, &browser, "/account", header, &body).await;
                let is_cross_site = header.is_some_and(|(_, value)| !["same-origin", "none"].contains(&value));
                if has_session || is_cross_site {
                    assert_eq!(answer.status, 403, "{meanwhile:?} {token} {header:?}: {answer:?}");
                } else {
                    assert_eq!((answer.status, answer.header("Location")), (303, Some("/sign-in")), "{meanwhile:?}");
                }
                assert!(!answer.text.contains("Evil Twin"), "{meanwhile:?} {token} {header:?}");
                assert!(!answer.text.contains(ROSA) || meanwhile == SignedInAgain, "{meanwhile:?} {token} {header:?}");
            }
            for (token, says_so) in [(&of_another_browser, true), (&token, false)] {
                browser.says_same_origin = says_so;
                browser.upload("/account/picture", &[("csrf", token)], Some(b"picture")).await;
                let expected = if has_session { (403, "/account/picture") } else { (200, "/sign-in") };
                assert_eq!((browser.status, browser.path.as_str()), expected, "{meanwhile:?}");
            }
            // A visitor cookie of another browser makes the token of that one no better.
            let mut tossed = app.browser();
            tossed.set_cookie("usher_visitor", browser.cookie("usher_visitor").unwrap());
            let body = format!("csrf={of_another_browser}&fullName=Evil+Twin");
            let answer = send(&app, &tossed, "/account", SAME_ORIGIN, &body).await;
            assert_eq!((answer.status, answer.header("Location")), (303, Some("/sign-in")));
            assert_eq!(name_of(&app, ROSA).await, before, "{meanwhile:?}");
        }
    }

    async fn a_form_that_nobody_was_signed_in_for_leads_to_its_page(app: App) {
        accounts(&app).await;
        let token = app.mail_to(ROSA).await.token();
        let path = format!("/verify/{token}");
        let mut browser = app.browser();
        let csrf = browser.get(&path).await.csrf().await;
        browser.sign_in(TOMAS).await;
        let answer = send(&app, &browser, &path, SAME_ORIGIN, &format!("csrf={csrf}")).await;
        assert_eq!((answer.status, answer.header("Location")), (303, Some(path.as_str())), "{answer:?}");
        assert!(browser.get(&path).await.buttons().contains(&"Confirm this address".to_owned()), "it was confirmed");
    }

    async fn forms_that_mean_the_same_for_everybody_are_taken_however_old(app: App) {
        accounts(&app).await;
        let mut browser = app.browser();
        let token = browser.get("/sign-in").await.csrf().await;
        browser.sign_in(ROSA).await;
        let password = PASSWORD.replace(' ', "+");
        let body = format!("csrf={token}&email={TOMAS}&password={password}");
        assert_eq!(send(&app, &browser, "/sign-in", None, &body).await.status, 403, "perhaps from elsewhere");
        browser.says_same_origin = true;
        browser.post("/sign-in", &body).await;
        assert!(browser.get("/account").await.shows(TOMAS), "{}", browser.text());
        browser.post("/sign-up", &format!("csrf={token}&email=new@harbor.test&password={password}")).await;
        assert!(browser.get("/account").await.shows("new@harbor.test"), "{}", browser.text());
    }

    async fn whoever_signs_out_in_an_old_tab_is_signed_out(app: App) {
        accounts(&app).await;
        let (mut browser, token) = with_a_form(&app).await;
        browser.sign_in(ROSA).await;
        let answer = send(&app, &browser, "/sign-out", None, &format!("csrf={token}")).await;
        assert_eq!(answer.status, 403, "perhaps from elsewhere");
        browser.post("/sign-out", &format!("csrf={token}")).await;
        assert_eq!(browser.notice(), "You are signed out.", "{}", browser.text());
    }

    async fn the_visitor_cookie_outlives_a_session(app: App, session_idle_minutes = 10080) {
        accounts(&app).await;
        let mut browser = app.browser();
        browser.says_same_origin = true;
        browser.sign_in(ROSA).await;
        let token = browser.get("/account").await.csrf().await;
        app.advance(Duration::from_hours(7 * 24 + 1));
        browser.post("/account", &format!("csrf={token}&fullName=Rosa+Typed")).await;
        assert_eq!((browser.status, browser.value("fullName").as_str()), (409, "Rosa Typed"));
    }
}
