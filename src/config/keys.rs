//! Which keys there are, and warnings of those that do nothing.

use rocket::figment::{Figment, Metadata, Profile, Provider as _, Source};

/// Our own keys, in the order of the table in README.md. A test compares the two.
pub const OWN: [&str; 20] = [
    // Rocket's, which `Config` reads as well.
    "address",
    "port",
    "data_dir",
    "database_url",
    "database_connections",
    "public_url",
    "mail_url",
    "mail_from",
    "mail_hello",
    "mail_ca_file",
    "slack_url",
    "master_key",
    "sign_up_open",
    "usernames_enabled",
    "org_creation_open",
    "session_idle_minutes",
    "cookie_name",
    "hsts_include_subdomains",
    "rate_limits_enabled",
    "trusted_proxies",
];

/// Keys that may hold a secret, and beside each the key of a file that holds its value.
pub const SECRET: [(&str, &str); 3] =
    [("database_url", "database_url_file"), ("mail_url", "mail_url_file"), ("master_key", "master_key_file")];

/// Not in Rocket's own list: what names the file and the profile, and the key of its templates.
const OF_ROCKET_BESIDES: [&str; 3] = ["config", "profile", "template_dir"];

/// The keys of Rocket's table `shutdown`. That of `limits` may have any.
const OF_SHUTDOWN: [&str; 5] = ["ctrlc", "signals", "grace", "mercy", "force"];

/// The profiles that Rocket has. Anybody may have others.
const PROFILES: [&str; 4] = ["default", "global", "debug", "release"];

/// As similar as a slip of the finger: 1 is the same.
const SIMILAR: f64 = 0.85;

/// Whether somebody reads this key.
pub fn is_known(key: &str) -> bool {
    known().any(|known| known == key)
}

fn known() -> impl Iterator<Item = &'static str> {
    let rockets = rocket::Config::PARAMETERS.iter().copied();
    let files = SECRET.into_iter().map(|(_, file)| file);
    OWN.into_iter().chain(files).chain(rockets).chain(OF_ROCKET_BESIDES)
}

/// A line for everything in the configuration that does nothing, as by a slip: keys, variables and profiles.
pub fn without_effect(figment: &Figment) -> Vec<String> {
    // A configuration that cannot be read is an error of its own.
    let Ok(profiles) = figment.data() else { return Vec::new() };
    let mut lines: Vec<String> = missing_file().into_iter().collect();
    for (profile, values) in profiles {
        let mut sources = values.iter().map(|(key, value)| (key, value, figment.get_metadata(value.tag())));
        if let Some(line) = slipped_profile(&profile, figment.profile(), sources.clone().find_map(|it| it.2)) {
            lines.push(line);
            continue;
        }
        lines.extend(
            sources.clone().filter(|(key, ..)| !is_known(key)).map(|(key, _, source)| told(key, source, known())),
        );
        lines.extend(sources.find(|(key, ..)| *key == "tls").map(|(_, _, source)| {
            format!("{} does nothing: Usher speaks no TLS itself, a proxy in front of it does", named("tls", source))
        }));
        let shutdown = values.get("shutdown").and_then(|value| value.as_dict()).into_iter().flatten();
        let unknown = shutdown.filter(|(key, _)| !OF_SHUTDOWN.contains(&key.as_str()));
        lines.extend(unknown.map(|(key, value)| told(key, figment.get_metadata(value.tag()), OF_SHUTDOWN.into_iter())));
    }
    lines.sort();
    lines.dedup();
    lines
}

/// The file that `ROCKET_CONFIG` names, if there is none: figment takes it for an empty one.
fn missing_file() -> Option<String> {
    let path = std::env::var("ROCKET_CONFIG").ok()?;
    // Looked for in the working directory and those above.
    let is_there = std::env::current_dir().ok()?.ancestors().any(|folder| folder.join(&path).is_file());
    (!is_there).then(|| format!("ROCKET_CONFIG names {path}, and there is no such file: nothing is read from it"))
}

fn told(key: &str, source: Option<&Metadata>, known: impl Iterator<Item = &'static str>) -> String {
    let what = named(key, source);
    match nearest(key, known) {
        Some(near) => format!("{what} is not known and does nothing: did you mean {}?", spelled(near, source)),
        None => format!("{what} is not known and does nothing"),
    }
}

/// A profile that is not in use, and looks like one of Rocket's.
fn slipped_profile(profile: &Profile, selected: &Profile, source: Option<&Metadata>) -> Option<String> {
    let name = profile.as_str().as_str();
    if profile == selected || PROFILES.contains(&name) {
        return None;
    }
    let near = nearest(name, PROFILES.into_iter())?;
    Some(format!("{} is not used: did you mean [{near}]?", within(&format!("[{name}]"), source)))
}

/// The most similar one, if any is so.
fn nearest(key: &str, known: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let similar = known.map(|known| (strsim::jaro_winkler(key, known), known));
    similar.filter(|(likeness, _)| *likeness >= SIMILAR).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, known)| known)
}

/// The key and where it stands, without its value.
fn named(key: &str, source: Option<&Metadata>) -> String {
    if is_variable(source) { spelled(key, source) } else { within(key, source) }
}

fn within(what: &str, source: Option<&Metadata>) -> String {
    match source.and_then(|source| source.source.as_ref()) {
        Some(Source::File(path)) => format!("{what} in {}", path.display()),
        _ => what.to_owned(),
    }
}

/// As the source writes keys.
fn spelled(key: &str, source: Option<&Metadata>) -> String {
    if is_variable(source) { format!("ROCKET_{}", key.to_uppercase()) } else { key.to_owned() }
}

fn is_variable(source: Option<&Metadata>) -> bool {
    source.is_some_and(|source| source.name.contains("environment variable"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_told_from_another_word() {
        for (slip, meant) in [
            ("sign_up_opn", "sign_up_open"),
            ("signup_open", "sign_up_open"),
            ("databse_url", "database_url"),
            ("database_uri", "database_url"),
            ("session_idle", "session_idle_minutes"),
            ("trusted_proxy", "trusted_proxies"),
            ("masterkey", "master_key"),
            ("adress", "address"),
            ("public-url", "public_url"),
            ("mail_url_flie", "mail_url_file"),
        ] {
            assert_eq!(nearest(slip, known()), Some(meant), "{slip}");
        }
        for other in ["x", "title", "smtp_password", "openid"] {
            assert_eq!(nearest(other, known()), None, "{other}");
        }
    }
}
