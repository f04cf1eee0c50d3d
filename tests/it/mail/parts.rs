//! An HTML mail, split into what the layout gives to every mail, and what differs.

use crate::support::mailbox::Mail;

/// Where a part begins and ends in the HTML, and its placeholder in the layout.
const PARTS: [(&str, &str, &str); 8] = [
    ("<title>", "</title>", "[title]"),
    ("mso-hide:all\">", "</div>", "[beside the subject]"),
    ("overflow-wrap:anywhere\">\n", "\n<table role=\"presentation\" width=\"100%\"", "[before the button]"),
    ("href=\"", "\"\n", "[link]"),
    ("text-decoration:none\">", "</a>", "[button]"),
    ("</table>\n", "<div class=\"foot", "[after the button]"),
    ("font-size:13px\">\n", "\n<p style=\"margin:10px 0 0\">If the button", "[foot]"),
    ("<span style=\"word-break:break-all\">\n", "\n</span>", "[link]"),
];

pub struct Parts {
    /// The HTML with placeholders for the parts.
    pub layout: String,
    /// The parts, in order.
    pub parts: Vec<String>,
}

impl Parts {
    pub fn of(mail: &Mail) -> Self {
        let html = mail.html.replace("\r\n", "\n");
        let (mut layout, mut parts, mut rest) = (String::new(), Vec::new(), html.as_str());
        for (begin, end, name) in PARTS {
            let (before, after) = rest.split_once(begin).unwrap_or_else(|| panic!("no {name} in {rest}"));
            let (part, _) = after.split_once(end).unwrap_or_else(|| panic!("no end of {name} in {after}"));
            layout.extend([before, begin, name]);
            parts.push(part.to_owned());
            rest = &after[part.len()..];
        }
        assert_eq!(parts[0], mail.subject.replace('"', ""), "the title is the subject");
        assert_eq!(parts[7], parts[3], "the link as text is that of the button");
        Self { layout: layout + rest, parts }
    }

    /// The parts for a snapshot, without the title and the second link, which repeat others.
    pub fn words(&self) -> String {
        let named = PARTS.iter().zip(&self.parts).take(7).skip(1).map(|((_, _, name), part)| match part.trim_end() {
            part if part.contains('\n') => format!("{name}\n{part}\n"),
            part => format!("{name} {part}\n"),
        });
        named.collect()
    }
}
