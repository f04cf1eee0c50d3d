//! Calls on places: members, environments, orgs, and their permissions and roles.

use usher::entity::Kind;
use usher::entity::member::Level;
use usher::entity::outbox::MessageKind;
use usher::error::Error;
use usher::ids::{CloudKeysId, DefinitionKind, FormerSecretId, MembershipId, SlackId};
use usher::store::definitions::{Part, Scopes};
use usher::store::secrets::Field;
use usher::store::seen::{Basis, Sighting};
use usher::store::sightings::{Side, Way};
use usher::store::{
    cloud_keys, definitions, environment_owners, environments, former_secrets, members, orgs, places, role_permissions,
    secrets, seen, sightings, slack,
};

use super::world::{
    ACME, ANNA, ANNAS_KEYS, BEN, CARA, ENVIRONMENT, LATER, NOW, ORG, STAGING, TO_STAGING, definitions_of_acme,
};
use super::{Asked, call};

pub async fn places_and_members(asked: &mut Asked) {
    let place =
        places::NewPlace { uid: "e9", kind: Kind::Environment, name: "Other", key: "9", found_by: "", now: NOW };
    let member = members::NewMember {
        id: MembershipId(109),
        place_id: STAGING,
        user_id: CARA,
        level: Level::Member,
        expires_at: Some(LATER),
        let_in_by: Some("Anna"),
        now: NOW,
    };
    let wanted = members::Wanted { limit: 9, ..members::Wanted::default() };
    let editors = members::Wanted { search: "be", having: Some("r1"), ..wanted };
    call! {
        asked:
        places::insert(place, Error::Collision);
        places::set_key(STAGING, "9");
        places::rename(STAGING, "Other", "");
        places::find(STAGING);
        places::by_key(Kind::Org, "acme");
        places::of_user(Kind::Org, ANNA, "ac", 0, NOW);
        places::numbers(&[ANNA, BEN], NOW);
        places::delete(ACME);
        members::next_id();
        members::insert(member);
        members::clear_ended(STAGING, BEN, NOW);
        members::find(MembershipId(101), NOW);
        members::of_user(STAGING, ANNA, NOW);
        members::is_member(STAGING, ANNA, NOW);
        members::part(STAGING, 0, NOW);
        members::page(STAGING, wanted, NOW);
        members::page(ACME, editors, NOW);
        members::page_of_successors(STAGING, ANNA, "be", 0, NOW);
        members::count(STAGING, NOW);
        members::set_level(MembershipId(102), Level::Administrator);
        members::await_proof(MembershipId(102));
        members::note_proof(BEN);
        members::remove(MembershipId(102));
    }
}

pub async fn environments_and_slack(asked: &mut Asked) {
    let configured = slack::of_environment(&asked.database, ENVIRONMENT).await.unwrap().unwrap();
    let plain = environments::Plain {
        bucket: "b".to_owned(),
        prefix: None,
        db_name: "d".to_owned(),
        host: "h".to_owned(),
        instance: "i".to_owned(),
        parameter_group: None,
    };
    let new = environments::NewEnvironment {
        uid: "e9".to_owned(),
        owner_id: ANNA,
        cloud_keys_id: ANNAS_KEYS,
        name: "Other".to_owned(),
        plain: plain.clone(),
        db_user: vec![1],
        db_pass: vec![1],
        now: NOW,
    };
    let change =
        environments::Change { cloud_keys_id: ANNAS_KEYS, plain, db_user: vec![2], db_pass: vec![2], now: NOW };
    let keys = cloud_keys::NewKeys {
        uid: "k9".to_owned(),
        user_id: ANNA,
        name: "Other".to_owned(),
        access_key: vec![1],
        secret_key: vec![1],
        region: "r".to_owned(),
        now: NOW,
    };
    call! {
        asked:
        environments::access(ENVIRONMENT, ANNA, NOW);
        environments::access_to_place(STAGING, ANNA, NOW);
        environments::insert(new);
        environments::name_taken("Staging");
        environments::details(ENVIRONMENT);
        environments::filled(STAGING);
        environments::of_user(ANNA, 0, 50, NOW);
        environments::rename(STAGING, "Other", NOW);
        environments::change(ENVIRONMENT, change);
        environments::set_keys(ENVIRONMENT, CloudKeysId(2));
        environments::place_id(ENVIRONMENT);
        environment_owners::set_owner(ENVIRONMENT, BEN, NOW);
        environment_owners::owned_between(ANNA, STAGING, ACME);
        environment_owners::without_own_keys();
        environment_owners::owned(ANNA, NOW);
        environment_owners::legacies(ANNA, NOW);
        cloud_keys::insert(keys);
        cloud_keys::lock(ANNAS_KEYS);
        cloud_keys::find(ANNAS_KEYS);
        cloud_keys::versioned(ANNAS_KEYS);
        cloud_keys::part(ANNA, 0);
        cloud_keys::of_user(ANNA);
        cloud_keys::names(ANNA);
        cloud_keys::used_by(ANNAS_KEYS);
        cloud_keys::change(ANNAS_KEYS, &[2], &[2], "s", NOW);
        cloud_keys::note_told(ANNAS_KEYS, NOW);
        cloud_keys::give(ANNAS_KEYS, BEN, "Anna's");
        cloud_keys::remove_unused(CloudKeysId(2));
        slack::of_environment(ENVIRONMENT);
        slack::of_place(STAGING);
        slack::update(&configured, NOW);
        slack::delete(SlackId(1));
        slack::owe(STAGING, MessageKind::SlackInvited, ANNA, Some(TO_STAGING), NOW);
        slack::last_notice(STAGING);
    }
    new_notices(asked).await;
}

/// An environment has only one of each: the existing one is removed first.
async fn new_notices(asked: &mut Asked) {
    let new = slack::NewConfiguration {
        uid: "h9".to_owned(),
        environment_id: ENVIRONMENT,
        channel: "#d".to_owned(),
        token: vec![1],
        now: NOW,
    };
    let connection = asked.begin().await;
    slack::delete(&connection, SlackId(1)).await.unwrap();
    let outcome = slack::insert(&connection, new).await;
    asked.end("slack::insert", connection, outcome.map(drop)).await;
}

pub async fn orgs_and_definitions(asked: &mut Asked) {
    let org = orgs::find(&asked.database, ORG).await.unwrap().unwrap();
    let [editor, edit] = definitions_of_acme(&asked.database).await;
    let (role, permission) = (DefinitionKind::Role, DefinitionKind::Permission);
    let new =
        definitions::New { kind: role, uid: "r9", org_id: Some(ORG), name: "other", description: Some("D"), now: NOW };
    let uids = ["r1", "r2"].map(str::to_owned);
    let part = Part { prefix: "e".to_owned(), after: String::new(), limit: 9 };
    let (editor_id, edit_id) = (editor.role_id().unwrap(), edit.permission_id().unwrap());
    call! {
        asked:
        orgs::insert("o9", "other", "Other", NOW);
        orgs::find(ORG);
        orgs::of_place(ACME);
        orgs::by_uid("o1");
        orgs::by_slug("acme");
        orgs::ids(&["o1".to_owned()]);
        orgs::rename(&org, "Other", NOW);
        orgs::counts(&org, NOW);
        orgs::administered_alone(ANNA, NOW);
        orgs::left_to_nobody(ANNA, NOW);
        orgs::administrators(ORG, NOW);
        orgs::of_users(&[ANNA, BEN], NOW);
        definitions::insert(new);
        definitions::by_uid(role, "r1");
        definitions::by_uids(role, &uids);
        definitions::by_ids(&[editor, edit]);
        definitions::usable_by_role(Some(ORG), 9);
        definitions::system_role();
        definitions::name_taken(role, Some(ORG), "editor", Some(edit));
        definitions::change(editor, "other", None, NOW);
        definitions::delete(editor);
        definitions::list(role, &Scopes::All, &part, NOW);
        definitions::list(permission, &Scopes::Orgs(vec![ORG]), &part, NOW);
        definitions::list(permission, &Scopes::Orgs(Vec::new()), &part, NOW);
        definitions::of_scope(role, Some(ORG), &part, NOW);
        definitions::defined_in(role, Some(ORG), 50);
        definitions::defined_in(permission, None, 50);
        definitions::of_scope(permission, None, &part, NOW);
        role_permissions::replace(editor_id, &[edit_id]);
        role_permissions::of_roles(&[editor_id]);
        role_permissions::by_role([editor, edit].into_iter());
    }
}

pub async fn secrets_and_sightings(asked: &mut Asked) {
    let sighting = Sighting {
        user_id: BEN,
        user_name: "Ben",
        versions: &["v1", "v2"],
        way: Way::Page,
        basis: Basis::Right,
        now: NOW,
    };
    let former = former_secrets::NewFormer {
        uid: "f1".to_owned(),
        version: "v1".to_owned(),
        place_id: STAGING,
        field: Field::DbPass,
        value: vec![1],
        replaced_by: "Anna".to_owned(),
        now: NOW,
    };
    call! {
        asked:
        secrets::of_keys(ANNAS_KEYS);
        secrets::begin(&["v8", "v9"], ANNA, "Anna", NOW);
        secrets::set(STAGING, &[(Field::DbUser, "v5")]);
        secrets::of_place(STAGING);
        secrets::places_with("v1");
        secrets::release(&["v1", "v5"], NOW);
        former_secrets::insert(former);
        former_secrets::of_place(STAGING, NOW);
        former_secrets::find(STAGING, FormerSecretId(1), NOW);
        former_secrets::prune(STAGING, Field::DbPass, 3);
        former_secrets::sweep(NOW);
        former_secrets::set_kept(ENVIRONMENT, 3);
        seen::note(sighting, NOW);
        seen::note(Sighting { basis: Basis::Joined(STAGING), ..sighting }, NOW);
        seen::note(Sighting { basis: Basis::Former, ..sighting }, NOW);
        seen::lose(BEN, STAGING, NOW);
        seen::lose_all(BEN, NOW);
        sightings::of_place(STAGING, Side::In, 0, NOW);
        sightings::of_place(STAGING, Side::Out, 0, NOW);
        sightings::of_user(CARA, Side::In, 0, NOW);
        sightings::of_user(CARA, Side::Out, 0, NOW);
        sightings::of_user_in(BEN, STAGING, NOW);
        sightings::exposed_places(ANNA, NOW);
        sightings::dismiss(STAGING, Field::AccessKey, CARA, NOW);
    }
}
