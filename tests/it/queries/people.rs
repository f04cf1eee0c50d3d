//! Calls on users: accounts, addresses, sessions; and on the installation itself.

use std::time::Duration;

use usher::email_address::EmailAddress;
use usher::entity::session::SessionKind;
use usher::ids::{AddressId, ResetId, SessionId};
use usher::store::definitions::Scopes;
use usher::store::locks::{Lock, Locks};
use usher::store::passwords::Login;
use usher::store::{
    addresses, installation, locks, passwords, people, pictures, repeats, resets, sessions, superusers, throttles,
    tokens, users,
};
use usher::words::Language;

use super::world::{ANNA, BEN, CARA, LATER, NOW, ORG};
use super::{Asked, call};

const MINUTE: Duration = Duration::from_mins(1);

pub async fn users_and_passwords(asked: &mut Asked) {
    let every_lock = Locks::default().share(Lock::Global).hold(Lock::User(ANNA));
    let new = users::NewUser {
        uid: "u9".to_owned(),
        username: None,
        full_name: "Dora".to_owned(),
        password_hash: String::new(),
        birth_org_id: Some(ORG),
        picture: None,
        language: Some(Language::German),
        now: NOW,
    };
    let picture =
        pictures::NewPicture { name: "q.png".to_owned(), content: vec![1], content_type: "image/png", now: NOW };
    let members = Scopes::Orgs(vec![ORG]);
    call! {
        asked:
        users::find(ANNA);
        users::any();
        users::by_uid("u1");
        users::listed(ANNA);
        users::part(0);
        users::insert(new);
        users::set_language(ANNA, Some(Language::German), NOW);
        users::rename(ANNA, "Anne", NOW);
        users::set_username(ANNA, "anne", NOW);
        users::touch(ANNA, NOW);
        users::set_birth_org(ANNA, ORG);
        users::set_deactivated(ANNA, Some(NOW), NOW);
        users::is_active(ANNA, NOW);
        users::note_seen(ANNA, NOW, NOW);
        users::set_picture(ANNA, Some("p.png"), NOW);
        users::list(&Scopes::All, "", "", 9, NOW);
        users::list(&members, "an", "", 9, NOW);
        users::delete(CARA);
        passwords::credentials(&Login::Address("anna@a.test".to_owned()));
        passwords::credentials(&Login::Username("anna".to_owned()));
        passwords::credentials_of(ANNA);
        passwords::set(ANNA, "other", NOW);
        passwords::change(ANNA, "hash", "other", NOW);
        passwords::note_sign_in(ANNA, "hash", NOW);
        superusers::is_superuser(ANNA);
        superusers::any();
        superusers::holders(NOW);
        people::page(people::Wanted::Everybody, "", 0, NOW);
        people::page(people::Wanted::Active, "ann", 0, NOW);
        people::page(people::Wanted::Deactivated, "", 0, NOW);
        people::find("u1");
        people::count_invitations(ANNA);
        locks::take(&every_lock);
        locks::places_of(ANNA);
        pictures::replace(ANNA, picture);
        pictures::remove(ANNA);
        pictures::by_name("p.png");
    }
}

pub async fn addresses_of_users(asked: &mut Asked) {
    let verification = addresses::Verification { digest: "other".to_owned(), expires_at: LATER };
    let new = |user_id| addresses::NewAddress {
        uid: "a9".to_owned(),
        user_id,
        address: EmailAddress::try_from("cara@a.test").unwrap(),
        verified_at: None,
        verification: Some(verification.clone()),
        now: NOW,
    };
    let reset = resets::NewReset {
        uid: "w9".to_owned(),
        user_id: ANNA,
        address_id: AddressId(1),
        digest: "other".to_owned(),
        now: NOW,
        expires_at: LATER,
    };
    call! {
        asked:
        addresses::insert_first(new(CARA));
        addresses::insert_further(new(ANNA));
        addresses::insert_waiting(new(ANNA));
        addresses::owner("anna@a.test");
        addresses::primary_of_username("anna");
        addresses::of_user(ANNA);
        addresses::of_users(&[ANNA, BEN]);
        addresses::all_of_user(ANNA);
        addresses::count_of_user(ANNA);
        addresses::find(ANNA, AddressId(1));
        addresses::by_verification("proof");
        addresses::by_uid("a1");
        addresses::verify(AddressId(3), NOW);
        addresses::primary_is_verified(ANNA);
        addresses::added_later(ANNA);
        addresses::make_primary(ANNA, AddressId(3));
        addresses::remove(ANNA, AddressId(3));
        addresses::renew_verification(AddressId(3), 2, &verification);
        resets::insert(reset);
        resets::of_user(ANNA);
        resets::find("reset");
        resets::by_uid("w1");
        resets::forget(ANNA);
        resets::remove(vec![ResetId(1)]);
        resets::consume(ResetId(1), NOW);
    }
}

pub async fn sessions_and_the_installation(asked: &mut Asked) {
    let new = sessions::NewSession {
        uid: "s9".to_owned(),
        kind: SessionKind::Browser,
        digest: "other".to_owned(),
        agent: None,
        ip: None,
        now: NOW,
        expires_at: LATER,
    };
    let token = tokens::NewToken {
        uid: "s9".to_owned(),
        name: "Other".to_owned(),
        digest: "other".to_owned(),
        now: NOW,
        expires_at: LATER,
    };
    let [session, named] = [SessionId(1), SessionId(2)];
    let asked_before = repeats::Asked { user_id: ANNA, key: "k", body: "b" };
    call! {
        asked:
        sessions::find("session");
        sessions::by_id(session);
        sessions::still_opens(ANNA, session, NOW);
        sessions::insert(ANNA, new);
        sessions::touch(session, NOW, NOW);
        sessions::live(ANNA, NOW, NOW, 9);
        sessions::end(ANNA, session);
        sessions::end_sign_in(ANNA, session);
        sessions::end_all(ANNA);
        sessions::end_others(ANNA, session);
        sessions::end_other_sign_ins(ANNA, session);
        sessions::sweep(NOW, NOW);
        tokens::insert(ANNA, token);
        tokens::count(ANNA, NOW);
        tokens::live(ANNA, NOW);
        tokens::find(ANNA, named, NOW);
        tokens::end(ANNA, named);
        repeats::begin(asked_before, "n", (NOW, NOW));
        repeats::find(asked_before, NOW);
        repeats::finish(asked_before, "n", b"sealed");
        repeats::sweep(NOW);
        throttles::count("t", NOW, MINUTE);
        throttles::find("t", NOW, MINUTE);
        throttles::clear("t");
        throttles::sweep(NOW, MINUTE);
        installation::find("fact");
        installation::keep("fact", "other");
        installation::forget("fact");
        installation::count_check();
        installation::checks();
    }
}
