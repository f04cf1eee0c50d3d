//! The start page, and the search.

use std::time::Duration;

use crate::support::app::App;
use crate::support::browser::Browser;
use crate::support::on_both;
use crate::support::sharing::Sharing;

const HOUR: Duration = Duration::from_hours(1);

/// A user's start page, in a new session.
async fn home<'a>(app: &'a App, address: &str) -> Browser<'a> {
    let mut browser = app.browser();
    browser.sign_in(address).await.get("/").await;
    browser
}

fn found(browser: &Browser<'_>) -> Vec<String> {
    assert_eq!(browser.status, 200, "{}", browser.body);
    browser.select("main .rows a")
}

on_both! {
    async fn an_invitation_that_nobody_answers_waits_for_its_inviter(app: App) {
        let mut rosa = Sharing::by_verified(&app, "rosa@harbor.test").await;
        let link = rosa.invite_by_mail("nora@harbor.test").await.link();
        app.user("tomas@harbor.test").await;
        let calm = home(&app, "rosa@harbor.test").await;
        assert!(!calm.shows("Nobody has answered yet") && !calm.shows("nora@harbor.test"), "{}", calm.text());

        app.advance(HOUR * 18 - HOUR / 60);
        assert!(!home(&app, "rosa@harbor.test").await.shows("nora@harbor.test"));
        app.advance(HOUR / 60);
        let mut page = home(&app, "rosa@harbor.test").await;
        assert!(page.shows("The invitation for nora@harbor.test to Harbor staging expires in 6 hours"), "{}", page.text());
        assert!(!home(&app, "tomas@harbor.test").await.shows("nora@harbor.test"));
        page.submit("Resend", &[]).await;
        assert_eq!(page.notice(), "A new mail is on its way. The earlier link no longer works.");
        assert_eq!(app.mail_to("nora@harbor.test").await.to, "nora@harbor.test");
        assert!(!page.get("/").await.shows("nora@harbor.test"), "{}", page.text());

        // After it expires it is not listed, until a new link is requested.
        app.advance(HOUR * 25);
        assert!(!home(&app, "rosa@harbor.test").await.shows("nora@harbor.test"));
        let mut nora = app.browser();
        nora.get(&link).await;
        rosa.log_in_again("rosa@harbor.test").await;
        rosa.press("Resend").await;
        let link = app.mail_to("nora@harbor.test").await.link();
        app.advance(HOUR * 25);
        nora.get(&link).await.submit("Ask for a new link", &[]).await;
        let mut page = home(&app, "rosa@harbor.test").await;
        assert!(page.shows("nora@harbor.test came too late for Harbor staging"), "{}", page.text());
        page.submit("Resend", &[]).await;
        assert!(!page.get("/").await.shows("nora@harbor.test"), "{}", page.text());
    }

    async fn a_long_invitation_waits_on_its_last_day(app: App) {
        let mut rosa = Sharing::by_verified(&app, "rosa@harbor.test").await.browser;
        rosa.get("/orgs/new").await.submit("Make the org", &[("name", "Quay"), ("slug", "quay")]).await;
        for (address, seconds) in [("nora@harbor.test", "604800"), ("nils@harbor.test", "86400")] {
            rosa.get("/orgs/quay/invitations").await;
            rosa.submit("Invite", &[("userKey", address), ("tokenExpiresInSeconds", seconds)]).await;
        }
        app.deliver().await;
        assert!(!rosa.get("/").await.shows("@harbor.test to Quay"), "{}", rosa.text());
        app.advance(HOUR * 19);
        let page = home(&app, "rosa@harbor.test").await;
        assert!(page.shows("nils@harbor.test to Quay") && !page.shows("nora@harbor.test"), "{}", page.text());
        app.advance(HOUR * 24 * 6 - HOUR * 20);
        assert!(!home(&app, "rosa@harbor.test").await.shows("to Quay"));
        app.advance(HOUR);
        let mut page = home(&app, "rosa@harbor.test").await;
        assert!(page.shows("nora@harbor.test to Quay expires in 24 hours"), "{}", page.text());
        page.submit("Resend", &[]).await;
        assert_eq!(app.mail_to("nora@harbor.test").await.to, "nora@harbor.test");
    }

    async fn who_lost_the_right_is_not_asked_to_resend(app: App) {
        let mut rosa = Sharing::by_verified(&app, "rosa@harbor.test").await;
        let tomas = app.user("tomas@harbor.test").await;
        let membership = tomas.join(&rosa.api, rosa.environment, "tomas@harbor.test", true).await;
        rosa.browser.get("/orgs/new").await.submit("Make the org", &[("name", "Quay"), ("slug", "quay")]).await;
        rosa.browser.get("/orgs/quay/invitations").await;
        rosa.browser.submit("Invite", &[("userKey", "tomas@harbor.test"), ("administrator", "true")]).await;
        let link = app.mail_to("tomas@harbor.test").await.link();
        let mut page = home(&app, "tomas@harbor.test").await;
        page.get(&link).await.submit("Accept", &[]).await;
        let asked = [("userKey", "nora@harbor.test"), ("tokenExpiresInSeconds", "86400")];
        page.get("/orgs/quay/invitations").await.submit("Invite", &asked).await;
        app.user("nils@harbor.test").await;
        tomas.invite(rosa.environment, "nils@harbor.test", false).await;
        app.deliver().await;
        app.advance(HOUR * 19);
        let waits = |page: &Browser<'_>| ["nora@harbor.test to Quay", "nils@harbor.test to Harbor staging"].map(|text| page.shows(text));
        assert_eq!(waits(&home(&app, "tomas@harbor.test").await), [true, true]);
        let mut page = home(&app, "rosa@harbor.test").await;
        page.get("/orgs/quay/members?search=tomas").await;
        let one = page.attribute("tbody a", "href").unwrap();
        page.get(&one).await.post_fields(&one, &[]).await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert_eq!(waits(&home(&app, "tomas@harbor.test").await), [false, true]);
        page.post_fields(&format!("/environments/{}/members/{membership}/demote", rosa.environment), &[]).await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert_eq!(waits(&home(&app, "tomas@harbor.test").await), [false, false]);
    }

    async fn what_is_about_to_expire_comes_before_what_has(app: App) {
        let mut rosa = Sharing::by_verified(&app, "rosa@harbor.test").await.browser;
        rosa.get("/orgs/new").await.submit("Make the org", &[("name", "Quay"), ("slug", "quay")]).await;
        for number in 0..11 {
            rosa.get("/orgs/quay/invitations").await;
            let address = format!("late{number}@harbor.test");
            rosa.submit("Invite", &[("userKey", &address), ("tokenExpiresInSeconds", "86400")]).await;
        }
        let mails = app.deliver().await;
        app.advance(HOUR * 25);
        for number in 0..11 {
            let mail = mails.iter().find(|mail| mail.to == format!("late{number}@harbor.test")).unwrap();
            app.browser().get(&mail.link()).await.submit("Ask for a new link", &[]).await;
            app.advance(HOUR / 60);
        }
        let mut page = home(&app, "rosa@harbor.test").await;
        for (address, seconds) in [("nora@harbor.test", "90000"), ("nils@harbor.test", "86400")] {
            page.get("/orgs/quay/invitations").await;
            page.submit("Invite", &[("userKey", address), ("tokenExpiresInSeconds", seconds)]).await;
        }
        app.advance(HOUR * 20);
        let page = home(&app, "rosa@harbor.test").await;
        let rows = page.select("section[aria-labelledby=ending] li p");
        assert_eq!(rows.len(), 12, "{rows:?}");
        assert!(rows[0].contains("nils@harbor.test") && rows[1].contains("nora@harbor.test"), "{rows:?}");
        for (row, number) in rows[2..].iter().zip((1..=10).rev()) {
            assert!(row.contains(&format!("late{number}@harbor.test")), "{rows:?}");
        }
    }

    async fn environments_and_orgs_are_found_by_name(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let tomas = app.user("tomas@harbor.test").await;
        let mut page = app.browser_of(&rosa);
        page.get("/").await;
        assert_eq!(page.attribute("form[action='/search']", "method"), None);
        assert_eq!(page.select("form[action='/search']").len(), 0, "there is nothing to be found yet");
        page.get("/search").await;
        assert!(page.shows("There is nothing here yet that you have access to."), "{}", page.text());
        for name in ["Harbor staging", "Quay", "Kanal_100"] {
            rosa.environment(name).await;
        }
        tomas.environment("Harbor of Tomas").await;
        for (name, slug) in [("Crew", "harbor-crew"), ("Örebro 100%", "nord")] {
            page.get("/orgs/new").await.submit("Make the org", &[("name", name), ("slug", slug)]).await;
        }
        page.get("/").await;
        assert_eq!(page.select("form[action='/search']").len(), 1);
        for (search, names) in [
            ("HARBOR", &["Harbor staging", "Crew"][..]),
            ("_", &["Kanal_100"]),
            ("%25", &["Örebro 100%"]),
            ("%C3%96rebro", &["Örebro 100%"]),
            ("NORD", &["Örebro 100%"]),
            ("%20quay%20", &["Quay"]),
            ("", &["Harbor staging", "Quay", "Kanal_100", "Crew", "Örebro 100%"]),
        ] {
            assert_eq!(found(page.get(&format!("/search?search={search}")).await), names, "{search}");
        }
        assert_eq!(found(page.get("/search?search=tomas").await), [""; 0]);
        assert!(page.shows("Nothing of yours is called ‘tomas’."), "{}", page.text());
        assert_eq!(page.value("search"), "tomas");
        assert_eq!(app.browser().get("/search?search=x").await.path, "/sign-in?next=%2Fsearch%3Fsearch%3Dx");
    }

    async fn what_is_found_is_paged(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        for number in 0..53 {
            rosa.environment(&format!("Harbor {number}")).await;
        }
        let mut page = app.browser_of(&rosa);
        assert_eq!(found(page.get("/search?search=harbor").await).len(), 50);
        let older = page.attribute(".pages a", "href").unwrap();
        assert_eq!(found(page.get(&older).await), ["Harbor 50", "Harbor 51", "Harbor 52"]);
        assert_eq!(page.attribute(".pages a", "href").as_deref(), Some("/search?search=harbor"));

        // Past the end, and with another list on a later page.
        page.get("/orgs/new").await.submit("Make the org", &[("name", "Harbor crew"), ("slug", "crew")]).await;
        assert_eq!(found(page.get("/search?search=harbor&environments=999999&orgs=0").await), ["Harbor crew"]);
        assert_eq!(page.select("section[aria-labelledby=environments] .nothing"), ["There are no more."]);
        let first = page.attribute("section[aria-labelledby=environments] .pages a", "href").unwrap();
        assert_eq!(first, "/search?search=harbor&orgs=0");
        assert_eq!(found(page.get("/search?search=harbor&orgs=999999").await).len(), 50);
        assert_eq!(page.select("section[aria-labelledby=orgs] .nothing"), ["There are no more."]);
        let older = page.attribute("section[aria-labelledby=environments] .pages a", "href").unwrap();
        assert_eq!(found(page.get(&older).await).len(), 3);
        assert_eq!(page.select("section[aria-labelledby=orgs] .nothing"), ["There are no more."]);
    }
}
