//! Sign-up, sign-in, email verification, password reset.

use super::pages::Pages;
use super::people::{DAY, People};
use crate::support::app::{App, PASSWORD, Set};
use crate::support::browser::Browser;

/// A link in our format that was never mailed.
pub const NONSENSE: &str = "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9v";

/// The pages while there is no superuser.
pub async fn before_the_first_superuser(app: &App, pages: &mut Pages) {
    let path = format!("/setup/{}", app.setup_token().await);
    let mut sofia = app.browser();
    pages.keep("accounts/setup: ready", "The link from the terminal", sofia.get(&path).await);
    let button = sofia.buttons().last().cloned().unwrap();
    let wrong = [("username", "x"), ("fullName", ""), ("email", "sofia at harbor"), ("password", "short")];
    pages.keep_refusal(
        422,
        "accounts/setup: all wrong",
        "Every field has its fault",
        sofia.submit(&button, &wrong).await,
    );
    let fields =
        [("username", "sofia"), ("fullName", "Sofia Brandt"), ("email", "sofia@harbor.test"), ("password", PASSWORD)];
    pages.keep("home: notice setup-done", "The first superuser is in", sofia.submit(&button, &fields).await);
    pages.keep_refusal(404, "accounts/setup: over", "Somebody was faster", app.browser().get(&path).await);
}

pub async fn show(people: &People<'_>, pages: &mut Pages) {
    signing_in(people, pages).await;
    signing_up(people, pages).await;
    forgetting(people, pages).await;
    proving(people, pages).await;
    awaiting_proof(people, pages).await;
    closed(pages).await;
}

async fn signing_in(people: &People<'_>, pages: &mut Pages) {
    let mut visitor = people.app.browser();
    pages.keep("accounts/sign_in: fresh", "Nobody is signed in", visitor.get("/sign-in").await);
    let about = "Led here from a page for members";
    pages.keep("accounts/sign_in: on the way", about, visitor.get("/environments?after=5").await);
    visitor.get("/sign-in").await.submit("Sign in", &[]).await;
    pages.keep_refusal(422, "accounts/sign_in: nothing given", "Nothing was filled in", &visitor);
    for _ in 0..10 {
        visitor.submit("Sign in", &[("email", "captain"), ("password", "a guess 123")]).await;
    }
    pages.keep_refusal(422, "accounts/sign_in: wrong", "Above the form, not beside a field", &visitor);
    visitor.submit("Sign in", &[("email", "captain"), ("password", "a guess 123")]).await;
    pages.keep_refusal(429, "accounts/sign_in: too often", "After ten wrong passwords", &visitor);
    visitor.languages = Some("de");
    pages.keep("accounts/sign_in: german", "In German", visitor.get("/sign-in").await);
    let mut rosa = people.browser_of("rosa").await;
    pages.keep("accounts/sign_in: signed in", "Somebody is signed in already", rosa.get("/sign-in").await);
}

async fn signing_up(people: &People<'_>, pages: &mut Pages) {
    let mut visitor = people.app.browser();
    pages.keep("accounts/sign_up: fresh", "Nobody is signed in", visitor.get("/sign-up").await);
    visitor.submit("Sign up", &[]).await;
    pages.keep_refusal(422, "accounts/sign_up: nothing given", "Nothing was filled in", &visitor);
    let too_long = "x".repeat(101);
    let wrong = [("fullName", too_long.as_str()), ("email", "vera at harbor"), ("password", "short")];
    visitor.get("/sign-up").await.submit("Sign up", &wrong).await;
    pages.keep_refusal(422, "accounts/sign_up: all wrong", "Every field has its fault", &visitor);
    visitor.get("/sign-up").await.submit("Sign up", &[("email", "rosa@harbor.test"), ("password", PASSWORD)]).await;
    pages.keep_refusal(422, "accounts/sign_up: address taken", "There is an account with this address", &visitor);

    people.app.deliver().await;
    let fields = [("fullName", "Vera Holm"), ("email", "vera@harbor.test"), ("password", PASSWORD)];
    visitor.get("/sign-up").await.submit("Sign up", &fields).await;
    pages.keep("home: unverified", "A new account whose address is not confirmed", &visitor);
    let link = people.app.mail_to("vera@harbor.test").await.link();
    let mut stranger = people.app.browser();
    pages.keep("accounts/verify: ready", "The link from the mail, signed out", stranger.get(&link).await);
    pages.keep("accounts/verify: ready, signed in", "The link from the mail, signed in", visitor.get(&link).await);
    visitor.submit("Confirm this address", &[]).await;
    pages.keep("home: notice verified", "The address is confirmed", &visitor);
    pages.keep("accounts/verify: done", "The link once more", stranger.get(&link).await);
    let nonsense = format!("/verify/{NONSENSE}");
    pages.keep_refusal(404, "accounts/verify: unknown", "Signed out", stranger.get(&nonsense).await);
    pages.keep_refusal(404, "accounts/verify: unknown, signed in", "Signed in", visitor.get(&nonsense).await);
    taken(people, &mut visitor, pages).await;
}

/// Two accounts claim one address, and the other confirms it first.
async fn taken<'a>(people: &People<'a>, vera: &mut Browser<'a>, pages: &mut Pages) {
    let mut mara = people.browser_of("mara").await;
    let mut links = Vec::new();
    for browser in [&mut *vera, &mut mara] {
        browser.add_address("office@harbor.test").await;
        links.push(people.app.mail_to("office@harbor.test").await.link());
    }
    let about = "The address goes to an account that is named";
    pages.keep("accounts/verify: another address", about, vera.get(&links[0]).await);
    mara.get(&links[1]).await.submit("Confirm this address", &[]).await;
    let about = "Another account was faster";
    pages.keep_refusal(409, "accounts/verify: taken", about, vera.get(&links[0]).await);
}

async fn forgetting(people: &People<'_>, pages: &mut Pages) {
    let mut visitor = people.app.browser();
    pages.keep("accounts/forgot: fresh", "Nobody is signed in", visitor.get("/password/forgot").await);
    visitor.submit("Send me a link", &[]).await;
    pages.keep_refusal(422, "accounts/forgot: nothing given", "Nothing was filled in", &visitor);
    visitor.get("/password/forgot").await.submit("Send me a link", &[("email", "vera@harbor.test")]).await;
    pages.keep("accounts/forgot: sent", "Says nothing of whether there is such an account", &visitor);
    let link = people.app.mail_to("vera@harbor.test").await.link();
    pages.keep("accounts/reset: ready", "The link from the mail", visitor.get(&link).await);
    visitor.submit("Change the password", &[]).await;
    pages.keep_refusal(422, "accounts/reset: nothing given", "Nothing was filled in", &visitor);
    let differ = [("newPassword", "another horse 2"), ("newPasswordAgain", "another house 2")];
    visitor.get(&link).await.submit("Change the password", &differ).await;
    pages.keep_refusal(422, "accounts/reset: passwords differ", "The two are not the same", &visitor);
    let same = [("newPassword", "another horse 2"), ("newPasswordAgain", "another horse 2")];
    visitor.get(&link).await.submit("Change the password", &same).await;
    pages.keep("accounts/sign_in: notice password-reset", "The way in with the new password", &visitor);
    pages.keep_refusal(410, "accounts/reset: used", "The link once more", visitor.get(&link).await);
    let about = "No link of ours";
    let nonsense = format!("/password/reset/{NONSENSE}");
    pages.keep_refusal(404, "accounts/reset: unknown", about, visitor.get(&nonsense).await);
    visitor.get("/password/forgot").await.submit("Send me a link", &[("email", "mara@harbor.test")]).await;
    let link = people.app.mail_to("mara@harbor.test").await.link();
    people.app.advance(DAY);
    pages.keep_refusal(410, "accounts/reset: expired", "The link a day later", visitor.get(&link).await);
}

/// Another account's verification of an address ends the sessions of this one.
async fn signed_up_twice<'a>(people: &People<'a>, address: &str) -> Browser<'a> {
    people.app.browser().sign_up(address).await;
    let mut second = people.app.browser();
    second.sign_in(address).await;
    second
}

async fn proving(people: &People<'_>, pages: &mut Pages) {
    let mut ylva = signed_up_twice(people, "ylva@harbor.test").await;
    let link = people.app.mail_to("ylva@harbor.test").await.link();
    ylva.get(&link).await.submit("Confirm this address", &[]).await;
    pages.keep("home: notice verified-others-gone", "Somebody else was signed in, too", &ylva);

    let mut ivo = signed_up_twice(people, "ivo@harbor.test").await;
    people.app.deliver().await;
    ivo.get("/password/forgot").await.submit("Send me a link", &[("email", "ivo@harbor.test")]).await;
    let same = [("newPassword", "another horse 2"), ("newPasswordAgain", "another horse 2")];
    let link = people.app.mail_to("ivo@harbor.test").await.link();
    let mut visitor = people.app.browser();
    visitor.get(&link).await.submit("Change the password", &same).await;
    pages.keep("accounts/sign_in: notice password-reset-others-gone", "It proves the mailbox, too", &visitor);

    let mut pia = signed_up_twice(people, "pia@harbor.test").await;
    people.app.deliver().await;
    let mara = people.api_of("mara").await;
    let environment = mara.environment("Tide gauge").await;
    mara.invite(environment, "pia@harbor.test", false).await;
    let link = people.app.mail_to("pia@harbor.test").await.link();
    pia.get(&link).await.submit("Accept", &[]).await;
    pages.keep("environments/show: notice joined-others-gone", "The mailed link proves the mailbox, too", &pia);
}

/// A user who joined by a copied link sees no credentials yet, and gains no other way to sign in.
async fn awaiting_proof(people: &People<'_>, pages: &mut Pages) {
    let mara = people.api_of("mara").await;
    let environment = mara.environment("Tide tables").await;
    let mut host = people.app.browser_of(&mara);
    let sharing = format!("/environments/{environment}/sharing");
    host.get(&sharing).await.submit("Invite", &[("userEmail", "quinn@harbor.test")]).await;
    people.app.deliver().await;
    host.submit("Copy link", &[]).await;
    let link = host.value("link");
    let mut quinn = people.app.browser();
    let link = link.strip_prefix("http://127.0.0.1:8000").unwrap();
    quinn.get(link).await.submit("Join", &[("fullName", "Quinn Ebner"), ("password", PASSWORD)]).await;
    let about = "A copied link made the account: the address is to be confirmed first";
    pages.keep("environments/show: withheld", about, quinn.get(&format!("/environments/{environment}")).await);
    let about = "The address is to be confirmed first";
    pages.keep("account/tokens: unproved", about, quinn.get("/account/tokens").await);
    let about = "Somebody whose address is not confirmed";
    pages.keep("environments/sharing: unconfirmed", about, host.get(&sharing).await);
    let mut api = people.app.api();
    api.log_in("quinn@harbor.test").await;
    let path = format!("/environments/{environment}/owner/confirmed");
    host.post_fields(&path, &[("userId", &api.id.to_string())]).await;
    pages.keep_refusal(409, "errors/error: cannot own", "The chosen one has to confirm the address first", &host);
}

/// An installation with sign-up by invitation only.
async fn closed(pages: &mut Pages) {
    let app = App::start(Set::default().with("sign_up_open", false)).await;
    let mut visitor = app.browser();
    pages.keep("welcome: by invitation", "Signing up is closed", visitor.get("/").await);
    pages.keep("accounts/sign_in: by invitation", "Signing up is closed", visitor.get("/sign-in").await);
    let about = "Signing up is closed";
    pages.keep_refusal(403, "errors/error: sign-up closed", about, visitor.get("/sign-up").await);
}
