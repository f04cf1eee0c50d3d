//! What each right allows in an org.

use super::orgs::{harbor, join, somebody};
use crate::support::app::PASSWORD;
use crate::support::on_both;

on_both! {
    async fn a_member_without_rights_sees_no_buttons(app: App) {
        let mut rosa = somebody(&app, "rosa@harbor.test").await;
        let mut stranger = somebody(&app, "stranger@harbor.test").await;
        harbor(&mut rosa).await;
        let mut nadia = join(&app, &mut rosa, "nadia@harbor.test", &[]).await;
        nadia.get("/orgs/harbor").await;
        assert_eq!(nadia.buttons(), ["Send the mail again"; 0]);
        assert_eq!(nadia.select("main a.button"), ["Leave"]);
        let csrf = nadia.attribute("input[name=csrf]", "value").unwrap();
        let strangers = stranger.get("/orgs").await.attribute("input[name=csrf]", "value").unwrap();
        let paths = [
            "/orgs/harbor",
            "/orgs/harbor/delete",
            "/orgs/harbor/invitations",
            "/orgs/harbor/roles/new",
            "/orgs/harbor/permissions/new",
            "/orgs/harbor/members/1",
            "/orgs/harbor/members/1/remove",
        ];
        for path in paths {
            nadia.post(path, &format!("csrf={csrf}&name=Other&userKey=x%40y.test&permissions=0")).await;
            assert_eq!(nadia.status, 403, "{path}");
            stranger.post(path, &format!("csrf={strangers}&name=Other&userKey=x%40y.test")).await;
            assert_eq!(stranger.status, 404, "{path}");
        }
        for page in ["members", "roles", "invitations", "activity", "delete"] {
            nadia.get(&format!("/orgs/harbor/{page}")).await;
            assert_eq!(nadia.status, 403, "{page}");
            stranger.get(&format!("/orgs/harbor/{page}")).await;
            assert_eq!(stranger.status, 404, "{page}");
        }
    }

    async fn rights_take_effect_at_once(app: App) {
        let mut rosa = somebody(&app, "rosa@harbor.test").await;
        harbor(&mut rosa).await;
        let mut nadia = join(&app, &mut rosa, "nadia@harbor.test", &[]).await;
        rosa.get("/orgs/harbor/members?search=nadia").await;
        let one = rosa.attribute("tbody a", "href").unwrap();
        rosa.get(&one).await.submit("Save", &[("administrator", "true")]).await;
        assert_eq!((rosa.status, rosa.path.as_str()), (200, "/orgs/harbor/members"), "{}", rosa.text());
        nadia.get("/orgs/harbor").await;
        assert!(nadia.shows("Administrator") && nadia.shows("Members"));
        rosa.get(&one).await;
        let runner = rosa.box_of("runner");
        let body = format!("csrf={}&roles={runner}", rosa.attribute("input[name=csrf]", "value").unwrap());
        rosa.post(&one, &body).await;
        nadia.get("/orgs/harbor/members").await;
        assert_eq!(nadia.status, 403);
        nadia.get("/orgs/harbor").await;
        assert!(nadia.shows("runner"));

        rosa.get(&format!("{one}/remove")).await.submit("Remove", &[]).await;
        assert_eq!(rosa.select("tbody tr").len(), 1);
        nadia.get("/orgs/harbor").await;
        assert_eq!(nadia.status, 404);
    }

    async fn the_last_administrator_stays(app: App) {
        let mut rosa = somebody(&app, "rosa@harbor.test").await;
        harbor(&mut rosa).await;
        rosa.get("/orgs/harbor/leave").await.submit("Leave", &[]).await;
        assert!(rosa.status == 409 && rosa.shows("The last administrator stays"), "{}", rosa.text());
        rosa.get("/orgs/harbor/members").await;
        let one = rosa.attribute("tbody a", "href").unwrap();
        rosa.get(&format!("{one}/remove")).await.submit("Remove", &[]).await;
        assert_eq!(rosa.status, 409);
        rosa.get(&one).await;
        let csrf = rosa.attribute("input[name=csrf]", "value").unwrap();
        rosa.post(&one, &format!("csrf={csrf}")).await;
        assert!(rosa.status == 422 && rosa.shows("The last administrator stays."), "{}", rosa.text());
        let mut nadia = join(&app, &mut rosa, "nadia@harbor.test", &[("administrator", "true")]).await;
        rosa.get("/orgs/harbor/leave").await.submit("Leave", &[]).await;
        assert_eq!((rosa.status, rosa.path.as_str()), (200, "/orgs"));
        nadia.get("/orgs/harbor/delete").await;
        assert!(nadia.shows("1 membership") && nadia.shows("1 role"), "{}", nadia.text());
        nadia.submit("Delete", &[]).await;
        assert_eq!((nadia.status, nadia.path.as_str()), (200, "/orgs"));
        assert_eq!(nadia.get("/orgs/harbor").await.status, 404);
    }

    async fn nobody_offers_more_than_they_hold(app: App) {
        let mut rosa = somebody(&app, "rosa@harbor.test").await;
        harbor(&mut rosa).await;
        rosa.get("/orgs/harbor/roles/new").await;
        let write = rosa.box_of("yeep.user.write");
        rosa.submit("Make the role", &[("name", "clerk"), ("permissions", &write)]).await;
        rosa.get("/orgs/harbor/invitations").await;
        let (clerk, runner) = (rosa.box_of("clerk"), rosa.box_of("runner"));
        let mut nadia = join(&app, &mut rosa, "nadia@harbor.test", &[("roles", &clerk)]).await;
        // The mailed link verifies the newcomer's address: she may invite, but not grant anything.
        nadia.get("/orgs/harbor/invitations").await;
        assert_eq!(nadia.attribute("input[name=roles]", "value"), None);
        let csrf = nadia.attribute("input[name=csrf]", "value").unwrap();
        for offer in [format!("roles={runner}"), "administrator=true".to_owned()] {
            let body = format!("csrf={csrf}&userKey=bo%40harbor.test&{offer}");
            nadia.post("/orgs/harbor/invitations", &body).await;
            assert_eq!(nadia.status, 403, "{offer}");
        }
        nadia.get("/orgs/harbor/invitations").await.submit("Invite", &[("userKey", "bo@harbor.test")]).await;
        let mail = app.mail_to("bo@harbor.test").await;
        let pending = nadia.attribute("tbody a", "href").unwrap();
        nadia.post(&pending, &format!("csrf={csrf}&roles={runner}")).await;
        assert_eq!(nadia.status, 403);

        // Rosa may grant more than Nadia could: from then on the offer is hers.
        rosa.get(&pending).await.submit("Save", &[("roles", &runner), ("resourceId", "7")]).await;
        assert_eq!(rosa.status, 200, "{}", rosa.text());
        assert!(rosa.shows("runner , for 7 only"), "{}", rosa.text());
        let mut bo = app.browser();
        bo.get(&mail.link()).await;
        assert!(bo.shows("runner"), "{}", bo.text());
        bo.submit("Join", &[("password", PASSWORD)]).await;
        assert_eq!((bo.status, bo.path.as_str()), (200, "/orgs/harbor"), "{}", bo.text());
        assert!(bo.shows("runner , for 7 only") && bo.shows("berth.open , for 7 only"), "{}", bo.text());

        // What no checkbox can express stays, unless removed explicitly.
        rosa.get("/orgs/harbor/members?search=bo%40").await;
        let one = rosa.attribute("tbody a", "href").unwrap();
        rosa.get(&one).await.submit("Save", &[]).await;
        assert!(bo.get("/orgs/harbor").await.shows("runner , for 7 only"));
        rosa.get(&one).await;
        let shown = rosa.attribute("input[name=shown]", "value").unwrap();
        let csrf = rosa.attribute("input[name=csrf]", "value").unwrap();
        rosa.post(&one, &format!("csrf={csrf}&shown={shown}")).await;
        assert!(!bo.get("/orgs/harbor").await.shows("runner"));
    }

    async fn an_invitation_is_void_when_its_inviter_lost_the_right(app: App) {
        let mut rosa = somebody(&app, "rosa@harbor.test").await;
        harbor(&mut rosa).await;
        let mut nadia = join(&app, &mut rosa, "nadia@harbor.test", &[("administrator", "true")]).await;
        nadia.get("/orgs/harbor/invitations").await.submit("Invite", &[("userKey", "bo@harbor.test")]).await;
        let mail = app.mail_to("bo@harbor.test").await;
        rosa.get("/orgs/harbor/members?search=nadia").await;
        let one = rosa.attribute("tbody a", "href").unwrap();
        let csrf = rosa.attribute("input[name=csrf]", "value").unwrap();
        rosa.post(&one, &format!("csrf={csrf}")).await;
        let mut bo = app.browser();
        bo.get(&mail.link()).await;
        assert!(bo.status == 410 && bo.shows("taken back"), "{}", bo.text());

        // Resent by somebody with the right, it works.
        rosa.get("/orgs/harbor/invitations").await.submit("Resend", &[]).await;
        let mail = app.mail_to("bo@harbor.test").await;
        rosa.submit("Copy link", &[]).await;
        assert!(rosa.attribute("#link", "value").unwrap().contains("/invitations/"));
        bo.get(&mail.link()).await.submit("Join", &[("password", PASSWORD)]).await;
        assert_eq!((bo.status, bo.path.as_str()), (200, "/orgs/harbor"), "{}", bo.text());
    }
}
