## Wörter mehrerer Seiten

users-tabs = Benutzer und Rollen
users-tab-roles = Rollen
users-activity = Was diese Person getan hat und was mit ihrem Konto getan wurde
users-active = Aktiv
users-active-until = Aktiv bis { $time }
users-deactivated = Deaktiviert
users-state = Zustand
users-no-username = keiner
users-superuser = Superuser
users-role = Rolle
users-permission = Berechtigung
users-change = Ändern
users-delete = Löschen
users-delete-short = { $name } löschen?
users-cancel = Abbrechen
users-go-back = Zurück
users-alone-members = Mitglieder
users-alone-more = und { $number } weitere

## Die Liste

users-search = Name, Benutzername oder Adresse
users-all = Alle
users-person = Person
users-address-unconfirmed = nicht bestätigt
users-in = In
users-memberships = { $places }
users-since = Seit
users-none-found = Niemand wurde gefunden.

## Ein Benutzer

users-addresses = Adressen
users-joined = Dabei seit
users-not-seen = seit der Registrierung nicht
users-activate = Aktivieren

## Was ein Benutzer überall darf

users-global = Systemweite Rechte
users-global-hint = Sie gelten in jeder Org und für jedes Konto.
users-no-global = Keine.
users-more-rights = Weitere Rechte
users-right = Rolle oder Berechtigung
users-give-title = Eine Rolle oder Berechtigung überall geben
users-give-choose = Wählen
users-give-roles = Rollen
users-give-permissions = Berechtigungen
users-give-resource = Nur für eine Ressource
users-give-resource-hint = Ihre Nummer oder ihr Name
users-give = Geben
users-take-back = Zurücknehmen
users-take-back-short = { $name } zurücknehmen?
users-take-back-title = Das zurücknehmen?
users-take-back-loss = <strong><bdi>{ $name }</bdi></strong> verliert { $what ->
        [role] die Rolle
       *[permission] die Berechtigung
    } <strong><bdi>{ $right }</bdi></strong> überall, und zwar sofort. Was sie in einzelnen Orgs erlaubt, bleibt dort, wo es vergeben wurde.
users-take-back-narrowed-loss = <strong><bdi>{ $name }</bdi></strong> verliert { $what ->
        [role] die Rolle
       *[permission] die Berechtigung
    } <strong><bdi>{ $right }</bdi>, nur für <bdi>{ $resource }</bdi></strong>, überall, und zwar sofort. Was sie in einzelnen Orgs erlaubt, bleibt dort, wo es vergeben wurde.
users-superuser-may = <strong>Superuser</strong>: darf alles, in jeder Org und für jedes Konto.
users-superuser-make = Zum Superuser machen
users-superuser-short = { $name } zum Superuser machen?
users-superuser-title = Zum Superuser machen?
users-superuser-gain = <strong><bdi>{ $name }</bdi></strong> ({ $email }) darf dann alles, in jeder Org und für jedes Konto, und könnte Ihnen dasselbe nehmen.
users-plain-make = Zum einfachen Benutzer machen
users-plain-short = { $name } zum einfachen Benutzer machen?
users-plain-title = Zum einfachen Benutzer machen?
users-plain-loss = <strong><bdi>{ $name }</bdi></strong> ({ $email }) verliert das Recht, alles zu tun. Mitgliedschaften und Rechte, die in einzelnen Orgs vergeben sind, bleiben.
users-plain-loss-me = Sie verlieren das Recht, alles zu tun. Nur ein anderer Superuser kann es Ihnen wiedergeben.

## Deaktivieren

users-deactivate = Deaktivieren
users-deactivate-short = { $name } deaktivieren?
users-deactivate-title = Dieses Konto deaktivieren?
users-deactivate-loss = <strong><bdi>{ $name }</bdi></strong> ({ $email }) wird sofort überall abgemeldet, auch Programme, und kann sich nicht anmelden, bis jemand das Konto wieder aktiviert. Nichts wird gelöscht.
users-known-out = Bekannt ohne Zugang: zu ändern
users-known-out-none = Nichts zu ändern.
users-known-out-more = Weitere Umgebungen, ohne Zugang
users-known-in = Bekannt mit Zugang
users-known-in-none = Kein jetziges Geheimnis einer Umgebung.
users-known-in-more = Weitere Umgebungen, mit Zugang
users-deactivate-alone = Niemand sonst ist hier Administrator. Es gibt dort keinen, bis Sie jemanden dazu machen:

## Löschen

users-delete-title = Dieses Konto löschen?
users-delete-alone = <strong>Dieses Konto kann noch nicht gelöscht werden.</strong> Niemand außer <bdi>{ $name }</bdi> ist hier Administrator. Machen Sie überall ein anderes Mitglied zum Administrator, oder löschen Sie, was niemand mehr braucht:
users-delete-loss = Das Konto von <strong><bdi>{ $name }</bdi></strong> ({ $email }) wird gelöscht. Das lässt sich nicht rückgängig machen. Verloren gehen:
users-delete-account = das Konto mit seinen Adressen, dem Passwort, dem Bild und den gespeicherten Schlüsseln, die keine Umgebung benutzt
users-delete-superuser = ein Superuser: Diese Person darf hier alles
users-delete-memberships = die Mitgliedschaft in { $places }
users-delete-place = { $kind ->
    [environment] die Umgebung <strong><bdi>{ $name }</bdi></strong> mit ihren Zugangsdaten: Niemand sonst ist darin
    [org] die Org <strong><bdi>{ $name }</bdi></strong>: Niemand sonst ist darin
   *[none] { "" }
}
users-delete-stuck = <bdi>{ $name }</bdi> ist hier Eigentümer, und niemand sonst darin könnte es sein: Alle sind deaktiviert oder haben ihre Adresse noch nicht bestätigt. Aktivieren Sie jemanden, oder löschen Sie auch dies:
users-delete-stuck-too = Auch dies löschen
users-delete-stuck-more = { $number ->
    [one] eine weitere
   *[other] { $number } weitere
}
users-delete-lost-more = { $number ->
    [one] 1 weitere, wo sonst niemand ist
   *[other] { $number } weitere, wo sonst niemand ist
}
users-delete-invitations = { $number ->
    [one] 1 offene Einladung, verschickt oder erhalten: Die Links gelten nicht mehr
   *[other] { $number } offene Einladungen, verschickt oder erhalten: Die Links gelten nicht mehr
}
users-delete-passing = Hier wird jemand anders Eigentümer:
users-delete-passes = { place-subject } <strong><bdi>{ $name }</bdi></strong> geht an <bdi>{ $successor }</bdi>
users-delete-passing-more = { $number ->
    [one] 1 weitere geht an jemanden, der darin ist
   *[other] { $number } weitere gehen an jemanden, der darin ist
}
users-delete-or-deactivate = Deaktivieren behält alles und sperrt die Person nur aus.

## Rollen der Installation

users-roles-title = Systemweite Rollen
users-roles-hint = Sie gehören zu keiner Org. Wer eine überall hat, hat sie in jeder Org.
users-role-new = Neue Rolle
users-role-make = Rolle erstellen
users-role-holds = Enthält
users-role-who = Wer sie hat
users-role-built-in = Eingebaut
users-role-people = { $number ->
    [one] 1 Person
   *[other] { $number } Personen
}
users-role-change-title = Die Rolle { $name } ändern
users-role-change-hint = Für alle, die diese Rolle haben, gilt die Änderung sofort.
users-role-delete-title = Diese Rolle löschen?
users-role-delete-loss = Alle, die die Rolle <strong><bdi>{ $name }</bdi></strong> haben, überall oder in einer Org, verlieren sie sofort. Das lässt sich nicht rückgängig machen.

## Das Formular einer Rolle

role-form-name-hint = 2 bis 64 Kleinbuchstaben, Ziffern oder die Zeichen _ - . :
role-form-description = Wofür sie ist
role-form-permissions = Berechtigungen
role-form-keeps = Sie behält
role-form-fixed = Das können Sie nicht ändern: Sie haben es selbst nicht.
