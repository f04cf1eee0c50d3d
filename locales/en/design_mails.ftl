## The preview of mails, in debug builds only

design-mails-title = Mails
design-mails-hint = Every mail in every language, from made-up data.
design-mails-html = { $subject }, as a mail program shows it
design-mails-html-alone = On its own
design-mails-unstyled = Without styles
design-mails-text-alone = As plain text
