//! Forms that come after their sign-in has ended.

use super::pages::Pages;
use super::people::People;
use crate::support::browser::Browser;

pub async fn show(people: &People<'_>, pages: &mut Pages) {
    let mut mara = people.browser_of("mara").await;
    mara.says_same_origin = true;
    let token = mara.get("/environments/new").await.csrf().await;
    let visitor = mara.cookie("usher_visitor").unwrap().to_owned();
    let fields = [
        ("csrf", token.as_str()),
        ("envName", "Harbor of Mara"),
        ("accessKey", "AKHARBOR01"),
        ("secretKey", "s3cr3t/harbor+1"),
        ("region", "eu-west-1"),
    ];
    let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let mut signed_out = of_the_same_browser(people, &visitor);
    signed_out.post("/environments/new", &form).await;
    pages.keep_refusal(409, "forms/again: signed out", "The session has ended since the page was loaded", &signed_out);
    signed_out.submit("Sign in and send", &[("againPassword", "wrong horse 1")]).await;
    pages.keep_refusal(422, "forms/again: wrong password", "Nothing is lost by a wrong password", &signed_out);
    signed_out.languages = Some("de");
    signed_out.post("/environments/new", &form).await;
    pages.keep_refusal(409, "forms/again: signed out, german", "The same in German", &signed_out);

    let lines = format!("csrf={token}&oldPassword=x&text=DB_HOST=quay%0ADB_NAME=tides&isAdmin=true&isAdmin=false");
    let mut of_another = of_the_same_browser(people, &visitor);
    of_another.sign_in("tomas").await.post("/environments/import", &lines).await;
    let about = "Somebody else has signed in since; several lines, and a password that is typed again";
    pages.keep_refusal(409, "forms/again: other account", about, &of_another);

    let mut again = of_the_same_browser(people, &visitor);
    again.sign_in("mara").await.post("/account/language", &format!("csrf={token}&language=en")).await;
    let about = "The same person has signed in again since; there is nothing to type";
    pages.keep_refusal(409, "forms/again: other session", about, &again);
    again.upload("/account/picture", &[("csrf", &token)], Some(b"picture")).await;
    pages.keep_refusal(409, "forms/again: file", "A file is chosen once more", &again);
    signed_out.languages = None;
    signed_out.upload("/account/picture", &[("csrf", &token)], Some(b"picture")).await;
    pages.keep_refusal(409, "forms/again: file, signed out", "By way of signing in", &signed_out);
}

fn of_the_same_browser<'a>(people: &People<'a>, visitor: &str) -> Browser<'a> {
    let mut browser = people.app.browser();
    browser.says_same_origin = true;
    browser.set_cookie("usher_visitor", visitor);
    browser
}
