//! The configuration key `slack_url`.

use std::str::FromStr;

use url::Url;

use crate::urls::{is_loopback, without_extras};

/// The base URL of Slack's API, or off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SlackUrl {
    /// Sends no notices.
    Off,
    /// The base URL of Slack's methods, with a trailing slash.
    At(Url),
}

impl SlackUrl {
    /// Slack's own.
    pub const DEFAULT: &str = "https://slack.com/api/";
}

impl FromStr for SlackUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "off" {
            return Ok(Self::Off);
        }
        // Does not quote the value, which may hold a password.
        let problem = || {
            "must be an https:// address such as https://slack.com/api/ (http:// for this machine alone), or off"
                .to_owned()
        };
        let mut url = without_extras(text).filter(is_private).ok_or_else(problem)?;
        if !url.path().ends_with('/') {
            let path = format!("{}/", url.path());
            url.set_path(&path);
        }
        Ok(Self::At(url))
    }
}

/// Tokens are sent encrypted, or to this machine only.
fn is_private(url: &Url) -> bool {
    url.scheme() == "https" || (url.scheme() == "http" && url.host().is_some_and(|host| is_loopback(&host)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_and_this_machine_are_taken() {
        let at = |text: &str| match text.parse() {
            Ok(SlackUrl::At(url)) => url.to_string(),
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(at(SlackUrl::DEFAULT), SlackUrl::DEFAULT);
        assert_eq!(at("https://slack.example.org/api"), "https://slack.example.org/api/");
        assert_eq!(at("http://127.0.0.1:9000"), "http://127.0.0.1:9000/");
        assert_eq!(at("http://[::1]:9000/x/"), "http://[::1]:9000/x/");
        assert_eq!("off".parse(), Ok(SlackUrl::Off));
        for bad in [
            "",
            "slack.com",
            "http://slack.com/api/",
            "ftp://slack.com/",
            "https://u:p@slack.com/",
            "https://slack.com/?x",
        ] {
            assert!(bad.parse::<SlackUrl>().is_err(), "{bad}");
        }
    }
}
