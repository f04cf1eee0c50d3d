//! A clock that was ahead for a while: lockouts and sessions do not last until then.

use std::time::Duration;

use serde_json::json;
use usher::ids::UserId;

use crate::support::api::Api;
use crate::support::app::{App, START};
use crate::support::on_both;

const AHEAD: Duration = Duration::from_hours(400 * 24);
const HOUR: Duration = Duration::from_hours(1);

async fn sign_in_wrongly(app: &App) -> u16 {
    app.api().post("/api/users/login", json!({ "email": "rosa@harbor.test", "password": "wrong horse 3" })).await.status
}

/// Uses a user's only session until that is recorded, which happens after the response.
async fn use_session(app: &App, user: &Api<'_>) {
    let now = app.clock.now();
    for _ in 0..500 {
        user.get("/api/users/me").await.ok();
        let sessions =
            usher::store::sessions::live(app.usher.db.read(), UserId(user.id), now, START.minus(HOUR), i64::MAX);
        if sessions.await.unwrap().rows[0].seen_at == now {
            return;
        }
    }
    panic!("the use of a session was never recorded");
}

on_both! {
    async fn an_account_is_not_locked_for_longer_than_it_may_be(app: App, rate_limits_enabled = true) {
        app.unverified_user("rosa@harbor.test").await;
        app.advance(AHEAD);
        for _ in 0..10 {
            assert_eq!(sign_in_wrongly(&app).await, 403);
        }
        assert_eq!(sign_in_wrongly(&app).await, 429);
        app.clock.set(START);
        app.api().log_in("rosa@harbor.test").await;
        for _ in 0..10 {
            assert_eq!(sign_in_wrongly(&app).await, 403);
        }
        assert_eq!(sign_in_wrongly(&app).await, 429, "attempts are no longer counted");
    }

    async fn a_session_lives_no_longer_than_it_may(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        app.advance(AHEAD);
        let later = rosa.log_in_again("rosa@harbor.test").await;
        later.get("/api/users/me").await.ok();
        app.clock.set(START);
        assert_eq!(later.get("/api/users/me").await.status, 403, "it would live for 407 days");
        rosa.get("/api/users/me").await.ok();
    }

    async fn a_session_that_was_used_meanwhile_ends_when_it_is_idle(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        for _ in 0..3 {
            app.advance(HOUR);
            use_session(&app, &rosa).await;
        }
        app.clock.set(START);
        use_session(&app, &rosa).await;
        app.advance(2 * HOUR + Duration::from_secs(1));
        assert_eq!(rosa.get("/api/users/me").await.status, 403, "idle for two hours");
    }
}
