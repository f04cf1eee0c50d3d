//! What a browser reports about a page: width, requests, axe-core's findings, screenshots.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};

use super::Window;

/// The published build of axe-core; `tests/assets/README.md` says where it comes from.
const AXE: &str = include_str!("../../../assets/axe.min.js");

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    Light,
    Dark,
}

/// A chromedriver command beyond WebDriver.
#[derive(Debug)]
struct Command {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Command {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}

impl Window {
    async fn devtools(&self, method: &str, params: Value) -> Value {
        let command = Command { path: "goog/cdp/execute", body: json!({ "cmd": method, "params": params }) };
        self.client.issue_cmd(command).await.unwrap()
    }

    /// Sets the window's width in CSS pixels.
    pub async fn resize(&self, width: u64) {
        let metrics = json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// The user's preferences.
    pub async fn prefer(&self, scheme: Scheme) {
        let value = match scheme {
            Scheme::Light => "light",
            Scheme::Dark => "dark",
        };
        let features = json!([{ "name": "prefers-color-scheme", "value": value }]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// axe-core's findings for all WCAG 2.2 AA rules: rule, element, fault. The window must run scripts.
    pub async fn violations(&self) -> Vec<String> {
        let tags = json!(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]);
        self.axe(json!({ "type": "tag", "values": tags })).await
    }

    /// axe-core's findings for some rules.
    pub async fn violations_of(&self, rules: &[&str]) -> Vec<String> {
        self.axe(json!({ "type": "rule", "values": rules })).await
    }

    async fn axe(&self, run_only: Value) -> Vec<String> {
        let is_there = self.client.execute("return typeof axe === 'object'", Vec::new()).await.unwrap();
        if is_there != true {
            self.client.execute(AXE, Vec::new()).await.unwrap();
        }
        let script = "
            const [runOnly, done] = arguments;
            axe.run(document, { runOnly, resultTypes: ['violations'] }).then(
                ({ violations }) => done(violations.flatMap(({ id, nodes }) =>
                    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`))),
                error => done([`axe: ${error}`]));";
        let found = self.client.execute_async(script, vec![run_only]).await.unwrap();
        serde_json::from_value(found).unwrap()
    }

    /// The URLs requested by pages since the last call, in order.
    pub async fn requests(&self) -> Vec<String> {
        let events = self.log("performance").await;
        let messages = events.iter().map(|event| event["message"].as_str().unwrap());
        let messages = messages.map(|message| serde_json::from_str::<Value>(message).unwrap()["message"].take());
        messages
            .filter(|message| message["method"] == "Network.requestWillBeSent")
            .map(|mut message| message["params"].take())
            // The browser's own start page requests its parts.
            .filter(|asked| !asked["documentURL"].as_str().unwrap().starts_with("chrome:"))
            .map(|asked| asked["request"]["url"].as_str().unwrap().to_owned())
            .collect()
    }

    /// The browser's console errors since the last call, such as CSP violations; without mere advice.
    pub async fn complaints(&self) -> Vec<String> {
        let events = self.log("browser").await;
        let complaints = events.iter().filter(|event| event["level"] == "SEVERE" || event["level"] == "WARNING");
        complaints.map(|event| event["message"].as_str().unwrap().to_owned()).collect()
    }

    async fn log(&self, kind: &str) -> Vec<Value> {
        let log = self.client.issue_cmd(Command { path: "se/log", body: json!({ "type": kind }) }).await.unwrap();
        serde_json::from_value(log).unwrap()
    }

    /// An attribute of all elements that match a selector; of links and frames the absolute URL.
    pub async fn all(&self, selector: &str, attribute: &str) -> Vec<String> {
        let script = "const [selector, name] = arguments;
            return [...document.querySelectorAll(selector)].map(element => element[name])";
        let found = self.client.execute(script, vec![json!(selector), json!(attribute)]).await.unwrap();
        serde_json::from_value(found).unwrap()
    }

    /// A WebP screenshot of the page from its top, at most `height` CSS pixels; `scale` is device pixels per CSS pixel.
    pub async fn picture(&self, height: u64, scale: f64) -> Vec<u8> {
        let size = self.client.execute("return [innerWidth, document.documentElement.scrollHeight]", Vec::new());
        let size = size.await.unwrap();
        let height = size[1].as_u64().unwrap().min(height);
        let clip = json!({ "x": 0, "y": 0, "width": size[0], "height": height, "scale": scale });
        let params = json!({ "format": "webp", "quality": 50, "clip": clip, "captureBeyondViewport": true });
        let shot = self.devtools("Page.captureScreenshot", params).await;
        STANDARD.decode(shot["data"].as_str().unwrap()).unwrap()
    }
}
