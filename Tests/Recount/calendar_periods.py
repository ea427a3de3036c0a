"""The range of figures and its periods, in the organization's zone."""

import datetime
from zoneinfo import ZoneInfo

UTC = datetime.timezone.utc


def moment(text):
    return datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def months_later(day, months):
    month = day.year * 12 + day.month - 1 + months
    year, month = divmod(month, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return datetime.date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


class Range:
    """From `since` to before `until`, both moments, divided into periods."""

    def __init__(self, zone, as_of, unit="month", since=None, until=None):
        self.zone, self.as_of, self.unit = ZoneInfo(zone), as_of, unit
        self.until = self.start_of(until + datetime.timedelta(days=1)) if until else as_of + datetime.timedelta(seconds=1)
        last = self.day(self.until - datetime.timedelta(seconds=1))
        first = months_later(last, -11)
        first = first.replace(month=1, day=1) if unit == "year" else first.replace(day=1)
        self.since = self.start_of(since or first)
        self.today = self.day(as_of)
        self.periods = list(self.divide())

    def day(self, when):
        return when.astimezone(self.zone).date()

    def start_of(self, day):
        """The first moment of a day, which is not midnight where clocks then skip it."""
        noon = datetime.datetime.combine(day, datetime.time(12), self.zone).astimezone(UTC)
        low, high = noon - datetime.timedelta(hours=36), noon
        while high - low > datetime.timedelta(seconds=1):
            middle = low + datetime.timedelta(seconds=int((high - low).total_seconds()) // 2)
            low, high = (low, middle) if self.day(middle) >= day else (middle, high)
        return high

    def beginning(self, day):
        if self.unit == "week":
            return day - datetime.timedelta(days=day.weekday())
        if self.unit == "month":
            return day.replace(day=1)
        return day.replace(month=1, day=1) if self.unit == "year" else day

    def following(self, day):
        return {"day": day + datetime.timedelta(days=1), "week": day + datetime.timedelta(days=7),
                "month": months_later(day, 1), "year": day.replace(year=day.year + 1)}[self.unit]

    def divide(self):
        """Name, first and last day, first moment and the one after the last, of each period."""
        first_day, last_day = self.day(self.since), self.day(self.until - datetime.timedelta(seconds=1))
        day = self.beginning(first_day)
        while day <= last_day:
            after = self.following(day)
            name = day.isoformat()[:{"day": 10, "week": 10, "month": 7, "year": 4}[self.unit]]
            yield (name, max(day, first_day), min(last_day, after - datetime.timedelta(days=1)),
                   max(self.since, self.start_of(day)), min(self.until, self.start_of(after)))
            day = after

    def month_earlier(self):
        """The same days of the month before."""
        def earlier(when):
            local = when.astimezone(self.zone)
            day = months_later(local.date(), -1)
            return datetime.datetime.combine(day, local.time(), self.zone).astimezone(UTC)

        other = object.__new__(Range)
        other.zone, other.unit, other.as_of = self.zone, self.unit, earlier(self.as_of)
        second = datetime.timedelta(seconds=1)
        other.since, other.until = earlier(self.since), earlier(self.until - second) + second
        other.today = months_later(self.today, -1)
        return other
