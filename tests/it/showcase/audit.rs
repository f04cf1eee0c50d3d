//! Every page of the showcase in a real browser: axe-core, phone width, network requests.

use std::sync::Arc;

use super::{Page, Showcase};
use crate::support::chromium::{Chromium, NARROW, Scheme, Window};
use crate::support::replay::Replay;

pub const WIDE: u64 = 1200;

/// Every page is accessible, fits, and requests nothing from other sites.
pub async fn are_accessible(showcase: Showcase) {
    let Some(chromium) = Chromium::find() else { return };
    let stage = Stage::of(showcase).await;
    let (left, right) = (chromium.observer("left").await, chromium.observer("right").await);
    let middle = stage.pages.len() / 2;
    let (first, second) = tokio::join!(stage.audit(&left, 0..middle), stage.audit(&right, middle..stage.pages.len()));
    let found: Vec<String> = first.into_iter().chain(second).collect();
    assert!(found.is_empty(), "{} faults:\n\n{}", found.len(), found.join("\n\n"));
    left.close().await;
    right.close().await;
}

/// The showcase, served to a browser.
pub struct Stage {
    /// Name, note and status of each page.
    pub pages: Vec<(String, &'static str, u16)>,
    pub replay: Replay,
}

impl Stage {
    pub async fn of(showcase: Showcase) -> Self {
        let Showcase { app, pages } = showcase;
        let about = pages.iter().map(|page| (page.name.clone(), page.about, page.answer.status)).collect();
        let answers = pages.into_iter().map(|Page { answer, .. }| answer).collect();
        Self { pages: about, replay: Replay::start(Arc::new(app), answers).await }
    }

    async fn audit(&self, window: &Window, numbers: std::ops::Range<usize>) -> Vec<String> {
        let mut found = Vec::new();
        for number in numbers {
            let (name, _, status) = &self.pages[number];
            found
                .extend(self.faults(window, number, *status).await.into_iter().map(|fault| format!("{name}: {fault}")));
        }
        found
    }

    /// The faults of a page.
    async fn faults(&self, window: &Window, number: usize, status: u16) -> Vec<String> {
        window.resize(NARROW).await;
        window.prefer(Scheme::Light).await;
        window.open(&self.replay.url(number)).await;
        let mut faults = window.violations().await;
        let (width, needed) = window.widths().await;
        if width != NARROW || needed > width {
            faults.push(format!("scrolls horizontally: {needed} pixels in a window of {width}"));
        }

        // What can differ in a wide window and in the dark scheme.
        window.resize(WIDE).await;
        window.prefer(Scheme::Dark).await;
        let wide = window.violations_of(&["color-contrast", "link-in-text-block", "target-size"]).await;
        faults.extend(wide.into_iter().map(|fault| format!("wide, dark scheme: {fault}")));

        let origin = self.replay.origin();
        // The browser's own icons, in fields for a day, are `data:`; the page's policy forbids it any of its own.
        let away =
            window.requests().await.into_iter().filter(|url| !url.starts_with(&origin) && !url.starts_with("data:"));
        faults.extend(away.map(|url| format!("it requests {url}")));
        // The browser logs every error status.
        let expected = (status >= 400).then(|| self.replay.url(number));
        let complaints = window.complaints().await.into_iter();
        let complaints = complaints.filter(|said| !expected.as_ref().is_some_and(|url| said.starts_with(&**url)));
        faults.extend(complaints);
        faults
    }
}
