## Die Seiten des eigenen Kontos

account-picture-middle = In der Mitte
account-picture-top = Oben
account-picture-bottom = Unten
account-picture-left = Links
account-picture-right = Rechts
account-picture-top-left = Oben links
account-picture-top-right = Oben rechts
account-picture-bottom-left = Unten links
account-picture-bottom-right = Unten rechts
account-picture-all = So viel wie hineinpasst
account-picture-three-quarters = Drei Viertel davon
account-picture-half = Die Hälfte davon
