# entry: call run(2024)
# returns: (datetime.date(2024, 2, 29), datetime.datetime(2024, 2, 1, 0, 0, 30, tzinfo=datetime.timezone.utc), datetime.timedelta(seconds=60), '2024-01-31T23:59:30+00:00', '29/02/24 060', 3, datetime.date(2020, 12, 31))
# about: dates and durations with fixed values
from datetime import date, datetime, timedelta, timezone


def run(year):
    leap = date(year, 2, 28) + timedelta(days=1)
    moment = datetime(year, 1, 31, 23, 59, 30, tzinfo=timezone.utc)
    later = moment + timedelta(minutes=1)
    gap = later - moment
    return leap, later, gap, moment.isoformat(), leap.strftime("%d/%m/%y %j"), leap.weekday(), date.fromisoformat("2020-12-31")
