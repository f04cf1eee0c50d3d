## Die Startseite, nicht angemeldet

welcome-title = Zugang zu Ihren Umgebungen teilen
welcome-heading = Zugang teilen, ohne Passwörter herumzureichen
welcome-lead = Usher bewahrt die Schlüssel Ihrer Cloud-Umgebungen an einem sicheren Ort auf. Sie laden jemanden aus Ihrem Team per Mail ein. Einen Klick später ist die Person dabei, und Sie sehen jederzeit, wer Zugang hat.
welcome-by-invitation = Neue Konten entstehen durch eine Einladung.
welcome-setup = Diesen Usher verwaltet noch niemand. Haben Sie ihn gestartet? Der Einrichtungslink legt Ihr Konto an: Er steht im Terminal und in <code>{ $path }</code>.

## Die Startseite, angemeldet

home-title = Start
home-hello = Hallo, <bdi>{ $name }</bdi>
home-failed-mails = Mails, die nicht angekommen sind
home-failed-mail = Die Einladung für <strong id="{ $about }">{ $address }</strong> zu <bdi>{ $target }</bdi> konnte nicht zugestellt werden.
home-failed-mail-look = Ansehen
home-unsent = Einige Mails dieses Dienstes wurden nicht verschickt.
home-unsent-look = Ansehen
home-exposed = Zu ändern
home-exposed-about = Personen ohne Zugang kennen jetzige Geheimnisse dieser Umgebungen.
home-exposed-more = Es gibt noch mehr. Sie erscheinen hier, sobald diese geändert sind.
home-waiting = Wartet auf Sie
home-invitation = <bdi>{ $inviter }</bdi> lädt Sie { $right ->
        [administrator] als Administrator
       *[member] als Mitglied
    } { place-into } <strong id="{ $about }"><bdi>{ $target }</bdi></strong> ein.
home-expires = Läuft <time datetime="{ $iso }" title="{ $exact }">{ $ago }</time> ab.
home-answer = Antworten
home-ending = Noch keine Antwort
home-ends = Die Einladung für <strong id="{ $about }">{ $address }</strong> zu <bdi>{ $target }</bdi> läuft <time datetime="{ $iso }" title="{ $exact }">{ $ago }</time> ab.
home-wants-new-link = <strong id="{ $about }">{ $address }</strong> kam für <bdi>{ $target }</bdi> zu spät und hätte gern einen neuen Link.
home-resend = Erneut senden
home-search = Nach Namen suchen

## Die ersten Schritte

first-confirm = Ihre Adresse bestätigen
first-confirm-do = Wir haben eine Mail an <strong>{ $address }</strong> geschickt. Drücken Sie den Knopf darin.
first-confirm-where = Dieser Server schreibt seine Mails in Dateien: Sehen Sie in <code>{ $path }</code> nach.
first-confirmed = <strong>{ $address }</strong> ist bestätigt.
first-environment = Ihre erste Umgebung anlegen
first-environment-do = Die Schlüssel, der Bucket und die Datenbank eines Cloud-Aufbaus. Geheimnisse liegen verschlüsselt, und jeder Blick darauf wird notiert.
first-import = Einfügen, was Sie haben
first-invite = Jemanden einladen
first-invite-do = Auf der Seite der Umgebung. Die Person bekommt eine Mail, drückt einen Knopf und ist dabei.

## Die Suche

search-title = Suche
search-nothing = Nichts von Ihnen heißt „{ $search }“.
search-nothing-yet = Hier ist noch nichts, wozu Sie Zugang haben.
