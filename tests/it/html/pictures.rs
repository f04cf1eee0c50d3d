//! Profile pictures: upload, crop, show, remove.

use image::{DynamicImage, GenericImageView as _, ImageFormat};

use crate::support::app::App;
use crate::support::browser::Browser;
use crate::support::on_both;
use crate::support::pictures::{BLUE, RED, drawn, fetch, is_near, turned};

const PATH: &str = "/account/picture";

async fn rosa(app: &App) -> Browser<'_> {
    let mut rosa = app.browser();
    rosa.sign_up("rosa@harbor.test").await;
    rosa.get("/account").await.submit("Save", &[("fullName", "Rosa Kay Marlow")]).await;
    rosa
}

async fn upload(browser: &mut Browser<'_>, part: &str, percent: &str, file: Option<&[u8]>) {
    let token = browser.csrf().await;
    browser.upload(PATH, &[("csrf", &token), ("part", part), ("percent", percent)], file).await;
}

/// The picture on a page.
async fn picture(app: &App, browser: &mut Browser<'_>) -> Option<DynamicImage> {
    let src = browser.get("/account").await.attribute("img.avatar", "src")?;
    assert_eq!(browser.get(PATH).await.attribute("img.avatar", "src").as_ref(), Some(&src));
    Some(fetch(app, &src).await.expect("a shown picture is missing").1)
}

on_both! {
    async fn a_picture_is_uploaded_shown_and_removed(app: App) {
        let mut rosa = rosa(&app).await;
        rosa.get("/account").await;
        assert_eq!(rosa.select("span.avatar"), ["RM"]);
        rosa.get(PATH).await;
        assert_eq!(rosa.attribute("form[enctype]", "action").as_deref(), Some(PATH));
        assert_eq!(rosa.attribute("form[enctype]", "enctype").as_deref(), Some("multipart/form-data"));
        assert!(rosa.attribute("a[href='/account/picture/remove']", "href").is_none());
        upload(&mut rosa, "middle", "100", Some(&drawn(ImageFormat::Png, 600, 300, 300))).await;
        assert!(rosa.status == 200 && rosa.path == PATH && rosa.shows("Saved."), "{}", rosa.text());
        let shown = picture(&app, &mut rosa).await.unwrap();
        assert_eq!(shown.dimensions(), (400, 400));
        is_near(&shown, 150, RED);
        is_near(&shown, 250, BLUE);
        let src = rosa.attribute("img.avatar", "src").unwrap();

        rosa.get("/account/picture/remove").await;
        assert!(rosa.shows("Remove your picture?"), "{}", rosa.text());
        assert!(fetch(&app, &src).await.is_some(), "GET changed something");
        rosa.submit("Remove", &[]).await;
        assert_eq!(rosa.path, PATH, "{}", rosa.text());
        assert_eq!(rosa.notice(), "Removed. Your initials stand in its place.");
        assert!(picture(&app, &mut rosa).await.is_none() && fetch(&app, &src).await.is_none());
    }

    async fn the_part_is_chosen(app: App) {
        let mut rosa = rosa(&app).await;
        let file = drawn(ImageFormat::Png, 600, 300, 300);
        for (part, percent, near_left, near_right) in [
            ("left", "100", RED, RED), ("right", "100", BLUE, BLUE), ("middle", "50", RED, BLUE),
            ("top-left", "75", RED, RED), ("bottom-right", "50", BLUE, BLUE), ("top", "100", RED, BLUE),
        ] {
            upload(&mut rosa, part, percent, Some(&file)).await;
            let shown = picture(&app, &mut rosa).await.unwrap();
            is_near(&shown, 10, near_left);
            is_near(&shown, 390, near_right);
        }
    }

    async fn a_picture_is_turned_as_the_camera_said(app: App) {
        let mut rosa = rosa(&app).await;
        // Stored with red on the left; Exif says to rotate it 90 degrees clockwise, so red is on top and it is upright.
        let file = turned(6, 600, 300, 300);
        for (part, color) in [("top", RED), ("bottom", BLUE)] {
            upload(&mut rosa, part, "100", Some(&file)).await;
            let shown = picture(&app, &mut rosa).await.unwrap();
            is_near(&shown, 10, color);
            is_near(&shown, 390, color);
        }
        // Rotated by 180 degrees, red is on the right.
        upload(&mut rosa, "middle", "100", Some(&turned(3, 600, 300, 300))).await;
        let shown = picture(&app, &mut rosa).await.unwrap();
        is_near(&shown, 10, BLUE);
        is_near(&shown, 390, RED);
    }

    async fn what_does_not_fit_comes_back(app: App) {
        let mut rosa = rosa(&app).await;
        let unreadable = "This is no PNG, JPEG or WebP picture, or it is broken.";
        let small = drawn(ImageFormat::Png, 199, 300, 1);
        let large = vec![0; 10 * 1024 * 1024 + 1];
        let whole = drawn(ImageFormat::Png, 300, 300, 1);
        for (file, fault) in [
            (None, "Choose a file."),
            (Some(&b""[..]), "Choose a file."),
            (Some(b"no picture"), unreadable),
            (Some(&whole[..whole.len() / 2]), unreadable),
            (Some(&small), "This is too small. Use at least 200 × 200 pixels."),
            (Some(&large), "This is too large. Use at most 10 MB and 10,000 × 10,000 pixels."),
        ] {
            upload(&mut rosa, "left", "75", file).await;
            assert_eq!((rosa.status, rosa.fault("picture").as_str()), (422, fault));
            assert!(rosa.title().starts_with("Error: "), "{}", rosa.title());
            assert_eq!(rosa.attribute("#part option[selected]", "value").as_deref(), Some("left"));
            assert_eq!(rosa.attribute("#percent option[selected]", "value").as_deref(), Some("75"));
        }
        for (part, percent, field) in [("outside", "100", "part"), ("left", "200", "percent"), ("left", "", "percent")] {
            upload(&mut rosa, part, percent, Some(&whole)).await;
            assert_eq!(rosa.status, 422);
            assert_ne!(rosa.fault(field), "");
        }
        assert!(picture(&app, &mut rosa).await.is_none());
        // Without a file it is an ordinary form.
        rosa.post_fields(PATH, &[("part", "left"), ("percent", "100")]).await;
        assert_eq!(rosa.fault("picture"), "Choose a file.");
    }

    async fn a_file_needs_the_token_of_our_form_before_it(app: App) {
        let mut rosa = rosa(&app).await;
        let mut tomas = app.browser();
        let of_another = tomas.sign_up("tomas@harbor.test").await.csrf().await;
        let file = drawn(ImageFormat::Png, 300, 300, 1);
        let rest = [("part", "middle"), ("percent", "100")];
        for token in [None, Some(""), Some("nonsense"), Some(of_another.as_str())] {
            let fields: Vec<(&str, &str)> = token.map(|token| ("csrf", token)).into_iter().chain(rest).collect();
            rosa.upload(PATH, &fields, Some(&file)).await;
            assert!(rosa.status == 403 && rosa.shows("This form is too old"), "{token:?}: {}", rosa.text());
        }
        assert!(picture(&app, &mut rosa).await.is_none());
        let token = rosa.csrf().await;
        let fields = [("csrf", token.as_str()), rest[0], rest[1]];
        let (content_type, body) = crate::support::pictures::multipart(&fields, Some(&file));
        let mut elsewhere = app.api();
        elsewhere.cookie = Some(rosa.cookies());
        let content_type = content_type.to_string();
        let post = async |name, value| {
            let headers = [("Content-Type", content_type.as_str()), (name, value)];
            elsewhere.send(rocket::http::Method::Post, PATH, &headers, &body).await.status
        };
        assert_eq!(post("Origin", "https://evil.test").await, 403);
        assert_eq!(post("Sec-Fetch-Site", "cross-site").await, 403);
        assert!(picture(&app, &mut rosa).await.is_none());
        assert_eq!(post("Sec-Fetch-Site", "same-origin").await, 303);
        assert!(picture(&app, &mut rosa).await.is_some());
        // A truncated body is invalid.
        let headers = [("Content-Type", content_type.as_str())];
        let broken = elsewhere.send(rocket::http::Method::Post, PATH, &headers, &body[..body.len() - 40]).await;
        assert_eq!(broken.status, 400, "{broken:?}");
        let signed_out = app.browser().upload(PATH, &fields, Some(&file)).await.path.clone();
        assert_eq!(signed_out, "/sign-in");
    }

    async fn a_picture_at_another_site_is_not_loaded(app: App) {
        let sofia = app.superuser().await;
        let mut body = crate::support::rpc::user_body("nadia");
        body["picture"] = serde_json::json!("https://orbit.test/nadia.png");
        sofia.call("user.create", body).await.ok();
        let mut nadia = app.browser();
        nadia.sign_in("nadia").await.get(PATH).await;
        assert!(!nadia.body.contains("orbit.test/nadia.png"), "{}", nadia.body);
        assert_eq!(nadia.select("span.avatar"), ["NO"]);
        nadia.get("/account/picture/remove").await.submit("Remove", &[]).await;
        assert!(nadia.shows("You have no picture yet."), "{}", nadia.text());
    }
}
