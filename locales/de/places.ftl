# Seiten, die für Orte jeder Art gleich sind.

places-leave = Austreten
places-leave-title = Aus { $name } austreten?
places-leave-heading = { $kind ->
    [environment] Aus dieser Umgebung austreten?
    [org] Aus dieser Org austreten?
   *[none] { "" }
}
places-leave-lost = { $kind ->
    [environment] Sie verlieren den Zugang zu
    [org] Sie verlieren Ihre Rollen und Berechtigungen in
   *[none] { "" }
} <strong><bdi>{ $name }</bdi></strong>. Einladungen, die Sie geschickt haben und die noch niemand angenommen hat, gelten nicht mehr. Um zurückzukommen, brauchen Sie eine neue Einladung.
places-remove = Entfernen
places-remove-title = { $member } entfernen?
places-remove-heading = Diese Person entfernen?
places-remove-lost = <strong><bdi>{ $member }</bdi></strong> ({ $address }) { $kind ->
    [environment] verliert den Zugang zu
    [org] verliert alle Rollen und Berechtigungen in
   *[none] { "" }
} <bdi>{ $name }</bdi>. Einladungen dieser Person, die noch niemand angenommen hat, gelten nicht mehr.
places-remove-stays = { $kind ->
    [environment] Zugangsdaten, die schon gesehen wurden, gelten weiter. Ändern Sie sie, wenn das wichtig ist.
    [org] { "" }
   *[none] { "" }
}
places-demote-title = { $member } zum Mitglied machen?
places-demote-heading = Diese Person zum Mitglied machen?
places-demote-lost = <strong><bdi>{ $member }</bdi></strong> ({ $address }) { $kind ->
    [environment] kann in <bdi>{ $name }</bdi> nicht mehr einladen, ändern oder löschen, sieht aber weiterhin die Zugangsdaten.
    [org] verwaltet <bdi>{ $name }</bdi> nicht mehr.
   *[none] { "" }
} Einladungen dieser Person, die noch niemand angenommen hat, gelten nicht mehr.

## Members

places-person = Person
places-since = Dazugekommen
places-you = Sie
places-ends = endet <time datetime="{ $iso }" title="{ $exact }">{ $ago }</time>

## Listen

places-kind = { $kind ->
    [environment] Umgebung
    [org] Org
   *[none] { "" }
}
places-list = { $kind ->
    [environment] Umgebungen
    [org] Orgs
   *[none] { "" }
}
places-yours = { $kind ->
    [environment] Ihre Umgebungen
    [org] Ihre Orgs
   *[none] { "" }
}
places-new = { $kind ->
    [environment] Neue Umgebung
    [org] Neue Org
   *[none] { "" }
}
places-all = { $kind ->
    [environment] Alle Umgebungen
    [org] Alle Orgs
   *[none] { "" }
}
places-more = { $kind ->
    [environment] Weitere Umgebungen
    [org] Weitere Orgs
   *[none] { "" }
}
places-no-more = Mehr gibt es nicht.
places-none = { $kind ->
    [environment] Noch keine Umgebungen
    [org] Noch keine Orgs
   *[none] { "" }
}
places-is = { $kind ->
    [environment] Eine Umgebung hält die Schlüssel, den Bucket und die Datenbank einer Installation zusammen, bereit zum Teilen.
    [org] Eine Org ist eine Gruppe von Personen, jede mit den Rechten, die Sie ihr geben.
   *[none] { "" }
}
places-is-by-invitation = { $kind ->
    [environment] Eine Umgebung hält die Schlüssel, den Bucket und die Datenbank einer Installation zusammen. Jemand muss eine mit Ihnen teilen.
    [org] Eine Org ist eine Gruppe von Personen, jede mit eigenen Rechten. Jemand muss Sie in eine einladen.
   *[none] { "" }
}
places-in-none = { $kind ->
    [environment] In keiner Umgebung.
    [org] In keiner Org.
   *[none] { "" }
}
# Bis 100 gezählt: eins mehr steht für alles, was mehr ist.
places-number = { $kind ->
    [environment] { $number ->
        [101] über 100 Umgebungen
        [one] 1 Umgebung
       *[other] { $number } Umgebungen
    }
    [org] { $number ->
        [101] über 100 Orgs
        [one] 1 Org
       *[other] { $number } Orgs
    }
   *[none] { "" }
}

## Die Seiten eines Orts

places-overview = Übersicht
places-members = { $kind ->
    [environment] Teilen
    [org] Mitglieder
   *[none] { "" }
}
places-invitations = { $kind ->
    [environment] Teilen
    [org] Einladungen
   *[none] { "" }
}
places-activity = Aktivität
places-pages = { $kind ->
    [environment] Diese Umgebung
    [org] Diese Org
   *[none] { "" }
}

## Nachdem etwas angelegt wurde

next-environment = Als Nächstes: Laden Sie jemanden ein. Die Person bekommt eine Mail und sieht die Zugangsdaten, sobald sie annimmt.
next-org = Als Nächstes: Laden Sie jemanden ein, vielleicht mit einer Rolle, die Sie zuerst unter „Rollen“ anlegen.
next-definition = Als Nächstes: Laden Sie jemanden ein und geben Sie das mit.
next-invite = Einladen
