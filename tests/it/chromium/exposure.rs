//! Somebody leaves: what they know is listed, and changed.

use serde_json::{Value, json};

use super::{ENVIRONMENT, fits, program_link};
use crate::support::app::PASSWORD;
use crate::support::chromium::{Chromium, Program, Scripts};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_story_goes_without_scripts() {
    story(Scripts::Off).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_story_goes_with_scripts() {
    story(Scripts::On).await;
}

/// An answer to somebody's program.
fn asked(program: &Program, user: &str, path: &str) -> Value {
    let login = json!({ "userKey": user, "password": PASSWORD });
    let mut answer = ureq::post(program.url("/api/v1/session.create")).send_json(login).unwrap();
    let token = answer.body_mut().read_json::<Value>().unwrap()["token"].as_str().unwrap().to_owned();
    let request = ureq::get(program.url(path)).header("Authorization", format!("Bearer {token}"));
    request.call().unwrap().body_mut().read_json().unwrap()
}

/// The secrets that programs are told to change.
fn exposed(program: &Program) -> Vec<(String, String)> {
    let answer = asked(program, "rosa@harbor.test", "/api/environments/1/exposure");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    answer["exposed"].as_array().unwrap().iter().map(|entry| (text(&entry["field"]), text(&entry["way"]))).collect()
}

async fn story(scripts: Scripts) {
    let Some(chromium) = Chromium::find() else { return };
    let mut program = Program::start();
    let rosa = chromium.browser("rosa", scripts).await;
    rosa.open(&program.url("/sign-up")).await;
    rosa.fill_in("fullName", "Rosa Marlow").await;
    rosa.fill_in("email", "rosa@harbor.test").await;
    rosa.fill_in("password", PASSWORD).await;
    rosa.press("Sign up").await;
    let link = program_link(&mut program, "rosa@harbor.test");
    rosa.open(&program.url(&link)).await;
    rosa.press("Confirm this address").await;
    rosa.press("New environment").await;
    for (name, value) in ENVIRONMENT {
        rosa.fill_in(name, value).await;
    }
    rosa.press("Make the environment").await;
    rosa.sees("Harbor staging").await;
    rosa.press("Sharing").await;
    rosa.fill_in("userEmail", "tomas@harbor.test").await;
    rosa.press("Invite").await;

    let link = program_link(&mut program, "tomas@harbor.test");
    let tomas = chromium.browser("tomas", scripts).await;
    tomas.open(&program.url(&link)).await;
    tomas.fill_in("fullName", "Tomas Vale").await;
    tomas.fill_in("password", PASSWORD).await;
    tomas.press("Join").await;
    tomas.press("Reveal credentials").await;
    tomas.sees("salt-water").await;
    assert_eq!(asked(&program, "tomas@harbor.test", "/api/environments/1")["pass"], "salt-water");

    // One secret is replaced while he is in.
    rosa.open(&program.url("/environments/1/secrets")).await;
    rosa.sees("Tomas Vale").await;
    fits(&rosa).await;
    rosa.press("Replace credentials").await;
    rosa.fill_in("pass", "tides-2027").await;
    fits(&rosa).await;
    rosa.press("Replace").await;
    rosa.sees("database password").await;

    rosa.open(&program.url("/environments/1/sharing")).await;
    rosa.sees("Tomas Vale").await;
    fits(&rosa).await;
    rosa.press("Remove").await;
    rosa.sees("Tomas Vale knows these secrets in their present form").await;
    rosa.sees("Not seen since the last change: database password.").await;
    fits(&rosa).await;
    rosa.press("Remove").await;
    rosa.open(&program.url("/environments/1")).await;
    rosa.sees("3 secrets are known to people who are out:").await;
    fits(&rosa).await;
    rosa.open(&program.url("/")).await;
    rosa.sees("To be changed").await;
    rosa.open(&program.url("/environments/1/secrets")).await;
    rosa.sees("Known to people who are out").await;
    rosa.sees("access key and secret key: seen on a page").await;
    rosa.sees("database user: seen by a program").await;
    fits(&rosa).await;
    let ways = [("accessKey", "page"), ("secretKey", "page"), ("user", "json")];
    assert_eq!(exposed(&program), ways.map(|(field, way)| (field.to_owned(), way.to_owned())));

    rosa.press("Replace credentials").await;
    for (name, value) in [("accessKey", "AKHARBOR02"), ("secretKey", "s3cr3t/harbor+2"), ("user", "writer")] {
        rosa.fill_in(name, value).await;
    }
    rosa.press("Replace").await;
    rosa.open(&program.url("/environments/1/secrets")).await;
    rosa.sees("Nobody without access knows any of the present secrets.").await;
    assert_eq!(exposed(&program), []);
    rosa.close().await;
    tomas.close().await;
}
