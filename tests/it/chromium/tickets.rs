//! What a phone shows of an invitation without scrolling.

use crate::support::app::PASSWORD;
use crate::support::chromium::{Chromium, Program, Scripts, Window};
use crate::support::mailbox::urls;

/// The first screen of a phone, in CSS pixels.
const PHONE: (u64, f64) = (360, 740.0);

async fn lies_in_the_first_screen(window: &Window, url: &str, button: &str) {
    window.resize(PHONE.0).await;
    window.open(url).await;
    let bottom = window.bottom_of(button).await;
    assert!(bottom <= PHONE.1, "{button} ends at {bottom}:\n{}", window.text().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_answer_lies_in_the_first_screen() {
    let Some(chromium) = Chromium::find() else { return };
    let mut program = Program::start();
    let rosa = chromium.browser("rosa", Scripts::Off).await;
    rosa.open(&program.url("/sign-up")).await;
    for (name, value) in [("fullName", "Rosa Marlow"), ("email", "rosa@harbor.test"), ("password", PASSWORD)] {
        rosa.fill_in(name, value).await;
    }
    rosa.press("Sign up").await;
    rosa.open(&urls(&program.mail_to("rosa@harbor.test").text)[0]).await;
    rosa.press("Confirm this address").await;

    let tomas = chromium.observer("tomas").await;
    tomas.open(&program.url("/sign-up")).await;
    tomas.fill_in("email", "tomas@harbor.test").await;
    tomas.fill_in("password", PASSWORD).await;
    tomas.press("Sign up").await;
    program.mail_to("tomas@harbor.test");
    let guest = chromium.observer("guest").await;
    for (name, slug) in [("North", "north"), ("The keepers of the northern ports and all their tides", "ports")] {
        rosa.open(&program.url("/orgs/new")).await;
        rosa.fill_in("name", name).await;
        rosa.fill_in("slug", slug).await;
        rosa.press("Make the org").await;
        rosa.open(&program.url(&format!("/orgs/{slug}/invitations"))).await;
        rosa.fill_in("userKey", &format!("tomas@harbor.test\nwanda.of.{slug}@quay.test")).await;
        rosa.press("Invite").await;
        let newcomer = urls(&program.mail_to(&format!("wanda.of.{slug}@quay.test")).text).remove(0);
        let known = urls(&program.mail_to("tomas@harbor.test").text).remove(0);
        lies_in_the_first_screen(&guest, &newcomer, "Join").await;
        lies_in_the_first_screen(&guest, &known, "Sign in and accept").await;
        lies_in_the_first_screen(&tomas, &known, "Accept").await;
    }
    for window in [rosa, tomas, guest] {
        window.close().await;
    }
}
