//! Every state of an invitation × every kind of visitor × every interface.
//!
//! Held as one snapshot; each line was checked against the design, not against the output.

use std::fmt::Write as _;
use std::time::Duration;

use crate::support::api::Api;
use crate::support::app::{App, PASSWORD};
use crate::support::browser::Browser;
use crate::support::mailbox::Mail;
use crate::support::on_both;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Pending,
    CopiedLink,
    Accepted,
    Declined,
    Revoked,
    InviterDemoted,
    InviterLeft,
    InvitedAgain,
    SentAgain,
    EnvironmentDeleted,
    Nonsense,
    Expired,
}

impl State {
    /// Expired comes first: the clock moves once, after it.
    const ALL: [Self; 12] = [
        Self::Expired,
        Self::Pending,
        Self::CopiedLink,
        Self::Accepted,
        Self::Declined,
        Self::Revoked,
        Self::InviterDemoted,
        Self::InviterLeft,
        Self::InvitedAgain,
        Self::SentAgain,
        Self::EnvironmentDeleted,
        Self::Nonsense,
    ];
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Visitor {
    /// Signed out; the invitee had no account when invited.
    Newcomer,
    /// Signed out; the invitee has an account.
    SignedOut,
    Invitee,
    SomebodyElse,
    Inviter,
    Member,
}

impl Visitor {
    const ALL: [Self; 6] =
        [Self::Newcomer, Self::SignedOut, Self::Invitee, Self::SomebodyElse, Self::Inviter, Self::Member];
}

/// The users in every environment.
struct Cast<'a> {
    app: &'a App,
    owner: Api<'a>,
    inviter: Api<'a>,
    member: Api<'a>,
    invitee: Api<'a>,
    stranger: Api<'a>,
}

impl<'a> Cast<'a> {
    async fn of(app: &'a App) -> Self {
        Self {
            app,
            owner: app.user("olga@harbor.test").await,
            inviter: app.user("ines@harbor.test").await,
            member: app.user("mara@harbor.test").await,
            invitee: app.user("tomas@harbor.test").await,
            stranger: app.user("sam@harbor.test").await,
        }
    }

    fn visitor(&self, visitor: Visitor) -> (Browser<'a>, Api<'a>) {
        let user = match visitor {
            Visitor::Newcomer | Visitor::SignedOut => return (self.app.browser(), self.app.api()),
            Visitor::Invitee => &self.invitee,
            Visitor::SomebodyElse => &self.stranger,
            Visitor::Inviter => &self.inviter,
            Visitor::Member => &self.member,
        };
        let mut api = self.app.api();
        api.cookie.clone_from(&user.cookie);
        (self.app.browser_of(user), api)
    }
}

/// An environment with an invitation in some state.
struct Case {
    environment: String,
    link: String,
    code: String,
}

impl Case {
    async fn make(cast: &Cast<'_>, state: State, visitor: Visitor, number: usize) -> Self {
        let name = format!("Harbor {number:04}");
        let id = cast.owner.environment(&name).await;
        cast.inviter.join(&cast.owner, id, "ines@harbor.test", true).await;
        cast.member.join(&cast.owner, id, "mara@harbor.test", false).await;
        let address = match visitor {
            Visitor::Newcomer => format!("nora{number}@harbor.test"),
            _ => "tomas@harbor.test".to_owned(),
        };
        let sharing = format!("/environments/{id}/sharing");
        let mail = invite(cast, &sharing, &address).await;
        let mut case = Self { environment: name, link: mail.link(), code: mail.code() };
        case.bring_into(cast, state, &sharing, &address).await;
        case
    }

    async fn bring_into(&mut self, cast: &Cast<'_>, state: State, sharing: &str, address: &str) {
        let mut owner = cast.app.browser_of(&cast.owner);
        let mut inviter = cast.app.browser_of(&cast.inviter);
        let environment = sharing.trim_end_matches("/sharing");
        match state {
            State::Pending | State::Expired => {}
            State::CopiedLink => {
                inviter.get(sharing).await.submit("Copy link", &[]).await;
                let link = inviter.attribute("input#link", "value").unwrap();
                link.strip_prefix("http://127.0.0.1:8000").unwrap().clone_into(&mut self.link);
            }
            State::Accepted if address.starts_with("nora") => {
                let mut newcomer = cast.app.browser();
                newcomer.get(&self.link).await.submit("Join", &[("password", PASSWORD)]).await;
                assert_eq!(newcomer.path, environment, "{}", newcomer.text());
            }
            State::Accepted => {
                cast.invitee.accept(&self.code).await.ok();
            }
            State::Declined => {
                cast.app.browser().get(&self.link).await.submit("Decline", &[]).await;
            }
            State::Revoked => {
                owner.get(sharing).await.submit("Revoke", &[]).await;
            }
            State::InviterDemoted => {
                owner.demote_first(sharing).await;
            }
            State::InviterLeft => {
                inviter.get(&format!("{environment}/leave")).await.submit("Leave", &[]).await;
            }
            State::InvitedAgain => {
                invite(cast, sharing, address).await;
            }
            State::SentAgain => {
                owner.get(sharing).await.submit("Resend", &[]).await;
            }
            State::EnvironmentDeleted => {
                owner.get(&format!("{environment}/delete")).await.submit("Delete", &[]).await;
            }
            State::Nonsense => {
                "/invitations/Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9v".clone_into(&mut self.link);
                "00000000".clone_into(&mut self.code);
            }
        }
        cast.app.deliver().await;
    }

    /// A response of a page: status, headings, buttons.
    fn told(&self, browser: &Browser<'_>) -> String {
        let headings = browser.select("main h1, main h2").join(" / ").replace(&self.environment, "Harbor");
        let buttons: String = browser.buttons().iter().map(|button| format!(" [{button}]")).collect();
        format!("{} {headings}{buttons}", browser.status)
    }

    async fn accept_on_the_page(&self, browser: &mut Browser<'_>) -> String {
        browser.get(&self.link).await;
        let action = format!("{}/accept", self.link);
        // Where the page has no such fields, they are not sent.
        let email = browser.value("email");
        let declined = browser.attribute("input[name=declined]", "value").unwrap_or_default();
        let shown = [("email", email.as_str()), ("declined", declined.as_str())];
        let shown = shown.into_iter().filter(|(_, value)| !value.is_empty());
        let fields: Vec<(&str, &str)> =
            [("fullName", "Nora Quay"), ("password", PASSWORD)].into_iter().chain(shown).collect();
        browser.post_fields(&action, &fields).await;
        if browser.path == action {
            return self.told(browser);
        }
        assert_eq!(browser.title(), format!("{} – Usher", self.environment), "{}", browser.text());
        browser.get("/account").await;
        let address = browser.select(".badge").join(" ");
        format!("joined, address: {address}")
    }

    async fn accept_by_code(&self, api: &Api<'_>) -> String {
        let answer = api.accept(&self.code).await;
        let json = answer.json();
        let told = json["message"].as_str().unwrap_or_else(|| json["envName"].as_str().unwrap());
        let told = told.replace(&self.code, "<code>").replace(&self.environment, "Harbor");
        format!("{} {told}", answer.status)
    }
}

async fn invite(cast: &Cast<'_>, sharing: &str, address: &str) -> Mail {
    cast.app.deliver().await;
    let mut inviter = cast.app.browser_of(&cast.inviter);
    inviter.get(sharing).await.submit("Invite", &[("userEmail", address)]).await;
    cast.app.mail_to(address).await
}

on_both! {
    async fn every_state_for_every_visitor_on_every_face(app: App, session_idle_minutes = 10080) {
        let cast = Cast::of(&app).await;
        let mut cases = Vec::new();
        for state in State::ALL {
            if state == State::Pending {
                app.advance(Duration::from_hours(24));
            }
            for visitor in Visitor::ALL {
                let on_page = Case::make(&cast, state, visitor, 2 * cases.len()).await;
                let by_code = Case::make(&cast, state, visitor, 2 * cases.len() + 1).await;
                cases.push((state, visitor, on_page, by_code));
            }
        }
        app.deliver().await;

        let mut pages = Vec::new();
        for (_, visitor, on_page, _) in &cases {
            let (mut browser, _) = cast.visitor(*visitor);
            browser.get(&on_page.link).await;
            pages.push(on_page.told(&browser));
        }
        for ((state, visitor, on_page, _), first) in cases.iter().zip(&pages) {
            let (mut browser, _) = cast.visitor(*visitor);
            browser.get(&on_page.link).await;
            assert_eq!(&on_page.told(&browser), first, "GET changed something: {state:?}, {visitor:?}");
        }
        assert!(app.deliver().await.is_empty(), "GET sent a mail");

        let mut table = String::new();
        for ((state, visitor, on_page, by_code), page) in cases.iter().zip(&pages) {
            let (mut browser, api) = cast.visitor(*visitor);
            let accepted = on_page.accept_on_the_page(&mut browser).await;
            let by_code = by_code.accept_by_code(&api).await;
            writeln!(table, "{state:?} · {visitor:?}\n    page    {page}").unwrap();
            writeln!(table, "    accept  {accepted}\n    code    {by_code}").unwrap();
        }
        insta::assert_snapshot!("invitation_states", table);
    }
}
