//! A form that comes after its session has ended, in a real browser: it says itself that it comes from our page, and sends
//! the same form again after a 307.

use super::fits;
use crate::support::app::PASSWORD;
use crate::support::chromium::{Chromium, Program, Scripts, Window};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_typed_is_sent_after_signing_in_there_without_scripts() {
    late(Scripts::Off).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_typed_is_sent_after_signing_in_there_with_scripts() {
    late(Scripts::On).await;
}

async fn sign_in(window: &Window, program: &Program) {
    window.open(&program.url("/sign-in")).await;
    window.fill_in("email", "rosa@harbor.test").await;
    window.fill_in("password", PASSWORD).await;
    window.press("Sign in").await;
}

async fn late(scripts: Scripts) {
    let Some(chromium) = Chromium::find() else { return };
    let program = Program::start();
    let rosa = chromium.browser("rosa", scripts).await;
    rosa.open(&program.url("/sign-up")).await;
    rosa.fill_in("email", "rosa@harbor.test").await;
    rosa.fill_in("password", PASSWORD).await;
    rosa.press("Sign up").await;
    rosa.open(&program.url("/environments/new")).await;
    for (name, value) in super::ENVIRONMENT {
        rosa.fill_in(name, value).await;
    }
    // Another device ends all other sessions.
    let elsewhere = chromium.browser("elsewhere", scripts).await;
    sign_in(&elsewhere, &program).await;
    elsewhere.open(&program.url("/account/sessions")).await;
    elsewhere.press("End all others").await;
    rosa.press("Make the environment").await;
    rosa.sees("You were signed out meanwhile").await;
    rosa.sees("Nothing was sent, nothing is lost.").await;
    fits(&rosa).await;
    rosa.fill_in("againPassword", "wrong horse 1").await;
    rosa.press("Sign in and send").await;
    rosa.sees("This password is wrong.").await;
    fits(&rosa).await;
    rosa.fill_in("againPassword", PASSWORD).await;
    rosa.press("Sign in and send").await;
    rosa.sees("Harbor staging").await;
    assert!(rosa.path().await.starts_with("/environments/"), "{}", rosa.path().await);
    rosa.press("Reveal credentials").await;
    rosa.sees("s3cr3t/harbor+1/that-is-as-long-as-such-keys-are").await;
    rosa.close().await;
    elsewhere.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reload_and_back_send_nothing_again() {
    let Some(chromium) = Chromium::find() else { return };
    let program = Program::start();
    let rosa = chromium.browser("rosa", Scripts::On).await;
    rosa.open(&program.url("/sign-up")).await;
    rosa.fill_in("email", "rosa@harbor.test").await;
    rosa.fill_in("password", "short").await;
    rosa.press("Sign up").await;
    rosa.fill_in("password", PASSWORD).await;
    rosa.press("Sign up").await;
    rosa.open(&program.url("/account")).await;
    rosa.fill_in("oldPassword", "wrong horse 1").await;
    rosa.press("Change the password").await;
    rosa.sees("Please check").await;
    assert_eq!(rosa.path().await, "/account", "the path takes no GET");
    rosa.reload().await;
    assert_eq!(rosa.path().await, "/account");
    let text = rosa.text().await;
    assert!(!text.contains("Please check"), "sent again: {text}");
    rosa.open(&program.url("/environments")).await;
    rosa.back().await;
    assert_eq!(rosa.path().await, "/account");
    rosa.sees("Change the password").await;
    rosa.close().await;
}
