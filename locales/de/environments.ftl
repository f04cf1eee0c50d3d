## Umgebungen

environments-owner = Eigentümer
environments-you-are = Sie sind
environments-none-do = Eine Umgebung hält die Schlüssel, den Bucket und die Datenbank einer Einrichtung zusammen. Legen Sie eine an, und laden Sie dann ein, wer damit arbeitet.
environments-slack = Slack
environments-secrets = Geheimnisse
environments-cancel = Abbrechen
environments-save = Speichern
environments-delete = Löschen
environments-remove = Entfernen
environments-copy = Kopieren
environments-copy-what = Kopieren: { $what }

environments-credentials = Zugangsdaten
environments-reveal = Zugangsdaten anzeigen
environments-hide = Verbergen
environments-hidden = verborgen
environments-withheld = Bestätigen Sie Ihre E-Mail-Adresse, um die Zugangsdaten zu sehen: Öffnen Sie den Link in der Mail, die wir Ihnen geschickt haben.
environments-reveal-noted = Das Anzeigen wird unter „Aktivität“ notiert.
environments-details = Einzelheiten
environments-edit = Bearbeiten
environments-shared-with = Geteilt mit
environments-people = { $number ->
    [one] 1 Person
   *[other] { $number } Personen
}
environments-db-user = Benutzer der Datenbank
environments-db-password = Passwort der Datenbank
environments-db = Datenbank
environments-created = Angelegt

environments-new-lead = Schlüssel, Benutzer und Passwörter werden verschlüsselt aufbewahrt. Sie werden nur auf Wunsch angezeigt, und jeder Blick darauf wird notiert.
environments-new-do = Umgebung anlegen
environments-edit-title = { $name } bearbeiten
environments-name = Name
environments-name-hint = 4 bis 25 Buchstaben (ohne Umlaute), Ziffern, Leerzeichen oder : _ -
environments-cloud = Das Cloud-Konto
environments-access-key = Zugriffsschlüssel
environments-secret-key = Geheimer Schlüssel
environments-secret-hint = Leer lassen, um nichts zu ändern.
environments-region = Region
environments-region-hint = Zum Beispiel eu-west-1
environments-keys-name = Name der Schlüssel
environments-keys-name-hint = Damit Sie sie später wiedererkennen
environments-the-bucket = Der Bucket
environments-bucket = Bucket
environments-bucket-hint = 3 bis 63 Kleinbuchstaben, Ziffern, Punkte oder Bindestriche
environments-prefix = Präfix
environments-prefix-hint = Der Ordner im Bucket
environments-the-db = Die Datenbank
environments-db-name = Name der Datenbank
environments-host = Host
environments-host-hint = Zum Beispiel db.example.com
environments-user = Benutzer
environments-password = Passwort
environments-instance = Instanz
environments-parameter-group = Parametergruppe
environments-delete-about = Alle verlieren den Zugang, und die Zugangsdaten sind weg.

environments-hand-over = Übergeben
environments-hand-over-about = Neuer Eigentümer kann werden, wer Zugang hat. Sie bleiben Administrator.
environments-successor = Neuer Eigentümer
environments-successors-more = Nicht alle passen in diese Liste. <a href="{ $href }">Alle durchsuchen, die Zugang haben</a>
environments-successors-none = Sie können die Umgebung an jemanden übergeben, der Zugang hat. Noch hat niemand sonst Zugang. <a href="{ $href }">Jemanden einladen</a>
environments-successors-title = { $name } übergeben
environments-successors-heading = Wer soll neuer Eigentümer sein?
environments-successors-search = Name, Benutzername oder Adresse
environments-successors-not-found = Niemand wurde gefunden.
environments-successors-nobody = Noch hat niemand sonst Zugang.
environments-successors-back = Zurück
environments-hand-over-title = { $name } übergeben?
environments-hand-over-heading = Diese Umgebung übergeben?
environments-hand-over-ask = <strong><bdi>{ $successor }</bdi></strong> ({ $email }) wird Eigentümer von <bdi>{ $name }</bdi>. Sie bleiben Administrator. Nur der neue Eigentümer kann die Umgebung zurückgeben.

environments-delete-title = { $name } löschen?
environments-delete-heading = Diese Umgebung löschen?
environments-delete-ask = Die Zugangsdaten von <strong><bdi>{ $name }</bdi></strong> werden hier gelöscht. Alle verlieren den Zugang, und offene Einladungen gelten nicht mehr. Das lässt sich nicht rückgängig machen.
environments-delete-stays = Das Cloud-Konto, der Bucket und die Datenbank selbst bleiben, wie sie sind.




## Wer Zugang zu einer Umgebung hat, und wer eingeladen ist

sharing-title = Teilen – { $name }
sharing-invite-title = Jemanden einladen
sharing-address = E-Mail-Adresse
sharing-administrator = Administrator: darf einladen, ändern und löschen
sharing-invite = Einladen
sharing-invited = Eingeladen
sharing-invited-none = Keine Einladung wartet auf eine Antwort.
sharing-invited-more = Weitere Einladungen
sharing-members = Wer Zugang hat
sharing-right = Recht
sharing-looked = Zugangsdaten zuletzt gesehen
sharing-seen-present = hat die jetzigen gesehen
sharing-seen-before = hat die früheren gesehen
sharing-never-looked = nie
sharing-demote = Zum Mitglied machen
sharing-promote = Zum Administrator machen
sharing-members-more = Weitere Personen

## Nachrichten einer Umgebung an Slack

slack-title = Slack – { $name }
slack-off = Dieser Server sendet nichts an Slack. Wer ihn betreibt, hat das ausgeschaltet.
slack-notices = Nachrichten
slack-notices-about = Ein Kanal erfährt, wenn hier jemand eingeladen wird, beitritt oder Administrator wird. Einen Code oder einen Link bekommt er nie.
slack-last = Letzte Nachricht
slack-sent = Gesendet
slack-failed = Nicht gesendet
slack-queued = Wartet
slack-dropped = Nicht nötig
slack-channel = Kanal
slack-channel-hint = Seine Kennung, etwa C0HARBOR, oder sein Name
slack-token = Token
slack-token-hint = Von einer Slack-App in diesem Kanal, die dort schreiben darf (chat:write). Es beginnt mit xoxb-.
slack-send = Nachrichten senden
slack-remove-title = Slack von { $name } entfernen?
slack-remove-heading = Slack entfernen?
slack-remove-ask = <strong><bdi>{ $channel }</bdi></strong> bekommt keine Nachrichten mehr über <strong><bdi>{ $name }</bdi></strong>, und das Token wird vergessen. Um sie wiederzubekommen, brauchen Sie das Token noch einmal. Sollen sie nur eine Weile ruhen, nehmen Sie stattdessen das Häkchen bei „Nachrichten senden“ weg.

## Frühere Werte

former-title = Frühere Werte: { $name }
former-heading = Frühere Werte
former-secret = Geheimnis
former-replaced = Ersetzt
former-value = Wert
former-reveal = Zeigen
former-none-yet = In den letzten 30 Tagen wurde nichts ersetzt.
former-none-kept = Frühere Werte werden nicht aufgehoben.
former-keep = Frühere Werte aufheben
former-keep-hint = Für 30 Tage, für Administratoren dieser Umgebung. Jeder Blick steht in der Aktivität.
former-kept = Von jedem Geheimnis
former-kept-none = keinen
former-kept-one = den letzten
former-kept-three = die letzten drei
former-kept-ten = die letzten zehn
former-save = Speichern

## Werte mitnehmen und einfügen

take-away-link = Verwenden
take-away-title = Verwenden: { $name }
take-away-heading = Verwenden
take-away-taken = Zum Mitnehmen
take-away-format = Format
take-away-dotenv = .env-Datei
take-away-aws-profile = AWS-Profil
take-away-shell = Shell
take-away-url = URL der Datenbank
take-away-json = JSON
take-away-prefix = Anfang der Variablen
take-away-prefix-hint = Zum Beispiel TIDES_
take-away-noted = Dass Sie sie mitnehmen, steht dann in der Aktivität.
take-away-show = Zeigen
take-away-download = Herunterladen
take-away-programs = Programme holen dasselbe mit einem Zugangstoken:
import-title = Einfügen, was Sie haben
import-text = Eine .env-Datei, AWS-Datei, URL der Datenbank oder JSON
import-hint = Sie sehen dann, was verstanden wurde. Gespeichert wird noch nichts.
import-do = Lesen
import-understood = Verstanden
import-unused = Nicht verwendet:
import-unclear = Nicht verstanden: Zeile { $lines }.
import-nothing-saved = Gespeichert ist noch nichts. Ergänzen Sie, was fehlt.
