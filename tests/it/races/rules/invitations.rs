//! Invitations, and what they lead to.

use serde_json::json;

use super::{ROUNDS, in_two_processes, succeeded, successes};
use crate::support::api::{Api, environment_body};
use crate::support::app::PASSWORD;
use crate::support::browser::Browser;
use crate::support::mailbox::Mail;

/// The membership of somebody who was let in by a code.
async fn join(invitee: &Api<'_>, rosa: &Api<'_>, environment: i64, address: &str) -> i64 {
    invitee.join(rosa, environment, address, true).await
}

async fn at<'a>(mut browser: Browser<'a>, path: &str) -> Browser<'a> {
    browser.get(path).await;
    // A declined ticket is 410.
    assert!([200, 410].contains(&browser.status), "{}", browser.text());
    browser
}

in_two_processes! {
    async fn an_invitation_admits_once(pair: Pair) {
        let rosa = pair.one.user("rosa@harbor.test").await;
        let environment = rosa.environment("Harbor staging").await;
        let tomas = pair.one.user("tomas@harbor.test").await;
        let elsewhere = pair.elsewhere(&tomas);
        for _ in 0..ROUNDS {
            let invite = rosa.invite(environment, "tomas@harbor.test", false).await;
            let code = invite["inviteCode"].as_str().unwrap();
            let (one, other) = tokio::join!(tomas.accept(code), elsewhere.accept(code));
            assert_eq!(successes([&one.status, &other.status]), 1, "{one:?} {other:?}");
            rosa.delete(&format!("/api/environment/invites/{}", invite["id"])).await.ok();
        }
    }

    async fn an_invitee_has_one_open_invitation(pair: Pair) {
        let rosa = pair.one.user("rosa@harbor.test").await;
        let environment = rosa.environment("Harbor staging").await;
        pair.one.user("tomas@harbor.test").await;
        let elsewhere = pair.elsewhere(&rosa);
        for _ in 0..ROUNDS {
            let (one, other) = tokio::join!(
                rosa.invite(environment, "tomas@harbor.test", false),
                elsewhere.invite(environment, "tomas@harbor.test", false)
            );
            assert_ne!(one["inviteCode"], other["inviteCode"]);
            assert_eq!(pair.count("SELECT COUNT(*) FROM invitations WHERE state = 'pending'").await, 1);
        }
    }

    async fn a_new_invitation_and_the_answer_to_the_former_have_one_winner(pair: Pair) {
        let rosa = pair.one.user("rosa@harbor.test").await;
        let environment = rosa.environment("Harbor staging").await;
        let tomas = pair.one.user("tomas@harbor.test").await;
        let elsewhere = pair.elsewhere(&tomas);
        for _ in 0..ROUNDS {
            let invite = rosa.invite(environment, "tomas@harbor.test", false).await;
            let again = json!({ "environmentId": environment, "userEmail": "tomas@harbor.test", "isAdmin": false });
            let (invited, accepted) = tokio::join!(
                rosa.post("/api/environment/invites", again),
                elsewhere.accept(invite["inviteCode"].as_str().unwrap())
            );
            assert_eq!(successes([&invited.status, &accepted.status]), 1, "{invited:?} {accepted:?}");
            if accepted.status == 200 {
                rosa.delete(&format!("/api/environment/invites/{}", invite["id"])).await.ok();
            }
        }
    }

    async fn what_was_declined_and_a_new_invitation_have_one_winner(pair: Pair) {
        let rosa = pair.one.user("rosa@harbor.test").await;
        let environment = rosa.environment("Harbor staging").await;
        let tomas = pair.one.user("tomas@harbor.test").await;
        for _ in 0..ROUNDS {
            let invite = rosa.invite(environment, "tomas@harbor.test", false).await;
            let mails = pair.one.deliver().await;
            let mut links = mails.iter().filter(|mail| mail.to == "tomas@harbor.test").map(Mail::link);
            let link = links.rfind(|link| link.starts_with("/invitations/")).unwrap();
            let mut browser = at(pair.other.browser_of(&tomas), &link).await;
            browser.submit("Decline", &[]).await;
            let mut browser = at(browser, &link).await;
            let again = json!({ "environmentId": environment, "userEmail": "tomas@harbor.test", "isAdmin": false });
            let (invited, _) = tokio::join!(
                rosa.post("/api/environment/invites", again),
                browser.submit("Accept", &[])
            );
            let accepted = browser.path == format!("/environments/{environment}");
            assert_eq!(invited.status == 200, !accepted, "{invited:?} {} {}", browser.status, browser.text());
            let open = pair.count("SELECT COUNT(*) FROM invitations WHERE state = 'pending'").await;
            assert_eq!(open, i64::from(!accepted));
            let id = if accepted { &invite["id"] } else { &invited.json()["id"] };
            rosa.delete(&format!("/api/environment/invites/{id}")).await.ok();
        }
    }

    async fn an_invited_address_becomes_one_users(pair: Pair) {
        let rosa = pair.one.user("rosa@harbor.test").await;
        let environment = rosa.environment("Harbor staging").await;
        let sharing = format!("/environments/{environment}/sharing");
        let users = [pair.one.user("mia@harbor.test").await, pair.one.user("sam@harbor.test").await];
        for round in 0..4 {
            let address = format!("office-{round}@quay.test");
            pair.one.browser_of(&rosa).get(&sharing).await.submit("Invite", &[("userEmail", &address)]).await;
            let link = pair.one.mail_to(&address).await.link();
            let mut one = at(pair.one.browser_of(&users[0]), &link).await;
            let mut other = at(pair.other.browser_of(&users[1]), &link).await;
            let fields = [("password", PASSWORD)];
            tokio::join!(
                one.submit("This address is mine too", &fields),
                other.submit("This address is mine too", &fields)
            );
            let place = format!("/environments/{environment}");
            let joined = [&one, &other].map(|browser| browser.path == place);
            assert_eq!(joined.iter().filter(|joined| **joined).count(), 1, "{} {}", one.text(), other.text());
            let owners = format!("SELECT COUNT(*) FROM addresses WHERE normal = '{address}'");
            assert_eq!(pair.count(&owners).await, 1);
            let membership = pair.count("SELECT MAX(id) FROM members").await;
            rosa.delete(&format!("/api/environment/invites/{membership}")).await.ok();
            pair.one.deliver().await;
        }
    }

    async fn a_removed_member_does_nothing_more(pair: Pair) {
        let rosa = pair.one.user("rosa@harbor.test").await;
        let environment = rosa.environment("Harbor staging").await;
        let tomas = pair.one.user("tomas@harbor.test").await;
        let elsewhere = pair.elsewhere(&tomas);
        pair.one.user("mia@harbor.test").await;
        for round in 0..ROUNDS {
            let membership = join(&tomas, &rosa, environment, "tomas@harbor.test").await;
            let invitation = json!({ "environmentId": environment, "userEmail": "mia@harbor.test", "isAdmin": false });
            let path = format!("/api/environments/{environment}");
            let removal = format!("/api/environment/invites/{membership}");
            let (removed, invited, changed, seen) = tokio::join!(
                rosa.delete(&removal),
                elsewhere.post("/api/environment/invites", invitation),
                elsewhere.put(&path, environment_body(&format!("Harbor {round}"))),
                elsewhere.get(&path)
            );
            assert_eq!(removed.status, 200, "{removed:?}");
            successes([&invited.status, &changed.status, &seen.status]);
        }
        let late = format!(
            "SELECT COUNT(*) FROM audit_events late
             WHERE late.actor_id = {} AND late.place_id IS NOT NULL AND late.action <> 'invitation_accepted'
               AND (SELECT action FROM audit_events b
                    WHERE b.id < late.id AND b.action IN ('member_removed', 'invitation_accepted')
                    ORDER BY b.id DESC LIMIT 1) = 'member_removed'",
            tomas.id
        );
        assert_eq!(pair.count(&late).await, 0, "somebody did something after being removed");
    }

    async fn a_deactivated_inviter_admits_nobody(pair: Pair) {
        let sofia = pair.one.superuser().await;
        let rosa = pair.one.user("rosa@harbor.test").await;
        let environment = rosa.environment("Harbor staging").await;
        let rosas_id = pair.one.rpc_as("rosa@harbor.test").await.id().await;
        let tomas = pair.one.user("tomas@harbor.test").await;
        let elsewhere = pair.elsewhere(&tomas);
        for _ in 0..ROUNDS {
            let invite = rosa.invite(environment, "tomas@harbor.test", false).await;
            let code = invite["inviteCode"].as_str().unwrap();
            let (deactivated, accepted) =
                tokio::join!(sofia.call("user.deactivate", json!({ "id": rosas_id })), elsewhere.accept(code));
            assert!(succeeded(&deactivated), "{deactivated:?}");
            sofia.call("user.activate", json!({ "id": rosas_id })).await.ok();
            if successes([&accepted.status]) == 1 {
                rosa.delete(&format!("/api/environment/invites/{}", invite["id"])).await.ok();
            }
        }
        let late = "SELECT COUNT(*) FROM audit_events late WHERE late.action = 'invitation_accepted'
                    AND (SELECT action FROM audit_events b
                         WHERE b.id < late.id AND b.action IN ('user_deactivated', 'user_activated')
                         ORDER BY b.id DESC LIMIT 1) = 'user_deactivated'";
        assert_eq!(pair.count(late).await, 0, "a deactivated user's invitation admitted somebody");
    }

    async fn an_invitation_gives_what_it_offers_when_it_is_accepted(pair: Pair) {
        let rosa = pair.one.user("rosa@harbor.test").await;
        let environment = rosa.environment("Harbor staging").await;
        let tomas = pair.one.user("tomas@harbor.test").await;
        let elsewhere = pair.elsewhere(&tomas);
        for _ in 0..ROUNDS {
            let invite = rosa.invite(environment, "tomas@harbor.test", true).await;
            let form = format!("/environments/{environment}/invitations/{}", invite["id"]);
            let mut browser = at(pair.one.browser_of(&rosa), &form).await;
            let code = invite["inviteCode"].as_str().unwrap();
            let (changed, accepted) = tokio::join!(
                browser.post_fields(&form, &[]),
                elsewhere.accept(code)
            );
            assert_eq!(accepted.status, 200, "{accepted:?}");
            let level = format!("SELECT COUNT(*) FROM members WHERE id = {} AND level = 'administrator'", invite["id"]);
            let is_administrator = pair.count(&level).await == 1;
            assert_eq!(changed.status == 200, !is_administrator, "{}", changed.text());
            rosa.delete(&format!("/api/environment/invites/{}", invite["id"])).await.ok();
        }
    }

    async fn of_two_new_links_the_later_works(pair: Pair) {
        let rosa = pair.one.user("rosa@harbor.test").await;
        let environment = rosa.environment("Harbor staging").await;
        let sharing = format!("/environments/{environment}/sharing");
        pair.one.api().sign_up("mia@harbor.test").await;
        rosa.invite(environment, "mia@harbor.test", false).await;
        for _ in 0..ROUNDS {
            let mut one = at(pair.one.browser_of(&rosa), &sharing).await;
            let mut other = at(pair.other.browser_of(&rosa), &sharing).await;
            tokio::join!(one.submit("Resend", &[]), other.submit("Resend", &[]));
            assert_eq!(successes([&one.status, &other.status]), 2, "{} {}", one.text(), other.text());
        }
        let generation = pair.count("SELECT generation FROM invitations").await;
        assert_eq!(generation, 1 + 2 * i64::try_from(ROUNDS).unwrap());
    }

    async fn an_environment_has_one_owner(pair: Pair) {
        let rosa = pair.one.user("rosa@harbor.test").await;
        let tomas = pair.one.user("tomas@harbor.test").await;
        let mia = pair.one.user("mia@harbor.test").await;
        for round in 0..ROUNDS {
            let environment = rosa.environment(&format!("Harbor {round}")).await;
            join(&tomas, &rosa, environment, "tomas@harbor.test").await;
            join(&mia, &rosa, environment, "mia@harbor.test").await;
            let edit = format!("/environments/{environment}/edit");
            let mut one = at(pair.one.browser_of(&rosa), &edit).await;
            one.submit("Hand over", &[("userId", &tomas.id.to_string())]).await;
            let mut other = at(pair.other.browser_of(&rosa), &edit).await;
            other.submit("Hand over", &[("userId", &mia.id.to_string())]).await;
            tokio::join!(one.submit("Hand over", &[]), other.submit("Hand over", &[]));
            assert_eq!(successes([&one.status, &other.status]), 1, "{} {}", one.text(), other.text());
            let keys_of_owner = "SELECT COUNT(*) FROM environments e JOIN cloud_keys k ON k.id = e.cloud_keys_id
                                 WHERE k.user_id <> e.owner_id";
            assert_eq!(pair.count(keys_of_owner).await, 0, "the keys are not the owner's");
        }
    }

    async fn a_mail_is_sent_by_one_worker(pair: Pair) {
        let rosa = pair.one.user("rosa@harbor.test").await;
        let environment = rosa.environment("Harbor staging").await;
        let invitees: Vec<String> = (0..6).map(|number| format!("invitee-{number}@harbor.test")).collect();
        for invitee in &invitees {
            pair.one.api().sign_up(invitee).await;
        }
        pair.one.deliver().await;
        for _ in 0..ROUNDS {
            for invitee in &invitees {
                rosa.invite(environment, invitee, false).await;
            }
            let (one, other) = tokio::join!(pair.one.deliver(), pair.other.deliver());
            let mut to: Vec<String> = one.into_iter().chain(other).map(|mail| mail.to).collect();
            to.sort();
            assert_eq!(to, invitees);
        }
    }
}
