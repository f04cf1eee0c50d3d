//! The visitor's open invitations, and the form for a code.

use serde_json::json;

use super::invitations::Inviter;
use super::pages::Pages;
use super::people::{DAY, HOUR, LONG_TITLE, LONG_TITLE_WORD, MINUTE, address};
use crate::support::api::code_of;

pub async fn show(inviter: &Inviter<'_>, pages: &mut Pages) {
    list(inviter, pages).await;
    codes(inviter, pages).await;
}

async fn list(inviter: &Inviter<'_>, pages: &mut Pages) {
    let people = inviter.people;
    let mut jonas = people.browser_of("jonas.okafor").await;
    pages.keep("invitations/list: empty", "Nothing waits", jonas.get("/invitations").await);
    inviter.api.invite(inviter.environment, &address("jonas.okafor"), false).await;
    pages.keep("invitations/list: one", "One waits", jonas.get("/invitations").await);
    for (username, name) in [("noa", "Haifa pier"), ("baltasar", "Castle pier"), ("captain", "Long pier")] {
        let api = people.api_of(username).await;
        let environment = api.environment(name).await;
        api.invite(environment, &address("jonas.okafor"), username == "noa").await;
        inviter.app.advance(40 * MINUTE);
    }
    let captain = inviter.app.rpc_as("captain").await;
    for (number, name) in [LONG_TITLE, LONG_TITLE_WORD, "נמל אשדוד"].into_iter().enumerate() {
        let made = captain.call("org.create", json!({ "name": name, "slug": format!("wide-{number}") })).await.ok();
        let body = json!({ "userKey": "jonas.okafor", "orgId": made["org"]["id"] });
        captain.call("user.invite", body).await.plain();
    }
    inviter.app.deliver().await;
    let about = "Environments and orgs; long and right-to-left names";
    pages.keep("invitations/list: some", about, jonas.get("/invitations").await);
    jonas.languages = Some("de");
    pages.keep("invitations/list: some, german", "The same in German", jonas.get("/invitations").await);
    pages.keep("home: invitations, german", "What waits, in German", jonas.get("/").await);
    jonas.languages = None;
    pages.keep("home: invitations", "What waits comes first", jonas.get("/").await);
    jonas.get("/invitations").await.submit("Decline", &[]).await;
    pages.keep("invitations/list: notice declined", "One less", &jonas);

    let greta = people.api_of("greta.okafor").await;
    for number in 0..51 {
        let environment = greta.environment(&format!("Slipway {number}")).await;
        greta.invite(environment, &address("femi.okafor"), false).await;
        if number % 10 == 9 {
            inviter.app.advance(61 * MINUTE);
        }
    }
    let mut femi = people.browser_of("femi.okafor").await;
    pages.keep("invitations/list: many", "Fifty of fifty-one", femi.get("/invitations").await);
    let more = femi.attribute("nav.pages a", "href").unwrap();
    pages.keep("invitations/list: many, later page", "The last one", femi.get(&more).await);
    let about = "A part that was left over";
    pages.keep("invitations/list: many, end", about, femi.get("/invitations?before=1").await);
    pages.keep("home: many invitations", "More than a page of them waits", femi.get("/").await);
    inviter.app.deliver().await;

    let mut newcomer = inviter.app.browser();
    newcomer.sign_up("umberto@harbor.test").await;
    let about = "The address is not confirmed: nothing is shown";
    pages.keep("invitations/list: unverified", about, newcomer.get("/invitations").await);
    while newcomer.status == 200 {
        newcomer.get("/invitations").await.submit("Send the mail again", &[]).await;
    }
    let about = "The mail was asked for too often";
    pages.keep_refusal(429, "errors/error: 429", about, &newcomer);
    inviter.app.deliver().await;
}

async fn codes(inviter: &Inviter<'_>, pages: &mut Pages) {
    let people = inviter.people;
    let mut clara = people.browser_of("clara.novak").await;
    clara.get("/invitations").await.submit("Use the code", &[]).await;
    pages.keep_refusal(422, "invitations/list: no code given", "Nothing was filled in", &clara);
    clara.get("/invitations").await.submit("Use the code", &[("inviteCode", "no code")]).await;
    pages.keep_refusal(422, "invitations/list: no code", "Eight digits or letters it is not", &clara);
    let invited = inviter.api.invite(inviter.environment, &address("clara.novak"), false).await;
    let code = code_of(&invited).to_owned();
    people.app.deliver().await;
    let mut slow = people.browser_of("clara.novak").await;
    slow.get("/invitations").await;
    people.app.advance(DAY + HOUR);
    slow.submit("Accept", &[]).await;
    let about = "The invitation expired while the page was open";
    pages.keep_refusal(404, "errors/error: 404, invitation", about, &slow);
    clara.get("/invitations").await.submit("Use the code", &[("inviteCode", &code)]).await;
    pages.keep_refusal(422, "invitations/list: code expired", "A day later", &clara);
    let invited = inviter.api.invite(inviter.environment, &address("clara.novak"), false).await;
    let code = code_of(&invited).to_owned();
    clara.get("/invitations").await.submit("Accept", &[]).await;
    clara.get("/invitations").await.submit("Use the code", &[("inviteCode", &code)]).await;
    pages.keep_refusal(422, "invitations/list: code used", "It was accepted already", &clara);
    clara.get("/invitations").await.submit("Use the code", &[("inviteCode", "00000000")]).await;
    let about = "It belongs to nothing";
    pages.keep_refusal(422, "invitations/list: code unknown", about, &clara);
    while clara.status == 422 {
        clara.submit("Use the code", &[("inviteCode", "00000000")]).await;
    }
    pages.keep_refusal(429, "invitations/list: too many codes", "After thirty wrong ones", &clara);
    people.app.deliver().await;
}
