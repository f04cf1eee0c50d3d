## Wer welche Geheimnisse einer Umgebung kennt

known-item = { $secrets }: { $way } <time datetime="{ $iso }" title="{ $exact }">{ $ago }</time>
known-item-perhaps = { $secrets }: { $way } <time datetime="{ $iso }" title="{ $exact }">{ $ago }</time>, vielleicht einen früheren Wert
known-by-page = auf einer Seite gesehen
known-by-json = von einem Programm gesehen
known-by-accept = beim Beitreten von einem Programm gesehen
known-by-keys = von einem Programm unter den gespeicherten Schlüsseln gesehen
known-by-export = mitgenommen
known-by-entered = eingegeben
known-by-event = gesehen
known-of = <bdi>{ $name }</bdi> kennt diese Geheimnisse in ihrer jetzigen Form:
known-of-none = <bdi>{ $name }</bdi> hat keines der jetzigen Geheimnisse gesehen.
known-yours = Sie kennen diese Geheimnisse in ihrer jetzigen Form:
known-yours-still = Sie kennen diese Geheimnisse weiterhin und bleiben Administrator:
known-yours-none = Sie haben keines der jetzigen Geheimnisse gesehen.
known-not-seen = Seit der letzten Änderung nicht gesehen: { $secrets }.
known-number = <bdi>{ $name }</bdi> kennt { $secrets ->
    [one] 1 Geheimnis
   *[other] { $secrets } Geheimnisse
} aus { $environments ->
    [one] 1 Umgebung
   *[other] { $environments } Umgebungen
} in der jetzigen Form.
known-number-at-least = <bdi>{ $name }</bdi> kennt mehr als { $secrets } Geheimnisse aus mehr als { $environments } Umgebungen in der jetzigen Form.
known-more = { $number ->
    [one] Und Geheimnisse aus 1 weiteren Umgebung.
   *[other] Und Geheimnisse aus { $number } weiteren Umgebungen.
}
known-more-at-least = Und Geheimnisse aus mehr als { $number } weiteren Umgebungen.

## Auf der Seite einer Umgebung

exposed = { $secrets ->
    [one] 1 Geheimnis ist
   *[other] { $secrets } Geheimnisse sind
} Personen bekannt, die keinen Zugang mehr haben: { $people }.
exposed-person = { $name }
exposed-others = { $number ->
    [one] 1 weitere Person
   *[other] { $number } weitere Personen
}
exposed-many-others = viele weitere
exposed-look = Ansehen, was zu ändern ist

## Die Geheimnisse einer Umgebung

secrets-title = Geheimnisse – { $name }
secrets-present = Jetzige Geheimnisse
secrets-replace = Zugangsdaten ersetzen
secrets-secret = Geheimnis
secrets-changed = Geändert
secrets-changed-by = Von
secrets-changed-by-unknown = unbekannt
secrets-known = Kennt
secrets-out = Bekannt bei Personen ohne Zugang
secrets-out-about = Ändern Sie diese Geheimnisse in der Cloud und in der Datenbank und ersetzen Sie sie dann hier: Die Liste wird von selbst kürzer.
secrets-out-none = Niemand ohne Zugang kennt eines der jetzigen Geheimnisse.
secrets-out-more = Weitere Personen ohne Zugang
secrets-account-gone = Konto gelöscht
secrets-dismiss = Macht nichts aus
secrets-in = Bekannt bei Personen mit Zugang
secrets-in-none = Niemand mit Zugang hat eines der jetzigen Geheimnisse gesehen.
secrets-in-more = Weitere Personen mit Zugang

## Vermerken, dass es nichts ausmacht

dismiss-title = Macht es nichts aus, was { $person } kennt?
dismiss-heading = Macht es nichts aus?
dismiss-about = Was <strong><bdi>{ $person }</bdi></strong> kennt, gilt nicht mehr als zu ändern, bis die Person es wieder sieht. Was Sie schreiben, bleibt unter „Aktivität“ stehen.
dismiss-secrets = Welche Geheimnisse?
dismiss-reason = Warum macht es nichts aus?
dismiss-reason-hint = Zum Beispiel: Dieses Konto wurde in der Cloud geschlossen.

## Geheimnisse ersetzen

replace-title = Zugangsdaten von { $name } ersetzen
replace-about = Ändern Sie die Geheimnisse zuerst in der Cloud und in der Datenbank und geben Sie dann hier die neuen Werte ein. Sonst ändert sich an der Umgebung nichts.
replace-do = Ersetzen

replaced = Ersetzt: { $changed }.
replaced-but = Ersetzt: { $changed }. Diesen Wert gab es schon: { $same }.
replaced-nothing = Nichts wurde ersetzt. Diesen Wert gab es schon: { $same }.
replaced-no-secret = Gespeichert. Diesen Wert gab es schon: { $same }.
