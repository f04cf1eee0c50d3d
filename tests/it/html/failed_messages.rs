//! Superusers see which messages failed, and have them sent again.

use std::time::Duration;

use crate::support::app::App;
use crate::support::on_both_by_smtp;
use crate::support::rpc::org;
use crate::support::smtp::{Behaviour, SmtpServer};

const MINUTE: Duration = Duration::from_mins(1);

/// Refused for good: a confirmation, an invitation and a notice about rights.
async fn failed(app: &App, server: &SmtpServer) {
    let sofia = app.superuser().await;
    app.deliver().await;
    let nadia = sofia.make_user("nadia", &[]).await;
    org(&sofia, "orbit").await;
    server.set(Behaviour::RefuseRecipient(550, "no <b>such</b> user"));
    let mut page = app.browser();
    page.sign_in("sofia").await;
    page.get("/orgs/orbit/invitations").await.submit("Invite", &[("userKey", "tomas@harbor.test")]).await;
    app.browser().sign_up("mia@harbor.test").await;
    drop(nadia);
    app.deliver().await;
    server.set(Behaviour::Accept);
}

/// To whom mails were sent, but for the first ones.
fn to(server: &SmtpServer, before: usize) -> Vec<String> {
    let mut to: Vec<String> = server.mails().into_iter().skip(before).flat_map(|mail| mail.to).collect();
    to.sort();
    to
}

on_both_by_smtp! {
    async fn a_superuser_sends_failed_messages_again(app: App, server: SmtpServer) {
        failed(&app, &server).await;
        let before = server.mails().len();
        let mut sofia = app.browser();
        sofia.sign_in("sofia").await;
        assert!(sofia.get("/").await.shows("Some mails of this service were not sent."), "{}", sofia.text());
        sofia.get("/mails").await;
        for told in ["mia@harbor.test", "Confirm an address", "tomas@harbor.test", "Invitation", "Org orbit",
            "refused the address: 550 no <b>such</b> user"]
        {
            assert!(sofia.shows(told), "{told}: {}", sofia.text());
        }
        sofia.submit("Resend", &[]).await;
        assert!(sofia.shows("On its way again.") && !sofia.shows("tomas@harbor.test"), "{}", sofia.text());
        let page = sofia.get("/orgs/orbit/invitations").await;
        assert!(page.shows("Sending…") && !page.shows("refused"), "{}", page.text());
        app.deliver().await;
        assert_eq!(to(&server, before), ["tomas@harbor.test"]);
        assert!(sofia.get("/orgs/orbit/invitations").await.shows("Mail sent"), "{}", sofia.text());

        sofia.get("/mails").await.submit("Resend all", &[]).await;
        assert!(sofia.shows("No mail has failed."), "{}", sofia.text());
        app.deliver().await;
        assert_eq!(to(&server, before), ["mia@harbor.test", "tomas@harbor.test"]);
        let home = sofia.get("/").await;
        assert!(!home.shows("were not sent") && !home.shows("did not arrive"), "{}", home.text());
        let told = sofia.get("/activity?kind=system").await.select("td[data-label=What]");
        assert_eq!(told[..2], ["had one failed message sent again"; 2]);
    }

    async fn what_is_obsolete_is_not_sent_again(app: App, server: SmtpServer) {
        failed(&app, &server).await;
        let before = server.mails().len();
        let mut sofia = app.browser();
        sofia.sign_in("sofia").await;
        sofia.get("/orgs/orbit/invitations").await.submit("Revoke", &[]).await;
        sofia.get("/mails").await.submit("Resend all", &[]).await;
        app.deliver().await;
        assert_eq!(to(&server, before), ["mia@harbor.test"]);
        assert!(sofia.get("/mails").await.shows("No mail has failed."), "{}", sofia.text());
    }

    async fn a_message_that_is_sent_again_has_a_whole_day(app: App, server: SmtpServer) {
        failed(&app, &server).await;
        app.advance(30 * 60 * MINUTE);
        server.set(Behaviour::RefuseTemporarily);
        let mut sofia = app.browser();
        sofia.sign_in("sofia").await;
        sofia.get("/mails").await.submit("Resend all", &[]).await;
        let mailer = app.mailer_to(&server.url());
        for _ in 0..20 * 12 {
            mailer.deliver_due().await.unwrap();
            app.advance(5 * MINUTE);
        }
        sofia.sign_in("sofia").await;
        assert!(sofia.get("/mails").await.shows("No mail has failed."), "{}", sofia.text());
        for _ in 0..6 * 12 {
            mailer.deliver_due().await.unwrap();
            app.advance(5 * MINUTE);
        }
        sofia.sign_in("sofia").await;
        assert!(sofia.get("/mails").await.shows("451 try again later"), "{}", sofia.text());
    }

    async fn nobody_else_sees_them(app: App, server: SmtpServer) {
        failed(&app, &server).await;
        let mut nadia = app.browser();
        nadia.sign_in("nadia").await;
        assert!(!nadia.get("/").await.shows("were not sent"));
        assert_eq!(nadia.get("/mails").await.status, 403);
        let token = nadia.get("/account").await.csrf().await;
        for path in ["/mails/resend", "/mails/1/resend", "/mails/999/resend"] {
            nadia.post(path, &format!("csrf={token}")).await;
            assert_eq!(nadia.status, 403, "{path}: {}", nadia.text());
        }
        let mut visitor = app.browser();
        assert!(visitor.get("/mails").await.path.starts_with("/sign-in"), "{}", visitor.path);
        assert_eq!(app.mailer_to(&server.url()).deliver_due().await.unwrap(), 0);

        let mut sofia = app.browser();
        sofia.sign_in("sofia").await;
        let token = sofia.get("/account").await.csrf().await;
        sofia.post("/mails/999999/resend", &format!("csrf={token}")).await;
        assert_eq!(sofia.status, 404);
    }

    async fn they_are_paged(app: App, server: SmtpServer) {
        let sofia = app.superuser().await;
        org(&sofia, "orbit").await;
        app.deliver().await;
        server.set(Behaviour::RefuseRecipient(550, "no such user"));
        let many: Vec<String> = (0..25).map(|number| format!("guest{number:02}@harbor.test")).collect();
        let mut page = app.browser();
        page.sign_in("sofia").await;
        page.get("/orgs/orbit/invitations").await.submit("Invite", &[("userKey", &many.join("\n"))]).await;
        app.deliver().await;
        page.get("/mails").await;
        assert!(page.shows("guest24@harbor.test") && !page.shows("guest04@harbor.test"), "{}", page.text());
        let older = page.attribute("nav.pages a", "href").unwrap();
        page.get(&older).await;
        assert!(page.shows("guest04@harbor.test") && !page.shows("guest05@harbor.test"), "{}", page.text());
        page.submit("Resend all", &[]).await;
        assert!(page.shows("No mail has failed."), "{}", page.text());
    }
}
