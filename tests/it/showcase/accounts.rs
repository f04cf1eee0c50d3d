//! Making an account, signing in, proving a mailbox, a new password.

use super::pages::Pages;
use crate::support::app::{App, PASSWORD};

/// What there is while nobody administers the installation.
pub async fn before_the_first_superuser(app: &App, pages: &mut Pages) {
    let path = format!("/setup/{}", app.setup_token().await);
    let mut sofia = app.browser();
    pages.keep("accounts/setup: ready", "The link from the terminal", sofia.get(&path).await);
    let fields =
        [("username", "sofia"), ("fullName", "Sofia Brandt"), ("email", "sofia@harbor.test"), ("password", PASSWORD)];
    let button = sofia.buttons().last().cloned().unwrap();
    pages.keep("home: notice setup-done", "The first superuser is in", sofia.submit(&button, &fields).await);
}

pub async fn show(app: &App, pages: &mut Pages) {
    let mut visitor = app.browser();
    pages.keep("accounts/sign_in: fresh", "Nobody is signed in", visitor.get("/sign-in").await);
    pages.keep("accounts/sign_up: fresh", "Nobody is signed in", visitor.get("/sign-up").await);
}
