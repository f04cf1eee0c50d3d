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

## Members

places-person = Person
places-since = Dazugekommen
places-you = Sie
places-ends = endet <time datetime="{ $iso }" title="{ $exact }">{ $ago }</time>
