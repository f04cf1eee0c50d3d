//! Members, pending invitations and the state of their mails; the copied link; Slack notices.

use std::time::Duration;

use super::environments::let_in;
use super::pages::Pages;
use super::people::{DAY, HOUR, MINUTE, People, address, crew};
use crate::support::app::{App, Set};
use crate::support::browser::Browser;
use crate::support::slack::SlackServer;
use crate::support::smtp::{Behaviour, SmtpServer};

pub async fn show(people: &People<'_>, pages: &mut Pages) {
    let rosa = people.api_of("rosa").await;
    let pier = rosa.environment("Ferry pier").await;
    let path = format!("/environments/{pier}/sharing");
    let mut browser = people.app.browser_of(&rosa);
    pages.keep("environments/sharing: alone", "The owner alone", browser.get(&path).await);
    inviting(people, &mut browser, &path, pages).await;
    mails(people, &mut browser, &path, pages).await;
    let_in(people, &rosa, pier, ["noa", "baltasar"], true).await;
    let_in(people, &rosa, pier, ["layla", "captain", "stan"], false).await;
    people.app.advance(2 * HOUR);
    members(people, &mut browser, &path, pages).await;
    many(people, pages).await;
    slack(people, pages).await;
}

async fn inviting(people: &People<'_>, rosa: &mut Browser<'_>, path: &str, pages: &mut Pages) {
    rosa.submit("Invite", &[]).await;
    pages.keep_refusal(422, "environments/sharing: nothing given", "Nothing was filled in", rosa);
    rosa.get(path).await.submit("Invite", &[("userEmail", "nobody at harbor"), ("isAdmin", "perhaps")]).await;
    pages.keep_refusal(422, "environments/sharing: all wrong", "Every field has its fault", rosa);
    rosa.get(path).await.submit("Invite", &[("userEmail", "rosa@harbor.test")]).await;
    pages.keep_refusal(422, "environments/sharing: oneself", "One's own address", rosa);
    rosa.get(path).await.submit("Invite", &[("userEmail", "tomas@harbor.test"), ("isAdmin", "true")]).await;
    pages.keep("environments/sharing: notice invited", "As administrator; the mail is not sent yet", rosa);
    rosa.submit("Copy link", &[]).await;
    pages.keep("places/link: environment", "A link to hand over by oneself", rosa);
    rosa.languages = Some("de");
    rosa.get(path).await;
    let button = rosa.buttons().into_iter().find(|words| words == "Link kopieren").unwrap();
    pages.keep("places/link: german", "The same in German", rosa.submit(&button, &[]).await);
    rosa.languages = None;
    people.app.advance(20 * MINUTE);
    rosa.get(path).await.submit("Invite", &[("userEmail", "tomas@harbor.test")]).await;
    pages.keep("environments/sharing: notice invited-superseded", "Invited once more, as member", rosa);
    people.app.deliver().await;
    pages.keep("environments/sharing: notice resent", "A new mail", rosa.submit("Resend", &[]).await);
    pages.keep("environments/sharing: notice revoked", "Nobody is invited any more", rosa.submit("Revoke", &[]).await);

    let mut ursula = people.app.browser();
    ursula.sign_up("ulla@harbor.test").await;
    let ulla = people.api_of("ulla").await.environment("Ullas berth").await;
    ursula.get(&format!("/environments/{ulla}/sharing")).await;
    ursula.submit("Invite", &[("userEmail", "newcomer@quay.test")]).await;
    pages.keep_refusal(422, "environments/sharing: unverified", "The inviter's address is not confirmed", &ursula);
    people.app.deliver().await;
}

/// Mails that are queued, sent and failed, expired invitations, and one for which a new link was requested.
async fn mails(people: &People<'_>, rosa: &mut Browser<'_>, path: &str, pages: &mut Pages) {
    let app = people.app;
    rosa.get(path).await.submit("Invite", &[("userEmail", "late@quay.test")]).await;
    let late = app.mail_to("late@quay.test").await.link();
    rosa.get(path).await.submit("Invite", &[("userEmail", "asking@quay.test"), ("isAdmin", "true")]).await;
    let asking = app.mail_to("asking@quay.test").await.link();
    app.advance(DAY + HOUR);
    let mut visitor = app.browser();
    pages.keep_refusal(410, "invitations/show: expired", "A new link can be asked for", visitor.get(&asking).await);
    visitor.submit("Ask for a new link", &[]).await;
    pages.keep_refusal(410, "invitations/show: link asked, notice link-asked", "A new link was asked for", &visitor);
    visitor.languages = Some("de");
    pages.keep_refusal(410, "invitations/show: expired, german", "The same in German", visitor.get(&late).await);
    app.deliver().await;

    let server = SmtpServer::start().await;
    rosa.get(path).await.submit("Invite", &[("userEmail", "sent@quay.test"), ("isAdmin", "true")]).await;
    app.deliver().await;
    app.advance(Duration::from_secs(70));
    for (behaviour, invited) in [
        (Behaviour::RefuseRecipient(550, "no such mailbox here"), "mistyped@quay.test"),
        (Behaviour::RefuseTemporarily, "full@quay.test"),
    ] {
        server.set(behaviour);
        rosa.get(path).await.submit("Invite", &[("userEmail", invited)]).await;
        app.mailer_to(&server.url()).deliver_due().await.unwrap();
    }
    rosa.get(path).await.submit("Invite", &[("userEmail", "waiting@quay.test")]).await;
    let about = "Waiting, sent, failed, put off, expired, a new link wanted";
    pages.keep("environments/sharing: every state of a mail", about, rosa.get(path).await);
    rosa.languages = Some("de");
    let about = "The same in German";
    pages.keep("environments/sharing: every state of a mail, german", about, rosa.get(path).await);
    rosa.languages = None;
    pages.keep("home: failed mail", "A mail could not be delivered", rosa.get("/").await);
}

async fn members(people: &People<'_>, rosa: &mut Browser<'_>, path: &str, pages: &mut Pages) {
    let about = "Owner, administrators and members; long and right-to-left names";
    pages.keep("environments/sharing: some", about, rosa.get(path).await);
    let mut layla = people.browser_of("layla").await;
    pages.keep("environments/sharing: member", "Sees who has access, and changes nothing", layla.get(path).await);
    let mut noa = people.browser_of("noa").await;
    pages.keep("environments/sharing: administrator", "May all but touch the owner", noa.get(path).await);
    rosa.get(path).await.submit("Invite", &[("userEmail", "stan@harbor.test")]).await;
    pages.keep_refusal(422, "environments/sharing: has access already", "Who is in needs no invitation", rosa);
    rosa.get(path).await.submit("Make administrator", &[]).await;
    pages.keep("environments/sharing: notice promoted", "One more administrator", rosa);
    let demotion = rosa.attribute("tbody a[href$='/demote']", "href").unwrap();
    let about = "Asks first; who came by a program has seen all";
    pages.keep("places/demote: environment", about, rosa.get(&demotion).await);
    pages.keep("environments/sharing: notice demoted", "One less", rosa.submit("Make member", &[]).await);
    rosa.get(path).await;
    let removal = rosa.attribute("tbody a[href$='/remove']", "href").unwrap();
    pages.keep("places/remove: environment", "Asks first; a Hebrew name", rosa.get(&removal).await);
    pages.keep("environments/sharing: notice removed", "One less", rosa.submit("Remove", &[]).await);
    let activity = path.replace("sharing", "activity");
    pages.keep("places/activity: sharing", "Who was let in, by whom and how", rosa.get(&activity).await);
    people.make("dora", "Dora Finch").await;
    let mut sofia = people.browser_of("sofia").await;
    sofia.get("/users?search=dora").await;
    let dora = sofia.attribute("tbody a", "href").unwrap();
    sofia.get(&format!("{dora}/deactivate")).await.submit("Deactivate", &[]).await;
    rosa.get(path).await.submit("Invite", &[("userEmail", "dora@harbor.test")]).await;
    pages.keep_refusal(422, "environments/sharing: deactivated", "The account of the address is deactivated", rosa);
}

/// Some fifty of each.
async fn many(people: &People<'_>, pages: &mut Pages) {
    let clara = people.api_of("clara.moreau").await;
    let id = clara.environment("Container terminal").await;
    let team = crew();
    let guests = team.iter().filter(|username| *username != "clara.moreau").take(51);
    let_in(people, &clara, id, guests.map(String::as_str), false).await;
    let path = format!("/environments/{id}/sharing");
    let mut browser = people.app.browser_of(&clara);
    browser.get(&path).await;
    for number in 1..=51 {
        let invited = format!("docker-{number}@quay.test");
        people.send(&mut browser, &path, &[("userEmail", &invited)]).await;
        people.app.advance(MINUTE);
    }
    people.app.deliver().await;
    pages.keep(
        "environments/sharing: many",
        "The first twenty of fifty-two members and fifty-one invitations",
        browser.get(&path).await,
    );
    let more = |browser: &Browser<'_>, list: &str| {
        browser.attribute(&format!("section[aria-labelledby={list}] nav.pages a"), "href").unwrap()
    };
    let members = more(&browser, "members");
    let invited = more(&browser, "invited");
    pages.keep("environments/sharing: many, later members", "The next twenty members", browser.get(&members).await);
    pages.keep(
        "environments/sharing: many, later invitations",
        "The next twenty invitations",
        browser.get(&invited).await,
    );
    let about = "Parts that were left over";
    let end = format!("{path}?members=99999&pending=1");
    pages.keep("environments/sharing: many, end", about, browser.get(&end).await);
}

async fn slack(people: &People<'_>, pages: &mut Pages) {
    let api = people.api_of("tomas").await;
    let id = api.environment("Signal tower").await;
    let path = format!("/environments/{id}/slack");
    let mut tomas = people.app.browser_of(&api);
    let server = SlackServer::start().await;
    pages.keep("environments/slack: empty", "Not set up", tomas.get(&path).await);
    tomas.submit("Send notices", &[]).await;
    pages.keep_refusal(422, "environments/slack: nothing given", "Nothing was filled in", &tomas);
    tomas.get(&path).await.submit("Send notices", &[("channel", "C0HARBOR"), ("token", "xoxb-harbor-1")]).await;
    pages.keep("environments/slack: waiting, notice saved", "The first notice waits", &tomas);
    people.app.notify(&server).await;
    pages.keep("environments/slack: sent", "The last notice was sent", tomas.get(&path).await);
    tomas.submit("Save", &[("channel", "")]).await;
    pages.keep_refusal(422, "environments/slack: no channel", "The channel was emptied", &tomas);
    server.refuses("channel_not_found");
    api.invite(id, &address("mara"), false).await;
    people.app.notify(&server).await;
    pages.keep("environments/slack: failed", "Slack refused the last notice", tomas.get(&path).await);
    tomas.post_fields(&path, &[("channel", "C0HARBOR")]).await;
    pages.keep("environments/slack: switched off", "The last notice failed", tomas.get(&path).await);
    pages.keep("environments/slack_remove: asked", "Asks first", tomas.get(&format!("{path}/remove")).await);
    pages.keep("environments/slack: notice deleted", "Not set up any more", tomas.submit("Remove", &[]).await);

    let app = App::start(Set::default().with("slack_url", "off")).await;
    let api = app.user("rosa@harbor.test").await;
    let id = api.environment("Harbor staging").await;
    let mut rosa = app.browser_of(&api);
    let about = "The installation sends nothing to Slack";
    pages.keep("environments/slack: off", about, rosa.get(&format!("/environments/{id}/slack")).await);
}
