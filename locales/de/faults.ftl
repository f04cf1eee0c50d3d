## Was mit einem Formular nicht stimmt

fault-address-taken = Mit dieser Adresse gibt es schon ein Konto. Melden Sie sich stattdessen an.
fault-username-taken = Dieser Benutzername ist vergeben. Wählen Sie einen anderen.
fault-wrong-password = Die Adresse oder das Passwort ist falsch.
fault-deactivated = Dieses Konto ist deaktiviert. Fragen Sie, wer diesen Dienst betreibt.
fault-no-successor = Niemand sonst könnte sie übernehmen. Bestätigen Sie, dass auch sie gelöscht werden.
fault-unproved = Bestätigen Sie zuerst Ihre Adresse: Öffnen Sie den Link in der Mail, die wir Ihnen geschickt haben.
fault-old-password-wrong = Das ist nicht Ihr jetziges Passwort.
fault-passwords-differ = Das ist nicht dasselbe wie das neue Passwort darüber.
fault-environment-name-taken = Eine Umgebung mit diesem Namen gibt es schon. Wählen Sie einen anderen Namen.
fault-keys-name-taken = Sie haben schon gespeicherte Schlüssel mit diesem Namen. Wählen Sie einen anderen Namen.
fault-slack-configured = Jemand hat diese Nachrichten gerade eingerichtet. Öffnen Sie die Seite noch einmal, um zu sehen, wie.
fault-invite-self = Das ist Ihre eigene Adresse.
fault-invite-member = Wer diese Adresse hat, ist schon dabei.
fault-invitee-deactivated = Das Konto dieser Adresse ist deaktiviert.
fault-invitee-unknown = Niemand hat diese Adresse.
fault-inviter-unverified = Niemand mit einem Konto hat diese Adresse. Bestätigen Sie zuerst Ihre eigene, um Neue einzuladen.
fault-note-unverified = Bestätigen Sie zuerst Ihre eigene Adresse, um eine Notiz mitzuschicken. Es wurde noch niemand eingeladen.
fault-note-link = Lassen Sie „{ $what }“ weg: Mailprogramme würden einen Link daraus machen.
fault-not-found-user = Niemand hat diesen Benutzernamen.
fault-slug-taken = Eine Org mit diesem Kurznamen gibt es schon. Wählen Sie einen anderen.
fault-slug-reserved = Dieser Kurzname ist nicht möglich. Wählen Sie einen anderen.
fault-permission-name-taken = Eine Berechtigung mit diesem Namen gibt es schon. Wählen Sie einen anderen Namen.
fault-permission-name-reserved = Namen, die mit yeep. beginnen, gehören zum System.
fault-role-name-taken = Eine Rolle mit diesem Namen gibt es schon. Wählen Sie einen anderen Namen.
fault-permission-unknown = Eine der Berechtigungen gibt es nicht mehr. Wählen Sie noch einmal.
fault-last-administrator = Der letzte Administrator bleibt. Machen Sie zuerst jemand anderen zum Administrator.
fault-last-superuser = Der letzte Superuser bleibt. Machen Sie zuerst jemand anderen zum Superuser.
fault-already-assigned = Diese Person hat das schon.
fault-code-unknown = Dieser Code gilt nicht. Prüfen Sie ihn, oder bitten Sie um eine neue Einladung.
fault-invitation-accepted = Dieser Code wurde schon benutzt.
fault-invitation-expired = Dieser Code ist abgelaufen. Bitten Sie um eine neue Einladung.
fault-picture-unreadable = Das ist kein Bild in PNG, JPEG oder WebP, oder es ist beschädigt.
fault-picture-too-small = Das ist zu klein. Nehmen Sie mindestens 200 × 200 Pixel.
fault-picture-too-large = Das ist zu groß. Nehmen Sie höchstens 10 MB und 10.000 × 10.000 Pixel.
fault-picture-too-costly = Das zu öffnen braucht zu viel Speicher. Nehmen Sie weniger Pixel, ein PNG oder ein JPEG, das nicht progressiv ist.
fault-address-own = Diese Adresse haben Sie schon.
fault-too-many-addresses = Sie haben { $most } Adressen, und mehr sind nicht möglich. Entfernen Sie zuerst eine.
fault-too-many-tokens = Sie haben { $most } Tokens, und mehr sind nicht möglich. Widerrufen Sie zuerst eines.
fault-too-many-seconds = { $seconds ->
    [one] Zu viele Versuche. Versuchen Sie es in einer Sekunde noch einmal.
   *[other] Zu viele Versuche. Versuchen Sie es in { $seconds } Sekunden noch einmal.
}
fault-too-many-minutes = Zu viele Versuche. Versuchen Sie es in { $minutes } Minuten noch einmal.
fault-other = Das ging nicht.
fault-nothing-to-replace = Geben Sie mindestens einen neuen Wert ein.
fault-invitee-unclear = Noch wurde niemand eingeladen: Zeile { $number } („{ $line }“) { $others ->
    [0] ist
    [one] und eine weitere sind
   *[other] und { $others } weitere sind
} nicht klar. Schreiben Sie eine Person pro Zeile: eine Adresse, oder @ und einen Benutzernamen.
fault-invitee-unclear-addresses = Noch wurde niemand eingeladen: Zeile { $number } („{ $line }“) { $others ->
    [0] ist
    [one] und eine weitere sind
   *[other] und { $others } weitere sind
} nicht klar. Schreiben Sie eine Adresse pro Zeile.
fault-invited-none = { $number ->
    [one] Eine Person wurde nicht eingeladen. Sie steht noch hier.
   *[other] { $number } Personen wurden nicht eingeladen. Sie stehen noch hier.
}
fault-invited-too-many = Mehr als { $most } auf einmal. Senden Sie das Formular dafür noch einmal.
rule-text = Geben Sie einen Text ein.
rule-number = Geben Sie eine Zahl ein.
rule-bool = Wählen Sie ja oder nein.
rule-name = Nehmen Sie 4 bis 25 Buchstaben (ohne Umlaute), Ziffern, Leerzeichen oder die Zeichen : _ -
rule-email-address = Das ist keine E-Mail-Adresse. Sie sieht aus wie name@example.org.
rule-password = Nehmen Sie 8 bis 64 Zeichen.
rule-access-key = Nehmen Sie nur Großbuchstaben und Ziffern.
rule-secret-key = Lassen Sie keine Leerzeichen darin.
rule-region = Geben Sie eine Region ein, etwa eu-west-1.
rule-bucket = Nehmen Sie 3 bis 63 Kleinbuchstaben, Ziffern, Punkte oder Bindestriche; am Anfang und am Ende ein Buchstabe oder eine Ziffer.
rule-prefix = Nehmen Sie höchstens 1024 Zeichen.
rule-db-name = Nehmen Sie 1 bis 64 Buchstaben, Ziffern oder die Zeichen $ _
rule-host = Geben Sie den Namen eines Rechners ein, etwa db.example.org.
rule-not-empty = Nehmen Sie höchstens 256 Zeichen.
rule-one-line = Nehmen Sie höchstens 256 Zeichen in einer Zeile.
rule-invite-code = Ein Code hat 8 Zeichen: Ziffern und die Buchstaben a bis f.
rule-link-token = Das ist nicht das Token eines Links.
rule-full-name = Nehmen Sie höchstens 100 Zeichen.
rule-org-name = Nehmen Sie 3 bis 100 Zeichen.
rule-slug = Nehmen Sie 3 bis 30 Kleinbuchstaben, Ziffern oder die Zeichen _ -
rule-permission-name = Nehmen Sie 2 bis 64 Kleinbuchstaben, Ziffern oder die Zeichen _ - .
rule-role-name = Nehmen Sie 2 bis 64 Kleinbuchstaben, Ziffern oder die Zeichen _ - . :
rule-description = Nehmen Sie höchstens 140 Zeichen in einer Zeile.
rule-resource-id = Nehmen Sie eine Zahl oder 2 bis 140 Zeichen.
rule-choice = Wählen Sie eines davon.
rule-token-life = Wählen Sie, wie lange das Token gilt.
rule-invitation-life = Wählen Sie, wie lange die Einladung offen ist.
rule-username = Nehmen Sie 2 bis 30 Buchstaben, Ziffern oder die Zeichen _ - .
required-email = Geben Sie Ihre E-Mail-Adresse ein.
required-user-email = Geben Sie eine E-Mail-Adresse ein.
required-password = Geben Sie ein Passwort ein.
required-old-password = Geben Sie Ihr jetziges Passwort ein.
required-picture = Wählen Sie eine Datei.
required-username = Geben Sie einen Benutzernamen ein.
required-new-password = Geben Sie ein neues Passwort ein.
required-new-password-again = Geben Sie das neue Passwort noch einmal ein.
required-invite-code = Geben Sie den Code ein.
required-channel = Geben Sie einen Kanal ein.
required-token = Geben Sie das Token ein.
required-user-id = Wählen Sie eine Person.
required-right = Wählen Sie eine Rolle oder Berechtigung.
required-field = Wählen Sie mindestens ein Geheimnis.
required-reason = Schreiben Sie, warum.
required-user-key = Geben Sie ein, wen Sie einladen möchten.
required-slug = Geben Sie einen Kurznamen für die Adresse der Seite ein.
required-permissions = Wählen Sie mindestens eine Berechtigung.
required-env-name = Geben Sie einen Namen ein.
required-other = Füllen Sie das aus.
rule-reason = Schreiben Sie eine Zeile von höchstens 200 Zeichen.
rule-note = Nehmen Sie höchstens 280 Zeichen in höchstens 6 Zeilen.
rule-note-link = Lassen Sie Links und Adressen weg.
rule-variable-prefix = Nehmen Sie höchstens 32 Buchstaben, Ziffern und _, keine Ziffer zuerst.
rule-profile-name = Nehmen Sie 1 bis 64 Buchstaben, Ziffern, _, - und .
fault-unfit = Dieses Format kann den Wert nicht fassen: { $value }.
fault-nothing-understood = Davon wurde nichts verstanden.
