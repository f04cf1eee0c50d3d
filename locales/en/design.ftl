## The page of all parts, in debug builds

design-title = Parts
design-lead = Every part that pages are made of. A page writes no markup of its own for any of them.
design-banner = A banner says what is still to be done, and holds the button that does it.
design-type = Text
design-sentence = Usher lets people in.
design-colours = Colours
design-buttons = Buttons
design-states = States
design-fields = Fields
design-tables = Tables
design-lists = Lists
design-danger = Before something is lost
design-mails = The mails
