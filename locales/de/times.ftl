## Zeiten

time-just-now = gerade eben
time-minutes-ago = { $number ->
    [one] vor 1 Minute
   *[other] vor { $number } Minuten
}
time-hours-ago = { $number ->
    [one] vor 1 Stunde
   *[other] vor { $number } Stunden
}
time-days-ago = { $number ->
    [one] vor 1 Tag
   *[other] vor { $number } Tagen
}
time-in-minutes = { $number ->
    [one] in 1 Minute
   *[other] in { $number } Minuten
}
time-in-hours = { $number ->
    [one] in 1 Stunde
   *[other] in { $number } Stunden
}
time-in-days = { $number ->
    [one] in 1 Tag
   *[other] in { $number } Tagen
}
# 22. November 2026, 22:13 Uhr UTC
time-exact = { $day }. { $month } { $year }, { $clock } Uhr UTC
# 22. November, 22:13 UTC
time-said = { $day }. { $month }, { $clock } UTC
time-said-year = { $day }. { $month } { $year }, { $clock } UTC
time-month-1 = Januar
time-month-2 = Februar
time-month-3 = März
time-month-4 = April
time-month-5 = Mai
time-month-6 = Juni
time-month-7 = Juli
time-month-8 = August
time-month-9 = September
time-month-10 = Oktober
time-month-11 = November
time-month-12 = Dezember
