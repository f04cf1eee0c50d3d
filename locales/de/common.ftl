## Was auf jeder Seite steht

error-before-title = Fehler:
skip = Zum Inhalt
nav-main = Hauptmenü
nav-way = Sie sind hier
nav-invitations = Einladungen
nav-users = Benutzer
nav-account = Konto
nav-mine = Konto von { $name }
sign-out = Abmelden
sign-in = Anmelden
sign-up = Registrieren
unverified = Bestätigen Sie zuerst Ihre Adresse <strong>{ $address }</strong>, mit dem Link in der Mail dorthin. Dann sehen Sie, wer Sie eingeladen hat, und können auch Leute ohne Konto einladen.
send-mail-again = Mail erneut senden
pages = Seiten
pages-first = Zurück zum Anfang
pages-more = Mehr anzeigen
pages-nothing-so-far = Bisher wurde nichts gefunden.
# Eine Suche sieht für eine Seite so viele Einträge durch.
pages-looked = { $number } Einträge wurden durchgesehen. Es gibt noch mehr.
pages-further = Weitersuchen
right-administrator = Administrator
right-owner = Eigentümer
right-member = Mitglied
right-narrowed = <bdi>{ $right }</bdi>, nur für <bdi>{ $resource }</bdi>
field-optional = (freiwillig)
field-error = Fehler:
field-show = Anzeigen
form-check = Bitte prüfen
choose-person = Person wählen
choice-1-day = 1 Tag
choice-1-week = 1 Woche
choice-2-weeks = 2 Wochen
choice-7-days = 7 Tage
choice-30-days = 30 Tage
choice-90-days = 90 Tage
choice-a-year = ein Jahr
search-do = Suchen
search-show = Zeigen
search-all = Alle anzeigen
answer-no = Nein, zurück
filtered = {"{left}"} von {"{all}"} gezeigt
copied = Kopiert
copy-refused = Drücken Sie Strg+C
table-actions = Aktionen
list-and = { $start } und { $last }
let-in-invited = eingeladen von <bdi>{ $name }</bdi>
let-in-invited-by-gone = eingeladen von jemandem, dessen Konto es nicht mehr gibt
let-in-added = aufgenommen von <bdi>{ $name }</bdi>
let-in-from-the-start = von Anfang an dabei
table-when = Wann
table-who = Wer
table-what = Was
boxes-filter = Filtern
boxes-more = Es gibt mehr Rollen oder Berechtigungen, als hier gewählt werden können: Das sind die ersten 500. Was von den anderen vergeben ist, bleibt.

## Was getan wurde, oben auf der nächsten Seite

notice-saved = Gespeichert.
notice-created = Erstellt.
notice-deleted = Gelöscht.
notice-left = Sie sind ausgetreten.
notice-removed = Entfernt. Diese Person hat keinen Zugang mehr.
notice-promoted = Erledigt. Diese Person ist jetzt Administrator.
notice-demoted = Erledigt. Diese Person ist jetzt einfaches Mitglied.
notice-handed-over = Übergeben. Die Umgebung hat einen neuen Eigentümer.
notice-invited = Eingeladen. Die Mail ist unterwegs.
notice-invited-all = Alle eingeladen. Die Mails sind unterwegs.
notice-invited-superseded = Eingeladen. Die Mail ist unterwegs, und die frühere Einladung gilt nicht mehr.
notice-resent = Eine neue Mail ist unterwegs. Der frühere Link gilt nicht mehr.
notice-revoked = Zurückgenommen. Der Link in der Mail gilt nicht mehr.
notice-declined = Abgelehnt. Wir haben der einladenden Person Bescheid gegeben.
notice-joined-others-gone = Willkommen! Sie sind dabei, und Ihre Adresse ist bestätigt. Andere Anmeldungen, Zugangstokens und Adressen von früher sind entfernt.
notice-joined = Willkommen! Sie sind dabei.
notice-signed-out = Sie sind abgemeldet.
notice-verified-others-gone = Danke. Ihre Adresse ist bestätigt. Andere Anmeldungen, Zugangstokens und Adressen von früher sind entfernt.
notice-verified = Danke. Ihre Adresse ist bestätigt.
notice-verified-invited = Danke. Ihre Adresse ist bestätigt. Eine Einladung wartet auf Sie.
notice-verification-sent = Die Mail ist unterwegs. Öffnen Sie den Link darin, um Ihre Adresse zu bestätigen.
notice-password-changed = Ihr Passwort ist geändert.
notice-password-reset-others-gone = Ihr Passwort ist geändert und Ihre Adresse bestätigt. Alle Anmeldungen, Zugangstokens und anderen Adressen von früher sind entfernt. Sie können sich jetzt anmelden.
notice-password-reset = Ihr Passwort ist geändert. Sie können sich jetzt damit anmelden.
notice-session-ended = Beendet. Dieses Gerät ist abgemeldet.
notice-sessions-ended = Beendet. Alle anderen Geräte sind abgemeldet.
notice-primary-changed = Erledigt. Unsere Mails gehen ab jetzt an diese Adresse. Wir haben der früheren Bescheid gegeben.
notice-address-removed = Entfernt. Diese Adresse gehört hier nicht mehr zu Ihnen.
notice-picture-removed = Entfernt. An der Stelle stehen Ihre Initialen.
notice-token-revoked = Widerrufen. Programme mit diesem Token sind ausgesperrt.
notice-link-asked = Wir haben um einen neuen Link gebeten. Er kommt per Mail.
notice-setup-done = Willkommen! Sie sind der Administrator dieser Installation.
notice-deactivated = Deaktiviert. Diese Person ist überall abgemeldet und kann sich nicht anmelden.
notice-activated = Aktiviert. Diese Person kann sich anmelden.
notice-account-deleted = Gelöscht. Das Konto gibt es nicht mehr.
notice-taken-back = Zurückgenommen. Das gilt ab jetzt.
notice-superuser-made = Erledigt. Diese Person ist jetzt Superuser.
notice-sent-again = Wieder unterwegs. Was niemand mehr braucht, entfällt.
notice-dismissed = Vermerkt. Dies muss nicht geändert werden.

# A place by its kind, as a part of sentences. The last is for none: every kind is named.
place-subject = { $kind ->
    [environment] Die Umgebung
    [org] Die Org
   *[none] Der Ort
}
place-object = { $kind ->
    [environment] die Umgebung
    [org] die Org
   *[none] den Ort
}
place-to = { $kind ->
    [environment] zur Umgebung
    [org] zur Org
   *[none] zum Ort
}
place-into = { $kind ->
    [environment] in die Umgebung
    [org] in die Org
   *[none] in den Ort
}
place-in = { $kind ->
    [environment] in der Umgebung
    [org] in der Org
   *[none] in dem Ort
}
place-from = { $kind ->
    [environment] aus der Umgebung
    [org] aus der Org
   *[none] aus dem Ort
}
