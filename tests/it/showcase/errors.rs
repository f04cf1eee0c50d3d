//! Error pages. Those of an unavailable database (503) and an internal error (500) cannot be reached through the front
//! door.

use rocket::http::Method;

use super::pages::Pages;
use super::people::People;

pub async fn show(people: &People<'_>, pages: &mut Pages) {
    let mut visitor = people.app.browser();
    let about = "Nothing is at this address";
    pages.keep_refusal(404, "errors/error: 404", about, visitor.get("/nowhere").await);
    visitor.languages = Some("de");
    pages.keep_refusal(404, "errors/error: 404, german", "The same in German", visitor.get("/nowhere").await);
    let mut tomas = people.browser_of("tomas").await;
    tomas.get("/account").await.post("/account", "fullName=Somebody").await;
    pages.keep_refusal(403, "errors/error: form too old", "A form without its token", &tomas);
    tomas.post("/account", &"x".repeat(70_000)).await;
    pages.keep_refusal(413, "errors/error: 413", "More than a form may hold", &tomas);
    let headers = [
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Cookie", &tomas.cookies()),
        ("Origin", "https://evil.test"),
    ];
    let answer = people.app.api().send(Method::Post, "/account", &headers, "fullName=Somebody").await;
    pages.keep_answer(403, "errors/error: form from elsewhere", "A form from another site", "/account", answer);
    let rosa = people.api_of("rosa").await;
    let id = rosa.environment("Owners stay").await;
    let mut rosa = people.app.browser_of(&rosa);
    let leave = format!("/environments/{id}/leave");
    pages.keep_refusal(409, "errors/error: owner stays", "An owner hands over first", rosa.get(&leave).await);
    let about = "Nothing to it for a stranger";
    pages.keep_refusal(403, "errors/error: 403, environment", about, tomas.get(&format!("/environments/{id}")).await);
}
