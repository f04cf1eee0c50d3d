## Die Seite einer Einladung, und die Liste dessen, was auf mich wartet

invitations-title = Einladung zu { $target }
invitations-offer = <bdi>{ $inviter }</bdi> lädt Sie zu <bdi>{ $target }</bdi> ein
invitations-inviter-gone = Ein früheres Mitglied
invitations-from = Von
invitations-to-join = Sie treten bei
invitations-joining = { place-given } <strong><bdi>{ $target }</bdi></strong> { $right ->
        [administrator] als Administrator
       *[member] als Mitglied
    }
invitations-may = Sie dürfen
invitations-may-administer = { $kind ->
    [org] dort alles: einladen, Rechte ändern, die Org löschen
    [environment] einladen, ändern und löschen
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
invitations-fields = Sie sehen dann
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
invitations-expires = Läuft ab
invitations-expires-when = Läuft <time datetime="{ $iso }" title="{ $exact }">{ $ago }</time> ab
invitations-not-for-you = Nichts für Sie? Wenn Sie ablehnen, erfährt es <bdi>{ $inviter }</bdi>.
invitations-join-does = „Beitreten“ legt Ihr Konto an, meldet Sie an und öffnet <bdi>{ $target }</bdi>.
invitations-accept-does = „Annehmen“ lässt Sie ein und öffnet <bdi>{ $target }</bdi>.
invitations-what-this-is = Usher lässt Leute in das hinein, was andere mit ihnen teilen. Dieser Link ist nur für Sie und gilt einmal.
invitations-accept = Annehmen
invitations-decline = Ablehnen

invitations-newcomer = Konto anlegen und beitreten
invitations-newcomer-address = Ihr Konto bekommt die Adresse <strong>{ $address }</strong>.
invitations-full-name = Ihr Name
invitations-username = Benutzername
invitations-password = Passwort
invitations-password-hint = 8 bis 64 Zeichen
invitations-join = Beitreten
invitations-sign-in = Zum Antworten anmelden
invitations-login = E-Mail-Adresse oder Benutzername
invitations-forgot = Passwort vergessen?
invitations-other = Sie sind als jemand anderes angemeldet
invitations-other-for = Die Einladung ist für <strong>{ $address }</strong>. Sie sind als <strong>{ $mine }</strong> angemeldet.
invitations-other-do = Melden Sie sich zuerst ab. Dann kommen Sie hierher zurück und können als { $address } antworten.

invitations-about = <bdi>{ $inviter }</bdi> hat <strong>{ $address }</strong> { place-to } <strong><bdi>{ $target }</bdi></strong> eingeladen.
invitations-expired = Diese Einladung ist abgelaufen
invitations-expired-when = Sie ist <time datetime="{ $iso }" title="{ $exact }">{ $ago }</time> abgelaufen.
invitations-asked = Wir haben <bdi>{ $inviter }</bdi> um einen neuen Link gebeten. Er kommt per Mail.
invitations-ask = Um einen neuen Link bitten
invitations-revoked = Diese Einladung wurde zurückgenommen
invitations-revoked-do = Wenn Sie das für einen Irrtum halten, schreiben Sie an <a href="{ $mailto }"><bdi>{ $inviter }</bdi></a>.
invitations-superseded = Es gibt eine neuere Mail
invitations-superseded-do = Sie haben eine neuere Mail bekommen, und dieser Link gilt nicht mehr. Bitte nehmen Sie den Link in der neuesten.
invitations-declined = Diese Einladung wurde abgelehnt
invitations-declined-do = Haben Sie es sich anders überlegt? Bitten Sie <a href="{ $mailto }"><bdi>{ $inviter }</bdi></a> um eine neue Einladung.
invitations-in-already = Sie sind schon dabei
invitations-accepted-by-me = Sie haben die Einladung { place-to } <strong><bdi>{ $target }</bdi></strong> angenommen.
invitations-member = Sie haben schon Zugang { place-to } <strong><bdi>{ $target }</bdi></strong>. Es gibt nichts zu tun.
invitations-go = Zu <bdi>{ $target }</bdi>
invitations-accepted = Diese Einladung wurde schon benutzt
invitations-accepted-once = Jede Einladung gilt einmal.
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
