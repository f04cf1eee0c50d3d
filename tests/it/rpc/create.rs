//! `user.create`

use serde_json::{Value, json};

use crate::support::app::{App, PASSWORD, Set};
use crate::support::on_both;
use crate::support::rpc::{USER_WRITE, org, user_body};

/// A body with some fields changed; null removes one.
fn with(changes: Value) -> Value {
    let mut body = user_body("nadia");
    for (field, value) in changes.as_object().unwrap() {
        if value.is_null() {
            body.as_object_mut().unwrap().remove(field);
        } else {
            body[field] = value.clone();
        }
    }
    body
}

on_both! {
    async fn a_user_is_made_and_logs_in_by_any_address(app: App) {
        let sofia = app.superuser().await;
        let orbit = org(&sofia, "orbit").await;
        let body = with(json!({
            "username": " Nadia.O ",
            "fullName": " Nadia Orel ",
            "picture": "https://orbit.test/nadia.png",
            "emails": [
                { "address": "second@orbit.test" },
                { "address": "Nadia@Orbit.test", "isVerified": true, "isPrimary": "true" },
            ],
            "orgs": orbit.to_uppercase(),
        }));
        let made = sofia.call("user.create", body).await.ok();
        let user = &made["user"];
        let expected = json!({ "ok": true, "user": {
            "id": user["id"],
            "username": "nadia.o",
            "fullName": "Nadia Orel",
            "picture": "https://orbit.test/nadia.png",
            "emails": [
                { "address": "nadia@orbit.test", "isVerified": true, "isPrimary": true },
                { "address": "second@orbit.test", "isVerified": false, "isPrimary": false },
            ],
            "orgs": [orbit],
            "createdAt": "2026-03-01T08:15:30.250Z",
            "updatedAt": "2026-03-01T08:15:30.250Z",
        } });
        assert_eq!(made, expected);
        let fields: Vec<&String> = user.as_object().unwrap().keys().collect();
        assert_eq!(fields, ["id", "username", "fullName", "picture", "emails", "orgs", "createdAt", "updatedAt"]);
        for key in ["NADIA.o", "nadia@orbit.test", "second@orbit.test"] {
            assert_eq!(json!(app.rpc_as(key).await.id().await), user["id"]);
        }
    }

    async fn a_control_character_in_a_name_is_a_fault_of_the_field(app: App) {
        let sofia = app.superuser().await;
        let made = sofia.call("user.create", with(json!({ "fullName": "Nadia\u{7}Orel" }))).await;
        made.invalid(json!([[["fullName"], "string.regex.name"]]));
    }

    async fn without_a_picture_and_orgs_there_are_none(app: App) {
        let sofia = app.superuser().await;
        let made = sofia.call("user.create", user_body("nadia")).await.ok();
        assert_eq!((&made["user"]["picture"], &made["user"]["orgs"]), (&json!(null), &json!([])));
    }

    async fn every_fault_is_told_in_the_order_of_the_fields(app: App) {
        let sofia = app.superuser().await;
        let call = async |body| sofia.call("user.create", body).await;
        call(json!({})).await.invalid(json!([
            [["password"], "any.required"],
            [["fullName"], "any.required"],
            [["emails"], "any.required"],
        ]));
        let body = json!({
            "surprise": 1,
            "orgs": ["short", 5],
            "emails": [{ "address": "nobody", "isVerified": "yes", "extra": 1 }, {}],
            "picture": "ftp://orbit.test/x.png",
            "fullName": "N",
            "password": " seven7 ",
            "username": "n a/",
        });
        call(body).await.invalid(json!([
            [["username"], "string.regex.name"],
            [["password"], "string.min"],
            [["fullName"], "string.min"],
            [["picture"], "string.uriCustomScheme"],
            [["emails", 0, "address"], "string.email"],
            [["emails", 0, "isVerified"], "boolean.base"],
            [["emails", 0, "extra"], "object.allowUnknown"],
            [["emails", 1, "address"], "any.required"],
            [["emails"], "array.includesRequiredUnknowns"],
            [["orgs", 0], "string.length"],
            [["orgs", 0], "string.hex"],
            [["orgs", 1], "string.base"],
            [["surprise"], "object.allowUnknown"],
        ]));
        let long = "x".repeat(101);
        let body = with(json!({ "username": "u".repeat(31), "password": "p".repeat(51), "fullName": long }));
        call(body).await.invalid(json!([
            [["username"], "string.max"], [["password"], "string.max"], [["fullName"], "string.max"],
        ]));
    }

    async fn lists_have_their_rules(app: App) {
        let sofia = app.superuser().await;
        let call = async |changes| sofia.call("user.create", with(changes)).await;
        let address = |address: &str| json!({ "address": address });
        let many: Value = (0..11).map(|n| address(&format!("n{n}@orbit.test"))).collect();
        let ids: Value = (0..11).map(|n| json!(format!("{n:024x}"))).collect();
        for (changes, faults) in [
            (json!({ "emails": [] }), json!([[["emails"], "array.includesRequiredUnknowns"]])),
            (json!({ "emails": address("a@orbit.test") }), json!([[["emails"], "array.base"]])),
            (json!({ "emails": many }), json!([[["emails"], "array.max"]])),
            (json!({ "emails": ["a@orbit.test", address("b@orbit.test")] }), json!([[["emails", 0], "object.base"]])),
            (json!({ "emails": [address("a@orbit.test"), address("A@orbit.test")] }), json!([[["emails", 1], "array.unique"]])),
            (json!({ "emails": [address("a.b@gmail.com"), address("x@y.test"), address("ab@gmail.com")] }),
             json!([[["emails", 2], "array.unique"]])),
            (json!({ "orgs": [] }), json!([[["orgs"], "array.min"]])),
            (json!({ "orgs": ids }), json!([[["orgs"], "array.max"]])),
            (json!({ "emails": [address("x"), address("a@orbit.test"), address("A@orbit.test")] }),
             json!([[["emails", 0, "address"], "string.email"], [["emails", 2], "array.unique"]])),
            (json!({ "orgs": ["x".repeat(24), "0000000000000000000000ab", "0000000000000000000000AB"] }),
             json!([[["orgs", 0], "string.hex"], [["orgs", 2], "array.unique"]])),
            (json!({ "orgs": ["0000000000000000000000ab", "0000000000000000000000AB"] }), json!([[["orgs", 1], "array.unique"]])),
        ] {
            call(changes).await.invalid(faults);
        }
    }

    async fn the_caller_needs_the_right_globally(app: App) {
        let sofia = app.superuser().await;
        sofia.make_user("nadia", &[]).await;
        let nadia = app.rpc_as("nadia").await;
        org(&nadia, "orbit").await;
        app.rpc().call("user.create", json!({})).await.masked();
        nadia.call("user.create", json!({ "username": "x" })).await.refused(400, "Invalid request body");
        nadia.call("user.create", user_body("oleg")).await.forbidden("nadia");
        // The right is checked before the method's rules.
        let body = json!({ "username": null, "emails": [{ "address": "x@orbit.test" }], "username2": null });
        nadia.call("user.create", with(body)).await.forbidden("nadia");
        sofia.grant(&nadia.id().await, None, USER_WRITE).await;
        nadia.call("user.create", user_body("oleg")).await.ok();
    }

    async fn refusals_come_in_their_order(app: App) {
        let sofia = app.superuser().await;
        sofia.make_user("nadia", &[]).await;
        let call = async |changes| sofia.call("user.create", with(changes)).await;
        let unknown = "0123456789abcdef01234567";
        let taken = json!({ "address": "nadia@orbit.test", "isPrimary": true });
        let free = json!({ "address": "new@orbit.test", "isPrimary": true });
        let second = json!({ "address": "other@orbit.test", "isPrimary": true });
        let base = |username: Value, emails: Value| json!({ "username": username, "emails": emails, "orgs": [unknown] });
        call(base(json!(null), json!([]))).await.refused(400, "Invalid request body");
        call(base(json!(null), json!([{ "address": "new@orbit.test" }]))).await.invalid(json!([[["username"], "any.required"]]));
        call(base(json!("admin"), json!([{ "address": "new@orbit.test" }])))
            .await
            .refused(10004, "You must specify at least 1 primary email");
        call(base(json!("admin"), json!([free, second])))
            .await
            .refused(10004, "User cannot have more than 1 primary emails");
        call(base(json!("Admin"), json!([taken])))
            .await
            .refused(10014, "Username \"admin\" is reserved for system use");
        call(base(json!("NADIA"), json!([taken]))).await.refused(10006, "Username \"nadia\" already in use");
        call(base(json!("oleg"), json!([taken]))).await.refused(10005, "Email address already in use");
        call(base(json!("oleg"), json!([free]))).await.refused(10011, &format!("Org \"{unknown}\" does not exist"));
        // Nothing is left of a user who could not be created.
        call(json!({ "username": "oleg", "emails": [free] })).await.ok();
    }

    async fn reserved_names_are_nobodys(app: App) {
        let sofia = app.superuser().await;
        for name in [
            "admin", "administrator", "root", "api", "www", "login", "logout", "support", "help", "settings",
            "invitations", "postmaster", "webmaster", "yeep",
        ] {
            sofia.call("user.create", with(json!({ "username": name }))).await
                .refused(10014, &format!("Username \"{name}\" is reserved for system use"));
        }
    }

    async fn fields_have_their_bounds(app: App) {
        let sofia = app.superuser().await;
        let url = |length: usize| format!("https://orbit.test/{}", "x".repeat(length - 19));
        for (changes, field, kinds) in [
            (json!({ "username": "n" }), "username", vec!["string.min"]),
            (json!({ "username": "" }), "username", vec!["any.empty", "string.min"]),
            (json!({ "fullName": "\0ab" }), "fullName", vec!["string.base"]),
            (json!({ "picture": url(501) }), "picture", vec!["string.max"]),
            (json!({ "picture": "orbit.test/x.png" }), "picture", vec!["string.uriCustomScheme"]),
            (json!({ "picture": 7 }), "picture", vec!["string.base"]),
            (json!({ "password": "p".repeat(51) }), "password", vec!["string.max"]),
        ] {
            let faults: Value = kinds.iter().map(|kind| json!([[field], kind])).collect();
            sofia.call("user.create", with(changes)).await.invalid(faults);
        }
        let long = format!("{}@{}.test", "a".repeat(40), "b".repeat(55));
        for (address, kinds) in [
            (json!(long), vec!["string.max"]),
            (json!(7), vec!["string.base"]),
            (json!(""), vec!["any.empty"]),
        ] {
            let faults: Value = kinds.iter().map(|kind| json!([["emails", 0, "address"], kind])).collect();
            let body = with(json!({ "emails": [{ "address": address }, { "address": "x@orbit.test" }] }));
            sofia.call("user.create", body).await.invalid(faults);
        }
        let longest = format!("{}@{}.test", "a".repeat(40), "b".repeat(54));
        let body = json!({
            "username": "N_-.0".repeat(6), "password": "p".repeat(50), "fullName": "f".repeat(100), "picture": url(500),
            "emails": [{ "address": format!(" {longest} "), "isPrimary": true }],
        });
        let made = sofia.call("user.create", with(body)).await.ok();
        assert_eq!(made["user"]["emails"][0]["address"], json!(longest));
    }

    async fn addresses_are_taken_in_their_normal_form_verified_or_not(app: App) {
        let sofia = app.superuser().await;
        let with_address = |name: &str, address: &str| {
            with(json!({ "username": name, "emails": [{ "address": address, "isPrimary": true }] }))
        };
        sofia.call("user.create", with_address("nadia", "na.dia+x@googlemail.com")).await.ok();
        let again = sofia.call("user.create", with_address("oleg", "nadia@gmail.com")).await;
        again.refused(10005, "Email address already in use");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_usernames_are_off_none_is_taken() {
    let app = App::start(Set::default().with("usernames_enabled", false)).await;
    let sofia = app.superuser().await;
    sofia.call("user.create", user_body("nadia")).await.invalid(json!([[["username"], "any.forbidden"]]));
    let made = sofia.call("user.create", with(json!({ "username": null }))).await.ok();
    assert!(made["user"].get("username").is_none(), "{made}");
    let mut nadia = app.rpc();
    nadia.log_in("nadia@orbit.test").await;
    nadia
        .call("user.create", with(json!({ "username": null, "password": PASSWORD })))
        .await
        .forbidden("nadia@orbit.test");
}
