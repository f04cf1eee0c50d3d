## Die Seite einer Einladung, und die Liste dessen, was auf mich wartet

invitations-title = Einladung zu { $target }
invitations-by = <b><bdi>{ $inviter }</bdi></b> ({ $email }) lädt Sie ein zu
invitations-by-then = <b><bdi>{ $inviter }</bdi></b> hat { $address } eingeladen zu
invitations-as = { $right ->
        [administrator] als Administrator
       *[member] als Mitglied
    } · offen bis <time datetime="{ $iso }" title="{ $ago }">{ $said }</time>
invitations-declined-before = Sie haben abgelehnt. Sie können es sich noch anders überlegen.
invitations-stays-declined = Nichts für Sie? Schließen Sie die Seite: Es bleibt dabei.
invitations-not-expected = Nicht erwartet? Schließen Sie die Seite: Es geschieht nichts. Oder lassen Sie es <bdi>{ $inviter }</bdi> wissen:
invitations-what = Was sehe ich dann?
invitations-what-noted = Jeder Blick auf die Geheimnisse wird festgehalten.
invitations-inviter-gone = Ein früheres Mitglied
invitations-may-administer = { $kind ->
    [org] Sie dürfen dort alles: einladen, Rechte ändern, die Org löschen.
    [environment] Sie dürfen einladen, ändern und löschen.
   *[none] { "" }
}
invitations-roles = { $number ->
    [one] Rolle
   *[other] Rollen
}
invitations-permissions = { $number ->
    [one] Berechtigung
   *[other] Berechtigungen
}
invitations-field-access-key = Zugriffsschlüssel
invitations-field-secret-key = Geheimer Schlüssel
invitations-field-region = Region
invitations-field-bucket = Bucket
invitations-field-prefix = Präfix
invitations-field-db-name = Name der Datenbank
invitations-field-db-host = Host der Datenbank
invitations-field-db-user = Benutzer der Datenbank
invitations-field-db-pass = Passwort der Datenbank
invitations-field-instance = Instanz
invitations-field-parameter-group = Parametergruppe
invitations-expires-when = Läuft <time datetime="{ $iso }" title="{ $exact }">{ $ago }</time> ab
invitations-accept = Annehmen
invitations-decline = Ablehnen

invitations-full-name = Ihr Name
invitations-account = Ihr Konto
invitations-choose-password = Passwort wählen
invitations-password = Passwort
invitations-password-hint = 8 bis 64 Zeichen
invitations-join = Beitreten
invitations-sign-in-accept = Anmelden und annehmen
invitations-login = E-Mail-Adresse oder Benutzername
invitations-forgot = Passwort vergessen?
invitations-other-for = Diese Einladung ist für <strong>{ $address }</strong>; Sie sind als <strong>{ $mine }</strong> angemeldet.
invitations-switch-to = Zu { $address } wechseln
invitations-switch = Konto wechseln
invitations-mine = Diese Adresse gehört auch mir
invitations-mine-does = Lesen Sie auch die Mails an <strong>{ $address }</strong>? Dann nehmen Sie die Adresse in Ihr Konto auf und treten Sie damit ein:
invitations-own-password = Ihr Passwort

invitations-expired = Diese Einladung ist abgelaufen
invitations-expired-when = Sie ist <time datetime="{ $iso }" title="{ $exact }">{ $ago }</time> abgelaufen.
invitations-asked = Wir haben <bdi>{ $inviter }</bdi> um einen neuen Link gebeten. Er kommt per Mail.
invitations-ask = Um einen neuen Link bitten
invitations-revoked = Diese Einladung wurde zurückgenommen
invitations-revoked-do = Wenn Sie das für einen Irrtum halten, fragen Sie <bdi>{ $inviter }</bdi>.
invitations-write = An <bdi>{ $inviter }</bdi> schreiben
invitations-superseded = Es gibt eine neuere Mail
invitations-superseded-do = Sie haben eine neuere Mail bekommen, und dieser Link gilt nicht mehr. Bitte nehmen Sie den Link in der neuesten.
invitations-declined = Diese Einladung wurde abgelehnt
invitations-declined-do = Haben Sie es sich anders überlegt? Bitten Sie <bdi>{ $inviter }</bdi> um eine neue Einladung.
invitations-in-already = Sie sind schon dabei
invitations-accepted-by-me = Sie haben die Einladung { place-to } <strong><bdi>{ $target }</bdi></strong> angenommen.
invitations-member = Sie haben schon Zugang { place-to } <strong><bdi>{ $target }</bdi></strong>. Es gibt nichts zu tun.
invitations-go = <bdi>{ $target }</bdi> öffnen
invitations-accepted = Diese Einladung wurde schon benutzt
invitations-accepted-once = Jede Einladung gilt einmal.
invitations-sign-in-open = Anmelden und öffnen
invitations-accepted-do = Jede Einladung gilt einmal. Wenn Sie es nicht waren, fragen Sie <a href="{ $mailto }"><bdi>{ $inviter }</bdi></a>.
invitations-accepted-do-signed-out = Jede Einladung gilt einmal. Waren Sie es? Dann melden Sie sich an. Wenn Sie es nicht waren, fragen Sie <a href="{ $mailto }"><bdi>{ $inviter }</bdi></a>.
invitations-gone = Das gibt es nicht mehr
invitations-gone-what = { place-subject } <strong><bdi>{ $target }</bdi></strong> wurde gelöscht. Es gibt nichts zu tun.
invitations-unknown = Dieser Link geht nicht
invitations-unknown-do = Vielleicht wurde er unterwegs abgeschnitten. Kopieren Sie den ganzen Link aus der Mail.

invitations-unverified = Hier sehen Sie Einladungen, sobald Ihre Adresse <strong>{ $address }</strong> bestätigt ist. Der Link und der Code in einer Einladungsmail gelten sofort.
invitations-waiting = <bdi>{ $inviter }</bdi> <span class="soft">({ $email })</span> lädt Sie { $right ->
        [administrator] als Administrator
       *[member] als Mitglied
    } { place-to } <strong id="{ $about }"><bdi>{ $target }</bdi></strong> ein.
invitations-none = Keine Einladungen
invitations-none-do = Wenn jemand Sie einlädt, können Sie hier antworten oder mit dem Link in der Mail.
invitations-code-title = Haben Sie einen Code aus einer Mail?
invitations-code = Code
invitations-code-hint = 8 Buchstaben und Ziffern
invitations-code-use = Code verwenden

invitations-link-for = Link für { $address }
invitations-link-title = Link zur Einladung
invitations-link-do-known = Schicken Sie diesen Link selbst an <strong>{ $address }</strong>. Er gilt für niemand anderen, und nur angemeldet. Er läuft <time datetime="{ $iso }" title="{ $exact }">{ $ago }</time> ab.
invitations-link-do = Schicken Sie diesen Link selbst an <strong>{ $address }</strong>. Geben Sie ihn niemand anderem: Wer ihn öffnet, kann das Konto zu dieser Adresse anlegen, solange es keines gibt. Er läuft <time datetime="{ $iso }" title="{ $exact }">{ $ago }</time> ab.
invitations-link = Link
invitations-link-copy = Kopieren
invitations-link-confirm = { $kind ->
    [environment] Wer mit diesem Link ein Konto anlegt, muss die Adresse danach bestätigen und sieht vorher keine Zugangsdaten. Mit dem Link in der Mail ist das nicht nötig.
    [org] Wer mit diesem Link ein Konto anlegt, muss die Adresse danach bestätigen. Mit dem Link in der Mail ist das nicht nötig.
   *[none] { "" }
}
invitations-link-back = Zurück zu den Einladungen

## Einladungen, wie die einladende Seite sie sieht

pending-who = Wer
pending-invited = Eingeladen
pending-state = Stand
pending-by = von <bdi>{ $inviter }</bdi>
pending-accepted = Angenommen
pending-declined = Abgelehnt
pending-void = Nicht gültig
pending-void-why = Wer eingeladen hat, ist deaktiviert, oder das Konto gibt es nicht mehr. „Erneut senden“ macht sie zu Ihrer Einladung.
pending-revoked = Zurückgenommen
pending-superseded = Ersetzt
pending-expired = Abgelaufen
pending-mail-failed = Mail nicht zugestellt
pending-mail-sending = Wird gesendet …
pending-mail-queued = Mail wartet
pending-mail-sent = Mail gesendet
pending-wants-new-link = Bittet um einen neuen Link
pending-expires-when = Läuft <time datetime="{ $iso }" title="{ $exact }">{ $ago }</time> ab
pending-expired-when = <time datetime="{ $iso }" title="{ $exact }">{ $ago }</time> abgelaufen
pending-change = Ändern
pending-resend = Erneut senden
pending-copy-link = Link kopieren
pending-revoke = Zurücknehmen
invitations-note = Notiz
invitations-note-hint = Sie steht in der Mail und auf der Seite hinter dem Link: bis zu 280 Zeichen, ohne Links.
