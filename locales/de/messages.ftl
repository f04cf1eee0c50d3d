## Nachrichten, die nicht verschickt werden konnten, für Superuser

messages-title = Mails, die nicht verschickt wurden
messages-hint = Jede wurde einen Tag lang versucht oder endgültig abgelehnt. Ist der Fehler behoben, schicken Sie sie erneut. Mails, die niemand mehr braucht, entfallen.
messages-resend-all = Alle erneut senden
messages-resend = Erneut senden
messages-whom = Für wen
messages-what = Was
messages-when = Wann
messages-why = Warum
messages-why-unknown = unbekannt
messages-none = Keine Mail ist gescheitert.
message-invitation = Einladung
message-invitation-accepted = Einladung angenommen
message-invitation-declined = Einladung abgelehnt
message-new-link-wanted = Neuer Link gewünscht
message-verify-address = Adresse bestätigen
message-reset-password = Neues Passwort
message-password-changed = Passwort geändert
message-member-added = Als Mitglied hinzugefügt
message-rights-changed = Rechte geändert
message-member-removed = Als Mitglied entfernt
message-primary-address-changed = Hauptadresse geändert
message-address-added = Adresse hinzugefügt
message-slack = Mitteilung an Slack
