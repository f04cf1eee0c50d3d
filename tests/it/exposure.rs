//! Random histories: exposed is what somebody has seen in its present version and has no access to, and nothing else.
//! A plain model says what that is; both APIs must say the same.

mod compare;
mod history;
mod model;

use history::History;

use crate::support::on_both;

const STEPS: usize = 60;

async fn follow(app: crate::support::app::App, seed: u64) {
    let mut history = History::begin(&app, seed).await;
    for _ in 0..STEPS {
        let step = history.choose();
        history.take(&step).await;
        history.compare(&step).await;
    }
    assert!(history.was_worth_it(), "nothing was ever exposed: {:?}", history.steps);
}

on_both! {
    async fn a_history(app: App, rate_limits_enabled = false) {
        follow(app, 0x5eed).await;
    }

    async fn another_history(app: App, rate_limits_enabled = false) {
        follow(app, 0xb0a7).await;
    }

    async fn a_third_history(app: App, rate_limits_enabled = false) {
        follow(app, 0x71de).await;
    }
}
