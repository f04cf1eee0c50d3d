//! The user's own account: names, addresses, password, picture, sessions, access tokens.

use image::ImageFormat;
use rocket::http::Method;
use serde_json::json;

use super::pages::Pages;
use super::people::{DAY, HOUR, MINUTE, People};
use crate::support::app::{App, PASSWORD, Set};
use crate::support::browser::Browser;
use crate::support::pictures::drawn;
use crate::support::rpc::user_body;

pub async fn show(people: &People<'_>, pages: &mut Pages) {
    let mut oskar = people.browser_of("oskar").await;
    profile(people, &mut oskar, pages).await;
    addresses(people, &mut oskar, pages).await;
    picture(people, &mut oskar, pages).await;
    devices(people, pages).await;
    tokens(people, &mut oskar, pages).await;
    password(people, pages).await;
    without_usernames(pages).await;
}

async fn profile(people: &People<'_>, oskar: &mut Browser<'_>, pages: &mut Pages) {
    pages.keep("account/profile: one address", "With username, no picture", oskar.get("/account").await);
    oskar.languages = Some("de");
    pages.keep("account/profile: german", "In German", oskar.get("/account").await);
    oskar.languages = None;
    oskar.get("/account").await.submit("Save", &[("fullName", ""), ("username", "")]).await;
    pages.keep_refusal(422, "account/profile: names missing", "Both names were emptied", oskar);
    oskar.get("/account").await.submit("Save", &[("username", "rosa")]).await;
    pages.keep_refusal(422, "account/profile: username taken", "Somebody else is called so", oskar);
    oskar.get("/account").await.submit("Save the language", &[("language", "la")]).await;
    pages.keep_refusal(422, "account/profile: language unknown", "A language that is not in the list", oskar);
    oskar.get("/account").await.submit("Save", &[("fullName", "Oskar Lund")]).await;
    pages.keep("account/profile: notice saved", "After a change", oskar);
    for (username, state, about) in [
        ("noa", "right to left", "A Hebrew name"),
        ("baltasar", "long name", "A hundred characters"),
        ("captain", "one long word", "A hundred characters in one word"),
    ] {
        let mut browser = people.browser_of(username).await;
        pages.keep(&format!("account/profile: {state}"), about, browser.get("/account").await);
    }
}

async fn addresses(people: &People<'_>, oskar: &mut Browser<'_>, pages: &mut Pages) {
    let (app, mara) = (people.app, people.api_of("mara").await);
    let add = "Add this address";
    oskar.get("/account").await.submit(add, &[]).await;
    pages.keep_refusal(422, "account/profile: no address given", "Nothing was filled in", oskar);
    oskar.add_address("oskar@harbor.test").await;
    pages.keep_refusal(422, "account/profile: own address", "It is there already", oskar);
    oskar.add_address("oskar@quay.test").await;
    pages.keep("account/profile: notice verification-sent", "A second address waits to be confirmed", oskar);
    let removal = oskar.attribute(".rows a[href$='/remove']", "href").unwrap();
    let about = "It was never confirmed: little is lost";
    pages.keep("account/remove_address: unconfirmed", about, oskar.get(&removal).await);
    oskar.get(&app.mail_to("oskar@quay.test").await.link()).await.submit("Confirm this address", &[]).await;
    pages.keep("account/profile: two addresses", "Both confirmed", oskar.get("/account").await);
    let environment = mara.environment("Quay staging").await;
    mara.invite(environment, "oskar@quay.test", false).await;
    let about = "An invitation waits for the address";
    pages.keep("account/remove_address: confirmed", about, oskar.get(&removal).await);
    oskar.get("/account").await;
    let primary = oskar.attribute(".rows a[href$='/primary']", "href").unwrap();
    let about = "The mails go elsewhere from then on";
    pages.keep("account/primary_address: asked", about, oskar.get(&primary).await);
    oskar.submit("Make primary", &[("password", "wrong horse 1")]).await;
    pages.keep_refusal(422, "account/primary_address: password wrong", "Nothing has changed", oskar);
    oskar.submit("Make primary", &[("password", PASSWORD)]).await;
    pages.keep("account/profile: notice primary-changed", "The second is the first now", oskar);
    let about = "A page that was open too long";
    pages.keep_refusal(409, "errors/error: primary address stays", about, oskar.get(&removal).await);
    oskar.get("/account").await;
    let removal = oskar.attribute(".rows a[href$='/remove']", "href").unwrap();
    oskar.get(&removal).await.submit("Remove", &[]).await;
    pages.keep("account/profile: notice address-removed", "One is left", oskar);
    for number in 1..10 {
        let address = format!("oskar-{number}@quay.test");
        oskar.add_address(&address).await;
    }
    pages.keep("account/profile: addresses full", "There is room for no more", oskar.get("/account").await);
    app.advance(61 * MINUTE);
    oskar.post_fields("/account/addresses", &[("email", "oskar-10@quay.test"), ("password", PASSWORD)]).await;
    pages.keep_refusal(422, "account/profile: one address too many", "The form was sent all the same", oskar);

    let mut ursula = app.browser();
    ursula.sign_up("ursula@harbor.test").await;
    pages.keep("account/profile: unverified", "The address is not confirmed", ursula.get("/account").await);
    app.deliver().await;
}

async fn picture(people: &People<'_>, oskar: &mut Browser<'_>, pages: &mut Pages) {
    pages.keep("account/picture: empty", "Initials stand in its place", oskar.get("/account/picture").await);
    let csrf = oskar.csrf().await;
    let wrong = [("csrf", csrf.as_str()), ("part", "nowhere"), ("percent", "12")];
    oskar.upload("/account/picture", &wrong, None).await;
    pages.keep_refusal(422, "account/picture: all wrong", "Every field has its fault", oskar);
    let fields = [("csrf", csrf.as_str()), ("part", "middle"), ("percent", "100")];
    oskar.upload("/account/picture", &fields, Some(b"no picture")).await;
    pages.keep_refusal(422, "account/picture: unreadable", "No picture at all", oskar);
    let small = drawn(ImageFormat::Png, 100, 100, 50);
    oskar.upload("/account/picture", &fields, Some(&small)).await;
    pages.keep_refusal(422, "account/picture: too small", "A hundred pixels wide", oskar);
    let large = drawn(ImageFormat::Png, 10_001, 200, 50);
    oskar.upload("/account/picture", &fields, Some(&large)).await;
    pages.keep_refusal(422, "account/picture: too large", "Ten thousand pixels and one wide", oskar);
    oskar.upload("/account/picture", &fields, Some(&drawn(ImageFormat::Png, 240, 240, 120))).await;
    pages.keep("account/picture: a picture, notice saved", "A picture is there", oskar);
    pages.keep("account/profile: picture", "With a picture", oskar.get("/account").await);
    pages.keep("account/remove_picture: asked", "Asks first", oskar.get("/account/picture/remove").await);
    // Removes another one: this one still appears on its pages.

    let mut body = user_body("petra");
    body["fullName"] = json!("Petra Lindgren");
    body["picture"] = json!("https://quay.test/petra.png");
    people.sofia.call("user.create", body).await.ok();
    let mut petra = people.browser_of("petra").await;
    pages.keep("account/picture: elsewhere", "A program gave the URL of one", petra.get("/account/picture").await);
    petra.get("/account/picture/remove").await.submit("Remove", &[]).await;
    pages.keep("account/picture: notice picture-removed", "None any more", &petra);
}

/// User agents.
const AGENTS: [&str; 6] = [
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Safari/604.1",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/138.0 Safari/537.36 Edg/138.0",
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/138.0 Mobile Safari/537.36",
    "curl/8.14.1",
    "the harbour's own crane control, in a version that nobody has heard of",
];

/// Flushes pending writes: the last use of a session is recorded after the response, and before the next write.
pub async fn settle(browser: &mut Browser<'_>) {
    browser.get("/account").await.submit("Save the language", &[]).await;
    assert_eq!(browser.status, 200, "{}", browser.text());
}

async fn devices(people: &People<'_>, pages: &mut Pages) {
    let mut layla = people.browser_of("layla").await;
    pages.keep("account/sessions: one", "This one alone", layla.get("/account/sessions").await);
    let body = format!(r#"{{"email":"layla@harbor.test","password":"{PASSWORD}"}}"#);
    for number in 0..51 {
        let mut device = people.app.api();
        device.remote = Some(([203, 0, 113, 7 + number], 4000).into());
        let agent = AGENTS[usize::from(number) % AGENTS.len()];
        let headers = [("Content-Type", "application/json"), ("User-Agent", agent)];
        assert_eq!(device.send(Method::Post, "/api/users/login", &headers, &body).await.status, 200);
        people.app.advance(5 * MINUTE);
        if number == 5 {
            people.app.rpc_as("layla").await;
            settle(&mut layla).await;
            pages.keep("account/sessions: some", "Browsers and a program", layla.get("/account/sessions").await);
        }
    }
    settle(&mut layla).await;
    pages.keep("account/sessions: many", "Fifty of fifty-three", layla.get("/account/sessions").await);
    let more = layla.attribute("nav.pages a:last-child", "href").unwrap();
    pages.keep("account/sessions: many, later page", "The first ones", layla.get(&more).await);
    let about = "A part that was left over";
    pages.keep("account/sessions: many, end", about, layla.get("/account/sessions?before=1").await);
    layla.get("/account/sessions").await.submit("End", &[]).await;
    pages.keep("account/sessions: notice session-ended", "One less", &layla);
    layla.submit("End all others", &[]).await;
    pages.keep("account/sessions: notice sessions-ended", "This one alone", &layla);
    activity(&mut layla, pages).await;
}

async fn activity(layla: &mut Browser<'_>, pages: &mut Pages) {
    pages.keep("account/activity: many", "Sign-ins and their ends", layla.get("/account/activity").await);
    let more = layla.attribute("nav.pages a:last-child", "href").unwrap();
    pages.keep("account/activity: many, later page", "The first events", layla.get(&more).await);
    pages.keep("account/activity: many, end", "Before everything", layla.get("/account/activity?before=1").await);
    layla.languages = Some("de");
    pages.keep("account/activity: many, german", "The same in German", layla.get("/account/activity").await);
    layla.languages = None;
    let about = "Nothing was found";
    pages.keep("account/activity: nothing found", about, layla.get("/account/activity?kind=system").await);
    let about = "A day that there is not";
    pages.keep_refusal(422, "account/activity: wrong day", about, layla.get("/account/activity?to=2026-13-01").await);
}

async fn tokens(people: &People<'_>, oskar: &mut Browser<'_>, pages: &mut Pages) {
    let make = "Make a token";
    pages.keep("account/tokens: empty", "None yet", oskar.get("/account/tokens").await);
    oskar.submit(make, &[("expiresInSeconds", "1"), ("password", "wrong horse 1")]).await;
    pages.keep_refusal(422, "account/tokens: all wrong", "No name, and a life that is not in the list", oskar);
    oskar.make_token("Nightly backup").await;
    pages.keep("account/tokens: fresh", "The token is shown once", oskar);
    let mut program = people.app.rpc();
    program.token = oskar.attribute("#token", "value");
    people.app.advance(HOUR);
    program.id().await;
    settle(oskar).await;
    people.app.advance(2 * HOUR);
    oskar.get("/account/tokens").await;
    let revoke = oskar.attribute("tbody a", "href").unwrap();
    pages.keep("account/revoke_token: used", "It was used", oskar.get(&revoke).await);
    for name in ["Crane control", "מלגזה", super::people::LONG_NAME, super::people::LONG_WORD] {
        oskar
            .get("/account/tokens")
            .await
            .submit(make, &[("name", name), ("expiresInSeconds", "31536000"), ("password", PASSWORD)])
            .await;
    }
    people.app.advance(DAY);
    pages.keep(
        "account/tokens: some",
        "Used and unused, long and right-to-left names",
        oskar.get("/account/tokens").await,
    );
    let unused = oskar.attribute("tbody a", "href").unwrap();
    pages.keep("account/revoke_token: unused", "It was never used", oskar.get(&unused).await);
    pages.keep("account/tokens: notice token-revoked", "One less", oskar.submit("Revoke", &[]).await);
    for number in 0..46 {
        let name = format!("Crane {number}");
        people
            .send(oskar, "/account/tokens", &[("name", &name), ("expiresInSeconds", "2592000"), ("password", PASSWORD)])
            .await;
    }
    oskar.make_token("One too many").await;
    pages.keep_refusal(422, "account/tokens: full", "There is room for no more", oskar);
}

async fn password(people: &People<'_>, pages: &mut Pages) {
    let mut mara = people.browser_of("mara").await;
    let change = "Change the password";
    mara.get("/account").await.submit(change, &[]).await;
    pages.keep_refusal(422, "account/profile: no password given", "Nothing was filled in", &mara);
    let wrong = [("oldPassword", "a guess 123"), ("newPassword", PASSWORD), ("newPasswordAgain", PASSWORD)];
    mara.get("/account").await.submit(change, &wrong).await;
    pages.keep_refusal(422, "account/profile: password wrong", "The present one is another", &mara);
    let same = [("oldPassword", PASSWORD), ("newPassword", PASSWORD), ("newPasswordAgain", PASSWORD)];
    mara.get("/account").await.submit(change, &same).await;
    pages.keep("account/profile: notice password-changed", "All other devices are signed out", &mara);
    mara.submit("Sign out", &[]).await;
    pages.keep("welcome: notice signed-out", "Just signed out", &mara);
}

/// An installation without usernames.
async fn without_usernames(pages: &mut Pages) {
    let app = App::start(Set::default().with("usernames_enabled", false)).await;
    let api = app.user("rosa@harbor.test").await;
    let mut rosa = app.browser_of(&api);
    pages.keep("account/profile: no usernames", "The installation has none", rosa.get("/account").await);
}
