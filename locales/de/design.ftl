## Die Seite mit allen Bausteinen, in Entwicklungsfassungen

design-title = Bausteine
design-lead = Alles, woraus Seiten bestehen. Keine Seite schreibt dafür eigenes Markup.
design-banner = Ein Banner sagt, was noch zu tun ist, und trägt den Knopf dafür.
design-type = Text
design-sentence = Usher lässt Leute hinein.
design-colours = Farben
design-buttons = Knöpfe
design-states = Zustände
design-fields = Felder
design-tables = Tabellen
design-lists = Listen
design-danger = Bevor etwas verloren geht
design-mails = Die Mails
