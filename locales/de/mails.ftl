## Mails. Jeder Satz steht einmal für beide Teile einer Mail: $part ist text, html oder title (der Titel des HTML-Teils).

mails-quoted = { $part ->
    [html] <b>{ $name }</b>
    [title] { $name }
   *[text] „{ $name }“
}
mails-marked = { $part ->
    [html] <b>{ $name }</b>
   *[text] { $name }
}
mails-hello = Guten Tag,
mails-hello-name = Guten Tag { $name },
mails-somebody = Jemand
# Wer, und die Adresse
mails-person = { $name } ({ $address })
mails-grant = { $what ->
    [role] die Rolle
   *[permission] die Berechtigung
} { mails-marked }
mails-grant-narrowed = { mails-grant }, nur für { $resource }
mails-unexpected = Wenn Sie das nicht erwartet haben, ignorieren Sie diese Mail: Ohne Sie geschieht nichts.
mails-link-as-text = Wenn die Schaltfläche nicht funktioniert, öffnen Sie diese Adresse:
mails-link-until = Der Link gilt bis zum { $time }.

## Einladung

mails-invitation-subject = { $who } lädt Sie { place-into } { mails-quoted } ein
mails-invitation = { $who } lädt Sie { $right ->
    [administrator] als Administrator
   *[member] als Mitglied
} { place-into } { mails-quoted } in Usher ein.
mails-invitation-what = { $kind ->
    [org] Usher lässt Leute hinein. Eine Org ist eine Gruppe, deren Mitglieder Rollen und Berechtigungen haben.
    [environment] Usher lässt Leute hinein. Eine Umgebung enthält die Schlüssel, die Datenbank und den Bucket einer Cloud-Einrichtung.
   *[none] { "" }
}
mails-invitation-grants = Sie bekommen:
mails-invitation-page = Der Link öffnet eine Seite, auf der Sie annehmen oder ablehnen können. Damit ist noch nichts angenommen. Wenn Sie neu hier sind, können Sie auf derselben Seite Ihr Konto anlegen.
mails-invitation-button = Einladung ansehen
mails-invitation-code = Oder melden Sie sich an, öffnen Sie „Einladungen“ und geben Sie diesen Code ein: { mails-marked }
mails-invitation-until = Die Einladung ist für { $address } und ist offen bis zum { $time }.

## Eine Einladung wurde beantwortet

mails-accepted-subject = { $who } hat Ihre Einladung zu { mails-quoted } angenommen
mails-accepted = { $who } hat Ihre Einladung { place-into } { mails-quoted } angenommen und hat ab jetzt Zugang.
mails-declined-subject = { $who } hat Ihre Einladung zu { mails-quoted } abgelehnt
mails-declined = { $who } hat Ihre Einladung { place-into } { mails-quoted } abgelehnt. Sonst hat sich nichts geändert.
mails-answered-page = Diese Seite zeigt, wer dabei ist und welche Einladungen offen sind.
mails-answered-button = Ansehen, wer dabei ist

## Jemand bittet um einen neuen Link

mails-new-link-subject = { $who } bittet um einen neuen Link zu { mails-quoted }
mails-new-link = { $who } hat Ihre Einladung { place-into } { mails-quoted } geöffnet, als sie schon abgelaufen war, und bittet um einen neuen Link.
mails-new-link-page = Wenn Sie diese Person noch einladen möchten, senden Sie die Einladung auf dieser Seite erneut.
mails-new-link-button = Neuen Link senden
mails-new-link-unwanted = Wenn nicht, ignorieren Sie diese Mail: Ohne Sie geschieht nichts.

## Eine Adresse soll bestätigt werden

mails-verify-subject = Bestätigen Sie Ihre E-Mail-Adresse
mails-verify = bitte bestätigen Sie, dass { mails-marked } Ihre Adresse ist. Der Link öffnet eine Seite mit einer Schaltfläche dafür.
mails-verify-account = Sie wurde zum Usher-Konto von { mails-marked } hinzugefügt. Wenn das nicht Ihr Konto ist, ignorieren Sie diese Mail.
mails-verify-own = Es ist die Adresse eines Kontos bei Usher.
mails-verify-button = Diese Adresse bestätigen

## Passwörter und Adressen

mails-reset-subject = Wählen Sie ein neues Passwort
mails-reset = jemand, vermutlich Sie selbst, hat um ein neues Passwort für Ihr Usher-Konto gebeten. Der Link öffnet eine Seite, auf der Sie eines wählen können.
mails-reset-button = Neues Passwort wählen
mails-reset-until = Der Link gilt bis zum { $time }. Bis Sie ein neues Passwort wählen, bleibt das alte, wie es ist.
mails-password-changed-subject = Ihr Passwort wurde geändert
mails-password-changed = das Passwort Ihres Usher-Kontos wurde am { $time } geändert.
mails-primary-changed-subject = Ihre Hauptadresse wurde geändert
mails-primary-changed = am { $time } wurde eine andere Adresse zur Hauptadresse Ihres Usher-Kontos. Mails von Usher gehen nicht mehr an { mails-marked }.
mails-not-you = Wenn Sie das waren, ist alles gut. Wenn nicht, fordern Sie jetzt ein neues Passwort an.
mails-not-you-button = Neues Passwort anfordern

## Was jemand darf, hat sich geändert

mails-added-subject = { $who } hat Sie zu { mails-quoted } hinzugefügt
mails-added = { $who } hat Sie in Usher { place-to } { mails-quoted } hinzugefügt.
mails-removed-subject = { $who } hat Sie aus { mails-quoted } entfernt
mails-removed = { $who } hat Sie in Usher { place-from } { mails-quoted } entfernt. Sie haben dort keinen Zugang mehr.
mails-changed-subject = { $who } hat Ihre Rechte in { mails-quoted } geändert
mails-changed = { $who } hat geändert, was Sie in Usher { place-in } { mails-quoted } dürfen.
mails-changed-everywhere-subject = { $who } hat Ihre Rechte in Usher geändert
mails-changed-everywhere = { $who } hat geändert, was Sie überall in Usher dürfen.
mails-rights = Sie sind dort { $right ->
    [owner] Eigentümer
    [administrator] Administrator
   *[member] Mitglied
}.
mails-rights-and-grants = Sie sind dort { $right ->
    [owner] Eigentümer
    [administrator] Administrator
   *[member] Mitglied
} und haben:
mails-rights-everywhere = Sie haben:
mails-rights-none = Sie haben keine solchen Rechte mehr.
mails-mistake = Wenn Sie das für ein Versehen halten, fragen Sie { $who }.
mails-mistake-anybody = Wenn Sie das für ein Versehen halten, fragen Sie einen Administrator.
mails-access-button = { $kind ->
    [org] Zur Org
    [environment] Zur Umgebung
   *[none] { "" }
}
mails-start-button = Zu Ihrer Startseite
