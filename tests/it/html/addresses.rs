//! A user's addresses: added, confirmed, made primary, removed.

use serde_json::{Value, json};

use crate::support::app::{App, PASSWORD};
use crate::support::browser::Browser;
use crate::support::on_both;

/// A browser of a new user with a verified address.
pub async fn rosa(app: &App) -> Browser<'_> {
    let api = app.user("rosa@harbor.test").await;
    app.browser_of(&api)
}

pub async fn add(browser: &mut Browser<'_>, address: &str) {
    browser.add_address(address).await;
    assert!(browser.path == "/account" && browser.shows("The mail is on its way."), "{}", browser.text());
}

/// Adds an address and confirms it by the mailed link, in another browser.
pub async fn add_confirmed(app: &App, browser: &mut Browser<'_>, address: &str) {
    add(browser, address).await;
    let link = app.mail_to(address).await.link();
    let mut visitor = app.browser();
    visitor.get(&link).await.submit("Confirm this address", &[]).await;
    assert!(visitor.shows("Your address is confirmed."), "{}", visitor.text());
}

/// The rows of the list: address and badges.
pub async fn rows(browser: &mut Browser<'_>) -> Vec<String> {
    let rows = browser.get("/account").await.select(".rows li p");
    rows.into_iter().map(|row| row.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// The target of an address's button or link.
pub async fn way(browser: &mut Browser<'_>, address: &str, action: &str) -> String {
    browser.get("/account").await;
    let ids = browser.select(".rows li p span[id]");
    let number = ids.iter().position(|known| known == address).unwrap_or_else(|| panic!("{address} not in {ids:?}"));
    let row = format!(".rows li:nth-child({})", number + 1);
    let form = browser.attribute(&format!("{row} form[action$='/{action}']"), "action");
    form.or_else(|| browser.attribute(&format!("{row} a[href$='/{action}']"), "href"))
        .unwrap_or_else(|| panic!("no {action} beside {address}: {}", browser.body))
}

pub async fn signs_in(app: &App, address: &str) -> bool {
    app.browser().sign_in(address).await.path == "/"
}

/// The addresses in the JSON API.
pub async fn emails(app: &App, key: &str) -> Value {
    let info = app.rpc_as(key).await.call("session.info", json!({})).await.ok();
    info["session"]["user"]["emails"].clone()
}

on_both! {
    async fn an_address_counts_from_its_confirmation_on(app: App) {
        let mut rosa = rosa(&app).await;
        add(&mut rosa, "Rosa.Kay@Quay.test").await;
        assert_eq!(rows(&mut rosa).await, ["rosa@harbor.test Primary Confirmed", "rosa.kay@quay.test Not confirmed"]);
        let mail = app.mail_to("rosa.kay@quay.test").await;
        assert!(mail.says("added to the Usher account of rosa@harbor.test"), "{}", mail.text);
        assert!(!signs_in(&app, "rosa.kay@quay.test").await);
        assert_eq!(emails(&app, "rosa@harbor.test").await.as_array().unwrap().len(), 1);

        let mut visitor = app.browser();
        for _ in 0..2 {
            visitor.get(&mail.link()).await;
            assert!(visitor.shows("an address of the account of rosa@harbor.test"), "{}", visitor.text());
        }
        assert!(!signs_in(&app, "rosa.kay@quay.test").await, "GET changed something");
        visitor.submit("Confirm this address", &[]).await;
        assert_eq!(rows(&mut rosa).await, ["rosa@harbor.test Primary Confirmed", "rosa.kay@quay.test Confirmed"]);
        assert!(signs_in(&app, "ROSA.kay@quay.test").await);
        assert_eq!(emails(&app, "rosa@harbor.test").await, json!([
            { "address": "rosa@harbor.test", "isVerified": true, "isPrimary": true },
            { "address": "rosa.kay@quay.test", "isVerified": true, "isPrimary": false },
        ]));
    }

    async fn nobody_learns_from_adding_who_has_an_address(app: App) {
        let mut rosa = rosa(&app).await;
        app.user("tomas@harbor.test").await;
        add(&mut rosa, "nobody@harbor.test").await;
        let of_nobody = rosa.text().replace("nobody@", "tomas@");
        let remove = way(&mut rosa, "nobody@harbor.test", "remove").await;
        rosa.post_fields(&remove, &[]).await;
        app.deliver().await;
        add(&mut rosa, "tomas@harbor.test").await;
        assert_eq!(rosa.text(), of_nobody);

        // The reader of the mail may know.
        let link = app.mail_to("tomas@harbor.test").await.link();
        let mut tomas = app.browser();
        tomas.get(&link).await;
        assert!(tomas.status == 409 && tomas.shows("Another account has this address"), "{}", tomas.text());
        tomas.post_fields(&link, &[]).await;
        assert!(tomas.status == 409 && tomas.shows("Another account has this address"), "{}", tomas.text());
        assert_eq!(rows(&mut rosa).await[1], "tomas@harbor.test Not confirmed");
        tomas.sign_in("tomas@harbor.test").await;
        assert_eq!(rows(&mut tomas).await, ["tomas@harbor.test Confirmed"]);
    }

    async fn an_address_that_waits_is_not_taken_for_its_owner(app: App) {
        let mut rosa = rosa(&app).await;
        add(&mut rosa, "tomas@harbor.test").await;
        let link = app.mail_to("tomas@harbor.test").await.link();
        let mut tomas = app.browser();
        tomas.sign_up("tomas@harbor.test").await;
        assert_eq!(tomas.path, "/", "{}", tomas.text());
        assert_eq!(tomas.get(&link).await.status, 409);
        assert_eq!(tomas.post_fields(&link, &[]).await.status, 409);
        assert_eq!(rows(&mut tomas).await, ["tomas@harbor.test Not confirmed"]);
    }

    async fn of_two_who_wait_for_an_address_one_gets_it(app: App) {
        let mut rosa = rosa(&app).await;
        let mut tomas = app.browser_of(&app.user("tomas@harbor.test").await);
        let mut links = Vec::new();
        for browser in [&mut rosa, &mut tomas] {
            add(browser, "crew@harbor.test").await;
            links.push(app.mail_to("crew@harbor.test").await.link());
        }
        let mut visitor = app.browser();
        visitor.get(&links[1]).await.submit("Confirm this address", &[]).await;
        assert_eq!(visitor.status, 200);
        assert_eq!(visitor.get(&links[0]).await.status, 409);
        assert_eq!(rows(&mut rosa).await[1], "crew@harbor.test Not confirmed");
        assert_eq!(rows(&mut tomas).await[1], "crew@harbor.test Confirmed");
    }

    async fn the_link_is_sent_again(app: App) {
        let mut rosa = rosa(&app).await;
        add(&mut rosa, "rosa@quay.test").await;
        let first = app.mail_to("rosa@quay.test").await.link();
        rosa.submit("Send the mail again", &[]).await;
        assert_eq!(rosa.path, "/account", "{}", rosa.text());
        assert_eq!(rosa.notice(), "The mail is on its way. Open the link in it to confirm your address.");
        let second = app.mail_to("rosa@quay.test").await.link();
        assert_eq!(rosa.get(&first).await.status, 404);
        rosa.get(&second).await.submit("Confirm this address", &[]).await;
        assert_eq!(rows(&mut rosa).await[1], "rosa@quay.test Confirmed");
    }

    async fn mails_to_addresses_are_limited(app: App, rate_limits_enabled = true) {
        let mut rosa = rosa(&app).await;
        for number in 0..8 {
            add(&mut rosa, &format!("rosa{number}@quay.test")).await;
        }
        let again = way(&mut rosa, "rosa0@quay.test", "verification").await;
        for _ in 0..2 {
            assert_eq!(rosa.post_fields(&again, &[]).await.status, 200);
        }
        assert_eq!(rosa.post_fields(&again, &[]).await.status, 429);
        rosa.add_address("rosa8@quay.test").await;
        assert_eq!((rosa.status, rosa.value("email").as_str()), (429, "rosa8@quay.test"));
        assert!(rosa.shows("Too many tries. Try again in 60 minutes."), "{}", rosa.text());
        assert_eq!(app.deliver().await.iter().filter(|mail| mail.to.starts_with("rosa8")).count(), 0);
    }

    async fn what_does_not_fit_comes_back(app: App) {
        let mut rosa = rosa(&app).await;
        for (address, fault) in [
            ("", "Enter your e-mail address."),
            ("no address", "This is not an e-mail address. It looks like name@example.org."),
            ("ROSA@harbor.test", "You have this address already."),
        ] {
            rosa.add_address(address).await;
            assert_eq!((rosa.status, rosa.fault("email").as_str()), (422, fault), "{address}");
            assert!(rosa.title().starts_with("Error: "), "{}", rosa.title());
        }
        add(&mut rosa, "rosa.kay@gmail.com").await;
        rosa.add_address("rosakay+usher@googlemail.com").await;
        assert_eq!(rosa.fault("email"), "You have this address already.");
    }

    async fn there_are_ten_addresses_at_most(app: App) {
        let mut rosa = rosa(&app).await;
        for number in 0..9 {
            add(&mut rosa, &format!("rosa{number}@quay.test")).await;
        }
        assert_eq!(rows(&mut rosa).await.len(), 10);
        assert!(rosa.attribute("#email", "name").is_none(), "there is nothing more to add");
        app.deliver().await;
        rosa.post_fields("/account/addresses", &[("email", "rosa9@quay.test"), ("password", PASSWORD)]).await;
        assert_eq!(rosa.status, 422);
        assert!(rosa.shows("You have 10 addresses, and more are not possible. Remove one first."), "{}", rosa.text());
        assert!(app.deliver().await.is_empty());
        let remove = way(&mut rosa, "rosa3@quay.test", "remove").await;
        rosa.post_fields(&remove, &[]).await;
        add(&mut rosa, "rosa9@quay.test").await;
    }

    async fn an_address_is_removed_by_a_page_that_asks(app: App) {
        let mut rosa = rosa(&app).await;
        add_confirmed(&app, &mut rosa, "rosa@quay.test").await;
        let ask = way(&mut rosa, "rosa@quay.test", "remove").await;
        rosa.get(&ask).await;
        assert!(rosa.shows("Remove this address?") && rosa.shows("You cannot sign in with it"), "{}", rosa.text());
        assert!(signs_in(&app, "rosa@quay.test").await, "GET changed something");
        let mut tomas = app.browser();
        tomas.sign_up("tomas@harbor.test").await;
        assert_eq!(tomas.get(&ask).await.status, 404, "another's address");
        assert_eq!(tomas.post_fields(&ask, &[]).await.status, 404);

        // Removing an address invalidates password reset links sent to it.
        app.deliver().await;
        app.browser().get("/password/forgot").await.submit("Send me a link", &[("email", "rosa@quay.test")]).await;
        let reset = app.mail_to("rosa@quay.test").await.link();
        assert_eq!(app.browser().get(&reset).await.status, 200);
        rosa.get(&ask).await.submit("Remove", &[]).await;
        assert_eq!(rosa.path, "/account", "{}", rosa.text());
        assert_eq!(rosa.notice(), "Removed. This address is no longer yours here.");
        assert_eq!(rows(&mut rosa).await, ["rosa@harbor.test Confirmed"]);
        assert!(!signs_in(&app, "rosa@quay.test").await);
        assert_eq!(app.browser().get(&reset).await.status, 404);
        assert_eq!(rosa.get(&ask).await.status, 404);
        assert_eq!(app.browser().sign_up("rosa@quay.test").await.path, "/", "it is free again");
    }

    async fn invitations_to_an_address_come_and_go_with_it(app: App) {
        let owner = app.user("olga@harbor.test").await;
        let environment = owner.environment("Harbor staging").await;
        let mut browser = app.browser_of(&owner);
        browser.get(&format!("/environments/{environment}/sharing")).await;
        browser.submit("Invite", &[("userEmail", "rosa@quay.test")]).await;
        let invitation = app.mail_to("rosa@quay.test").await.link();

        let mut rosa = rosa(&app).await;
        add(&mut rosa, "rosa@quay.test").await;
        assert!(!rosa.get("/invitations").await.shows("Harbor staging"), "the address is not confirmed");
        let ask = way(&mut rosa, "rosa@quay.test", "remove").await;
        assert!(!rosa.get(&ask).await.shows("invitation"), "{}", rosa.text());
        let link = app.mail_to("rosa@quay.test").await.link();
        rosa.get(&link).await.submit("Confirm this address", &[]).await;
        assert!(rosa.get("/invitations").await.shows("Harbor staging"), "{}", rosa.text());
        assert!(rosa.get(&ask).await.shows("1 open invitation to it leaves your list."), "{}", rosa.text());
        rosa.submit("Remove", &[]).await;
        assert!(!rosa.get("/invitations").await.shows("Harbor staging"));
        // The offer was made to the address, and stays with it.
        assert!(app.browser().get(&invitation).await.buttons().contains(&"Join".to_owned()));
    }

    async fn adding_and_making_primary_ask_for_the_password(app: App, rate_limits_enabled = true) {
        let mut rosa = rosa(&app).await;
        rosa.get("/account").await.submit("Add this address", &[("email", "rosa@quay.test")]).await;
        assert_eq!((rosa.status, rosa.fault("password").as_str()), (422, "Enter a password."));
        let wrong = [("email", "rosa@quay.test"), ("password", "wrong horse 1")];
        rosa.get("/account").await.submit("Add this address", &wrong).await;
        assert_eq!((rosa.status, rosa.fault("password").as_str()), (422, "This is not your present password."));
        assert_eq!((rosa.value("email").as_str(), rosa.value("password").as_str()), ("rosa@quay.test", ""));
        assert_eq!(rows(&mut rosa).await, ["rosa@harbor.test Confirmed"]);
        add_confirmed(&app, &mut rosa, "rosa@quay.test").await;

        let primary = way(&mut rosa, "rosa@quay.test", "primary").await;
        rosa.get(&primary).await;
        assert!(rosa.shows("Our mails will go to rosa@quay.test instead of rosa@harbor.test"), "{}", rosa.text());
        rosa.submit("Make primary", &[]).await;
        assert_eq!((rosa.status, rosa.fault("password").as_str()), (422, "Enter a password."));
        // Guessing is limited as for sign-in.
        for _ in 0..10 {
            rosa.submit("Make primary", &[("password", "wrong horse 1")]).await;
            assert_eq!((rosa.status, rosa.fault("password").as_str()), (422, "This is not your present password."));
        }
        rosa.submit("Make primary", &[("password", PASSWORD)]).await;
        assert_eq!(rosa.status, 429);
        assert_eq!(rows(&mut rosa).await[0], "rosa@harbor.test Primary Confirmed");
    }
}
