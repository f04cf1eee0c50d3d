//! Real browsers and the real program: processes that end with their owner.

mod inspect;

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::mailbox::Mail;
pub use inspect::Scheme;

/// The width of every window, in CSS pixels.
pub const NARROW: u64 = 320;

const PATIENCE: Duration = Duration::from_secs(30);

/// A process and its children; killed on drop.
struct Process(Child);

impl Process {
    fn start(command: &mut Command) -> Self {
        // A process group, so that its children are killed with it.
        Self(
            command
                .stdin(Stdio::null())
                .process_group(0)
                .spawn()
                .unwrap_or_else(|error| panic!("{command:?}: {error}")),
        )
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = Command::new("kill").args(["-KILL", "--", &format!("-{}", self.0.id())]).stderr(Stdio::null()).status();
        let _ = self.0.wait();
    }
}

/// The program as started from a fresh clone: in an empty folder, with only a port configured.
pub struct Program {
    port: u16,
    seen: Vec<PathBuf>,
    // Dropped before its folder.
    _process: Process,
    dir: TempDir,
}

impl Program {
    pub fn start() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let port = free_port();
        let mut command = Command::new(env!("CARGO_BIN_EXE_usher"));
        for (name, _) in env::vars_os() {
            if name.as_encoded_bytes().starts_with(b"ROCKET_") {
                command.env_remove(name);
            }
        }
        command.current_dir(dir.path()).env("ROCKET_PORT", port.to_string());
        let process = Process::start(command.stdout(Stdio::null()).stderr(Stdio::null()));
        wait_for("the program to listen", || TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok());
        Self { port, seen: Vec::new(), _process: process, dir }
    }

    /// The URL of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The next mail to an address.
    pub fn mail_to(&mut self, address: &str) -> Mail {
        let dir = self.dir.path().join("data/mail");
        let (path, mail) = wait_for(&format!("a mail to {address}"), || {
            let mut mails = fs::read_dir(&dir).ok()?.map(|entry| entry.unwrap().path());
            mails.find_map(|path| {
                let is_mail = path.extension().is_some_and(|extension| extension == "eml");
                let mail = (is_mail && !self.seen.contains(&path)).then(|| Mail::parse(&fs::read(&path).unwrap()));
                mail.filter(|mail| mail.to == address).map(|mail| (path, mail))
            })
        });
        self.seen.push(path);
        mail
    }
}

fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port()
}

fn wait_for<T>(what: &str, mut found: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = found() {
            return found;
        }
        assert!(Instant::now() < deadline, "{what} was awaited for {PATIENCE:?}");
        thread::sleep(Duration::from_millis(50));
    }
}

/// Whether pages may run scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scripts {
    Off,
    On,
}

/// Chromium, driven by WebDriver.
pub struct Chromium {
    chromium: PathBuf,
    driver: Process,
    port: u16,
    profiles: TempDir,
}

impl Chromium {
    /// `None`, with a report, if Chromium is not installed; panics if `USHER_REQUIRE_CHROMIUM` is set.
    pub fn find() -> Option<Self> {
        let (Some(chromium), Some(driver)) = (in_path("chromium"), in_path("chromedriver")) else {
            let missing = "Chromium is not installed (apt-get install chromium chromium-driver)";
            assert!(env::var_os("USHER_REQUIRE_CHROMIUM").is_none(), "{missing}");
            eprintln!("skipped: {missing}");
            return None;
        };
        let port = free_port();
        let mut command = Command::new(driver);
        let driver = Process::start(command.arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null()));
        wait_for("chromedriver to listen", || TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok());
        Some(Self { chromium, driver, port, profiles: tempfile::tempdir().unwrap() })
    }

    /// A fresh browser on a phone.
    pub async fn browser(&self, name: &str, scripts: Scripts) -> Window {
        let mut wanted = self.capabilities(name);
        let options = &mut wanted["goog:chromeOptions"];
        if scripts == Scripts::Off {
            options["prefs"]["profile.managed_default_content_settings.javascript"] = json!(2);
        }
        // A window cannot be made that narrow directly.
        let metrics = json!({ "width": NARROW, "height": 800, "pixelRatio": 1.0, "mobile": false, "touch": false });
        options["mobileEmulation"] = json!({ "deviceMetrics": metrics });
        self.window(wanted).await
    }

    /// A fresh browser with a resizable window.
    pub async fn observer(&self, name: &str) -> Window {
        self.window(self.capabilities(name)).await
    }

    fn capabilities(&self, name: &str) -> Value {
        let profile = self.profiles.path().join(name);
        fs::create_dir(&profile).unwrap();
        json!({
            "browserName": "chrome",
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
            "goog:chromeOptions": {
                "binary": self.chromium,
                "prefs": {},
                "args": [
                    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
                    "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-dev-shm-usage",
                    format!("--user-data-dir={}", profile.display()),
                ],
            },
        })
    }

    async fn window(&self, wanted: Value) -> Window {
        let Value::Object(wanted) = wanted else { unreachable!() };
        let url = format!("http://127.0.0.1:{}", self.port);
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let client = builder.capabilities(Capabilities::from_iter(wanted)).connect(&url).await;
        let client = client.unwrap_or_else(|error| panic!("chromedriver {}: {error}", self.driver.0.id()));
        Window { client }
    }
}

fn in_path(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|dir| dir.join(name)).find(|path| path.is_file())
}

/// A browser with one window.
pub struct Window {
    client: Client,
}

impl Window {
    pub async fn open(&self, url: &str) {
        self.client.goto(url).await.unwrap();
    }

    pub async fn reload(&self) {
        self.client.refresh().await.unwrap();
    }

    pub async fn back(&self) {
        self.client.back().await.unwrap();
    }

    /// Fills in the form field with this name.
    pub async fn fill_in(&self, name: &str, value: &str) {
        let field = self.client.find(Locator::Css(&format!("main [name={name}]"))).await;
        let field = field.unwrap_or_else(|error| panic!("no field {name}: {error}"));
        field.send_keys(value).await.unwrap();
    }

    /// Opens the folded part with this summary.
    pub async fn unfold(&self, summary: &str) {
        let path = format!("//main//summary[normalize-space()='{summary}']");
        let found = self.client.find(Locator::XPath(&path)).await;
        found.unwrap_or_else(|error| panic!("nothing folded {summary:?}: {error}")).click().await.unwrap();
    }

    /// The lower edge of the button with this text, in CSS pixels from the top of the page.
    pub async fn bottom_of(&self, words: &str) -> f64 {
        let script = "const button = [...document.querySelectorAll('main button')]
                          .find(button => button.textContent.trim() === arguments[0]);
                      return button.getBoundingClientRect().bottom + scrollY";
        self.client.execute(script, vec![json!(words)]).await.unwrap().as_f64().unwrap()
    }

    /// Checks the box with this label.
    pub async fn tick(&self, label: &str) {
        let path = format!("//main//label[normalize-space()='{label}']");
        let found = self.client.find(Locator::XPath(&path)).await;
        self.click(&found.unwrap_or_else(|error| panic!("no box {label:?}: {error}"))).await;
    }

    /// Clicks an element away from the edges: chromedriver itself scrolls it below the bar at the bottom of phones.
    async fn click(&self, element: &fantoccini::elements::Element) {
        let script = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        self.client.execute(script, vec![serde_json::to_value(element).unwrap()]).await.unwrap();
        element.click().await.unwrap();
    }

    /// Clicks the button or link with this text, and waits for the page that it leads to.
    pub async fn press(&self, words: &str) {
        let path = format!("//main//*[self::button or self::a][normalize-space()='{words}']");
        let page = self.client.find(Locator::Css("html")).await.unwrap();
        match self.client.find(Locator::XPath(&path)).await {
            Ok(found) => self.click(&found).await,
            Err(error) => panic!("no button or link {words:?}: {error}\n{}", self.text().await),
        }
        let deadline = Instant::now() + PATIENCE;
        while page.tag_name().await.is_ok() || !self.is_loaded().await {
            assert!(Instant::now() < deadline, "{words:?} leads nowhere from {}", self.path().await);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn is_loaded(&self) -> bool {
        let state = self.client.execute("return document.readyState", Vec::new()).await;
        state.is_ok_and(|state| state == "complete")
    }

    /// The visible text.
    pub async fn text(&self) -> String {
        self.client.find(Locator::Css("body")).await.unwrap().text().await.unwrap()
    }

    #[track_caller]
    pub fn sees(&self, words: &str) -> impl Future<Output = ()> {
        let place = std::panic::Location::caller();
        async move {
            let text = self.text().await;
            assert!(text.contains(words), "{place}: {words:?} is not to be seen in:\n{text}");
        }
    }

    /// The path of the current page.
    pub async fn path(&self) -> String {
        self.client.current_url().await.unwrap().path().to_owned()
    }

    /// The widths of the window and of the page in it.
    pub async fn widths(&self) -> (u64, u64) {
        let script = "const page = document.documentElement; return [innerWidth, page.scrollWidth]";
        let widths = self.client.execute(script, Vec::new()).await.unwrap();
        (widths[0].as_u64().unwrap(), widths[1].as_u64().unwrap())
    }

    pub async fn close(self) {
        self.client.close().await.unwrap();
    }
}
