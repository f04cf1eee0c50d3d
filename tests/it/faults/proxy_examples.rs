//! The configurations of proxies in `docs/operation.md`, in front of a server.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;

use serde_json::json;
use tempfile::TempDir;

use crate::support::app::PASSWORD;
use crate::support::needs::{find_program, skip};
use crate::support::process::{Place, Process, free_port, wait_for};

const SECRET: &str = "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6";

/// The first code block of a language in the document.
fn example(language: &str) -> String {
    let document = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/operation.md")).unwrap();
    let (_, rest) = document.split_once(&format!("```{language}\n")).unwrap();
    rest.split_once("```").unwrap().0.to_owned()
}

/// A running proxy. Stopped on drop.
struct Proxy {
    child: Child,
    folder: TempDir,
}

impl Proxy {
    fn start(program: &Path, configuration: &str, arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().display().to_string();
        fs::write(folder.path().join("configuration"), configuration.replace("LOGS", &path)).unwrap();
        let said = fs::File::create(folder.path().join("said.log")).unwrap();
        let child = Command::new(program)
            .args(arguments)
            .current_dir(folder.path())
            .envs([("HOME", &path), ("XDG_DATA_HOME", &path), ("XDG_CONFIG_HOME", &path)])
            .stdin(Stdio::null())
            .stdout(said.try_clone().unwrap())
            .stderr(said)
            .spawn()
            .unwrap();
        Self { child, folder }
    }

    /// Everything that it has logged.
    fn logs(&self) -> String {
        let files = fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().path());
        let logs = files.filter(|path| path.extension().is_some_and(|extension| extension == "log"));
        logs.map(|path| fs::read_to_string(path).unwrap()).collect()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

fn nginx(program: &Path, port: u16, server: u16) -> Proxy {
    let site = example("nginx").replace("127.0.0.1:8000", &format!("127.0.0.1:{server}"));
    let site = site.replace("listen 443 ssl;", &format!("listen 127.0.0.1:{port};")).replace("/var/log/nginx", "LOGS");
    let site: String =
        site.lines().filter(|line| !line.contains("ssl_certificate")).map(|line| format!("{line}\n")).collect();
    let own = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let own: String = own.map(|name| format!("{name}_temp_path LOGS/{name};\n")).concat();
    let configuration =
        format!("daemon off;\npid LOGS/pid;\nerror_log LOGS/main.log;\nevents {{}}\nhttp {{\n{own}{site}}}\n");
    Proxy::start(program, &configuration, &["-p", ".", "-c", "configuration", "-e", "start.log"])
}

fn caddy(program: &Path, port: u16, server: u16) -> Proxy {
    let configuration = example("caddy")
        .replace("127.0.0.1:8000", &format!("127.0.0.1:{server}"))
        .replace("usher.example.org", &format!("http://127.0.0.1:{port}"))
        .replace("/var/log/caddy", "LOGS")
        .replacen("{\n", "{\n\tadmin off\n", 1);
    Proxy::start(program, &configuration, &["run", "--adapter", "caddyfile", "--config", "configuration"])
}

/// A server that knows its proxy, on a port of its own.
fn place(proxy: u16) -> Place {
    let place = Place::default().with("public_url", format!("http://127.0.0.1:{proxy}"));
    place.with("trusted_proxies", "127.0.0.1")
}

/// Signs in by the page and by JSON, follows links, and restarts the server behind the proxy.
fn works(name: &str, start: impl Fn(&Path, u16, u16) -> Proxy) {
    // Not in everybody's $PATH.
    let in_sbin = Some(PathBuf::from(format!("/usr/sbin/{name}"))).filter(|path| path.is_file());
    let Some(program) = find_program(name).or(in_sbin) else {
        return skip(&format!("{name} is not installed"), "USHER_REQUIRE_PROXIES");
    };
    let port = free_port();
    let place = place(port);
    place.create_user("rosa@harbor.test");
    let server = place.start();
    let proxy = start(&program, port, server.port);
    let client = server.client().at(&format!("http://127.0.0.1:{port}"));
    wait_for(|| client.try_get("/health/ready").is_some_and(|reply| reply.status == 200))
        .unwrap_or_else(|()| panic!("{name} does not answer:\n{}", proxy.logs()));

    let signed_in = client.submit("/sign-in", "/sign-in", &[("email", "rosa@harbor.test"), ("password", PASSWORD)]);
    assert_eq!(signed_in.status, 303, "{name}: {signed_in:?}");
    assert_eq!(client.get("/account").status, 200);
    // The limit by address is that of the client, not of the proxy.
    let sessions = client.get("/account/sessions");
    assert!(sessions.text.contains("127.0.0.1"), "{sessions:?}");
    let follow = || {
        for path in [
            "/invitations/",
            "/verify/",
            "/password/reset/",
            "/setup/",
            "/sign-in?next=/invitations/",
            "/sign-in?next=%2finvitations%2f",
            "/invitations//",
        ] {
            let reply = client.get(&format!("{path}{SECRET}"));
            assert!(reply.status != 502, "{name}: {path}: {reply:?}");
        }
    };
    follow();
    let old = server.port;
    end(server);
    let server = thread::scope(|scope| {
        scope.spawn(follow);
        place.start_on(old)
    });
    server.wait_until_ready();
    assert_eq!(client.get("/account").status, 200, "{name}: {}", proxy.logs());
    client.post("/api/users/login", json!({ "email": "rosa@harbor.test", "password": PASSWORD })).ok();
    assert!(!proxy.logs().contains(SECRET), "{name} has logged a link:\n{}", proxy.logs());
    assert!(proxy.logs().contains("/invitations/*"), "{name} logs no requests:\n{}", proxy.logs());
}

fn end(mut server: Process) {
    server.terminate();
    assert_eq!(server.wait_for_end().code(), Some(0), "{}", server.log());
}

#[test]
fn nginx_in_front() {
    works("nginx", nginx);
}

#[test]
fn caddy_in_front() {
    works("caddy", caddy);
}
