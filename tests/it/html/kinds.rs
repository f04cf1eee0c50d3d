//! Actions on members and open invitations share their code across kinds of place: each works the same for both kinds.

use usher::domain::offer::Kind;

use crate::support::app::{App, PASSWORD};
use crate::support::browser::Browser;
use crate::support::on_both;
use crate::support::rpc::org;
use crate::support::sharing::Sharing;

async fn signed_in<'a>(app: &'a App, address: &str) -> Browser<'a> {
    let mut browser = app.browser();
    browser.sign_in(address).await;
    browser
}

/// The members of the org, with the rights shown on the page.
async fn rights(browser: &mut Browser<'_>) -> Vec<(String, String)> {
    browser.get("/orgs/harbor/members").await;
    let names = browser.select("tbody th .sub").into_iter();
    names.zip(browser.select("tbody td[data-label=Rights]")).collect()
}

fn row(address: &str, right: &str) -> (String, String) {
    (address.to_owned(), right.to_owned())
}

on_both! {
    async fn administrators_of_an_org_raise_and_lower_members_and_one_stays(app: App) {
        let founder = app.founder("rosa@harbor.test").await;
        org(&founder, "harbor").await;
        let mut rosa = signed_in(&app, "rosa@harbor.test").await;
        rosa.get("/orgs/harbor/invitations").await.submit("Invite", &[("userKey", "nora@harbor.test")]).await;
        let link = app.mail_to("nora@harbor.test").await.link();
        let mut nora = app.browser();
        nora.get(&link).await.submit("Join", &[("password", PASSWORD)]).await;
        rosa.get("/orgs/harbor/members").await;
        let [of_rosa, of_nora] = [1, 2].map(|number| {
            let path = rosa.attribute(&format!("tbody tr:nth-child({number}) a.press-danger"), "href").unwrap();
            path.strip_suffix("/remove").unwrap().to_owned()
        });

        nora.post_fields(&format!("{of_nora}/promote"), &[]).await;
        assert_eq!(nora.status, 403, "{}", nora.text());
        rosa.post_fields(&format!("{of_nora}/promote"), &[]).await;
        let both = [row("rosa@harbor.test", "Administrator"), row("nora@harbor.test", "Administrator")];
        assert_eq!(rights(&mut rosa).await, both);

        nora.post_fields(&format!("{of_rosa}/demote"), &[]).await;
        nora.post_fields(&format!("{of_nora}/demote"), &[]).await;
        assert_eq!(nora.status, 409, "{}", nora.text());
        let one = [row("rosa@harbor.test", "none"), row("nora@harbor.test", "Administrator")];
        assert_eq!(rights(&mut nora).await, one);
    }

    async fn an_open_invitation_to_an_environment_is_changed_by_its_administrators_alone(app: App) {
        let mut rosa = Sharing::by_verified(&app, "rosa@harbor.test").await;
        let other = Sharing::named(&app, app.user("leo@harbor.test").await, "Quay").await;
        rosa.invite("nora@harbor.test").await;
        let link = app.mail_to("nora@harbor.test").await.link();
        let revoke = rosa.browser.attribute("[formaction$='/revoke']", "formaction").unwrap();
        let invitation = revoke.strip_suffix("/revoke").unwrap().to_owned();
        let number = invitation.rsplit('/').next().unwrap();
        let by_another = format!("/environments/{}/invitations/{number}", other.environment);

        let mut leo = other.browser;
        for (path, status) in [(&invitation, 403), (&by_another, 404)] {
            leo.post_fields(path, &[("administrator", "true")]).await;
            assert_eq!(leo.status, status, "{path}: {}", leo.text());
        }
        rosa.browser.post_fields(&invitation, &[("administrator", "true")]).await;
        assert_eq!(rosa.browser.status, 200, "{}", rosa.browser.text());
        let mut nora = app.browser();
        nora.get(&link).await.submit("Join", &[("password", PASSWORD)]).await;
        nora.get(&format!("/environments/{}/sharing", rosa.environment)).await;
        assert_eq!(nora.select("tbody td[data-label=Right]"), ["Owner", "Administrator"]);
    }

    async fn every_page_that_is_linked_for_a_kind_is_there(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        rosa.environment("Harbor staging").await;
        org(&app.rpc_as("rosa@harbor.test").await, "harbor").await;
        let mut page = app.browser_of(&rosa);
        for kind in Kind::all() {
            let list = kind.list_path();
            page.get(&format!("{list}/new")).await;
            assert_eq!(page.status, 200, "{list}/new: {}", page.text());
            page.get(&list).await;
            let made = page.attribute(&format!("main a[href^='{list}/']:not([href$='/new'])"), "href");
            let path = made.unwrap_or_else(|| panic!("this test creates no place below {list}"));
            let facts = kind.facts();
            for below in ["", facts.members_page, facts.invitations_page, "activity", "activity.csv", "delete"] {
                page.get(format!("{path}/{below}").trim_end_matches('/')).await;
                assert_eq!(page.status, 200, "{path}/{below}: {}", page.text());
            }
            page.get("/account").await;
            assert_eq!(page.select(&format!("main dd a[href='{list}']")), ["1"], "{}", page.text());
        }
    }

    async fn a_mail_tells_of_no_right_that_is_not_in_force(app: App) {
        let mut rosa = Sharing::by_verified(&app, "rosa@harbor.test").await;
        rosa.invite("nora@harbor.test").await;
        app.mail_to("nora@harbor.test").await;
        rosa.page().await;
        let link = rosa.browser.submit("Copy link", &[]).await.value("link");
        let link = link.strip_prefix("http://127.0.0.1:8000").unwrap();
        app.browser().get(link).await.submit("Join", &[("password", PASSWORD)]).await;
        rosa.press("Make administrator").await;
        let mails = app.deliver().await;
        let mail = mails.iter().find(|mail| mail.subject.contains("your rights")).unwrap();
        assert!(mail.says("a member") && !mail.says("an administrator"), "{}", mail.text);
    }
}
