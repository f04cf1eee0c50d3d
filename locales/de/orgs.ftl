## Orgs: was mehrere ihrer Seiten gemeinsam haben

orgs-name = Name
orgs-save = Speichern
orgs-cancel = Abbrechen
orgs-change = Ändern
orgs-delete = Löschen
orgs-delete-title = { $name } löschen?
orgs-none = keine
orgs-roles = Rollen
orgs-permissions = Berechtigungen
orgs-box-administrator = Administrator dieser Org
orgs-box-administrator-hint = Darf hier alles: einladen, Rechte ändern, die Org löschen
orgs-resource = Nur für eine Ressource
orgs-resource-hint = Ihre Nummer oder ihr Name. Die gewählten Rollen und Berechtigungen gelten nur für sie.

## Die Liste, und eine neue

orgs-list-none-make = Eine Org ist eine Gruppe von Personen, jede mit den Rechten, die Sie ihr geben. Legen Sie eine an und laden Sie dann die Personen ein.
orgs-new-name-hint = 3 bis 100 Zeichen
orgs-slug = Kurzname
orgs-slug-hint = Steht in der Adresse ihrer Seiten und bleibt, wie er ist: 3 bis 30 Kleinbuchstaben, Ziffern, _ oder -
orgs-make = Org anlegen

## Eine Org

orgs-me = Sie in dieser Org
orgs-you-are = Sie sind
orgs-not-a-member = kein Mitglied
orgs-your-roles = Ihre Rollen
orgs-you-may = Sie dürfen
orgs-you-may-everything = hier alles tun: einladen, Rechte ändern, die Org löschen
orgs-you-may-nothing = nichts Besonderes
orgs-details = Einzelheiten
orgs-made = Angelegt
orgs-delete-heading = Diese Org löschen?
orgs-delete-lost = <strong><bdi>{ $name }</bdi></strong> wird für alle gelöscht. Das lässt sich nicht rückgängig machen. Verloren gehen:
orgs-delete-members = { $number ->
    [one] 1 Mitgliedschaft mit allen Rechten
   *[other] { $number } Mitgliedschaften mit allen Rechten
}
orgs-delete-roles = { $roles ->
    [one] 1 Rolle
   *[other] { $roles } Rollen
} und { $permissions ->
    [one] 1 Berechtigung
   *[other] { $permissions } Berechtigungen
}
orgs-delete-invitations = { $number ->
    [one] 1 offene Einladung: Ihre Links gelten nicht mehr
   *[other] { $number } offene Einladungen: Ihre Links gelten nicht mehr
}
orgs-delete-accounts = Die Konten der Personen bleiben.

## Mitglieder

orgs-members-search = Name, Benutzername oder Adresse
orgs-members-rights = Rechte
orgs-members-nobody = Niemand gefunden.
orgs-members-having = Personen, die <bdi>{ $right }</bdi> haben.
orgs-member-title = Rechte von { $name }
orgs-member-others = Andere Rechte
orgs-member-fixed = (das können Sie nicht ändern)
orgs-member-nothing = In dieser Org gibt es noch keine Rollen oder Berechtigungen.
orgs-member-read-only = Sie dürfen in dieser Org keine Rechte ändern.

## Rollen und Berechtigungen

orgs-roles-role = Rolle
orgs-roles-holds = Enthält
orgs-roles-who = Wer sie hat
# Bis 100 gezählt: eins mehr steht für alles, was mehr ist.
orgs-roles-people = { $number ->
    [101] über 100 Personen
    [one] 1 Person
   *[other] { $number } Personen
}
orgs-roles-none = Noch keine Rollen. Eine Rolle fasst mehrere Berechtigungen unter einem Namen zusammen.
orgs-roles-more = Mehr Rollen
orgs-permissions-permission = Berechtigung
orgs-permissions-roles = In Rollen
orgs-permissions-none = Noch keine Berechtigungen. Eine Berechtigung ist der Name von etwas, das eine Person tun darf.
orgs-permissions-more = Mehr Berechtigungen
orgs-role-new = Neue Rolle
orgs-role-change = Rolle { $name } ändern
orgs-role-at-once = Für alle, die diese Rolle haben, gilt die Änderung sofort.
orgs-role-make = Rolle anlegen
orgs-permission-new = Neue Berechtigung
orgs-permission-change = Berechtigung { $name } ändern
orgs-permission-name-hint = 2 bis 64 Kleinbuchstaben, Ziffern oder die Zeichen _ - .
orgs-permission-allows = Was sie erlaubt
orgs-permission-make = Berechtigung anlegen
orgs-delete-right-heading = { $what ->
    [role] Diese Rolle löschen?
   *[permission] Diese Berechtigung löschen?
}
orgs-delete-right-lost = { $what ->
    [role] Alle, die die Rolle <strong><bdi>{ $name }</bdi></strong> haben, verlieren sie sofort. Offene Einladungen bieten sie nicht mehr an. Das lässt sich nicht rückgängig machen.
   *[permission] Alle, die die Berechtigung <strong><bdi>{ $name }</bdi></strong> haben, verlieren sie sofort, und Rollen enthalten sie nicht mehr. Offene Einladungen bieten sie nicht mehr an. Das lässt sich nicht rückgängig machen.
}

## Einladungen

orgs-invite-heading = Personen einladen
orgs-invite-done = Eingeladen: { $who }.
orgs-invite-not = Nicht eingeladen:
orgs-invite-whom = E-Mail-Adressen oder Benutzernamen
orgs-invite-addresses = E-Mail-Adressen
orgs-invite-whom-hint = Eine pro Zeile. Listen aus einer Mail oder Tabelle können Sie einfügen.
orgs-invite-open-for = Offen für
orgs-invite = Einladen
orgs-invited = Eingeladen
orgs-invited-search = Adresse oder einladende Person
orgs-invited-state = Stand
orgs-invited-open = Offen
orgs-invited-accepted = Angenommen
orgs-invited-declined = Abgelehnt
orgs-invited-revoked = Zurückgenommen
orgs-invited-replaced = Ersetzt
orgs-invited-not-found = Nichts gefunden.
orgs-invited-none = Keine Einladung wartet auf eine Antwort.
orgs-invited-more = Mehr Einladungen
orgs-invitation-title = Einladung für { $address }
orgs-invitation-heading = Einladung ändern
orgs-invitation-about = Für <strong>{ $address }</strong>, von <bdi>{ $inviter }</bdi>. <span class="soft">Läuft <time datetime="{ $iso }" title="{ $exact }">{ $ago }</time> ab. Der Link in der Mail bleibt derselbe; vorher kopierte Links gelten nicht mehr, wenn mehr angeboten wird.</span>
orgs-invitation-others = Außerdem angeboten
orgs-invitation-administrator = Sie macht zum Administrator. Das können Sie nicht ändern.

## Was die Berechtigungen des Systems erlauben

allows-org-write = Die Org ändern oder löschen
allows-org-read = Die Org sehen
allows-user-write = Personen einladen, aufnehmen und entfernen
allows-user-read = Sehen, wer dabei ist
allows-permission-write = Berechtigungen anlegen, ändern und löschen
allows-permission-read = Berechtigungen sehen
allows-permission-assignment-write = Personen Berechtigungen geben und nehmen
allows-permission-assignment-read = Sehen, wer welche Berechtigung hat
allows-role-write = Rollen anlegen, ändern und löschen
allows-role-read = Rollen sehen
allows-role-assignment-write = Personen Rollen geben und nehmen
allows-role-assignment-read = Sehen, wer welche Rolle hat
