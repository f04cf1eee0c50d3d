//! The main story in a real browser with the real program, from an empty folder to an accepted invitation, in a 320
//! pixel window.

mod exposure;
mod late;
mod orgs;
mod tickets;

use crate::support::app::PASSWORD;
use crate::support::chromium::{Chromium, NARROW, Program, Scripts, Window};

const ENVIRONMENT: [(&str, &str); 10] = [
    ("envName", "Harbor staging"),
    ("accessKey", "AKHARBOR01"),
    ("secretKey", "s3cr3t/harbor+1/that-is-as-long-as-such-keys-are"),
    ("region", "eu-west-1"),
    ("bucket", "harbor-logs-of-the-northern-ports-and-their-tides"),
    ("dbName", "tides"),
    ("host", "tides.cluster-0123456789ab.eu-west-1.rds.harbor.test"),
    ("user", "reader"),
    ("pass", "salt-water"),
    ("instance", "tides-1"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_story_goes_without_scripts() {
    story(Scripts::Off).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_story_goes_with_scripts() {
    story(Scripts::On).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_account_fits_a_narrow_window() {
    let Some(chromium) = Chromium::find() else { return };
    let mut program = Program::start();
    let rosa = chromium.browser("rosa", Scripts::On).await;
    rosa.open(&program.url("/sign-up")).await;
    rosa.fill_in("fullName", "Rosa Marlow").await;
    rosa.fill_in("email", "rosa.with.a.long.name.of.her.own@harbor.test").await;
    rosa.fill_in("password", PASSWORD).await;
    rosa.press("Sign up").await;
    let mail = program.mail_to("rosa.with.a.long.name.of.her.own@harbor.test");
    rosa.open(&crate::support::mailbox::urls(&mail.text)[0]).await;
    rosa.press("Confirm this address").await;
    rosa.open(&program.url("/account")).await;
    rosa.fill_in("email", "rosa.with.a.name.that.is.longer.still@northern-ports-and-their-tides.harbor.test").await;
    rosa.fill_in("password", PASSWORD).await;
    rosa.press("Add this address").await;
    rosa.sees("northern-ports-and-their-tides").await;
    fits(&rosa).await;
    rosa.press("Remove").await;
    rosa.sees("Remove this address?").await;
    fits(&rosa).await;
    for path in ["/account/picture", "/account/picture/remove", "/account/sessions"] {
        rosa.open(&program.url(path)).await;
        fits(&rosa).await;
    }
    rosa.open(&program.url("/account/tokens")).await;
    fits(&rosa).await;
    rosa.fill_in("name", "NightlyBackupOfAllThatIsInTheNorthernPortsAndTheirTides").await;
    rosa.fill_in("password", PASSWORD).await;
    rosa.press("Make a token").await;
    rosa.sees("It is shown only this once.").await;
    rosa.sees("Copy").await;
    fits(&rosa).await;
    rosa.press("Revoke").await;
    rosa.sees("Revoke this token?").await;
    fits(&rosa).await;
    rosa.close().await;
}

async fn story(scripts: Scripts) {
    let Some(chromium) = Chromium::find() else { return };
    let mut program = Program::start();

    let rosa = chromium.browser("rosa", scripts).await;
    rosa.open(&program.url("/")).await;
    fits(&rosa).await;
    rosa.press("Sign up").await;
    fits(&rosa).await;
    rosa.fill_in("fullName", "Rosa Marlow").await;
    rosa.fill_in("email", "rosa@harbor.test").await;
    rosa.fill_in("password", "short").await;
    rosa.press("Sign up").await;
    rosa.sees("Use 8 to 64 characters.").await;
    fits(&rosa).await;
    rosa.fill_in("password", PASSWORD).await;
    rosa.press("Sign up").await;
    rosa.sees("Hello, Rosa Marlow").await;
    fits(&rosa).await;

    let link = program_link(&mut program, "rosa@harbor.test");
    rosa.open(&program.url(&link)).await;
    fits(&rosa).await;
    rosa.press("Confirm this address").await;
    rosa.sees("Your address is confirmed.").await;

    rosa.press("New environment").await;
    fits(&rosa).await;
    for (name, value) in ENVIRONMENT {
        rosa.fill_in(name, value).await;
    }
    rosa.press("Make the environment").await;
    rosa.sees("Harbor staging").await;
    fits(&rosa).await;
    let environment = rosa.path().await;

    rosa.press("Sharing").await;
    fits(&rosa).await;
    rosa.fill_in("userEmail", "tomas.with.a.long.name.of.his.own@harbor.test").await;
    rosa.press("Invite").await;
    rosa.sees("tomas.with.a.long.name.of.his.own@harbor.test").await;
    fits(&rosa).await;

    let link = program_link(&mut program, "tomas.with.a.long.name.of.his.own@harbor.test");
    let tomas = chromium.browser("tomas", scripts).await;
    tomas.open(&program.url(&link)).await;
    tomas.sees("Rosa Marlow (rosa@harbor.test) invites you to").await;
    tomas.sees("Harbor staging").await;
    fits(&tomas).await;
    tomas.fill_in("fullName", "Tomas Vale").await;
    tomas.fill_in("password", PASSWORD).await;
    tomas.press("Join").await;
    tomas.sees("Welcome! You are in.").await;
    assert_eq!(tomas.path().await, environment);
    fits(&tomas).await;
    tomas.press("Reveal credentials").await;
    for secret in ["AKHARBOR01", "s3cr3t/harbor+1/that-is-as-long-as-such-keys-are", "reader", "salt-water"] {
        tomas.sees(secret).await;
    }
    fits(&tomas).await;
    // Elements that need a script are visible only with scripts.
    assert_eq!(tomas.text().await.contains("Copy"), scripts == Scripts::On);

    let mail = program.mail_to("rosa@harbor.test");
    assert!(mail.text.contains("Tomas Vale"), "{}", mail.text);
    rosa.open(&program.url(&format!("{environment}/sharing"))).await;
    rosa.sees("Tomas Vale").await;
    fits(&rosa).await;
    rosa.press("Activity").await;
    rosa.sees("looked at the credentials").await;
    fits(&rosa).await;

    rosa.close().await;
    tomas.close().await;
}

/// The path of the link in the next mail to an address.
fn program_link(program: &mut Program, address: &str) -> String {
    let mail = program.mail_to(address);
    let base = program.url("");
    let link = crate::support::mailbox::urls(&mail.text).remove(0);
    link.strip_prefix(&base).unwrap_or_else(|| panic!("a foreign URL: {link}")).to_owned()
}

/// No horizontal scrolling.
async fn fits(window: &Window) {
    let (seen, whole) = window.widths().await;
    assert_eq!(seen, NARROW);
    assert!(whole <= seen, "{} is {whole} pixels wide", window.path().await);
}
