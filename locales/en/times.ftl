## Times

time-just-now = just now
time-minutes-ago = { $number ->
    [one] 1 minute ago
   *[other] { $number } minutes ago
}
time-hours-ago = { $number ->
    [one] 1 hour ago
   *[other] { $number } hours ago
}
time-days-ago = { $number ->
    [one] 1 day ago
   *[other] { $number } days ago
}
time-in-minutes = { $number ->
    [one] in 1 minute
   *[other] in { $number } minutes
}
time-in-hours = { $number ->
    [one] in 1 hour
   *[other] in { $number } hours
}
time-in-days = { $number ->
    [one] in 1 day
   *[other] in { $number } days
}
# 22 November 2026, 22:13 UTC
time-exact = { $day } { $month } { $year }, { $clock } UTC
# 22 November, 22:13 UTC
time-said = { $day } { $month }, { $clock } UTC
time-said-year = { $day } { $month } { $year }, { $clock } UTC
time-month-1 = January
time-month-2 = February
time-month-3 = March
time-month-4 = April
time-month-5 = May
time-month-6 = June
time-month-7 = July
time-month-8 = August
time-month-9 = September
time-month-10 = October
time-month-11 = November
time-month-12 = December
