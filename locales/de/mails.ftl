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
mails-link-until = Der Link gilt bis { $time }.
# Der Name des Absenders: wer schreibt, und der Dienst
mails-via = { $who } über { $service }
mails-foot = Sie bekommen diese Mail, weil Sie ein Konto bei { $server } haben.

## Einladung

mails-invitation-subject = { $who } lädt Sie { place-into } { mails-quoted } ein
mails-invitation = { $who } lädt Sie { $right ->
    [administrator] als Administrator
   *[member] als Mitglied
} { place-into } { mails-quoted } ein.
# Unter dem Namen dessen, der einlädt
mails-invitation-headline = lädt Sie zu { $name } ein
mails-invitation-as = { $kind ->
    [environment] Umgebung
    [org] Org
   *[none] { "" }
} · als { $right ->
    [administrator] Administrator
   *[member] Mitglied
}
mails-invitation-button = Einladung öffnen
mails-invitation-until = Für { $address }, bis { $time }.
mails-invitation-page = Mit dem Öffnen ist noch nichts angenommen.
mails-invitation-grants = Sie bekommen:
mails-invitation-what = { $kind ->
    [org] Usher lässt Leute hinein. Eine Org ist eine Gruppe, deren Mitglieder Rollen und Berechtigungen haben.
    [environment] Usher lässt Leute hinein. Eine Umgebung enthält die Schlüssel, die Datenbank und den Bucket einer Cloud-Einrichtung.
   *[none] { "" }
}
mails-invitation-new = Wenn Sie neu hier sind, legen Sie Ihr Konto auf derselben Seite an.
mails-invitation-why = Sie bekommen diese Mail, weil { $who } Ihre Adresse bei { $server } eingegeben hat.
mails-invitation-ask = Nicht erwartet? Fragen Sie mit einer Antwort auf diese Mail nach, oder ignorieren Sie sie: Ohne Sie geschieht nichts.
mails-invitation-code = Oder melden Sie sich an, öffnen Sie „Einladungen“ und geben Sie diesen Code ein: { mails-marked }

## Eine Einladung wurde beantwortet

mails-accepted-subject = { $who } hat Ihre Einladung zu { mails-quoted } angenommen
mails-accepted = { $who } hat Ihre Einladung { place-into } { mails-quoted } angenommen und hat ab jetzt Zugang.
mails-accepted-headline = hat Ihre Einladung zu { $name } angenommen
mails-accepted-since = Und hat ab jetzt Zugang.
mails-declined-subject = { $who } hat Ihre Einladung zu { mails-quoted } abgelehnt
mails-declined = { $who } hat Ihre Einladung { place-into } { mails-quoted } abgelehnt. Sonst hat sich nichts geändert.
mails-declined-headline = hat Ihre Einladung zu { $name } abgelehnt
mails-declined-since = Sonst hat sich nichts geändert.
mails-answered-page = Diese Seite zeigt, wer dabei ist und welche Einladungen offen sind.
mails-answered-button = Ansehen, wer dabei ist

## Jemand bittet um einen neuen Link

mails-new-link-subject = { $who } bittet um einen neuen Link zu { mails-quoted }
mails-new-link = { $who } hat Ihre Einladung { place-into } { mails-quoted } erst geöffnet, als sie abgelaufen war, und bittet um einen neuen Link.
mails-new-link-headline = bittet um einen neuen Link zu { $name }
mails-new-link-since = Ihre Einladung war schon abgelaufen, als sie geöffnet wurde.
mails-new-link-page = Wenn Sie diese Person noch einladen möchten, senden Sie die Einladung auf dieser Seite erneut.
mails-new-link-button = Neuen Link senden
mails-new-link-unwanted = Wenn nicht, ignorieren Sie diese Mail: Ohne Sie geschieht nichts.

## Eine Adresse soll bestätigt werden

mails-verify-subject = Bestätigen Sie Ihre E-Mail-Adresse
mails-verify = Bitte bestätigen Sie, dass { mails-marked } Ihre Adresse ist.
mails-verify-account = Sie wurde zum Usher-Konto von { mails-marked } hinzugefügt.
mails-verify-another = Wenn das nicht Ihr Konto ist, ignorieren Sie diese Mail.
mails-verify-button = Diese Adresse bestätigen
mails-verify-page = Er öffnet eine Seite mit einer Schaltfläche zum Bestätigen.
mails-verify-why = Sie bekommen diese Mail, weil jemand Ihre Adresse bei { $server } eingegeben hat.

## Passwörter und Adressen

mails-reset-subject = Wählen Sie ein neues Passwort
mails-reset = Jemand, vermutlich Sie selbst, hat um ein neues Passwort für Ihr Usher-Konto gebeten.
mails-reset-button = Neues Passwort wählen
mails-reset-until = Der Link gilt bis { $time }. Bis Sie ein neues Passwort wählen, bleibt das alte, wie es ist.
mails-password-changed-subject = Ihr Passwort wurde geändert
mails-password-changed = Ihr Usher-Passwort wurde am { $time } geändert.
mails-primary-changed-subject = Ihre Hauptadresse wurde geändert
mails-primary-changed = Ihr Usher-Konto bekam am { $time } eine andere Hauptadresse.
mails-primary-gone = Mails von Usher gehen nicht mehr an { mails-marked }.
mails-not-you = Waren Sie das nicht? Fordern Sie jetzt ein neues Passwort an.
mails-was-you = Wenn Sie es waren, ist alles gut.
mails-address-added-subject = Ihr Konto hat eine weitere Adresse
mails-address-added = Am { $time } kam { mails-marked } zu Ihrem Usher-Konto.
mails-address-added-by = Sie kam durch den Link einer Einladung dazu; man kann sich auch damit anmelden.
mails-not-you-button = Neues Passwort anfordern

## Was jemand darf, hat sich geändert

mails-added-subject = { $who } hat Sie zu { mails-quoted } hinzugefügt
mails-added = { $who } hat Sie { place-to } { mails-quoted } hinzugefügt.
mails-added-headline = hat Sie zu { $name } hinzugefügt
mails-removed-subject = { $who } hat Sie aus { mails-quoted } entfernt
mails-removed = { $who } hat Sie { place-from } { mails-quoted } entfernt.
mails-removed-headline = hat Sie aus { $name } entfernt
mails-removed-since = Sie haben dort keinen Zugang mehr.
mails-changed-subject = { $who } hat Ihre Rechte in { mails-quoted } geändert
mails-changed = { $who } hat geändert, was Sie { place-in } { mails-quoted } dürfen.
mails-changed-headline = hat Ihre Rechte in { $name } geändert
mails-changed-everywhere-subject = { $who } hat Ihre Rechte in Usher geändert
mails-changed-everywhere = { $who } hat geändert, was Sie überall in Usher dürfen.
mails-changed-everywhere-headline = hat geändert, was Sie überall in Usher dürfen
mails-rights = Sie sind dort { $right ->
    [owner] Eigentümer
    [administrator] Administrator
   *[member] Mitglied
}.
mails-rights-have = Sie haben:
mails-rights-some = Was Sie haben, steht unten.
mails-rights-none = Sie haben keine solchen Rechte mehr.
mails-mistake = Wenn Sie das für ein Versehen halten, fragen Sie { $who }.
mails-mistake-anybody = Wenn Sie das für ein Versehen halten, fragen Sie einen Administrator.
mails-access-button = { $kind ->
    [org] Zur Org
    [environment] Zur Umgebung
   *[none] { "" }
}
mails-start-button = Zu Ihrer Startseite
