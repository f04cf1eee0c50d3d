//! Calls on invitations, rights, messages and events.

use usher::clock::Timestamp;
use usher::entity::Kind;
use usher::entity::audit_event::Action;
use usher::entity::invitation::InvitationState;
use usher::entity::member::Level;
use usher::entity::outbox::{Carrier, MessageKind, MessageState};
use usher::ids::{AssignmentId, MembershipId, MessageId};
use usher::store::definitions::Scopes;
use usher::store::neglected::Managed;
use usher::store::places::Place;
use usher::store::{
    activity, assignments, audit, failed_messages, invitation_changes, invitation_grants, invitation_links,
    invitation_lists, invitations, neglected, outbox, rights,
};

use super::world::{ACME, ANNA, BEN, LATER, NOW, ORG, STAGING, TO_ACME, TO_STAGING, definitions_of_acme};
use super::{Asked, call};

pub async fn rights_of_users(asked: &mut Asked) {
    let [editor, edit] = definitions_of_acme(&asked.database).await;
    let [editor, edit] = [editor, edit].map(assignments::Grant::of);
    call! {
        asked:
        assignments::grant_all_system(BEN, NOW);
        assignments::insert(BEN, Some(ORG), &edit, NOW);
        assignments::remove(BEN, Some(ORG), &editor);
        assignments::remove_all_of_member(ORG, BEN);
        assignments::in_org(ORG, MembershipId(101), MembershipId(109));
        assignments::global(ANNA, 0);
        assignments::global_but_system(ANNA, 0);
        assignments::one_global(ANNA, AssignmentId(2));
        assignments::remove_global_system(ANNA);
        assignments::in_orgs(ANNA, STAGING, ACME);
        rights::held(ANNA, NOW);
        rights::held_in(ANNA, Some(ORG), NOW);
        rights::held_in(ANNA, None, NOW);
        rights::permissions_of(ANNA, NOW);
        rights::roles_of(ANNA, NOW);
    }
}

pub async fn open_invitations(asked: &mut Asked) {
    let found = invitations::find(&asked.database, TO_STAGING).await.unwrap().unwrap();
    let [editor, edit] = definitions_of_acme(&asked.database).await;
    let grants = [editor, edit].map(assignments::Grant::of);
    let links = invitations::Links {
        mailed_digest: "m9".to_owned(),
        copied_digest: "c9".to_owned(),
        code_digest: Some("code9".to_owned()),
    };
    let new = invitations::NewInvitation {
        uid: "i9".to_owned(),
        place: Place { id: STAGING, kind: Kind::Environment, name: "Staging".to_owned(), key: "1".to_owned() },
        level: Level::Member,
        inviter_id: ANNA,
        invitee_id: None,
        address: "f@a.test".to_owned(),
        normal: "f@a.test".to_owned(),
        invitee_name: None,
        note: None,
        named_as: None,
        life: 9,
        now: NOW,
        expires_at: LATER,
        links: links.clone(),
    };
    let renewal = invitation_links::Renewal {
        id: TO_STAGING,
        generation: 2,
        inviter_id: ANNA,
        links,
        now: NOW,
        expires_at: LATER,
    };
    let managed = [(Kind::Environment, Managed::ByLevel), (Kind::Org, Managed::Orgs(Scopes::All))];
    let wanted = |search| invitation_lists::Wanted { state: InvitationState::Pending, search, before: i64::MAX };
    call! {
        asked:
        invitations::find(TO_STAGING);
        invitations::by_link("m1");
        invitations::by_code("code");
        invitations::insert(new);
        invitations::count_sent_to("d@a.test", NOW);
        invitations::is_invited_anew(&found, Some(BEN));
        invitation_changes::change(TO_STAGING, Level::Administrator, Some(ANNA));
        invitation_changes::supersede(STAGING, Some(BEN), "d@a.test", NOW);
        invitation_changes::answer(TO_STAGING, InvitationState::Declined, Some(BEN), NOW);
        invitation_changes::take_up(TO_STAGING, Some(BEN), NOW);
        invitation_changes::set_answerer(TO_STAGING, BEN);
        invitation_changes::close(TO_STAGING, InvitationState::Revoked, ANNA, NOW);
        invitation_changes::revoke_of_inviter(STAGING, ANNA, NOW);
        invitation_changes::revoke_of_user(ANNA, NOW);
        invitation_changes::close_of_place(STAGING, NOW);
        invitation_links::renew(&found, renewal);
        invitation_links::renew_copied(&found, 2, "c9");
        invitation_links::note_failed_mail(MessageId(1), NOW);
        invitation_links::ask_for_link(TO_ACME, NOW);
        invitation_lists::page(STAGING, wanted(""));
        invitation_lists::page(STAGING, wanted("d@ anna"));
        invitation_lists::waiting_for(BEN, NOW, i64::MAX);
        invitation_grants::replace(TO_ACME, &grants);
        invitation_grants::insert(TO_ACME, &grants);
        invitation_grants::of_invitation(TO_ACME);
        invitation_grants::with_ids(TO_ACME);
        invitation_grants::named(&[TO_STAGING, TO_ACME]);
        neglected::of_inviter(ANNA, &managed, NOW);
    }
}

pub async fn messages_and_events(asked: &mut Asked) {
    let mail = outbox::NewMail {
        uid: "x9".to_owned(),
        kind: MessageKind::PasswordChanged,
        address: "anna@a.test".to_owned(),
        user_id: Some(ANNA),
        invitation_id: None,
        generation: None,
        subject_uid: None,
        now: NOW,
    };
    let outcome = outbox::Outcome {
        id: MessageId(1),
        state: MessageState::Queued,
        tried: true,
        fault: None,
        next_at: LATER,
        held_at: None,
    };
    let event = audit::Event {
        uid: "v9".to_owned(),
        at: NOW,
        actor_id: Some(ANNA),
        actor_name: "Anna".to_owned(),
        action: Action::PlaceChanged,
        place: Some((STAGING, Kind::Environment)),
        subject: None,
        subject_id: Some(BEN),
        details: audit::Details { was: Some("Former".to_owned()), ..audit::Details::default() },
        ip: None,
    };
    let wanted = |search, actions| activity::Wanted { search, actions, limit: 9, ..activity::Wanted::default() };
    let dated = activity::Wanted { from: Some(Timestamp(0)), until: Some(LATER), ..wanted("", &[]) };
    call! {
        asked:
        outbox::insert(mail);
        outbox::owe_user(MessageKind::MemberRemoved, BEN, Some(STAGING), ANNA, NOW);
        outbox::lease(Carrier::Mail, outbox::Due::All, "other", NOW, LATER);
        outbox::lease(Carrier::Mail, outbox::Due::Awaited, "other", NOW, LATER);
        outbox::settle("lease", &outcome, NOW);
        outbox::release(Carrier::Mail, NOW);
        outbox::next_due(Carrier::Mail, NOW);
        outbox::free(Carrier::Mail, NOW, NOW);
        outbox::sweep(NOW);
        failed_messages::page(i64::MAX);
        failed_messages::any();
        failed_messages::latest();
        failed_messages::send_again(MessageId(1), MessageId(9), NOW);
        audit::record(event);
        activity::told(activity::Of::Place(STAGING), wanted("", &[]));
        activity::told(activity::Of::Place(STAGING), wanted("Anna", &[Action::CredentialsRevealed]));
        activity::told(activity::Of::Everything, dated);
        activity::told(activity::Of::Everything, activity::Wanted { place_name: "stag", ..dated });
        activity::told(activity::Of::Person(ANNA), wanted("", &[]));
        activity::told(activity::Of::Person(BEN), activity::Wanted { place_id: Some(STAGING), ..wanted("Anna", &[]) });
    }
}
