## Fehlerseiten

error-sign-in-title = Zuerst anmelden
error-sign-in = Diese Seite ist für Mitglieder.
error-sign-up-closed-title = Die Registrierung ist geschlossen
error-sign-up-closed = Neue Konten entstehen hier mit einer Einladung. Fragen Sie, wer diesen Dienst betreibt.
error-org-creation-closed-title = Neue Orgs sind hier nicht möglich
error-org-creation-closed = Neue Orgs legt an, wer diesen Dienst betreibt. Fragen Sie dort nach.
error-link-over-title = Dieser Link gilt nicht mehr
error-link-over = Bitten Sie, wer ihn geschickt hat, um einen neuen.
error-invitation-of-another-title = Diese Einladung ist für jemand anderen
error-invitation-of-another = Öffnen Sie den Link noch einmal, um zu sehen, für wen, und melden Sie sich mit jenem Konto an.
error-owner-stays-title = Der Eigentümer bleibt
error-owner-stays = Machen Sie zuerst jemand anderen zum Eigentümer.
error-primary-address-stays-title = Die Hauptadresse bleibt
error-primary-address-stays = Machen Sie zuerst eine andere Adresse zur Hauptadresse.
error-last-administrator-title = Der letzte Administrator bleibt
error-last-administrator = Machen Sie zuerst jemand anderen zum Administrator.
error-last-superuser-title = Der letzte Superuser bleibt
error-last-superuser = Machen Sie zuerst jemand anderen zum Superuser.
error-no-successor-title = Niemand könnte { $name } übernehmen
error-no-successor = Alle anderen in { $name } sind deaktiviert oder haben ihre E-Mail-Adresse noch nicht bestätigt. Kümmern Sie sich zuerst um eine dieser Personen.
error-cannot-own-title = Diese Person kann noch nicht Eigentümer sein
error-cannot-own = Sie ist deaktiviert oder hat ihre E-Mail-Adresse noch nicht bestätigt. Wählen Sie jemand anderen, oder kümmern Sie sich zuerst darum.
error-unproved-title = Bestätigen Sie zuerst Ihre Adresse
error-unproved = Die erste Adresse eines Kontos wird vor allen anderen bestätigt: Öffnen Sie den Link in der Mail, die dorthin ging, oder lassen Sie sie auf der Seite Ihres Kontos noch einmal senden.
error-own-account-title = Das ist Ihr eigenes Konto
error-own-account = Bitten Sie einen anderen Superuser darum.
error-system-object-title = Das gehört zum System
error-system-object = Es kann weder geändert noch gelöscht werden.
error-400-title = Das passt nicht
error-400 = Etwas von dem, was gesendet wurde, ist nicht wie erwartet. Gehen Sie zurück und versuchen Sie es noch einmal.
error-403-title = Nicht für Sie
error-403 = Dazu haben Sie kein Recht. Fragen Sie einen Administrator.
error-404-title = Nicht hier
error-404 = Diese Seite gibt es nicht, oder Sie dürfen sie nicht sehen.
error-413-title = Zu viel
error-413 = Was gesendet wurde, ist zu groß.
error-429-title = Zu viele Versuche
error-429 = Warten Sie eine Minute und versuchen Sie es noch einmal.
error-503-title = Einen Moment
error-503 = Der Dienst ist beschäftigt. Versuchen Sie es in ein paar Sekunden noch einmal.
error-too-long-title = Das dauert zu lange
error-too-long = Die Suche wurde nach zwei Sekunden beendet, damit andere nicht auf sie warten. Versuchen Sie es noch einmal mit einem längeren oder genaueren Wort.
error-500-title = Das ist unser Fehler
error-500 = Bei uns ging etwas schief. Nichts wurde geändert. Versuchen Sie es später noch einmal.
error-other = Gehen Sie zurück und versuchen Sie es noch einmal.
error-form-from-elsewhere-title = Dieses Formular kam von woanders
error-form-from-elsewhere = Es wurde von einer anderen Adresse als { $base } gesendet, deshalb wurde nichts getan. Öffnen Sie die Seite unter { $base }.
error-form-too-old-title = Dieses Formular ist zu alt
error-form-too-old = Es wurde geöffnet, bevor Sie sich an- oder abgemeldet haben, deshalb wurde nichts getan. Laden Sie die Seite neu und versuchen Sie es noch einmal.
error-wait-seconds = { $seconds ->
    [one] Versuchen Sie es in einer Sekunde noch einmal.
   *[other] Versuchen Sie es in { $seconds } Sekunden noch einmal.
}
error-wait-minutes = Versuchen Sie es in { $minutes } Minuten noch einmal.
error-start-page = Zur Startseite
error-number = Wenn Sie jemanden danach fragen, nennen Sie diese Nummer:
