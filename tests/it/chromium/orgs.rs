//! The story of an org: created, given a role, three people invited at once, one of them new.

use super::{fits, program_link};
use crate::support::app::PASSWORD;
use crate::support::chromium::{Chromium, Program, Scripts, Window};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_story_goes_without_scripts() {
    story(Scripts::Off).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_story_goes_with_scripts() {
    story(Scripts::On).await;
}

/// Signs up and confirms the address.
async fn join_usher(window: &Window, program: &mut Program, name: &str, address: &str) {
    window.open(&program.url("/sign-up")).await;
    window.fill_in("fullName", name).await;
    window.fill_in("email", address).await;
    window.fill_in("password", PASSWORD).await;
    window.press("Sign up").await;
    let link = program_link(program, address);
    window.open(&program.url(&link)).await;
    window.press("Confirm this address").await;
}

async fn story(scripts: Scripts) {
    let Some(chromium) = Chromium::find() else { return };
    let mut program = Program::start();
    let tomas = chromium.browser("tomas", scripts).await;
    join_usher(&tomas, &mut program, "Tomas Vale", "tomas@harbor.test").await;
    let rosa = chromium.browser("rosa", scripts).await;
    join_usher(&rosa, &mut program, "Rosa Marlow", "rosa@harbor.test").await;

    rosa.open(&program.url("/orgs/new")).await;
    fits(&rosa).await;
    rosa.fill_in("name", "Northern ports and their tides").await;
    rosa.fill_in("slug", "north").await;
    rosa.press("Make the org").await;
    rosa.sees("Northern ports and their tides").await;
    fits(&rosa).await;
    rosa.press("Roles").await;
    for permission in ["tides.read", "tides.write"] {
        rosa.press("New permission").await;
        fits(&rosa).await;
        rosa.fill_in("name", permission).await;
        rosa.press("Make the permission").await;
        rosa.sees(permission).await;
    }
    rosa.press("New role").await;
    rosa.fill_in("name", "harbor-master").await;
    rosa.tick("tides.read").await;
    rosa.tick("tides.write").await;
    fits(&rosa).await;
    rosa.press("Make the role").await;
    rosa.sees("harbor-master").await;
    fits(&rosa).await;

    rosa.press("Invitations").await;
    fits(&rosa).await;
    rosa.fill_in("userKey", "tomas@harbor.test\nines.of.the.northern.ports@harbor.test\nnobody@harbor,test@").await;
    rosa.tick("harbor-master").await;
    rosa.press("Invite").await;
    rosa.sees("Invited: tomas@harbor.test, ines.of.the.northern.ports@harbor.test.").await;
    rosa.sees("nobody@harbor").await;
    rosa.sees("were not invited. They stand here still.").await;
    fits(&rosa).await;

    let mail = program.mail_to("ines.of.the.northern.ports@harbor.test");
    assert!(mail.text.contains("- the role harbor-master"), "{}", mail.text);
    let link = crate::support::mailbox::urls(&mail.text).remove(0);
    let ines = chromium.browser("ines", scripts).await;
    ines.open(&link).await;
    ines.sees("Rosa Marlow (rosa@harbor.test) invites you to").await;
    ines.sees("Northern ports and their tides").await;
    ines.unfold("What will I see?").await;
    ines.sees("harbor-master").await;
    fits(&ines).await;
    ines.fill_in("fullName", "Ines Holm").await;
    ines.fill_in("password", PASSWORD).await;
    ines.press("Join").await;
    ines.sees("Welcome! You are in.").await;
    assert_eq!(ines.path().await, "/orgs/north");
    ines.sees("harbor-master").await;
    fits(&ines).await;

    rosa.open(&program.url("/orgs/north/members")).await;
    rosa.sees("Ines Holm").await;
    rosa.sees("harbor-master").await;
    fits(&rosa).await;
    for window in [rosa, tomas, ines] {
        window.close().await;
    }
}
