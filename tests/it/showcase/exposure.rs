//! Who knows which secrets: on pages that ask, on those of environments and users, and on the start page.

use super::environments::let_in;
use super::pages::Pages;
use super::people::{DAY, HOUR, People};
use crate::support::browser::Browser;

const NEW: [(&str, &str); 4] =
    [("accessKey", "AKHARBOR02"), ("secretKey", "n3w/harbor"), ("user", "writer"), ("pass", "sweet-water")];

pub async fn show(people: &People<'_>, pages: &mut Pages) {
    let rosa = people.api_of("rosa").await;
    let id = rosa.environment("Salvage yard").await;
    let path = format!("/environments/{id}");
    let mut browser = people.app.browser_of(&rosa);
    let secrets = format!("{path}/secrets");
    pages.keep("environments/secrets: nobody out", "The owner alone", browser.get(&secrets).await);
    let_in(people, &rosa, id, ["tomas", "noa", "baltasar", "mara", "stan"], false).await;
    unseen(people, &mut browser, id, pages).await;
    people.app.advance(DAY);
    partly_seen(people, &mut browser, &path, pages).await;
    out(people, &mut browser, &path, pages).await;
    dismissing(&mut browser, &path, pages).await;
    replacing(people, &mut browser, &path, pages).await;
    whole_form(&mut browser, &path, pages).await;
}

/// Somebody who came by the page has seen nothing.
async fn unseen(people: &People<'_>, rosa: &mut Browser<'_>, id: i64, pages: &mut Pages) {
    let owner = people.api_of("rosa").await;
    owner.invite(id, "layla@harbor.test", true).await;
    let link = people.app.mail_to("layla@harbor.test").await.link();
    let mut layla = people.browser_of("layla").await;
    layla.get(&link).await.submit("Accept", &[]).await;
    pages.keep("places/leave: nothing seen", "Knows nothing", layla.get(&format!("/environments/{id}/leave")).await);
    rosa.get(&format!("/environments/{id}/sharing")).await;
    let demotion = rosa.attribute("tbody a[href$='/demote']", "href").unwrap();
    pages.keep("places/demote: nothing seen", "Knows nothing", rosa.get(&demotion).await);
    let removal = demotion.replace("/demote", "/remove");
    pages.keep("places/remove: nothing seen", "Knows nothing", rosa.get(&removal).await);
}

/// One secret was changed since, and another one looked at again.
async fn partly_seen(people: &People<'_>, rosa: &mut Browser<'_>, path: &str, pages: &mut Pages) {
    rosa.get(&format!("{path}/secrets/replace")).await;
    pages.keep("environments/replace: fresh", "The empty form", rosa);
    rosa.submit("Replace", &[("secretKey", "s3cr3t/harbor+3")]).await;
    pages.keep("environments/secrets: notice replaced", "One secret was replaced", rosa);
    people.api_of("tomas").await.get(&format!("/api{path}")).await.ok();
    rosa.get(&format!("{path}/sharing")).await;
    let removals = rosa.attribute("tbody tr:nth-child(2) a[href$='/remove']", "href").unwrap();
    pages.keep("places/remove: partly seen", "Seen in two ways, and one not", rosa.get(&removals).await);
    rosa.languages = Some("de");
    pages.keep("places/remove: partly seen, german", "The same in German", rosa.get(&removals).await);
    rosa.languages = None;
    let mut tomas = people.browser_of("tomas").await;
    pages.keep("places/leave: partly seen", "The same of oneself", tomas.get(&format!("{path}/leave")).await);
}

async fn out(people: &People<'_>, rosa: &mut Browser<'_>, path: &str, pages: &mut Pages) {
    for username in ["tomas", "noa", "baltasar", "mara"] {
        let mut browser = people.browser_of(username).await;
        browser.get(&format!("{path}/leave")).await.submit("Leave", &[]).await;
        people.app.advance(HOUR);
    }
    pages.keep("environments/show: exposed", "Four people who are out know secrets", rosa.get(path).await);
    rosa.languages = Some("de");
    pages.keep("environments/show: exposed, german", "The same in German", rosa.get(path).await);
    rosa.languages = None;
    pages.keep("home: to be changed", "An environment with exposed secrets", rosa.get("/").await);
    let secrets = format!("{path}/secrets");
    pages.keep("environments/secrets: some", "Four are out, three are in", rosa.get(&secrets).await);
    rosa.languages = Some("de");
    pages.keep("environments/secrets: some, german", "The same in German", rosa.get(&secrets).await);
    rosa.languages = None;
    let about = "A part that was left over after others went";
    let end = format!("{secrets}?out=99999&inside=99999");
    pages.keep("environments/secrets: end", about, rosa.get(&end).await);
    let mut sofia = people.browser_of("sofia").await;
    let tomas = format!("/users/{}", people.ids["tomas"]);
    pages.keep("users/show: knows secrets", "With access and without", sofia.get(&tomas).await);
    let about = "What the person knows in all environments";
    pages.keep("users/deactivate: knows secrets", about, sofia.get(&format!("{tomas}/deactivate")).await);
    pages.keep("users/delete: knows secrets", about, sofia.get(&format!("{tomas}/delete")).await);
    sofia.languages = Some("de");
    pages.keep("users/show: knows secrets, german", "The same in German", sofia.get(&tomas).await);
    sofia.languages = None;
}

async fn dismissing(rosa: &mut Browser<'_>, path: &str, pages: &mut Pages) {
    rosa.get(&format!("{path}/secrets")).await;
    let dismiss = rosa.attribute("a[href*='/dismiss']", "href").unwrap();
    pages.keep("environments/dismiss: fresh", "All secrets are ticked", rosa.get(&dismiss).await);
    rosa.submit("Does not matter", &[]).await;
    pages.keep_refusal(422, "environments/dismiss: nothing given", "No word was given", rosa);
    let person = dismiss.rsplit('=').next().unwrap();
    rosa.post_fields(&format!("{path}/secrets/dismiss"), &[("userId", person)]).await;
    pages.keep_refusal(422, "environments/dismiss: all wrong", "No secret and no word", rosa);
    rosa.get(&dismiss).await.submit("Does not matter", &[("reason", "The account at the cloud is closed")]).await;
    pages.keep("environments/secrets: notice dismissed", "One person less", rosa);
    pages.keep_refusal(409, "errors/error: not exposed", "It was dismissed already", rosa.get(&dismiss).await);
}

async fn replacing(people: &People<'_>, rosa: &mut Browser<'_>, path: &str, pages: &mut Pages) {
    let replace = format!("{path}/secrets/replace");
    rosa.get(&replace).await.submit("Replace", &[]).await;
    pages.keep_refusal(422, "environments/replace: nothing given", "Nothing was filled in", rosa);
    let long = "x".repeat(1025);
    let wrong = [("accessKey", "lower"), ("secretKey", "a b"), ("user", &long), ("pass", &long)];
    rosa.get(&replace).await.submit("Replace", &wrong).await;
    pages.keep_refusal(422, "environments/replace: all wrong", "Every field has its fault", rosa);
    rosa.languages = Some("de");
    pages.keep("environments/replace: german", "The empty form, in German", rosa.get(&replace).await);
    rosa.languages = None;
    rosa.get(&replace).await.submit("Replace", &NEW).await;
    pages.keep("environments/secrets: notice replaced all", "Nobody who is out knows any", rosa);
    rosa.get(&replace).await.submit("Replace", &NEW[..1]).await;
    pages.keep("environments/secrets: notice replaced nothing", "The same value again", rosa);
    rosa.get(&replace).await.submit("Replace", &[NEW[0], ("pass", "fresh-water")]).await;
    pages.keep("environments/secrets: notice replaced but", "One new value, and one that was there", rosa);
    rosa.get(&format!("{path}/sharing")).await;
    pages.keep("environments/sharing: before and after", "Who has seen the present secrets", rosa);
    let mut stan = people.browser_of("stan").await;
    stan.get(path).await.submit("Reveal credentials", &[]).await;
}

async fn whole_form(rosa: &mut Browser<'_>, path: &str, pages: &mut Pages) {
    rosa.get(&format!("{path}/edit")).await.submit("Save", &[("accessKey", "AKHARBOR02")]).await;
    pages.keep("environments/show: notice replaced no secret", "The form had a value that was there", rosa);
}
