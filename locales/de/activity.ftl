## Was jemand getan hat, nach dem Namen

did-environment-created = hat die Umgebung angelegt
did-environment-changed = hat die Umgebung geändert
did-credentials-changed = hat die Zugangsdaten geändert
did-credentials-revealed = hat die Zugangsdaten angesehen
did-environment-handed-over = hat die Umgebung an { $subject } übergeben
did-environment-deleted = hat die Umgebung gelöscht
did-member-promoted = hat { $subject } zum Administrator gemacht
did-member-demoted = hat { $subject } zum einfachen Mitglied gemacht
did-member-removed = hat { $subject } entfernt
did-member-left = ist ausgetreten
did-invitation-sent = hat { $subject } eingeladen
did-invitation-resent = hat { $subject } eine neue Einladung geschickt
did-invitation-link-copied = hat den Link der Einladung von { $subject } kopiert
did-invitation-revoked = hat die Einladung von { $subject } zurückgenommen
did-invitation-accepted = hat eine Einladung angenommen
did-invitation-declined = hat eine Einladung abgelehnt
did-slack-set-up = hat Nachrichten an Slack in { $subject } eingerichtet
did-slack-changed = hat die Nachrichten an Slack in { $subject } geändert
did-slack-removed = hat die Nachrichten an Slack in { $subject } entfernt
did-org-created = hat die Org angelegt
did-org-changed = hat die Org geändert
did-org-deleted = hat die Org { $subject } gelöscht
did-member-added = hat { $subject } aufgenommen
did-rights-changed = hat die Rechte von { $subject } geändert
did-role-created = hat die Rolle { $subject } angelegt
did-role-changed = hat die Rolle { $subject } geändert
did-role-deleted = hat die Rolle { $subject } gelöscht
did-permission-created = hat die Berechtigung { $subject } angelegt
did-permission-changed = hat die Berechtigung { $subject } geändert
did-permission-deleted = hat die Berechtigung { $subject } gelöscht
did-invitation-changed = hat die Einladung von { $subject } geändert
did-user-created = hat das Konto von { $subject } angelegt
did-user-deactivated = hat das Konto von { $subject } deaktiviert
did-user-activated = hat das Konto von { $subject } aktiviert
did-user-deleted = hat das Konto von { $subject } gelöscht
did-token-made = hat das Zugangstoken { $subject } erstellt
did-token-revoked = hat das Zugangstoken { $subject } widerrufen
did-username-changed = hat den Benutzernamen { $subject } angenommen
did-address-added = hat die Adresse { $subject } hinzugefügt
did-primary-address-changed = hat { $subject } zur Hauptadresse gemacht
did-address-removed = hat die Adresse { $subject } entfernt

## The search above the list

activity-search = Person
activity-nothing = Nichts gefunden.
