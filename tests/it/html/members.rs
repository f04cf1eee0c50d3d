//! Members of an environment: promote, demote, remove, leave, hand over, delete.

use crate::support::api::Api;
use crate::support::app::App;
use crate::support::browser::Browser;
use crate::support::on_both;

/// An environment with an owner, an administrator and a member.
struct Crew<'a> {
    id: i64,
    owner: Browser<'a>,
    admin: Browser<'a>,
    member: Browser<'a>,
    owner_api: Api<'a>,
    admin_api: Api<'a>,
    member_api: Api<'a>,
    admins_membership: i64,
    members_membership: i64,
}

impl<'a> Crew<'a> {
    async fn of(app: &'a App) -> Self {
        let owner = app.user("olga@harbor.test").await;
        let admin = app.user("ada@harbor.test").await;
        let member = app.user("mara@harbor.test").await;
        let id = owner.environment("Harbor staging").await;
        let admins_membership = admin.join(&owner, id, "ada@harbor.test", true).await;
        let members_membership = member.join(&owner, id, "mara@harbor.test", false).await;
        app.deliver().await;
        Self {
            id,
            owner: app.browser_of(&owner),
            admin: app.browser_of(&admin),
            member: app.browser_of(&member),
            owner_api: owner,
            admin_api: admin,
            member_api: member,
            admins_membership,
            members_membership,
        }
    }

    fn path(&self, page: &str) -> String {
        format!("/environments/{}{page}", self.id)
    }

    /// The members and their rights, as the owner sees them.
    async fn members(&mut self) -> Vec<(String, String)> {
        let path = self.path("/sharing");
        self.owner.get(&path).await;
        let names = self.owner.select("section[aria-labelledby=members] tbody th > bdi");
        let rights = self.owner.select("section[aria-labelledby=members] td[data-label=Right]");
        names.into_iter().zip(rights).collect()
    }
}

fn with(rights: [(&str, &str); 3]) -> Vec<(String, String)> {
    rights.map(|(name, right)| (name.to_owned(), right.to_owned())).to_vec()
}

on_both! {
    async fn rights_are_given_and_taken(app: App) {
        let mut crew = Crew::of(&app).await;
        let start = [("olga", "Owner"), ("ada", "Administrator"), ("mara", "Member")];
        assert_eq!(crew.members().await, with(start));
        let (sharing, edit) = (crew.path("/sharing"), crew.path("/edit"));

        crew.admin.get(&sharing).await.submit("Make administrator", &[]).await;
        assert_eq!(crew.admin.notice(), "Done. This person is an administrator now.");
        assert_eq!(crew.members().await, with([("olga", "Owner"), ("ada", "Administrator"), ("mara", "Administrator")]));
        assert_eq!(crew.member.get(&edit).await.status, 200);

        let demote = crew.path(&format!("/members/{}/demote", crew.admins_membership));
        crew.member.post_fields(&demote, &[]).await;
        assert_eq!(crew.member.notice(), "Done. This person is a plain member now.");
        assert_eq!(crew.members().await, with([("olga", "Owner"), ("ada", "Member"), ("mara", "Administrator")]));
        assert!([403, 404].contains(&crew.admin.get(&edit).await.status));
        crew.owner.get(&crew.path("/activity")).await;
        assert!(crew.owner.shows("made mara an administrator") && crew.owner.shows("made ada a plain member"));
    }

    async fn removing_asks_first(app: App) {
        let mut crew = Crew::of(&app).await;
        crew.admin.get(&crew.path("/sharing")).await;
        let remove = crew.path(&format!("/members/{}/remove", crew.members_membership));
        assert_eq!(crew.admin.attribute(&format!("a[href='{remove}']"), "href"), Some(remove.clone()));
        crew.admin.get(&remove).await;
        assert!(crew.admin.shows("mara (mara@harbor.test) loses access to Harbor staging"), "{}", crew.admin.text());
        assert_eq!(crew.members().await.len(), 3, "GET removed somebody");
        crew.admin.submit("Remove", &[]).await;
        assert_eq!(crew.admin.notice(), "Removed. This person has no access any more.");
        assert_eq!(crew.members().await.len(), 2);
        assert!([403, 404].contains(&crew.member.get(&crew.path("")).await.status));
        crew.member.get("/environments").await;
        assert!(!crew.member.shows("Harbor staging"), "{}", crew.member.text());
    }

    async fn leaving_asks_first(app: App) {
        let mut crew = Crew::of(&app).await;
        let leave = crew.path("/leave");
        crew.member.get(&crew.path("")).await;
        assert_eq!(crew.member.attribute("main a[href$='/leave']", "href"), Some(leave.clone()));
        crew.member.get(&leave).await;
        assert_eq!(crew.members().await.len(), 3, "GET left the place");
        crew.member.submit("Leave", &[]).await;
        assert_eq!((crew.member.path.as_str(), crew.member.notice().as_str()), ("/environments", "You have left."));
        assert_eq!(crew.members().await.len(), 2);
        assert!([403, 404].contains(&crew.member.get(&crew.path("")).await.status));
    }

    async fn the_owner_cannot_be_lost(app: App) {
        let mut crew = Crew::of(&app).await;
        let path = format!("/api/environments/{}/users/me", crew.id);
        let owners = crew.owner_api.get(&path).await.ok()["id"].as_i64().unwrap();
        let before = crew.members().await;
        crew.owner.get(&crew.path("")).await;
        assert_eq!(crew.owner.attribute("main a[href$='/leave']", "href"), None);
        assert_eq!(crew.owner.get(&crew.path("/leave")).await.status, 409);
        for form in ["/leave".to_owned(), format!("/members/{owners}/demote"), format!("/members/{owners}/remove")] {
            for who in [true, false] {
                let path = crew.path(&form);
                let browser = if who { &mut crew.owner } else { &mut crew.admin };
                if form == "/leave" && !who {
                    continue;
                }
                browser.get("/account").await.post_fields(&path, &[]).await;
                assert!(browser.status == 409 && browser.shows("The owner stays"), "{path}: {}", browser.text());
            }
        }
        assert_eq!(crew.members().await, before);
    }

    async fn the_owner_alone_hands_over_and_is_asked_first(app: App) {
        let mut crew = Crew::of(&app).await;
        let successor = crew.member_api.id.to_string();
        for form in ["/owner", "/owner/confirmed"] {
            for browser in [&mut crew.admin, &mut crew.member] {
                let path = format!("/environments/{}{form}", crew.id);
                browser.get("/account").await.post_fields(&path, &[("userId", &successor)]).await;
                assert!([403, 404].contains(&browser.status), "{path}: {}", browser.status);
            }
        }
        crew.admin.get(&crew.path("/edit")).await;
        assert!(!crew.admin.shows("Hand over"), "{}", crew.admin.text());
        crew.owner.get(&crew.path("/edit")).await;
        assert_eq!(crew.owner.select("#userId option"),
            ["Choose a person", "ada (ada@harbor.test)", "mara (mara@harbor.test)"]);
        crew.owner.submit("Hand over", &[("userId", &successor)]).await;
        assert!(crew.owner.shows("mara (mara@harbor.test) becomes the owner"), "{}", crew.owner.text());
        crew.owner.submit("Hand over", &[]).await;
        assert_eq!(crew.owner.notice(), "Handed over. The environment has a new owner.");
        assert_eq!(crew.members().await, with([("olga", "Administrator"), ("ada", "Administrator"), ("mara", "Owner")]));
        assert_eq!(crew.owner.get(&crew.path("/edit")).await.status, 200, "the former owner stays administrator");
        assert!(!crew.owner.shows("Hand over"));
        assert!(crew.member.get(&crew.path("/edit")).await.shows("Hand over"));
        let path = crew.path("/owner/confirmed");
        crew.owner.post_fields(&path, &[("userId", &crew.owner_api.id.to_string())]).await;
        assert!([403, 404].contains(&crew.owner.status), "it cannot be taken back");
    }

    async fn everybody_in_can_be_found_as_the_new_owner(app: App) {
        let owner = app.user("olga@harbor.test").await;
        let id = owner.environment("Harbor staging").await;
        let mut browser = app.browser_of(&owner);
        for number in 0..51 {
            let address = format!("nora{number:02}@harbor.test");
            let nora = app.unverified_user(&address).await;
            nora.join(&owner, id, &address, false).await;
            if number == 1 {
                browser.get(&format!("/environments/{id}/edit")).await;
                assert_eq!(browser.attribute("main a[href$='/owner']", "href"), None, "all fit into the list");
            }
        }
        browser.get(&format!("/environments/{id}/edit")).await;
        let search = browser.attribute("main a[href$='/owner']", "href").unwrap();
        browser.get(&search).await;
        assert_eq!(browser.select("tbody tr").len(), 50);
        let names = browser.select("tbody th bdi");
        assert!(!names.contains(&"olga".to_owned()), "the owner is a candidate: {names:?}");
        let next = browser.attribute("nav.pages a", "href").unwrap();
        assert_eq!(browser.get(&next).await.select("tbody th bdi"), ["nora50"]);
        browser.get(&format!("{search}?search=RA50%40")).await;
        assert_eq!(browser.select("tbody th bdi"), ["nora50"]);
        browser.submit("Hand over", &[]).await;
        assert!(browser.shows("nora50 (nora50@harbor.test) becomes the owner"), "{}", browser.text());
        browser.submit("Hand over", &[]).await;
        assert!(browser.shows("Handed over."), "{}", browser.text());
        assert_eq!(browser.get(&search).await.status, 403, "she is no longer the owner");
    }

    async fn one_hands_over_to_members_alone(app: App) {
        let mut crew = Crew::of(&app).await;
        let stranger = app.user("sam@harbor.test").await.id.to_string();
        let before = crew.members().await;
        for form in ["/owner", "/owner/confirmed"] {
            for to in [stranger.as_str(), "0", "-1", "99999999999999999999", "x", ""] {
                let path = crew.path(form);
                crew.owner.get("/account").await.post_fields(&path, &[("userId", to)]).await;
                assert!([400, 404, 422].contains(&crew.owner.status), "{to:?}: {}", crew.owner.status);
            }
        }
        assert_eq!(crew.members().await, before);
        crew.owner.get(&crew.path("/edit")).await.submit("Hand over", &[]).await;
        assert_eq!((crew.owner.status, crew.owner.fault("userId").as_str()), (422, "Choose a person."));
        assert_eq!(crew.owner.value("envName"), "Harbor staging");
    }

    async fn deleting_asks_first(app: App) {
        let mut crew = Crew::of(&app).await;
        crew.admin.get(&crew.path("/delete")).await;
        assert!(crew.admin.shows("This cannot be undone."), "{}", crew.admin.text());
        assert_eq!(crew.owner.get(&crew.path("")).await.status, 200, "GET deleted something");
        crew.admin.submit("Delete", &[]).await;
        assert_eq!((crew.admin.path.as_str(), crew.admin.notice().as_str()), ("/environments", "Deleted."));
        for browser in [&mut crew.owner, &mut crew.admin, &mut crew.member] {
            assert_eq!(browser.get(&format!("/environments/{}", crew.id)).await.status, 404);
            assert!(!browser.get("/environments").await.shows("Harbor staging"));
        }
        crew.owner_api.environment("Harbor staging").await;
    }

    async fn a_membership_of_another_environment_is_not_found(app: App) {
        let mut crew = Crew::of(&app).await;
        let other = crew.admin_api.environment("Harbor of Ada").await;
        let before = crew.members().await;
        for action in ["promote", "demote", "remove"] {
            let path = format!("/environments/{other}/members/{}/{action}", crew.members_membership);
            crew.admin.get("/account").await.post_fields(&path, &[]).await;
            assert_eq!(crew.admin.status, 404, "{action}: {}", crew.admin.text());
        }
        assert_eq!(crew.members().await, before);
    }
}
