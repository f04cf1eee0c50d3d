## Was jemand getan hat, nach dem Namen

did-place-created = hat { place-object } angelegt
did-place-created-named = hat { place-object } „{ $subject }“ angelegt
did-place-changed = hat { place-object } geändert
did-place-renamed = hat { place-object } von „{ $was }“ in „{ $subject }“ umbenannt
did-credentials-changed = hat die Zugangsdaten geändert
did-credentials-changed-which = hat die Zugangsdaten geändert: { $secrets }
did-credentials-revealed = hat die Zugangsdaten angesehen
did-credentials-revealed-which = hat die Zugangsdaten angesehen: { $secrets }
did-credentials-taken = hat als { $format } mitgenommen: { $secrets }
did-credentials-taken-why = hat als { $format } mitgenommen: { $secrets } ({ $reason })
did-place-handed-over = hat { place-object } an { $subject } übergeben
did-place-deleted = hat { place-object } „{ $subject }“ gelöscht
did-member-promoted = hat { $subject } zum Administrator gemacht
did-member-demoted = hat { $subject } zum einfachen Mitglied gemacht
did-member-removed = hat { $subject } entfernt
did-member-left = ist ausgetreten
did-invitation-sent = hat { $subject } eingeladen
did-invitation-sent-how = hat { $subject } { $how } eingeladen
did-invitation-resent = hat { $subject } eine neue Einladung geschickt
did-invitation-link-copied = hat den Link für { $subject } kopiert
did-invitation-revoked = hat die Einladung für { $subject } zurückgenommen
did-invitation-accepted = hat eine Einladung angenommen
did-invitation-accepted-of = ist beigetreten, eingeladen von { $subject }
did-invitation-accepted-how = ist { $how } beigetreten, eingeladen von { $subject }
did-invitation-declined = hat eine Einladung abgelehnt
did-invitation-declined-of = hat die Einladung von { $subject } abgelehnt
did-slack-set-up = hat Nachrichten an Slack in { $subject } eingerichtet
did-slack-changed = hat die Nachrichten an Slack in { $subject } geändert
did-slack-removed = hat die Nachrichten an Slack in { $subject } entfernt
did-slack-token-revealed = hat das Token für Slack angesehen
did-member-added = hat { $subject } aufgenommen
did-member-added-with = hat { $subject } aufgenommen, mit { $gave }
did-rights-changed = hat die Rechte von { $subject } geändert
did-rights-given = hat { $subject } Rechte gegeben: { $gave }
did-rights-taken = hat { $subject } Rechte genommen: { $took }
did-rights-given-and-taken = hat { $subject } Rechte gegeben ({ $gave }) und genommen ({ $took })
did-role-created = hat die Rolle „{ $subject }“ angelegt
did-role-created-with = hat die Rolle „{ $subject }“ angelegt; sie erlaubt { $gave }
did-role-changed = hat die Rolle „{ $subject }“ geändert
did-role-changed-so = hat die Rolle „{ $subject }“ geändert: sie { $changes }
did-role-deleted = hat die Rolle „{ $subject }“ gelöscht
did-permission-created = hat die Berechtigung „{ $subject }“ angelegt
did-permission-changed = hat die Berechtigung „{ $subject }“ geändert
did-permission-renamed = hat die Berechtigung „{ $was }“ in „{ $subject }“ umbenannt
did-permission-deleted = hat die Berechtigung „{ $subject }“ gelöscht
did-invitation-changed = hat die Einladung für { $subject } geändert
did-invitation-changed-how = hat die Einladung für { $subject } geändert: Beitritt { $how }
did-user-created = hat das Konto von { $subject } angelegt
did-user-deactivated = hat das Konto von { $subject } deaktiviert
did-user-activated = hat das Konto von { $subject } aktiviert
did-user-deleted = hat das Konto von { $subject } gelöscht
did-token-made = hat das Zugangstoken { $subject } erstellt
did-token-revoked = hat das Zugangstoken { $subject } widerrufen
did-username-changed = hat den Benutzernamen { $subject } angenommen
did-address-added = hat die Adresse { $subject } hinzugefügt
did-primary-address-changed = hat { $subject } zur Hauptadresse gemacht
did-address-removed = hat die Adresse { $subject } entfernt
did-former-secret-revealed = hat einen früheren Wert angesehen
did-former-secret-revealed-which = hat einen früheren Wert angesehen: { $secrets }
did-exposure-dismissed = hat vermerkt, dass es nichts ausmacht, was { $subject } kennt
did-exposure-dismissed-why = hat vermerkt, dass es nichts ausmacht, dass { $subject } dies kennt: { $secrets } ({ $reason })
did-signed-in = hat sich angemeldet
did-sign-in-refused = wurde am Konto von { $subject } nicht angemeldet
did-sign-in-refused-password = wurde am Konto von { $subject } nicht angemeldet: das Passwort war falsch
did-sign-in-refused-deactivated = wurde am Konto von { $subject } nicht angemeldet: es ist deaktiviert
did-sign-in-refused-many = wurde am Konto von { $subject } nicht angemeldet: nach zu vielen falschen Passwörtern kommt eine Weile niemand hinein
did-signed-out = hat sich abgemeldet
did-session-ended = hat eine andere eigene Anmeldung beendet
did-sessions-ended = hat alle anderen eigenen Anmeldungen beendet
did-account-made = hat ein Konto mit der Adresse { $subject } angelegt
did-address-confirmed = hat die Adresse { $subject } bestätigt
did-password-changed = hat das eigene Passwort geändert
did-reset-requested = hat einen Link zu einem neuen Passwort für das Konto von { $subject } angefordert
did-password-reset = hat über einen Link aus einer Mail ein neues Passwort gesetzt
did-superuser-made = hat { $subject } zum Superuser gemacht
did-superuser-unmade = hat { $subject } als Superuser abgesetzt
did-messages-resent = hat gescheiterte Nachrichten noch einmal senden lassen
did-messages-resent-count = hat { $count ->
    [one] eine gescheiterte Nachricht
   *[other] { $count } gescheiterte Nachrichten
} noch einmal senden lassen

## Woraus das besteht, was oben getan wurde

how-member = als Mitglied
how-administrator = als Administrator
how-with = mit { $gave }
how-administrator-with = als Administrator mit { $gave }
role-was = hieß „{ $was }“
role-allows-more = erlaubt nun auch { $gave }
role-allows-less = erlaubt nicht mehr { $took }
thing-administration = Administrationsrecht
thing-role = Rolle „{ $name }“
thing-role-for = Rolle „{ $name }“ nur für { $resource }
thing-permission = Berechtigung „{ $name }“
thing-permission-for = Berechtigung „{ $name }“ nur für { $resource }
thing-name = „{ $name }“
secret-access-key = Zugriffsschlüssel
secret-secret-key = geheimer Schlüssel
secret-db-user = Datenbankbenutzer
secret-db-pass = Datenbankpasswort

## Der Filter über der Liste

activity-search = Name oder Adresse
activity-kind = Thema
activity-everything = Alles
activity-access = Zugang
activity-secrets = Zugangsdaten
activity-roles = Rollen und Berechtigungen
activity-settings = Einstellungen
activity-account = Konten
activity-nothing = Nichts gefunden.
activity-end = Mehr gibt es nicht.
activity-csv = Als CSV herunterladen
activity-csv-when = Wann (UTC)
activity-csv-about = Wen oder was
activity-csv-incomplete = Diese Datei ist unvollständig. Bitte laden Sie sie noch einmal herunter.

## Die Aktivität aller, und die eigene

activity-sign-ins = Anmeldungen
activity-passwords = Passwörter
activity-tokens = Zugangstoken
activity-system = Ganze Installation
activity-person = Person: Benutzername, Adresse oder Teil eines Namens
activity-place-filter = Ort: Teil des Namens oder Link
activity-place = Ort
activity-no-place = keiner
activity-from = Von (UTC)
activity-to = Bis (UTC)
activity-day-rule = Ein Tag wird geschrieben wie 2026-03-01.
activity-address = Adresse
activity-from-address = von { $address }
activity-somebody = Jemand
activity-operator = Betreiber
activity-json = Als JSON-Zeilen herunterladen
activity-own = Meine Aktivität
activity-own-hint = Was Sie getan haben, und was andere mit Ihrem Konto oder Ihren Rechten getan haben.
