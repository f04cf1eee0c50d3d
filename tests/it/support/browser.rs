//! A browser without JavaScript: pages, links, forms, cookies.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use rocket::http::{ContentType, Header, Method};
use scraper::{ElementRef, Html, Selector};

use super::api::Answer;
use super::app::{App, PASSWORD};
use super::pictures::multipart;

/// The isolates around names in sentences.
const ISOLATES: [char; 2] = ['\u{2068}', '\u{2069}'];

/// A browser with its cookies, on one page.
pub struct Browser<'a> {
    app: &'a App,
    cookies: BTreeMap<String, String>,
    /// `Accept-Language`.
    pub languages: Option<&'static str>,
    /// Whether it says of forms that they are from our own pages, as current browsers do.
    pub says_same_origin: bool,
    /// Where it is.
    pub remote: Option<SocketAddr>,
    /// The path of the current page.
    pub path: String,
    pub status: u16,
    pub body: String,
    /// The last response, before redirects.
    pub answer: Option<Answer>,
}

impl<'a> Browser<'a> {
    pub fn new(app: &'a App) -> Self {
        Self {
            app,
            cookies: BTreeMap::new(),
            languages: None,
            says_same_origin: false,
            remote: None,
            path: String::new(),
            status: 0,
            body: String::new(),
            answer: None,
        }
    }

    /// Opens a path and follows redirects.
    pub async fn get(&mut self, path: &str) -> &mut Self {
        self.request(Method::Get, path, ContentType::Form, Vec::new()).await;
        self
    }

    /// Submits the form with this button, with some of its fields filled in.
    #[track_caller]
    pub fn submit(&mut self, button: &str, fields: &[(&str, &str)]) -> impl Future<Output = &mut Self> {
        let (action, body) = filled_in(&self.body, button, fields)
            .unwrap_or_else(|| panic!("no form with the button {button:?} on {}:\n{}", self.path, self.body));
        async move {
            self.request(Method::Post, &action, ContentType::Form, body.into_bytes()).await;
            self
        }
    }

    /// The CSRF token of the page's forms, or of the sign-in page if the page has none.
    pub async fn csrf(&mut self) -> String {
        if self.attribute("input[name=csrf]", "value").is_none() {
            self.get("/sign-in").await;
        }
        self.attribute("input[name=csrf]", "value").unwrap()
    }

    /// Posts fields with a valid token, whether or not the page has such a form.
    pub async fn post_fields(&mut self, path: &str, fields: &[(&str, &str)]) -> &mut Self {
        let token = self.csrf().await;
        let mut body = form_urlencoded::Serializer::new(String::new());
        let body = body.append_pair("csrf", &token).extend_pairs(fields).finish();
        self.post(path, &body).await
    }

    /// Posts a raw body.
    pub async fn post(&mut self, path: &str, body: &str) -> &mut Self {
        self.request(Method::Post, path, ContentType::Form, body.as_bytes().to_vec()).await;
        self
    }

    /// Posts a form with a file.
    pub async fn upload(&mut self, path: &str, fields: &[(&str, &str)], file: Option<&[u8]>) -> &mut Self {
        let (content_type, body) = multipart(fields, file);
        self.request(Method::Post, path, content_type, body).await;
        self
    }

    async fn request(&mut self, method: Method, path: &str, content_type: ContentType, body: Vec<u8>) {
        let (mut method, mut path) = (method, path.to_owned());
        for _ in 0..5 {
            let mut request = self.app.client().req(method, path.clone());
            if !self.cookies.is_empty() {
                request = request.header(Header::new("Cookie", self.cookies()));
            }
            if let Some(languages) = self.languages {
                request = request.header(Header::new("Accept-Language", languages));
            }
            if let Some(remote) = self.remote {
                request = request.remote(remote);
            }
            if method == Method::Post {
                request = request.header(content_type.clone()).body(body.clone());
                if self.says_same_origin {
                    request = request.header(Header::new("Sec-Fetch-Site", "same-origin"));
                }
            }
            let answer = Answer::read(request.dispatch().await).await;
            self.keep_cookies(&answer);
            let location = answer.header("Location").map(str::to_owned);
            self.status = answer.status;
            self.body.clone_from(&answer.text);
            self.path.clone_from(&path);
            self.answer = Some(answer);
            match location {
                // The same form, to another path.
                Some(location) if self.status == 307 => path = location,
                Some(location) => (method, path) = (Method::Get, location),
                None => return,
            }
        }
        panic!("redirect loop at {path}");
    }

    fn keep_cookies(&mut self, answer: &Answer) {
        for (name, value) in &answer.headers {
            if !name.eq_ignore_ascii_case("Set-Cookie") {
                continue;
            }
            let (key, value_and_rest) = value.split_once('=').unwrap();
            if value.contains("Max-Age=0") {
                self.cookies.remove(key);
            } else {
                self.cookies.insert(key.to_owned(), value_and_rest.split(';').next().unwrap().to_owned());
            }
        }
    }

    /// A cookie's value.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    pub fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    /// The visible text of the page, without direction isolates.
    pub fn text(&self) -> String {
        let html = Html::parse_document(&self.body);
        let text: String = html.root_element().text().collect::<Vec<_>>().join(" ");
        text.replace(ISOLATES, "").split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether the page contains a text.
    pub fn shows(&self, text: &str) -> bool {
        self.text().contains(text)
    }

    /// The page's title.
    pub fn title(&self) -> String {
        self.select("title").first().cloned().unwrap_or_default()
    }

    /// The texts of all elements that match a selector.
    pub fn select(&self, selector: &str) -> Vec<String> {
        let html = Html::parse_document(&self.body);
        html.select(&Selector::parse(selector).unwrap())
            .map(|element| element.text().collect::<String>().replace(ISOLATES, "").trim().to_owned())
            .collect()
    }

    /// The notice on the page.
    pub fn notice(&self) -> String {
        self.select("main > p.notice:first-child").join(" ")
    }

    /// An attribute of the first element that matches a selector.
    pub fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        let html = Html::parse_document(&self.body);
        let found = html.select(&Selector::parse(selector).unwrap()).next()?;
        found.value().attr(name).map(str::to_owned)
    }

    /// The error beside a field.
    pub fn fault(&self, field: &str) -> String {
        let fault = self.select(&format!("#{field}-fault")).join(" ");
        fault.strip_prefix("Error: ").unwrap_or(&fault).to_owned()
    }

    /// The value of a field.
    pub fn value(&self, field: &str) -> String {
        self.attribute(&format!("#{field}"), "value").unwrap_or_default()
    }

    /// The value of the checkbox with this label.
    #[track_caller]
    pub fn box_of(&self, label: &str) -> String {
        let html = Html::parse_document(&self.body);
        let labels = Selector::parse("label").unwrap();
        let found = html.select(&labels).find(|found| found.text().collect::<String>().trim() == label);
        let id =
            found.and_then(|found| found.value().attr("for")).unwrap_or_else(|| panic!("no {label} on {}", self.path));
        self.attribute(&format!("[id='{id}']"), "value").unwrap()
    }

    /// The labels of the page's buttons.
    pub fn buttons(&self) -> Vec<String> {
        self.select("main button:not([hidden])")
    }

    /// All cookies, as sent.
    pub fn cookies(&self) -> String {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        cookies.join("; ")
    }

    /// The last response before redirects.
    #[track_caller]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.answer.as_ref().unwrap().header(name)
    }

    /// Signs up by the page.
    pub async fn sign_up(&mut self, address: &str) -> &mut Self {
        self.get("/sign-up").await;
        self.submit("Sign up", &[("email", address), ("password", PASSWORD)]).await;
        self
    }

    /// Adds an address by the page.
    pub async fn add_address(&mut self, address: &str) -> &mut Self {
        self.get("/account").await.submit("Add this address", &[("email", address), ("password", PASSWORD)]).await;
        self
    }

    /// Makes the page's first address that is not primary the primary one.
    pub async fn make_primary(&mut self, password: &str) -> &mut Self {
        self.get("/account").await;
        let ask = self.attribute(".rows a[href$='/primary']", "href").unwrap_or_else(|| panic!("{}", self.text()));
        self.get(&ask).await.submit("Make primary", &[("password", password)]).await;
        self
    }

    /// Makes the first administrator on a sharing page a plain member.
    pub async fn demote_first(&mut self, sharing: &str) -> &mut Self {
        self.get(sharing).await;
        let ask = self.attribute("a[href$='/demote']", "href").unwrap_or_else(|| panic!("{}", self.text()));
        self.get(&ask).await.submit("Make member", &[]).await;
        self
    }

    /// Creates an access token by the page, with the default lifetime.
    pub async fn make_token(&mut self, name: &str) -> &mut Self {
        self.get("/account/tokens").await.submit("Make a token", &[("name", name), ("password", PASSWORD)]).await;
        self
    }

    /// Signs in by the page.
    pub async fn sign_in(&mut self, login: &str) -> &mut Self {
        self.sign_in_with(login, PASSWORD).await
    }

    /// Signs in with another password than the common test password.
    pub async fn sign_in_with(&mut self, login: &str, password: &str) -> &mut Self {
        self.get("/sign-in").await;
        self.submit("Sign in", &[("email", login), ("password", password)]).await;
        self
    }
}

/// Action and body of the form with this button.
fn filled_in(page: &str, button: &str, fields: &[(&str, &str)]) -> Option<(String, String)> {
    let html = Html::parse_document(page);
    let buttons = Selector::parse("button, input[type=submit]").unwrap();
    let says = |found: &ElementRef<'_>| found.text().collect::<String>().trim() == button;
    let pressed = html.select(&buttons).rfind(says)?;
    let form = pressed.ancestors().filter_map(ElementRef::wrap).find(|found| found.value().name() == "form")?;
    let action = pressed.value().attr("formaction").or(form.value().attr("action"))?;
    let mut values: Vec<(String, String)> = Vec::new();
    for field in form.select(&Selector::parse("input, select, textarea").unwrap()) {
        let input = field.value();
        let Some(name) = input.attr("name") else { continue };
        let value = match input.name() {
            "textarea" => field.text().collect::<String>(),
            "select" => selected(&field),
            _ if matches!(input.attr("type"), Some("checkbox" | "radio")) && input.attr("checked").is_none() => {
                continue;
            }
            _ => input.attr("value").unwrap_or_default().to_owned(),
        };
        values.push((name.to_owned(), value));
    }
    let of_the_button = pressed.value().attr("name").zip(pressed.value().attr("value"));
    values.extend(of_the_button.map(|(name, value)| (name.to_owned(), value.to_owned())));
    // A given field replaces its value; given twice, it is sent twice.
    values.retain(|(name, _)| !fields.iter().any(|(given, _)| given == name));
    values.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(values).finish();
    Some((action.to_owned(), body))
}

/// The selected option, else the first.
fn selected(select: &ElementRef<'_>) -> String {
    let options: Vec<ElementRef<'_>> = select.select(&Selector::parse("option").unwrap()).collect();
    let marked = options.iter().find(|option| option.value().attr("selected").is_some());
    let chosen = marked.or(options.first()).and_then(|option| option.value().attr("value"));
    chosen.unwrap_or_default().to_owned()
}
