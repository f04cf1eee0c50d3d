//! Reads what people have: a `.env` file, `export` lines, AWS' credentials file, a database's URL, or JSON.

use percent_encoding::percent_decode_str;
use serde_json::Value;
use url::Url;

use super::{DATABASE_URL, Name, Values};

/// What was understood of a text.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    pub values: Values,
    /// Names that mean nothing here, as written.
    pub unused: Vec<String>,
    /// The numbers of lines that are neither names with values, nor comments.
    pub unclear: Vec<usize>,
}

/// Other names that are in use for the same; those of [`Name::variable`] come first.
const ALIASES: [(&str, Name); 23] = [
    ("AWS_REGION", Name::Region),
    ("REGION", Name::Region),
    ("ACCESSKEYID", Name::AccessKey),
    ("SECRETACCESSKEY", Name::SecretKey),
    ("AWS_BUCKET", Name::Bucket),
    ("AWS_S3_BUCKET", Name::Bucket),
    ("BUCKET", Name::Bucket),
    ("DATABASE_HOST", Name::Host),
    ("MYSQL_HOST", Name::Host),
    ("PGHOST", Name::Host),
    ("DATABASE_NAME", Name::DbName),
    ("DB_DATABASE", Name::DbName),
    ("MYSQL_DATABASE", Name::DbName),
    ("PGDATABASE", Name::DbName),
    ("DATABASE_USER", Name::DbUser),
    ("DB_USERNAME", Name::DbUser),
    ("MYSQL_USER", Name::DbUser),
    ("PGUSER", Name::DbUser),
    ("DATABASE_PASSWORD", Name::DbPass),
    ("DB_PASS", Name::DbPass),
    ("MYSQL_PASSWORD", Name::DbPass),
    ("MYSQL_PWD", Name::DbPass),
    ("PGPASSWORD", Name::DbPass),
];

/// Reads a text.
pub fn read(text: &str) -> Imported {
    let text = text.trim_start_matches('\u{feff}');
    let mut imported = Imported::default();
    match serde_json::from_str(text) {
        Ok(Value::Object(object)) => object.iter().for_each(|(name, value)| match value {
            Value::String(value) => imported.take(name, value),
            Value::Number(_) | Value::Null if name == "Version" => {}
            _ => imported.unused.push(name.clone()),
        }),
        _ if is_url(text.trim()) => imported.take_url(text.trim()),
        _ => imported.take_lines(text),
    }
    imported
}

fn is_url(text: &str) -> bool {
    !text.contains(char::is_whitespace) && Url::parse(text).is_ok_and(|url| url.has_host())
}

fn is_of_database(url: &Url) -> bool {
    url.has_host() && ["mysql", "mariadb", "postgres"].iter().any(|scheme| url.scheme().starts_with(scheme))
}

/// What a name means: as a variable, as a field, or by the end of it, whatever prefix it has.
fn meaning(name: &str) -> Option<Name> {
    if let Some(known) = Name::ALL.into_iter().find(|known| known.field() == name) {
        return Some(known);
    }
    let name = name.to_ascii_uppercase();
    let known = Name::ALL.map(|known| (known.variable(), known));
    let known = || known.iter().chain(&ALIASES);
    let exact = known().find(|(variable, _)| *variable == name);
    exact.or_else(|| known().find(|(variable, _)| ends_with(&name, variable))).map(|(_, name)| *name)
}

fn ends_with(name: &str, variable: &str) -> bool {
    name.strip_suffix(variable).is_some_and(|prefix| prefix.ends_with('_'))
}

impl Imported {
    /// Counts values as not used, by the names of their variables.
    pub fn leave_out(&mut self, is_unfit: impl Fn(&str) -> bool) {
        for name in Name::ALL {
            if self.values.get(name).is_some_and(&is_unfit) {
                self.values.remove(name);
                self.unused.push(name.variable().to_owned());
            }
        }
    }

    fn take(&mut self, name: &str, value: &str) {
        let upper = name.to_ascii_uppercase();
        if upper == DATABASE_URL || upper == "DB_URL" || ends_with(&upper, DATABASE_URL) {
            self.take_url(value);
        } else if let Some(meant) = meaning(name) {
            self.values.set(meant, value);
        } else {
            self.unused.push(name.to_owned());
        }
    }

    /// What stands for itself counts more than the URL.
    fn take_url(&mut self, text: &str) {
        let url = Url::parse(text).ok().filter(is_of_database);
        let Some(url) = url else { return self.unused.push(DATABASE_URL.to_owned()) };
        let further = [("port", url.port().is_some()), ("query", url.query().is_some())];
        self.unused.extend(further.iter().filter(|(_, is)| *is).map(|(what, _)| format!("{DATABASE_URL} ({what})")));
        let parts = [
            (Name::DbUser, url.username()),
            (Name::DbPass, url.password().unwrap_or_default()),
            (Name::Host, url.host_str().unwrap_or_default()),
            (Name::DbName, url.path().trim_start_matches('/')),
        ];
        for (name, part) in parts {
            match percent_decode_str(part).decode_utf8() {
                Ok(value) if !value.is_empty() && self.values.get(name).is_none() => self.values.set(name, &value),
                Ok(_) => {}
                Err(_) => self.unused.push(format!("{DATABASE_URL} ({})", name.field())),
            }
        }
    }

    fn has_keys(&self) -> bool {
        [Name::AccessKey, Name::SecretKey].iter().any(|name| self.values.get(*name).is_some())
    }

    fn take_lines(&mut self, text: &str) {
        // Forms and Windows end each line with CR LF. Where only some do, the CR is part of a value in quotes.
        let is_windows = text.matches('\n').count() == text.matches("\r\n").count();
        let text = if is_windows { text.replace("\r\n", "\n") } else { text.to_owned() };
        let mut rest = Rest { text: &text, line: 1 };
        // In the sections of AWS' files quotes have no meaning.
        let mut in_section = false;
        // The keys of two sections are two pairs, which must not be mixed: the first pair counts.
        let mut is_read = false;
        while let Some((number, line)) = rest.next_line() {
            let start = line.trim_start();
            if start.starts_with('[') {
                in_section = true;
                is_read = self.has_keys();
            }
            if start.trim_end().is_empty() || start.starts_with(['#', ';', '[']) {
                continue;
            }
            let start = start.strip_prefix("export ").unwrap_or(start).trim_start();
            match start.find(['=', ':']).map(|at| (start[..at].trim(), &start[at + 1..])) {
                // Base64 that stands alone.
                Some((_, value)) if value.trim_end() == "=" => self.unclear.push(number),
                Some((name, _)) if is_name(name) && is_read => self.unused.push(name.to_owned()),
                Some((name, value)) if is_name(name) && in_section => self.take(name, value.trim()),
                Some((name, value)) if is_name(name) => match rest.value_of(value) {
                    Some(value) => self.take(name, &value),
                    None => self.unclear.push(number),
                },
                _ => self.unclear.push(number),
            }
        }
    }
}

fn is_name(name: &str) -> bool {
    // What is longer is rather a secret that stands alone.
    (1..=64).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c))
}

/// What was not read yet.
struct Rest<'a> {
    text: &'a str,
    line: usize,
}

impl<'a> Rest<'a> {
    /// The next line, with its number.
    fn next_line(&mut self) -> Option<(usize, &'a str)> {
        if self.text.is_empty() {
            return None;
        }
        let (line, rest) = self.text.split_once('\n').unwrap_or((self.text, ""));
        self.text = rest;
        self.line += 1;
        Some((self.line - 1, line))
    }

    /// The value that begins on a line, and may go on below it in quotes; `None`: a quote is not closed.
    fn value_of(&mut self, line: &'a str) -> Option<String> {
        let line = line.trim_start();
        if !line.starts_with(['\'', '"']) {
            let end = line.find(" #").unwrap_or(line.len());
            return Some(line[..end].trim_end().to_owned());
        }
        let mut quoted = Quoted::default();
        quoted.read(line);
        while quoted.open.is_some() {
            let (_, next) = self.next_line()?;
            quoted.value.push('\n');
            quoted.read(next);
        }
        Some(quoted.value)
    }
}

/// A value in quotes, of one or several parts.
#[derive(Default)]
struct Quoted {
    value: String,
    open: Option<char>,
}

impl Quoted {
    fn read(&mut self, line: &str) {
        let mut chars = line.chars();
        while let Some(c) = chars.next() {
            match (self.open, c) {
                (None, '\'' | '"') => self.open = Some(c),
                (Some(quote), c) if c == quote => self.open = None,
                (Some('"'), '\\') => match chars.next() {
                    Some('n') => self.value.push('\n'),
                    Some('r') => self.value.push('\r'),
                    Some('t') => self.value.push('\t'),
                    Some(c @ ('"' | '\\' | '$' | '`' | '\'')) => self.value.push(c),
                    Some(c) => self.value.extend(['\\', c]),
                    None => self.value.push('\\'),
                },
                (None, '\\') => self.value.extend(chars.next()),
                // A comment behind the value.
                (None, c) if c.is_whitespace() => return,
                (_, c) => self.value.push(c),
            }
        }
    }
}
