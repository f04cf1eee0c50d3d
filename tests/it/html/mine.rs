//! "This address is mine too": somebody signed in takes the invited address into their account, and accepts.

use crate::support::app::PASSWORD;
use crate::support::browser::Browser;
use crate::support::on_both;
use crate::support::sharing::Sharing;

const MINE: &str = "This address is mine too";

fn offers(browser: &Browser<'_>) -> bool {
    browser.buttons().contains(&MINE.to_owned())
}

on_both! {
    async fn an_invited_address_is_added_and_accepted_with(app: App) {
        let mut rosa = Sharing::by_verified(&app, "rosa@harbor.test").await;
        let sam = app.user("sam@harbor.test").await;
        let link = rosa.invite_by_mail("sam@quay.test").await.link();
        let mut sam = app.browser_of(&sam);
        sam.get(&link).await;
        assert!(sam.shows("This invitation is for sam@quay.test ; you are signed in as sam@harbor.test"), "{}", sam.text());
        for (password, fault) in [("", "Enter your password."), ("another horse 2", "This is not your password.")] {
            sam.submit(MINE, &[("password", password)]).await;
            assert!(sam.status == 422 && !sam.fault("password").is_empty(), "{fault} {}", sam.text());
        }
        assert!(app.deliver().await.is_empty());
        sam.submit(MINE, &[("password", PASSWORD)]).await;
        assert_eq!(sam.path, format!("/environments/{}", rosa.environment), "{}", sam.text());
        assert_eq!(sam.notice(), "Welcome! You are in.");

        let mut mails = app.deliver().await;
        mails.sort_by(|one, other| one.to.cmp(&other.to));
        let to: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
        assert_eq!(to, ["rosa@harbor.test", "sam@harbor.test", "sam@quay.test"]);
        for mail in &mails[1..] {
            assert!(mail.says("Your Usher account got the address sam@quay.test"), "{}", mail.text);
        }
        sam.get("/account").await;
        assert_eq!(sam.select(".rows .badge-good"), ["Confirmed", "Confirmed"]);
        sam.get("/account/activity").await;
        assert!(sam.shows("added the address sam@quay.test") && sam.shows("confirmed the address sam@quay.test"), "{}", sam.text());
        assert_eq!(app.browser().sign_in("sam@quay.test").await.path, "/");
        // Pressed twice: the outcome of the first.
        sam.get("/account").await.post_fields(&format!("{link}/mine"), &[("password", PASSWORD)]).await;
        assert_eq!(sam.path, format!("/environments/{}", rosa.environment), "{}", sam.text());
    }

    async fn an_address_waiting_to_be_confirmed_is_confirmed_by_the_invitation(app: App) {
        let mut rosa = Sharing::by_verified(&app, "rosa@harbor.test").await;
        let sam = app.user("sam@harbor.test").await;
        let mut sam = app.browser_of(&sam);
        sam.add_address("sam@quay.test").await;
        app.deliver().await;
        let link = rosa.invite_by_mail("sam@quay.test").await.link();
        sam.get(&link).await.submit(MINE, &[("password", PASSWORD)]).await;
        assert_eq!(sam.notice(), "Welcome! You are in.", "{}", sam.text());
        assert!(!sam.get("/account").await.shows("Not confirmed"), "{}", sam.text());
    }

    async fn it_is_offered_only_where_the_link_proves_a_free_mailbox(app: App) {
        let mut rosa = Sharing::by_verified(&app, "rosa@harbor.test").await;
        let sam = app.user("sam@harbor.test").await;
        app.user("tomas@harbor.test").await;
        let unproved = app.unverified_user("uma@harbor.test").await;
        let free = rosa.invite_by_mail("sam@quay.test").await.link();
        rosa.press("Copy link").await;
        let copied = rosa.browser.value("link").replace("http://127.0.0.1:8000", "");
        let taken = rosa.invite_by_mail("tomas@harbor.test").await.link();
        let declined = rosa.invite_by_mail("declined@quay.test").await.link();
        app.browser().get(&declined).await.submit("Decline", &[]).await;
        app.deliver().await;

        let mut sam = app.browser_of(&sam);
        assert!(offers(sam.get(&free).await), "{}", sam.text());
        let mut uma = app.browser_of(&unproved);
        assert!(!offers(uma.get(&free).await), "{}", uma.text());
        uma.post_fields(&format!("{free}/mine"), &[("password", PASSWORD)]).await;
        assert!(uma.status == 422 && uma.shows("Confirm your address first"), "{} {}", uma.status, uma.text());
        for link in [&copied, &taken, &declined] {
            assert!(!offers(sam.get(link).await), "{}", sam.text());
            sam.post_fields(&format!("{link}/mine"), &[("password", PASSWORD)]).await;
            assert!(!sam.path.starts_with("/environments"), "{}", sam.text());
        }
        assert!(app.deliver().await.is_empty());

        for number in 0..9 {
            sam.add_address(&format!("sam-{number}@quay.test")).await;
        }
        app.deliver().await;
        sam.get(&free).await.submit(MINE, &[("password", PASSWORD)]).await;
        assert!(sam.status == 422 && sam.shows("10 addresses"), "{} {}", sam.status, sam.text());

        // Somebody else takes the address while the page is open.
        sam.get(&free).await;
        app.browser().sign_up("sam@quay.test").await;
        app.deliver().await;
        sam.submit(MINE, &[("password", PASSWORD)]).await;
        assert!(sam.status == 200 && !offers(&sam), "{}", sam.text());
    }

    async fn guessing_ones_own_password_is_slowed_down(app: App, rate_limits_enabled = true) {
        let mut rosa = Sharing::by_verified(&app, "rosa@harbor.test").await;
        let sam = app.user("sam@harbor.test").await;
        let link = rosa.invite_by_mail("sam@quay.test").await.link();
        let mut sam = app.browser_of(&sam);
        sam.get(&link).await;
        for _ in 0..10 {
            sam.submit(MINE, &[("password", "another horse 2")]).await;
            assert_eq!(sam.status, 422);
        }
        sam.submit(MINE, &[("password", PASSWORD)]).await;
        assert_eq!(sam.status, 429, "{}", sam.text());
    }
}
