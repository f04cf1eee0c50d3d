//! `usher fetch`, against a running server.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output};

use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::support::app::PASSWORD;
use crate::support::process::{Place, Process};
use crate::support::python::{python, script};
use crate::support::smtp::dead_port;

/// A server with Rosa's environment, and a token of hers.
struct World {
    server: Process,
    token: String,
    environment: i64,
    folder: tempfile::TempDir,
    _place: Place,
}

impl World {
    fn make() -> Self {
        let place = Place::default();
        place.create_user("rosa@harbor.test");
        let server = place.start();
        let rosa = server.client();
        rosa.log_in("rosa@harbor.test");
        let environment = rosa.environment();
        let login = json!({ "userKey": "rosa@harbor.test", "password": PASSWORD });
        let token = rosa.post("/api/v1/session.create", login).ok()["token"].as_str().unwrap().to_owned();
        Self { server, token, environment, folder: tempfile::tempdir().unwrap(), _place: place }
    }

    fn fetch(&self, arguments: &[&str]) -> Output {
        fetch_at(&self.server.base(), &self.token, self.folder.path(), arguments)
    }
}

/// Without anything of the place where the server runs.
fn fetch_at(base: &str, token: &str, folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_usher"));
    command.env_clear().current_dir(folder).arg("fetch").args(arguments);
    command.env("USHER_URL", base).env("USHER_TOKEN", token).output().unwrap()
}

#[track_caller]
fn printed(output: &Output) -> String {
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[track_caller]
fn assert_refused(output: &Output, names: &str) {
    let told = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(!output.status.success() && output.stdout.is_empty(), "{output:?}");
    assert!(told.contains(names) && told.lines().count() == 1, "{told}");
    assert!(!told.contains("usher_"), "no token: {told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn prints_what_was_asked_for() {
    let world = World::make();
    let id = world.environment.to_string();
    let all: Value = serde_json::from_str(&printed(&world.fetch(&[&id]))).unwrap();
    assert_eq!(all["secretKey"], "s3cr3t/harbor+1");
    let by_name = printed(&world.fetch(&["harbor STAGING", "--format", "url"]));
    assert_eq!(by_name, "mysql://reader:salt-water@tides.db.harbor.test/tides\n");
    let shell = printed(&world.fetch(&[&id, "--format", "shell", "--fields", "user,pass", "--prefix", "T_"]));
    assert!(shell.contains("export T_DB_USER='reader'\n") && !shell.contains("s3cr3t"), "{shell}");

    let file = world.folder.path().join("keys.env");
    assert_eq!(printed(&world.fetch(&[&id, "--format", "dotenv", "--output", file.to_str().unwrap()])), "");
    assert!(fs::read_to_string(&file).unwrap().contains("DB_PASSWORD='salt-water'"));
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let kept: Vec<_> = fs::read_dir(world.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(kept, ["keys.env"], "nothing else is left on disk");

    let token = world.folder.path().join("token");
    fs::write(&token, format!("{}\n", world.token)).unwrap();
    let output =
        fetch_at(&world.server.base(), "", world.folder.path(), &[&id, "--token-file", token.to_str().unwrap()]);
    printed(&output);
}

/// A proxy would read what goes by plain http.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn asks_no_proxy_on_the_way_to_this_machine() {
    let world = World::make();
    let proxy = format!("http://127.0.0.1:{}", dead_port().await);
    let mut command = Command::new(env!("CARGO_BIN_EXE_usher"));
    command.env_clear().current_dir(world.folder.path()).args(["fetch", &world.environment.to_string()]);
    command.env("USHER_URL", world.server.base()).env("USHER_TOKEN", &world.token);
    for name in ["http_proxy", "all_proxy", "ALL_PROXY"] {
        command.env(name, &proxy);
    }
    printed(&command.output().unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn says_in_one_line_what_is_wrong() {
    let world = World::make();
    let id = world.environment.to_string();
    assert_refused(&world.fetch(&["99"]), "no environment \"99\"");
    assert_refused(&world.fetch(&["Harbor of old"]), "no environment \"Harbor of old\"");
    assert_refused(&world.fetch(&[&id, "--fields", "port"]), "fields");
    let half = ["--format", "aws-process", "--fields", "accessKey"];
    assert_refused(&world.fetch(&[&[id.as_str()][..], &half].concat()), "The format aws-process needs secretKey");
    assert_refused(&world.fetch(&[&id, "--output", "/nowhere/keys"]), "/nowhere/keys");
    let (base, folder) = (world.server.base(), world.folder.path());
    assert_refused(&fetch_at(&base, "usher_nonsense", folder, &[&id]), "the server refused the token");
    assert_refused(&fetch_at(&base, "", folder, &[&id]), "the access token is not one");
    assert_refused(&fetch_at("nonsense", "t", folder, &[&id]), "\"nonsense\" is not a server's address");
    assert_refused(&fetch_at("http://usher.harbor.test", "t", folder, &[&id]), "has no https");
    let dead = format!("http://127.0.0.1:{}", dead_port().await);
    assert_refused(&fetch_at(&dead, "t", folder, &[&id]), "cannot reach");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn is_a_credential_process_of_aws() {
    let Some(python) = python() else { return };
    let world = World::make();
    let token = world.folder.path().join("token");
    fs::write(&token, &world.token).unwrap();
    let config = world.folder.path().join("config");
    let process = format!(
        "{} fetch {} --format aws-process --url {} --token-file {}",
        env!("CARGO_BIN_EXE_usher"),
        world.environment,
        world.server.base(),
        token.display()
    );
    fs::write(&config, format!("[profile tides]\nregion = eu-west-1\ncredential_process = {process}\n")).unwrap();
    let output = Command::new(python)
        .arg(script("sign.py"))
        .env_clear()
        .envs([("AWS_CONFIG_FILE", config.as_path()), ("HOME", world.folder.path())])
        .output()
        .unwrap();
    let signed = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let (date, header) = signed.trim().split_once(' ').unwrap();
    assert!(header.starts_with("AWS4-HMAC-SHA256 Credential=AKHARBOR01/"), "{signed}");
    assert!(header.ends_with(&signature(date, "s3cr3t/harbor+1")), "signed with another key: {signed}");
}

/// The signature of `sign.py`'s request:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>.
fn signature(date: &str, secret: &str) -> String {
    let day = &date[..8];
    let empty = hex(&digest(b""));
    let request = format!("GET\n/\n\nhost:sts.amazonaws.com\nx-amz-date:{date}\n\nhost;x-amz-date\n{empty}");
    let scope = format!("{day}/eu-west-1/sts/aws4_request");
    let text = format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{}", hex(&digest(request.as_bytes())));
    let key = [day, "eu-west-1", "sts", "aws4_request"]
        .iter()
        .fold(format!("AWS4{secret}").into_bytes(), |key, part| keyed(&key, part.as_bytes()));
    hex(&keyed(&key, text.as_bytes()))
}

fn digest(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}

fn keyed(key: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(bytes);
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
