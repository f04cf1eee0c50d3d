## Die Vorschau der Mails, nur in Debug-Builds

design-mails-title = Mails
design-mails-hint = Jede Mail in jeder Sprache, mit erfundenen Daten.
design-mails-html = { $subject }, wie ein Mailprogramm es zeigt
design-mails-html-alone = Für sich
design-mails-unstyled = Ohne Stile
design-mails-text-alone = Als reiner Text
