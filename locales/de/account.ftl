## Felder mehrerer Seiten

account-field-email = E-Mail-Adresse
account-field-username = Benutzername
account-field-name = Name
account-field-your-name = Ihr Name
account-field-password = Passwort
account-field-password-hint = 8 bis 64 Zeichen
account-field-new-password = Neues Passwort
account-field-account = Ihr Konto
account-field-password-again = Noch einmal dasselbe
account-password-change = Passwort ändern
account-link-over-title = Dieser Link gilt nicht mehr
account-link-unknown-title = Dieser Link gilt nicht

## Anmelden und Registrieren

sign-in-login = E-Mail-Adresse oder Benutzername
sign-in-new-here = Neu hier?
sign-up-have-account = Sie haben ein Konto?

## Ein vergessenes Passwort

forgot-title = Passwort vergessen?
forgot-hint = Nennen Sie uns Ihre Adresse. Wir schicken Ihnen einen Link, mit dem Sie ein neues Passwort wählen.
forgot-send = Link schicken
forgot-back = Zurück zur Anmeldung
forgot-sent-title = Sehen Sie in Ihr Postfach
forgot-sent = Wenn es ein Konto mit dieser Adresse gibt, ist eine Mail unterwegs. Öffnen Sie den Link darin, um ein neues Passwort zu wählen.
forgot-sent-nothing = Nach ein paar Minuten noch nichts da? Sehen Sie im Spam-Ordner nach, oder <a href="/password/forgot">versuchen Sie es noch einmal</a>.
reset-title = Neues Passwort wählen
reset-hint = Danach sind alle Geräte abgemeldet, und Zugangstokens gelten nicht mehr.
reset-used-title = Dieser Link wurde schon benutzt
reset-used = Jeder Link gilt einmal. Wenn Sie Ihr Passwort wieder vergessen haben, schicken wir Ihnen einen neuen.
reset-expired-title = Dieser Link ist abgelaufen
reset-expired = Das macht nichts. Wir können Ihnen einen neuen schicken.
reset-unknown = Vielleicht ist er nicht vollständig. Wir können Ihnen einen neuen schicken.
reset-send-new = Neuen Link schicken

## Der erste Administrator

setup-title = Ersten Administrator anlegen
setup-hint = Dieses Konto darf alles in dieser Installation.
setup-over = Den ersten Administrator gibt es schon, oder der Link ist nicht vollständig.

## Eine Adresse bestätigen

verify-title = Adresse bestätigen
verify-ask = Gehört <strong>{ $address }</strong> Ihnen? Dann bestätigen Sie das hier.
verify-account = Sie wird eine Adresse des Kontos von <strong>{ $account }</strong>. Wenn das nicht Ihr Konto ist, bestätigen Sie sie nicht.
verify-own = Haben Sie das Konto mit dieser Adresse selbst angelegt? Wenn es jemand anders war, bestätigen Sie nicht: <a href="/password/forgot">Wählen Sie ein neues Passwort</a>, dann gehört das Konto Ihnen allein.
verify-do = Diese Adresse bestätigen
verify-done-short = Adresse bestätigt
verify-done-title = Ihre Adresse ist bestätigt
verify-done = Danke. Das ist alles.
verify-taken-title = Ein anderes Konto hat diese Adresse
verify-taken = Eine Adresse gehört zu einem Konto. Melden Sie sich mit dieser Adresse an, um an das andere Konto zu kommen, und entfernen Sie sie dort zuerst.
verify-unknown-signed-in = Vielleicht ist er nicht vollständig, oder es wurde eine neuere Mail geschickt. Sie können die Mail in Ihrem Konto noch einmal anfordern.
verify-unknown-signed-out = Vielleicht ist er nicht vollständig, oder es wurde eine neuere Mail geschickt. Melden Sie sich an, um sie noch einmal anzufordern.
verify-to-account = Zum Konto

## Knöpfe und Ähnliches mehrerer Seiten

account-save = Speichern
account-remove = Entfernen
account-copy = Kopieren
account-no-more = Mehr gibt es nicht.

## Wer man ist

account-you = Sie
account-username-hint = 2 bis 30 Buchstaben, Ziffern oder die Zeichen _ - . Sie können sich damit anmelden, und andere können Sie darüber einladen.
account-addresses = E-Mail-Adressen
account-unverified = Öffnen Sie den Link in der Mail, die wir Ihnen geschickt haben. Dann können Sie Personen einladen, die noch kein Konto haben.
account-address-primary = Hauptadresse
account-address-confirmed = Bestätigt
account-address-unconfirmed = Nicht bestätigt
account-address-make-primary = Zur Hauptadresse machen
account-addresses-hint = Sie können sich mit jeder bestätigten Adresse anmelden und darüber eingeladen werden. Unsere Mails gehen an die Hauptadresse.
account-addresses-unproved = Sobald diese Adresse bestätigt ist, können Sie weitere hinzufügen.
account-address-primary-short = { $address } zur Hauptadresse machen
account-address-primary-title = Hauptadresse ändern
account-address-primary-effect = Unsere Mails gehen dann an <strong>{ $address }</strong> statt an { $former }, auch Links zu einem neuen Passwort. Wir teilen es { $former } mit.
account-go-back = Zurück zu Ihrem Konto
account-address-another = Weitere Adresse
account-address-another-hint = Wir schicken einen Link dorthin, um sie zu bestätigen
account-address-add = Diese Adresse hinzufügen
account-addresses-full = Um eine weitere hinzuzufügen, entfernen Sie zuerst eine.
account-address-remove-short = { $address } entfernen?
account-address-remove-title = Diese Adresse entfernen?
account-address-remove-loss = <strong>{ $address }</strong> gehört hier nicht mehr zu Ihnen. Sie können sie wieder hinzufügen, solange niemand anders sie hat.
account-address-remove-sign-in = Sie können sich nicht mehr damit anmelden.
account-address-remove-links = Links zu einem neuen Passwort, die wir Ihnen geschickt haben, gelten nicht mehr.
account-address-remove-invitations = { $number ->
    [one] 1 offene Einladung an sie verschwindet aus Ihrer Liste. <a href="/invitations">Beantworten Sie sie zuerst</a>.
   *[other] { $number } offene Einladungen an sie verschwinden aus Ihrer Liste. <a href="/invitations">Beantworten Sie sie zuerst</a>.
}
account-field-old-password = Jetziges Passwort
account-password-hint = Wenn Sie es ändern, werden alle anderen Geräte abgemeldet, und Ihre Zugangstokens gelten nicht mehr.
account-devices = Geräte
account-devices-hint = Sehen Sie, wo Sie angemeldet sind, und melden Sie sich dort ab.
account-programs = Programme
account-programs-hint = Lassen Sie ein Skript oder Programm in Ihrem Namen handeln, ohne Ihr Passwort.

## Das Bild

account-picture-title = Ihr Bild
account-picture-change = Bild ändern
account-picture-add = Bild hinzufügen
account-picture-none = Sie haben noch kein Bild.
account-picture-elsewhere = Ihr Bild liegt auf einer anderen Website, von der unsere Seiten nichts laden.
account-picture-new = Neues Bild
account-picture-hint = PNG, JPEG oder WebP, mindestens 200 × 200 Pixel, höchstens 10 MB. Sehen kann es jeder, der seine Adresse hat.
account-picture-part = Ein Quadrat behalten
account-picture-percent = Wie viel davon
account-picture-middle = In der Mitte
account-picture-top = Oben
account-picture-bottom = Unten
account-picture-left = Links
account-picture-right = Rechts
account-picture-top-left = Oben links
account-picture-top-right = Oben rechts
account-picture-bottom-left = Unten links
account-picture-bottom-right = Unten rechts
account-picture-all = So viel wie hineinpasst
account-picture-three-quarters = Drei Viertel davon
account-picture-half = Die Hälfte davon
account-picture-remove-title = Ihr Bild entfernen?
account-picture-remove-loss = Es wird hier gelöscht. An der Stelle stehen Ihre Initialen.

## Wo man angemeldet ist

account-sessions-title = Ihre Geräte
account-sessions-hint = Wo Sie angemeldet sind. Beenden Sie, was Sie nicht kennen, und ändern Sie dann Ihr Passwort. Programme mit einem Zugangstoken <a href="/account/tokens">stehen dort</a>.
account-sessions-device = Gerät
account-sessions-since = Angemeldet
account-sessions-seen = Zuletzt gesehen
account-sessions-unknown = Unbekannt
account-sessions-browser = { $browser } unter { $system }
account-sessions-this = Dieses
account-sessions-program = Programm
account-sessions-from = von { $ip }
account-sessions-end = Beenden
account-sessions-end-others = Alle anderen beenden

## Zugangstokens

account-tokens-title = Zugangstokens
account-tokens-unproved = Bestätigen Sie zuerst Ihre E-Mail-Adresse. Danach können Sie Zugangstokens anlegen.
account-tokens-hint = Ein Programm, das eines hat, handelt in Ihrem Namen, in beiden JSON-Schnittstellen. Geben Sie jedem Programm ein eigenes, und widerrufen Sie, was Sie nicht brauchen. Wenn Sie Ihr Passwort ändern, werden alle widerrufen.
account-token = Token
account-token-fresh = Ihr neues Token
account-token-fresh-once = <strong>Kopieren Sie es jetzt.</strong> Es wird nur dieses eine Mal angezeigt.
account-token-header = Das Programm sendet es im Header <code>Authorization: Bearer …</code>
account-tokens-made = Erstellt
account-tokens-expires = Läuft ab
account-tokens-used = Zuletzt benutzt
account-tokens-unused = nie
account-token-new = Neues Token
account-token-name-hint = Wofür es ist, zum Beispiel: nächtliche Sicherung
account-token-life = Gilt für
account-token-make = Token erstellen
account-token-revoke = Widerrufen
account-token-revoke-short = { $name } widerrufen?
account-token-revoke-title = Dieses Token widerrufen?
account-token-revoke-loss = Programme, die <strong><bdi>{ $name }</bdi></strong> benutzen, sind sofort ausgesperrt. Das lässt sich nicht rückgängig machen.
account-token-last-used = Es wurde zuletzt <time datetime="{ $iso }" title="{ $exact }">{ $ago }</time> benutzt.
account-token-never-used = Es wurde nie benutzt.

## Sprache

account-language = Sprache
account-language-label = Seiten und Mails
account-language-browser = Wie der Browser es wünscht (Mails auf Englisch)
account-language-save = Sprache speichern
language-en = English
language-de = Deutsch
