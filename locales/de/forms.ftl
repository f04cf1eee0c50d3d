## Ein Formular, dessen Anmeldung inzwischen beendet ist

again-title = { $why ->
    [signed_out] Sie sind inzwischen abgemeldet
    [other_account] Sie sind jetzt mit einem anderen Konto angemeldet
    [other_session] Diese Seite gehört zu einer früheren Anmeldung
   *[none] Melden Sie sich noch einmal an
}
again-nothing-lost = Nichts wurde abgeschickt, nichts ist verloren.
again-now = Im Moment sind Sie { $now }.
again-account = Konto von { $name }
again-password = Ihr Passwort
again-password-hint = Passwörter heben wir nie auf: Geben Sie es noch einmal ein.
again-sign-in = Anmelden und abschicken
again-send-as = Als { $email } anmelden und abschicken
again-send = Abschicken
again-file = Eine Datei können wir nicht aufheben. Wählen Sie sie noch einmal aus.
again-choose = Datei noch einmal auswählen
again-kept = Aufgehoben: Lassen Sie das Feld leer, um Ihre Eingabe zu verwenden.
fault-again-password = Dieses Passwort ist falsch. Abgeschickt ist noch nichts.
