//! Activity as a CSV file (RFC 4180), streamed from the database.

use std::io::Cursor;

use csv::{QuoteStyle, Terminator, WriterBuilder};
use futures_util::StreamExt as _;
use futures_util::stream::{self, BoxStream};
use rocket::Request;
use rocket::http::ContentType;
use rocket::response::stream::ReaderStream;
use rocket::response::{self, Responder, Response};

use super::{Filter, sentence, words};
use crate::domain::actor::Actor;
use crate::domain::audit::Topic;
use crate::domain::offer::Place;
use crate::domain::places;
use crate::email_address::shown;
use crate::error::Error;
use crate::mail::message::clean;
use crate::store::Page;
use crate::store::audit::Told;
use crate::usher::Usher;
use crate::web::html::SignedIn;
use crate::web::log;
use crate::words::{Language, Text};

/// Rows per query. At most two parts are in memory.
const PART: usize = 500;

/// A streamed file.
pub(super) struct Csv {
    name: String,
    parts: BoxStream<'static, Vec<u8>>,
}

impl<'r> Responder<'r, 'static> for Csv {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        Response::build()
            .header(ContentType::new("text", "csv").with_params(("charset", "utf-8")))
            .raw_header("Content-Disposition", format!("attachment; filename=\"{}\"", self.name))
            .streamed_body(ReaderStream::from(self.parts.map(Cursor::new)))
            .ok()
    }
}

/// What to export, and for whom.
struct Source {
    usher: Usher,
    actor: Actor,
    language: Language,
    place: Place,
    filter: Filter,
}

/// All matching events. The first rows are read before the response starts, so that errors can still get a page.
pub(super) async fn csv(usher: &Usher, user: &SignedIn, place: Place, filter: Filter) -> Result<Csv, Error> {
    let name = file_name(&place, &usher.now().iso());
    let (actor, language) = (user.actor.clone(), user.visitor.language());
    let source = Source { usher: usher.clone(), actor, language, place, filter };
    let first = source.part(None).await?;
    let head = source.head();
    let parts = stream::unfold(Some((source, first)), |state| async {
        let (source, part) = state?;
        let mut rows: Vec<Row> = part.rows.iter().map(|event| source.row(event)).collect();
        let mut rest = None;
        if let Some(before) = part.next {
            match source.part(Some(before)).await {
                Ok(next) => rest = Some(next),
                Err(error) => {
                    // A truncated response looks complete, so the file says in its last row that it is not.
                    log::fault(&error);
                    rows.push(source.incomplete());
                }
            }
        }
        let lines = lines(source.language, &rows);
        Some((lines, rest.map(|next| (source, next))))
    });
    Ok(Csv { name, parts: stream::iter([head]).chain(parts).boxed() })
}

impl Source {
    /// Checks the right on each query: it may be revoked while the file is being sent.
    async fn part(&self, before: Option<i64>) -> Result<Page<Told>, Error> {
        let wanted = self.filter.wanted(before, PART);
        let access = places::access(&self.usher, &self.actor, self.place.kind, &self.place.key).await?;
        places::activity(&self.usher, &access, wanted).await
    }

    fn head(&self) -> Vec<u8> {
        let names = ["activity-csv-when", "table-who", "table-what", "activity-csv-about", "activity-kind"];
        let names = names.map(|key| Text::of(key).in_language(self.language));
        // Without a BOM Excel assumes a legacy encoding.
        ["\u{feff}".as_bytes(), &lines(self.language, &[names])].concat()
    }

    fn row(&self, event: &Told) -> Row {
        let say = |text: Text| text.in_language(self.language);
        [
            event.at.iso(),
            event.actor_name.clone(),
            say(sentence(event)),
            shown(event.subject.as_deref().unwrap_or_default()).into_owned(),
            say(Text::of(words(Topic::of(event.action)))),
        ]
    }

    fn incomplete(&self) -> Row {
        let mut row = Row::default();
        row[2] = Text::of("activity-csv-incomplete").in_language(self.language);
        row
    }
}

/// Time, actor, action, subject, topic.
type Row = [String; 5];

fn lines(language: Language, rows: &[Row]) -> Vec<u8> {
    let mut writer = WriterBuilder::new()
        .delimiter(separator(language))
        .quote_style(QuoteStyle::Always)
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.each_ref().map(|text| cell(text))).expect("memory takes rows of one length");
    }
    writer.into_inner().expect("memory needs no flushing")
}

/// The separator with which a double click opens columns: Excel uses the list separator of Windows, a semicolon where
/// the decimal separator is a comma.
const fn separator(language: Language) -> u8 {
    match language {
        Language::English => b',',
        Language::German => b';',
    }
}

/// Characters that start a formula.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// A cell that no spreadsheet reads as a formula (<https://owasp.org/www-community/attacks/CSV_Injection>), in display
/// order. Also after separators, because a spreadsheet that expects the other one starts a cell there.
fn cell(text: &str) -> String {
    let mut written = String::new();
    let mut may_begin = true;
    for c in clean(text).chars() {
        if may_begin && FORMULA.contains(&c) {
            written.push('\'');
        }
        written.push(c);
        may_begin = matches!(c, ',' | ';') || (may_begin && (c.is_whitespace() || c == '"'));
    }
    written
}

/// `activity-harbor-staging-2026-03-01.csv`: from the path's slug if there is one, else from the name.
fn file_name(place: &Place, now: &str) -> String {
    let is_number = place.key.bytes().all(|byte| byte.is_ascii_digit());
    let called = if is_number { &place.name } else { &place.key };
    let plain: String = called.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let mut parts: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        parts.push(&place.key);
    }
    let day = now.split('T').next().unwrap_or_default();
    let parts = [&["activity"], parts.as_slice(), &[day]].concat();
    format!("{}.csv", parts.join("-").to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use std::slice;

    use super::{Place, file_name, lines};
    use crate::domain::offer::Kind;
    use crate::ids::PlaceId;
    use crate::words::Language;

    #[test]
    fn a_cell_is_quoted_and_never_a_formula() {
        for (text, written) in [
            ("Rosa Marlow", "\"Rosa Marlow\""),
            ("Marlow, \"Rosa\"", "\"Marlow, \"\"Rosa\"\"\""),
            ("=1+1", "\"'=1+1\""),
            ("+1", "\"'+1\""),
            ("-1", "\"'-1\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("\t=1", "\"'=1\""),
            ("\u{202e}=1", "\"'=1\""),
            ("a=1", "\"a=1\""),
            (" =1", "\" '=1\""),
            ("\"=1", "\"\"\"'=1\""),
            ("Rosa;=1+1", "\"Rosa;'=1+1\""),
            ("Rosa, =1+1", "\"Rosa, '=1+1\""),
            ("Rosa\";\"=1+1", "\"Rosa\"\";\"\"'=1+1\""),
            ("Marlow; Rosa", "\"Marlow; Rosa\""),
            ("made \u{2068}Quay \u{202e}1\u{2069}", "\"made Quay 1\""),
            ("", "\"\""),
        ] {
            let row = [text, "", "", "", ""].map(str::to_owned);
            for (language, rest) in
                [(Language::English, ",\"\",\"\",\"\",\"\"\r\n"), (Language::German, ";\"\";\"\";\"\";\"\"\r\n")]
            {
                let line = String::from_utf8(lines(language, slice::from_ref(&row))).unwrap();
                assert_eq!(line, format!("{written}{rest}"));
            }
        }
    }

    #[test]
    fn a_file_is_named_in_plain_letters() {
        let now = "2026-03-01T08:15:30.250Z";
        let place = |name: &str, key: &str| Place {
            id: PlaceId(1),
            kind: Kind::Environment,
            name: name.to_owned(),
            key: key.to_owned(),
        };
        let named = file_name(&place("Harbor \"staging\"/ä", "7"), now);
        assert_eq!(named, "activity-harbor-staging-2026-03-01.csv");
        assert_eq!(file_name(&place("Quay Works", "quay"), now), "activity-quay-2026-03-01.csv");
        assert_eq!(file_name(&place("Ω", "7"), now), "activity-7-2026-03-01.csv");
    }
}
