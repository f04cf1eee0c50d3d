//! `user.setPicture`, `user.deletePicture`, `GET /media/…`

use std::time::Duration;

use futures_util::future::join_all;
use image::{DynamicImage, GenericImageView as _, ImageFormat};
use serde_json::{Value, json};

use crate::support::app::App;
use crate::support::on_both;
use crate::support::pictures::files::{self, Kind};
use crate::support::pictures::{self, BLUE, RED, drawn, is_near, multipart};
use crate::support::rpc::{Rpc, Told, USER_WRITE, org};

const UNKNOWN: &str = "0123456789abcdef01234567";
async fn send(rpc: &Rpc<'_>, fields: &[(&str, &str)], file: Option<&[u8]>) -> Told {
    let (content_type, body) = multipart(fields, file);
    rpc.send("user.setPicture", content_type, body).await
}

/// Content type and picture of a URL; `None` if there is none.
async fn fetch(app: &App, url: &Value) -> Option<(String, DynamicImage)> {
    pictures::fetch(app, url.as_str().unwrap().strip_prefix("http://127.0.0.1:8000").unwrap()).await
}

on_both! {
    async fn a_picture_is_cut_scaled_and_served(app: App) {
        let sofia = app.superuser().await;
        let id = sofia.make_user("nadia", &[]).await;
        let nadia = app.rpc_as("nadia").await;
        let mut last = Value::Null;
        for (format, extension, content_type) in [
            (ImageFormat::Png, "png", "image/png"),
            (ImageFormat::Jpeg, "jpeg", "image/jpeg"),
            (ImageFormat::WebP, "jpeg", "image/jpeg"),
        ] {
            app.advance(Duration::from_secs(1));
            let file = drawn(format, 600, 300, 150);
            let answer = send(&nadia, &[("id", &id.to_uppercase())], Some(&file)).await.ok();
            let now = app.clock.now().iso();
            let url = answer["user"]["picture"].clone();
            let name = url.as_str().unwrap().strip_prefix("http://127.0.0.1:8000/media/").unwrap();
            assert_eq!(name.split_once('.').unwrap().1, extension);
            assert_eq!(answer, json!({ "ok": true, "user": { "id": id, "picture": url, "updatedAt": now } }));
            let (kind, image) = fetch(&app, &url).await.unwrap();
            assert_eq!((kind.as_str(), image.dimensions()), (content_type, (400, 400)));
            is_near(&image, 150, RED);
            is_near(&image, 250, BLUE);
            let info = nadia.call("session.info", json!({})).await.ok();
            assert_eq!(info["session"]["user"]["picture"], url);
            // The old one is gone.
            if !last.is_null() {
                assert!(fetch(&app, &last).await.is_none());
            }
            last = url;
        }
        let info = nadia.call("user.info", json!({ "id": id })).await.ok();
        assert_eq!(info["user"]["picture"], last);
    }

    async fn files_of_every_kind_are_read(app: App) {
        let sofia = app.superuser().await;
        let id = sofia.make_user("nadia", &[]).await;
        for (name, extension, file) in [
            ("16 bits", "png", files::png(Kind::Wide, 616, 308, 160)),
            ("palette", "png", files::png(Kind::Palette, 616, 308, 160)),
            ("interlaced", "png", files::png(Kind::Interlaced, 616, 308, 160)),
            ("baseline", "jpeg", files::jpeg(false, 616, 308, 160)),
            ("progressive", "jpeg", files::jpeg(true, 616, 308, 160)),
        ] {
            let answer = send(&sofia, &[("id", &id), ("cropX", "1")], Some(&file)).await.ok();
            let (kind, image) = fetch(&app, &answer["user"]["picture"]).await.unwrap();
            assert_eq!((kind, image.dimensions()), (format!("image/{extension}"), (400, 400)), "{name}");
            is_near(&image, 190, RED);
            is_near(&image, 220, BLUE);
        }
        let answer = send(&sofia, &[("id", &id)], Some(&files::flat_webp(300, 300))).await.ok();
        is_near(&fetch(&app, &answer["user"]["picture"]).await.unwrap().1, 200, RED);
    }

    async fn few_wait_for_their_picture_to_be_read(app: App) {
        let sofia = app.superuser().await;
        let id = sofia.make_user("nadia", &[]).await;
        let fields = [("id", id.as_str()), ("cropSize", "1000")];
        let file = files::flat_webp(2000, 2000);
        let answers = join_all((0..30).map(|_| send(&sofia, &fields, Some(&file)))).await;
        let (taken, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.0.status == 200);
        // One is read and eight wait.
        assert!(taken.len() >= 9 && refused.len() >= 9, "{} and {}", taken.len(), refused.len());
        for answer in taken {
            answer.ok();
        }
        for Told(answer) in refused {
            assert_eq!((answer.status, answer.header("Retry-After")), (429, Some("10")), "{answer:?}");
            assert_eq!(answer.json()["error"]["code"], json!(429));
        }
        send(&sofia, &fields, Some(&file)).await.ok();
    }

    async fn the_square_is_chosen_by_the_caller(app: App) {
        let sofia = app.superuser().await;
        let id = sofia.make_user("nadia", &[]).await;
        let file = drawn(ImageFormat::Png, 600, 300, 300);
        let cut = [("id", id.as_str()), ("cropSize", "200"), ("cropX", "400"), ("cropY", "100")];
        let answer = send(&sofia, &cut, Some(&file)).await.ok();
        let (_, image) = fetch(&app, &answer["user"]["picture"]).await.unwrap();
        is_near(&image, 10, BLUE);
        let beyond = "The designated crop area exceed the image width/height boundaries";
        for cut in [
            [("id", id.as_str()), ("cropSize", "200"), ("cropX", "401")],
            [("id", id.as_str()), ("cropSize", "200"), ("cropY", "101")],
            [("id", id.as_str()), ("cropSize", "301"), ("cropY", "0")],
            [("id", id.as_str()), ("cropX", "4294967295"), ("cropY", "0")],
            [("id", id.as_str()), ("cropX", "0"), ("cropY", "5000000000")],
        ] {
            send(&sofia, &cut, Some(&file)).await.refused(10026, beyond);
        }
    }

    async fn what_is_no_fitting_picture_is_refused(app: App) {
        let sofia = app.superuser().await;
        let id = sofia.id().await;
        let set = async |file: &[u8]| send(&sofia, &[("id", &id)], Some(file)).await;
        let kind = "Unprocessable image type; expected one of \"png\", \"jpg\" or \"webp\"";
        let small = "Image too small; width/height should be at least 200x200 px";
        let large = "Image too large; width/height should not exceed 10000x10000 px";
        set(b"no picture").await.refused(10024, kind);
        set(b"GIF89a\x01\x00\x01\x00\x00\x00\x00;").await.refused(10024, kind);
        let whole = drawn(ImageFormat::Png, 300, 300, 1);
        set(&whole[..whole.len() / 2]).await.refused(10024, kind);
        set(&drawn(ImageFormat::Png, 199, 300, 1)).await.refused(10025, small);
        set(&drawn(ImageFormat::Png, 300, 199, 1)).await.refused(10025, small);
        set(&drawn(ImageFormat::Png, 10_001, 200, 1)).await.refused(10025, large);
        set(&vec![0; 10 * 1024 * 1024 + 1]).await.refused(10025, large);
        set(&drawn(ImageFormat::Png, 200, 200, 1)).await.ok();
        set(&drawn(ImageFormat::Png, 10_000, 200, 1)).await.ok();
    }

    async fn a_picture_goes(app: App) {
        let sofia = app.superuser().await;
        let mut body = crate::support::rpc::user_body("nadia");
        body["picture"] = json!("https://orbit.test/nadia.png");
        let id = sofia.call("user.create", body).await.ok()["user"]["id"].as_str().unwrap().to_owned();
        let nadia = app.rpc_as("nadia").await;
        let delete = async || nadia.call("user.deletePicture", json!({ "id": id })).await.ok();
        let gone = |at: &str| json!({ "ok": true, "user": { "id": id, "picture": null, "updatedAt": at } });
        app.advance(Duration::from_secs(1));
        assert_eq!(delete().await, gone("2026-03-01T08:15:31.250Z"));
        app.advance(Duration::from_secs(1));
        assert_eq!(delete().await, gone("2026-03-01T08:15:31.250Z"));
        let file = drawn(ImageFormat::Png, 200, 200, 100);
        let url = send(&nadia, &[("id", &id)], Some(&file)).await.ok()["user"]["picture"].clone();
        app.advance(Duration::from_secs(1));
        assert_eq!(delete().await, gone("2026-03-01T08:15:33.250Z"));
        assert!(fetch(&app, &url).await.is_none());
        // It is deleted with its user, too.
        let url = send(&nadia, &[("id", &id)], Some(&file)).await.ok()["user"]["picture"].clone();
        assert!(fetch(&app, &url).await.is_some());
        nadia.call("user.delete", json!({ "id": id })).await.plain();
        assert!(fetch(&app, &url).await.is_none());
    }

    async fn the_user_and_global_writers_alone_may(app: App) {
        let sofia = app.superuser().await;
        let id = sofia.make_user("nadia", &[]).await;
        let walt_id = sofia.make_user("walt", &[]).await;
        let orbit = org(&app.rpc_as("walt").await, "orbit").await;
        let target = sofia.make_user("target", &[&orbit]).await;
        let walt = app.rpc_as("walt").await;
        let file = drawn(ImageFormat::Png, 200, 200, 100);
        send(&app.rpc(), &[], None).await.masked();
        app.rpc().call("user.deletePicture", json!({})).await.masked();
        for other in [id.as_str(), target.as_str(), UNKNOWN] {
            // The right is checked before the file's own rules.
            send(&walt, &[("id", other)], Some(b"no picture")).await.forbidden("walt");
            walt.call("user.deletePicture", json!({ "id": other })).await.forbidden("walt");
        }
        send(&sofia, &[("id", UNKNOWN)], Some(b"no picture")).await.refused(10001, "User does not exist");
        sofia.call("user.deletePicture", json!({ "id": UNKNOWN })).await.refused(10001, "User does not exist");
        sofia.grant(&walt_id, None, USER_WRITE).await;
        send(&walt, &[("id", &target)], Some(&file)).await.ok();
        walt.call("user.deletePicture", json!({ "id": target })).await.ok();
    }

    async fn the_bodies_have_their_rules(app: App) {
        let sofia = app.superuser().await;
        let nothing = json!([[["id"], "any.required"], [["picture"], "any.required"]]);
        send(&sofia, &[], None).await.invalid(nothing.clone());
        sofia.call("user.setPicture", json!({ "id": UNKNOWN })).await.invalid(nothing);
        let fields = [("extra", "1"), ("cropY", "-1"), ("cropX", "1.5"), ("cropSize", "199"), ("id", "short")];
        send(&sofia, &fields, Some(b"")).await.invalid(json!([
            [["id"], "string.length"], [["id"], "string.hex"],
            [["picture"], "any.required"],
            [["cropSize"], "number.min"],
            [["cropX"], "number.integer"],
            [["cropY"], "number.min"],
            [["extra"], "object.allowUnknown"],
        ]));
        let fields = [("id", UNKNOWN), ("cropSize", "10001"), ("cropX", "left")];
        send(&sofia, &fields, Some(b"x")).await.invalid(json!([
            [["cropSize"], "number.max"], [["cropX"], "number.base"],
        ]));
        sofia.call("user.deletePicture", json!({ "picture": 1 })).await.invalid(json!([
            [["id"], "any.required"], [["picture"], "object.allowUnknown"],
        ]));
    }

    async fn an_unknown_file_is_not_there(app: App) {
        for path in ["/media/x.png", "/media/..%2f..%2fmaster.key"] {
            assert!(fetch(&app, &json!(format!("http://127.0.0.1:8000{path}"))).await.is_none());
        }
    }
}
