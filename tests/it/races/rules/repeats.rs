//! A form that is sent several times.

use futures_util::future::join_all;
use rocket::http::Method;

use super::{ROUNDS, in_two_processes};

in_two_processes! {
    async fn a_form_is_made_once(pair: Pair) {
        let rosa = pair.one.user("rosa@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let path = format!("/environments/{id}/sharing");
        let mut browser = pair.one.browser_of(&rosa);
        let form = [("Content-Type", "application/x-www-form-urlencoded")];
        for round in 0..ROUNDS {
            let token = browser.get(&path).await.csrf().await;
            let [mut here, mut there] = [pair.one.api(), pair.other.api()];
            here.cookie = Some(browser.cookies());
            there.cookie = Some(browser.cookies());
            let body = format!("csrf={token}&userEmail=invitee-{round}@harbor.test");
            let sent = [&here, &there, &here, &there].map(|api| api.send(Method::Post, &path, &form, &body));
            for answer in join_all(sent).await {
                assert_eq!((answer.status, answer.header("Location")), (303, Some(path.as_str())), "{answer:?}");
            }
            let made = pair.count("SELECT COUNT(*) FROM invitations").await;
            assert_eq!(made, i64::try_from(round + 1).unwrap(), "it was made twice");
        }
    }
}
